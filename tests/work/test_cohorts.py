"""Comparisons that are as fair as the data allow, and say what they dropped."""

from __future__ import annotations

import random
from datetime import date

import pytest
from tests.work.following import START, complaint, day, keep

from gemba.errors import Refusal
from gemba.store.follow_cohorts import Outcome
from gemba.work.cohorts import Against, CohortPlan, Matching, cohort
from gemba.work.desk import Desk
from gemba.work.places import add_place
from gemba.work.site_changes import SiteRow, compared, measure_change, site_change
from gemba.work.which_complaints import ALL

SINCE = day(30).date()


@pytest.fixture
def sites(desk: Desk) -> tuple[str, str]:
    return add_place(desk, "Changed").uid, add_place(desk, "Same").uid


def plan(sites: tuple[str, str], **said: object) -> CohortPlan:
    fields = {"places": sites[:1], "since": SINCE, "outcome": Outcome.TOLD_72H, "match_on": ("channel",)} | said
    return CohortPlan(**fields)  # type: ignore[arg-type]


def put(desk: Desk, place: str, at: float, told: bool, n: int, channel: str = "phone") -> None:
    keep(
        desk,
        *(complaint(desk, at, place=place, channel=channel, told_at=day(at + (1 if told else 9))) for _ in range(n)),
    )


@pytest.mark.parametrize("matching", [Matching.EXACT, Matching.COARSE])
def test_only_like_is_compared_with_like_and_the_dropped_are_counted(
    desk: Desk, sites: tuple[str, str], matching: Matching
) -> None:
    changed, same = sites
    put(desk, changed, 40, True, 8)
    put(desk, changed, 40, False, 2)
    put(desk, changed, 40, True, 3, "letter")  # no letters elsewhere
    put(desk, same, 40, True, 2)
    put(desk, same, 40, False, 6)
    put(desk, same, 40, False, 5, "web")
    found = cohort(desk, plan(sites, matching=matching))
    assert found.effect == pytest.approx(0.8 - 0.25)
    assert (found.treated, found.untreated, found.dropped_treated, found.dropped_untreated) == (10, 8, 3, 5)
    assert found.share_treated == 0.8
    assert found.interval is not None
    assert 0 < found.interval.low < 0.55 < found.interval.high
    assert found.balanced
    assert {one.trait for one in found.balance} == {"channel = phone", "channel = web"}
    phone = next(one for one in found.balance if one.trait == "channel = phone")
    assert abs(phone.before) > 0.1
    assert phone.after == 0
    assert found.few_places


def test_what_cannot_be_told_yet_is_left_out_and_counted(desk: Desk, sites: tuple[str, str]) -> None:
    for place in sites:
        put(desk, place, 40, True, 2)
        keep(desk, complaint(desk, 118, place=place, channel="phone"))  # a day old
        keep(desk, complaint(desk, 60, place=place, channel="phone"))  # never told, and the 72 hours are over
    found = cohort(desk, plan(sites))
    assert (found.pending, found.treated, found.share_treated) == (2, 3, pytest.approx(2 / 3))


def test_against_the_time_before_only_the_changed_places_count(desk: Desk, sites: tuple[str, str]) -> None:
    changed, same = sites
    put(desk, changed, 10, False, 4)
    put(desk, same, 10, True, 4)
    put(desk, changed, 40, True, 4)
    found = cohort(desk, plan(sites, against=Against.BEFORE))
    assert (found.effect, found.treated, found.untreated) == (1.0, 4, 4)
    assert found.interval is not None


def test_propensity_pairs_are_one_to_one(desk: Desk, sites: tuple[str, str]) -> None:
    chance = random.Random(4)
    for place, lean in zip(sites, (0.7, 0.4), strict=True):
        for _ in range(60):
            channel = "phone" if chance.random() < lean else "web"
            keep(
                desk,
                complaint(
                    desk, 40, place=place, channel=channel, severity=chance.choice(["low", "high"]), told_at=day(41)
                ),
            )
    found = cohort(desk, plan(sites, matching=Matching.NEAREST, match_on=("channel", "severity")))
    assert found.treated == found.untreated
    assert found.treated + found.dropped_treated == 60
    assert found.balanced
    assert found.effect == 0


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"places": ()}, "cohort_places"),
        ({"match_on": ("month",), "against": Against.BEFORE}, "cohort_traits"),
        ({"match_on": ("place",)}, "cohort_traits"),
        ({"match_on": ()}, "cohort_traits"),
        ({}, "cohort_empty"),
    ],
)
def test_what_is_refused(desk: Desk, sites: tuple[str, str], said: dict[str, object], code: str) -> None:
    with pytest.raises(Refusal, match=code):
        cohort(desk, plan(sites, **said))


def test_sites_before_and_after_with_their_trends(desk: Desk) -> None:
    places = [add_place(desk, f"Site {at}").uid for at in range(4)]
    for at, place in enumerate(places):
        for month in range(3):
            put(desk, place, 1 + 30 * month, at < 2 and month == 2, 4)
            put(desk, place, 1 + 30 * month, True, 4)
    found = site_change(desk, places[:2], date(2026, 1, 1), Outcome.TOLD_72H, ALL)
    assert found.effect == pytest.approx(0.5)
    assert (found.places, found.rows, found.few_places) == (4, 12, True)
    assert [(one.after, one.treated, one.untreated) for one in found.trend] == [
        (False, 0.5, 0.5),
        (False, 0.5, 0.5),
        (True, 1.0, 0.5),
    ]
    assert found.permutation is not None
    assert found.permutation.p == pytest.approx(2 / 6)  # of six ways to choose two of four places
    mixed = site_change(desk, places[:2], date(2025, 12, 28), Outcome.TOLD_72H, ALL)
    assert [one.period for one in mixed.trend] == ["2025-11", "2026-01"]


def test_measures_as_places(desk: Desk) -> None:
    from gemba.domain.measures import Measure, MeasureSort, MeasureValue, Period

    made = []
    for at in range(2):
        measure = Measure(
            uid=desk.ids(), code=f"m{at}", title=f"M{at}", sort=MeasureSort.VALUES, period=Period.MONTH,
            made_at=START, person=desk.person.uid,
        )  # fmt: skip
        made.append(measure)
        keep(desk, measure)
        for month in range(1, 5):
            value = 10.0 - (3 if at == 0 and month > 2 else 0) + (0.1 if month % 2 else 0)
            begins = date(2025, month, 1)
            keep(
                desk,
                MeasureValue(uid=desk.ids(), measure=measure.uid, begins=begins, value=value, person=desk.person.uid),
            )
    found = measure_change(desk, [made[0].uid], [made[1].uid], date(2025, 3, 1))
    assert found.effect == pytest.approx(-3)


def test_no_permutation_without_places_on_both_sides() -> None:
    rows = [SiteRow(at, f"{period}", period > 1, at < 1, float(at + period)) for at in range(3) for period in range(3)]
    assert compared(rows).permutation is not None
    lacking = [row for row in rows if not (row.place == 0 and not row.after)]
    with pytest.raises(Refusal, match="too_few"):
        compared(lacking)


def test_one_changed_place_among_many_is_told_to_be_few() -> None:
    rows = [
        SiteRow(at, f"{period}", period > 1, at < changed, float((at * 7 + period * 3) % 5))
        for changed in (1,)
        for at in range(20)
        for period in range(4)
    ]
    one = compared(rows)
    assert (one.places, one.few_places) == (20, True)
    assert not compared([SiteRow(r.place, r.period, r.after, int(str(r.place)) < 8, r.value) for r in rows]).few_places
