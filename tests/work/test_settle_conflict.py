"""Two laptops record differently; both sides are shown, a person decides, and every store that hears of it agrees."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from tests.conftest import new_uid
from tests.work.conftest import template_of
from tests.work.test_conclude import fill_all

from gemba.domain.actions import Action
from gemba.domain.assessments import Answer, answer_uid
from gemba.domain.findings import Finding, FindingGrade, FindingState
from gemba.domain.settlements import Settlement
from gemba.errors import Refusal
from gemba.store import conflicts, journal
from gemba.store.checking import check
from gemba.wording import sentence
from gemba.work import conduct, follow_action
from gemba.work.conclude import conclude, outlook
from gemba.work.desk import Desk
from gemba.work.open_desk import make_desk
from gemba.work.places import add_place
from gemba.work.raise_finding import raise_finding
from gemba.work.report_facts import assessment_facts
from gemba.work.settle_conflict import Own, settle, take_side, typed


@pytest.fixture
def other(tmp_path: Path, ticking: Callable[[], datetime]) -> Iterator[Desk]:
    desk = make_desk(tmp_path / "other", clock=ticking, ids=new_uid, demo=True, person_name="Second auditor")
    yield desk
    desk.store.close()


def hand(giver: Desk, taker: Desk) -> None:
    """Everything of the giver's own journal, as a stick would bring it."""
    with giver.reader() as reader:
        lines = [json.loads(line) for line in journal.since(reader, reader.device.epoch, 1, 10_000)]
    device = giver.store.device
    with taker.unit() as unit:
        journal.merge(unit, lines, trusted={device.id: device.public_key})


def open_ones(desk: Desk) -> list[conflicts.OpenConflict]:
    with desk.reader() as reader:
        return conflicts.open_conflicts(reader)


def finding_of(desk: Desk, uid: str) -> Finding:
    with desk.reader() as reader:
        found = reader.get(Finding, uid)
    assert found is not None
    return found


@pytest.fixture
def disputed(desk: Desk, other: Desk) -> str:
    """A finding that both have graded and worded anew, neither knowing of the other."""
    place = add_place(desk, "Harbour branch")
    draft = conduct.start(desk, template_of(desk, "area_audit").uid, place.uid)
    uid = raise_finding(
        desk, draft.uid, path="", criterion="Queues are short", grade=FindingGrade.MINOR, text="Eight waited"
    ).uid
    hand(desk, other)
    with desk.unit() as unit:
        unit.change(Finding, uid, grade=FindingGrade.MAJOR, text="Eight waited at noon")
    with other.unit() as unit:
        unit.change(Finding, uid, grade=FindingGrade.CONFORMITY, text="Nobody waited")
    hand(desk, other)
    hand(other, desk)
    return uid


def test_both_sides_are_shown_with_who_and_when(desk: Desk, other: Desk, disputed: str) -> None:
    (found,) = open_ones(desk)
    assert (found.noun, found.entity) == ("finding", disputed)
    grade, text = found.fields
    assert (grade.field, text.field) == ("grade", "text")
    assert [side.value for side in grade.sides] == ["major", "conformity"]  # the birth's side is shown: a verdict
    assert [side.shown for side in grade.sides] == [True, False]
    ours, theirs = grade.sides
    assert ours.device_name == desk.store.device.name
    assert theirs.person_name == "Second auditor"
    assert theirs.at.year == 2026
    with desk.reader() as reader:
        assert conflicts.count(reader) == 1


def test_a_settled_conflict_is_settled_everywhere(desk: Desk, other: Desk, disputed: str) -> None:
    (found,) = open_ones(other)
    settle(other, "finding", disputed, take_side(found, other.store.device.id), "We looked at the photos together.")
    assert open_ones(other) == []
    hand(other, desk)
    assert open_ones(desk) == []
    for one in (desk, other):
        assert finding_of(one, disputed).grade is FindingGrade.CONFORMITY
        assert finding_of(one, disputed).text == "Nobody waited"
        assert check(one.store) == []
    with desk.reader() as reader:
        (told,) = reader.find(Settlement)
    assert told.fields == ("grade", "text")
    assert told.reason == "We looked at the photos together."
    assert len(told.sides) == 2
    assert len(told.chosen) == 1


def test_one_field_may_be_settled_and_another_left(desk: Desk, disputed: str) -> None:
    (found,) = open_ones(desk)
    settle(desk, "finding", disputed, {"text": Own("Eight waited, then nobody")}, "Both are true.")
    (left,) = open_ones(desk)
    assert [one.field for one in left.fields] == ["grade"]
    assert finding_of(desk, disputed).text == "Eight waited, then nobody"
    assert finding_of(desk, disputed).grade is FindingGrade.MAJOR
    assert found.fields[0].sides[0].shown


def test_the_side_that_is_shown_already_may_be_confirmed(desk: Desk, disputed: str) -> None:
    (found,) = open_ones(desk)
    shown = {one.field: one.sides[0].operation for one in found.fields}
    settle(desk, "finding", disputed, shown, "As it stands.")
    assert open_ones(desk) == []
    assert finding_of(desk, disputed).grade is FindingGrade.MAJOR


def test_two_who_settle_differently_are_a_conflict_again(desk: Desk, other: Desk, disputed: str) -> None:
    (found,) = open_ones(desk)
    settle(desk, "finding", disputed, take_side(found, desk.store.device.id), "Ours.")
    settle(other, "finding", disputed, take_side(found, other.store.device.id), "Theirs.")
    hand(desk, other)
    (again,) = open_ones(other)
    assert {side.value for side in again.fields[0].sides} == {"major", "conformity"}


@pytest.mark.parametrize(
    ("choices", "reason", "code"),
    [
        ({"grade": Own("major")}, "  ", "work.settle_without_reason"),
        ({"grade": Own("enormous")}, "Why not", "work.bad_value"),
        ({"grade": "0190aaaa-0000-7000-8000-000000000000"}, "Why not", "work.no_such_side"),
        ({"state": Own(FindingState.OPEN.value)}, "Why not", "work.field_not_in_conflict"),
        ({"text": Own(" ")}, "Why not", "work.settle_own_empty"),
        ({}, "Why not", "work.no_conflict"),
    ],
)
def test_what_settles_nothing_is_refused(
    desk: Desk, disputed: str, choices: dict[str, object], reason: str, code: str
) -> None:
    with pytest.raises(Refusal) as refused:
        settle(desk, "finding", disputed, choices, reason)  # type: ignore[arg-type]
    assert refused.value.code == code
    assert sentence(refused.value)
    assert len(open_ones(desk)) == 1


def test_what_both_set_alike_is_no_conflict_and_goes_with_the_settlement(desk: Desk, other: Desk) -> None:
    place = add_place(desk, "Harbour branch")
    draft = conduct.start(desk, template_of(desk, "area_audit").uid, place.uid)
    uid = raise_finding(
        desk, draft.uid, path="", criterion="Queues are short", grade=FindingGrade.MINOR, text="Eight waited"
    ).uid
    hand(desk, other)
    for one, words in ((desk, "Eight waited at noon"), (other, "Nobody waited")):
        with one.unit() as unit:
            unit.change(Finding, uid, criterion="Queues are short, always", text=words)
    hand(other, desk)
    (found,) = open_ones(desk)
    assert [one.field for one in found.fields] == ["text"]
    settle(desk, "finding", uid, {"text": found.fields[0].sides[0].operation}, "We looked again.")
    with desk.reader() as reader:
        assert list(journal.conflicts(reader, [uid])) == []
    hand(desk, other)
    with other.reader() as reader:
        assert list(journal.conflicts(reader, [uid])) == []
    assert finding_of(other, uid) == finding_of(desk, uid)


def test_where_both_said_the_same_nothing_waits_for_a_person(desk: Desk, other: Desk, disputed: str) -> None:
    (found,) = open_ones(desk)
    for one in (desk, other):
        settle(one, "finding", disputed, {"grade": Own("minor"), "text": Own("Eight waited")}, "As at first.")
    hand(desk, other)
    with other.reader() as reader:
        assert len(list(journal.conflicts(reader, [disputed]))) == len(found.fields)
        assert conflicts.count(reader) == 0
    assert open_ones(other) == []


@pytest.fixture
def two_answers(desk: Desk, other: Desk, audit: str) -> str:
    """A scored question that both have answered anew; its answer's uid."""
    fill_all(desk, audit)
    hand(desk, other)
    fill = conduct.open_sheet(desk, audit).fill
    path = next(path for path in fill.score().items if len(fill.view(path).choices) > 2)
    ours, theirs, *_ = (one.name for one in fill.view(path).choices if one.name != fill.view(path).value)
    uid = answer_uid(audit, path)
    for one, value in ((desk, ours), (other, theirs)):
        with one.unit() as unit:
            unit.change(Answer, uid, value=value, note=f"Seen as {value}")
    for need in outlook(desk, audit).missing:
        conduct.answer(desk, audit, need.path, "A box in the aisle")
    return uid


def refused_own(desk: Desk, noun: str, uid: str, field: str, value: object) -> str:
    """Code of the refusal of an own value; it can be said, and nothing is settled."""
    before = open_ones(desk)
    with pytest.raises(Refusal) as refused:
        settle(desk, noun, uid, {field: Own(value)}, "Why not")
    assert sentence(refused.value)
    assert open_ones(desk) == before
    return refused.value.code


def test_an_own_answer_must_fit_its_question(desk: Desk, other: Desk, audit: str, two_answers: str) -> None:
    hand(other, desk)
    assert refused_own(desk, "answer", two_answers, "value", "nonsense") == "work.answer_not_fitting"
    (found,) = open_ones(desk)
    said = {side.value for one in found.fields for side in one.sides}
    with desk.reader() as reader:
        answer = reader.get(Answer, two_answers)
    assert answer is not None
    choices = conduct.open_sheet(desk, audit).fill.view(answer.path).choices
    between = next(choice.name for choice in choices if choice.name not in said)
    settle(desk, "answer", two_answers, {"value": Own(between), "note": Own("Neither")}, "We looked again.")
    with desk.reader() as reader:
        answer = reader.get(Answer, two_answers)
    assert answer is not None
    assert (answer.value, answer.note) == (between, "Neither")


def test_an_action_keeps_its_owner(desk: Desk, other: Desk, disputed: str) -> None:
    due = desk.clock().date() + timedelta(days=9)
    action = follow_action.add(desk, disputed, text="Open a counter", owner="Ada", due=due).uid
    hand(desk, other)
    for one, owner in ((desk, "Bea"), (other, "Cyd")):
        with one.unit() as unit:
            unit.change(Action, action, owner=owner)
    hand(other, desk)
    assert refused_own(desk, "action", action, "owner", "") == "work.settle_own_empty"


def test_nothing_may_be_chosen_where_a_side_says_nothing(desk: Desk, other: Desk, two_answers: str) -> None:
    with other.unit() as unit:
        unit.change(Answer, two_answers, value="")
    hand(other, desk)
    settle(desk, "answer", two_answers, {"value": Own("")}, "Nobody knows.")
    with desk.reader() as reader:
        answer = reader.get(Answer, two_answers)
    assert answer is not None
    assert not answer.value


@pytest.mark.parametrize("field", ["value", "note"])
def test_an_answer_of_what_is_concluded_is_one_of_the_sides(
    desk: Desk, other: Desk, audit: str, two_answers: str, field: str
) -> None:
    conclude(desk, audit)
    hand(other, desk)
    assert refused_own(desk, "answer", two_answers, field, "Seen by both") == "work.settle_own_frozen"
    (found,) = open_ones(desk)
    settle(desk, "answer", two_answers, take_side(found, desk.store.device.id), "Ours.")
    assert open_ones(desk) == []


def test_a_finding_of_what_is_concluded_goes_on_only_where_findings_do(desk: Desk, other: Desk, disputed: str) -> None:
    with desk.unit() as unit:
        unit.change(Finding, disputed, contained="A second counter was opened")
    with other.unit() as unit:
        unit.change(Finding, disputed, contained="Nothing to do")
    audit = finding_of(desk, disputed).assessment
    fill_all(desk, audit)
    conclude(desk, audit)
    hand(other, desk)
    assert refused_own(desk, "finding", disputed, "text", "Two waited") == "work.settle_own_frozen"
    settle(desk, "finding", disputed, {"contained": Own("A counter was opened")}, "Both meant it.")
    assert finding_of(desk, disputed).contained == "A counter was opened"


@pytest.mark.parametrize(("whose", "says"), [("ours", False), ("theirs", True)])
def test_the_report_says_when_settled_answers_no_longer_give_the_conclusion(
    desk: Desk, other: Desk, audit: str, two_answers: str, whose: str, says: bool
) -> None:
    conclude(desk, audit)
    hand(other, desk)
    (found,) = open_ones(desk)
    side = desk if whose == "ours" else other
    settle(desk, "answer", two_answers, take_side(found, side.store.device.id), "So it was.")
    with desk.reader() as reader:
        assert assessment_facts(desk, reader, audit).settled_since is says


@pytest.mark.parametrize(
    ("noun", "field", "words", "value"),
    [
        ("finding", "contained", "5", "5"),
        ("finding", "text", "null", "null"),
        ("finding", "contained_at", "", None),
        ("finding", "contained_at", "null", None),
        ("evidence", "removed", "true", True),
        ("assessment", "score", "82.5", 82.5),
        ("assessment", "score", "NaN", "NaN"),
        ("finding", "contained_at", "[" * 15_000, "[" * 15_000),
    ],
)
def test_what_is_typed_is_text_where_the_field_holds_text(noun: str, field: str, words: str, value: object) -> None:
    assert typed(noun, field, words) == Own(value)


def test_a_number_that_no_store_keeps_is_refused(desk: Desk, other: Desk, disputed: str) -> None:
    due = desk.clock().date() + timedelta(days=9)
    action = follow_action.add(desk, disputed, text="Open a counter", owner="Ada", due=due).uid
    hand(desk, other)
    for one, impact in ((desk, 1), (other, 2)):
        with one.unit() as unit:
            unit.change(Action, action, impact=impact)
    hand(other, desk)
    assert refused_own(desk, "action", action, "impact", 2**63) == "work.bad_value"
