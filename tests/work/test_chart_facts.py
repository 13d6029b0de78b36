from __future__ import annotations

from datetime import date, timedelta

import pytest
from tests.work.charting import STEADY, measure_of
from tests.work.complaining import complain

from gemba.domain.measures import MeasureSort, Period
from gemba.domain.places import Place
from gemba.errors import Refusal
from gemba.methods.charts.attributes import c_chart
from gemba.methods.charts.individuals import individuals
from gemba.methods.charts.moving_range import Spread
from gemba.work.chart_facts import chart_of
from gemba.work.chart_records import behind, record_lines
from gemba.work.measure_values import enter
from gemba.work.measures import NewMeasure, add, measure_of_filters
from gemba.work.places import add_place

WILD = (1286, 1306, 1400, 1350, 1290, 1310, 1330, 1275, 1380, 1295, 1340, 1320, 49743, 1330, 1345, 1300)


def test_counts_of_one_law_get_a_c_chart_with_the_methods_own_limits(desk):
    facts = chart_of(desk, measure_of(desk, STEADY))
    limits = c_chart(STEADY)
    assert (facts.kind, facts.proposed) == ("c", "c")
    assert facts.sigma_z is not None
    assert [point.upper for point in facts.points] == list(limits.upper)
    assert [point.label for point in facts.points[:2]] == ["2024-01", "2024-02"]
    assert not facts.signals
    assert facts.rules == ("N1", "Anhøj")


def test_counts_that_differ_more_get_laneys_and_a_wild_point_is_told(desk):
    facts = chart_of(desk, measure_of(desk, WILD))
    assert facts.kind == "laney-u"
    assert "sigma-z" in facts.reason
    (signal,) = [each for each in facts.signals if each.rule == "N1"]
    assert (signal.points, signal.worse) == ((12,), True)
    assert "2025-01" in signal.sentence
    assert any("wild points" in note for note in facts.notes)
    median = chart_of(desk, measure_of(desk, WILD, "other"), "i", spread="median")
    assert median.points[0].upper == individuals(WILD, Spread.MEDIAN).upper[0]
    assert median.points[0].upper < facts.points[0].upper / 3


@pytest.mark.parametrize("kind", ["run", "i", "c", "u", "laney-u", "ewma", "cusum"])
def test_every_chart_over_time_of_counts_has_a_point_for_each_period(desk, kind):
    facts = chart_of(desk, measure_of(desk, STEADY), kind)
    assert facts.kind == kind
    assert len(facts.points) == len(STEADY)
    assert all(point.begins for point in facts.points)
    assert (facts.beneath is not None) == (kind == "i")
    assert (facts.points[0].upper is None) == (kind == "run")
    assert all((point.below is not None) == (kind == "cusum") for point in facts.points)


@pytest.mark.parametrize("kind", ["p", "np", "laney-p", "g", "t"])
def test_a_chart_that_needs_other_numbers_is_refused(desk, kind):
    with pytest.raises(Refusal, match="chart_does_not_fit"):
        chart_of(desk, measure_of(desk, STEADY), kind)


@pytest.mark.parametrize("kind", ["p", "np", "laney-p"])
def test_shares_have_their_sizes(desk, kind):
    for n in range(60):
        complain(desk, date(2026, 1, 5) + timedelta(days=n % 42), cause="late" if n % 3 == 0 else "rude")
    measure = measure_of_filters("cause=late", desk, of=True)
    facts = chart_of(desk, measure, kind)
    assert facts.percent == (kind != "np")
    point = facts.points[0]
    assert point.size == 14
    assert point.value == pytest.approx(point.count if kind == "np" else point.count / point.size)


def test_zone_rules_are_left_out_where_they_cry_wolf_and_the_reason_is_told(desk):
    uid = measure_of(desk, STEADY, rules=("N1", "N5", "N6"))
    counted, measured = chart_of(desk, uid, "c"), chart_of(desk, uid, "i")
    assert counted.rules == ("N1",)
    assert any("N5" in note and "cry wolf" in note for note in counted.notes)
    assert measured.rules == ("N1", "N5", "N6")


def test_less_is_better_unless_said_otherwise(desk):
    falling = (*STEADY[:12], *[2] * 12)
    for code, direction, worse in (("a", "down", False), ("b", "up", True)):
        facts = chart_of(desk, measure_of(desk, falling, code, direction=direction))
        assert facts.signals[-1].worse == worse


def test_rare_complaints_are_charted_by_what_lies_between_them(desk):
    for day in (1, 30, 33, 61, 100, 180, 181, 250, 300):
        complain(desk, date(2025, 1, 1) + timedelta(days=day))
    uid = add(desk, NewMeasure(code="rare", period=Period.WEEK)).uid
    facts = chart_of(desk, uid)
    assert (facts.kind, facts.proposed) == ("t", "t")
    assert [round(point.value / 24) for point in facts.points[:3]] == [29, 3, 28]
    days = chart_of(desk, uid, "g")
    assert [point.value for point in days.points[:3]] == [29, 3, 28]


def test_two_complaints_at_one_moment_are_charted_by_days(desk):
    for day in (1, 1, 33, 61, 100, 180):
        complain(desk, date(2025, 1, 1) + timedelta(days=day))
    assert chart_of(desk, add(desk, NewMeasure(code="rare")).uid).kind == "g"


def test_the_period_that_runs_is_shown_and_not_judged(desk):
    for day in range(21):
        complain(desk, date(2026, 2, 10) + timedelta(days=day))
    facts = chart_of(desk, add(desk, NewMeasure(code="all")).uid)
    assert [bool(point.excluded) for point in facts.points] == [False, False, False, True]
    assert facts.points[-1].centre is None
    assert any("not over" in note for note in facts.notes)


def test_few_points_are_only_a_run_chart(desk):
    facts = chart_of(desk, measure_of(desk, (3, 4)))
    assert facts.kind == "run"
    assert "2 points" in facts.reason
    assert not chart_of(desk, measure_of(desk, (), "none")).points


def test_what_is_behind_a_point_is_what_it_counts(desk):
    uids = [complain(desk, date(2026, 2, day), cause="late") for day in (2, 3, 9)]
    complain(desk, date(2026, 2, 3), cause="rude")
    uid = add(desk, NewMeasure(code="late", filters={"cause": "late"})).uid
    found = behind(desk, uid, chart_of(desk, uid, "c"), 0)
    assert list(found.uids) == uids[:2]
    between = behind(desk, uid, chart_of(desk, uid, "t"), 0)
    assert list(between.uids) == uids[1:2]
    assert [line.uid for line in record_lines(desk, found.uids)] == uids[:2]
    assert behind(desk, measure_of(desk, STEADY), chart_of(desk, measure_of(desk, STEADY, "x")), 0) is None


def test_a_pareto_chart_never_counts_all_others_as_one_category(desk):
    for at in range(60):
        complain(desk, date(2026, 1, 5), cause=f"rare{at:02d}")
    facts = chart_of(desk, measure_of_filters("all", desk), "pareto")
    assert facts.reason.startswith("More than ")
    others = behind(desk, measure_of_filters("all", desk), facts, len(facts.points) - 1)
    assert len(others.uids) == facts.points[-1].value == 60 - (len(facts.points) - 1)


def test_a_pareto_chart_names_the_vital_few(desk):
    for cause, many in (("late", 8), ("rude", 1), ("", 2)):
        for _ in range(many):
            complain(desk, date(2026, 2, 2), cause=cause)
    facts = chart_of(desk, measure_of_filters("all", desk), "pareto")
    assert [(point.key, point.value) for point in facts.points] == [("late", 8), ("rude", 1), ("!late,!rude", 2)]
    assert facts.vital == 2
    found = behind(desk, measure_of_filters("all", desk), facts, 0)
    assert len(found.uids) == 8


def test_a_funnel_tells_the_site_that_differs_and_marks_small_ones(desk):
    sites = [add_place(desk, f"Site {n}").uid for n in range(5)]
    for at, site in enumerate(sites):
        for n in range(5 if at == 4 else 60):
            late = n % 2 == 0 if at == 3 else n % 30 == 0
            complain(desk, date(2026, 2, 2), place=site, cause="late" if late else "rude")
    facts = chart_of(desk, measure_of_filters("cause=late", desk), "funnel")
    assert [point.small for point in facts.points] == [True, False, False, False, False]
    with desk.reader() as reader:
        name = reader.get(Place, sites[3]).name
    assert facts.points[-1].label == name or any(point.label == name for point in facts.points)
    assert sum(point.count for point in facts.points) == 30 + 6 + 1
    with pytest.raises(Refusal, match="funnel_without_filter"):
        chart_of(desk, measure_of_filters("all", desk), "funnel")


def test_a_rate_needs_the_exposure_of_the_same_periods(desk):
    customers = measure_of(desk, (1000, 1100), "customers")
    with pytest.raises(Refusal, match="exposure_period"):
        chart_of(desk, add(desk, NewMeasure(code="weekly", exposure=customers)).uid)
    values = measure_of(desk, (10_000,) * 27, "deliveries")
    for month in range(1, 13):
        for _ in range(3 + month % 3):
            complain(desk, date(2024, month, 10))
    facts = chart_of(desk, add(desk, NewMeasure(code="rate", period=Period.MONTH, exposure=values)).uid, "u")
    assert facts.axis == "Per 10\u202f000"
    assert facts.points[0].value == pytest.approx(4)
    assert facts.points[0].size == 10_000


def test_percent_of_a_known_number_are_shares(desk):
    uid = add(desk, NewMeasure(code="csat", sort=MeasureSort.VALUES, unit="%", period=Period.MONTH)).uid
    for month in range(1, 13):
        enter(desk, uid, date(2025, month, 1), 20 + month % 3, 50)
    facts = chart_of(desk, uid)
    assert facts.percent
    assert facts.points[0].value == pytest.approx(0.21)
