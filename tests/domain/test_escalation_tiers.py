"""Which tiers apply: the nearest place, one for the severity before one for all, the newest before older ones."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gemba.domain.complaint_clock import SOON, ClockState
from gemba.domain.escalation_moves import clock
from gemba.domain.escalation_tiers import LONGEST, SEVERITIES, above, first_gap, ladder, rung_at, shipped
from gemba.domain.escalation_words import says_nothing
from gemba.domain.escalations import Escalation, EscalationSort, EscalationState, EscalationTier

DAY = date(2026, 3, 2)
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
CHAIN = ("area", "site", "region", "enterprise")
OPERATIONAL = EscalationSort.OPERATIONAL
_uids = count(1)


def tier(number: int = 1, owner: str = "Lead", **fields: object) -> EscalationTier:
    said: dict[str, object] = {"sort": OPERATIONAL, "hours": 24, "valid_from": DAY, "made_at": NOON, "person": "p"}
    return EscalationTier(uid=f"{next(_uids):04}", tier=number, owner=owner, **{**said, **fields})  # type: ignore[arg-type]


def owners(*tiers: EscalationTier, severity: str = "high", day: date = DAY) -> list[str]:
    return [rung.owner for rung in ladder(tiers, OPERATIONAL, severity, CHAIN, day)]


def test_shipped_tiers_apply_where_nobody_has_set_any() -> None:
    for sort in EscalationSort:
        for severity in SEVERITIES:
            rungs = ladder([], sort, severity, CHAIN, DAY)
            assert rungs == shipped(sort, severity)
            assert [rung.tier for rung in rungs] == [1, 2, 3]
            assert all(rung.source is None and rung.owner and rung.forum for rung in rungs)
    assert shipped(OPERATIONAL, "high")[0].hours < shipped(OPERATIONAL, "low")[0].hours


def test_a_tier_that_is_set_takes_the_place_of_all_shipped_ones() -> None:
    assert owners(tier(owner="Shift lead")) == ["Shift lead"]


def test_the_nearest_place_counts_for_each_tier_by_itself() -> None:
    everywhere, region, site = (
        tier(owner=name, place=at) for name, at in (("E", None), ("R", "region"), ("S", "site"))
    )
    second = tier(2, "E2")
    assert owners(everywhere, second) == ["E", "E2"]
    assert owners(everywhere, second, region) == ["R", "E2"]
    assert owners(site, everywhere, second, region) == ["S", "E2"]
    assert owners(everywhere, second, tier(owner="elsewhere", place="another site")) == ["E", "E2"]


def test_a_tier_for_the_severity_stands_before_one_for_all_at_the_same_place_only() -> None:
    assert owners(tier(owner="all"), tier(owner="high", severity="high")) == ["high"]
    assert owners(tier(owner="near", place="site"), tier(owner="high", severity="high")) == ["near"]
    assert owners(tier(owner="low", severity="low")) == [rung.owner for rung in shipped(OPERATIONAL, "high")]


def test_the_newest_that_is_valid_and_not_retired_counts() -> None:
    old, new = tier(owner="old", valid_from=date(2026, 1, 1)), tier(owner="new", valid_from=date(2026, 3, 1))
    to_come, gone = tier(owner="to come", valid_from=date(2026, 4, 1)), tier(owner="gone", retired=True)
    assert owners(new, old, to_come, gone) == ["new"]
    assert owners(new, old, day=date(2026, 2, 1)) == ["old"]
    later = tier(owner="later", valid_from=date(2026, 3, 1), made_at=NOON + timedelta(hours=1))
    assert owners(later, new) == owners(new, later) == ["later"]


def test_a_gap_is_found_and_stepped_over() -> None:
    rungs = ladder([tier(1), tier(3)], OPERATIONAL, "high", CHAIN, DAY)
    assert first_gap(rungs) == 2
    assert [rung.tier for rung in above(rungs, 1)] == [3]
    assert above(rungs, 3) == ()
    assert rung_at(rungs, 2) is None
    assert first_gap(shipped(OPERATIONAL, "low")) is None


@given(
    st.lists(
        st.builds(
            tier,
            st.integers(1, 4),
            st.sampled_from(["A", "B"]),
            place=st.sampled_from([None, *CHAIN, "far"]),
            severity=st.sampled_from(["", *SEVERITIES]),
            valid_from=st.dates(DAY - timedelta(days=9), DAY + timedelta(days=9)),
            retired=st.booleans(),
        ),
        max_size=12,
    ),
    st.randoms(),
)
def test_which_tiers_apply_does_not_depend_on_the_order_in_which_they_came(tiers, chance) -> None:
    found = ladder(tiers, OPERATIONAL, "high", CHAIN, DAY)
    mixed = list(tiers)
    chance.shuffle(mixed)
    assert ladder(mixed, OPERATIONAL, "high", CHAIN, DAY) == found
    assert [rung.tier for rung in found] == sorted({rung.tier for rung in found})
    by_uid = {one.uid: one for one in tiers}
    for rung in found:
        if rung.source is not None:
            chosen = by_uid[rung.source]
            assert not chosen.retired
            assert chosen.valid_from <= DAY
            assert chosen.place in {None, *CHAIN}
            assert chosen.severity in {"", "high"}


def escalation(due_at: datetime | None, state: EscalationState = EscalationState.OPEN) -> Escalation:
    return Escalation(
        uid="e", number="S-1", title="t", place="p", tried="t", asked="a", owner="o", raised_at=NOON, person="p",
        due_at=due_at, state=state,
    )  # fmt: skip


@given(st.integers(1, LONGEST), st.integers(-2 * LONGEST * 60, 2 * LONGEST * 60))
def test_the_clock_says_overdue_from_the_moment_on_and_soon_a_day_before(hours: int, minutes: int) -> None:
    due = NOON + timedelta(hours=hours)
    now = due + timedelta(minutes=minutes)
    state = clock(escalation(due), now)
    assert (state is ClockState.OVERDUE) == (now >= due)
    assert (state is ClockState.SOON) == (due - SOON <= now < due)
    for closed in (EscalationState.DECIDED, EscalationState.WITHDRAWN):
        assert clock(escalation(due, closed), now) is ClockState.NONE


@pytest.mark.parametrize(
    "words",
    ["", " \n", "-", "–", "...", "n/a", "N. A.", "none", "None yet.", "nothing", "x", "xxx", "tbd", "keine", "?"],
)
def test_fillers_say_nothing(words: str) -> None:
    assert says_nothing(words)


@given(st.text(st.characters(blacklist_categories=("L", "N")), max_size=12))
def test_signs_alone_say_nothing(words: str) -> None:
    assert says_nothing(words)


@pytest.mark.parametrize("words", ["Called the carrier", "试过", "No answer from the region", "3 calls", "rework ×2"])
def test_what_was_done_says_something(words: str) -> None:
    assert not says_nothing(words)
