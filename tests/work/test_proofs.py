"""Photos and files of proof where no assessment stands behind them: actions on causes, promises, escalations."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from tests.conftest import new_uid
from tests.work.complaining import complain
from tests.work.conftest import template_of
from tests.work.test_escalations import case

from gemba.domain.actions import Action, ActionState
from gemba.domain.evidence import Evidence, Mark, MarkShape
from gemba.domain.findings import FindingGrade
from gemba.domain.rotations import Commitment, CommitmentState
from gemba.errors import Refusal
from gemba.store import selections
from gemba.store.checking import check
from gemba.work import commitments, conduct, follow_action, retention
from gemba.work.analyse_cause import About, begin
from gemba.work.attach_evidence import attach, remove, rename, restore
from gemba.work.commitments import Word
from gemba.work.erase import erase
from gemba.work.escalation_decisions import Ruling, decide
from gemba.work.escalations import escalate
from gemba.work.history import history_of
from gemba.work.mark_evidence import mark
from gemba.work.pattern_facts import proof_line
from gemba.work.photo_pairs import add_after, add_before, files_of, pairs_of
from gemba.work.proofs import add_proof, last_step, number_of, proofs_of, steps_of, told_of
from gemba.work.raise_finding import raise_finding
from gemba.work.report_facts import assessment_facts


def action_on(desk, place, **about):
    analysis = begin(desk, "Papers are lost", About(place=place, **about)).uid
    due = desk.clock().date() + timedelta(days=7)
    return follow_action.add_for_analysis(desk, analysis, text="Scan them", owner="Lead", due=due, place=place).uid


@pytest.fixture
def action(desk, place):
    return action_on(desk, place)


def shown(desk, action):
    with desk.reader() as reader:
        about = reader.get(Action, action)
        pairs = [(one.before and one.before.name, one.after and one.after.name) for one in pairs_of(reader, about)]
        return pairs, [one.name for one in files_of(reader, about)]


def test_an_action_on_a_cause_takes_photos_and_files(desk, action, queue_photo, sideways_photo):
    add_before(desk, action, sideways_photo, "before.jpg")
    add_proof(desk, "action", action, [("after.jpg", queue_photo), ("list.csv", b"a;b"), ("more.jpg", queue_photo)])
    assert shown(desk, action) == ([("before.jpg", "after.jpg"), (None, "more.jpg")], ["list.csv"])
    with desk.reader() as reader:
        kept = proofs_of(reader, "action", action)
    assert {one.assessment for one in kept} == {None}
    assert [one.stance for one in kept] == ["before", "after", "proof", "after"]
    assert check(desk.store) == []


def test_they_are_drawn_over_named_taken_away_and_brought_back(desk, action, queue_photo):
    kept = add_proof(desk, "action", action, [("after.jpg", queue_photo)]).uid
    mark(desk, kept, [Mark(MarkShape.REDACTION, ((0.1, 0.1), (0.4, 0.4)))])
    rename(desk, kept, "The counter.jpg")
    assert shown(desk, action) == ([(None, "The counter.jpg")], [])
    remove(desk, kept)
    assert shown(desk, action) == ([], [])
    restore(desk, kept)
    assert shown(desk, action) == ([(None, "The counter.jpg")], [])
    told = history_of(desk, kept)
    assert told.title.startswith("The counter")
    born = {one.field: one.after for one in told.entries[-1].told}
    with desk.reader() as reader:
        number = reader.get(Action, action).number
    assert born["subject"].startswith(number)
    assert born["stance"] == "after"


def test_done_keeps_words_and_files_in_one_step_or_nothing(desk, action, queue_photo):
    with pytest.raises(Refusal, match="file_empty"):
        follow_action.done(desk, action, "Scanned since Monday", files=[("a.jpg", queue_photo), ("b.txt", b"")])
    with pytest.raises(Refusal, match="action_without_proof"):
        follow_action.done(desk, action, " ", files=[("a.jpg", queue_photo)])
    assert shown(desk, action) == ([], [])
    follow_action.done(desk, action, "Scanned since Monday", files=[("a.jpg", queue_photo), ("b.txt", b"words")])
    assert shown(desk, action) == ([(None, "a.jpg")], ["b.txt"])
    with desk.reader() as reader:
        assert reader.get(Action, action).state is ActionState.DONE
    with pytest.raises(Refusal, match="action_done_already"):
        follow_action.done(desk, action, "Again", files=[("c.jpg", queue_photo)])
    assert shown(desk, action) == ([(None, "a.jpg")], ["b.txt"])


def test_a_proof_of_an_action_on_a_finding_belongs_to_its_assessment_as_ever(desk, place):
    walk = conduct.start(desk, template_of(desk, "walk").uid, place).uid
    finding = raise_finding(desk, walk, grade=FindingGrade.MINOR, criterion="Ten minutes", text="They waited").uid
    due = desk.clock().date() + timedelta(days=7)
    uid = follow_action.add(desk, finding, text="Open a counter", owner="Lead", due=due).uid
    add_proof(desk, "action", uid, [("letter.txt", b"words")])
    with desk.reader() as reader:
        assert [one.assessment for one in proofs_of(reader, "action", uid)] == [walk]
    assert conduct.open_sheet(desk, walk).evidence == ()
    with desk.reader() as reader:
        (told,) = assessment_facts(desk, reader, walk).findings
    assert told.actions[0].files == ("letter.txt",)


def promised(desk, place):
    word = Word(said="We wait", text="A second counter", to="The team", role="Lead", due=date(2026, 4, 1), place=place)
    return commitments.add(desk, word).uid


def test_a_promise_is_kept_with_a_photo(desk, place, queue_photo):
    promise = promised(desk, place)
    with pytest.raises(Refusal, match="promise_outcome"):
        commitments.keep(desk, promise, "-", files=[("counter.jpg", queue_photo)])
    with pytest.raises(Refusal, match="promise_kept_on"):
        commitments.keep(desk, promise, "It is open", on=date(2027, 1, 1), files=[("counter.jpg", queue_photo)])
    with desk.reader() as reader:
        assert proofs_of(reader, "commitment", promise) == []
    commitments.keep(desk, promise, "It is open", files=[("counter.jpg", queue_photo)])
    with desk.reader() as reader:
        assert [one.name for one in proofs_of(reader, "commitment", promise)] == ["counter.jpg"]
        assert reader.get(Commitment, promise).state is CommitmentState.KEPT


def test_steps_of_an_escalation_take_them_and_erasing_it_takes_their_bytes(desk, place):
    uid = escalate(desk, case(place)).uid
    with desk.reader() as reader:
        first = last_step(reader, uid)
    add_proof(desk, "escalation_step", first, [("asked the region.eml", b"Could you lend us one?")])
    decide(desk, uid, Ruling(outcome="Two people are lent until June"))
    with desk.reader() as reader:
        assert len(steps_of(reader, uid)) == 2
        assert last_step(reader, uid) != first
        (kept,) = proofs_of(reader, "escalation_step", first)
    done = erase(desk, "escalation", uid, "Asked for")
    assert done.files == (kept.sha256,)
    assert not desk.store.evidence.has(kept.sha256)
    with desk.reader() as reader:
        assert reader.get(Evidence, kept.uid).name == ""


def test_what_is_unknown_is_refused_and_nothing_is_kept(desk, queue_photo):
    before = list(desk.store.evidence.all())
    for noun in ("action", "commitment", "escalation_step"):
        with pytest.raises(Refusal, match="unknown_record"):
            add_proof(desk, noun, new_uid(), [("a.jpg", queue_photo)])
    with desk.reader() as reader:
        assert reader.find(Evidence) == []
    assert list(desk.store.evidence.all()) == before


def test_with_one_complaint_go_the_photos_that_only_it_led_to(desk, place, queue_photo, sideways_photo):
    complaint = complain(desk, place=place, closed_at=desk.clock() - timedelta(days=20))
    own, others = action_on(desk, place, complaint=complaint), action_on(desk, place)
    add_proof(desk, "action", own, [("letter to Ada.jpg", queue_photo)])
    add_proof(desk, "action", others, [("counter.jpg", sideways_photo)])
    retention.add_rule(desk, 10)
    plan = retention.plan_sweep(desk)
    assert (plan.count, plan.files) == (1, 1)
    assert retention.sweep(desk, plan, "Our rule of ten days") == 1
    with desk.reader() as reader:
        (gone,) = proofs_of(reader, "action", own)
        (stays,) = proofs_of(reader, "action", others)
        assert reader.get(Action, own).text == "Scan them"
    assert (gone.name, desk.store.evidence.has(gone.sha256)) == ("", False)
    assert (stays.name, desk.store.evidence.has(stays.sha256)) == ("counter.jpg", True)
    assert check(desk.store) == []


def test_erasing_a_complaint_by_hand_tells_of_its_photos(desk, place, queue_photo):
    complaint = complain(desk, place=place)
    own = action_on(desk, place, complaint=complaint)
    add_proof(desk, "action", own, [("letter to Ada.jpg", queue_photo)])
    assert len(erase(desk, "complaint", complaint, "Asked for").files) == 1


def test_erasing_an_action_takes_its_files_only_when_asked(desk, action, queue_photo):
    add_proof(desk, "action", action, [("after.jpg", queue_photo)])
    assert erase(desk, "action", action, "Asked for").files == ()
    assert len(erase(desk, "action", action, "Asked for", with_files=True).files) == 1


def test_what_belongs_to_an_action_goes_where_it_goes(desk, action, queue_photo):
    kept = add_proof(desk, "action", action, [("after.jpg", queue_photo)]).uid
    with desk.reader() as reader:
        down = selections.with_belonging(reader, {("action", action)})
        up = selections.with_named(reader, {("evidence", kept)})
        assert len(selections.blobs(reader, down)) == 1
    assert ("evidence", kept) in down
    assert ("action", action) in up


def test_a_photo_that_was_shown_before_is_told(desk, place, action, queue_photo, sideways_photo):
    walk = conduct.start(desk, template_of(desk, "walk").uid, place).uid
    attach(desk, walk, queue_photo, "queue.jpg")
    add_before(desk, action, sideways_photo, "before.jpg")
    add_after(desk, action, sideways_photo, "the same as before.jpg")
    add_after(desk, action, queue_photo, "of the walk.jpg")
    with desk.reader() as reader:
        number = reader.get(Action, action).number
        found = {one.item.name: one for one in told_of(desk, reader, proofs_of(reader, "action", action))}
        there = conduct.open_sheet(desk, walk).assessment.number
    assert found["the same as before.jpg"].alike == (number,)
    assert found["of the walk.jpg"].alike == (there,)
    assert {(one.is_held, one.is_here) for one in found.values()} == {(False, True)}


def test_a_photo_that_proves_a_pattern_opens_its_action(desk, action, queue_photo):
    kept = add_proof(desk, "action", action, [("after.jpg", queue_photo)]).uid
    with desk.reader() as reader:
        line = proof_line(reader, f"evidence:{kept}")
        assert number_of(reader, reader.get(Evidence, kept)) == reader.get(Action, action).number
    assert line.opens == f"action:{action}"
