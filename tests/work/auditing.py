"""Goals, decisions and audits for tests, kept as the store keeps them."""

from __future__ import annotations

from datetime import date
from itertools import count
from typing import Any

from gemba.domain.decisions import Decision
from gemba.domain.goals import Goal
from gemba.domain.judgements import AlignmentVerdict, Judgement, judgement_uid
from gemba.domain.people import Person
from gemba.domain.programmes import Audit
from gemba.domain.quarters import days_of, quarter_of
from gemba.domain.record import Record
from gemba.work.desk import Desk

_numbers = count(1)


def keep(desk: Desk, record: Record) -> str:
    """Keep a record as it is; gives its uid."""
    with desk.unit() as unit:
        unit.put(record)
    return record.uid


def promise(desk: Desk, code: str = "told", **fields: Any) -> str:
    """Keep a goal; gives its uid."""
    said: dict[str, Any] = {
        "version": 1,
        "title": f"Goal {code}",
        "statement": "We tell you before you ask.",
        "need": "I want to know where I stand.",
        "owner": "Service lead",
        "valid_from": date(2020, 1, 1),
    }
    return keep(
        desk, Goal(uid=desk.ids(), code=code, made_at=desk.clock(), person=desk.person.uid, **{**said, **fields})
    )


def decide(desk: Desk, place: str, on: date, **fields: Any) -> str:
    """Keep a decision of a place; gives its uid."""
    said: dict[str, Any] = {"title": "No refund without the receipt", "role": "Branch lead", **fields}
    made = Decision(
        uid=desk.ids(),
        number=f"D-TEST-{next(_numbers):04d}",
        place=place,
        decided_on=on,
        recorded_at=desk.clock(),
        person=desk.person.uid,
        **said,
    )
    return keep(desk, made)


def another_person(desk: Desk, name: str = "Auditor two", role: str = "auditor") -> str:
    """Keep a person besides the one at the desk; gives its uid."""
    return keep(desk, Person(uid=desk.ids(), name=name, role=role))


def plan_audit(desk: Desk, place: str, quarter: str, **fields: Any) -> str:
    """Keep a planned audit of a place's quarter; gives its uid."""
    begins, ends = days_of(quarter)
    said: dict[str, Any] = {"title": f"Audit {quarter}", "planned_on": ends, "auditor": desk.person.uid, **fields}
    made = Audit(
        uid=desk.ids(),
        number=f"Q-TEST-{next(_numbers):04d}",
        place=place,
        quarter=quarter,
        begins=begins,
        ends=ends,
        made_at=desk.clock(),
        person=desk.person.uid,
        **said,
    )
    return keep(desk, made)


def judge(desk: Desk, audit: str, decision: str, goal: str, verdict: str = "aligned", **fields: Any) -> str:
    """Keep what the person at the desk (or `auditor`) says of a decision against a goal; gives its uid."""
    with desk.reader() as reader:
        about = reader.get(Decision, decision)
    assert about is not None
    auditor = fields.pop("auditor", desk.person.uid)
    made = Judgement(
        uid=judgement_uid(audit, decision, goal, auditor),
        audit=audit,
        decision=decision,
        goal=goal,
        place=about.place,
        quarter=quarter_of(about.decided_on),
        auditor=auditor,
        verdict=AlignmentVerdict(verdict),
        judged_at=desk.clock(),
        person=desk.person.uid,
        **fields,
    )
    return keep(desk, made)
