"""One goal: what is promised and why, what is to be mended, its tree, its adaptations, its versions."""

from __future__ import annotations

from typing import Any

import msgspec
from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from gemba import wording
from gemba.ui import terms
from gemba.ui.alignment.goal_cards import AdaptationsCard, GapsCard, LevelsCard, LinksCard, VersionsCard
from gemba.ui.alignment.retire_form import RetireForm
from gemba.ui.alignment.tree_card import TreeCard
from gemba.ui.parts.badges import Badges
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.facts import Facts
from gemba.ui.parts.flow import Flow
from gemba.ui.parts.links import LinkRow
from gemba.ui.parts.words import Words
from gemba.work.desk import Desk
from gemba.work.goal_facts import GoalFacts, goal_facts
from gemba.work.goal_words import anchor_title, state_title, state_tone
from gemba.work.template_questions import template_questions


class GoalShown(msgspec.Struct, frozen=True):
    """What the detail shows."""

    facts: GoalFacts
    questions: tuple[str, ...]
    """Titles of the questions that it names."""


def read_goal(desk: Desk, uid: str) -> GoalShown:
    """Everything about one goal; on a job's thread."""
    with desk.reader() as reader:
        facts = goal_facts(reader, uid)
    asked = template_questions(desk) if facts.line.goal.items else {}
    titles = (asked[item].title if item in asked else item for item in facts.line.goal.items)
    return GoalShown(facts, tuple(titles))


def draw_goal(tab: Any, body: QVBoxLayout, shown: GoalShown) -> None:
    """Put a goal into the detail.

    Args:
        tab: has `services`, `change`, `adapt` and `show_uid`.
        body: where it is put.
        shown: as read.
    """
    facts = shown.facts
    line, goal = facts.line, facts.line.goal
    head = " · ".join(part for part in (line.code, line.place) if part)
    body.addWidget(Words(head, tone="muted", scale="small"))
    body.addWidget(Words(goal.title, scale="heading", wrap=True))
    badges = Badges()
    no_owner = ((wording.text("No owner"), "poor"),) if not goal.owner else ()
    remaining = ((line.remaining, state_tone(line.state)),) if line.remaining else ()
    badges.say((state_title(line.state), state_tone(line.state)), *remaining, *no_owner)
    body.addWidget(badges)
    body.addWidget(Words(goal.statement, wrap=True))
    if line.gaps:
        body.addWidget(GapsCard(tab.services, line.gaps, goal.owner))
    body.addWidget(_facts(shown))
    body.addWidget(GoalMoves(tab, facts))
    if facts.core is not None:
        core = facts.core
        body.addWidget(
            LinkRow(
                wording.text("Adapts: {goal}", goal=core.goal.title),
                core.goal.statement,
                name="goals.core",
                go=tab.show_uid,
                to=(core.uid,),
                icon="target",
            )
        )
    body.addWidget(TreeCard(tab.services, facts))
    if facts.adaptations:
        body.addWidget(AdaptationsCard(facts.adaptations, tab.show_uid))
    if facts.levels:
        body.addWidget(LevelsCard(facts.levels, tab.show_level))
    if facts.links or shown.questions:
        body.addWidget(LinksCard(tab.services, facts, shown.questions))
    body.addWidget(VersionsCard(facts.versions))


class GoalMoves(QFrame):
    """What can be done with a goal.

    Args:
        tab: opens the forms.
        facts: of the goal.
        parent: the owner.
    """

    def __init__(self, tab: Any, facts: GoalFacts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tab, self._goal = tab, facts.versions[0].goal
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        flow = Flow()
        moves = [("change", wording.text("Change"), "pencil", self.change)]
        if not facts.line.is_adaptation:
            moves.append(("adapt", wording.text("Adapt for a region"), "map-pin", self.adapt))
        moves.append(("retire", wording.text("Retire"), "archive", self.begin_retiring))
        for code, words, icon, run in moves if self._goal.retired_on is None else ():
            look = "quiet" if code == "retire" else ""
            flow.addWidget(Button(words, name=f"goals.{code}", icon=icon, look=look, run=run, parent=self))
        rows.addLayout(flow)
        self.form = RetireForm(tab.services, self._goal, facts.versions[-1].goal.valid_from, self)
        self.form.left.connect(self.form.hide)
        self.form.hide()
        rows.addWidget(self.form)

    @Slot()
    def change(self) -> None:
        """Open the form of a later version."""
        self._tab.begin("change", self._goal)

    @Slot()
    def adapt(self) -> None:
        """Open the form of an adaptation."""
        self._tab.begin("adapt", self._goal)

    @Slot()
    def begin_retiring(self) -> None:
        """Open the form that ends it."""
        self.form.begin()


def _facts(shown: GoalShown) -> Facts:
    goal = shown.facts.line.goal
    ends = goal.valid_to
    return Facts(
        (wording.text("Need behind it"), goal.need),
        (wording.text("Owner"), goal.owner or wording.text("nobody")),
        (wording.text("Holds at"), shown.facts.line.place or wording.text("the whole enterprise")),
        (wording.text("Valid from"), terms.day(goal.valid_from)),
        (wording.text("Last day"), terms.day(ends) if ends else ""),
        (wording.text("Retired from"), terms.day(goal.retired_on) if goal.retired_on else ""),
        (wording.text("Retired because"), goal.retired_because),
        *((anchor_title(code), words) for code, words in goal.anchors.items()),
    )
