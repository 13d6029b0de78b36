"""What goes back in one step, shown before it does: the list, and the buttons that say yes to it or leave it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from gemba import wording
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import Card, clear
from gemba.ui.parts.flow import Flow
from gemba.ui.parts.words import Words
from gemba.work.take_back_words import PartTold, PlanTold

_MOST = 12
"""Records that are named; of more the number is told."""


class GoingBack(Card):
    """Asks before a step that touched several records goes back; hidden while nothing is asked.

    Args:
        name: beginning of object names.
        yes: called with the plan, and with `whole=True` where all of which the same was said go back.
        no: called when it is left as it is.
        parent: the owner.
    """

    def __init__(
        self,
        *,
        name: str,
        yes: Callable[..., object],
        no: Callable[[], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(wording.text("This goes back"), look="inset", parent=parent)
        self.setObjectName(f"{name}.going_back")
        self._name, self._yes, self._no = name, yes, no
        self.plan: PlanTold | None = None
        self.said = Words("", wrap=True, parent=self)
        self.body.addWidget(self.said)
        self._ways = QVBoxLayout()
        self.body.addLayout(self._ways)  # above the list, so that the answer is seen however long that is
        self._rows = QVBoxLayout()
        self._rows.setSpacing(10)
        self.body.addLayout(self._rows)
        self.hide()

    def ask(self, plan: PlanTold) -> None:
        """Show what would go back, with the focus on the button that does it."""
        self.plan = plan
        self.said.setText(plan.headline)
        self.setAccessibleDescription(plan.headline)
        clear(self._rows)
        for part in plan.parts[:_MOST]:
            self._rows.addWidget(_row(part, self))
        more = len(plan.parts) - _MOST
        if more > 0:
            words = wording.plural("and {n} more record", "and {n} more records", more)
            self._rows.addWidget(Words(words, tone="muted", parent=self))
        self._put_ways(plan)
        self.show()

    def close_it(self) -> None:
        """Ask no more."""
        self.plan = None
        self.hide()

    def _put_ways(self, plan: PlanTold) -> None:
        clear(self._ways)
        ways = QFrame(self)
        across = Flow(ways)
        if plan.alike:
            this = self._button("this", wording.text("Take &this one back"), partial(self._yes, plan))
            every = wording.plural("Take all {n} &back", "Take all {n} &back", plan.alike + 1)
            across.addWidget(this)
            across.addWidget(self._button("all", every, partial(self._yes, plan, whole=True)))
        else:
            this = self._button("this", wording.text("Take all of it &back"), partial(self._yes, plan))
            across.addWidget(this)
        across.addWidget(self._button("leave", wording.text("&Leave it"), self._no, icon="x", look="quiet"))
        self._ways.addWidget(ways)
        this.setFocus(Qt.FocusReason.OtherFocusReason)

    def _button(
        self, end: str, words: str, run: Callable[[], object], *, icon: str = "undo-2", look: str = ""
    ) -> Button:
        return Button(words, name=f"{self._name}.going_back.{end}", icon=icon, look=look, run=run, parent=self)


def _row(part: PartTold, parent: QWidget) -> QWidget:
    """A record, and each field of it that goes back."""
    row = QFrame(parent)
    row.setAccessibleName(f"{part.noun_title}: {part.title}")
    rows = QVBoxLayout(row)
    rows.setContentsMargins(0, 0, 0, 0)
    rows.setSpacing(2)
    rows.addWidget(Words(f"{part.noun_title}: {part.title}", strong=True, wrap=True, parent=row))
    for line in part.lines:
        rows.addWidget(Words(line, scale="small", wrap=True, parent=row))
    return row
