"""The register of goals as it stands today: every goal and adaptation with its tree, its service levels, its state."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import msgspec

from gemba.domain.goals import Goal, Requirement, ServiceLevel
from gemba.domain.measures import Measure
from gemba.domain.record import Uid
from gemba.store.reading import Reader
from gemba.work.goals_in_force import current, goals_of, today_of
from gemba.work.latest_values import Latest, LatestValues, stands, units_differ

SOON = timedelta(days=30)
"""How long before its last day something counts as ending."""


class Branch(msgspec.Struct, frozen=True):
    """One branch of a goal's tree: what is asked, and what its measure shows."""

    requirement: Requirement
    measure: Measure | None
    """`None` where none is named, or it is not here."""
    now: Latest | None
    meets: bool | None
    """Whether the newest value meets the target; `None` where that cannot be told."""

    @property
    def other_unit(self) -> bool:
        """True when measure and target are in different units."""
        return self.now is not None and units_differ(self.now, self.requirement.unit)


class GoalRegister:
    """Everything that is known of goals, read once.

    Args:
        reader: of the store.
    """

    def __init__(self, reader: Reader) -> None:
        goals = goals_of(reader)
        self.lines, self.places, self._above = goals.lines, goals.places, goals.above
        self.today = today_of(reader)
        self.values = LatestValues(reader)
        self._requirements: dict[Uid, list[Requirement]] = {}
        for one in reader.find(Requirement):
            if not one.retired and one.goal in self.lines.goals:
                self._requirements.setdefault(self.lines.root(one.goal), []).append(one)
        self.levels = tuple(one for one in reader.find(ServiceLevel) if not one.retired)

    def roots(self) -> tuple[Uid, ...]:
        """Every line: a goal before its adaptations, by code."""
        return tuple(sorted(self.lines.lines, key=self._order))

    def now(self, root: Uid) -> Goal:
        """The version of a line that is shown: the one that holds, else the last that did, else the first to come."""
        return current(self.lines, root, self.today)

    def place_name(self, place: Uid | None) -> str:
        """What a place is called; empty for the whole enterprise."""
        if place is None:
            return ""
        return self.places[place].name if place in self.places else place

    def state(self, root: Uid) -> str:
        """How a line stands today: `in_force`, `ending`, `later`, `expired`, `retired`, or `core_ended`."""
        now = self.now(root)
        if now.retired_on is not None and now.retired_on <= self.today:
            return "retired"
        if now.valid_to is not None and now.valid_to < self.today:
            return "expired"
        if now.valid_from > self.today:
            return "later"
        core = self.lines.core(root)
        if core != root and self.lines.version_on(core, self.today) is None:
            return "core_ended"
        last = last_day(self.lines.lines[root][-1])
        return "ending" if last is not None and last - self.today <= SOON else "in_force"

    def holds(self, root: Uid) -> bool:
        """True while a line holds, or will."""
        return self.state(root) in {"in_force", "ending", "later"}

    def branches(self, root: Uid) -> tuple[Branch, ...]:
        """The tree of a line; an adaptation has the branches of its goal, too, but those whose driver it has itself."""
        own = self.own_branches(root)
        core = self.lines.core(root)
        if core == root:
            return own
        drivers = {one.requirement.driver.casefold() for one in own}
        above = (one for one in self.own_branches(core) if one.requirement.driver.casefold() not in drivers)
        return (*own, *above)

    def own_branches(self, root: Uid) -> tuple[Branch, ...]:
        """The branches that were added to this line."""
        return tuple(self._branch(one) for one in self._requirements.get(root, ()))

    def levels_of(self, root: Uid) -> tuple[ServiceLevel, ...]:
        """The service levels that belong to a line."""
        return tuple(
            one for one in self.levels if one.goal in self.lines.goals and self.lines.root(one.goal or "") == root
        )

    def at_place(self, place: Uid | None, day: date) -> Iterator[Uid]:
        """The lines that hold at a place on a day."""
        for goal in self.lines.holding(tuple(self._above(place)), day):
            yield self.lines.root(goal.uid)

    def _branch(self, one: Requirement) -> Branch:
        measure, now = self.values.of(one.measure)
        return Branch(one, measure, now, stands(now, one.target, one.bound, one.unit))

    def _order(self, root: Uid) -> tuple[str, Uid, bool, str, Uid]:
        core = self.lines.core(root)
        place = self.place_name(self.now(root).place).casefold()
        return self.lines.code(root), core, core != root, place, root


def last_day(goal: Goal) -> date | None:
    """The last day on which a version holds; `None` where there is none."""
    retired = goal.retired_on - timedelta(days=1) if goal.retired_on is not None else None
    return min((day for day in (goal.valid_to, retired) if day is not None), default=None)
