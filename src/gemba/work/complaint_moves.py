"""Move a complaint on: acknowledged, assessed, investigating, decided, told, closed, and reopened."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec

from gemba.domain.change import Change
from gemba.domain.complaint_steps import Need, ahead, moments, needs, not_before
from gemba.domain.complaints import (
    ClockPause,
    Complaint,
    ComplaintDecision,
    ComplaintState,
    Severity,
    SimilarElsewhere,
    ToldBack,
)
from gemba.domain.record import Uid
from gemba.errors import Refusal
from gemba.store.unit import Unit
from gemba.work.clock_targets import due_of
from gemba.work.complaint_words import all_of, state_words
from gemba.work.complaints import demand_process_owner
from gemba.work.desk import Desk
from gemba.work.records import known

ON_THE_WAY = ("severity", "owner", "decision", "answer", "told_back", "similar", "similar_note")
"""What may be said with a step because a step asks for it."""

_KINDS: dict[str, Any] = {
    "severity": Severity,
    "decision": ComplaintDecision,
    "told_back": ToldBack,
    "similar": SimilarElsewhere,
}


class Moved(msgspec.Struct, frozen=True):
    """A step that was taken."""

    change: Change
    before: Complaint
    after: Complaint
    clock_was_back: bool
    """True when this laptop's clock shows an earlier time than the complaint's last step, which dates this one, too."""


def move(desk: Desk, complaint: Uid, to: ComplaintState, **said: Any) -> Moved:
    """Move a complaint to a step that lies ahead of it.

    Args:
        desk: who does it, where.
        complaint: which one.
        to: the step; those between are passed over if nothing that they need is missing.
        said: what the steps ask for, by field (`ON_THE_WAY`), as far as it is not known yet.

    Raises:
        Refusal: the step does not lie ahead, something that it needs is missing, or the owner is customer service.
    """
    unknown = said.keys() - set(ON_THE_WAY)
    if unknown:
        raise TypeError(f"no step asks for {sorted(unknown)}")
    given = {name: _KINDS[name](value) if name in _KINDS else str(value).strip() for name, value in said.items()}
    with desk.unit() as unit:
        before = known(unit, Complaint, complaint)
        _demand_ahead(before, to)
        _demand_all(before, to, given)
        return _moved(desk, unit, before, to, given)


def close(desk: Desk, complaint: Uid, *, told_back: ToldBack, similar: SimilarElsewhere, note: str = "") -> Moved:
    """Close a complaint with the two answers without which none is closed.

    Args:
        desk: who does it, where.
        complaint: one that was decided.
        told_back: whether the customer was told what came of it.
        similar: whether the same exists or could occur elsewhere.
        note: where else.
    """
    return move(desk, complaint, ComplaintState.CLOSED, told_back=told_back, similar=similar, similar_note=note)


def reopen(desk: Desk, complaint: Uid) -> Moved:
    """Open a told or closed complaint again: it is to be decided and told anew, and the clock begins anew.

    What was decided and answered before stays in the history of the record.

    Raises:
        Refusal: the customer was not told yet, so that there is nothing to reopen.
    """
    with desk.unit() as unit:
        before = known(unit, Complaint, complaint)
        if before.state not in {ComplaintState.CLOSED, ComplaintState.TOLD}:
            raise Refusal("work.complaint_not_closed", number=before.number)
        at = not_before(before, desk.clock())
        fields: dict[str, Any] = {f"{step}_at": None for step in ("investigating", "decided", "told", "closed")}
        fields |= {"decision": ComplaintDecision.NONE, "told_back": ToldBack.UNANSWERED}
        fields |= {"similar": SimilarElsewhere.UNANSWERED, "reopened": before.reopened + 1, "reopened_at": at}
        return _written(desk, unit, before, {**fields, "state": ComplaintState.REOPENED}, at)


def _demand_ahead(complaint: Complaint, to: ComplaintState) -> None:
    steps = ahead(complaint)
    if to in steps:
        return
    if to is ComplaintState.REOPENED:
        raise Refusal("work.complaint_reopen_apart", number=complaint.number)
    if not steps:
        raise Refusal("work.complaint_closed", number=complaint.number)
    known_steps = ", ".join(state_words(step) for step in steps)
    state = state_words(complaint.state)
    raise Refusal("work.complaint_step_behind", number=complaint.number, state=state, steps=known_steps)


def _demand_all(complaint: Complaint, to: ComplaintState, given: dict[str, Any]) -> None:
    if given.get("owner"):
        demand_process_owner(given["owner"])
    drafted = msgspec.structs.replace(complaint, **given)
    missing = needs(drafted, to, judged="severity" in given)
    if missing == (Need.PROCESS_OWNER,):
        demand_process_owner(drafted.owner)
    if missing:
        step = state_words(to)
        raise Refusal("work.complaint_step_lacks", number=complaint.number, step=step, missing=all_of(missing))


def _moved(desk: Desk, unit: Unit, before: Complaint, to: ComplaintState, given: dict[str, Any]) -> Moved:
    now = desk.clock()
    drafted = msgspec.structs.replace(before, **given)
    fields = {**given, **moments(drafted, to, now), "state": to}
    return _written(desk, unit, before, fields, now)


def _written(desk: Desk, unit: Unit, before: Complaint, fields: dict[str, Any], now: datetime) -> Moved:
    after = msgspec.structs.replace(before, **fields)
    at = not_before(after, now)
    if after.told_at is not None or after.state is ComplaintState.REOPENED:
        _end_pauses(unit, before.uid, at)
        fields["paused"] = False
    after = msgspec.structs.replace(after, paused=fields.get("paused", before.paused))
    if (after.severity, after.reopened, after.paused) != (before.severity, before.reopened, before.paused):
        fields["due_at"] = due_of(unit, after)
    after = unit.change(Complaint, before.uid, **fields)
    late = not_before(before, desk.clock()) > desk.clock()
    return Moved(unit.change_made(before.uid), before, after, clock_was_back=late)


def _end_pauses(unit: Unit, complaint: Uid, at: datetime) -> None:
    """No clock stands once the customer is told."""
    for pause in unit.find(ClockPause, complaint=complaint):
        if pause.ended_at is None:
            unit.change(ClockPause, pause.uid, ended_at=max(at, pause.begun_at))
