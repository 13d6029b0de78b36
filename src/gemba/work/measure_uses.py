"""What rests on a measure, and who is known to answer for it."""

from __future__ import annotations

from collections import defaultdict

import msgspec

from gemba.domain.follow_through import RegisterEntry
from gemba.domain.goals import Goal, Requirement, ServiceLevel
from gemba.domain.measures import FrozenBaseline, Measure
from gemba.domain.record import Uid
from gemba.kinds.registers.metrics import METRIC_AUDITS
from gemba.kinds.registers.registry import ALL
from gemba.store.reading import Reader
from gemba.wording import text
from gemba.work.registers import is_over


class Use(msgspec.Struct, frozen=True):
    """What rests on one measure."""

    words: tuple[str, ...] = ()
    owner: str = ""
    """Role that answers for what rests on it; empty when none is told."""


class Uses:
    """What rests on every measure, read once.

    Args:
        reader: of the store.
    """

    def __init__(self, reader: Reader) -> None:
        self._words: dict[Uid, list[str]] = defaultdict(list)
        self._owners: dict[Uid, str] = {}
        self._promises(reader)
        for frozen in reader.find(FrozenBaseline):
            self._add(frozen.measure, text("chart with frozen limits"))
        for measure in reader.find(Measure):
            if measure.exposure and not measure.retired:
                self._add(measure.exposure, text("base of {measure}", measure=measure.title))
            if measure.triggers_review:
                self._add(measure.uid, text("its signals ask for a review"))
        self._registers(reader)

    def of(self, measure: Uid) -> Use:
        """What rests on one."""
        return Use(tuple(self._words.get(measure, ())), self._owners.get(measure, ""))

    def _promises(self, reader: Reader) -> None:
        today = reader.clock().date()
        goals = {goal.uid: goal for goal in reader.find(Goal)}
        for need in reader.find(Requirement):
            if need.measure and not need.retired:
                goal = goals.get(need.goal)
                self._add(need.measure, text("goal {goal}: {need}", goal=goal.code if goal else "", need=need.driver))
                self._answers(need.measure, need.owner or (goal.owner if goal else ""))
        for level in reader.find(ServiceLevel):
            if level.measure and not level.retired and (level.valid_to is None or level.valid_to >= today):
                self._add(level.measure, text("service level {title}", title=level.title))
                self._answers(level.measure, level.owner)
        for goal in goals.values():
            if goal.retired_on is None or goal.retired_on > today:
                for link in goal.links:
                    self._linked(link, text("goal {goal}", goal=goal.code))

    def _registers(self, reader: Reader) -> None:
        for entry in reader.find(RegisterEntry):
            register = ALL.get(entry.register)
            if register is None or register is METRIC_AUDITS or is_over(register, entry):
                continue
            words = f"{text(register.title)} {entry.number}"
            for link in dict.fromkeys((*entry.fields.values(), *entry.links)):
                self._linked(link, words)

    def _linked(self, link: str, words: str) -> None:
        noun, _, uid = link.partition(":")
        if noun == "measure":
            self._add(uid, words)

    def _add(self, measure: Uid, words: str) -> None:
        if words not in self._words[measure]:
            self._words[measure].append(words)

    def _answers(self, measure: Uid, owner: str) -> None:
        if owner and measure not in self._owners:
            self._owners[measure] = owner
