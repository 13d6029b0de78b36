"""What stands where something could not be read: why, and the way to try again."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from gemba import wording
from gemba.errors import GembaError
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.empty import EmptyState
from gemba.ui.parts.facts import breakable


class TroubleState(EmptyState):
    """In place of a list or record that could not be read: nothing must look as if nothing were there.

    Args:
        heading: what could not be read.
        again: reads it once more.
        name: object name of the button.
        parent: the owner.
    """

    def __init__(self, heading: str, again: Callable[[], object], *, name: str, parent: QWidget | None = None) -> None:
        self.again = Button(wording.text("Try again"), name=name, icon="refresh-cw", run=again)
        super().__init__("triangle-alert", heading, "", self.again, parent=parent)

    def tell(self, error: GembaError) -> None:
        """Say why."""
        self.say(self.heading.text(), breakable(wording.sentence(error)))
        self.setAccessibleName(f"{self.heading.text()}: {wording.sentence(error)}")
