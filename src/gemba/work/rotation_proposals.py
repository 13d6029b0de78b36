"""Propose a fair plan for a quarter, and take it over."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

import msgspec

from gemba.domain.change import Change
from gemba.domain.people import Person, Role
from gemba.domain.places import Level, Place
from gemba.domain.quarters import days_of, quarter_of, quarter_written
from gemba.domain.record import Uid
from gemba.domain.rotation_fairness import Pair, Stand, overlaps, propose, working_days
from gemba.domain.rotations import Rotation, RotationState
from gemba.errors import Refusal
from gemba.store.list_filters import places_below
from gemba.store.reading import Reader
from gemba.store.rotation_lists import last_been, of_quarters, words_used
from gemba.wording import text
from gemba.work.desk import Desk
from gemba.work.records import known
from gemba.work.rotations import Stint, plan_in


class Wish(msgspec.Struct, frozen=True, kw_only=True):
    """What the plan is to be made of; what is left empty is what the records know."""

    quarter: str = ""
    leaders: tuple[Uid, ...] = ()
    within: Uid | None = None
    roles: tuple[str, ...] = ()
    shifts: tuple[str, ...] = ()
    journeys: tuple[str, ...] = ()


class Proposal(msgspec.Struct, frozen=True):
    """One rotation that is proposed, with why."""

    stint: Stint
    leader: str
    place: str
    why: str


def proposals(desk: Desk, wish: Wish) -> tuple[Proposal, ...]:
    """A fair plan for the leaders who have none in the quarter; the same records give the same plan.

    Raises:
        Refusal: the quarter is none or over, or no leader, site or role is known.
    """
    today = desk.clock().date()
    quarter = quarter_written(wish.quarter) if wish.quarter else quarter_of(today)
    first, last = days_of(quarter)
    if last < today:
        raise Refusal("work.rotation_over", quarter=quarter)
    with desk.reader() as reader:
        return tuple(_proposed(reader, wish, quarter, max(first, today), last))


def take_over(desk: Desk, chosen: Sequence[Proposal]) -> Change:
    """Put what was proposed into the plan: all of it, or nothing.

    Raises:
        Refusal: as `gemba.work.rotations.plan`.
    """
    with desk.unit() as unit:
        made = [plan_in(desk, unit, one.stint) for one in chosen]
        return unit.change_made(made[0].uid if made else "")


def _proposed(reader: Reader, wish: Wish, quarter: str, first: date, last: date) -> Iterator[Proposal]:
    been, plan = last_been(reader), of_quarters(reader, (quarter,))
    leaders = [known(reader, Person, uid) for uid in wish.leaders] or reader.find(Person, role=Role.LEADER)
    if not leaders:
        raise Refusal("work.rotation_nobody")
    near = None if wish.within is None else set(places_below(reader, (wish.within,)))
    every = reader.find(Place, level=Level.SITE)
    sites = [one for one in every if one.merged_into is None and (near is None or one.uid in near)]
    if not sites:
        raise Refusal("work.rotation_no_sites")
    roles = wish.roles or tuple(words_used(reader, "role"))
    if not roles:
        raise Refusal("work.rotation_no_roles")
    who = [_stand(one.uid, 0, been, plan) for one in leaders]
    where = [_stand(one.uid, 1, been, plan) for one in sites]
    days = working_days(first, last) or [last]
    names = {one.uid: one.name for one in leaders} | {one.uid: one.name for one in sites}
    roles_due = _Least(reader, "role", roles)
    shifts_due = _Least(reader, "shift", wish.shifts or tuple(words_used(reader, "shift")))
    journeys_due = _Least(reader, "journey", wish.journeys or tuple(words_used(reader, "journey")))
    for pair in propose(who, where, been, days):
        day = _free(reader, pair, days)
        stint = Stint(
            leader=pair.leader,
            place=pair.place,
            role=roles_due.at(pair.place),
            planned_on=day,
            shift=shifts_due.at(pair.place),
            journey=journeys_due.at(pair.place),
        )
        yield Proposal(stint, names[pair.leader], names[pair.place], _why(pair, been))


def _stand(uid: Uid, side: int, been: dict[tuple[Uid, Uid], date], plan: list[Rotation]) -> Stand:
    """A leader (side 0) or a site (side 1)."""
    last = max((day for pair, day in been.items() if pair[side] == uid), default=None)
    already = sum((one.leader, one.place)[side] == uid for one in plan)
    return Stand(uid, last, already)


class _Least:
    """Of roles, shifts or journeys the one that was seen least at a place, then everywhere."""

    def __init__(self, reader: Reader, field: str, words: tuple[str, ...]) -> None:
        self._words = tuple(dict.fromkeys(word.strip() for word in words if word.strip()))
        ones = [one for one in reader.find(Rotation) if one.state is not RotationState.CANCELLED]
        self._seen = Counter((one.place, getattr(one, field)) for one in ones)
        self._seen += Counter(("", getattr(one, field)) for one in ones)

    def at(self, place: Uid) -> str:
        """The one that comes next at a place; empty where there are none."""
        if not self._words:
            return ""
        word = min(self._words, key=lambda each: (self._seen[place, each], self._seen["", each]))
        self._seen[place, word] += 1
        self._seen["", word] += 1
        return word


def _free(reader: Reader, pair: Pair, days: Sequence[date]) -> date:
    """The day of a proposal, or the first after it on which the leader is nowhere else."""
    taken = [one for one in reader.find(Rotation, leader=pair.leader) if one.state is not RotationState.CANCELLED]
    later = [day for day in days if day >= pair.day and not any(overlaps(one, day, day) for one in taken)]
    return later[0] if later else pair.day


def _why(pair: Pair, been: dict[tuple[Uid, Uid], date]) -> str:
    mine = max((day for (leader, _), day in been.items() if leader == pair.leader), default=None)
    there = max((day for (_, place), day in been.items() if place == pair.place), default=None)
    who = text("has not been anywhere") if mine is None else text("was last out on {day}", day=mine.isoformat())
    where = text("nobody has been there") if there is None else text("last visited on {day}", day=there.isoformat())
    return f"{who}; {where}"
