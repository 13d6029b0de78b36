"""The board of actions: lanes with limits, priority by impact, bulk owners, duplicates merged, rest with an end."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.work.auditing import promise
from tests.work.conftest import template_of

from gemba.domain.actions import Action, ActionSort, ActionState, Lane
from gemba.domain.findings import Finding, FindingGrade, FindingState
from gemba.domain.priority import priority
from gemba.errors import Refusal
from gemba.work import action_board as work
from gemba.work import conduct, follow_action
from gemba.work.action_doubles import Like, doubles, doubles_of
from gemba.work.board_cards import DONE, more_cards, shown_board
from gemba.work.places import add_place
from gemba.work.raise_finding import raise_finding
from gemba.work.similar_elsewhere import Answer, answer


@pytest.fixture
def finding(desk, place):
    walk = conduct.start(desk, template_of(desk, "walk").uid, place).uid
    return raise_finding(desk, walk, grade=FindingGrade.MAJOR, criterion="Told in time", text="Nobody called").uid


@pytest.fixture
def add(desk, finding):
    def make(text="Call by a list", owner="Lead", days=14, sort=ActionSort.CORRECTION):
        due = desk.clock().date() + timedelta(days=days)
        return follow_action.add(desk, finding, text=text, owner=owner, due=due, sort=sort).uid

    return make


def get(desk, noun, uid):
    with desk.reader() as reader:
        return reader.get(noun, uid)


def lanes(desk, **where):
    (band,) = shown_board(desk, where).bands
    return {column.code: column for column in band.columns}


def test_the_highest_impact_comes_first_then_priority_then_the_day(desk, add):
    late, soon, wide, deep = add("late", days=20), add("soon", days=2), add("wide"), add("deep")
    work.rate(desk, wide, impact=3, reach=5, confidence=5, effort=1)
    work.rate(desk, deep, impact=4, reach=1, confidence=1, effort=5)
    assert [one.uid for one in lanes(desk)[Lane.TODO].cards] == [deep, wide, soon, late]
    assert work.priority_words(get(desk, Action, wide)) == "impact 3 · 75.0"
    assert work.priority_words(get(desk, Action, late)) == "not rated"


def test_a_lane_that_is_full_takes_nothing_more_until_something_leaves(desk, add):
    work.set_limit(desk, Lane.DOING, 1)
    first, second = add(), add()
    work.move(desk, first, Lane.DOING)
    work.move(desk, first, Lane.DOING)
    assert lanes(desk)[Lane.DOING].is_full
    with pytest.raises(Refusal, match="lane_full"):
        work.move(desk, second, Lane.DOING)
    follow_action.done(desk, first, "Done so")
    work.move(desk, second, Lane.DOING)
    work.set_limit(desk, Lane.DOING, None)
    assert lanes(desk)[Lane.DOING].limit is None


def test_what_waits_says_for_whom_and_forgets_it_when_it_goes_on(desk, add):
    action = add()
    with pytest.raises(Refusal, match="waits_for_nothing"):
        work.move(desk, action, Lane.WAITING, " ")
    work.move(desk, action, Lane.WAITING, "The printer's new part")
    assert get(desk, Action, action).waits_for == "The printer's new part"
    work.move(desk, action, Lane.DOING)
    assert get(desk, Action, action).waits_for == ""


def test_several_actions_change_their_owner_at_once_or_none_does(desk, add):
    first, second, over = add(), add(), add()
    work.assign(desk, [first, second, first], "Region lead")
    assert {get(desk, Action, one).owner for one in (first, second)} == {"Region lead"}
    follow_action.done(desk, over, "Done so")
    with pytest.raises(Refusal, match="action_not_open"):
        work.assign(desk, [first, over], "Somebody else")
    assert get(desk, Action, first).owner == "Region lead"
    with pytest.raises(Refusal, match="without_owner"):
        work.assign(desk, [first], " ")


def test_a_duplicate_goes_on_in_the_other_and_its_finding_waits_for_that_one_no_more(desk, add, finding):
    first, same = add(sort=ActionSort.CORRECTIVE), add()
    work.merge(desk, first, same)
    kept = get(desk, Action, first)
    assert (kept.state, kept.merged_into) == (ActionState.DONE, same)
    assert [one.uid for one in lanes(desk)[Lane.TODO].cards] == [same]
    answer(desk, finding, Answer(similar="no", note="Looked at both"))
    follow_action.done(desk, same, "Done so")
    assert get(desk, Finding, finding).state is FindingState.CLOSED
    with pytest.raises(Refusal, match="merged_with_itself"):
        work.merge(desk, same, same)
    with pytest.raises(Refusal, match="action_not_open"):
        work.merge(desk, add(), first)


def test_what_rests_comes_back_by_itself(desk, add):
    action, today = add(), desk.clock().date()
    work.snooze(desk, action, today + timedelta(days=5), "The part comes on Friday")
    kept = get(desk, Action, action)
    assert work.rests(kept, today)
    assert not work.rests(kept, today + timedelta(days=5))
    work.snooze(desk, action, None)
    assert get(desk, Action, action).snoozed_because == ""
    for until, because, code in (
        (today + timedelta(days=5), "", "snoozed_without_reason"),
        (today, "x", "snoozed_until"),
        (today + timedelta(days=200), "x", "snoozed_until"),
    ):
        with pytest.raises(Refusal, match=code):
            work.snooze(desk, action, until, because)


def test_the_board_is_narrowed_by_place_and_owner(desk, add, place):
    mine = add(owner="Lead")
    add(owner="Clerk")
    elsewhere = add_place(desk, "Market Street branch").uid
    assert [one.uid for one in lanes(desk, owner="Lead")[Lane.TODO].cards] == [mine]
    assert lanes(desk, place=elsewhere)[Lane.TODO].count == 0
    assert lanes(desk, place=place)[Lane.TODO].count == 2


def test_an_action_serves_the_goal_of_its_finding_and_the_board_is_narrowed_by_it(desk, add, finding):
    without = add()
    goal = promise(desk)
    with desk.unit() as unit:
        unit.change(Finding, finding, goal=goal)
    serving = add()
    assert get(desk, Action, without).goal is None
    assert [one.uid for one in lanes(desk, goal=goal)[Lane.TODO].cards] == [serving]


@given(*(st.integers(1, 5) for _ in range(4)), st.integers(1, 5))
def test_priority_grows_with_what_customers_gain_and_falls_with_the_effort(impact, reach, confidence, effort, more):
    def worth(**parts):
        fields = {"impact": impact, "reach": reach, "confidence": confidence, "effort": effort, **parts}
        return priority(type("Rated", (), fields))

    assert worth(impact=max(impact, more)) >= worth()
    assert worth(effort=max(effort, more)) <= worth()
    assert worth(reach=None) is None


@pytest.mark.parametrize("parts", [(0, 1, 1, 1), (6, 1, 1, 1), (1, 1, 1, 0)])
def test_what_is_no_rating_is_refused(desk, add, parts):
    with pytest.raises(Refusal, match="rating"):
        work.rate(desk, add(), **dict(zip(("impact", "reach", "confidence", "effort"), parts, strict=True)))


def test_a_limit_below_one_is_none(desk):
    with pytest.raises(Refusal, match="lane_limit"):
        work.set_limit(desk, Lane.DOING, 0)


def test_pages_of_a_lane_follow_each_other_without_a_gap_or_a_double(desk, add):
    made = [add(f"Action {n}", days=n % 3) for n in range(7)]
    for n, uid in enumerate(made[:4]):
        work.rate(desk, uid, impact=1 + n % 2, reach=1 + n, confidence=2, effort=3)
    whole = [card.uid for card in lanes(desk)[Lane.TODO].cards]
    paged, last = [], ""
    while page := more_cards(desk, Lane.TODO, {}, last, most=2):
        paged += [card.uid for card in page]
        last = paged[-1]
    assert paged == whole
    assert sorted(paged) == sorted(made)


def test_what_rests_is_not_shown_until_its_day_and_then_says_that_it_is_back(desk, add):
    action, today = add(), desk.clock().date()
    work.snooze(desk, action, today + timedelta(days=5), "The part comes on Friday")
    assert lanes(desk)[Lane.TODO].count == 0
    assert shown_board(desk, {}).resting == 1
    (card,) = lanes(desk, resting="")[Lane.TODO].cards
    assert card.rests_until == today + timedelta(days=5)
    with desk.unit() as unit:
        unit.change(Action, action, snoozed_until=today)
    (card,) = lanes(desk)[Lane.TODO].cards
    assert (card.rests_until, card.back_since, card.rests_because) == (None, today, "The part comes on Friday")


def test_swim_lanes_part_the_board_and_the_limit_counts_all(desk, add):
    work.set_limit(desk, Lane.DOING, 1)
    first, second = add(owner="Lead"), add(owner="Clerk")
    work.move(desk, first, Lane.DOING)
    shown = shown_board(desk, {}, by="owner", bands=1)
    assert ([band.title for band in shown.bands], shown.more_bands) == (["Clerk"], True)
    with pytest.raises(Refusal, match="lane_full"):
        work.move_all(desk, [second], Lane.DOING)
    work.set_limit(desk, Lane.WAITING, 1)
    with pytest.raises(Refusal, match="lane_full"):
        work.move_all(desk, [first, second], Lane.WAITING, "The printer")
    assert get(desk, Action, first).lane is Lane.DOING


def test_a_swim_lane_shows_what_the_board_narrowed_to_it_shows(desk, add):
    """Swim lanes are read in another way, so that they come at once."""
    ratings = [(5, 1, 1, 5), (3, 5, 5, 1), (3, 5, 5, 1), (1, 1, 1, 1), None, (4, 2, 3, 2), None, (3, 4, 4, 2)]
    for n, parts in enumerate(ratings * 2):
        uid = add(f"Action {n}", owner=("Lead", "Clerk")[n % 2], days=1 + n % 4)
        if parts is not None:
            work.rate(desk, uid, **dict(zip(("impact", "reach", "confidence", "effort"), parts, strict=True)))
        if n % 3 == 1:
            work.move(desk, uid, Lane.DOING)
        if n % 5 == 4:
            follow_action.done(desk, uid, "Done so")
        if n == 6:
            work.snooze(desk, uid, desk.clock().date() + timedelta(days=5), "Later")
    for where in ({}, {"late": "yes"}, {"resting": "yes"}, {"resting": ""}):
        bands = shown_board(desk, where, by="owner", most=3).bands
        for band in bands:
            (alone,) = shown_board(desk, {**where, "owner": band.key}, most=3).bands
            assert band.columns == alone.columns
        assert len(bands) == (2 if where in ({}, {"resting": ""}) else len(bands))
    (whole,) = shown_board(desk, {}, by="place").bands
    assert sum(column.count for column in whole.columns) == 15


def test_late_old_and_done_are_told_apart(desk, add):
    late, soon, over = add(), add(days=2), add()
    with desk.unit() as unit:
        unit.change(Action, late, due=desk.clock().date() - timedelta(days=1))
    follow_action.done(desk, over, "Done so")
    assert [card.uid for card in lanes(desk, late="yes")[Lane.TODO].cards] == [late]
    assert lanes(desk, older="1")[Lane.TODO].count == 0
    assert lanes(desk, older="0")[Lane.TODO].count == 2
    assert [card.uid for card in lanes(desk)[DONE].cards] == [over]
    assert {card.uid: card.is_late for card in lanes(desk)[Lane.TODO].cards} == {late: True, soon: False}


def test_what_says_nearly_the_same_at_a_place_is_proposed_and_so_is_the_same_case(desk, add, finding, place):
    first = add("Print the list of open applications every morning")
    add("Hang the sign beside the door")
    (found,) = doubles(desk, finding, "Print the list of open applications each morning")
    assert (found.uid, found.like) == (first, Like.WORDS)
    with desk.unit() as unit:
        unit.change(Finding, finding, step="counter", cause="no_list")
    assert {one.like for one in doubles(desk, finding, "Ask the post office")} == {Like.CASE}
    with desk.reader() as reader:
        assert first not in {one.uid for one in doubles_of(reader, first)}
    assert doubles(desk, desk.ids(), "Print the list of open applications every morning") == ()
