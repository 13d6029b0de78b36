"""Taking back: what was said before stands again, what is frozen is never touched, and stores still agree."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.work.conftest import template_of
from tests.work.test_settle_conflict import hand, other

from gemba.domain.actions import Action, ActionSort, ActionState, Lane
from gemba.domain.assessments import Assessment, AssessmentState
from gemba.domain.effects import EffectResult
from gemba.domain.findings import Finding, FindingGrade, FindingState
from gemba.domain.nouns import NOUNS
from gemba.domain.walks import Observation, ObservationSort
from gemba.errors import Refusal
from gemba.store import conflicts, journal
from gemba.store.checking import check
from gemba.work import action_board, conduct, effect_checks, follow_action
from gemba.work.attach_evidence import attach
from gemba.work.erase import erase
from gemba.work.history import EntrySort, history_of
from gemba.work.raise_finding import raise_finding, revise
from gemba.work.settle_conflict import settle as decide
from gemba.work.settle_conflict import take_side
from gemba.work.take_back import take_back, why_not
from gemba.work.take_back_rules import FROZEN, demand_not_frozen

__all__ = ["other"]


@pytest.fixture
def walk(desk, place):
    return conduct.start(desk, template_of(desk, "walk").uid, place).uid


@pytest.fixture
def finding(desk, walk):
    return raise_finding(desk, walk, grade=FindingGrade.MAJOR, criterion="Told in time", text="Nobody called").uid


@pytest.fixture
def action(desk, finding):
    return add(desk, finding)


def add(desk, finding, sort=ActionSort.CORRECTION):
    due = desk.clock().date() + timedelta(days=14)
    return follow_action.add(desk, finding, text="Call by a list", owner="Lead", due=due, sort=sort).uid


def get(desk, noun, uid):
    with desk.reader() as reader:
        return reader.get(noun, uid)


def code_of(desk, uid):
    with pytest.raises(Refusal) as refused:
        take_back(desk, uid)
    reason = why_not(desk, uid)
    assert reason is not None
    assert reason.code == refused.value.code
    return refused.value.code


changes = st.lists(
    st.one_of(
        st.tuples(st.just("owner"), st.text(st.characters(codec="ascii", categories=["L"]), min_size=1, max_size=8)),
        st.tuples(st.just("lane"), st.sampled_from(Lane)),
        st.tuples(st.just("impact"), st.none() | st.integers(1, 5)),
        st.tuples(st.just("due"), st.dates(min_value=date(2026, 3, 3))),
        st.tuples(st.just("waits_for"), st.text("ab ", max_size=5)),
    ),
    min_size=1,
    max_size=6,
)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(said=changes)
def test_whatever_was_changed_stands_as_before_and_again_when_that_is_taken_back(desk, action, said) -> None:
    for field, value in said:
        before = get(desk, Action, action)
        with desk.unit() as unit:
            after = unit.change(Action, action, **{field: value})
        if after == before:
            continue
        assert take_back(desk, action).fields == (field,)
        assert get(desk, Action, action) == before
        take_back(desk, action)
        assert get(desk, Action, action) == after


def test_nothing_leaves_the_journal_and_the_history_says_what_was_taken_back(desk, action) -> None:
    action_board.assign(desk, [action], "Region lead")
    take_back(desk, action)
    told = history_of(desk, action)
    assert [one.sort for one in told.entries] == [EntrySort.TAKEN_BACK, EntrySort.CHANGED, EntrySort.ADDED]
    assert [(one.before, one.after) for one in told.entries[0].told] == [("Region lead", "Lead")]
    assert not check(desk.store)


def test_done_is_taken_back_with_all_that_one_step_wrote_and_the_finding_opens(desk, finding) -> None:
    action = add(desk, finding, ActionSort.CORRECTIVE)
    before = get(desk, Action, action)
    follow_action.done(desk, action, "Seen on the list")
    assert set(take_back(desk, action).fields) == {"state", "proof", "done_at", "live_on"}
    assert get(desk, Action, action) == before


def test_a_correction_that_closed_its_finding_opens_it_when_taken_back(desk, finding, action) -> None:
    with desk.unit() as unit:
        unit.change(Finding, finding, similar="no", similar_note="Looked at the other counters")
    follow_action.done(desk, action, "Seen on the list")
    assert get(desk, Finding, finding).state is FindingState.CLOSED
    take_back(desk, action)
    assert get(desk, Action, action).state is ActionState.OPEN
    assert get(desk, Finding, finding).state is FindingState.OPEN


def test_bulk_changes_are_taken_back_one_by_one(desk, finding) -> None:
    one, two = add(desk, finding), add(desk, finding)
    action_board.assign(desk, [one, two], "Region lead")
    take_back(desk, one)
    assert [get(desk, Action, each).owner for each in (one, two)] == ["Lead", "Region lead"]


def test_an_effect_that_was_looked_at_stands(desk, finding) -> None:
    action = add(desk, finding, ActionSort.CORRECTIVE)
    follow_action.done(desk, action, "Seen on the list", live_on=desk.clock().date())
    with desk.reader() as reader:
        due = effect_checks.checks_of(reader, reader.get(Action, action))
    effect_checks.look(desk, due[0].uid, EffectResult.HOLDS, "Nobody waited")
    assert code_of(desk, action) == "work.undo_concluded"
    assert code_of(desk, due[0].uid) == "work.undo_concluded"


def test_what_is_concluded_stands_and_what_goes_on_after_it_can_be_taken_back(desk, walk, finding) -> None:
    revise(desk, finding, text="Nobody called for a week")
    photo = attach(desk, walk, b"bytes", name="list.txt", path="").uid
    with desk.unit() as unit:
        unit.change(Assessment, walk, state=AssessmentState.CONCLUDED)
    assert code_of(desk, finding) == "work.frozen"
    assert code_of(desk, photo) == "work.frozen"
    assert code_of(desk, walk) == "work.frozen"
    with desk.unit() as unit:
        unit.change(Finding, finding, contained="Called the customer")
    take_back(desk, finding)
    assert get(desk, Finding, finding).contained == ""


def test_what_was_just_added_goes_off_the_record_where_that_is_known(desk, walk, place, action) -> None:
    observation = Observation(
        uid=desk.ids(),
        assessment=walk,
        place=place,
        sort=ObservationSort.SEEN,
        text="A queue",
        noted_at=desk.clock(),
        person=desk.person.uid,
    )
    with desk.unit() as unit:
        unit.put(observation)
    assert take_back(desk, observation.uid).withdrawn
    assert get(desk, Observation, observation.uid).removed
    assert not take_back(desk, observation.uid).withdrawn
    assert not get(desk, Observation, observation.uid).removed
    assert code_of(desk, action) == "work.undo_added"
    assert code_of(desk, place) == "work.undo_added"
    assert code_of(desk, desk.ids()) == "work.history_unknown"


def test_only_what_this_store_changed_and_nobody_since(desk, other, action) -> None:
    hand(desk, other)
    assert code_of(other, action) == "work.undo_nothing_here"
    action_board.assign(desk, [action], "Region lead")
    hand(desk, other)
    action_board.assign(other, [action], "Night lead")
    hand(other, desk)
    assert code_of(desk, action) == "work.undo_changed_since"
    take_back(other, action)
    assert get(other, Action, action).owner == "Region lead"


def test_two_stores_agree_after_one_took_back_and_a_settlement_stands(desk, other, action) -> None:
    hand(desk, other)
    action_board.assign(desk, [action], "Region lead")
    action_board.assign(other, [action], "Night lead")
    action_board.rate(other, action, impact=5, reach=1, confidence=1, effort=1)
    take_back(other, action)
    hand(desk, other)
    hand(other, desk)
    assert get(desk, Action, action) == get(other, Action, action)
    assert get(desk, Action, action).impact is None
    assert code_of(desk, action) == "work.undo_changed_since"
    assert history_of(desk, action).in_conflict == ("Owner",)
    with desk.reader() as reader:
        open_one = conflicts.of_record(reader, "action", action)
    decide(desk, "action", action, take_side(open_one, desk.store.device.id), "The region has it")
    assert code_of(desk, action) == "work.undo_settled"
    told = history_of(desk, action).entries[0]
    assert (told.sort, told.reason) == (EntrySort.SETTLED, "The region has it")
    assert {told.told[0].before, told.told[0].after} == {"Region lead or Night lead", "Region lead"}
    hand(desk, other)
    hand(other, desk)
    assert get(desk, Action, action) == get(other, Action, action)
    with desk.reader() as reader:
        assert not list(journal.conflicts(reader))


def test_erased_words_are_never_said_again(desk, action) -> None:
    action_board.assign(desk, [action], "Region lead")
    erase(desk, "action", action, "Asked for.")
    assert code_of(desk, action) == "work.undo_erased"
    told = history_of(desk, action)
    assert told.is_erased
    assert next(each for one in told.entries for each in one.told if each.field == "owner").is_erased


@pytest.mark.parametrize("noun", sorted(FROZEN))
def test_a_frozen_noun_is_never_taken_back_whatever_the_field(desk, noun) -> None:
    with desk.reader() as reader, pytest.raises(Refusal, match="undo_frozen"):
        demand_not_frozen(reader, noun, desk.ids(), set())
    assert noun in NOUNS
