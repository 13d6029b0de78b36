"""Time studies: what the times tell, what is refused, and what the map gets of them."""

from __future__ import annotations

from datetime import timedelta

import msgspec
import pytest

from gemba.domain.process_maps import ProcessStep
from gemba.domain.time_studies import TimeCategory, TimeReading, TimeStudy
from gemba.domain.vocabularies import Facet
from gemba.errors import Refusal
from gemba.methods.time_study import cycles_needed
from gemba.work import process_maps, time_studies
from gemba.work.people import describe_person
from gemba.work.time_facts import facts_of
from gemba.work.time_feeding import StepTimes, feed, feeding
from gemba.work.vocabularies import Words, release

GREET, CHECK, WAIT, AGAIN = ("Greet", "Check papers", "Wait for system", "Type again")
ELEMENTS = (
    (GREET, TimeCategory.VALUE),
    (CHECK, TimeCategory.NECESSARY),
    (WAIT, TimeCategory.WAIT),
    (AGAIN, TimeCategory.REWORK),
)


@pytest.fixture
def study(desk, place):
    return time_studies.begin(desk, "Open an account", place, ELEMENTS, demand=60.0, available=7200.0).uid


def elements(desk, study):
    with desk.reader() as reader:
        return {one.title: one.uid for one in time_studies.elements_of(reader, study)}


def facts(desk, study):
    with desk.reader() as reader:
        return facts_of(reader, study)


def watch(desk, study, cycles):
    of = elements(desk, study)
    for times in cycles:
        time_studies.lap(desk, study, list(zip(of.values(), times, strict=False)))


def test_medians_ranges_takt_and_efficiency_on_one_path(desk, study):
    watch(desk, study, [(20, 30, 40, 10), (24, 30, 44, 10), (40, 36, 60, 10)])
    told = facts(desk, study)
    greet = told.elements[0]
    assert (greet.n, greet.median, greet.lowest, greet.highest) == (3, 24, 20, 40)
    assert told.cycles == 3
    assert told.takt == 120
    assert told.path == 24 + 30 + 44 + 10
    assert told.efficiency == pytest.approx(24 / 108)
    assert told.by_category[TimeCategory.REWORK] == 10
    assert any("Fewer than 10 cycles" in words for words in told.remarks)


def test_cycles_needed_are_those_of_the_element_that_varies_most(desk, study):
    watch(desk, study, [(20, 30, 40, 10), (24, 30, 44, 10), (40, 36, 60, 10)])
    told = facts(desk, study)
    mean = 28.0
    sd = (((20 - mean) ** 2 + (24 - mean) ** 2 + (40 - mean) ** 2) / 2) ** 0.5
    assert told.needed == cycles_needed(mean, sd)
    assert any(str(told.needed) in words for words in told.remarks)


def test_what_was_left_out_counts_no_more_and_comes_back(desk, study):
    watch(desk, study, [(20, 30, 40, 10), (90, 30, 44, 10)])
    with desk.reader() as reader:
        (foreign,) = [one for one in reader.find(TimeReading, study=study) if one.seconds == 90]
    time_studies.leave_out(desk, foreign.uid, "A call between")
    assert facts(desk, study).elements[0].highest == 20
    time_studies.leave_out(desk, foreign.uid, "")
    assert facts(desk, study).elements[0].highest == 90


def test_an_element_that_comes_twice_in_a_cycle_is_one_time(desk, study):
    of = elements(desk, study)
    time_studies.lap(desk, study, [(of[GREET], 5.0), (of[CHECK], 9.0), (of[GREET], 7.0)])
    assert (facts(desk, study).elements[0].n, facts(desk, study).elements[0].median) == (1, 12.0)


def test_work_beside_the_path_counts_in_no_efficiency_and_too_much_of_it_is_told(desk, study):
    watch(desk, study, [(20, 30, 40, 10)] * 2)
    of = elements(desk, study)
    time_studies.change_element(desk, of[CHECK], on_path=False)
    assert facts(desk, study).path == 70
    time_studies.change(desk, study, lead_time=15.0)
    told = facts(desk, study)
    assert told.efficiency is None
    assert any("beside the path" in words for words in told.remarks)


def test_nothing_can_be_told_before_every_element_of_the_path_was_watched(desk, study):
    of = elements(desk, study)
    time_studies.lap(desk, study, [(of[GREET], 5.0)])
    told = facts(desk, study)
    assert told.efficiency is None
    assert told.needed is None
    assert [one.median for one in told.elements] == [5.0, None, None, None]


def test_medians_feed_the_steps_of_the_map(desk, place):
    release(desk, Facet.STEP, Words(terms={"open": "Opening", "pay": "Payment"}))
    the_map = process_maps.make_map(desk, "Account").uid
    step = process_maps.add_step(desk, the_map, "Opening", code="open").uid
    study = time_studies.begin(desk, "Open an account", place, ELEMENTS, process_map=the_map).uid
    with pytest.raises(Refusal, match="study_of_no_step"):
        feed(desk, study)
    for uid in elements(desk, study).values():
        time_studies.change_element(desk, uid, step="Opening")
    watch(desk, study, [(20, 30, 40, 10)] * 2)
    with desk.reader() as reader:
        (change,) = feeding(reader, study)
        assert reader.get(ProcessStep, step).cycle is None
    assert (change.step, change.now.cycle, change.then) == (step, None, StepTimes(60, 20, 40))
    feed(desk, study)
    with desk.reader() as reader:
        changed = reader.get(ProcessStep, step)
        assert (changed.cycle, changed.value_adding, changed.wait) == (60, 20, 40)
        assert "2 cycles" in changed.evidence
        assert not any(one.changes for one in feeding(reader, study))


def test_a_study_without_a_map_feeds_none(desk, study):
    with pytest.raises(Refusal, match="study_without_map"):
        feed(desk, study)


def test_no_name_is_kept_with_times(desk, study, place):
    describe_person(desk, name="Marguerite Holloway")
    for said in (
        {"title": "Marguerite Holloway at the desk"},
        {"role": "Marguerite Holloway"},
        {"note": "Holloway was ill"},
    ):
        with pytest.raises(Refusal, match="name"):
            time_studies.change(desk, study, **said)
    with pytest.raises(Refusal, match="name"):
        time_studies.begin(desk, "Account", place, [("Marguerite Holloway greets", TimeCategory.VALUE)])
    named = {field for field in TimeReading.__struct_fields__ if "name" in field or field == "role"}
    assert named == set()


@pytest.mark.parametrize("seconds", [0.0, -1.0, float("nan"), float("inf"), 8 * 86_400.0])
def test_times_that_are_none_are_refused_and_nothing_is_kept(desk, study, seconds):
    of = elements(desk, study)
    with pytest.raises(Refusal):
        time_studies.lap(desk, study, [(of[GREET], 3.0), (of[CHECK], seconds)])
    assert facts(desk, study).cycles == 0


def test_what_has_ended_takes_no_time_until_it_is_taken_up_again(desk, study):
    with pytest.raises(Refusal, match="study_without_times"):
        time_studies.finish(desk, study)
    watch(desk, study, [(1, 2, 3, 4)])
    time_studies.finish(desk, study)
    of = elements(desk, study)
    with pytest.raises(Refusal, match="study_ended"):
        time_studies.lap(desk, study, [(of[GREET], 3.0)])
    with pytest.raises(Refusal, match="study_ended"):
        time_studies.add_element(desk, study, "More", TimeCategory.WASTE)
    time_studies.go_on(desk, study)
    time_studies.lap(desk, study, [(of[GREET], 3.0)])
    with desk.reader() as reader:
        assert reader.get(TimeStudy, study).ended_at is None


@pytest.mark.parametrize(
    "said",
    [{"title": " "}, {"demand": 0.0}, {"available": -1.0}, {"precision": 0.0}, {"confidence": 1.0}, {"lead_time": 0.0}],
)
def test_a_study_that_makes_no_sense_is_refused(desk, study, said):
    with pytest.raises(Refusal, match="study_"):
        time_studies.change(desk, study, **said)


def test_times_taken_later_stand_behind_earlier_ones(desk, study):
    later = msgspec.structs.replace(desk, clock=lambda: desk.clock() + timedelta(hours=1))
    watch(desk, study, [(1, 2, 3, 4)])
    watch(later, study, [(5, 6, 7, 8)])
    assert [one.cycle for one in facts(desk, study).elements[0].readings] == [1, 2]
