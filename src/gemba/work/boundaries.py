"""Set how far a role may decide alone, and tell how a decision stands to that (hoshin kanri)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

import msgspec

from gemba.domain.change import Change
from gemba.domain.decisions import LARGEST_AMOUNT, Boundary
from gemba.domain.goals import Goal
from gemba.domain.people import Person
from gemba.domain.places import Place
from gemba.domain.record import Uid
from gemba.domain.standings import Stands, nearest, plain, stand
from gemba.errors import Refusal
from gemba.store.reading import Reader
from gemba.store.unit import Unit
from gemba.work.desk import Desk
from gemba.work.goals_in_force import goal_named
from gemba.work.place_merging import place_of_new_work
from gemba.work.records import known


class BoundaryDraft(msgspec.Struct, frozen=True, kw_only=True):
    """One boundary as a person writes it."""

    role: str
    scenario: str
    """Code or words for the kind of case."""
    title: str = ""
    """What the kind of case is called; as the scenario when left out."""
    limit: float | None = None
    """The most that the role may decide alone; `None` when any amount is allowed."""
    unit: str = ""
    condition: str = ""
    escalate_to: str = ""
    place: Uid | None = None
    goal: str = ""
    """Code, title or uid of the commitment that it serves."""
    valid_from: date | None = None
    """Today when left out."""
    valid_to: date | None = None
    reason: str = ""


class Boundaries:
    """All boundaries and places as they are now, read once and asked for many decisions.

    Args:
        reader: of the store.
    """

    def __init__(self, reader: Reader) -> None:
        self.all: tuple[Boundary, ...] = tuple(reader.find(Boundary))
        self.places = {place.uid: place for place in reader.find(Place)}
        self.roles = {plain(one.role) for one in self.all}
        self.roles |= {plain(one.role) for one in reader.find(Person) if one.role}
        """Roles that a boundary names or that somebody has, as they are compared."""
        self._codes = {plain(words): one.scenario for one in self.all for words in (one.title, one.scenario)}
        self._by_case: dict[tuple[str, str], list[Boundary]] = {}
        for one in self.all:
            self._by_case.setdefault((plain(one.role), plain(one.scenario)), []).append(one)
        self._chains: dict[Uid, tuple[Uid, ...]] = {}

    def chain(self, place: Uid) -> tuple[Uid, ...]:
        """A place, the one above it, and so on; one that stands above itself is not gone round twice."""
        if place not in self._chains:
            found: list[Uid] = []
            at: Uid | None = place
            while at is not None and at not in found:
                found.append(at)
                here = self.places.get(at)
                at = here.parent if here is not None else None
            self._chains[place] = tuple(found)
        return self._chains[place]

    def scenario(self, said: str) -> str:
        """The code of the scenario that somebody means by code or title; what is said where no boundary names it."""
        return self._codes.get(plain(said), " ".join(said.split()))

    def names(self, scenario: str) -> bool:
        """Whether some boundary names a scenario, or none names any."""
        return not self._codes or plain(scenario) in self._codes

    def counting(self, role: str, scenario: str, place: Uid, day: date) -> Boundary | None:
        """The boundary that counts for a role and scenario at a place on a day; `None` for none."""
        some = self._by_case.get((plain(role), plain(self.scenario(scenario))))
        return nearest(some, role, self.scenario(scenario), self.chain(place), day) if some else None

    def check(
        self,
        role: str,
        scenario: str,
        place: Uid,
        day: date,
        *,
        amount: float | None = None,
        unit: str = "",
        escalated: bool = False,
    ) -> Stands:
        """How a decision stands to the boundary that counts for it."""
        return stand(self.counting(role, scenario, place, day), amount, unit, escalated=escalated)


def check(
    reader: Reader, role: str, scenario: str, place: Uid, day: date, amount: float | None = None, *, escalated: bool
) -> Stands:
    """How a decision stands to the boundary of its role and scenario, at its place, on its day.

    The nearest place counts; role and scenario are compared whatever their case.

    Args:
        reader: of the store.
        role: who decides.
        scenario: kind of case.
        place: uid of where it is decided.
        day: of the decision.
        amount: how much is decided, in the unit of the boundary.
        escalated: whether it was handed up.
    """
    return Boundaries(reader).check(role, scenario, place, day, amount=amount, escalated=escalated)


def set_boundary(desk: Desk, draft: BoundaryDraft) -> Change:
    """Set a boundary; from its first day on it takes the place of the one that held for the same case and place.

    The one before ends on the day before; one that began on the same day is withdrawn. Nothing that was decided under
    it changes.

    Raises:
        Refusal: `work.boundary_without_case`, `work.boundary_limit`, `work.boundary_days`, `work.boundary_ahead` when
            one that begins later is set already, or place or goal is unknown.
    """
    with desk.unit() as unit:
        made = _made(desk, unit, draft)
        _make_room(unit, made, draft.reason)
        unit.put(made)
        return unit.change_made(made.uid)


def retire(desk: Desk, boundary: Uid, reason: str, *, on: date | None = None) -> Change:
    """End a boundary: it does not hold from a day on; what was decided before keeps its standing.

    Args:
        desk: who does it, where.
        boundary: uid.
        reason: why, in words.
        on: first day on which it does not hold; today when left out.

    Raises:
        Refusal: `work.boundary_reason`, `work.boundary_over` when it has ended by then.
    """
    if not reason.strip():
        raise Refusal("work.boundary_reason")
    day = on or desk.clock().date()
    with desk.unit() as unit:
        old = known(unit, Boundary, boundary)
        if old.retired or (old.valid_to is not None and old.valid_to < day):
            raise Refusal("work.boundary_over", title=old.title, role=old.role)
        _end(unit, old, day, reason.strip())
        return unit.change_made(boundary)


def listed(reader: Reader, *, day: date | None = None, role: str = "", scenario: str = "") -> list[Boundary]:
    """Boundaries by scenario, role and place.

    Args:
        reader: of the store.
        day: only those that hold on it; all when left out.
        role: only of this role.
        scenario: only of this scenario.
    """
    found = [
        one
        for one in reader.find(Boundary)
        if (not role or plain(one.role) == plain(role))
        and (not scenario or plain(scenario) in {plain(one.scenario), plain(one.title)})
        and (day is None or _is_in_force(one, day))
    ]
    return sorted(found, key=lambda one: (plain(one.scenario), plain(one.role), one.place or "", one.valid_from))


def roles_and_scenarios(boundaries: Iterable[Boundary]) -> tuple[dict[str, str], dict[str, str]]:
    """How roles and scenarios of boundaries are written: roles by plain form, titles of scenarios by their code."""
    roles: dict[str, str] = {}
    scenarios: dict[str, str] = {}
    for one in boundaries:
        roles.setdefault(plain(one.role), one.role)
        scenarios.setdefault(one.scenario, one.title or one.scenario)
    return roles, scenarios


def _is_in_force(boundary: Boundary, day: date) -> bool:
    ends = boundary.valid_to
    return not boundary.retired and boundary.valid_from <= day and (ends is None or day <= ends)


def _made(desk: Desk, unit: Unit, draft: BoundaryDraft) -> Boundary:
    role, scenario = " ".join(draft.role.split()), " ".join(draft.scenario.split())
    if not role or not scenario:
        raise Refusal("work.boundary_without_case")
    limit, begins = draft.limit, draft.valid_from or desk.clock().date()
    if limit is not None and not 0 <= limit <= LARGEST_AMOUNT:
        raise Refusal("work.boundary_limit", limit=limit)
    if draft.valid_to is not None and draft.valid_to < begins:
        raise Refusal("work.boundary_days", begins=begins, ends=draft.valid_to)
    return Boundary(
        uid=desk.ids(),
        scenario=scenario,
        title=draft.title.strip() or scenario,
        role=role,
        limit=limit,
        unit=draft.unit.strip(),
        condition=draft.condition.strip(),
        escalate_to=draft.escalate_to.strip(),
        place=place_of_new_work(unit, draft.place),
        goal=_goal(unit, draft.goal),
        valid_from=begins,
        valid_to=draft.valid_to,
        reason=draft.reason.strip(),
        made_at=desk.clock(),
        person=desk.person.uid,
    )


def _goal(reader: Reader, said: str) -> Uid | None:
    if not said.strip():
        return None
    found = reader.get(Goal, said.strip())
    return (found or goal_named(reader, said)).uid


def _make_room(unit: Unit, made: Boundary, reason: str) -> None:
    """End what holds for the same case and place when the new one begins."""
    case = (plain(made.role), plain(made.scenario), made.place)
    for old in unit.find(Boundary):
        if old.retired or (plain(old.role), plain(old.scenario), old.place) != case:
            continue
        if old.valid_to is not None and old.valid_to < made.valid_from:
            continue
        if old.valid_from > made.valid_from:
            if made.valid_to is None or made.valid_to >= old.valid_from:
                raise Refusal("work.boundary_ahead", title=old.title, role=old.role, day=old.valid_from)
            continue
        _end(unit, old, made.valid_from, reason.strip() or old.reason)


def demand_room(boundary: Boundary, others: Iterable[Boundary]) -> None:
    """Demand that no other boundary holds for the same case and place on one of the days of this one.

    Args:
        boundary: that is to hold.
        others: that there are.

    Raises:
        Refusal: `work.boundary_ahead`.
    """
    case = (plain(boundary.role), plain(boundary.scenario), boundary.place)
    for other in others:
        if other.retired or other.uid == boundary.uid:
            continue
        ends, until = boundary.valid_to or date.max, other.valid_to or date.max
        overlaps = other.valid_from <= ends and boundary.valid_from <= until
        if overlaps and (plain(other.role), plain(other.scenario), other.place) == case:
            raise Refusal("work.boundary_ahead", title=other.title, role=other.role, day=other.valid_from)


def _end(unit: Unit, old: Boundary, day: date, reason: str) -> None:
    """Let a boundary end before a day; one that would never have held is withdrawn."""
    if old.valid_from >= day:
        unit.change(Boundary, old.uid, retired=True, reason=reason)
    else:
        unit.change(Boundary, old.uid, valid_to=day - timedelta(days=1), reason=reason)
