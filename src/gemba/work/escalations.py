"""Raise an escalation: a question that a higher tier has to decide, never without what was tried."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import msgspec

from gemba.domain.change import Change
from gemba.domain.decisions import Decision
from gemba.domain.escalation_tiers import NEEDS_FORUM, SEVERITIES, Rung
from gemba.domain.escalation_words import says_nothing
from gemba.domain.escalations import (
    Escalation,
    EscalationSort,
    EscalationStep,
    EscalationStepSort,
    conflict_uid,
    step_uid,
)
from gemba.domain.goals import Goal
from gemba.domain.nouns import NOUNS
from gemba.domain.places import Place
from gemba.domain.record import Uid
from gemba.errors import Refusal
from gemba.store.reading import Reader
from gemba.store.unit import Unit
from gemba.wording import text
from gemba.work.desk import Desk
from gemba.work.escalation_tiers import Ladders
from gemba.work.place_merging import goes_on_at
from gemba.work.records import known

LONGEST_WAIT = timedelta(days=92)
"""A quarter: a next step further away would be forgotten."""


class Case(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody says when they escalate."""

    sort: EscalationSort = EscalationSort.OPERATIONAL
    title: str
    place: Uid
    severity: str = "medium"
    tried: str
    """What was tried before."""
    asked: str
    """The decision that is asked for."""
    subject: str = ""
    """What it is about first of all, as `noun:uid`."""
    links: tuple[str, ...] = ()
    goal: Uid | None = None
    customer_side: str = ""
    other_side: str = ""
    owner: str = ""
    """Role that has to answer; that of the first tier when empty."""
    next_step: str = ""
    next_by: date | None = None


class ConflictWords(msgspec.Struct, frozen=True, kw_only=True):
    """What is written of a decision that contradicts a commitment; what is empty is told by the records themselves."""

    severity: str = "medium"
    tried: str = ""
    """Else that the place decided by itself, and why."""
    asked: str = ""
    """Else whether the decision may stand as an exception."""
    customer_side: str = ""
    """Else what is promised."""
    other_side: str = ""
    """Else the decision's reason and effect; without any the other side is to be heard before anybody decides."""


WITHOUT_WORDS = ConflictWords()


def escalate(desk: Desk, case: Case) -> Change:
    """Raise an escalation to the first tier; its clock runs from now on.

    Raises:
        Refusal: what was tried or what is asked for says nothing, a side is missing where both are heard, or a place
            or record that it names is unknown.
    """
    with desk.unit() as unit:
        return unit.change_made(raise_in(desk, unit, case).uid)


def open_conflict(desk: Desk, decision: Uid, goal: Uid, said: ConflictWords = WITHOUT_WORDS) -> Change:
    """Open the escalation of a decision that contradicts a commitment; there is one of both, however often it is asked.

    Args:
        desk: who does it, where.
        decision: what was decided.
        goal: uid of the commitment, in the version that held.
        said: what is written of it, as far as it is not what the records say.

    Raises:
        Refusal: decision or goal is unknown.
    """
    with desk.unit() as unit:
        return unit.change_made(open_conflict_in(desk, unit, decision, goal, said))


def open_conflict_in(desk: Desk, unit: Unit, decision: Uid, goal: Uid, said: ConflictWords = WITHOUT_WORDS) -> Uid:
    """The same within another use case's unit; gives the uid of the escalation."""
    uid = conflict_uid(decision, goal)
    if unit.get(Escalation, uid) is not None:
        return uid
    about, promised = known(unit, Decision, decision), known(unit, Goal, goal)
    drafted = Case(
        sort=EscalationSort.CONFLICT,
        title=text("{number} contradicts {goal}: {title}", number=about.number, goal=promised.title, title=about.title),
        place=about.place,
        severity=said.severity,
        tried=said.tried or _decided_by_itself(about),
        asked=said.asked or _may_it_stand(about, promised),
        subject=f"decision:{decision}",
        links=(f"goal:{goal}",),
        goal=goal,
        customer_side=said.customer_side or text("Promised: {statement}", statement=promised.statement),
        other_side=said.other_side or " ".join(part for part in (about.why.strip(), about.effect.strip()) if part),
    )
    return raise_in(desk, unit, drafted, uid=uid, both_sides=False).uid


def raise_in(desk: Desk, unit: Unit, case: Case, *, uid: Uid = "", both_sides: bool = True) -> Escalation:
    """Raise an escalation within another use case's unit.

    Args:
        desk: who does it, where.
        unit: that is under way.
        case: what is said.
        uid: that it gets, when it is raised once only, whoever does it.
        both_sides: False when the other side may be heard later; nothing is decided without it.
    """
    place = _demand_sound(unit, case, both_sides=both_sides)
    ladders, now = Ladders(unit), desk.clock()
    first = ladders.of(case.sort, case.severity, place.uid, now)[0]
    demand_next(case.next_by, ladders.today(place.uid, now))
    made = _made(desk, unit, msgspec.structs.replace(case, place=place.uid), first, now, uid or desk.ids())
    unit.put(made)
    unit.put(
        EscalationStep(
            uid=step_uid(made.uid, "raised"),
            escalation=made.uid,
            sort=EscalationStepSort.RAISED,
            tier=made.tier,
            owner=made.owner,
            text=made.tried,
            due_at=made.due_at,
            happened_at=now,
            person=desk.person.uid,
        )
    )
    return made


def demand_next(by: date | None, today: date) -> None:
    """Demand that a next step lies ahead and within a quarter.

    Raises:
        Refusal: it does not.
    """
    if by is not None and by < today:
        raise Refusal("work.escalation_next_past", day=by)
    if by is not None and by > today + LONGEST_WAIT:
        raise Refusal("work.escalation_next_far", day=by, last=today + LONGEST_WAIT)


def _made(desk: Desk, unit: Unit, case: Case, first: Rung, now: datetime, uid: Uid) -> Escalation:
    fields = {name: getattr(case, name) for name in case.__struct_fields__}
    written = {name: value.strip() for name, value in fields.items() if isinstance(value, str) and name != "sort"}
    return Escalation(
        **{
            **fields,
            **written,
            "uid": uid,
            "number": unit.number(Escalation),
            "tier": first.tier,
            "owner": case.owner.strip() or first.owner,
            "forum": first.forum,
            "raised_at": now,
            "due_at": now + timedelta(hours=first.hours),
            "person": desk.person.uid,
        }
    )


def _demand_sound(unit: Reader, case: Case, *, both_sides: bool) -> Place:
    if not case.title.strip():
        raise Refusal("work.escalation_title")
    if says_nothing(case.tried):
        raise Refusal("work.escalation_tried")
    if says_nothing(case.asked):
        raise Refusal("work.escalation_asked")
    if case.severity not in SEVERITIES:
        raise Refusal("work.escalation_severity", severity=case.severity, known=", ".join(SEVERITIES))
    if both_sides and case.sort in NEEDS_FORUM:
        demand_sides(case.customer_side, case.other_side)
    for link in (case.subject, *case.links):
        if link:
            demand_record(unit, link)
    if case.goal is not None:
        known(unit, Goal, case.goal)
    return goes_on_at(unit, case.place)


def demand_sides(customer: str, other: str) -> None:
    """Demand that both sides are heard.

    Raises:
        Refusal: one says nothing.
    """
    if says_nothing(customer) or says_nothing(other):
        raise Refusal("work.escalation_sides")


def demand_record(reader: Reader, link: str) -> None:
    """Demand that what is named as `noun:uid` is here.

    Raises:
        Refusal: it is not.
    """
    noun, _, uid = link.partition(":")
    if noun not in NOUNS or reader.get(NOUNS[noun], uid) is None:
        raise Refusal("work.unknown_record", noun=noun, uid=uid)


def _decided_by_itself(decision: Decision) -> str:
    said = text(
        "{role} decided by themselves on {day}: {title}.",
        role=decision.role,
        day=decision.decided_on.isoformat(),
        title=decision.title.strip().rstrip("."),
    )
    return f"{said} {decision.why.strip()}".strip()


def _may_it_stand(decision: Decision, goal: Goal) -> str:
    return text(
        "May {number} stand as an exception, and until when, or is it to be undone? Promised is: {statement}",
        number=decision.number,
        statement=goal.statement,
    )
