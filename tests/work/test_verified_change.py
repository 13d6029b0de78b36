"""From an action that is done to a change that is seen to hold: verified, checked after 30, 60 and 90 days."""

from __future__ import annotations

from datetime import timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.work.conftest import template_of

from gemba.domain.actions import Action, ActionSort, ActionState, Effect
from gemba.domain.assessments import Assessment
from gemba.domain.effects import DAYS, EffectCheck, EffectResult, check_uid
from gemba.domain.findings import Finding, FindingGrade, FindingState
from gemba.domain.process_maps import GoAndSee
from gemba.errors import Refusal
from gemba.work import conduct, effect_checks, follow_action
from gemba.work.action_states import is_finished
from gemba.work.effect_checks import begin, checks_of, due_checks, go_live, look
from gemba.work.places import add_place
from gemba.work.raise_finding import raise_finding
from gemba.work.similar_elsewhere import Answer, answer
from gemba.work.verify_action import Verified, verify

SEEN = Verified(
    effect=Effect.EFFECTIVE, how="No complaint in four weeks", similar="no", similar_note="Looked at all four branches"
)


@pytest.fixture
def finding(desk, place):
    walk = conduct.start(desk, template_of(desk, "walk").uid, place).uid
    return raise_finding(desk, walk, grade=FindingGrade.MAJOR, criterion="Told in time", text="Nobody called").uid


@pytest.fixture
def action(desk, finding):
    due = desk.clock().date() + timedelta(days=14)
    sort = ActionSort.CORRECTIVE
    return follow_action.add(desk, finding, text="Call by a list", owner="Lead", due=due, sort=sort).uid


def at(desk, days):
    return msgspec.structs.replace(desk, clock=lambda: desk.clock() + timedelta(days=days))


def get(desk, noun, uid):
    with desk.reader() as reader:
        return reader.get(noun, uid)


def checks(desk, action):
    with desk.reader() as reader:
        return checks_of(reader, reader.get(Action, action))


def test_a_corrective_action_is_over_only_when_its_effect_was_seen(desk, finding, action):
    follow_action.done(desk, action, "The list hangs at the desk")
    assert get(desk, Finding, finding).state is FindingState.OPEN
    verify(desk, action, SEEN)
    kept = get(desk, Action, action)
    assert (kept.effect, kept.similar, kept.verification) == (Effect.EFFECTIVE, "no", "No complaint in four weeks")
    assert is_finished(kept)
    assert get(desk, Finding, finding).state is FindingState.CLOSED


def test_a_correction_closes_its_finding_as_it_is_done_and_asks_for_no_checks(desk, finding):
    due = desk.clock().date()
    action = follow_action.add(desk, finding, text="Call them now", owner="Lead", due=due).uid
    answer(desk, finding, Answer(similar="no", note="Looked at all four branches"))
    follow_action.done(desk, action, "All called")
    assert get(desk, Finding, finding).state is FindingState.CLOSED
    assert checks(desk, action) == []


def test_checks_are_made_by_themselves_from_the_day_it_went_live(desk, action):
    today = desk.clock().date()
    follow_action.done(desk, action, "It hangs")
    made = checks(desk, action)
    assert [(one.days, one.due) for one in made] == [(days, today + timedelta(days=days)) for days in DAYS]
    with desk.reader() as reader:
        assert due_checks(desk, reader) == []
    later = at(desk, 61)
    with later.reader() as reader:
        waiting = due_checks(later, reader)
    assert [(one.check.days, one.is_overdue) for one in waiting] == [(30, True), (60, True)]


def test_another_day_of_going_live_makes_other_checks(desk, action):
    today = desk.clock().date()
    follow_action.done(desk, action, "It hangs")
    later = at(desk, 10)
    go_live(later, action, today + timedelta(days=9))
    made = checks(desk, action)
    assert [one.due for one in made] == [today + timedelta(days=9 + days) for days in DAYS]
    with pytest.raises(Refusal, match="check_of_the_past"):
        look(desk, check_uid(action, today, 30), EffectResult.HOLDS)


def test_a_regression_opens_the_action_and_the_finding_again_and_says_so(desk, finding, action):
    follow_action.done(desk, action, "It hangs")
    verify(desk, action, SEEN)
    first = checks(desk, action)[0].uid
    look(at(desk, 31), first, EffectResult.REGRESSED, "The list is from last month")
    kept = get(desk, Action, action)
    assert (kept.state, kept.reopened, kept.effect, kept.live_on) == (ActionState.OPEN, 1, Effect.UNKNOWN, None)
    assert kept.reopened_because == "After 30 days it is as it was: The list is from last month"
    assert get(desk, Finding, finding).state is FindingState.OPEN
    with desk.reader() as reader:
        assert due_checks(at(desk, 200), reader) == []
    assert [one.result for one in checks(desk, action)] == [EffectResult.REGRESSED]
    follow_action.done(at(desk, 40), action, "A new list every Monday")
    assert len([one for one in checks(desk, action) if one.result is EffectResult.DUE]) == 3


def test_an_action_that_did_not_help_is_open_again(desk, finding, action):
    follow_action.done(desk, action, "It hangs")
    said = msgspec.structs.replace(SEEN, effect=Effect.NOT_EFFECTIVE, how="Complaints as before")
    verify(desk, action, said)
    kept = get(desk, Action, action)
    assert (kept.state, kept.reopened) == (ActionState.OPEN, 1)
    assert "did not help: Complaints as before" in kept.reopened_because
    assert kept.similar == "no"
    assert get(desk, Finding, finding).state is FindingState.OPEN


def test_its_answer_stands_for_the_finding_and_sends_walks_where_the_like_may_be(desk, finding, action):
    hill = add_place(desk, "Hill").uid
    follow_action.done(desk, action, "It hangs")
    verify(
        desk, action, msgspec.structs.replace(SEEN, similar="yes", similar_note="Hill calls late, too", places=(hill,))
    )
    kept = get(desk, Finding, finding)
    assert (kept.similar, kept.similar_note) == ("yes", "Hill calls late, too")
    with desk.reader() as reader:
        assert [(one.place, one.origin) for one in reader.find(GoAndSee)] == [(hill, finding)]


def test_a_check_is_conducted_with_the_sustainment_checklist(desk, action):
    follow_action.done(desk, action, "It hangs")
    check = checks(desk, action)[0]
    sheet = begin(desk, check.uid).uid
    assert begin(desk, check.uid).uid == sheet
    kept = get(desk, Assessment, sheet)
    assert (kept.subject, kept.due, kept.place) == (f"effect_check:{check.uid}", check.due, check.place)
    assert get(desk, EffectCheck, check.uid).assessment == sheet


def test_taking_back_at_once_is_no_reopening(desk, action):
    follow_action.done(desk, action, "It hangs")
    follow_action.reopen(desk, action)
    assert get(desk, Action, action).reopened == 0
    follow_action.done(desk, action, "It hangs")
    follow_action.reopen(desk, action, "It was another list")
    assert get(desk, Action, action).reopened == 1


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"how": " "}, "verified_without_words"),
        ({"effect": Effect.UNKNOWN}, "verified_without_effect"),
        ({"similar": ""}, "similar_unanswered"),
        ({"similar": "perhaps"}, "similar_unanswered"),
        ({"similar_note": ""}, "similar_unanswered"),
    ],
)
def test_what_is_not_answered_is_not_verified(desk, action, change, code):
    follow_action.done(desk, action, "It hangs")
    with pytest.raises(Refusal, match=code):
        verify(desk, action, msgspec.structs.replace(SEEN, **change))
    assert get(desk, Action, action).verified_at is None


def test_nothing_is_verified_before_it_is_done_or_twice(desk, action):
    with pytest.raises(Refusal, match="verified_before_done"):
        verify(desk, action, SEEN)
    follow_action.done(desk, action, "It hangs")
    verify(desk, action, SEEN)
    with pytest.raises(Refusal, match="verified_already"):
        verify(desk, action, SEEN)


def test_a_check_that_says_nothing_or_comes_twice_is_refused(desk, action):
    follow_action.done(desk, action, "It hangs")
    check = checks(desk, action)[0].uid
    with pytest.raises(Refusal, match="check_without_result"):
        look(desk, check, EffectResult.DUE)
    with pytest.raises(Refusal, match="check_without_note"):
        look(desk, check, EffectResult.PARTLY, " ")
    look(desk, check, EffectResult.HOLDS)
    with pytest.raises(Refusal, match="check_looked_at"):
        look(desk, check, EffectResult.HOLDS)


def test_a_change_goes_live_neither_tomorrow_nor_before_it_was_thought_of(desk, action):
    today = desk.clock().date()
    for days, code in ((2, "live_in_future"), (-2, "live_before_action")):
        with pytest.raises(Refusal, match=code):
            follow_action.done(desk, action, "It hangs", live_on=today + timedelta(days=days))
    assert get(desk, Action, action).state is ActionState.OPEN


@given(st.dates(), st.sampled_from(DAYS))
def test_two_laptops_make_the_same_checks(day, days):
    assert check_uid("action", day, days) == check_uid("action", day, days)
    others = {check_uid("action", day, other) for other in DAYS} | {check_uid("other", day, days)}
    assert len(others) == len(DAYS) + 1


def test_a_store_without_the_checklist_says_so(desk, action, monkeypatch):
    follow_action.done(desk, action, "It hangs")
    monkeypatch.setattr(effect_checks, "SUSTAINMENT", "none_here")
    with pytest.raises(Refusal, match="no_sustainment_checklist"):
        begin(desk, checks(desk, action)[0].uid)
