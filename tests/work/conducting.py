"""Alignment audits for tests that are ready to be judged: decisions by somebody else, goals, a sample."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

import msgspec
from tests.work.auditing import another_person, decide, keep, plan_audit, promise

from gemba.domain.judgements import AlignmentVerdict, Constraint
from gemba.domain.people import Person
from gemba.domain.programmes import Audit, AuditState
from gemba.domain.samples import Sample, SampleItem, SamplingMethod, item_uid
from gemba.forms.views import View
from gemba.work.conduct import answer_all, open_sheet
from gemba.work.desk import Desk
from gemba.work.judge import judge
from gemba.work.judgement_rules import Said
from gemba.work.open_audit import open_audit
from gemba.work.places import add_place

ZEROS = "0" * 64


class Ready(NamedTuple):
    """What there is to judge."""

    place: str
    audit: str
    goals: tuple[str, ...]
    decisions: tuple[str, ...]
    decider: str
    second: str


def draw(desk: Desk, audit: str, decisions: Sequence[str], double: int = 0, **fields: Any) -> str:
    """Keep a sample of exactly these decisions, the first `double` of them for both auditors; gives its uid."""
    sample = Sample(
        uid=desk.ids(),
        audit=audit,
        **{
            "frame": "",
            "frame_count": len(decisions),
            "frame_sha256": ZEROS,
            "begins": date(2026, 1, 1),
            "ends": date(2026, 3, 31),
            "method": SamplingMethod.SIMPLE,
            "seed": "seed",
            "algorithm": "test",
            "count": len(decisions),
            "double_count": double,
            "drawn_at": desk.clock(),
            "person": desk.person.uid,
            **fields,
        },
    )
    keep(desk, sample)
    with desk.unit() as unit:
        for at, one in enumerate(decisions):
            unit.put(
                SampleItem(
                    uid=item_uid(sample.uid, one),
                    sample=sample.uid,
                    decision=one,
                    position=at + 1,
                    is_double=at < double,
                )
            )
    return sample.uid


def ready(desk: Desk, *, decisions: int = 3, goals: int = 2, double: int = 0, **fields: Any) -> Ready:
    """An audit of a place's first quarter of 2026, with a sample of all its decisions; open unless said otherwise."""
    place = add_place(desk, "Harbour").uid
    decider, second = another_person(desk, "Deborah Decider", "leader"), another_person(desk)
    codes = [promise(desk, f"goal-{n}", title=f"Promise {n}") for n in range(1, goals + 1)]
    made = [
        decide(desk, place, date(2026, 1, 10) + timedelta(days=n % 60), decider=decider, title=f"Decision {n + 1}")
        for n in range(decisions)
    ]
    said = {"state": AuditState.OPEN, **({"second": second, "double_share": 0.5} if double else {}), **fields}
    audit = plan_audit(desk, place, "2026-Q1", **said)
    draw(desk, audit, made, double)
    return Ready(place, audit, tuple(codes), tuple(made), decider, second)


def as_person(desk: Desk, uid: str) -> Desk:
    """The same store with somebody else at it."""
    with desk.reader() as reader:
        person = reader.get(Person, uid)
    assert person is not None
    return msgspec.structs.replace(desk, person=person)


def audit_now(desk: Desk, uid: str) -> Audit:
    """The audit as it is kept."""
    with desk.reader() as reader:
        found = reader.get(Audit, uid)
    assert found is not None
    return found


def conducted(desk: Desk, audit: str) -> None:
    """Answer everything that the conduct of an opened audit asks for."""
    uid = audit_now(desk, audit).assessment
    assert uid is not None
    sheet = open_sheet(desk, uid)
    given = {}
    for item in sheet.fill.items():
        view = sheet.fill.view(item.path) if item.kind == "question" else None
        if view is not None and view.required and not view.value:
            given[item.path] = _some(desk, view)
    answer_all(desk, uid, given)


def _some(desk: Desk, view: View) -> str:
    if view.choices:
        return view.choices[0].name
    return desk.clock().date().isoformat() if view.kind == "date" else f"Told: {view.name}"


def opened(desk: Desk, **fields: Any) -> Ready:
    """An audit that was opened as one opens it, with its conduct written down and nothing judged yet."""
    it = ready(desk, **{"state": AuditState.PLANNED, **fields})
    open_audit(desk, it.audit)
    conducted(desk, it.audit)
    return it


def judge_all(desk: Desk, it: Ready, said: Said | None = None, decisions: Sequence[str] = (), **other: Said) -> None:
    """Judge each of these decisions (all) against each goal alike."""
    told = said or Said(verdict=AlignmentVerdict.ALIGNED, evidence_for="The letter went out on the day")
    for decision in decisions or it.decisions:
        for goal in it.goals:
            judge(desk, it.audit, decision, goal, other.get(decision, told))


def contrary(words: str = "Nobody wrote to the customer") -> Said:
    """A verdict that a decision goes against a goal."""
    return Said(verdict=AlignmentVerdict.CONTRARY, evidence_against=words, constraint=Constraint.TIME)
