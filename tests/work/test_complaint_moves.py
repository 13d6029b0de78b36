from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import msgspec
import pytest

from gemba.domain.complaints import (
    ClockPause,
    Complaint,
    ComplaintDecision,
    ComplaintState,
    Redaction,
    Severity,
    SimilarElsewhere,
    ToldBack,
)
from gemba.errors import Refusal
from gemba.work import complaint_clock, complaint_moves, complaints, duplicates
from gemba.work.complaint_moves import close, move, reopen
from gemba.work.desk import Desk

OWNER = "Head of lending operations"
DECIDED: dict[str, Any] = {
    "severity": Severity.HIGH,
    "owner": OWNER,
    "decision": ComplaintDecision.UPHELD,
    "answer": "We pay it back.",
}


def read(desk: Desk, uid: str) -> Complaint:
    with desk.reader() as reader:
        found = reader.get(Complaint, uid)
    assert found is not None
    return found


def at_clock(desk: Desk, moment: datetime) -> Desk:
    """The same desk when the clock says something else."""
    return msgspec.structs.replace(desk, clock=lambda: moment)


@pytest.fixture
def entered(desk: Desk, place: str) -> str:
    return complaints.add(desk, words="The queue was long", place=place, severity=Severity.HIGH).uid


def test_it_is_entered_with_a_number_and_a_clock(desk: Desk, entered: str) -> None:
    one = read(desk, entered)
    assert one.number.startswith("K-")
    assert one.due_at == one.received_at + timedelta(hours=72)


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({}, "work.complaint_without_words"),
        ({"words": "x", "owner": "Kundendienst"}, "work.owner_is_customer_service"),
    ],
)
def test_what_cannot_be_entered_leaves_nothing(desk: Desk, said: dict[str, Any], code: str) -> None:
    with pytest.raises(Refusal) as refused:
        complaints.add(desk, **said)
    assert refused.value.code == code
    with desk.reader() as reader:
        assert reader.find(Complaint) == []


def test_none_is_received_ahead_of_the_clock(desk: Desk) -> None:
    with pytest.raises(Refusal, match=r"work\.complaint_from_ahead"):
        complaints.add(desk, words="x", received_at=desk.clock() + timedelta(days=1))


def test_from_receipt_to_close(desk: Desk, entered: str) -> None:
    move(desk, entered, ComplaintState.ACKNOWLEDGED)
    with pytest.raises(Refusal, match=r"work\.complaint_step_lacks"):
        move(desk, entered, ComplaintState.ASSESSED)
    move(desk, entered, ComplaintState.ASSESSED, severity=Severity.CRITICAL)
    assert read(desk, entered).due_at == read(desk, entered).received_at + timedelta(hours=24)
    with pytest.raises(Refusal, match=r"work\.owner_is_customer_service"):
        move(desk, entered, ComplaintState.INVESTIGATING, owner="Customer service")
    move(desk, entered, ComplaintState.INVESTIGATING, owner=OWNER)
    move(desk, entered, ComplaintState.DECIDED, decision=ComplaintDecision.PARTLY, answer="Half of it.")
    with pytest.raises(Refusal, match=r"work\.complaint_step_lacks"):
        close(desk, entered, told_back=ToldBack.UNANSWERED, similar=SimilarElsewhere.UNANSWERED)
    closed = close(desk, entered, told_back=ToldBack.YES, similar=SimilarElsewhere.NO).after
    moments = [closed.received_at, closed.acknowledged_at, closed.assessed_at, closed.investigating_at]
    moments += [closed.decided_at, closed.told_at, closed.closed_at]
    assert moments == sorted(moment for moment in moments if moment is not None)
    assert complaint_clock.state_of(closed, desk.clock()) == "met"


def test_the_refusal_names_all_that_is_missing(desk: Desk, entered: str) -> None:
    with pytest.raises(Refusal) as refused:
        move(desk, entered, ComplaintState.DECIDED)
    missing = refused.value.facts["missing"]
    for words in ("how severe", "process owner", "decided", "answer"):
        assert words in missing


def test_steps_are_passed_over_when_nothing_is_missing(desk: Desk, entered: str) -> None:
    after = move(desk, entered, ComplaintState.TOLD, told_back=ToldBack.YES, **DECIDED).after
    assert after.state is ComplaintState.TOLD
    assert after.acknowledged_at is None
    assert after.told_at == after.decided_at == after.assessed_at


@pytest.mark.parametrize(
    ("to", "code"),
    [(ComplaintState.RECEIVED, "work.complaint_step_behind"), (ComplaintState.REOPENED, "work.complaint_reopen_apart")],
)
def test_no_step_is_taken_backwards(desk: Desk, entered: str, to: ComplaintState, code: str) -> None:
    move(desk, entered, ComplaintState.ACKNOWLEDGED)
    with pytest.raises(Refusal) as refused:
        move(desk, entered, to)
    assert refused.value.code == code


def test_a_clock_that_was_set_back_dates_nothing_before_what_was_before(desk: Desk, entered: str) -> None:
    first = move(desk, entered, ComplaintState.ACKNOWLEDGED)
    assert not first.clock_was_back
    back = at_clock(desk, first.after.received_at - timedelta(days=3))
    moved = move(back, entered, ComplaintState.ASSESSED, severity=Severity.LOW)
    assert moved.clock_was_back
    assert moved.after.assessed_at == first.after.acknowledged_at


def test_what_is_reopened_is_decided_and_told_anew_and_its_clock_begins_anew(desk: Desk, entered: str) -> None:
    told = {"told_back": ToldBack.YES, "similar": SimilarElsewhere.NO}
    move(desk, entered, ComplaintState.CLOSED, **DECIDED, **told)
    with pytest.raises(Refusal, match=r"work\.complaint_closed"):
        move(desk, entered, ComplaintState.TOLD)
    with pytest.raises(Refusal, match=r"work\.complaint_closed"):
        complaints.change(desk, entered, owner="Somebody else")
    complaints.change(desk, entered, summary="A queue")
    later = at_clock(desk, desk.clock() + timedelta(days=9))
    again = reopen(later, entered).after
    assert again.state is ComplaintState.REOPENED
    assert again.due_at == again.reopened_at + timedelta(hours=72)
    assert again.told_at is again.closed_at is None
    with pytest.raises(Refusal, match=r"work\.complaint_step_lacks"):
        close(later, entered, told_back=ToldBack.YES, similar=SimilarElsewhere.NO)
    with pytest.raises(Refusal, match=r"work\.complaint_not_closed"):
        reopen(later, entered)
    decided = {"decision": ComplaintDecision.REJECTED, "answer": "Not this time."}
    assert move(later, entered, ComplaintState.CLOSED, **decided, **told).after.reopened == 1


def test_a_step_can_be_undone_until_somebody_changes_the_same(desk: Desk, entered: str) -> None:
    moved = move(desk, entered, ComplaintState.INVESTIGATING, severity=Severity.LOW, owner=OWNER)
    complaints.put_back(desk, moved.before, moved.after)
    assert read(desk, entered) == moved.before
    moved = move(desk, entered, ComplaintState.ACKNOWLEDGED)
    move(desk, entered, ComplaintState.ASSESSED, severity=Severity.LOW)
    with pytest.raises(Refusal, match=r"work\.complaint_changed_since"):
        complaints.put_back(desk, moved.before, moved.after)


def test_words_that_are_changed_are_not_as_they_were_checked(desk: Desk, entered: str) -> None:
    complaints.change(desk, entered, redaction=Redaction.CHECKED, redacted_words="The queue")
    complaints.change(desk, entered, words="The queue was very long")
    assert read(desk, entered).redaction is Redaction.RAW
    with pytest.raises(Refusal, match=r"work\.complaint_without_words"):
        complaints.change(desk, entered, words="")


def test_the_clock_stands_only_for_a_reason_and_runs_out_later_by_as_long(desk: Desk, entered: str) -> None:
    before = read(desk, entered).due_at
    assert before is not None
    with pytest.raises(Refusal, match=r"work\.pause_without_reason"):
        complaint_clock.pause(desk, entered, "  ")
    complaint_clock.pause(desk, entered, "Waits for the form")
    with pytest.raises(Refusal, match=r"work\.clock_stands"):
        complaint_clock.pause(desk, entered, "Waits again")
    assert complaint_clock.state_of(read(desk, entered), before + timedelta(days=9)) == "paused"
    later = at_clock(desk, desk.clock() + timedelta(hours=30))
    complaint_clock.resume(later, entered)
    with desk.reader() as reader:
        stood = complaint_clock.pauses(reader, entered)[0]
    assert stood.ended_at is not None
    assert read(desk, entered).due_at == before + (stood.ended_at - stood.begun_at)
    with pytest.raises(Refusal, match=r"work\.clock_runs"):
        complaint_clock.resume(later, entered)


def test_a_pause_lies_between_receipt_and_now(desk: Desk, entered: str) -> None:
    one = read(desk, entered)
    with pytest.raises(Refusal, match=r"work\.pause_out_of_time"):
        complaint_clock.pause(desk, entered, "x", since=one.received_at - timedelta(hours=1))
    complaint_clock.pause(desk, entered, "x", since=one.received_at)


def test_telling_the_customer_ends_a_pause(desk: Desk, entered: str) -> None:
    complaint_clock.pause(desk, entered, "Waits for the form")
    after = move(desk, entered, ComplaintState.TOLD, told_back=ToldBack.YES, **DECIDED).after
    assert not after.paused
    with desk.reader() as reader:
        assert all(one.ended_at is not None for one in reader.find(ClockPause))
    with pytest.raises(Refusal, match=r"work\.clock_has_ended"):
        complaint_clock.pause(desk, entered, "x")


def test_a_pause_that_ended_with_a_step_goes_on_when_the_step_is_undone(desk: Desk, entered: str) -> None:
    complaint_clock.pause(desk, entered, "Waits for the form")
    moved = move(desk, entered, ComplaintState.TOLD, told_back=ToldBack.YES, **DECIDED)
    complaints.put_back(desk, moved.before, moved.after)
    assert read(desk, entered).paused
    with desk.reader() as reader:
        assert [one.ended_at for one in reader.find(ClockPause)] == [None]


def test_linked_complaints_stand_behind_one(desk: Desk) -> None:
    one, two, three, four = (complaints.add(desk, words=f"The same {n}").uid for n in range(4))
    duplicates.link(desk, two, one)
    duplicates.link(desk, three, two)
    assert read(desk, three).duplicate_of == one
    duplicates.link(desk, one, four)
    assert {read(desk, uid).duplicate_of for uid in (one, two, three)} == {four}
    with desk.reader() as reader:
        assert {other.uid for other in duplicates.group_of(reader, read(desk, two))} == {one, three, four}
    for same in (one, four):
        with pytest.raises(Refusal, match=r"work\.duplicate_of_itself"):
            duplicates.link(desk, one, same)
    duplicates.unlink(desk, two)
    assert read(desk, two).duplicate_of is None
    with pytest.raises(Refusal, match=r"work\.no_duplicate"):
        duplicates.unlink(desk, two)


def test_imports_of_all_states_go_on_without_an_operation_of_their_own(desk: Desk, entered: str) -> None:
    """What is known of it is enough: a complaint that came here decided is told and closed."""
    with desk.unit() as unit:
        unit.change(Complaint, entered, state=ComplaintState.DECIDED, source="CRM")
    done = close(desk, entered, told_back=ToldBack.YES, similar=SimilarElsewhere.YES, note="All branches").after
    assert done.state is ComplaintState.CLOSED
    assert complaint_moves.reopen(desk, entered).after.reopened == 1
