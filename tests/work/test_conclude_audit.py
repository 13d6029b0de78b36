"""An alignment audit from its opening to the frozen report, and what stands in its way."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from pathlib import Path

import pytest
from tests.conftest import new_uid
from tests.work.auditing import decide, promise
from tests.work.conducting import as_person, audit_now, contrary, judge_all, opened, ready

from gemba.domain.assessments import Assessment, AssessmentState
from gemba.domain.conclusions import Conclusion, IssuedReport
from gemba.domain.decisions import Decision
from gemba.domain.escalations import Escalation, conflict_uid
from gemba.domain.evidence import Evidence
from gemba.domain.findings import Finding, FindingGrade, FindingState
from gemba.domain.goals import Goal
from gemba.domain.judgements import (
    AlignmentVerdict,
    AuditeeResponse,
    Constraint,
    Judgement,
    ResponseOutcome,
    ResponseSort,
    judgement_uid,
)
from gemba.domain.programmes import Audit, AuditState
from gemba.domain.samples import SampleItem
from gemba.errors import Refusal, Trouble
from gemba.store import conflicts, journal
from gemba.work.attach_evidence import attach
from gemba.work.audit_findings import Told, proposals, raise_on_goal
from gemba.work.audit_rates import audit_rates
from gemba.work.audit_report_facts import report_facts
from gemba.work.audit_shown import audit_shown
from gemba.work.conclude import conclude, conclusion_of, correct
from gemba.work.conclude_audit import conclude_audit
from gemba.work.correct_audit import correct_audit
from gemba.work.issue_audit_report import audit_report
from gemba.work.judge import hand_in, judge
from gemba.work.judgement_rules import Said
from gemba.work.open_audit import conduct_uid, open_audit, sheet_for
from gemba.work.open_desk import make_desk
from gemba.work.release_check import Need, release_check
from gemba.work.release_told import Weight
from gemba.work.respond import respond, respond_with, to_auditee
from gemba.work.settle_response import Settled, settle_response


def codes(desk, audit, weight=Weight.ERROR):
    return [one.code for one in release_check(desk, audit).of(weight)]


def words_for(desk, audit):
    return {one.code: "Seen and accepted" for one in release_check(desk, audit).of(Weight.WARNING)}


def raised(desk, it, goal=0, grade=FindingGrade.MINOR, text="Customers hear of it only when they call", **more):
    return raise_on_goal(desk, it.audit, Told(goal=it.goals[goal], grade=grade, text=text, **more)).uid


def handed_in(desk, it, against=1):
    """All is judged and handed in: the first `against` decisions contrary to the first goal."""
    judge_all(desk, it)
    for decision in it.decisions[:against]:
        judge(desk, it.audit, decision, it.goals[0], contrary())
    hand_in(desk, it.audit)
    return it


def responding(desk, it, sort=ResponseSort.ACCEPT, words=""):
    finding = raised(desk, it)
    to_auditee(desk, it.audit)
    return finding, respond(desk, finding, sort, role="Branch lead", words=words).uid


def kept(desk, noun, uid):
    with desk.reader() as reader:
        return reader.get(noun, uid)


# -- opening -------------------------------------------------------------------------------------------------------


def test_opening_makes_the_conduct_and_says_so_on_the_audit(desk):
    it = ready(desk, state=AuditState.PLANNED)
    uid = open_audit(desk, it.audit).uid
    about, conduct = audit_now(desk, it.audit), kept(desk, Assessment, uid)
    assert (about.state, about.assessment, uid) == (AuditState.OPEN, uid, conduct_uid(it.audit))
    assert (conduct.kind, conduct.subject, conduct.place) == ("alignment_audit", f"audit:{it.audit}", it.place)
    with pytest.raises(Refusal, match=r"work\.audit_not_planned"):
        open_audit(desk, it.audit)


def test_only_an_auditor_opens_it_and_none_who_has_decided_since(desk):
    it = ready(desk, state=AuditState.PLANNED)
    with pytest.raises(Refusal, match=r"work\.not_its_auditor"):
        open_audit(as_person(desk, it.second), it.audit)
    decide(desk, it.place, date(2026, 2, 3))  # by whoever sits here
    with pytest.raises(Refusal, match=r"work\.audits_own"):
        open_audit(desk, it.audit)


def test_a_sheet_helps_with_one_sampled_decision(desk):
    it = ready(desk)
    uid = sheet_for(desk, it.audit, it.decisions[0]).uid
    assert kept(desk, Assessment, uid).subject == f"decision:{it.decisions[0]}"
    assert sheet_for(desk, it.audit, it.decisions[0]).uid == uid
    other = decide(desk, it.place, date(2026, 2, 1), decider=it.decider)
    with pytest.raises(Refusal, match=r"work\.not_in_sample"):
        sheet_for(desk, it.audit, other)


def test_the_conduct_is_concluded_and_corrected_only_with_its_audit(desk):
    it = opened(desk)
    for alone in (conclude, correct):
        with pytest.raises(Refusal, match=r"work\.concluded_with_audit"):
            alone(desk, conduct_uid(it.audit))


# -- findings ------------------------------------------------------------------------------------------------------


def test_contrary_judgements_on_one_goal_are_one_proposal(desk):
    it = handed_in(desk, opened(desk, decisions=5), against=4)
    with desk.reader() as reader:
        major, kept_goal = proposals(reader, reader.get(Audit, it.audit))
    assert (major.goal.uid, major.grade, len(major.rests_on), major.contrary) == (it.goals[0], FindingGrade.MAJOR, 4, 4)
    assert (kept_goal.goal.uid, kept_goal.grade) == (it.goals[1], FindingGrade.CONFORMITY)


def test_a_finding_has_the_goal_as_its_criterion_and_needs_what_shows_it(desk):
    it = opened(desk)
    with pytest.raises(Refusal, match=r"work\.finding_off_the_audit"):
        raised(desk, it)
    handed_in(desk, it)
    found = kept(desk, Finding, raised(desk, it))
    assert (found.goal, found.criterion, found.state) == (it.goals[0], "We tell you before you ask.", FindingState.OPEN)
    with pytest.raises(Refusal, match=r"work\.finding_without_evidence"):
        raised(desk, it, goal=1)  # nothing departs from it
    good = kept(desk, Finding, raised(desk, it, goal=1, grade=FindingGrade.GOOD_PRACTICE))
    assert good.state is FindingState.CLOSED
    with pytest.raises(Refusal, match=r"work\.finding_without_text"):
        raised(desk, it, text=" ")


def test_the_criterion_is_what_held_for_the_decisions_whatever_version_is_named(desk):
    it = opened(desk)
    there = promise(desk, "goal-1", core=it.goals[0], place=it.place, statement="Within a day.", reason="Letters")
    handed_in(desk, it._replace(goals=(there, it.goals[1])))
    found = kept(desk, Finding, raised(desk, it))
    assert (found.goal, found.criterion) == (there, "Within a day.")


def test_a_finding_may_stand_on_a_file(desk):
    it = opened(desk)
    where = kept(desk, Audit, it.audit).assessment
    said = Said(verdict=AlignmentVerdict.CANNOT_TELL, note="The file is lost")
    uid = judge(desk, it.audit, it.decisions[0], it.goals[0], said).uid
    file = attach(desk, where, b"A letter", "letter.txt", subject=f"judgement:{uid}", stance="against").uid
    raised(desk, it, on=f"judgement:{uid}", evidence=[file])
    assert kept(desk, Evidence, file).stance == "against"
    assert "finding_without_evidence" not in codes(desk, it.audit)


def test_a_file_is_evidence_enough_for_a_verdict(desk):
    it = opened(desk)
    bare = Said(verdict=AlignmentVerdict.CONTRARY, constraint=Constraint.RULE)
    with pytest.raises(Refusal, match=r"work\.judgement_without_evidence"):
        judge(desk, it.audit, it.decisions[0], it.goals[0], bare)
    uid = judgement_uid(it.audit, it.decisions[0], it.goals[0], desk.person.uid)
    attach(
        desk, kept(desk, Audit, it.audit).assessment, b"x", "photo.txt", subject=f"judgement:{uid}", stance="against"
    )
    assert judge(desk, it.audit, it.decisions[0], it.goals[0], bare).uid == uid


def test_no_finding_names_people(desk):
    it = handed_in(desk, opened(desk))
    with pytest.raises(Refusal, match=r"work\.names_people"):
        raised(desk, it, text="It was Deborah Decider who did not write")
    with pytest.raises(Refusal, match=r"work\.may_name_people"):
        raised(desk, it, text="They said that Green Field was slow")
    raised(desk, it, text="They said that Green Field was slow", are_no_names=True)


# -- the auditee ---------------------------------------------------------------------------------------------------


def test_the_auditee_answers_once_all_is_handed_in(desk):
    it = opened(desk)
    with pytest.raises(Refusal, match=r"work\.not_handed_in"):
        to_auditee(desk, it.audit)
    handed_in(desk, it)
    finding = raised(desk, it)
    with pytest.raises(Refusal, match=r"work\.audit_is_open"):
        respond(desk, finding, ResponseSort.ACCEPT, role="Branch lead")
    to_auditee(desk, it.audit)
    for bad, code in (({"role": " "}, "response_without_role"), ({"role": "Lead"}, "contest_without_reason")):
        with pytest.raises(Refusal, match=code):
            respond(desk, finding, ResponseSort.CONTEST, **bad)
    respond(desk, finding, ResponseSort.ACCEPT, role="Branch lead")


def test_what_is_contested_is_settled_before_the_report(desk):
    it = handed_in(desk, opened(desk))
    finding, response = responding(desk, it, ResponseSort.CONTEST, "The letter is in the file")
    assert codes(desk, it.audit) == ["contested"]
    with pytest.raises(Refusal, match=r"work\.settled_without_reason"):
        settle_response(desk, response, Settled(outcome=ResponseOutcome.UPHELD, reason=" "))
    with pytest.raises(Refusal, match=r"work\.settled_unchanged"):
        settle_response(desk, response, Settled(outcome=ResponseOutcome.CHANGED, reason="x", grade=FindingGrade.MINOR))
    said = Settled(outcome=ResponseOutcome.CHANGED, reason="One letter was there", grade=FindingGrade.OPPORTUNITY)
    settle_response(desk, response, said)
    assert (kept(desk, Finding, finding).grade, kept(desk, Finding, finding).state) == ("opportunity", "closed")
    with pytest.raises(Refusal, match=r"work\.nothing_contested"):
        settle_response(desk, response, said)


def test_a_finding_withdrawn_may_put_the_verdict_right(desk):
    it = handed_in(desk, opened(desk))
    finding, response = responding(desk, it, ResponseSort.CONTEST, "The letter is in the file")
    said = Settled(outcome=ResponseOutcome.WITHDRAWN, reason="The letter was found", verdict=AlignmentVerdict.ALIGNED)
    settle_response(desk, response, said)
    assert kept(desk, Finding, finding).state is FindingState.CLOSED
    with desk.reader() as reader:
        rates = audit_rates(reader, reader.get(Audit, it.audit))
    assert (rates.whole.aligned, rates.whole.contrary) == (6, 0)
    with pytest.raises(Refusal, match=r"work\.finding_withdrawn"):
        respond(desk, finding, ResponseSort.ACCEPT, role="Branch lead")


def test_files_come_with_a_response_and_none_of_it_stands_when_one_is_missing(desk, tmp_path):
    it = handed_in(desk, opened(desk))
    finding = raised(desk, it)
    to_auditee(desk, it.audit)
    letter = tmp_path / "letter.txt"
    letter.write_text("We write before the change.")
    said = {"role": "Branch lead", "words": "It is in the file"}
    with pytest.raises(Trouble, match=r"work\.file_unreadable"):
        respond_with(desk, finding, ResponseSort.CONTEST, [letter, tmp_path / "gone.jpg"], **said)
    with desk.reader() as reader:
        assert reader.find(AuditeeResponse) == []
    uid = respond_with(desk, finding, ResponseSort.CONTEST, [letter], **said).uid
    with desk.reader() as reader:
        (file,) = reader.find(Evidence, assessment=conduct_uid(it.audit))
        facts = report_facts(desk, reader, it.audit)
    assert (file.subject, file.stance, file.name) == (f"auditee_response:{uid}", "against", "letter.txt")
    assert "Files: letter.txt" in facts.findings[0].responses[0]
    settle_response(desk, uid, Settled(outcome=ResponseOutcome.UPHELD, reason="Another letter"))
    conclude_audit(desk, it.audit, words=words_for(desk, it.audit))
    before = audit_report(desk, it.audit, tmp_path / "before.pdf").file.read_bytes()
    late = respond_with(desk, finding, ResponseSort.CONTEST, [letter], **said).uid
    with desk.reader() as reader:
        (shown,) = audit_shown(desk, reader, it.audit).findings
    assert shown.attached[late] == ("letter.txt",)
    assert [one.is_late for one in shown.responses] == [False, True]
    assert audit_report(desk, it.audit, tmp_path / "after.pdf").file.read_bytes() == before


# -- release -------------------------------------------------------------------------------------------------------


def test_the_release_check_goes_on_from_error_to_error(desk):
    it = opened(desk)
    assert codes(desk, it.audit) == ["not_all_judged"]
    judge_all(desk, it)
    judge(desk, it.audit, it.decisions[0], it.goals[0], contrary())
    assert codes(desk, it.audit) == ["not_handed_in"]
    hand_in(desk, it.audit)
    assert codes(desk, it.audit) == []
    assert codes(desk, it.audit, Weight.WARNING) == ["no_finding.goal-1"]
    raised(desk, it)
    assert codes(desk, it.audit) == ["not_with_auditee"]
    to_auditee(desk, it.audit)
    assert codes(desk, it.audit) == []
    assert codes(desk, it.audit, Weight.WARNING) == ["not_answered"]
    assert release_check(desk, it.audit).need is Need.WORDS


def test_what_was_not_opened_or_not_written_down_blocks(desk):
    it = ready(desk, state=AuditState.PLANNED)
    assert "not_opened" in codes(desk, it.audit)
    open_audit(desk, it.audit)
    assert "conduct_incomplete" in codes(desk, it.audit)


def test_warnings_tell_of_goals_exceptions_and_doubts(desk):
    it = opened(desk, decisions=5)
    with desk.unit() as unit:
        unit.change(Goal, it.goals[0], retired_on=date(2026, 3, 20), retired_because="Said otherwise now")
        unit.change(Goal, it.goals[1], owner="")
    judge_all(desk, it, Said(verdict=AlignmentVerdict.CANNOT_TELL, note="Nothing is left of it"))
    over = Said(
        verdict=AlignmentVerdict.CONTRARY,
        evidence_against="No letter",
        constraint=Constraint.RULE,
        exception="The storm",
        exception_until=date(2026, 2, 1),
    )
    judge(desk, it.audit, it.decisions[0], it.goals[0], over)
    found = release_check(desk, it.audit)
    warned = [one.code for one in found.of(Weight.WARNING)]
    assert warned == ["goal_retired.goal-1", "goal_without_owner.goal-2", "exceptions_end", "cannot_tell"]
    with desk.reader() as reader:
        numbers = [reader.get(Decision, uid).number for uid in it.decisions]
    assert next(one.about for one in found.remarks if one.code == "goal_retired.goal-1") == ", ".join(numbers)
    assert "too_few" in [one.code for one in found.of(Weight.HINT)]


def test_while_both_judge_apart_neither_findings_nor_verdicts_are_told(desk):
    it = opened(desk, double=1)
    judge_all(desk, it, contrary())
    hand_in(desk, it.audit)
    with pytest.raises(Refusal, match=r"work\.still_blind"):
        raised(desk, it)
    assert codes(desk, it.audit) == ["second_not_handed_in"]
    with desk.reader() as reader:
        assert proposals(reader, reader.get(Audit, it.audit)) == ()
    second = as_person(desk, it.second)
    for goal in it.goals:
        judge(second, it.audit, it.decisions[0], goal, Said(verdict=AlignmentVerdict.ALIGNED, evidence_for="Seen"))
    hand_in(second, it.audit)
    assert codes(desk, it.audit) == ["disagreements"]


# -- conclusion ----------------------------------------------------------------------------------------------------


def test_it_is_concluded_frozen_and_its_report_numbered_and_hashed(desk, tmp_path):
    it = handed_in(desk, opened(desk))
    responding(desk, it)
    with pytest.raises(Refusal, match=r"work\.not_its_auditor"):
        conclude_audit(as_person(desk, it.second), it.audit)
    conclude_audit(desk, it.audit, "Most promises are kept.", words=words_for(desk, it.audit))
    about = audit_now(desk, it.audit)
    conduct = kept(desk, Assessment, about.assessment)
    assert (about.state, conduct.state) == (AuditState.CONCLUDED, AssessmentState.CONCLUDED)
    with desk.reader() as reader:
        conclusion = conclusion_of(reader, conduct.uid)
    assert conclusion.scales["alignment"] == pytest.approx(100 * 5 / 6)
    file = audit_report(desk, it.audit, tmp_path / "report.pdf")
    with desk.reader() as reader:
        (issued,) = reader.find(IssuedReport, assessment=conduct.uid)
    assert (issued.sha256, issued.name) == (hashlib.sha256(file.file.read_bytes()).hexdigest(), f"{about.number}.pdf")
    for late in (
        lambda: judge(desk, it.audit, it.decisions[0], it.goals[0], contrary()),
        lambda: raised(desk, it),
        lambda: hand_in(desk, it.audit),
        lambda: conclude_audit(desk, it.audit),
        lambda: to_auditee(desk, it.audit),
    ):
        with pytest.raises(Refusal, match=r"work\.audit_is_concluded"):
            late()


def test_a_response_after_the_issue_is_kept_as_late_and_changes_nothing(desk, tmp_path):
    it = handed_in(desk, opened(desk))
    finding, _ = responding(desk, it)
    conclude_audit(desk, it.audit, words=words_for(desk, it.audit))
    before = audit_report(desk, it.audit, tmp_path / "before.pdf").file.read_bytes()
    late = respond(desk, finding, ResponseSort.CONTEST, role="Branch lead", words="We see it otherwise").uid
    with pytest.raises(Refusal, match=r"work\.settled_after_issue"):
        settle_response(desk, late, Settled(outcome=ResponseOutcome.WITHDRAWN, reason="x"))
    settle_response(desk, late, Settled(outcome=ResponseOutcome.UPHELD, reason="Nothing new"))
    assert audit_report(desk, it.audit, tmp_path / "after.pdf").file.read_bytes() == before
    with desk.reader() as reader:
        assert len(reader.find(IssuedReport, report="alignment_audit")) == 1


def test_nothing_is_concluded_over_an_error_or_an_unanswered_warning(desk):
    it = opened(desk)
    with pytest.raises(Refusal, match=r"work\.audit_not_ready"):
        conclude_audit(desk, it.audit)
    handed_in(desk, it)
    with pytest.raises(Refusal, match=r"work\.warning_without_word"):
        conclude_audit(desk, it.audit)
    conclude_audit(desk, it.audit, words={"no_finding.goal-1": "One case of three"})
    with desk.reader() as reader:
        concluded = conclusion_of(reader, conduct_uid(it.audit))
        assert (concluded.said, concluded.summary) == ({"no_finding.goal-1": "One case of three"}, "")
        ((warning, word),) = report_facts(desk, reader, it.audit).said
        assert audit_shown(desk, reader, it.audit).said == ((warning, word),)
    assert word == "One case of three"
    assert "no_finding" not in warning


def test_only_what_the_auditor_names_is_escalated_and_once(desk):
    it = handed_in(desk, opened(desk), against=2)
    with desk.reader() as reader:
        said = {one.decision: one for one in reader.find(Judgement, audit=it.audit, goal=it.goals[0])}
    wrong = said[it.decisions[2]].uid
    words = {"no_finding.goal-1": "x"}
    with pytest.raises(Refusal, match=r"work\.no_conflict_to_escalate"):
        conclude_audit(desk, it.audit, words=words, escalate=[wrong])
    first = said[it.decisions[0]].uid
    conclude_audit(desk, it.audit, words=words, escalate=[first, first])
    assert kept(desk, Escalation, conflict_uid(it.decisions[0], it.goals[0])) is not None
    assert kept(desk, Escalation, conflict_uid(it.decisions[1], it.goals[0])) is None


def test_a_correction_names_the_old_audit_and_takes_its_place(desk, tmp_path):
    it = handed_in(desk, opened(desk))
    with pytest.raises(Refusal, match=r"work\.audit_is_open"):
        correct_audit(desk, it.audit, "Too early")
    conclude_audit(desk, it.audit, words=words_for(desk, it.audit))
    with pytest.raises(Refusal, match=r"work\.correction_without_reason"):
        correct_audit(desk, it.audit, " ")
    new = correct_audit(desk, it.audit, "The letter was found").uid
    with pytest.raises(Refusal, match=r"work\.audit_corrected_already"):
        correct_audit(desk, it.audit, "Again")
    about = audit_now(desk, new)
    assert (about.corrects, about.state, about.number != audit_now(desk, it.audit).number) == (it.audit, "open", True)
    judge(desk, new, it.decisions[0], it.goals[0], Said(verdict=AlignmentVerdict.ALIGNED, evidence_for="The letter"))
    hand_in(desk, new)
    conclude_audit(desk, new, words=words_for(desk, new))
    with desk.reader() as reader:
        rates = audit_rates(reader, reader.get(Audit, new))
        assert len(reader.find(Conclusion, assessment=conduct_uid(it.audit))) == 1
    assert (rates.whole.aligned, rates.whole.contrary) == (6, 0)
    assert audit_report(desk, new, Path(tmp_path / "new.pdf")).kept


# -- two laptops -----------------------------------------------------------------------------------------------------


@pytest.fixture
def other(tmp_path, ticking):
    made = make_desk(tmp_path / "other", clock=ticking, ids=new_uid, demo=True, person_name="Second laptop")
    yield made
    made.store.close()


def hand(giver, taker):
    """Everything of the giver's own journal, as a stick would bring it; the files of its sample and reports as well."""
    with giver.reader() as reader:
        lines = [json.loads(line) for line in journal.since(reader, reader.device.epoch, 1, 100_000)]
    device = giver.store.device
    for sha256 in giver.store.evidence.all():
        if not taker.store.evidence.has(sha256):
            taker.store.evidence.keep(giver.store.evidence.read(sha256))
    with taker.unit() as unit:
        journal.merge(unit, lines, trusted={device.id: device.public_key})


def test_opened_on_two_laptops_is_one_conduct(desk, other):
    it = ready(desk, state=AuditState.PLANNED)
    hand(desk, other)
    twin = as_person(other, desk.person.uid)
    assert open_audit(desk, it.audit).uid == open_audit(twin, it.audit).uid
    hand(twin, desk)
    with desk.reader() as reader:
        assert len(reader.find(Assessment, subject=f"audit:{it.audit}")) == 1


def test_concluded_on_two_laptops_is_a_conflict_and_both_reports_are_kept(desk, other, tmp_path):
    it = handed_in(desk, opened(desk))
    hand(desk, other)
    twin = as_person(other, desk.person.uid)
    for at, laptop in enumerate((desk, twin)):
        conclude_audit(laptop, it.audit, f"Said on laptop {at}", words=words_for(laptop, it.audit))
        audit_report(laptop, it.audit, tmp_path / f"{at}.pdf")
    hand(twin, desk)
    with desk.reader() as reader:
        disputed = {(one.noun, field.field) for one in conflicts.open_conflicts(reader) for field in one.fields}
        reports = reader.find(IssuedReport, report="alignment_audit")
        assert len(reader.find(Conclusion, assessment=conduct_uid(it.audit))) == 2
    assert ("audit", "concluded_at") in disputed
    assert len({one.sha256 for one in reports}) == 2
    again = audit_report(desk, it.audit, tmp_path / "again.pdf").file.read_bytes()
    assert again == (tmp_path / "0.pdf").read_bytes()  # the first that was issued is the report


def test_contradicting_verdicts_of_one_auditor_on_two_laptops_block_the_report(desk, other):
    it = opened(desk)
    hand(desk, other)
    twin = as_person(other, desk.person.uid)
    where = (it.audit, it.decisions[0], it.goals[0])
    judge(desk, *where, Said(verdict=AlignmentVerdict.ALIGNED, evidence_for="The letter"))
    judge(twin, *where, contrary())
    hand(twin, desk)
    assert "conflicts" in codes(desk, it.audit)


def test_who_does_not_lead_learns_no_verdict_from_the_release_check_of_a_blind_audit(desk):
    it = opened(desk, double=1)
    judge_all(desk, it, contrary())
    hand_in(desk, it.audit)
    mine, theirs = release_check(desk, it.audit), release_check(as_person(desk, it.second), it.audit)
    assert "no_finding.goal-1" in [one.code for one in mine.remarks]
    assert [one.code for one in theirs.remarks if "goal" in one.code or "escalated" in one.code] == []


def test_where_strata_were_drawn_unevenly_the_report_weighs_them(desk):
    it = opened(desk, decisions=12)
    with desk.unit() as unit:
        for at, item in enumerate(unit.find(SampleItem)):
            unit.change(SampleItem, item.uid, stratum="a" if at < 6 else "b", weight=1.0 if at < 6 else 9.0)
    judge_all(desk, it)
    for decision in it.decisions[6:]:
        judge(desk, it.audit, decision, it.goals[0], contrary())
    with desk.reader() as reader:
        (one, _) = audit_rates(reader, reader.get(Audit, it.audit)).weighted
        facts = report_facts(desk, reader, it.audit)
    assert one.plain == pytest.approx(0.5)
    assert one.rate == pytest.approx(0.1)
    assert facts.weighted[0][:2] == ("Promise 1", "50.0\u00a0%")
