"""Have a gap mended: who, until when, and what is to be done."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from PySide6.QtWidgets import QWidget

from gemba import wording
from gemba.domain.change import Change
from gemba.ui.alignment.form import Form
from gemba.ui.parts.fields import DayField
from gemba.ui.services import Services
from gemba.work.desk import Desk
from gemba.work.gap_actions import mend
from gemba.work.goal_gap import Gap

_DAYS = 30


class MendForm(Form):
    """Makes the one action that mends a gap.

    Args:
        services: of the window.
        gap: that is to be mended.
        owner: of the goal or service level, who is offered.
        number: of the gap among those of its card.
        parent: the owner.
    """

    def __init__(self, services: Services, gap: Gap, owner: str, number: int, parent: QWidget | None = None) -> None:
        super().__init__(services, f"mend.{number}", parent=parent)
        self._gap, self._owner = gap, owner
        self.title.setText(wording.text("Have it mended"))
        self.owner, self.due = self.line("owner"), DayField(name=f"{self.name}.due", optional=False, parent=self)
        self.words = self.lines("text")
        self.put_field("owner", wording.text("Who a&nswers for it"), self.owner)
        self.put_field("due", wording.text("&Until when"), self.due)
        self.put_field("text", wording.text("What is to be &done"), self.words)
        self.put_buttons(wording.text("Have it mended"))
        self.left.connect(self.hide)
        self.hide()

    def begin(self) -> None:
        """Open, with the owner of the goal and a month of time."""
        self.say_nothing()
        self.owner.setText(self._owner)
        self.words.setPlainText(self._gap.words)
        self.due.put(self.services.desk.clock().astimezone().date() + timedelta(_DAYS))
        self.open_at(self.owner)

    def keep(self) -> None:
        """Make the action."""
        self.write(mend_gap, self._gap, self.owner.text(), self.due.day, self.words.toPlainText())

    def about(self) -> Mapping[str, str]:
        """The fields that refusals are about."""
        return {"work.action_without_owner": "owner", "work.owner_left": "owner", "work.gap_due": "due"}

    def said(self) -> str:
        """What is said once it is kept."""
        return wording.text("An action mends it; it stands among the actions.")


def mend_gap(desk: Desk, gap: Gap, owner: str, due: object, words: str) -> Change:
    """Make it; on the thread that writes."""
    return mend(desk, gap, owner=owner, due=due, words=words)  # type: ignore[arg-type]
