"""Record what a place decided by itself, and change it until an audit has concluded on it.

How it stands to the boundary of its role and scenario is told at once and kept. One that contradicts a commitment opens
the escalation of that conflict, once.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import msgspec

from gemba.domain.change import Change
from gemba.domain.decisions import LARGEST_AMOUNT, Decision
from gemba.domain.goals import Goal
from gemba.domain.judgements import Judgement
from gemba.domain.people import Person
from gemba.domain.programmes import Audit, AuditState
from gemba.domain.record import Uid
from gemba.domain.samples import Sample, SampleItem
from gemba.domain.standings import Stands, plain
from gemba.domain.vocabularies import Facet
from gemba.errors import Refusal
from gemba.store.reading import Reader
from gemba.store.unit import Unit
from gemba.wording import text
from gemba.work.boundaries import Boundaries
from gemba.work.codes import code_of
from gemba.work.decision_words import why_words
from gemba.work.desk import Desk
from gemba.work.escalations import open_conflict_in
from gemba.work.exception_standards import standard_named
from gemba.work.goals_in_force import goal_named, in_force, lineage
from gemba.work.place_merging import goes_on_at
from gemba.work.records import known

SAID = ("title", "why", "scenario", "role", "unit", "effect", "segment", "exception")
"""Fields that hold words."""
CHANGEABLE = (
    *SAID,
    *("place", "decided_on", "customers", "goal", "contradicts", "amount", "escalated", "expires", "decider"),
)
"""Fields that people say; `goal` also by its code."""
MOST_CUSTOMERS = 2_000_000_000
REMEMBERED = ("place", "role", "scenario", "unit")
"""What the next entry most likely has in common with the last."""
_LAST = "decision.last"
_AHEAD = timedelta(days=1)
"""How far a calendar elsewhere may be ahead of this one."""


class Looked(msgspec.Struct, frozen=True):
    """What is to be said of a decision before it is kept."""

    stands: Stands
    words: str
    """Why it stands so."""
    remarks: tuple[str, ...] = ()
    """What somebody should look at; nothing of it forbids to keep it."""


def record(desk: Desk, **said: Any) -> Change:
    """Record a decision.

    Args:
        desk: who does it, where.
        said: what is known of it, by field (`CHANGEABLE`); title, role, place and decided_on are needed.

    Raises:
        Refusal: `work.decision_*`: something needed is missing, or is what no decision can have; the goal does not hold
            there on that day; a record is unknown.
    """
    with desk.unit() as unit:
        boundaries = Boundaries(unit)
        fields = _fields(desk, unit, boundaries, said)
        made = Decision(
            uid=desk.ids(),
            number=unit.number(Decision),
            recorded_at=desk.clock(),
            person=desk.person.uid,
            **fields,
        )
        unit.put(_stood(made, boundaries))
        unit.set_setting(_LAST, {name: fields.get(name) or "" for name in REMEMBERED})
        _open_conflict(desk, unit, made)
        return unit.change_made(made.uid)


def change(desk: Desk, decision: Uid, **said: Any) -> Change:
    """Change what is kept of a decision; how it stands is told anew. What it said before stays in the journal.

    Raises:
        Refusal: `work.decision_audited` once an audit that judged it has concluded, or as `record` does.
    """
    with desk.unit() as unit:
        old = known(unit, Decision, decision)
        demand_open(unit, old)
        before, boundaries = {name: getattr(old, name) for name in CHANGEABLE}, Boundaries(unit)
        fields = _fields(desk, unit, boundaries, {**before, **said}, old)
        new = _stood(msgspec.structs.replace(old, **fields), boundaries)
        unit.change(Decision, decision, **{name: getattr(new, name) for name in (*CHANGEABLE, "boundary", "standing")})
        _open_conflict(desk, unit, new)
        return unit.change_made(decision)


def put_back(desk: Desk, before: Decision, after: Decision) -> Change:
    """Undo what was just changed of a decision.

    Raises:
        Refusal: `work.decision_changed_since` when somebody has changed the same since.
    """
    differ = [name for name in before.__struct_fields__ if getattr(before, name) != getattr(after, name)]
    with desk.unit() as unit:
        now = known(unit, Decision, before.uid)
        if any(getattr(now, name) != getattr(after, name) for name in differ):
            raise Refusal("work.decision_changed_since", number=now.number)
        unit.change(Decision, before.uid, **{name: getattr(before, name) for name in differ})
        return unit.change_made(before.uid)


def last_entry(reader: Reader) -> dict[str, str]:
    """What the last decision that was entered on this laptop said of `REMEMBERED`; empty when there is none."""
    kept = reader.setting(_LAST)
    return {name: str(kept[name]) for name in REMEMBERED if kept.get(name)} if isinstance(kept, dict) else {}


def look(boundaries: Boundaries, day: date, **said: Any) -> Looked:
    """How a decision of a day would stand, while it is being entered; what is missing is taken for not said."""
    role, scenario, place = (said.get(name) or "" for name in ("role", "scenario", "place"))
    amount, unit = said.get("amount"), said.get("unit") or ""
    stands = boundaries.check(
        role, scenario, place, day, amount=amount, unit=unit, escalated=bool(said.get("escalated"))
    )
    return Looked(stands, why_words(stands, amount, unit), tuple(_remarks(boundaries, role, scenario)))


def remarks(reader: Reader, decision: Decision) -> tuple[str, ...]:
    """What somebody should look at of a decision that is kept."""
    return tuple(_remarks(Boundaries(reader), decision.role, decision.scenario))


def demand_open(reader: Reader, decision: Decision) -> None:
    """Demand that no concluded audit has judged a decision.

    Raises:
        Refusal: `work.decision_audited`.
    """
    audits = {one.audit for one in reader.find(Judgement, decision=decision.uid)}
    samples = [one.sample for one in reader.find(SampleItem, decision=decision.uid)]
    audits |= {one.audit for one in reader.many(Sample, samples)}
    for audit in reader.many(Audit, sorted(audits)):
        if audit.state is AuditState.CONCLUDED:
            raise Refusal("work.decision_audited", number=decision.number, audit=audit.number)


def goal_at(reader: Reader, said: str, place: Uid, day: date) -> Uid:
    """The goal that somebody means, in the version that holds at a place on a day.

    Raises:
        Refusal: `work.unknown_goal`, `work.goal_not_unique`; `work.decision_goal` when it does not hold then and there.
    """
    meant = reader.get(Goal, said) or goal_named(reader, said)
    codes = lineage(reader)
    for one in in_force(reader, place, day):
        if codes[one.uid] == codes[meant.uid]:
            return one.uid
    raise Refusal("work.decision_goal", goal=meant.title, day=day)


def demand_amount(amount: float | None, unit: str, stands: Stands) -> None:
    """Demand that an amount is one, and that it says its unit wherever that is in question.

    Raises:
        Refusal: `work.decision_amount`, `work.decision_unit`.
    """
    if amount is None:
        return
    if not 0 <= amount <= LARGEST_AMOUNT:
        raise Refusal("work.decision_amount", amount=amount)
    if not unit and (stands.boundary is None or stands.boundary.unit):
        raise Refusal("work.decision_unit", known=stands.boundary.unit if stands.boundary is not None else "EUR")


def _remarks(boundaries: Boundaries, role: str, scenario: str) -> list[str]:
    found = []
    if role and boundaries.roles and plain(role) not in boundaries.roles:
        found.append(text("Nobody here has the role “{role}”, and no boundary names it: is it spelled so?", role=role))
    if scenario and not boundaries.names(scenario):
        found.append(text("No boundary names the scenario “{scenario}”.", scenario=scenario))
    return found


def _fields(
    desk: Desk, unit: Unit, boundaries: Boundaries, said: dict[str, Any], old: Decision | None = None
) -> dict[str, Any]:
    """What is said, as the fields keep it.

    Raises:
        Refusal: as `record`.
    """
    unknown = said.keys() - set(CHANGEABLE)
    if unknown:
        raise TypeError(f"not for people to set: {sorted(unknown)}")
    fields: dict[str, Any] = {name: " ".join(value.split()) if name in SAID else value for name, value in said.items()}
    fields |= {name: said[name].strip() for name in ("why", "effect") if name in said}
    fields["scenario"] = boundaries.scenario(fields.get("scenario") or "")
    for needed in ("title", "role", "place", "decided_on"):
        if not fields.get(needed) and not (needed == "title" and old is not None and not old.title):  # else erased
            raise Refusal(f"work.decision_no_{needed}")
    _demand_days(desk, fields["decided_on"], fields.get("expires"))
    fields["place"] = _where(unit, fields["place"], old)
    if fields.get("decider"):
        known(unit, Person, fields["decider"])
    if not 0 <= (fields.get("customers") or 0) <= MOST_CUSTOMERS:
        raise Refusal("work.decision_customers", count=fields["customers"])
    if fields.get("segment") and (old is None or fields["segment"] != old.segment):
        fields["segment"] = code_of(unit, Facet.SEGMENT, fields["segment"])
    if fields.get("exception") and (old is None or fields["exception"] != old.exception):
        fields["exception"] = standard_named(unit, fields["exception"])
    moved = old is None or any(fields[name] != getattr(old, name) for name in ("goal", "place", "decided_on"))
    if fields.get("goal") and moved:
        fields["goal"] = goal_at(unit, fields["goal"], fields["place"], fields["decided_on"])
    if fields.get("contradicts") and not fields.get("goal"):
        raise Refusal("work.decision_contradicts_what")
    fields |= {name: fields[name] or None for name in ("goal", "decider") if name in fields}
    return fields


def _where(unit: Unit, place: Uid, old: Decision | None) -> Uid:
    """Where it is decided: what stood at a place that went on in another stays there."""
    return place if old is not None and place == old.place else goes_on_at(unit, place).uid


def _demand_days(desk: Desk, decided_on: date, expires: date | None) -> None:
    if decided_on > (desk.clock() + _AHEAD).date():
        raise Refusal("work.decision_ahead", day=decided_on)
    if expires is not None and expires < decided_on:
        raise Refusal("work.decision_expires", day=expires, decided=decided_on)


def _stood(decision: Decision, boundaries: Boundaries) -> Decision:
    """The decision with how it stands.

    Raises:
        Refusal: `work.decision_amount`, `work.decision_unit`.
    """
    stands = boundaries.check(
        decision.role,
        decision.scenario,
        decision.place,
        decision.decided_on,
        amount=decision.amount,
        unit=decision.unit,
        escalated=decision.escalated,
    )
    demand_amount(decision.amount, decision.unit, stands)
    uid = stands.boundary.uid if stands.boundary is not None else None
    return msgspec.structs.replace(decision, boundary=uid, standing=stands.standing)


def _open_conflict(desk: Desk, unit: Unit, decision: Decision) -> None:
    if decision.contradicts and decision.goal is not None:
        open_conflict_in(desk, unit, decision.uid, decision.goal)
