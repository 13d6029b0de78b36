"""On the detail of an open action: its rank, its rest, and others that say the same."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

import msgspec
from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QGridLayout, QWidget

from gemba import wording
from gemba.domain.actions import Action, ActionState
from gemba.domain.change import Change
from gemba.domain.priority import HIGHEST
from gemba.ui import terms
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import Card
from gemba.ui.parts.fields import Choice, Field
from gemba.ui.parts.links import LinkRow
from gemba.ui.parts.words import Words
from gemba.ui.services import Services
from gemba.work import action_board
from gemba.work.action_board import lane_title, priority_words, rests
from gemba.work.action_doubles import Double, doubles_of, why

_PARTS = ("impact", "reach", "confidence", "effort")


class SteerFacts(msgspec.Struct, frozen=True):
    """What the card shows."""

    action: Action
    doubles: tuple[Double, ...]
    into: str
    """Number of the action in which this one goes on."""


class SteerCard(Card):
    """Rank, lane, rest and doubles of an action.

    Args:
        services: of the window.
        facts: of the action.
        name: beginning of object names.
        parent: the owner.
    """

    def __init__(self, services: Services, facts: SteerFacts, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(wording.text("On the board"), look="inset", parent=parent)
        self._services, self.facts, self._name = services, facts, name
        self.parts: dict[str, Choice] = {}
        action = facts.action
        if facts.into:
            said = wording.text("It goes on in {number}.", number=facts.into)
            self.body.addWidget(Words(said, wrap=True, parent=self))
        self.body.addWidget(Words(_standing(services, action), wrap=True, parent=self))
        if action.state is ActionState.OPEN:
            self._put_rank(action)
            self._put_wake(action)
            self._put_doubles(facts.doubles)

    @Slot()
    def rate(self) -> None:
        """Keep the four parts."""
        said = {part: int(choice.value or 0) for part, choice in self.parts.items()}
        if all(said.values()):
            self._services.jobs.write(_rate, self.facts.action.uid, said)

    @Slot()
    def wake(self) -> None:
        """Let it rest no longer."""
        self._services.jobs.write(action_board.snooze, self.facts.action.uid, None)

    def merge_into(self, uid: str) -> None:
        """Let this one go on in another."""
        self._services.jobs.write(action_board.merge, self.facts.action.uid, uid, done=self._merged)

    def _merged(self, _change: object) -> None:
        self._services.messages.info(wording.text("They go on as one; both stay on record."))

    def _put_rank(self, action: Action) -> None:
        fields = QGridLayout()
        fields.setHorizontalSpacing(10)
        fields.setVerticalSpacing(8)
        scale = [("", wording.text("not rated")), *((str(n), str(n)) for n in range(1, HIGHEST + 1))]
        for place, (part, title) in enumerate(zip(_PARTS, _titles(), strict=True)):
            choice = Choice(scale, name=f"{self._name}.{part}", parent=self)
            value = getattr(action, part)
            choice.choose("" if value is None else str(value))
            choice.setMinimumContentsLength(3)
            choice.setMinimumWidth(1)
            choice.currentIndexChanged.connect(self._say_rank)
            self.parts[part] = choice
            fields.addWidget(Field(title, choice, parent=self), place // 2, place % 2)
        self.rank = Words("", strong=True, wrap=True, parent=self)
        self.rank.setObjectName(f"{self._name}.rank")
        hint = wording.text("Impact on customers × reach × confidence ÷ effort, each from 1 to 5; impact comes first.")
        self.keep = Button(wording.text("Keep the rating"), name=f"{self._name}.rate", icon="check", run=self.rate)
        self.body.addLayout(fields)
        self.body.addWidget(self.rank)
        self.body.addWidget(Words(hint, tone="muted", scale="small", wrap=True, parent=self))
        self.body.addWidget(self.keep, 0, Qt.AlignmentFlag.AlignLeft)
        self._say_rank()

    def _put_wake(self, action: Action) -> None:
        if rests(action, self._services.desk.clock().date()):
            name = f"{self._name}.wake"
            button = Button(wording.text("Wake it now"), name=name, icon="bell-ring", look="quiet", run=self.wake)
            self.body.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)

    def _put_doubles(self, doubles: tuple[Double, ...]) -> None:
        if not doubles:
            return
        self.body.addWidget(Words(wording.text("May be the same"), strong=True, parent=self))
        for one in doubles:
            row = LinkRow(
                one.text,
                f"{one.number} · {one.owner} · {why(one)}",
                name=f"{self._name}.double.{one.uid}",
                icon="merge",
                go=self._services.go,
                to=("actions", one.uid),
                parent=self,
            )
            self.body.addWidget(row)
            words = wording.text("Let this one go on in {number}", number=one.number)
            button = Button(words, name=f"{self._name}.merge.{one.uid}", look="quiet", parent=self)
            button.clicked.connect(partial(self._press_merge, one.uid))
            self.body.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)

    def _press_merge(self, uid: str) -> None:
        self.merge_into(uid)

    @Slot()
    def _say_rank(self) -> None:
        """What the priority becomes, beside what it is."""
        said = {part: int(choice.value) if choice.value else None for part, choice in self.parts.items()}
        before = self.facts.action
        after = msgspec.structs.replace(before, **said)
        is_new, is_whole = priority_words(after) != priority_words(before), all(said.values())
        words = wording.text("Priority: {priority}", priority=priority_words(after))
        if is_new and priority_words(before) != wording.text("not rated"):
            words += " " + wording.text("(now {priority})", priority=priority_words(before))
        self.rank.setText(words)
        self.keep.setEnabled(is_whole and any(getattr(before, part) != said[part] for part in _PARTS))


def _rate(desk: Any, uid: str, said: Mapping[str, int]) -> Change:
    return action_board.rate(desk, uid, **said)


def read_steer(desk: Any, uid: str) -> SteerFacts | None:
    """What the card shows; on a job's thread."""
    with desk.reader() as reader:
        action = reader.get(Action, uid)
        if action is None:
            return None
        into = reader.get(Action, action.merged_into) if action.merged_into else None
        return SteerFacts(action, doubles_of(reader, uid), "" if into is None else into.number)


def _standing(services: Services, action: Action) -> str:
    """The lane, what it waits for, and its rest."""
    parts = [lane_title(action.lane)] if action.state is ActionState.OPEN else [terms.state(action.state)]
    if action.waits_for and action.state is ActionState.OPEN:
        parts.append(wording.text("waits for {what}", what=action.waits_for))
    day, because = terms.day(action.snoozed_until), action.snoozed_because
    if rests(action, services.desk.clock().date()):
        parts.append(wording.text("rests until {day}: {because}", day=day, because=because))
    elif action.snoozed_until is not None and action.state is ActionState.OPEN:
        parts.append(wording.text("back since {day}; it rested because: {because}", day=day, because=because))
    return " · ".join(parts)


def _titles() -> tuple[str, ...]:
    return (
        wording.text("Impact"),
        wording.text("Reach"),
        wording.text("Confidence"),
        wording.text("Effort"),
    )
