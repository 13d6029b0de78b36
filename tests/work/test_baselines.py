from __future__ import annotations

from datetime import date

import pytest
from tests.work.charting import STEADY, go_on, measure_of
from tests.work.complaining import complain

from gemba.domain.vocabularies import Facet, Vocabulary
from gemba.errors import Refusal
from gemba.work.baselines import freeze
from gemba.work.chart_facts import chart_of
from gemba.work.frozen_limits import frozen
from gemba.work.measures import NewMeasure, add


def test_a_frozen_baseline_judges_what_comes_later_and_does_not_move(desk):
    uid = measure_of(desk, STEADY)
    before = chart_of(desk, uid)
    freeze(desk, uid, reason="first baseline")
    go_on(desk, uid, (40, 41, 42), date(2026, 1, 1))
    after = chart_of(desk, uid)
    assert after.points[0].upper == before.points[0].upper
    assert after.points[-1].upper == before.points[0].upper
    assert after.phases[0].frozen
    assert not after.phases[0].provisional
    assert [signal.points for signal in after.signals if signal.rule == "N1"] == [(24, 25, 26)]


@pytest.mark.parametrize(("points", "provisional"), [(12, True), (19, True), (20, False)])
def test_from_twelve_points_a_baseline_is_provisional(desk, points, provisional):
    uid = measure_of(desk, STEADY[:points])
    freeze(desk, uid, reason="first baseline")
    with desk.reader() as reader:
        (record,) = frozen(reader, uid)
    assert (record.provisional, record.points) == (provisional, points)
    assert any("provisional" in note for note in chart_of(desk, uid).notes) == provisional


def test_below_twelve_points_and_without_a_reason_nothing_is_frozen(desk):
    uid = measure_of(desk, STEADY[:11])
    with pytest.raises(Refusal, match="baseline_points"):
        freeze(desk, uid, reason="first baseline")
    with pytest.raises(Refusal, match="baseline_reason"):
        freeze(desk, uid, reason=" ")


def test_a_new_baseline_takes_over_from_its_day_and_the_old_one_stays(desk):
    uid = measure_of(desk, (*STEADY, *(value * 3 for value in STEADY)))
    freeze(desk, uid, reason="first", ends=date(2025, 12, 1))
    freeze(desk, uid, reason="the verified change", begins=date(2026, 1, 1))
    facts = chart_of(desk, uid)
    assert [phase.start for phase in facts.phases] == [0, 24]
    assert facts.points[23].centre < facts.points[24].centre
    assert not [signal for signal in facts.signals if signal.rule == "N1"]
    with pytest.raises(Refusal, match="baseline_backwards"):
        freeze(desk, uid, reason="again", begins=date(2025, 1, 1))


def test_another_chart_does_not_use_it_and_says_so(desk):
    uid = measure_of(desk, STEADY)
    freeze(desk, uid, reason="first")
    facts = chart_of(desk, uid, "i")
    assert not facts.phases[0].frozen
    assert any("another chart" in note for note in facts.notes)


@pytest.mark.parametrize("kind", ["run", "i", "laney-u", "ewma"])
def test_every_chart_with_limits_keeps_its_own(desk, kind):
    uid = measure_of(desk, STEADY, chart=kind)
    trial = chart_of(desk, uid)
    freeze(desk, uid, reason="first")
    held = chart_of(desk, uid)
    assert held.points[3].centre == pytest.approx(trial.points[3].centre)
    assert held.points[3].upper == pytest.approx(trial.points[3].upper)
    assert held.phases[0].frozen


def test_codes_that_changed_ask_for_a_new_baseline(desk):
    uid = add(desk, NewMeasure(code="late", filters={"cause": "late"})).uid
    for week in range(1, 15):
        complain(desk, date.fromisocalendar(2025, week, 3), cause="late")
    freeze(desk, uid, reason="first", kind="c", ends=date(2025, 3, 30))
    assert not any("codes of cause" in note for note in chart_of(desk, uid).notes)
    with desk.unit() as unit:
        unit.put(
            Vocabulary(
                uid=desk.ids(),
                facet=Facet.CAUSE,
                version=2,
                terms={"late": "Late"},
                released_at=desk.clock(),
                person=desk.person.uid,
            )
        )
    assert any("codes of cause" in note for note in chart_of(desk, uid).notes)
