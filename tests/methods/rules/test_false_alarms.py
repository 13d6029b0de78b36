from __future__ import annotations

import pytest

from gemba.errors import Refusal
from gemba.methods.rules.false_alarms import above_mean, false_alarms, rise_on_last
from gemba.methods.rules.sets import DEFAULT
from gemba.methods.rules.zones import Rule
from gemba.methods.tails import poisson_tail


def test_the_measured_share_is_what_can_be_worked_out():
    """A point beyond 5 + 3 sqrt 5 = 11.7 is a count of 12 or more."""
    told = false_alarms([Rule.N1], mean=5, periods=24)
    exact = 1 - (1 - poisson_tail(12, 5)) ** 24
    assert told.interval.low - 0.01 <= exact <= told.interval.high + 0.01


def test_a_seed_gives_the_same_answer_and_says_how_it_was_drawn():
    one, other = (false_alarms(DEFAULT, mean=5, periods=12, series=200, seed="a") for _ in range(2))
    assert one == other
    assert (one.seed, one.algorithm, one.series, one.periods) == ("a", "mt19937-1", 200, 12)
    assert one != false_alarms(DEFAULT, mean=5, periods=12, series=200, seed="b")


def test_naive_thresholds_cry_wolf():
    assert false_alarms(rise_on_last(0.5), mean=5, periods=24, series=200).share > 0.95
    assert false_alarms(above_mean(1.25), mean=5, periods=24, series=200).share > 0.95
    assert false_alarms([Rule.ANHOEJ], mean=5, periods=24, series=200).share < 0.12


def test_more_rules_never_alarm_less():
    few = false_alarms([Rule.N1], mean=5, periods=24, series=300)
    more = false_alarms([Rule.N1, Rule.N2, Rule.N3], mean=5, periods=24, series=300)
    assert few.share <= more.share


def test_trial_limits_can_be_measured_too():
    assert 0 < false_alarms([Rule.N1], mean=2, periods=24, series=300, trial=True).share < 0.3


def test_what_cannot_be_simulated_is_refused():
    for wrong in ({"mean": 0, "periods": 24}, {"mean": 5, "periods": 1}, {"mean": 5, "periods": 24, "series": 0}):
        with pytest.raises(Refusal, match=r"methods\.outside"):
            false_alarms(**wrong)
