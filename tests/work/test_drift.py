from __future__ import annotations

import csv
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.work.auditing import another_person
from tests.work.drifting import Organisation

from gemba.domain.goals import Goal
from gemba.domain.judgements import Constraint
from gemba.domain.measures import Measure, MeasureSort, MeasureValue, Period
from gemba.domain.quarters import days_of, quarters_until
from gemba.errors import Refusal
from gemba.methods.proportions import compare_shares
from gemba.reports.heat_map import heat_drawing
from gemba.reports.picture_facts import Area, Label
from gemba.store.alignment_counts import Tally
from gemba.work.alignment_facts import Question
from gemba.work.alignment_words import heat_notes, outcome_words, shift_words
from gemba.work.drift_auditors import auditor_rates, auditor_warning, letter
from gemba.work.drift_causes import causes
from gemba.work.drift_cells import heat_map, mark
from gemba.work.drift_changes import shifts
from gemba.work.drift_files import heat_file
from gemba.work.drift_funnel import drift_funnel
from gemba.work.drift_pictures import heat_facts, trend_drawing
from gemba.work.drift_records import cases_behind
from gemba.work.drift_trend import outcomes, trends


@pytest.fixture
def world(desk):
    return Organisation(desk)


@pytest.fixture
def drifted(world):
    world.judged(world.harbour, "a" * 40 + "c" * 2)
    world.judged(world.station, "a" * 38 + "p" * 4)
    world.judged(world.market, "a" * 4 + "c" * 16)
    world.judged(world.market, "aaac", goal="once")
    return world


def test_a_cell_far_below_the_usual_is_marked_and_few_are_never_coloured(drifted, desk):
    found = heat_map(desk, Question())
    assert [row.title for row in found.rows] == ["All places", "Harbour", "Station", "Market"]
    assert found.cell(drifted.market, "told").mark == "below"
    assert found.cell(drifted.market, "once").mark == "few"
    assert found.cell(drifted.harbour, "once").mark == "none"
    assert next((one.rate.title, one.goal) for one in found.marked()) == ("Market", "told")
    plan = heat_drawing(heat_facts(found))
    words = [shape.words for shape in plan.picture.shapes if isinstance(shape, Label)]
    assert {"20 %", "too few", "95 %"} <= set(words)
    row, column = 3, [code for code, _ in found.goals].index("once") + 1
    left, top, wide, high = plan.box(row, column)
    grounds = [one for one in plan.picture.shapes if isinstance(one, Area) and (one.x, one.y) == (left, top)]
    assert [one.fill for one in grounds] == [""]
    assert plan.cell_at(left + wide / 2, top + high / 2) == (row, column)
    assert "chance alone" in heat_notes(found)[1]


def test_regions_hold_their_sites(drifted, desk):
    found = heat_map(desk, Question(), "region")
    assert [(row.title, row.cells[0].rate.judged) for row in found.rows] == [
        ("All places", 108),
        ("North", 84),
        ("South", 24),
    ]


@given(st.integers(0, 4), st.integers(0, 4), st.integers(0, 9))
def test_below_five_judged_no_cell_has_a_colour(aligned, contrary, untold):
    tally = Tally(aligned, 0, contrary, untold)
    usual = Tally(50, 0, 50, 0)
    if tally.judged < 5:
        assert mark(tally, usual) in ("few", "none")
    assert mark(tally, tally) != "below"


@pytest.mark.parametrize("ending", ["png", "csv", "pdf"])
def test_the_heat_map_is_a_file(drifted, desk, tmp_path, ending):
    out = tmp_path / f"heat.{ending}"
    heat_file(desk, heat_map(desk, Question()), Question(), out)
    assert out.read_bytes()[:4] == {"png": b"\x89PNG", "pdf": b"%PDF", "csv": b"\xef\xbb\xbfp"}[ending]
    if ending == "csv":
        rows = list(csv.DictReader(StringIO(out.read_text("utf-8-sig"))))
        (cell,) = [one for one in rows if one["place"] == "Market" and one["goal"] == "told"]
        assert (cell["aligned"], cell["rate"], cell["mark"]) == ("4", "0.2000", "below")


def test_no_name_of_a_place_becomes_a_formula(world, desk, tmp_path):
    world.judged(world.place("=1+1"), "aaaaaa")
    heat_file(desk, heat_map(desk, Question()), Question(), tmp_path / "heat.csv")
    assert "\n'=1+1," in (tmp_path / "heat.csv").read_text("utf-8-sig")


def test_another_ending_is_refused(desk, tmp_path):
    with pytest.raises(Refusal, match=r"heat\.docx"):
        heat_file(desk, heat_map(desk, Question()), Question(), tmp_path / "heat.docx")


def test_a_change_is_told_only_where_the_interval_leaves_out_zero(world, desk):
    world.judged(world.harbour, "a" * 30 + "c" * 2, quarter="2026-Q2")
    world.judged(world.harbour, "a" * 10 + "c" * 22, quarter="2026-Q3")
    world.judged(world.harbour, "a" * 10 + "c" * 2, goal="once", quarter="2026-Q2")
    world.judged(world.harbour, "a" * 9 + "c" * 3, goal="once", quarter="2026-Q3")
    found = shifts(desk, "2026-Q3", "goal")
    by = {one.key: one for one in found.groups}
    wanted = compare_shares(10, 32, 30, 32)
    assert by["told"].verdict == "down"
    assert (by["told"].difference, by["told"].low) == (wanted.difference, wanted.interval.low)
    assert by["once"].verdict == "untold"
    assert "no change can be told" in shift_words(by["once"])
    few = shifts(desk, "2026-Q4", "goal").groups[0]
    assert few.verdict == "few"
    assert found.whole.verdict == "down"


def test_small_sites_are_rings_in_the_funnel_and_the_far_one_stands_out(drifted, desk):
    drifted.judged(drifted.place("Kiosk"), "acc")
    found = drift_funnel(desk, Question())
    assert [point.small for point in found.points] == [True, False, False, False]
    assert [found.points[signal.points[0]].label for signal in found.signals] == ["Market"]
    assert found.points[0].label == "Kiosk"
    assert all(not found.points[at].small for signal in found.signals for at in signal.points)
    assert drift_funnel(desk, Question(place=drifted.south)).points == ()


def test_auditors_are_letters_and_sites_are_adjusted_for_them(world, desk):
    strict = another_person(desk, "Strict")
    for site in (world.harbour, world.station):
        world.judged(site, "a" * 36 + "c" * 4)
        world.judged(site, "a" * 8 + "c" * 12, auditor=strict)
    world.judged(world.market, "a" * 8 + "c" * 12, auditor=strict)
    found = auditor_rates(desk, Question())
    assert sorted(one.title for one in found.auditors) == ["A", "B"]
    assert found.differ
    assert "judge differently" in auditor_warning(found)
    market = next(one for one in found.sites if one.plain.title == "Market")
    assert market.adjusted > market.plain.rate + 0.1  # only a strict auditor has been there
    assert market.auditors == found.alone == 1
    assert "Strict" not in auditor_warning(found)


@pytest.mark.parametrize(("at", "wanted"), [(0, "A"), (25, "Z"), (26, "AA"), (27, "AB"), (701, "ZZ"), (702, "AAA")])
def test_letters_go_on(at, wanted):
    assert letter(at) == wanted


def test_causes_that_come_back_at_several_sites_are_grouped(world, desk):
    forced = {"constraint": Constraint.TARGET, "cause": "bonus"}
    for quarter in quarters_until("2026-Q2", 3):
        world.judged(world.harbour, "ac", quarter=quarter, constraint=Constraint.STAFF)
        world.judged(world.market, "c", quarter=quarter, constraint=Constraint.TIME)
    world.judged(world.harbour, "ccp", **forced)
    world.judged(world.market, "pp", **forced)
    world.judged(world.market, "c", constraint=Constraint.RULE)
    world.judged(world.station, "c")
    found = causes(desk, Question(quarters=("2026-Q3",)))
    assert (found.departures, found.unnamed, found.at_one_site) == (7, 1, 1)
    (group,) = found.groups
    assert (group.goal, group.constraint, group.cause, group.cases, group.contrary) == ("told", "target", "bonus", 5, 2)
    assert dict(group.sites) == {"Harbour": 3, "Market": 2}
    assert (group.verdict, "a" in group.fired, "c" in group.fired) == ("systemic", True, True)
    assert group.p < 0.01


def test_behind_a_cell_stand_decisions_and_judgements(drifted, desk):
    found = cases_behind(desk, Question(goals=("told",), place=drifted.market), verdicts=("contrary",))
    assert len(found) == 16
    assert {one.place for one in found} == {"Market"}
    assert {one.verdict for one in found} == {"contrary"}
    assert all(one.number.startswith("D-") and one.audit_number for one in found)


def test_goals_are_seen_beside_the_measure_that_customers_answer(world, desk):
    calls = Measure(
        uid=desk.ids(), code="calls", title="Calls asking where it is", sort=MeasureSort.VALUES, period=Period.QUARTER,
        direction="down", made_at=desk.clock(), person=desk.person.uid,
    )  # fmt: skip
    with desk.unit() as unit:
        unit.put(calls)
        unit.change(Goal, world.goals["told"], links=(f"measure:{calls.uid}",))
    quarters = quarters_until("2026-Q3", 6)
    for at, quarter in enumerate(quarters):
        world.judged(world.harbour, "a" * (4 + at) + "c" * (8 - at), quarter=quarter)
        value = MeasureValue(
            uid=desk.ids(), measure=calls.uid, begins=days_of(quarter)[0], value=100.5 - 10 * at, person=desk.person.uid
        )
        with desk.unit() as unit:
            unit.put(value)
    (trend,) = trends(desk, Question(), "2026-Q3")
    assert [one.rate is None for one in trend.quarters] == [True, True, *[False] * 6]
    assert "Goal told" in trend_drawing((trend,)).picture.spoken
    (found,) = outcomes(desk, Question(), "2026-Q3")
    assert (found.n, found.r, found.verdict) == (6, pytest.approx(-1), "with")
    assert "better off" in outcome_words(found)
