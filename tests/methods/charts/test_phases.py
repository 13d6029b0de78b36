from __future__ import annotations

import pytest

from gemba.errors import Refusal
from gemba.methods.charts.attributes import c_chart, u_chart
from gemba.methods.charts.individuals import individuals, moving_range
from gemba.methods.charts.moving_range import Spread
from gemba.methods.charts.phases import freeze, judged, phased
from gemba.methods.charts.rare import g_chart, t_chart
from gemba.methods.charts.run import run_chart
from gemba.methods.charts.subgroups import range_chart, sd_chart, xbar_chart
from gemba.methods.rules.sets import read
from gemba.methods.rules.zones import Rule

CALM = [5, 4, 6, 5, 3, 6, 5, 4, 7, 5, 4, 6, 5, 5, 4, 6, 3, 5, 6, 4]


def test_a_frozen_baseline_judges_later_points_without_moving():
    baseline = freeze(c_chart(CALM))
    assert not baseline.provisional
    later = judged(baseline, [5, 30, 4])
    assert later.centre == (4.9,) * 3
    assert later.beyond() == (1,)


def test_a_young_baseline_says_so_and_one_too_young_is_refused():
    assert freeze(c_chart(CALM[:12])).provisional
    assert c_chart(CALM[:12]).provisional
    with pytest.raises(Refusal, match=r"methods\.too_few"):
        freeze(c_chart(CALM[:11]))


def test_a_frozen_rate_steps_with_new_sizes():
    baseline = freeze(u_chart(CALM, [10.0] * 20))
    chart = judged(baseline, [0.5, 0.5], [10.0, 40.0])
    assert chart.upper[1] < chart.upper[0]


def test_each_phase_has_limits_and_runs_of_its_own():
    values = [10.0, 12.0] * 10 + [30.0, 32.0] * 10
    whole = individuals(values)
    parts = phased(lambda part: individuals(values[part]), 40, [20])
    assert set(parts.centre) == {11.0, 31.0}
    assert parts.starts == (0, 20)
    assert not read(whole).quiet
    assert read(parts).quiet
    assert len(read(parts).runs) == 2


def test_signals_of_a_later_phase_stand_at_their_place_in_the_whole():
    values = [10.0, 12.0] * 10 + [30.0, 32.0] * 10 + [500.0]
    chart = phased(lambda part: individuals(values[part]), 41, [20])
    assert read(chart, [Rule.N1]).signals[0].points == (40,)


@pytest.mark.parametrize(
    "chart",
    [
        individuals(CALM),
        individuals(CALM, Spread.MEDIAN),
        individuals(CALM, log=True),
        moving_range(CALM),
        run_chart(CALM),
        c_chart(CALM),
        g_chart(CALM),
        t_chart(CALM),
        xbar_chart([CALM[at : at + 4] for at in range(17)]),
        range_chart([CALM[at : at + 4] for at in range(17)]),
        sd_chart([CALM[at : at + 4] for at in range(17)]),
    ],
    ids=lambda chart: chart.sort,
)
def test_every_frozen_baseline_draws_its_own_chart_again(chart):
    again = judged(freeze(chart), chart.values)
    assert (again.lower, again.upper, again.centre, again.z) == (chart.lower, chart.upper, chart.centre, chart.z)


@pytest.mark.parametrize("starts", [[0], [5, 5], [8, 3], [99]])
def test_phases_must_follow_each_other(starts):
    with pytest.raises(Refusal, match=r"methods\.outside"):
        phased(lambda part: c_chart(CALM[part]), 20, starts)
