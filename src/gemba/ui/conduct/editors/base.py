"""What every editor does, whatever it looks like."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from gemba.forms.views import View
    from gemba.ui.conduct.sheet import OpenSheet


class Asked(NamedTuple):
    """What an editor may need beyond the question as it is shown."""

    now: Callable[[], datetime]
    """The time where the assessment is conducted."""
    sheet: OpenSheet | None = None
    """The open assessment, for editors that keep files; `None` in a preview."""
    path: str = ""
    """Of the question when the editor is made; `Editor.show_view` tells it again."""


class Editor(QWidget):
    """Takes the answer to one question. It shows what the form says and hands over what a person gives."""

    given = Signal(str)
    """An answer in the XForms lexical form, to be kept now; what cannot be read comes as it was typed."""
    onward = Signal()
    """The answer is complete by itself: go on to the next question."""
    resized = Signal()
    """It takes another height now: a picture came, a list grew."""
    wanted = Signal()
    """A file is to be chosen for the question."""

    def show_view(self, view: View, *, locked: bool) -> None:
        """Show the question's choices and its answer; `locked` when it can only be read."""
        raise NotImplementedError

    def stops(self) -> Sequence[QWidget]:
        """The widgets that Tab stops at, in order."""
        raise NotImplementedError

    def focus_widget(self) -> QWidget | None:
        """Where the keyboard goes when one comes to the question."""
        return next(iter(self.stops()), None)

    def digit(self, number: int) -> bool:  # noqa: ARG002 - most editors let digits be typed
        """A digit was pressed; True when it chose something."""
        return False

    def step(self, by: int) -> bool:  # noqa: ARG002 - most editors have nothing to step over
        """An arrow was pressed; True when the keyboard moved within the editor."""
        return False

    def clear(self) -> None:
        """Take the answer back."""
        self.given.emit("")

    def settle(self) -> None:
        """Hand over what is being typed."""
