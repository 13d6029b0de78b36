"""What is kept from the other auditor until both have handed in."""

from __future__ import annotations

from datetime import date

from tests.work.auditing import judge
from tests.work.conducting import as_person, ready

from gemba.domain.evidence import Evidence
from gemba.domain.findings import Finding, FindingGrade
from gemba.domain.programmes import Audit
from gemba.domain.templates import Template
from gemba.work import conduct
from gemba.work.attach_evidence import attach
from gemba.work.blind import is_blind
from gemba.work.blind_parts import blind_audits, withheld
from gemba.work.follow_action import add as add_action
from gemba.work.raise_finding import raise_finding


def test_judgements_findings_and_what_stands_for_them_are_kept_back(desk, queue_photo):
    made = ready(desk, decisions=3, goals=1, double=2)
    with desk.reader() as reader:
        template = reader.find(Template, kind="area_audit")[0].uid
    assessment = conduct.start(desk, template, made.place).uid
    said = judge(desk, made.audit, made.decisions[0], made.goals[0])
    of_judgement = attach(desk, assessment, queue_photo, "one.jpg").uid
    of_decision = attach(desk, assessment, queue_photo, "two.jpg").uid
    of_nothing = attach(desk, assessment, queue_photo, "three.jpg").uid
    finding = raise_finding(desk, assessment, grade=FindingGrade.MINOR, text="Nobody was told", criterion="Told").uid
    owner = {"text": "Tell them", "owner": "Branch lead", "due": date(2026, 5, 1)}
    action = add_action(desk, finding, **owner).uid
    with desk.unit() as unit:
        unit.change(Audit, made.audit, assessment=assessment)
        unit.change(Evidence, of_judgement, subject=f"judgement:{said}", stance="against")
        unit.change(Evidence, of_decision, subject=f"decision:{made.decisions[1]}", stance="for")
    with desk.reader() as reader:
        assert [one.uid for one in blind_audits(reader)] == [made.audit]
        kept = withheld(reader)
        assert reader.get(Finding, finding) is not None
    assert kept >= {("judgement", said), ("finding", finding), ("action", action)}
    assert kept >= {("evidence", of_judgement), ("evidence", of_decision)}
    assert not kept & {("evidence", of_nothing), ("assessment", assessment), ("audit", made.audit)}
    with desk.unit() as unit:
        unit.change(Audit, made.audit, lead_handed_in_at=desk.clock(), second_handed_in_at=desk.clock())
    with desk.reader() as reader:
        assert withheld(reader) == frozenset()


def test_nothing_is_kept_back_where_one_judges_alone(desk):
    made = ready(desk, decisions=2, goals=1)
    judge(desk, made.audit, made.decisions[0], made.goals[0])
    with desk.reader() as reader:
        assert withheld(reader) == frozenset()


def test_the_audit_tells_that_the_other_has_handed_in_before_it_is_seen_what(desk):
    made = ready(desk, decisions=2, goals=1, double=2)
    for who in (desk, as_person(desk, made.second)):
        judge(who, made.audit, made.decisions[0], made.goals[0], is_lead=who is desk)
    with desk.unit() as unit:
        unit.change(Audit, made.audit, second_handed_in_at=desk.clock())
    with desk.reader() as reader:
        about = reader.get(Audit, made.audit)
        assert is_blind(reader, about)
    with desk.unit() as unit:
        unit.change(Audit, made.audit, lead_handed_in_at=desk.clock())
    with desk.reader() as reader:
        assert not is_blind(reader, reader.get(Audit, made.audit))
