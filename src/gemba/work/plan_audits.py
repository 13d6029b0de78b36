"""An audit's life until it is opened: planned, moved, given to auditors, cancelled."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import msgspec

from gemba.domain.change import Change
from gemba.domain.programmes import Audit, AuditState, Programme, ProgrammeState, Schedule
from gemba.domain.quarters import days_of, quarter_of, quarter_written
from gemba.domain.record import Uid
from gemba.errors import Refusal
from gemba.store.reading import Reader
from gemba.store.unit import Unit
from gemba.wording import text
from gemba.work.desk import Desk
from gemba.work.independence import demand_of_audit
from gemba.work.place_merging import goes_on_at
from gemba.work.records import known

_SHORTEST = 4


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """The audit that is asked for."""

    place: Uid
    quarter: str
    """Of the decisions, `2026-Q4`."""
    planned_on: date | None = None
    """Day of the opening meeting; the last day of the quarter when left out."""
    due: date | None = None
    """Last day on which it still counts as held in time."""
    auditor: Uid | None = None
    """The lead; whoever plans when left out."""
    second: Uid | None = None
    double_share: float = 0.0
    goals: tuple[str, ...] = ()
    """Codes; those of the programme when left out, else all in force at the place."""
    title: str = ""
    programme: Uid | None = None
    schedule: Uid | None = None
    risk: float | None = None
    risk_parts: Mapping[str, float] = {}
    independent_because: str = ""


def plan(desk: Desk, wanted: Plan) -> Change:
    """Plan one audit of a place's decisions of a quarter.

    Raises:
        Refusal: place or auditor is unknown, the quarter is none, the programme is closed, the auditors are one
            person, one of them took decisions of the audit, or a doubt of them is not answered.
    """
    with desk.unit() as unit:
        audit = planned(unit, desk, wanted)
        unit.put(audit)
        return unit.change_made(audit.uid)


def planned(unit: Unit, desk: Desk, wanted: Plan, uid: Uid | None = None) -> Audit:
    """The audit that is asked for, with its number, not kept yet; refusals as `plan`."""
    quarter = quarter_written(wanted.quarter)
    begins, ends = days_of(quarter)
    place = goes_on_at(unit, wanted.place)
    auditor = wanted.auditor or desk.person.uid
    programme = _programme(unit, wanted)
    _demand_pair(auditor, wanted.second, wanted.double_share)
    for one in filter(None, (auditor, wanted.second)):
        demand_of_audit(unit, one, place.uid, (begins, ends), wanted.independent_because)
    on = wanted.planned_on or ends
    _demand_order(on, wanted.due)
    return Audit(
        uid=uid or desk.ids(),
        number=unit.number(Audit),
        title=wanted.title.strip() or text("Alignment audit {quarter} · {place}", quarter=quarter, place=place.name),
        programme=wanted.programme,
        schedule=wanted.schedule,
        place=place.uid,
        quarter=quarter,
        begins=begins,
        ends=ends,
        goals=wanted.goals or (programme.goals if programme is not None else ()),
        planned_on=on,
        due=wanted.due,
        auditor=auditor,
        second=wanted.second,
        double_share=wanted.double_share,
        risk=wanted.risk,
        risk_parts=dict(wanted.risk_parts),
        independent_because=wanted.independent_because.strip(),
        made_at=desk.clock(),
        person=desk.person.uid,
    )


def move(desk: Desk, audit: Uid, on: date, reason: str, *, due: date | None = None) -> Change:
    """Plan an audit for another day; the decisions that are audited stay those of its quarter.

    Args:
        desk: who does it, where.
        audit: uid of the audit.
        on: the new day; a day outside the plan's quarter is allowed, the reason tells why.
        reason: why.
        due: last day on which it counts as held in time; moved along with the day when left out.

    Raises:
        Refusal: it was opened already, no reason is given, or it would be due before it is planned.
    """
    with desk.unit() as unit:
        before = still_planned(unit, audit)
        because = _reason(reason)
        later = due or (before.due and on + (before.due - before.planned_on))
        _demand_order(on, later)
        unit.change(Audit, audit, planned_on=on, due=later, moved_because=because)
        return unit.change_made(audit)


def leaves_its_plan(audit: Audit, on: date) -> bool:
    """Whether a day lies in another quarter than that in which the audit was planned: allowed, but to be told."""
    return quarter_of(on) != quarter_of(audit.planned_on)


def assign(
    desk: Desk,
    audit: Uid,
    *,
    auditor: Uid | None = None,
    second: Uid | None = None,
    double_share: float | None = None,
    independent_because: str | None = None,
) -> Change:
    """Give an audit to other auditors; what is left out stays as it is, an empty `second` takes the second away.

    Raises:
        Refusal: it was opened already, the auditors are one person, one of them took decisions of the audit, or a
            doubt of them is not answered.
    """
    with desk.unit() as unit:
        before = still_planned(unit, audit)
        fields: dict[str, Any] = {
            "auditor": auditor or before.auditor,
            "second": before.second if second is None else second or None,
            "double_share": before.double_share if double_share is None else double_share,
            "independent_because": (
                before.independent_because if independent_because is None else independent_because.strip()
            ),
        }
        _demand_pair(fields["auditor"], fields["second"], fields["double_share"])
        for one in filter(None, (fields["auditor"], fields["second"])):
            demand_of_audit(unit, one, before.place, (before.begins, before.ends), fields["independent_because"])
        unit.change(Audit, audit, **fields)
        return unit.change_made(audit)


def cancel(desk: Desk, audit: Uid, reason: str) -> Change:
    """Call an audit off that was not opened; it stays in the record, with the reason.

    Raises:
        Refusal: it was opened already, or no reason is given.
    """
    with desk.unit() as unit:
        still_planned(unit, audit)
        unit.change(Audit, audit, state=AuditState.CANCELLED, moved_because=_reason(reason))
        return unit.change_made(audit)


def still_planned(reader: Reader, audit: Uid) -> Audit:
    """The audit, if it was neither opened nor cancelled.

    Raises:
        Refusal: `work.unknown_record` or `work.audit_not_planned`.
    """
    found = known(reader, Audit, audit)
    if found.state is not AuditState.PLANNED:
        raise Refusal("work.audit_not_planned", number=found.number, state=audit_state_title(found.state))
    return found


def audit_named(reader: Reader, name: str) -> Audit:
    """The audit that a person means: its uid, its number, or at least four letters of either's beginning.

    Raises:
        Refusal: there is none, or several.
    """
    whole = reader.get(Audit, name)
    if whole is not None:
        return whole
    found = reader.find(Audit, number=name.upper())
    if not found and len(name) >= _SHORTEST:
        found = reader.beginning(Audit, "number", name.upper()) or reader.beginning(Audit, "uid", name.lower())
    if len(found) != 1:
        raise Refusal("work.audits_named" if found else "work.no_audit_named", name=name)
    return found[0]


def audit_state_title(state: AuditState) -> str:
    """A state of an audit in words."""
    return {
        AuditState.PLANNED: text("planned"),
        AuditState.OPEN: text("open"),
        AuditState.RESPONDING: text("with the auditee"),
        AuditState.CONCLUDED: text("concluded"),
        AuditState.CANCELLED: text("cancelled"),
    }[state]


def _programme(reader: Reader, wanted: Plan) -> Programme | None:
    """The programme that an audit belongs to, if it still takes audits."""
    if wanted.schedule is not None:
        known(reader, Schedule, wanted.schedule)
    if wanted.programme is None:
        return None
    programme = known(reader, Programme, wanted.programme)
    if programme.state is ProgrammeState.CLOSED:
        raise Refusal("work.programme_closed", number=programme.number)
    return programme


def _demand_pair(auditor: Uid, second: Uid | None, share: float) -> None:
    if auditor == second:
        raise Refusal("work.second_is_lead")
    if not 0 <= share <= 1:
        raise Refusal("work.double_share", share=share)
    if share and second is None:
        raise Refusal("work.double_without_second")


def _demand_order(on: date, due: date | None) -> None:
    if due is not None and due < on:
        raise Refusal("work.due_before_planned", due=due.isoformat(), planned=on.isoformat())


def _reason(said: str) -> str:
    if not said.strip():
        raise Refusal("work.move_without_reason")
    return said.strip()
