"""What leaders look at: what waits and for how long, what was decided, and what an escalation is raised from."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import msgspec
import pytest
from tests.work.following import START
from tests.work.following import keep as keep_all
from tests.work.test_escalation_moves import at, refused
from tests.work.test_escalations import case, kept, steps

from gemba.domain.escalations import EscalationSort, EscalationStepSort
from gemba.domain.measures import Measure, Signal, SignalState
from gemba.domain.places import Level
from gemba.errors import Refusal
from gemba.reports.sheet_facts import Table
from gemba.work import complaints
from gemba.work.alerts import MISALIGNMENT
from gemba.work.desk import Desk
from gemba.work.escalation_decisions import Ruling, decide, reopen, withdraw
from gemba.work.escalation_log import demand_no_names, hold_review, log_facts
from gemba.work.escalation_log_sheet import log_pdf, sheet_of
from gemba.work.escalation_subjects import MISALIGNMENTS, case_of, divergences, open_divergence
from gemba.work.escalations import escalate
from gemba.work.people import describe_person
from gemba.work.places import add_place
from gemba.work.registers import EntryDraft, add

DEFECT = EntryDraft("Long wait", {"definition": "More than 15 minutes", "unit": "Visit", "perceived_by": "customer"})


def days(desk: Desk, back: float) -> Desk:
    """The desk so many days ago."""
    return msgspec.structs.replace(desk, clock=lambda: desk.clock() - timedelta(days=back))


def test_the_log_has_what_waits_the_gravest_and_oldest_first_and_what_was_decided(desk: Desk, place: str) -> None:
    old = escalate(days(desk, 90), case(place)).uid
    grave = escalate(days(desk, 2), case(place, severity="high")).uid
    older = escalate(days(desk, 95), case(place)).uid
    decided, gone = escalate(days(desk, 40), case(place)).uid, escalate(days(desk, 40), case(place)).uid
    decide(days(desk, 10), decided, Ruling(outcome="From April on."))
    withdraw(days(desk, 5), gone, "The counter was opened.")
    facts = log_facts(desk)
    assert [line.uid for line in facts.open] == [grave, older, old]
    assert [line.uid for line in facts.closed] == [gone, decided]
    assert [line.uid for line in facts.decided] == [decided]
    assert len(facts.overdue) == 3
    assert facts.begins == date(2026, 1, 30)
    assert facts.last_review is None


def test_a_log_of_the_past_shows_what_was_open_then(desk: Desk, place: str) -> None:
    uid = escalate(days(desk, 60), case(place)).uid
    hold_review(days(desk, 50))
    decide(days(desk, 10), uid, Ruling(outcome="From April on."))
    then = log_facts(desk, begins=date(2026, 1, 1), ends=date(2026, 1, 31))
    assert ([line.uid for line in then.open], then.closed) == ([uid], ())
    assert then.open[0].looked_at == 1
    assert log_facts(desk, begins=date(2025, 1, 1), ends=date(2025, 12, 1)).open == ()


def test_what_is_not_decided_rolls_over_and_a_review_is_held_once_a_day(desk: Desk, place: str) -> None:
    uid = escalate(days(desk, 90), case(place)).uid
    for back in (60, 30):
        assert len(hold_review(days(desk, back), note="No money before April.").uids) == 1
        assert hold_review(days(desk, back)).uids == frozenset()
    looked = [one for one in steps(desk, uid) if one.sort is EscalationStepSort.LOOKED_AT]
    assert [one.text for one in looked] == ["No money before April."] * 2
    facts = log_facts(desk)
    assert facts.open[0].looked_at == 2
    assert facts.carried_over == facts.open
    assert facts.begins == date(2026, 1, 31)  # the day of the last review
    decide(desk, uid, Ruling(outcome="From April on."))
    assert hold_review(desk).uids == frozenset()
    reopen(desk, uid, "April has passed.")
    assert log_facts(desk).open[0].looked_at == 2


def test_a_log_is_of_a_place_and_all_below_it(desk: Desk, place: str) -> None:
    region = add_place(desk, "North", level=Level.REGION, zone="Europe/Berlin").uid
    site = add_place(desk, "Kiosk", parent=region).uid
    here, _elsewhere = escalate(desk, case(site)).uid, escalate(desk, case(place)).uid
    facts = log_facts(desk, place=region)
    assert [line.uid for line in facts.open] == [here]
    assert (facts.place, facts.zone) == ("North", "Europe/Berlin")
    assert len(hold_review(desk, region).uids) == 1
    assert refused(lambda: log_facts(desk, place="nowhere")) == "work.unknown_record"


def test_no_persons_name_is_printed(desk: Desk, place: str, tmp_path: Path) -> None:
    describe_person(desk, name="Karla Kolumna")
    uid = escalate(desk, case(place, asked="May Karla Kolumna open the counter?")).uid
    facts = log_facts(desk)
    with desk.reader() as reader, pytest.raises(Refusal) as found:
        demand_no_names(reader, facts, are_no_names=True)
    assert found.value.code == "work.escalation_names"
    assert found.value.facts == {"names": "Karla Kolumna", "numbers": kept(desk, uid).number}
    assert refused(lambda: log_pdf(desk, facts, tmp_path / "log.pdf")) == "work.escalation_names"
    assert not (tmp_path / "log.pdf").exists()


def test_the_document_has_no_person_and_a_row_for_each(desk: Desk, place: str, tmp_path: Path) -> None:
    for severity in ("low", "high", "high"):
        escalate(days(desk, 9), case(place, severity=severity))
    done = escalate(days(desk, 9), case(place, title="counter " * 60)).uid
    decide(desk, done, Ruling(outcome="From April on. " * 90, expires=date(2026, 6, 30)))
    sheet = sheet_of(log_facts(desk))
    assert sheet.person == ""
    tables = [part for part in sheet.parts if isinstance(part, Table)]
    assert [len(one.rows) for one in tables] == [2, 1, 1]
    assert "Karla" not in str(sheet)
    assert "Holds until 2026-06-30" in str(tables[-1].rows)
    assert log_pdf(desk, log_facts(desk), tmp_path / "log.pdf").pages == 2


def measured(desk: Desk, place: str | None, rule: str = MISALIGNMENT) -> Signal:
    """A customer measure that signals beside one of operations that does not."""
    told = Measure(uid=desk.ids(), code="c", title="Complaints", place=place, made_at=START, person=desk.person.uid)
    own = msgspec.structs.replace(told, uid=desk.ids(), code="o", title="Picking errors", is_customer=False)
    signal = Signal(
        uid=desk.ids(), measure=told.uid, rule=rule, begins=date(2026, 2, 2), seen=date(2026, 2, 23), value=9.0,
        limit=4.0, raised_at=START, person=desk.person.uid,
    )  # fmt: skip
    keep_all(desk, told, own, signal)
    return signal


def test_a_divergence_is_offered_once_and_never_opened_twice(desk: Desk, place: str) -> None:
    signal = measured(desk, place)
    assert [one.uid for one in divergences(desk)] == [signal.uid]
    uid = open_divergence(desk, signal.uid).uid
    assert open_divergence(desk, signal.uid).uid == uid
    assert divergences(desk) == []
    made = kept(desk, uid)
    assert (made.sort, made.subject, made.owner) == (EscalationSort.DIVERGENCE, f"signal:{signal.uid}", "Process owner")
    assert "Picking errors" in made.tried
    assert len(steps(desk, uid)) == 1


def test_an_entry_of_the_register_of_misalignments_and_its_signal_are_one_divergence(desk: Desk, place: str) -> None:
    signal = measured(desk, place)
    fields = {
        "customer": f"measure:{signal.measure}",
        "operations": f"measure:{signal.measure}",
        "since": "2026-02-02",
        "seen": "Complaints rise, picking errors do not.",
    }
    draft = EntryDraft("Complaints without picking errors", fields, place=place, links=(f"signal:{signal.uid}",))
    entry = add(desk, MISALIGNMENTS, draft).uid
    uid = open_divergence(desk, entry, "register_entry").uid
    assert open_divergence(desk, signal.uid).uid == uid
    made = kept(desk, uid)
    assert (made.sort, made.subject, made.place) == (EscalationSort.DIVERGENCE, f"register_entry:{entry}", place)
    assert made.tried == "The charts were compared: Complaints rise, picking errors do not."
    alone = add(desk, MISALIGNMENTS, msgspec.structs.replace(draft, links=())).uid
    again = {open_divergence(desk, alone, "register_entry").uid for _ in range(2)}
    assert len(again) == 1
    assert uid not in again
    other = add(desk, "defect_definition", DEFECT).uid
    assert refused(lambda: open_divergence(desk, other, "register_entry")) == "work.escalation_no_divergence"


def test_what_is_closed_or_rests_is_not_offered_and_other_signals_do_not_diverge(desk: Desk) -> None:
    add_place(desk, "Meridian", level=Level.ENTERPRISE)
    rests, closed = measured(desk, None), measured(desk, None)
    with desk.unit() as unit:
        unit.change(Signal, rests.uid, state=SignalState.SNOOZED, snoozed_until=date(2026, 4, 1))
        unit.change(Signal, closed.uid, state=SignalState.CLOSED)
    plain = measured(desk, None, rule="N1")
    assert divergences(desk) == []
    assert refused(lambda: open_divergence(desk, plain.uid)) == "work.escalation_no_divergence"
    with desk.reader() as reader:
        drafted = case_of(reader, "signal", plain.uid)
    assert (drafted.sort, drafted.tried) == (EscalationSort.OPERATIONAL, "")
    assert drafted.title.startswith("Complaints: N1")


def test_a_complaint_is_escalated_without_the_customers_words(desk: Desk, place: str) -> None:
    add_place(desk, "Meridian", level=Level.ENTERPRISE)
    uid = complaints.add(desk, words="Mrs Holm waited twice", received_at=datetime(2026, 3, 1, tzinfo=UTC)).uid
    with desk.reader() as reader:
        drafted = case_of(reader, "complaint", uid)
    assert "Holm" not in str(drafted)
    assert drafted.subject == f"complaint:{uid}"
    with desk.reader() as reader, pytest.raises(Refusal, match=r"work\.escalation_subject"):
        case_of(reader, "person", desk.person.uid)


def test_the_log_does_not_end_before_it_begins_or_after_today(desk: Desk) -> None:
    assert refused(lambda: log_facts(desk, begins=date(2026, 3, 2), ends=date(2026, 3, 1))) == (
        "work.escalation_log_backwards"
    )
    assert refused(lambda: log_facts(desk, ends=date(2026, 3, 3))) == "work.escalation_log_ahead"
    assert log_facts(at(desk, datetime(2026, 3, 2, 23, 30, tzinfo=UTC))).open == ()
