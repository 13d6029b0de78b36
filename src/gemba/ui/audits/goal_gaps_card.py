"""What is wrong with the goals that an audit judges by, before it begins."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from gemba import wording
from gemba.domain.programmes import Audit
from gemba.ui.parts.badges import Badges
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import Card
from gemba.ui.parts.words import Words
from gemba.work.goal_gap import Gap
from gemba.work.goal_gaps import gaps_at
from gemba.work.goal_words import gap_title


class GoalGapsCard(Card):
    """Goals in force at the place on the last day of the audit's time, as far as they are to be mended.

    Args:
        frame: the tab.
        audit: that is shown.
        facts: what is wrong, what weighs most first.
        parent: the owner.
    """

    def __init__(self, frame: Any, audit: Audit, facts: tuple[Gap, ...], parent: QWidget | None = None) -> None:
        del audit
        super().__init__(wording.text("Goals that are to be mended"), look="inset", parent=parent)
        self._go: Callable[..., None] = frame.services.go
        for number, gap in enumerate(facts):
            badges = Badges(self)
            badges.say((gap_title(gap.code), gap.tone))
            self.body.addWidget(badges)
            self.body.addWidget(Words(gap.words, wrap=True, parent=self))
            show = Button(
                wording.text("Show the goal"), name=f"audit.goal.{number}", icon="target", look="quiet", parent=self
            )
            show.clicked.connect(partial(self._show, gap.uid))
            self.body.addWidget(show)

    @staticmethod
    def read(desk: Any, audit: Audit) -> tuple[Gap, ...] | None:
        """What weighs, of the goals that the audit judges by; on a job's thread."""
        with desk.reader() as reader:
            found = gaps_at(reader, audit.place, audit.ends)
        weighty = tuple(gap for gap in found if gap.tone != "note" and gap.goal in (audit.goals or (gap.goal,)))
        return weighty or None

    @Slot()
    def _show(self, uid: str, *_: object) -> None:
        self._go("alignment", f"goals:{uid}")
