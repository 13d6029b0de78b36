"""The alignment audits of the demonstration: two quarters concluded, one being judged, one to come."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, datetime, timedelta

import msgspec

from gemba.domain.findings import NEEDS_ACTION, Finding
from gemba.domain.goals import Goal
from gemba.domain.judgements import AlignmentVerdict, Constraint, ResponseSort
from gemba.domain.programmes import Audit, WorkingDay
from gemba.domain.quarters import days_of, quarter_of, quarters_until
from gemba.domain.record import Uid
from gemba.domain.samples import SamplingMethod
from gemba.forms.filling import Fill
from gemba.wording import text
from gemba.work import audit_findings, conduct, draw_sample, open_audit, plan_audits, programmes, respond, schedules
from gemba.work.audit_findings import Told
from gemba.work.conclude_audit import conclude_audit
from gemba.work.conduct import open_sheet
from gemba.work.demonstrate_filling import fill_in
from gemba.work.desk import Desk
from gemba.work.draw_sample import Wanted
from gemba.work.issue_audit_report import audit_report
from gemba.work.judge import hand_in, judge
from gemba.work.judgement_rules import Said
from gemba.work.plan_audits import Plan
from gemba.work.release_check import release_check
from gemba.work.release_told import Weight
from gemba.work.sample_plan import Told as SampleTold
from gemba.work.to_judge import cases

_SEED = 23
_DRAWN = 4
_KEEPING = (0.9, 0.8, 0.62, 0.74)
"""How often the sites keep what was promised."""


class _Told(msgspec.Struct, frozen=True):
    """One audit of the demonstration."""

    quarter: str
    site: int
    on: date
    share: float
    """How much of it is judged; 1 is concluded."""


def audit(desk: Desk, sites: list[Uid]) -> None:
    """Plan, draw, judge and conclude.

    Args:
        desk: of the demonstration store; its person audits, and took none of the decisions.
        sites: four places.
    """
    today = desk.clock().date()
    earlier, last, now = quarters_until(quarter_of(today), 3)
    programme = programmes.make(desk, programmes.Draft(quarter=now, objective=text("See where practice drifts."))).uid
    stories = [
        *(_Told(earlier, site, days_of(earlier)[1] + timedelta(days=9 + site), 1.0) for site in range(1, 3)),
        *(_Told(last, site, days_of(last)[1] + timedelta(days=6 + site), 1.0) for site in range(3)),
        _Told(now, 2, today, 0.4),
    ]
    for number, told in enumerate(story for story in stories if story.on <= today):
        _conduct(desk, sites, told, random.Random(_SEED + number))  # noqa: S311 - a story, not a secret
    to_come = Plan(place=sites[0], quarter=now, planned_on=days_of(now)[1], programme=programme)
    plan_audits.plan(desk, to_come)
    programmes.run(desk, programme)
    schedules.add(
        desk,
        schedules.Draft(
            title=text("Alignment audit of each quarter"),
            subject="audit",
            place=sites[1],
            rule="FREQ=MONTHLY;INTERVAL=3;BYDAY=2TU",
            starts=today,
            working_day=WorkingDay.NEXT,
        ),
    )


def _conduct(desk: Desk, sites: list[Uid], told: _Told, chance: random.Random) -> None:
    noon = datetime.combine(told.on, datetime.min.time(), desk.clock().tzinfo) + timedelta(hours=12)
    then = msgspec.structs.replace(desk, clock=lambda: min(noon, desk.clock()))
    made = plan_audits.plan(then, Plan(place=sites[told.site], quarter=told.quarter, planned_on=told.on)).uid
    wanted = Wanted(method=SamplingMethod.SIMPLE, told=SampleTold(n=_DRAWN), seed=f"demo-{told.quarter}-{told.site}")
    draw_sample.draw(then, made, wanted)
    assessment = open_audit.open_audit(then, made).uid
    with desk.reader() as reader:
        about = reader.get(Audit, made)
        owed = () if about is None else cases(reader, about, desk.person.uid)
    pairs = [(case.decision.uid, goal) for case in owed for goal in case.goals]
    for decision, goal in pairs[: round(told.share * len(pairs))]:
        judge(then, made, decision, goal.uid, _said(goal, chance, _KEEPING[told.site]))
    if told.share < 1:
        return
    hand_in(then, made)
    _find(then, made)
    conduct.answer_all(then, assessment, fill_in(_sheet(then, assessment), chance, 1.0, 0.9, then.clock()))
    _respond(then, made)
    words = {one.code: text("Looked at, and so it stays.") for one in release_check(then, made).of(Weight.WARNING)}
    conclude_audit(then, made, text("Sampled as drawn; every judgement has its evidence."), words=words)
    if told.site == 0:
        audit_report(then, made)


def _sheet(desk: Desk, assessment: Uid) -> Fill:
    return open_sheet(desk, assessment).fill


def _said(goal: Goal, chance: random.Random, keeping: float) -> Said:
    if chance.random() < keeping:
        return Said(verdict=AlignmentVerdict.ALIGNED, evidence_for=text("The note in the file tells the same."))
    if chance.random() < 0.15:
        return Said(verdict=AlignmentVerdict.CANNOT_TELL, note=text("Nothing was written down."))
    verdict = AlignmentVerdict.CONTRARY if chance.random() < 0.45 else AlignmentVerdict.PART
    forced = chance.choice((Constraint.STAFF, Constraint.STAFF, Constraint.SYSTEM, Constraint.TARGET))
    against = text("Promised was: {statement} The customer was told something else.", statement=goal.statement)
    return Said(verdict=verdict, evidence_against=against, constraint=forced)


def _find(desk: Desk, audit_uid: Uid) -> None:
    with desk.reader() as reader:
        about = reader.get(Audit, audit_uid)
        proposed = () if about is None else audit_findings.proposals(reader, about)
    for told in _findings(proposed):
        audit_findings.raise_on_goal(desk, audit_uid, told)


def _findings(proposed: tuple[audit_findings.Proposal, ...]) -> Iterator[Told]:
    for one in proposed:
        if one.grade in NEEDS_ACTION:
            words = text(
                "Several decisions of the quarter did not keep this promise; the plan leaves no room to keep it."
            )
            yield Told(goal=one.goal.uid, grade=one.grade, text=words)


def _respond(desk: Desk, audit_uid: Uid) -> None:
    with desk.reader() as reader:
        about = reader.get(Audit, audit_uid)
        found: list[Finding] = [] if about is None else audit_findings.findings_of(reader, about)
    if not found:
        return
    respond.to_auditee(desk, audit_uid)
    for finding in found:
        respond.respond(desk, finding.uid, ResponseSort.ACCEPT, role=text("Branch lead"))
