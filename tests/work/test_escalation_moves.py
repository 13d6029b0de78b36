"""Escalations move as their rules say, whatever is done in whatever order, by whatever clock."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.conftest import new_uid
from tests.work.auditing import decide as keep_decision
from tests.work.auditing import promise
from tests.work.test_escalations import case, kept, steps
from tests.work.test_settle_conflict import hand, open_ones

from gemba.domain.escalation_moves import Move, moves
from gemba.domain.escalations import EscalationSort, EscalationState, EscalationStepSort, EscalationTier
from gemba.domain.places import Level, Place
from gemba.errors import Refusal
from gemba.work.desk import Desk
from gemba.work.erase import erase
from gemba.work.escalation_decisions import Ruling, decide, reopen, reword, withdraw
from gemba.work.escalation_facts import facts_of, one_line, standing_words
from gemba.work.escalation_moves import answer, set_next, skip, step, tried
from gemba.work.escalation_tiers import Ladders, TierDraft, retire_tier, set_tier
from gemba.work.escalations import escalate, open_conflict
from gemba.work.open_desk import make_desk
from gemba.work.places import add_place
from gemba.work.settle_conflict import settle, take_side

SAID = "The region lent nobody."


def at(desk: Desk, moment: datetime) -> Desk:
    return msgspec.structs.replace(desk, clock=lambda: moment)


def refused(run: Callable[[], object]) -> str:
    with pytest.raises(Refusal) as found:
        run()
    return found.value.code


def test_each_tier_has_its_own_clock(desk: Desk, place: str) -> None:
    uid = escalate(desk, case(place, severity="low")).uid
    first = kept(desk, uid)
    step(desk, uid, SAID)
    second = kept(desk, uid)
    raised, stepped = steps(desk, uid)
    assert (second.tier, second.owner) == (2, "Regional lead")
    assert second.due_at == stepped.happened_at + timedelta(hours=168)
    assert raised.due_at == first.due_at
    assert (stepped.text, stepped.due_at) == (SAID, second.due_at)


def test_an_answer_lets_the_clock_run_to_the_end_of_the_next_steps_day_at_the_place(desk: Desk) -> None:
    place = add_place(desk, "Station kiosk", zone="Europe/Berlin").uid
    uid = escalate(desk, case(place)).uid
    set_next(desk, uid, "Ask the region", date(2026, 3, 30))
    assert kept(desk, uid).due_at == kept(desk, uid).raised_at + timedelta(hours=72)  # not answered: its clock stays
    answer(desk, uid, "We count.", next_step="Count", next_by=date(2026, 3, 29))  # summer time begins on that day
    assert kept(desk, uid).due_at == datetime(2026, 3, 29, 22, tzinfo=UTC)
    set_next(desk, uid, "Count once more", date(2026, 3, 28))
    assert kept(desk, uid).due_at == datetime(2026, 3, 28, 23, tzinfo=UTC)
    step(desk, uid, SAID)
    set_next(desk, uid, "Ask again", date(2026, 4, 20))
    assert kept(desk, uid).due_at == steps(desk, uid)[-1].happened_at + timedelta(hours=72)


@given(
    st.integers(0, 4 * 24 * 60).map(lambda minutes: datetime(2026, 3, 27, tzinfo=UTC) + timedelta(minutes=minutes)),
    st.sampled_from(["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu"]),
)
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_hours_pass_by_the_calendar_whatever_the_clocks_at_the_place_do(desk: Desk, now: datetime, zone: str) -> None:
    place = Place(uid=desk.ids(), name=f"Site {zone} {now}", zone=zone)
    with desk.unit() as unit:
        unit.put(place)
    uid = escalate(at(desk, now), case(place.uid, severity="high")).uid
    made = kept(desk, uid)
    assert made.due_at is not None
    assert made.due_at - made.raised_at == timedelta(hours=24)
    with desk.reader() as reader:
        shown = facts_of(reader, uid).due
    assert f"{made.due_at.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M}" in shown


def test_a_skipped_tier_is_told_and_the_step_kept_as_such(desk: Desk, place: str) -> None:
    uid = escalate(desk, case(place)).uid
    skip(desk, uid, "It is about the region itself.")
    raised, skipped, stepped = steps(desk, uid)
    assert (skipped.sort, skipped.tier, skipped.owner) == (EscalationStepSort.SKIPPED, 2, "Regional lead")
    assert (stepped.sort, stepped.tier) == (EscalationStepSort.STEPPED, 3)
    assert skipped.text == stepped.text == "It is about the region itself."
    assert raised.happened_at < skipped.happened_at < stepped.happened_at
    assert refused(lambda: step(desk, uid, SAID)) == "work.escalation_last_tier"
    assert refused(lambda: skip(desk, uid, SAID)) == "work.escalation_last_tier"
    with desk.reader() as reader:
        assert Move.SKIP not in facts_of(reader, uid).moves


def test_past_the_next_tier_there_must_be_one(desk: Desk, place: str) -> None:
    uid = escalate(desk, case(place)).uid
    assert refused(lambda: skip(desk, uid, SAID, to=2)) == "work.escalation_skip_to"
    assert refused(lambda: skip(desk, uid, SAID, to=7)) == "work.escalation_skip_to"
    skip(desk, uid, SAID, to=3)
    assert kept(desk, uid).tier == 3


def test_a_gap_in_the_tiers_is_refused_and_one_that_came_in_a_pack_is_stepped_over(desk: Desk, place: str) -> None:
    def draft(number: int, **more: str) -> TierDraft:
        return TierDraft(sort=EscalationSort.OPERATIONAL, tier=number, owner=f"Lead {number}x", hours=8, **more)

    assert refused(lambda: set_tier(desk, draft(3))) == "work.escalation_tier_gap"
    set_tier(desk, draft(1))
    second = set_tier(desk, draft(2)).uid
    set_tier(desk, draft(3))
    assert refused(lambda: retire_tier(desk, second)) == "work.escalation_tier_gap"
    assert refused(lambda: set_tier(desk, draft(4, place="nowhere"))) == "work.unknown_record"
    assert refused(lambda: set_tier(desk, msgspec.structs.replace(draft(4), hours=0))) == "work.escalation_tier_hours"
    assert refused(lambda: set_tier(desk, msgspec.structs.replace(draft(4), owner="-"))) == "work.escalation_tier_owner"
    uid = escalate(desk, case(place)).uid
    with desk.unit() as unit:  # as another laptop may have retired it without knowing of the third
        unit.change(EscalationTier, second, retired=True)
    step(desk, uid, SAID)
    assert (kept(desk, uid).tier, kept(desk, uid).owner) == (3, "Lead 3x")


def test_the_nearest_place_and_its_zone_count_also_where_places_run_in_a_circle(desk: Desk) -> None:
    region = add_place(desk, "North", level=Level.REGION).uid
    site = add_place(desk, "Harbour", parent=region).uid
    set_tier(desk, TierDraft(sort=EscalationSort.OPERATIONAL, tier=1, owner="Head of North", hours=4, place=region))
    with desk.unit() as unit:
        unit.change(Place, region, parent=site, zone="Nowhere/Known")
    uid = escalate(desk, case(site)).uid
    assert kept(desk, uid).owner == "Head of North"
    with desk.reader() as reader:
        assert len(Ladders(reader).above(site)) == 2
        assert Ladders(reader).zone(region).key == "UTC"


def test_decided_once_reopened_with_a_reason_and_the_history_keeps_both(desk: Desk, place: str) -> None:
    uid = escalate(desk, case(place)).uid
    assert refused(lambda: decide(desk, uid, Ruling(outcome="-"))) == "work.escalation_outcome"
    assert refused(lambda: reopen(desk, uid, SAID)) == "work.escalation_is_open"
    decide(desk, uid, Ruling(outcome="A second counter from April on."))
    before = kept(desk, uid)
    assert (before.state, before.decided_by, before.due_at) == (EscalationState.DECIDED, "Site lead", None)
    for run in (
        lambda: decide(desk, uid, Ruling(outcome="No counter.")),
        lambda: step(desk, uid, SAID),
        lambda: withdraw(desk, uid, SAID),
        lambda: set_next(desk, uid, SAID, date(2026, 3, 9)),
    ):
        assert refused(run) == "work.escalation_is_decided"
    assert kept(desk, uid) == before
    assert refused(lambda: reopen(desk, uid, "n/a")) == "work.escalation_reopen_reason"
    reopen(desk, uid, "The counter never came.")
    again = kept(desk, uid)
    assert (again.state, again.outcome, again.decided_at) == (EscalationState.OPEN, "", None)
    assert again.due_at == steps(desk, uid)[-1].happened_at + timedelta(hours=72)
    decided = next(one for one in steps(desk, uid) if one.sort is EscalationStepSort.DECIDED)
    assert decided.text == "A second counter from April on."


def test_a_conflict_needs_the_other_side_the_forum_and_a_last_day_before_it_is_decided(desk: Desk, place: str) -> None:
    uid = open_conflict(desk, keep_decision(desk, place, date(2026, 3, 1)), promise(desk)).uid
    until = date(2026, 6, 30)
    ruling = Ruling(outcome="It may stand.", expires=until)
    assert kept(desk, uid).other_side == ""
    assert refused(lambda: decide(desk, uid, ruling)) == "work.escalation_sides"
    heard = msgspec.structs.replace(ruling, other_side="Eleven came back in a month.")
    without = msgspec.structs.replace(heard, expires=None)
    assert refused(lambda: decide(desk, uid, without)) == "work.escalation_without_expiry"
    past = msgspec.structs.replace(heard, expires=date(2026, 3, 1))
    assert refused(lambda: decide(desk, uid, past)) == "work.escalation_expired"
    decide(desk, uid, heard)
    assert (kept(desk, uid).decided_by, kept(desk, uid).other_side) == (
        "Customer commitments forum",
        "Eleven came back in a month.",
    )
    after = at(desk, datetime(2026, 7, 1, 9, tzinfo=UTC))
    assert moves(kept(desk, uid), date(2026, 7, 1)) == (Move.REOPEN, Move.WITHDRAW)
    withdraw(after, uid, "The promise was changed.")
    assert kept(desk, uid).outcome == "It may stand."
    assert open_conflict(desk, kept(desk, uid).subject.removeprefix("decision:"), kept(desk, uid).goal or "").uid == uid
    assert kept(desk, uid).state is EscalationState.WITHDRAWN


def test_words_are_mended_and_may_not_become_empty(desk: Desk, place: str) -> None:
    uid = escalate(desk, case(place)).uid
    reword(desk, uid, asked="May the branch open a second counter?", title="Queue at noon")
    assert kept(desk, uid).asked == "May the branch open a second counter?"
    assert refused(lambda: reword(desk, uid, tried="n/a")) == "work.escalation_tried"
    assert refused(lambda: reword(desk, uid, title=" ")) == "work.escalation_title"
    decide(desk, uid, Ruling(outcome="From April on."))
    assert refused(lambda: reword(desk, uid, outcome="")) == "work.escalation_outcome"
    with pytest.raises(TypeError):
        reword(desk, uid, owner="Somebody else")


def test_a_clock_that_was_set_back_leaves_the_order_of_what_happened(desk: Desk, place: str) -> None:
    uid = escalate(desk, case(place)).uid
    back = at(desk, datetime(2026, 2, 1, tzinfo=UTC))
    step(back, uid, SAID)
    tried(back, uid, "Two more calls.")
    found = steps(desk, uid)
    assert [one.sort.value for one in found] == ["raised", "stepped", "tried"]
    assert kept(desk, uid).due_at == found[1].happened_at + timedelta(hours=72)


def test_how_it_stands_is_said_in_one_line(desk: Desk, place: str) -> None:
    uid = escalate(desk, case(place, severity="high")).uid
    today = date(2026, 3, 2)
    assert one_line(kept(desk, uid), today).endswith("open, with Site lead")
    with desk.reader() as reader:
        assert standing_words(facts_of(reader, uid)).startswith("due soon · 23 hours left · 2026-03-03 08:00")
    decide(desk, uid, Ruling(outcome="Yes, it may.", expires=today))
    assert one_line(kept(desk, uid), today).endswith("decided by Site lead")
    assert one_line(kept(desk, uid), today + timedelta(days=1)).endswith("the decision has run out")


MOVES: dict[Move, Callable[[Desk, str], object]] = {
    Move.STEP: lambda desk, uid: step(desk, uid, SAID),
    Move.SKIP: lambda desk, uid: skip(desk, uid, SAID),
    Move.TRIED: lambda desk, uid: tried(desk, uid, SAID),
    Move.ANSWER: lambda desk, uid: answer(
        desk, uid, SAID, next_step="Count", next_by=(desk.clock() + timedelta(days=5)).date()
    ),
    Move.NEXT: lambda desk, uid: set_next(desk, uid, "Count", (desk.clock() + timedelta(days=9)).date()),
    Move.DECIDE: lambda desk, uid: decide(desk, uid, Ruling(outcome=SAID)),
    Move.WITHDRAW: lambda desk, uid: withdraw(desk, uid, SAID),
    Move.REOPEN: lambda desk, uid: reopen(desk, uid, SAID),
}


@given(st.lists(st.tuples(st.sampled_from(list(Move)), st.integers(-400, 400)), max_size=10))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_done_in_whatever_order_the_rules_hold(desk: Desk, done: list[tuple[Move, int]]) -> None:
    with desk.unit() as unit:
        place = Place(uid=desk.ids(), name="A site", zone="Europe/Berlin")
        unit.put(place)
    uid = escalate(desk, case(place.uid)).uid
    now = desk.clock()
    for move, hours in done:
        now += timedelta(hours=hours)
        here, before, history = at(desk, now), kept(desk, uid), steps(desk, uid)
        allowed = move in moves(before, now.date())
        try:
            MOVES[move](here, uid)
        except Refusal as error:
            last = {"work.escalation_last_tier", "work.escalation_skip_to"}
            assert not allowed or error.code in last  # noqa: PT017 - whether it is refused is for the rules to say
            assert (kept(desk, uid), steps(desk, uid)) == (before, history)
            continue
        assert allowed
        after, found = kept(desk, uid), steps(desk, uid)
        assert found[: len(history)] == history
        moments = [one.happened_at for one in found]
        assert moments == sorted(set(moments))
        assert (after.due_at is not None) == (after.state is EscalationState.OPEN)
        assert (after.decided_at is None) == (after.state is EscalationState.OPEN)
        assert bool(after.outcome) == (after.state is EscalationState.DECIDED)
        assert 1 <= after.tier <= 3
        assert after.tried == before.tried


@pytest.fixture
def other(tmp_path: Path, ticking: Callable[[], datetime]) -> Iterator[Desk]:
    desk = make_desk(tmp_path / "other", clock=ticking, ids=new_uid, demo=True, person_name="Second lead")
    yield desk
    desk.store.close()


def test_two_laptops_that_decide_apart_are_a_conflict_that_people_settle(desk: Desk, other: Desk, place: str) -> None:
    uid = escalate(desk, case(place)).uid
    hand(desk, other)
    decide(desk, uid, Ruling(outcome="A second counter.", decided_by="Site lead"))
    decide(other, uid, Ruling(outcome="No second counter.", decided_by="Regional lead"))
    hand(desk, other)
    hand(other, desk)
    (found,) = open_ones(desk)
    assert (found.noun, found.entity) == ("escalation", uid)
    assert {"outcome", "decided_by"} <= {field.field for field in found.fields}
    assert kept(desk, uid).outcome == kept(other, uid).outcome
    settle(desk, "escalation", uid, take_side(found, other.store.device.id), "Both leads talked.")
    hand(desk, other)
    for one in (desk, other):
        assert not open_ones(one)
        assert (kept(one, uid).outcome, kept(one, uid).decided_by) == ("No second counter.", "Regional lead")
        assert [each.sort.value for each in steps(one, uid)].count("decided") == 2


def test_one_that_steps_and_one_that_decides_are_both_in_the_history(desk: Desk, other: Desk, place: str) -> None:
    uid = escalate(desk, case(place)).uid
    hand(desk, other)
    decide(desk, uid, Ruling(outcome="A second counter."))
    step(other, uid, SAID)
    hand(desk, other)
    hand(other, desk)
    for one in (desk, other):
        assert kept(one, uid).state is EscalationState.DECIDED
        assert {"decided", "stepped"} <= {each.sort.value for each in steps(one, uid)}


def test_the_same_conflict_opened_on_two_laptops_is_one_escalation(desk: Desk, other: Desk, place: str) -> None:
    decision, goal = keep_decision(desk, place, date(2026, 3, 1)), promise(desk)
    hand(desk, other)
    uids = {open_conflict(one, decision, goal).uid for one in (desk, other)}
    hand(desk, other)
    hand(other, desk)
    (uid,) = uids
    assert kept(desk, uid) == kept(other, uid)
    assert len(steps(desk, uid)) == 1


def test_an_escalation_is_erased_with_its_steps_and_with_what_it_was_raised_from(desk: Desk, place: str) -> None:
    decision = keep_decision(desk, place, date(2026, 3, 1), why="The lady from number seven shouted.")
    uid = open_conflict(desk, decision, promise(desk)).uid
    step(desk, uid, "She was called twice.")
    erase(desk, "decision", decision, "asked for")
    erased = kept(desk, uid)
    assert (erased.tried, erased.other_side, erased.title) == ("", "", "")
    assert erased.number
    assert [one.text for one in steps(desk, uid)] == ["", ""]
