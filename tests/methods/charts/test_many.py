"""Charts of many categories or units at one time: Pareto and funnel."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gemba.errors import Refusal
from gemba.methods.charts.funnel import funnel_limits, funnel_of_rates, funnel_of_shares
from gemba.methods.charts.pareto import pareto

amounts = st.dictionaries(st.text(min_size=1, max_size=4), st.integers(0, 1000), min_size=1, max_size=12)


@given(amounts)
def test_a_pareto_falls_and_adds_up(given_amounts):
    found = pareto(given_amounts)
    assert [bar.amount for bar in found.bars] == sorted(given_amounts.values(), reverse=True)
    if sum(given_amounts.values()):
        assert found.bars[-1].cumulated == pytest.approx(1)
        assert found.bars[found.vital - 1].cumulated >= 0.8 - 1e-9


def test_other_stands_last_and_severity_weighs():
    found = pareto({"other": 90, "late": 10, "rude": 5}, {"rude": 4}, other="other")
    assert [bar.name for bar in found.bars] == ["rude", "late", "other"]
    with pytest.raises(Refusal, match=r"methods\.outside"):
        pareto({"a": -1})


def test_nothing_has_no_vital_few():
    assert pareto({}).vital == 0
    assert pareto({"a": 0}).vital == 0


sites = st.lists(st.tuples(st.integers(0, 30), st.integers(31, 500)), min_size=2, max_size=25)


@given(sites, st.randoms())
def test_a_funnel_judges_a_site_the_same_wherever_it_stands(rows, random):
    order = list(range(len(rows)))
    random.shuffle(order)
    one = funnel_of_shares([hits for hits, _ in rows], [n for _, n in rows])
    other = funnel_of_shares([rows[at][0] for at in order], [rows[at][1] for at in order])
    assert [one.upper[at] for at in order] == pytest.approx(list(other.upper))


@given(sites)
def test_overdispersion_only_widens(rows):
    counts, sizes = [hits for hits, _ in rows], [n for _, n in rows]
    wide, plain = funnel_of_rates(counts, sizes), funnel_of_rates(counts, sizes, overdispersed=False)
    assert all(a >= b - 1e-12 for a, b in zip(wide.upper, plain.upper, strict=True))
    assert set(wide.beyond()) <= set(plain.beyond())


def test_small_sites_are_not_shamed():
    chart = funnel_of_shares([3, 100, 95, 105], [10, 1000, 1000, 1000], overdispersed=False)
    assert chart.values[0] == 0.3
    assert chart.beyond() == ()
    curve = funnel_limits(chart, [0, 10, 100, 1000])
    assert curve[0] == (0.0, 1.0)
    assert curve[1][1] == pytest.approx(chart.upper[0])
    assert funnel_limits(chart, [10], sigmas=2)[0][1] < curve[1][1]
