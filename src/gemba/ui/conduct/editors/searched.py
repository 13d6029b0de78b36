"""Any of very many choices: a field narrows them, the chosen ones stand first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from gemba import wording
from gemba.ui.conduct.editors.base import Editor
from gemba.ui.conduct.editors.choices import ChoicesEditor
from gemba.ui.conduct.editors.typed import Line
from gemba.ui.parts.words import Words

if TYPE_CHECKING:
    from gemba.forms.views import Choice, View

_MOST = 12
"""As many choices are shown at once."""


class SearchedEditor(Editor):
    """Choices that are found by typing, of which several may count."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._view: View | None = None
        self._locked = False
        self._shown: tuple[Choice, ...] = ()
        self.field = Line(self)
        self.field.setObjectName("find")
        self.field.setPlaceholderText(wording.text("Type to find a choice"))
        self.field.textChanged.connect(self._narrow)
        self._choices = ChoicesEditor(self, several=True)
        self._choices.given.connect(self._pass_on)
        self._more = Words(scale="small", tone="muted", wrap=True, parent=self)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(6)
        for widget in (self.field, self._choices, self._more):
            rows.addWidget(widget)

    def show_view(self, view: View, *, locked: bool) -> None:
        """Show the chosen ones, and those that fit what is typed."""
        if self._view is None or view.choices != self._view.choices or not self.field.text():
            self._shown = found_in(view.choices, view.value.split(), self.field.text())
        self._view, self._locked = view, locked
        self.field.setAccessibleName(wording.text("Find in {question}", question=view.label))
        self.field.setVisible(not locked)
        self._show()

    def stops(self) -> Sequence[QWidget]:
        """The field, then the choices."""
        return [self.field, *self._choices.stops()]

    def step(self, by: int) -> bool:
        """Over the choices; from the field to the first one."""
        if self.field.hasFocus():
            first = next(iter(self._choices.stops()), None)
            if by > 0 and first is not None:
                first.setFocus()
            return by > 0
        return self._choices.step(by)

    def _narrow(self, typed: str) -> None:
        if self._view is not None:
            self._shown = found_in(self._view.choices, self._view.value.split() if not typed else [], typed)
            self._show()
            self.resized.emit()

    def _show(self) -> None:
        assert self._view is not None
        self._choices.show_view(replace(self._view, choices=self._shown), locked=self._locked)
        left = len(self._view.choices) - len(self._shown)
        self._more.setText(wording.plural("{n} more; type to find it", "{n} more; type to find them", left))
        self._more.setVisible(left > 0 and not self._locked)

    def _pass_on(self, value: str) -> None:
        assert self._view is not None
        shown, chosen = {choice.name for choice in self._shown}, set(value.split())
        kept = set(self._view.value.split()) - shown
        self.given.emit(" ".join(each.name for each in self._view.choices if each.name in chosen | kept))


def found_in(choices: Sequence[Choice], chosen: Sequence[str], typed: str) -> tuple[Choice, ...]:
    """The choices to show: the chosen ones first, then those whose words hold what is typed."""
    sought = typed.casefold().split()
    first = [choice for choice in choices if choice.name in chosen]
    others = (choice for choice in choices if choice.name not in chosen)
    fitting = [choice for choice in others if all(word in choice.label.casefold() for word in sought)]
    return (*first, *fitting[: max(0, _MOST - len(first))])
