"""What was said before has to be sound today: the rules of the step forward, asked again before a step goes back.

Each rule is the one that the step forward asks, with its sentence; none is written a second time here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

import msgspec

from gemba.domain.actions import Action, ActionState, Lane
from gemba.domain.causes import CauseAnalysis
from gemba.domain.complaints import ClockPause, Complaint
from gemba.domain.decisions import Boundary
from gemba.domain.escalations import Escalation
from gemba.domain.findings import Finding
from gemba.domain.goals import Goal
from gemba.domain.governance import BodyMember, GovernanceBody
from gemba.domain.measures import Measure
from gemba.domain.people import Person
from gemba.domain.places import Place
from gemba.domain.process_maps import GoAndSee, ProcessStep
from gemba.domain.programmes import Audit, Schedule
from gemba.domain.record import Record, Uid
from gemba.domain.rotations import Commitment, Rotation, RotationState
from gemba.domain.seats import demand_place_for
from gemba.domain.walks import Route
from gemba.errors import Refusal
from gemba.store import action_lanes
from gemba.store.reading import Reader
from gemba.work.action_board import demand_mergeable, lane_title, limits_of
from gemba.work.action_rules import demand_due_after, demand_due_after_analysis, demand_owner, left_on
from gemba.work.bodies import demand_title_free
from gemba.work.boundaries import demand_room
from gemba.work.go_and_see import OPEN, demand_only_one
from gemba.work.goals import demand_place_free
from gemba.work.independence import demand_of_audit
from gemba.work.measures import demand_code_free
from gemba.work.place_merging import demand_below, demand_may_merge
from gemba.work.process_maps import checked
from gemba.work.rotations import demand_days, today_at

R = TypeVar("R", bound=Record)


class Back(msgspec.Struct, frozen=True):
    """A record of a step that goes back: as it stands, and as it would."""

    before: Record
    after: Record
    withdraws: bool = False

    def changes(self, *fields: str) -> bool:
        """Whether one of these fields would say something else."""
        return any(getattr(self.before, name) != getattr(self.after, name) for name in fields)


def demand_sound(reader: Reader, step: Sequence[Back]) -> None:
    """Demand that all records of a step may say today what they said before it.

    Raises:
        Refusal: of the rule that says no, as the step forward would.
    """
    _demand_lanes(reader, step)
    for one in step:
        if one.withdraws:
            continue
        _demand_people(reader, one)
        for kind, rule in _RULES:
            if isinstance(one.after, kind):
                rule(reader, one, step)


def _demand_lanes(reader: Reader, step: Iterable[Back]) -> None:
    """Demand that the lanes of the board hold what comes back to them."""
    coming: dict[Lane, int] = {}
    for one in step:
        for record, sign in ((one.after, 1), (one.before, -1)):
            if isinstance(record, Action) and record.state is ActionState.OPEN and record.merged_into is None:
                coming[record.lane] = coming.get(record.lane, 0) + sign
    limits = limits_of(reader)
    for lane, count in coming.items():
        limit = limits.get(lane)
        if count > 0 and limit is not None and action_lanes.counted(reader, {})[lane] + count > limit:
            raise Refusal("work.lane_full", lane=lane_title(lane), limit=limit)


def _demand_people(reader: Reader, one: Back) -> None:
    """Demand that nothing is given back to somebody who left meanwhile."""
    today = reader.clock().date()
    if isinstance(one.after, Action) and one.after.state is ActionState.OPEN and one.changes("owner"):
        demand_owner(reader, one.after.owner, today)
    if isinstance(one.after, Schedule | Escalation) and one.changes("owner") and one.after.owner.strip():
        demand_owner(reader, one.after.owner, today)
    again = sorted(_people(one.after) - _people(one.before))
    for person in reader.many(Person, again):
        day = left_on([person], person.name, today)
        if day is not None:
            raise Refusal("work.owner_left", owner=person.name, day=day)


def _people(record: Record) -> set[Uid]:
    """Who is named by uid to do something."""
    match record:
        case Commitment() | Rotation():
            named: Iterable[Uid | None] = (record.leader,)
        case Route():
            named = record.walkers
        case Schedule():
            named = record.auditors
        case Audit():
            named = (record.auditor, record.second)
        case BodyMember():
            named = (record.member,)
        case _:
            named = ()
    return {one for one in named if one}


def _action(reader: Reader, one: Back, _step: Sequence[Back]) -> None:
    after = one.after
    assert isinstance(after, Action)
    if after.merged_into is not None and one.changes("merged_into"):
        demand_mergeable(reader, after.uid, after.merged_into)
    if after.state is not ActionState.OPEN or not one.changes("due", "finding", "analysis"):
        return
    finding = reader.get(Finding, after.finding) if after.finding is not None else None
    analysis = reader.get(CauseAnalysis, after.analysis) if after.analysis is not None else None
    if finding is not None:
        demand_due_after(reader, finding, after.due)
    elif analysis is not None:
        demand_due_after_analysis(reader, analysis, after.place, after.due)


def _alert(reader: Reader, one: Back, _step: Sequence[Back]) -> None:
    assert isinstance(one.before, GoAndSee)
    assert isinstance(one.after, GoAndSee)
    if one.after.state in OPEN and one.before.state not in OPEN:
        demand_only_one(reader, one.after)


def _place(reader: Reader, one: Back, _step: Sequence[Back]) -> None:
    after = one.after
    assert isinstance(after, Place)
    if after.merged_into is not None and one.changes("merged_into"):
        demand_may_merge(reader, after.uid, after.merged_into)
    elif after.parent is not None and one.changes("parent"):
        demand_below(reader, after.uid, after.parent)


def _goal(reader: Reader, one: Back, _step: Sequence[Back]) -> None:
    assert isinstance(one.after, Goal)
    if one.after.retired_on is None and one.changes("retired_on"):
        demand_place_free(reader, one.after)


def _boundary(reader: Reader, one: Back, step: Sequence[Back]) -> None:
    after = one.after
    assert isinstance(after, Boundary)
    if not after.retired and one.changes("retired", "valid_to"):
        demand_room(after, _as_they_would(reader, Boundary, step))


def _as_they_would(reader: Reader, kind: type[R], step: Sequence[Back]) -> list[R]:
    """All records of a noun, those of the step as they would stand."""
    after = {one.after.uid: one.after for one in step if isinstance(one.after, kind)}
    found = (after.get(one.uid, one) for one in reader.find(kind))
    return [one for one in found if isinstance(one, kind)]


def _seat(reader: Reader, one: Back, step: Sequence[Back]) -> None:
    after = one.after
    assert isinstance(after, BodyMember)
    body = reader.get(GovernanceBody, after.body)
    if body is not None and one.changes("ends", "role"):
        others = (each for each in _as_they_would(reader, BodyMember, step) if each.body == after.body)
        demand_place_for(body, [each for each in others if each.uid != after.uid], after)


def _body(reader: Reader, one: Back, _step: Sequence[Back]) -> None:
    assert isinstance(one.after, GovernanceBody)
    if not one.after.retired and one.changes("retired", "title"):
        demand_title_free(reader, one.after)


def _rotation(reader: Reader, one: Back, _step: Sequence[Back]) -> None:
    after = one.after
    assert isinstance(after, Rotation)
    if after.state is RotationState.PLANNED and one.changes("state", "planned_on", "until", "leader"):
        where = reader.get(Place, after.place)
        if where is not None:
            today = today_at(where, reader.clock())
            demand_days(reader, after.leader, after.planned_on, after.until, today, but=after.uid)


def _audit(reader: Reader, one: Back, _step: Sequence[Back]) -> None:
    after = one.after
    assert isinstance(after, Audit)
    if one.changes("auditor", "second"):
        for person in filter(None, (after.auditor, after.second)):
            demand_of_audit(reader, person, after.place, (after.begins, after.ends), after.independent_because)


def _pause(reader: Reader, one: Back, _step: Sequence[Back]) -> None:
    after = one.after
    assert isinstance(after, ClockPause)
    others = (each for each in reader.find(ClockPause, complaint=after.complaint) if each.uid != after.uid)
    if after.ended_at is None and any(each.ended_at is None for each in others):
        complaint = reader.get(Complaint, after.complaint)
        raise Refusal("work.clock_stands", number=complaint.number if complaint is not None else "")


def _measure(reader: Reader, one: Back, _step: Sequence[Back]) -> None:
    assert isinstance(one.after, Measure)
    if not one.after.retired and one.changes("retired", "code"):
        demand_code_free(reader, one.after.code, but=one.after.uid)


def _step_of_map(reader: Reader, one: Back, _step: Sequence[Back]) -> None:
    assert isinstance(one.after, ProcessStep)
    if not one.after.removed:
        checked(reader, one.after)


_RULES: tuple[tuple[type[Record], Callable[[Reader, Back, Sequence[Back]], None]], ...] = (
    (Action, _action),
    (GoAndSee, _alert),
    (Place, _place),
    (Goal, _goal),
    (Boundary, _boundary),
    (BodyMember, _seat),
    (GovernanceBody, _body),
    (Rotation, _rotation),
    (Audit, _audit),
    (ClockPause, _pause),
    (Measure, _measure),
    (ProcessStep, _step_of_map),
)
"""What each noun has to satisfy besides lanes and people."""
