"""The promise ledger: made with a day, kept with what was done, or told why not; and what arriving leaders read."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import msgspec
import pytest
from tests.work.auditing import another_person
from tests.work.test_rotations import Refused, later, observed, planned

from gemba.domain.findings import FindingGrade
from gemba.domain.rotations import Commitment, CommitmentState
from gemba.reports.sheet_facts import Table
from gemba.store.commitment_lists import COMMITMENTS, how_many_overdue, overdue
from gemba.store.lists import Query
from gemba.work import commitments, follow_action, rotations
from gemba.work.arrival import arrival_facts
from gemba.work.arrival_sheet import arrival_pdf, summary
from gemba.work.commitments import Word
from gemba.work.desk import Desk
from gemba.work.ledger import commitment_facts, ledger
from gemba.work.people import describe_person
from gemba.work.places import add_place
from gemba.work.raise_finding import raise_finding
from gemba.work.rotation_words import kept_words
from gemba.work.you_said import sheet_of, you_said, you_said_sheet


def word(desk: Desk, place: str | None, /, due_in: int = 14, **fields: object) -> Word:
    said = Word(
        said="The second counter never opens at noon.",
        text="A second counter opens from eleven to two.",
        to="the counter team",
        role="Head of operations",
        due=desk.clock().date() + timedelta(days=due_in),
        place=place,
    )
    return msgspec.structs.replace(said, **fields)


def kept(desk: Desk, uid: str) -> Commitment:
    with desk.reader() as reader:
        found = reader.get(Commitment, uid)
    assert found is not None
    return found


def states(desk: Desk) -> list[str]:
    with desk.reader() as reader:
        return [line.state for line in COMMITMENTS.first(reader, Query())]


def test_a_promise_is_made_kept_and_says_with_what(desk: Desk, place: str) -> None:
    uid = commitments.add(desk, word(desk, place)).uid
    assert kept(desk, uid).number.startswith("V-")
    with Refused("promise_outcome"):
        commitments.keep(desk, uid, "done")
    with Refused("promise_kept_on"):
        commitments.keep(desk, uid, "It opens.", on=desk.clock().date() - timedelta(days=1))
    commitments.keep(later(desk, 3), uid, "It has opened since Monday.")
    one = kept(desk, uid)
    assert (one.state, one.outcome) == (CommitmentState.KEPT, "It has opened since Monday.")
    assert one.kept_on == one.made_on + timedelta(days=3)
    with Refused("promise_state"):
        commitments.keep(desk, uid, "Once more.")


@pytest.mark.parametrize("field", ["said", "text", "to", "role"])
@pytest.mark.parametrize("filler", ["", " ", "-", "n/a", "tbd"])
def test_empty_words_are_refused(desk: Desk, place: str, field: str, filler: str) -> None:
    with Refused(f"promise_{field}"):
        commitments.add(desk, word(desk, place, **{field: filler}))


def test_days_and_records_that_do_not_stand_up_are_refused(desk: Desk, place: str) -> None:
    today = desk.clock().date()
    for code, fields in {
        "promise_due": {"due": today - timedelta(days=1)},
        "promise_ahead": {"made_on": today + timedelta(days=1)},
        "promise_far": {"due": today + timedelta(days=900)},
        "promise_place": {"place": None},
        "unknown_record": {"place": "nowhere"},
    }.items():
        with Refused(code):
            commitments.add(desk, word(desk, place, **fields))
    for field in ("leader", "rotation", "assessment", "action"):
        with Refused("unknown_record"):
            commitments.add(desk, word(desk, place, **{field: "nobody"}))


def test_broken_and_withdrawn_say_why_and_broken_may_be_kept_late(desk: Desk, place: str) -> None:
    first, second = (commitments.add(desk, word(desk, place)).uid for _ in range(2))
    for end in (commitments.break_, commitments.withdraw):
        with Refused("promise_reason"):
            end(desk, first, "...")
    commitments.break_(desk, first, "The region lends nobody.")
    commitments.withdraw(desk, second, "The counter is given up.")
    commitments.keep(later(desk, 30), first, "A colleague was hired.")
    assert kept(desk, first).state is CommitmentState.KEPT
    with Refused("promise_state"):
        commitments.keep(desk, second, "It is open.")


def test_a_promise_past_its_day_is_overdue_and_counts_against_the_share(desk: Desk, place: str) -> None:
    kiosk = add_place(desk, "Kiosk").uid
    uids = [commitments.add(desk, word(desk, place, 5)).uid for _ in range(6)]
    commitments.add(desk, word(desk, kiosk, 50, role="Head of sales"))
    for uid in uids[:3]:
        commitments.keep(later(desk, 2), uid, "It opens.")
    commitments.keep(later(desk, 8), uids[3], "It opens now.")
    commitments.withdraw(desk, uids[4], "The counter is given up.")
    then = later(desk, 9)
    found = ledger(then)
    # The ledger goes by the store's clock; of the day itself nothing is overdue.
    assert (found.whole.kept, found.whole.in_time, found.whole.withdrawn, found.whole.open) == (4, 3, 1, 2)
    with desk.reader() as reader:
        day = desk.clock().date() + timedelta(days=9)
        assert [one.uid for one in overdue(reader, day)] == [uids[5]]
        assert how_many_overdue(reader, day) == 1
    assert {line.title for line in found.places} == {"Harbour branch", "Kiosk"}
    assert {line.title for line in found.roles} == {"Head of operations", "Head of sales"}


def test_shares_have_an_interval_and_few_are_told_as_counts(desk: Desk, place: str) -> None:
    uids = [commitments.add(desk, word(desk, place)).uid for _ in range(5)]
    for uid in uids[:4]:
        commitments.keep(desk, uid, "It opens.")
    assert kept_words(ledger(desk).whole) == "4 of 4, too few to say"
    commitments.break_(desk, uids[4], "The region lends nobody.")
    assert kept_words(ledger(desk).whole) == "80 % (38 – 96 %), 4 of 5"


def test_a_done_action_proposes_that_the_promise_is_kept(desk: Desk, place: str, audit: str) -> None:
    finding = raise_finding(
        desk, audit, grade=FindingGrade.MINOR, criterion="Counters open", text="One stays closed"
    ).uid
    due = desk.clock().date() + timedelta(days=7)
    action = follow_action.add(desk, finding, text="Open it", owner="Branch lead", due=due).uid
    uid = commitments.add(desk, word(desk, place)).uid
    commitments.link(desk, uid, action)
    assert ledger(desk).to_look_at == ()
    follow_action.done(desk, action, "The plan at the entrance shows it.")
    assert [one.uid for one in ledger(desk).to_look_at] == [uid]
    with desk.reader() as reader:
        assert commitment_facts(reader, uid).proposed == "The plan at the entrance shows it."
    assert kept(desk, uid).state is CommitmentState.OPEN


def test_who_arrives_reads_the_last_three_leaders_by_visit(desk: Desk, place: str, tmp_path: Path) -> None:
    somebody = [desk, *(_as(desk, another_person(desk, f"Head of part {n}", "leader")) for n in range(3))]
    for at, who in enumerate(somebody):
        then = later(who, at - 5)
        record = observed(then, place)
        raise_finding(then, record, grade=FindingGrade.MINOR, criterion="x", text=f"Seen by number {at}")
        commitments.add(then, word(then, place, 2, assessment=record, text=f"Promise number {at}"))
    commitments.add(desk, word(desk, place, text="Promised by letter"))
    facts = arrival_facts(later(desk, 0.5), place)
    assert [look.who for look in facts.looks] == ["Head of part 2", "Head of part 1", "Head of part 0"]
    assert ["number 3" in look.seen[0] for look in facts.looks] == [True, False, False]
    assert [look.promised[0].state for look in facts.looks] == ["open", "overdue", "overdue"]
    assert {one.promised for one in facts.besides} == {"Promised by letter", "Promise number 0"}
    assert summary(facts).startswith("5 promises: 0 kept, 3 overdue")
    assert arrival_pdf(desk, place, tmp_path / "arrival.pdf").pages >= 1


def test_promises_of_a_rotation_belong_to_its_visit(desk: Desk, place: str) -> None:
    rotation = planned(desk, place, days=0)
    rotations.begin(desk, rotation)
    uid = commitments.add(desk, word(desk, None, rotation=rotation)).uid
    assert (kept(desk, uid).place, kept(desk, uid).leader) == (place, desk.person.uid)
    observed(desk, place)
    rotations.finish(desk, rotation)
    (look,) = arrival_facts(desk, place).looks
    assert (look.role, [one.uid for one in look.promised]) == ("Front counter", [uid])


def test_you_said_we_did_is_one_page_without_names(desk: Desk, place: str, tmp_path: Path) -> None:
    for at in range(12):
        uid = commitments.add(desk, word(desk, place, said=f"Pain number {at}")).uid
        if at % 2:
            commitments.keep(desk, uid, f"Done, number {at}.")
    commitments.break_(desk, uid := commitments.add(desk, word(desk, place)).uid, "The region lends nobody.")
    facts = you_said(desk, place)
    assert (len(facts.kept), len(facts.open), len(facts.not_kept)) == (6, 6, 1)
    tables = [part for part in sheet_of(facts).parts if isinstance(part, Table)]
    assert [len(table.rows) for table in tables] == [6, 6, 1]
    out = tmp_path / "sheet.pdf"
    assert you_said_sheet(desk, place, out).pages == 1
    describe_person(desk, name="Maria Sanchez")
    commitments.keep(desk, uid, "Maria Sanchez opens it.")
    with Refused("names_people"):
        you_said_sheet(desk, place, tmp_path / "named.pdf")
    assert not (tmp_path / "named.pdf").exists()
    with Refused("promise_ahead"):
        you_said(desk, place, since=desk.clock().date() + timedelta(days=1))


def _as(desk: Desk, uid: str) -> Desk:
    return msgspec.structs.replace(desk, person=msgspec.structs.replace(desk.person, uid=uid))
