"""How long what tells of a person is kept: rules by region and purpose, and the sweep that carries them out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice

import msgspec

from gemba.domain.change import Change
from gemba.domain.places import Place
from gemba.domain.privacy import RetentionRule
from gemba.domain.record import Uid
from gemba.errors import Refusal
from gemba.store.reading import Reader
from gemba.store.retention_due import Candidate, candidates
from gemba.work.desk import Desk
from gemba.work.erase import erase_many, proofs_with
from gemba.work.place_merging import place_of_new_work
from gemba.work.records import known

LONGEST = 100 * 366
"""Days that a rule may ask for."""
_SHOWN = 200
"""Complaints that a plan names one by one."""
_AT_ONCE = 5000
"""Complaints that are erased in one transaction."""


def add_rule(
    desk: Desk,
    days: int,
    *,
    place: Uid | None = None,
    purpose: str = "",
    basis: str = "",
    needs_consent: bool = False,
) -> Change:
    """Say how many days after closing the personal part of complaints is kept; a rule for the same retires the old one.

    Raises:
        Refusal: `work.retention_days`, or the place is unknown.
    """
    if not 0 <= days <= LONGEST:
        raise Refusal("work.retention_days", days=days, longest=LONGEST)
    with desk.unit() as unit:
        place = place_of_new_work(unit, place)
        for old in unit.find(RetentionRule, place=place, purpose=purpose.strip(), retired=False):
            unit.change(RetentionRule, old.uid, retired=True)
        rule = RetentionRule(
            uid=desk.ids(),
            place=place,
            purpose=purpose.strip(),
            days=days,
            basis=basis.strip(),
            needs_consent=needs_consent,
            made_at=desk.clock(),
            person=desk.person.uid,
        )
        unit.put(rule)
        return unit.change_made(rule.uid)


def retire_rule(desk: Desk, rule: Uid) -> Change:
    """Let a rule hold no longer."""
    with desk.unit() as unit:
        known(unit, RetentionRule, rule)
        unit.change(RetentionRule, rule, retired=True)
        return unit.change_made(rule)


class Rules:
    """The rules in force, and which of them holds where.

    Args:
        reader: of the store.
    """

    def __init__(self, reader: Reader) -> None:
        self.rules = tuple(rule for rule in reader.find(RetentionRule) if not rule.retired)
        self._above = {place.uid: place.parent for place in reader.find(Place)} if self.rules else {}
        self._by_scope = {(rule.place, rule.purpose): rule for rule in sorted(self.rules, key=lambda one: one.made_at)}
        self._found: dict[tuple[Uid | None, str], RetentionRule | None] = {}

    def of(self, place: Uid | None, purpose: str) -> RetentionRule | None:
        """The rule for a place and purpose: of the nearest place, and there the one for this very purpose first."""
        scope = (place, purpose)
        if scope not in self._found:
            places = [*self._upwards(place), None]
            tried = (self._by_scope.get((one, wanted)) for one in places for wanted in dict.fromkeys((purpose, "")))
            self._found[scope] = next((rule for rule in tried if rule is not None), None)
        return self._found[scope]

    def _upwards(self, place: Uid | None) -> Iterator[Uid]:
        seen: set[Uid] = set()
        while place is not None and place not in seen:
            seen.add(place)
            yield place
            place = self._above.get(place)


class Due(msgspec.Struct, frozen=True):
    """A complaint whose personal part is due to go."""

    uid: Uid
    number: str
    place: str
    since: date
    """The day on which its time was over."""
    rule: Uid | None
    """The rule that says so; `None` for the complaint's own day."""


class SweepPlan(msgspec.Struct, frozen=True):
    """What a sweep would erase; nothing is erased by looking at it."""

    count: int
    shown: tuple[Due, ...]
    """The first of them."""
    by_place: tuple[tuple[str, int], ...]
    """How many at each place, the most first."""
    uids: tuple[Uid, ...] = ()
    files: int = 0
    """Photos and files of proof that go with them."""


def plan_sweep(desk: Desk) -> SweepPlan:
    """Look for everything whose time is over today."""
    today = desk.clock().astimezone(UTC).date()
    with desk.reader() as reader:
        names = {place.uid: place.name for place in reader.find(Place)}
        due = [Due(one.uid, one.number, names.get(one.place or "", ""), *over) for one, over in _over(reader, today)]
        files = len(proofs_with(reader, [one.uid for one in due]))
    return SweepPlan(
        count=len(due),
        shown=tuple(due[:_SHOWN]),
        by_place=tuple(Counter(one.place for one in due).most_common()),
        uids=tuple(one.uid for one in due),
        files=files,
    )


def sweep(desk: Desk, plan: SweepPlan, reason: str, progress: Callable[[int, int], None] | None = None) -> int:
    """Erase what a plan names and is still due; what was cut short goes on with the next sweep.

    Args:
        desk: who orders it.
        plan: that a person has seen.
        reason: the law or rule, in words that tell nothing of a person; it travels and stays.
        progress: `progress(done, count)`; what it raises stops between two steps.

    Returns:
        Number of complaints erased.

    Raises:
        Refusal: `work.erase_without_reason`.
    """
    today, planned = desk.clock().astimezone(UTC).date(), set(plan.uids)
    with desk.reader() as reader:
        still_due = [one.uid for one, _ in _over(reader, today) if one.uid in planned]
    remaining, done = iter(still_due), 0
    while some := list(islice(remaining, _AT_ONCE)):
        if progress is not None:
            progress(done, len(still_due))
        erase_many(desk, [("complaint", uid) for uid in some], reason)
        done += len(some)
    return done


def _over(reader: Reader, today: date) -> Iterator[tuple[Candidate, tuple[date, Uid | None]]]:
    """Complaints whose time is over, with the day and the rule."""
    rules = Rules(reader)
    shortest = min((rule.days for rule in rules.rules), default=None)
    before = None if shortest is None else datetime.combine(today - timedelta(days=shortest - 1), time(), UTC)
    for one in candidates(reader, today, before):
        rule = rules.of(one.place, one.purpose)
        days: list[tuple[date, Uid | None]] = [] if one.delete_by is None else [(one.delete_by, None)]
        if rule is not None and one.closed_at is not None:
            days.append((one.closed_at.date() + timedelta(days=rule.days), rule.uid))
        over = min(days, key=lambda day: day[0], default=None)
        if over is not None and over[0] <= today:
            yield one, over
