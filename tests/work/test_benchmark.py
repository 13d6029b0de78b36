from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.work.auditing import another_person, judge, promise
from tests.work.drifting import Organisation

from gemba.domain.assessments import Assessment, AssessmentState
from gemba.domain.conclusions import Conclusion
from gemba.domain.programmes import Audit
from gemba.domain.templates import Template
from gemba.errors import Refusal
from gemba.work.alignment_facts import Question
from gemba.work.benchmark import benchmark, demand_compared
from gemba.work.benchmark_lines import BenchLine, ranked
from gemba.work.benchmark_scores import benchmark_scores


@pytest.fixture
def world(desk):
    return Organisation(desk)


def test_places_judged_by_the_same_version_are_ranked_where_intervals_separate(world, desk):
    world.judged(world.harbour, "a" * 45 + "c" * 5)
    world.judged(world.station, "a" * 44 + "c" * 6)
    world.judged(world.market, "a" * 20 + "c" * 30)
    found = benchmark(desk, [world.harbour, world.station, world.market], Question())
    (one,) = found.comparisons
    assert [(line.title, line.best_rank, line.worst_rank) for line in one.lines] == [
        ("Harbour", 1, 2),
        ("Station", 1, 2),
        ("Market", 3, 3),
    ]
    assert all(line.low < line.value < line.high for line in one.lines)
    demand_compared(found)


def test_overlapping_intervals_are_not_ranked(world, desk):
    world.judged(world.harbour, "a" * 9 + "c")
    world.judged(world.market, "a" * 7 + "ccc")
    (one,) = benchmark(desk, [world.harbour, world.market], Question()).comparisons
    assert {line.best_rank for line in one.lines} == {None}
    assert "No ranking" in one.ranking


def test_an_adaptation_is_another_definition_and_refuses_with_its_reason(world, desk):
    adapted = promise(desk, "told", core=world.goals["told"], place=world.south, reason="The boat comes weekly.")
    world.judged(world.harbour, "a" * 9 + "c")
    world.judged(world.market, "a" * 9 + "c", goal=adapted)
    found = benchmark(desk, [world.harbour, world.market], Question())
    (one,) = found.comparisons
    assert not one.lines
    for words in ("Harbour: version 1", "adaptation of South", "The boat comes weekly."):
        assert words in one.refused
    with pytest.raises(Refusal, match="The boat comes weekly") as refused:
        demand_compared(found)
    assert refused.value.code == "work.benchmark_refused"


def test_only_what_was_judged_by_a_version_that_all_share_is_compared(world, desk):
    later = promise(desk, "told", version=2, replaces=world.goals["told"])
    world.judged(world.harbour, "a" * 6)
    world.judged(world.harbour, "c" * 7, goal=later)
    world.judged(world.market, "a" * 5)
    (one,) = benchmark(desk, [world.harbour, world.market], Question()).comparisons
    assert [line.n for line in one.lines] == [6, 5]
    assert "7 verdicts" in one.notes[0]


def test_nobody_is_ranked_while_auditors_judge_differently(world, desk):
    strict = another_person(desk)
    world.judged(world.harbour, "a" * 45 + "c" * 5)
    world.judged(world.market, "a" * 15 + "c" * 35, auditor=strict)
    found = benchmark(desk, [world.harbour, world.market], Question())
    assert "judge differently" in found.warning
    assert "auditors judge differently" in found.comparisons[0].ranking
    assert {line.best_rank for line in found.comparisons[0].lines} == {None}


def test_nobody_is_ranked_while_two_auditors_agree_too_little(world, desk):
    other = another_person(desk)
    decisions = world.judged(world.harbour, "a" * 45 + "c" * 5)
    world.judged(world.market, "a" * 15 + "c" * 35)
    audit = world.audit(world.harbour, "2026-Q3", desk.person.uid)
    with desk.unit() as unit:
        unit.change(Audit, audit, second=other)
    for at, decision in enumerate(decisions[:30]):
        said = {"auditor": other, "is_lead": False, "handed_in_at": desk.clock()}
        judge(desk, audit, decision, world.goals["told"], ["aligned", "contrary"][at % 2], **said)
    found = benchmark(desk, [world.harbour, world.market], Question())
    assert "too low" in found.warning
    assert "agree too little" in found.comparisons[0].ranking
    assert [line.n for line in found.comparisons[0].lines] == [50, 50]  # a second opinion counts nowhere


def test_one_place_and_a_place_within_another_are_refused(world, desk):
    for places, code in (
        ([world.harbour], "benchmark_places"),
        ([world.harbour, world.harbour], "benchmark_places"),
        ([world.north, world.counter], "benchmark_nested"),
    ):
        with pytest.raises(Refusal) as refused:
            benchmark(desk, places, Question())
        assert refused.value.code == f"work.{code}"
    with pytest.raises(Refusal, match="benchmark_nothing"):
        demand_compared(benchmark(desk, [world.harbour, world.market], Question()))


@given(st.lists(st.tuples(st.integers(0, 100), st.integers(0, 50)), min_size=2, max_size=8))
def test_whoever_is_ranked_before_another_has_an_interval_wholly_above(pairs):
    lines = [
        BenchLine(key=str(at), title=str(at), n=9, value=low + wide / 2, low=float(low), high=float(low + wide))
        for at, (low, wide) in enumerate(pairs)
    ]
    found = ranked("", "", lines, (), fewest=5)
    for one in found.lines:
        for other in found.lines:
            if one.worst_rank is not None and other.best_rank is not None and one.worst_rank < other.best_rank:
                assert one.low > other.high
    apart = any(one.low > other.high for one in lines for other in lines)
    assert all((line.best_rank is not None) == apart for line in found.lines)


class Scores:
    """Concluded walks with scores."""

    def __init__(self, desk) -> None:
        self.desk = desk
        with desk.reader() as reader:
            self.core = reader.find(Template, kind="area_audit")[0]

    def overlay(self, **fields):
        said = {name: getattr(self.core, name) for name in Template.__struct_fields__}
        made = Template(**{**said, "uid": self.desk.ids(), "core": self.core.uid, "overlay": "o", **fields})
        with self.desk.unit() as unit:
            unit.put(made)
        return made

    def walk(self, template, place, score, core_score=None):
        now, person = self.desk.clock(), self.desk.person.uid
        made = Assessment(
            uid=self.desk.ids(), number="A", template=template.uid, kind=template.kind, title="t", place=place,
            person=person, started_at=now, concluded_at=now, state=AssessmentState.CONCLUDED, score=score,
        )  # fmt: skip
        conclusion = Conclusion(
            uid=self.desk.ids(), assessment=made.uid, score=score, grade="", core_score=core_score, concluded_at=now,
            person=person,
        )  # fmt: skip
        with self.desk.unit() as unit:
            unit.put(made)
            unit.put(conclusion)


def test_only_the_core_of_a_checklist_is_compared(world, desk):
    scores = Scores(desk)
    overlay = scores.overlay(region="South")
    for at in range(12):
        scores.walk(scores.core, world.harbour, 80.0 + at % 3)
        scores.walk(overlay, world.market, 20.0, core_score=81.0 + at % 3)
    found = benchmark_scores(desk, [world.harbour, world.market], scores.core.form_id)
    assert sorted((line.title, line.n, line.value) for line in found.lines) == [
        ("Harbour", 12, pytest.approx(81)),
        ("Market", 12, pytest.approx(82)),
    ]


def test_another_core_refuses_the_comparison(world, desk):
    scores = Scores(desk)
    newer = scores.overlay(core=None, overlay="", version="99", source="f" * 64)
    for _ in range(10):
        scores.walk(scores.core, world.harbour, 80.0)
        scores.walk(newer, world.market, 81.0)
    found = benchmark_scores(desk, [world.harbour, world.market], scores.core.form_id)
    assert not found.lines
    assert "Market: 99 (ffffffff)" in found.refused
    with pytest.raises(Refusal, match="nonsense"):
        benchmark_scores(desk, [world.harbour, world.market], "nonsense")
