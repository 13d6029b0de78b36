"""What follows from a finding: contained, put right on the spot, looked for elsewhere, found again."""

from __future__ import annotations

from datetime import date, timedelta

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.work.conftest import template_of

from gemba.domain.actions import Action, ActionSort, ActionState, Effect
from gemba.domain.assessments import Assessment, AssessmentState
from gemba.domain.findings import Finding, FindingGrade, FindingState
from gemba.domain.people import Person
from gemba.domain.process_maps import GoAndSee
from gemba.domain.vocabularies import Facet
from gemba.errors import Refusal
from gemba.work import conduct, follow_action
from gemba.work.action_board import assign, merge
from gemba.work.action_rules import left_on
from gemba.work.contain_finding import contain, lacks_containment, take_back
from gemba.work.effect_checks import checks_of
from gemba.work.people import leave, open_actions_of
from gemba.work.places import add_place
from gemba.work.put_right import PutRight, put_right
from gemba.work.raise_finding import Beside, raise_finding, revise
from gemba.work.seen_before import done_words, recurrence_words, seen_before
from gemba.work.similar_elsewhere import Answer, answer, places_like
from gemba.work.vocabularies import Words, release

NOT_ELSEWHERE = Answer(similar="no", note="Looked at both other branches")
A_YEAR = timedelta(days=365)


@pytest.fixture
def walk(desk, place):
    return conduct.start(desk, template_of(desk, "walk").uid, place).uid


def found(desk, walk, **said):
    said = {"grade": FindingGrade.MAJOR, "criterion": "Told in time", "text": "Nobody called", **said}
    return raise_finding(desk, walk, **said).uid


def get(desk, noun, uid):
    with desk.reader() as reader:
        return reader.get(noun, uid)


def before(desk, **ago):
    """The same desk some time earlier."""
    return msgspec.structs.replace(desk, clock=lambda: desk.clock() - timedelta(**ago))


def asked_to_look(desk, finding):
    with desk.reader() as reader:
        return sorted(one.place for one in reader.find(GoAndSee, origin=finding))


# Containment


def test_what_was_done_at_once_stands_on_the_finding_with_its_time(desk, walk):
    finding = found(desk, walk)
    assert lacks_containment(get(desk, Finding, finding))
    contain(desk, finding, " All callers are told by hand ")
    kept = get(desk, Finding, finding)
    assert kept.contained == "All callers are told by hand"
    assert kept.raised_at <= kept.contained_at <= desk.clock()
    assert not lacks_containment(kept)
    take_back(desk, finding)
    assert get(desk, Finding, finding).contained_at is None


def test_it_is_said_as_the_finding_is_written(desk, walk):
    at = desk.clock()
    finding = found(desk, walk, beside=Beside(contained="Sign at the door", contained_at=at))
    assert (get(desk, Finding, finding).contained, get(desk, Finding, finding).contained_at) == ("Sign at the door", at)


def test_it_is_said_when_the_audit_is_concluded_as_well(desk, audit):
    finding = found(desk, audit)
    with desk.unit() as unit:
        unit.change(Assessment, audit, state=AssessmentState.CONCLUDED, concluded_at=desk.clock())
    contain(desk, finding, "Told at the till")
    assert get(desk, Finding, finding).contained == "Told at the till"


@pytest.mark.parametrize("grade", [each for each in FindingGrade if each is not FindingGrade.MAJOR])
def test_only_major_findings_that_are_open_stand_out(desk, walk, grade):
    assert not lacks_containment(get(desk, Finding, found(desk, walk, grade=grade)))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(minutes=st.integers(-3 * 24 * 60, 3 * 24 * 60))
def test_no_time_before_the_day_of_the_finding_or_to_come_is_taken(desk, walk, minutes):
    finding = found(desk, walk)
    raised = get(desk, Finding, finding).raised_at
    started = conduct.open_sheet(desk, walk).assessment.started_at.replace(second=0, microsecond=0)
    now = desk.clock()
    at = raised + timedelta(minutes=minutes)
    if raised <= at <= now or (started <= at < raised and at.date() == raised.date()):
        contain(desk, finding, "Sign at the door", at)
        assert get(desk, Finding, finding).contained_at == at
        return
    with pytest.raises(Refusal) as told:
        contain(desk, finding, "Sign at the door", at)
    wanted = "contained_in_future" if at > now else "contained_before_finding"
    assert told.value.code == f"work.{wanted}"
    assert not get(desk, Finding, finding).contained


def test_a_time_without_words_is_refused_and_no_finding_is_raised(desk, walk):
    with pytest.raises(Refusal, match="containment_without_words"):
        found(desk, walk, beside=Beside(contained_at=desk.clock()))
    with desk.reader() as reader:
        assert reader.find(Finding) == []


# Put right on the spot


def test_put_right_on_the_spot_is_a_correction_that_is_done(desk, walk):
    finding = found(desk, walk, beside=Beside(put_right=PutRight(what="Called them all", elsewhere=NOT_ELSEWHERE)))
    with desk.reader() as reader:
        (made,) = reader.find(Action, finding=finding)
        assert checks_of(reader, made) == []
    assert (made.sort, made.state, made.effect) == (ActionSort.CORRECTION, ActionState.DONE, Effect.UNKNOWN)
    assert (made.text, made.proof, made.verified_at, made.live_on) == ("Called them all", "Called them all", None, None)
    assert made.owner == desk.person.name
    assert get(desk, Finding, finding).state is FindingState.CLOSED


def test_it_waits_for_the_question_whether_the_like_is_found_elsewhere(desk, walk):
    finding = found(desk, walk, beside=Beside(put_right=PutRight(what="Called them all")))
    assert get(desk, Finding, finding).state is FindingState.OPEN
    answer(desk, finding, NOT_ELSEWHERE)
    assert get(desk, Finding, finding).state is FindingState.CLOSED


def test_neither_word_nor_photo_is_no_proof(desk, walk):
    for said, code in (
        (PutRight(what=" "), "put_right_without_proof"),
        (PutRight(photos=(("now.txt", b"words"),)), "after_is_no_picture"),
    ):
        with pytest.raises(Refusal, match=code):
            found(desk, walk, beside=Beside(put_right=said))
    with desk.reader() as reader:
        assert reader.find(Finding) == []
        assert reader.find(Action) == []


def test_what_is_well_needs_no_putting_right(desk, walk):
    finding = found(desk, walk, grade=FindingGrade.GOOD_PRACTICE)
    with pytest.raises(Refusal, match="nothing_to_put_right"):
        put_right(desk, finding, PutRight(what="Praised"))


# Similar elsewhere?


def test_a_finding_closes_only_when_the_question_is_answered(desk, walk):
    finding = found(desk, walk)
    due = desk.clock().date()
    action = follow_action.add(desk, finding, text="Call them", owner="Lead", due=due).uid
    follow_action.done(desk, action, "All called")
    assert get(desk, Finding, finding).state is FindingState.OPEN
    for said in (Answer(similar=""), Answer(similar="no"), Answer(similar="perhaps", note="Here")):
        with pytest.raises(Refusal, match="similar_unanswered"):
            answer(desk, finding, said)
    answer(desk, finding, NOT_ELSEWHERE)
    assert get(desk, Finding, finding).state is FindingState.CLOSED


def test_an_answer_alone_closes_nothing(desk, walk):
    finding = found(desk, walk)
    answer(desk, finding, NOT_ELSEWHERE)
    assert get(desk, Finding, finding).state is FindingState.OPEN


def test_where_yes_the_next_walks_there_are_asked_once(desk, walk):
    hill, lake = (add_place(desk, name).uid for name in ("Hill", "Lake"))
    finding = found(desk, walk, step="greet")
    for _ in range(2):
        answer(desk, finding, Answer(similar="yes", places=(hill, lake)))
    assert asked_to_look(desk, finding) == sorted([hill, lake])
    kept = get(desk, Finding, finding)
    assert (kept.similar, kept.similar_note) == ("yes", "To be looked at: Hill, Lake")
    with desk.reader() as reader:
        found_at = places_like(reader, kept)
    assert {one.place.uid: one.is_asked for one in found_at} == {hill: True, lake: True}


def test_places_belong_to_yes(desk, walk, place):
    with pytest.raises(Refusal, match="similar_no_with_places"):
        answer(desk, found(desk, walk), Answer(similar="no", note="Looked", places=(place,)))


# Found again


def test_what_was_found_before_shows_what_was_done_and_that_it_came_back(desk, place):
    for days in (400, 200, 90, 10):
        then = before(desk, days=days)
        walk = conduct.start(then, template_of(desk, "walk").uid, place).uid
        finding = found(then, walk, step="greet", beside=Beside(cause="no_staff"))
        if days == 90:
            due = then.clock().date()
            action = follow_action.add(then, finding, text="Roster", owner="Lead", due=due).uid
            follow_action.done(before(desk, days=60), action, "It hangs")
    with desk.reader() as reader:
        seen = seen_before(reader, place, "greet", "no_staff", now=True)
        none = seen_before(reader, place, "greet", "other")
        step_alone = seen_before(reader, place, "greet")
    assert (seen.count, none.count, step_alone.count) == (3, 0, 3)
    assert [len(one.actions) for one in seen.earlier] == [0, 1, 0]
    assert seen.earlier[1].actions[0].came_back
    assert "but it came back" in done_words(seen.earlier[1])
    day = (desk.clock() - timedelta(days=10)).date()
    words = f"The same step and cause at this place: 3 times in the last 12 months, last on {day}."
    assert recurrence_words(seen) == words
    assert recurrence_words(none) == ""


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=10)
@given(ago=st.lists(st.integers(0, 800), max_size=5))
def test_twelve_months_are_counted_and_not_a_day_more(desk, place, ago):
    step = desk.ids()
    for days in ago:
        then = before(desk, days=days, hours=1)
        found(then, conduct.start(then, template_of(desk, "walk").uid, place).uid, step=step)
    with desk.reader() as reader:
        assert seen_before(reader, place, step).count == sum(days < A_YEAR.days for days in ago)


def test_codes_of_an_older_vocabulary_count_as_what_they_are_now(desk, place, walk):
    release(desk, Facet.STEP, Words(terms={"till": "At the till", "door": "At the door"}))
    found(desk, walk, step="till")
    found(desk, walk, step="At the door")
    release(desk, Facet.STEP, Words(terms={"front": "In front"}), crosswalk={"till": "front", "door": "front"})
    with desk.reader() as reader:
        assert seen_before(reader, place, "in front").count == 2
    with pytest.raises(Refusal, match="unknown_code"):
        found(desk, walk, step="nowhere")


def test_with_neither_step_nor_cause_nothing_is_the_same(desk, walk, place):
    found(desk, walk)
    with desk.reader() as reader:
        assert seen_before(reader, place).count == 0


# Bad input


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(days=st.integers(-400, 400))
def test_no_action_is_due_before_the_day_of_its_finding(desk, walk, days):
    finding = found(desk, walk)
    raised = get(desk, Finding, finding).raised_at.date()
    due = raised + timedelta(days=days)
    if days >= 0:
        assert get(desk, Action, follow_action.add(desk, finding, text="Call", owner="Lead", due=due).uid).due == due
        return
    with pytest.raises(Refusal, match="due_before_finding"):
        follow_action.add(desk, finding, text="Call", owner="Lead", due=due)


def somebody(desk, name):
    made = Person(uid=desk.ids(), name=name)
    with desk.unit() as unit:
        unit.put(made)
    return made


def test_nobody_who_left_answers_for_anything_new(desk, walk):
    finding, due = found(desk, walk), desk.clock().date()
    them = somebody(desk, "Lea Former")
    action = follow_action.add(desk, finding, text="Call", owner="Lea Former", due=due).uid
    leave(desk, them.uid, due)
    with desk.reader() as reader:
        assert [one.uid for one in open_actions_of(reader, them)] == [action]
    with pytest.raises(Refusal, match="owner_left"):
        follow_action.add(desk, finding, text="Call", owner=" lea  former", due=due)
    other = follow_action.add(desk, finding, text="Write", owner="Lead", due=due).uid
    with pytest.raises(Refusal, match="owner_left"):
        assign(desk, [action, other], "Lea Former")
    leave(desk, them.uid, None)
    assign(desk, [action, other], "Lea Former")


@given(
    st.lists(st.one_of(st.none(), st.dates(date(2025, 1, 1), date(2027, 1, 1))), max_size=4),
    st.dates(date(2025, 1, 1), date(2027, 1, 1)),
)
def test_a_name_left_when_all_who_bear_it_left(days, today):
    people = [Person(uid=f"{at}", name="Kim", left_on=day) for at, day in enumerate(days)]
    gone = bool(days) and all(day is not None and day <= today for day in days)
    assert (left_on(people, "kim", today) is not None) == gone
    assert left_on(people, "A role", today) is None


def test_merged_into_another_a_finding_waits_for_that_one(desk, walk):
    first, second = found(desk, walk), found(desk, walk, text="Nobody wrote")
    due = desk.clock().date()
    one = follow_action.add(desk, first, text="Call", owner="Lead", due=due).uid
    other = follow_action.add(desk, second, text="Call and write", owner="Lead", due=due).uid
    for finding in (first, second):
        answer(desk, finding, NOT_ELSEWHERE)
    merge(desk, one, other)
    assert get(desk, Finding, first).state is FindingState.OPEN
    follow_action.done(desk, other, "All called")
    assert {get(desk, Finding, each).state for each in (first, second)} == {FindingState.CLOSED}
    follow_action.reopen(desk, other, "Two were forgotten")
    assert {get(desk, Finding, each).state for each in (first, second)} == {FindingState.OPEN}


def test_a_finding_that_becomes_a_nonconformity_asks_again(desk, walk):
    finding = found(desk, walk, grade=FindingGrade.OPPORTUNITY)
    due = desk.clock().date()
    action = follow_action.add(desk, finding, text="Call", owner="Lead", due=due).uid
    follow_action.done(desk, action, "All called")
    assert get(desk, Finding, finding).state is FindingState.CLOSED
    revise(desk, finding, grade=FindingGrade.MINOR)
    assert get(desk, Finding, finding).state is FindingState.OPEN
