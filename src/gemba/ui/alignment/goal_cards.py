"""Parts of a goal's detail: what is wrong, adaptations, versions with what they changed, what belongs to it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from gemba import wording
from gemba.domain.goals import ServiceLevel
from gemba.ui import terms
from gemba.ui.alignment.mend_form import MendForm
from gemba.ui.parts.badges import Badges
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import Card, line
from gemba.ui.parts.facts import Facts
from gemba.ui.parts.links import LinkRow
from gemba.ui.parts.words import Words
from gemba.ui.services import Services
from gemba.work.goal_facts import Difference, GoalFacts, GoalLine, Version
from gemba.work.goal_gap import Gap
from gemba.work.goal_words import amount, gap_share, gap_title, state_title
from gemba.work.level_gaps import Standing

_PAGES = {"measure": "insights", "process_map": "maps", "register_entry": "registers"}


class GapsCard(Card):
    """What is wrong, each with what to do about it.

    Args:
        services: of the window.
        gaps: what weighs most first.
        owner: who answers for the goal or service level, and is offered to mend it.
        parent: the owner.
    """

    def __init__(self, services: Services, gaps: Sequence[Gap], owner: str = "", parent: QWidget | None = None) -> None:
        super().__init__(wording.text("To mend"), look="inset", parent=parent)
        self.setObjectName("goals.gaps")
        for number, gap in enumerate(gaps):
            badges = Badges(self)
            badges.say((gap_title(gap.code), gap.tone))
            self.body.addWidget(badges)
            self.body.addWidget(Words(gap.words, wrap=True, parent=self))
            if gap.action:
                said = wording.text("{number} is open for it", number=gap.action)
                to_actions = partial(services.go, "actions")
                self.body.addWidget(LinkRow(said, name=f"mended.{number}", go=to_actions, icon="flag", parent=self))
                continue
            form = MendForm(services, gap, owner, number, self)
            words = wording.text("Have it mended")
            button = Button(words, name=f"gap.mend.{number}", icon="plus", look="quiet", run=form.begin, parent=self)
            button.setAccessibleName(wording.text("Have it mended: {gap}", gap=gap.words))
            self.body.addWidget(button, 0, Qt.AlignmentFlag.AlignLeading)
            self.body.addWidget(form)


class AdaptationsCard(Card):
    """What regions make of it for a while.

    Args:
        lines: the adaptations.
        show: shows one of them by its uid.
        parent: the owner.
    """

    def __init__(self, lines: Sequence[GoalLine], show: Callable[[str], None], parent: QWidget | None = None) -> None:
        super().__init__(wording.text("Adaptations"), look="inset", parent=parent)
        for one in lines:
            row = LinkRow(
                one.place,
                f"{one.remaining or state_title(one.state)} · {one.goal.statement}",
                name=f"goals.adaptation.{one.uid}",
                go=show,
                to=(one.uid,),
                icon="map-pin",
                parent=self,
            )
            self.body.addWidget(row)


class VersionsCard(Card):
    """Every version, the newest first, with what it says otherwise than the one before.

    Args:
        versions: the newest first.
        parent: the owner.
    """

    def __init__(self, versions: Sequence[Version], parent: QWidget | None = None) -> None:
        super().__init__(wording.text("Versions"), look="inset", parent=parent)
        for at, version in enumerate(versions):
            if at:
                self.body.addWidget(line(self))
            goal = version.goal
            head = wording.text("Version {n}, from {day}", n=goal.version, day=terms.day(goal.valid_from))
            self.body.addWidget(Words(head, strong=True, wrap=True, parent=self))
            if goal.reason:
                self.body.addWidget(Words(goal.reason, tone="muted", wrap=True, parent=self))
            for changed in version.changed:
                self._put(changed)

    def _put(self, changed: Difference) -> None:
        none = wording.text("nothing")
        self.body.addWidget(Words(changed.field, scale="small", tone="muted", parent=self))
        before = Words(wording.text("Before: {words}", words=changed.before or none), wrap=True, parent=self)
        before.set_tone("muted")
        self.body.addWidget(before)
        self.body.addWidget(Words(wording.text("Now: {words}", words=changed.after or none), wrap=True, parent=self))


class LevelsCard(Card):
    """The service levels that belong to it.

    Args:
        levels: each with how it stands.
        show: shows one by its uid.
        parent: the owner.
    """

    def __init__(
        self,
        levels: Sequence[tuple[ServiceLevel, Standing]],
        show: Callable[[str], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(wording.text("Service levels"), look="inset", parent=parent)
        for level, told in levels:
            under = wording.text(
                "promised {promised} · expected {expected} · achieved {achieved}",
                promised=amount(level.promised, level.unit),
                expected=amount(level.expected, level.unit),
                achieved=amount(told.achieved, level.unit),
            )
            under += "" if told.gaps.worst is None else " · " + gap_share(told.gaps.worst)
            name = f"goals.level.{level.uid}"
            self.body.addWidget(LinkRow(level.title, under, name=name, go=show, to=(level.uid,), parent=self))


class LinksCard(Card):
    """Questions of checklists, measures and maps that belong to it.

    Args:
        services: of the window.
        facts: of the goal.
        questions: titles of the questions that it names.
        parent: the owner.
    """

    def __init__(
        self, services: Services, facts: GoalFacts, questions: Sequence[str], parent: QWidget | None = None
    ) -> None:
        super().__init__(wording.text("Belongs to it"), look="inset", parent=parent)
        for link in facts.links:
            page = _PAGES.get(link.noun)
            self.body.addWidget(
                LinkRow(
                    link.title,
                    name=f"goals.link.{link.uid}",
                    icon="link",
                    go=services.go if page else None,
                    to=(page or "", link.uid),
                    parent=self,
                )
            )
        if questions:
            self.body.addWidget(Facts((wording.text("Questions"), "\n".join(questions)), parent=self))
