"""What an assessment comes to: rules that hold for every kind, and what is particular to each."""

from __future__ import annotations

import ast
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gemba import kinds
from gemba.domain.findings import Finding, FindingGrade, FindingState
from gemba.errors import Refusal
from gemba.forms.views import Missing, Score, SectionScore
from gemba.kinds import registry
from gemba.kinds.model import FAILED, OPEN, UNSCORED, Facts, Grade, Kind, Problem, Tone
from gemba.kinds.needs import enough_answered
from gemba.wording import LONG, sentence, use

each_kind = pytest.mark.parametrize("kind", kinds.ALL.values(), ids=kinds.ALL)
scored_kind = pytest.mark.parametrize(
    "kind", [kind for kind in kinds.ALL.values() if kind.scored], ids=lambda k: k.code
)
percents = st.floats(0, 100)

CHECKLIST, WALK, ROTATION, AREA_AUDIT = (
    kinds.by_code(code) for code in ("checklist", "walk", "rotation", "area_audit")
)


def score(percent=None, *, critical=(), unanswered=0, answered=20, sections=()) -> Score:
    items = {f"/data/s/q{n}": (1.0, 1.0) for n in range(answered)} if percent is not None else {}
    return Score(
        points=percent or 0.0,
        possible=100.0,
        percent=percent,
        sections=tuple(SectionScore(f"/data/{title}", title, part, 100, part, 5, 5) for title, part in sections),
        critical_failed=tuple(critical),
        unanswered=unanswered,
        items=items,
    )


def facts(percent=None, **more) -> Facts:
    of_score = {key: more.pop(key) for key in ("critical", "unanswered", "sections") if key in more}
    scored = score(percent, answered=more.pop("scored", 20), **of_score)
    return Facts(score=scored, **{"answered": 20, "questions": 20, **more})


def finding(grade=FindingGrade.MINOR, path="", state=FindingState.OPEN) -> Finding:
    return Finding(
        uid="f",
        number="F-1",
        assessment="a",
        place="p",
        path=path,
        criterion="c",
        grade=grade,
        text="t",
        state=state,
        raised_at=datetime(2026, 1, 1, tzinfo=UTC),
        person="x",
    )


def rank(kind: Kind, code: str) -> int:
    """Higher is better, among the grades earned by points."""
    earned = [grade.code for grade in kind.grades if grade.at_least is not None]
    return -earned.index(code)


@scored_kind
@given(percents, percents)
def test_more_points_never_give_a_worse_grade(kind, one, other):
    low, high = sorted((one, other))
    assert rank(kind, kind.conclude(facts(low)).grade) <= rank(kind, kind.conclude(facts(high)).grade)


@scored_kind
@given(percents, st.integers(0, 40), st.integers(1, 40), st.booleans())
def test_a_critical_failure_outweighs_everything(kind, percent, unanswered, scored, noted):
    path = "/data/s/q0"
    notes = {path: "seen"} if noted else {}
    outcome = kind.conclude(facts(percent, critical=[path], unanswered=unanswered, scored=scored, notes=notes))
    assert outcome.grade == FAILED.code
    assert kind.grade(outcome.grade).tone is Tone.POOR
    assert outcome.score == percent


@scored_kind
@given(percents, st.integers(0, 100), st.integers(0, 100))
def test_no_score_of_too_few_answers_is_final(kind, percent, scored, unanswered):
    found = facts(percent, scored=scored, unanswered=unanswered)
    outcome = kind.conclude(found)
    if not outcome.final:
        assert outcome.grade == OPEN.code
        assert [need.problem for need in outcome.missing] == [Problem.TOO_FEW]
    if outcome.final and scored + unanswered:
        assert scored / (scored + unanswered) >= 0.5


@each_kind
@given(st.none() | percents, st.integers(0, 20), st.lists(st.sampled_from(FindingGrade), max_size=4))
def test_every_outcome_is_a_declared_grade_and_a_sentence(kind, percent, unanswered, grades):
    outcome = kind.conclude(facts(percent, unanswered=unanswered, findings=tuple(finding(grade) for grade in grades)))
    assert outcome.grade in {grade.code for grade in kind.grades}
    assert outcome.summary.endswith(".")
    assert "?" not in outcome.summary
    assert "{" not in outcome.summary


@each_kind
def test_the_same_facts_give_the_same_outcome(kind):
    assert kind.conclude(facts(77.7)) == kind.conclude(facts(77.7))


@each_kind
def test_grades_are_declared_from_the_best_down_and_told_apart(kind):
    bars = [grade.at_least for grade in kind.grades if grade.at_least is not None]
    assert bars == sorted(bars, reverse=True)
    assert not bars or bars[-1] == 0
    assert len({grade.code for grade in kind.grades}) == len({grade.title for grade in kind.grades}) == len(kind.grades)


@each_kind
def test_what_the_form_misses_stands_in_the_way(kind):
    gaps = (Missing("/data/a", "Which area?", "required"), Missing("/data/b", "On which day?", "constraint"))
    outcome = kind.conclude(facts(90.0, missing=gaps))
    assert [(need.path, need.label, need.problem) for need in outcome.missing] == [
        ("/data/a", "Which area?", Problem.REQUIRED),
        ("/data/b", "On which day?", Problem.CONSTRAINT),
    ]
    assert all(need.why for need in outcome.missing)


@each_kind
def test_a_critical_failure_asks_for_a_note_or_a_finding(kind):
    path = "/data/s/privacy"
    (need,) = kind.conclude(facts(90.0, critical=[path])).missing
    assert (need.path, need.label, need.problem) == (path, "privacy", Problem.CRITICAL_NOTE)
    (need,) = kind.conclude(facts(90.0, critical=[path], notes={path: "  "}, labels={path: "Was it private?"})).missing
    assert need.label == "Was it private?"
    assert not kind.conclude(facts(90.0, critical=[path], notes={path: "The queue could read along."})).missing
    assert not kind.conclude(facts(90.0, critical=[path], findings=(finding(path=path),))).missing


@pytest.mark.parametrize(
    ("kind", "percent", "grade"),
    [
        (ROTATION, 85.0, "easy"),
        (ROTATION, 84.96, "easy"),
        (ROTATION, 84.94, "some_friction"),
        (ROTATION, 65.0, "some_friction"),
        (ROTATION, 64.9, "hard"),
        (AREA_AUDIT, 80.0, "kept_up"),
        (AREA_AUDIT, 60.0, "on_the_way"),
        (AREA_AUDIT, 0.0, "begin_here"),
        (CHECKLIST, 90.0, "good"),
        (CHECKLIST, 70.0, "fair"),
        (CHECKLIST, 69.9, "poor"),
    ],
)
def test_bands_begin_where_they_say_as_printed(kind, percent, grade):
    assert kind.conclude(facts(percent)).grade == grade


def test_a_checklist_without_points_is_done_not_judged():
    outcome = CHECKLIST.conclude(facts(None))
    assert (outcome.grade, outcome.score, outcome.final) == (UNSCORED.code, None, True)
    assert outcome.summary == "Done, not scored."


def test_a_walk_is_never_judged_only_followed_up():
    assert {grade.tone for grade in WALK.grades} == {Tone.PLAIN}
    assert WALK.conclude(facts(None)).grade == "walked"
    assert WALK.conclude(facts(None, findings=(finding(FindingGrade.GOOD_PRACTICE),))).grade == "walked"
    assert WALK.conclude(facts(None, findings=(finding(state=FindingState.CLOSED),))).grade == "walked"
    assert WALK.conclude(facts(None, findings=(finding(),))).grade == "to_follow"


def test_what_does_not_apply_counts_neither_as_answered_nor_as_missing():
    """Four scored answers, sixteen that did not apply: nothing is unanswered."""
    outcome = ROTATION.conclude(facts(75.0, scored=4, unanswered=0))
    assert (outcome.final, outcome.grade) == (True, "some_friction")


def test_the_share_is_met_exactly_at_its_limit():
    rule = enough_answered(0.8)
    assert rule(facts(50.0, scored=8, unanswered=2)) == ()
    (need,) = rule(facts(50.0, scored=7, unanswered=3))
    assert need.label == "7 of 10 questions answered, 80 % needed"


def test_an_unscored_form_counts_all_its_questions():
    assert [need.problem for need in WALK.conclude(facts(None, answered=5, questions=20)).missing] == [Problem.TOO_FEW]
    assert not WALK.conclude(facts(None, answered=12, questions=20)).missing


def test_the_summary_tells_score_failure_weakest_section_and_findings():
    found = facts(
        71.25,
        critical=["/data/s/privacy"],
        notes={"/data/s/privacy": "seen"},
        unanswered=1,
        sections=[("Welcome", 80.0), ("When it goes wrong", 41.7)],
        findings=(finding(), finding(FindingGrade.MAJOR), finding(FindingGrade.GOOD_PRACTICE)),
    )
    assert ROTATION.conclude(found).summary == (
        "Critical failure: 71.2 %. 1 critical question failed. Weakest section: When it goes wrong (42 %). "
        "1 question is not answered. 2 findings need action. 1 good practice to copy."
    )


def test_a_summary_of_equal_sections_names_none_as_weakest():
    assert "Weakest" not in AREA_AUDIT.conclude(facts(80.0, sections=[("Sort", 80.0), ("Shine", 80.0)])).summary


def test_texts_follow_the_chosen_language():
    use(LONG)
    try:
        assert "·" in AREA_AUDIT.conclude(facts(80.0)).summary
    finally:
        use("en")


def test_an_unknown_kind_is_refused_with_the_nearest():
    with pytest.raises(Refusal) as caught:
        kinds.by_code("area-audit")
    assert caught.value.code == "kinds.unknown"
    assert "area_audit" in sentence(caught.value)


def test_a_grade_of_a_newer_program_still_has_a_name():
    assert ROTATION.grade("wonderful") == Grade("wonderful", "wonderful")


@each_kind
def test_a_kind_knows_no_other_kind(kind):
    """A new kind is one file; it can be read, changed and thrown away alone."""
    source = Path(registry.__file__).with_name(f"{kind.code}.py")
    imported = {
        node.module for node in ast.walk(ast.parse(source.read_text("utf-8"))) if isinstance(node, ast.ImportFrom)
    }
    assert imported <= {f"gemba.kinds.{room}" for room in ("model", "needs", "judging", "telling")}


def test_a_person_is_offered_the_plain_checklist_first():
    assert next(iter(kinds.ALL.values())) is kinds.CHECKLIST
    assert all(kind.code == code for code, kind in kinds.ALL.items())
