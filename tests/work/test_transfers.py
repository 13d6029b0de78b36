"""A pattern at another place: its own action and checks, and a state that follows from them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.work.spreading import HELPED, Later, carry, found, later_desk, look, sites, speak, verified

from gemba.domain.actions import Action, ActionState, Effect, Lane
from gemba.domain.effects import EffectCheck, EffectResult
from gemba.domain.patterns import Transfer
from gemba.domain.transfer_states import Track, TransferState, track_of
from gemba.errors import Refusal
from gemba.store.list_of import Query
from gemba.store.pattern_lists import PATTERNS, TRANSFERS
from gemba.work import action_board, effect_checks, follow_action, patterns, transfers
from gemba.work.desk import Desk
from gemba.work.pattern_facts import carried_one, pattern_facts
from gemba.work.pattern_from_action import draft_from
from gemba.work.pattern_words import track_short, track_words
from gemba.work.patterns import add
from gemba.work.place_merging import merge_place
from gemba.work.transfers import Wanted
from gemba.work.verify_action import verify


def state(desk: Desk, transfer: str) -> TransferState:
    """How it stands; the list must say the same as the rule."""
    with desk.reader() as reader:
        told = carried_one(reader, transfer).state
        line = TRANSFERS.lines(reader, [TRANSFERS.key(reader, transfer)])[0]
        found_by = TRANSFERS.first(reader, Query(where={"state": (told.value,)}))
    assert line.state == told
    assert transfer in {one.uid for one in found_by}
    return told


def action_of(desk: Desk, transfer: str) -> Action:
    with desk.reader() as reader:
        one = reader.get(Transfer, transfer)
        assert one is not None
        action = reader.get(Action, one.action)
    assert action is not None
    return action


@pytest.fixture
def told(desk: Desk) -> tuple[Desk, Later, str, tuple[str, str, str]]:
    desk, clock = later_desk(desk)
    speak(desk)
    places = sites(desk)
    pattern = add(desk, draft_from(desk, verified(desk, found(desk, places[0])))).uid
    return desk, clock, pattern, places


def test_a_transfer_goes_its_way_with_checks_of_its_own(told: tuple[Desk, Later, str, tuple[str, str, str]]) -> None:
    desk, clock, pattern, (_, mill, _) = told
    one = carry(desk, pattern, mill, adapted="Three counters: the hall is larger.")
    action = action_of(desk, one)
    assert (action.place, action.owner, action.sort.value) == (mill, "Branch manager", "improvement")
    assert state(desk, one) is TransferState.PROPOSED
    action_board.move(desk, action.uid, Lane.DOING)
    assert state(desk, one) is TransferState.ADAPTING
    follow_action.done(desk, action.uid, "Open since Monday.")
    assert state(desk, one) is TransferState.LIVE
    with desk.reader() as reader:
        assert sorted(check.days for check in reader.find(EffectCheck, action=action.uid)) == [30, 60, 90]
    look(desk, clock, action.uid, EffectResult.HOLDS, EffectResult.HOLDS)
    assert state(desk, one) is TransferState.LIVE
    with desk.reader() as reader:
        last = next(check for check in reader.find(EffectCheck, action=action.uid) if check.days == 90)
    clock.go(40)
    effect_checks.look(desk, last.uid, EffectResult.HOLDS)
    assert state(desk, one) is TransferState.HOLDS
    with desk.reader() as reader:
        facts = pattern_facts(reader, pattern)
        line = PATTERNS.first(reader, Query())[0]
    assert facts.track == Track(holds=1)
    assert (line.carried, line.holding) == (1, 1)


def test_a_transfer_that_regresses_says_so_until_it_is_live_again(
    told: tuple[Desk, Later, str, tuple[str, str, str]],
) -> None:
    desk, clock, pattern, (_, mill, _) = told
    one = carry(desk, pattern, mill)
    action = action_of(desk, one).uid
    follow_action.done(desk, action, "Open since Monday.")
    verify(desk, action, HELPED)
    look(desk, clock, action, EffectResult.HOLDS, EffectResult.HOLDS, EffectResult.REGRESSED)
    assert state(desk, one) is TransferState.REGRESSED
    follow_action.done(desk, action, "Open again.")
    assert state(desk, one) is TransferState.LIVE, "what the look of the first go-live saw is past"


def test_a_look_that_saw_it_hold_in_part_is_an_outcome_and_no_success(
    told: tuple[Desk, Later, str, tuple[str, str, str]],
) -> None:
    desk, clock, pattern, (_, mill, _) = told
    one = carry(desk, pattern, mill)
    follow_action.done(desk, action_of(desk, one).uid, "Open since Monday.")
    look(desk, clock, action_of(desk, one).uid, EffectResult.HOLDS, EffectResult.HOLDS, EffectResult.PARTLY)
    assert state(desk, one) is TransferState.LIVE
    with desk.reader() as reader:
        track = pattern_facts(reader, pattern).track
        line = PATTERNS.first(reader, Query())[0]
    assert (track, track.known) == (Track(partly=1), 1)
    assert (line.known, line.holding) == (1, 0)
    assert track_words(track) == "Holds after 90 days at 0 of 1 places with an outcome; 1 in part."


def test_a_transfer_that_is_stopped_asks_nobody_any_more(told: tuple[Desk, Later, str, tuple[str, str, str]]) -> None:
    desk, clock, pattern, (_, mill, island) = told
    one, other = carry(desk, pattern, mill), carry(desk, pattern, island)
    follow_action.done(desk, action_of(desk, other).uid, "Open since Monday.")
    for transfer in (one, other):
        with pytest.raises(Refusal, match="transfer_because"):
            transfers.stop(desk, transfer, "-")
        transfers.stop(desk, transfer, "The hall has room for one counter only.")
        assert state(desk, transfer) is TransferState.STOPPED
        assert action_of(desk, transfer).state is ActionState.DONE
        assert action_of(desk, transfer).effect is Effect.NOT_EFFECTIVE
        with pytest.raises(Refusal, match="transfer_stopped"):
            transfers.stop(desk, transfer, "Again, for the same reason.")
        with pytest.raises(Refusal, match="transfer_stopped"):
            transfers.adapt(desk, transfer, "Otherwise, because of the hall.")
    clock.go(100)
    with desk.reader() as reader:
        mine = {action_of(desk, each).uid for each in (one, other)}
        assert not mine & {check.action.uid for check in effect_checks.due_checks(desk, reader)}
    carry(desk, pattern, mill)


def test_what_a_transfer_is_refused_for(told: tuple[Desk, Later, str, tuple[str, str, str]]) -> None:
    desk, _, pattern, (home, mill, island) = told
    today = desk.clock().date()
    carry(desk, pattern, mill)
    for place, owner, days, code in (
        (home, "Lead", 9, "transfer_home"),
        (mill, "Lead", 9, "transfer_already"),
        (island, " ", 9, "action_without_owner"),
        (island, "Lead", -1, "transfer_due"),
        (island, "Lead", 800, "transfer_due"),
        ("nowhere", "Lead", 9, "unknown_record"),
    ):
        with pytest.raises(Refusal, match=code):
            transfers.carry(desk, Wanted(pattern=pattern, place=place, owner=owner, due=today + timedelta(days=days)))
    patterns.retire(desk, pattern)
    with pytest.raises(Refusal, match="pattern_retired"):
        carry(desk, pattern, island)


def test_a_place_that_went_on_in_another_is_meant_by_that_one(
    told: tuple[Desk, Later, str, tuple[str, str, str]],
) -> None:
    desk, _, pattern, (home, mill, island) = told
    merge_place(desk, island, mill)
    one = carry(desk, pattern, island)
    assert action_of(desk, one).place == mill
    with pytest.raises(Refusal, match="transfer_already"):
        carry(desk, pattern, mill)
    transfers.stop(desk, one, "There is one counter only now.")
    merge_place(desk, home, mill)
    with pytest.raises(Refusal, match="transfer_home"):
        carry(desk, pattern, mill)


@given(st.lists(st.tuples(st.sampled_from(TransferState), st.sampled_from(EffectResult))))
def test_every_transfer_is_counted_once_and_a_share_is_of_known_outcomes(
    ones: list[tuple[TransferState, EffectResult]],
) -> None:
    track = track_of(ones)
    assert track.carried == len(ones)
    assert track.holds == sum(told is TransferState.HOLDS for told, _ in ones)
    assert track.holds <= track.known <= track.carried
    assert ("%" in track_words(track)) == (track.known >= 5), "no share of a few"
    if track.known:
        assert track_short(track) == f"holds at {track.holds} of {track.known}"
