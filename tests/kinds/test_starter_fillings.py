"""The starter templates as they are conducted: answered, scored, judged."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache

import pytest

from gemba import kinds
from gemba.forms.filling import Fill
from gemba.forms.reading import read
from gemba.kinds.model import Facts, Outcome
from gemba.shipped import resource

WALK, FRICTION, FIVE_S = "leader-gemba-walk.xlsx", "customer-friction-observation.xlsx", "5s-area-audit.xlsx"
SCALE = {WALK: "seen", FRICTION: "stopped", FIVE_S: "0"}
"""A choice that only the template's own scale has."""


@cache
def form(name: str):
    return read(resource("templates", name).read_bytes(), name=name)


def fill(name: str) -> Fill:
    return Fill(form(name), now=lambda: datetime(2026, 3, 2, 9, 30, tzinfo=UTC))


def items(sheet: Fill, name: str) -> list[str]:
    questions = [item.path for item in sheet.items() if item.kind == "question"]
    return [path for path in questions if SCALE[name] in {choice.name for choice in sheet.view(path).choices}]


def give(sheet: Fill, **answers: str) -> None:
    for name, value in answers.items():
        sheet.set(sheet.resolve(name), value)


def shown(sheet: Fill) -> set[str]:
    return {item.name for item in sheet.items()}


def answer_all(sheet: Fill, name: str, value: str) -> None:
    for path in items(sheet, name):
        sheet.set(path, value)


def outcome(sheet: Fill, **more) -> Outcome:
    answered, questions = sheet.progress()
    facts = Facts(sheet.score(), tuple(sheet.missing()), answered, questions, **more)
    return kinds.by_code(str(sheet.form.attributes["kind"])).conclude(facts)


def friction() -> Fill:
    sheet = fill(FRICTION)
    give(sheet, role="counter", channel="counter", began="09:00", ended="11:30", served="12", hindered="3")
    give(sheet, hardest="Told their story twice", cause="process")
    return sheet


@pytest.mark.parametrize(("name", "count"), [(WALK, 17), (FRICTION, 20), (FIVE_S, 25)])
def test_the_form_reads_with_its_kind_languages_and_items(name, count):
    sheet = fill(name)
    assert form(name).languages == (
        "English (en)",
        "French (fr)",
        "Spanish (es)",
        "Arabic (ar)",
        "German (de)",
    )
    assert len(items(sheet, name)) == count
    assert kinds.by_code(form(name).attributes["kind"])


@pytest.mark.parametrize("name", [WALK, FRICTION, FIVE_S])
def test_every_label_shows_in_every_language(name):
    sheet = fill(name)
    for language in form(name).languages:
        sheet.language = language
        assert all(sheet.view(item.path).label not in {"", "-"} for item in sheet.items())


def test_the_day_is_filled_in_and_may_not_lie_ahead():
    sheet = fill(WALK)
    path = sheet.resolve("walked_on")
    assert sheet.view(path).value == "2026-03-02"
    assert sheet.verdict(path, "2026-03-03") == "constraint"
    assert sheet.verdict(path, "2026-03-01") == "ok"


def test_a_walk_can_be_concluded_when_the_promise_has_a_date():
    sheet = fill(WALK)
    answer_all(sheet, WALK, "seen")
    give(sheet, area="Counter 2", met="two clerks", obstacles="waiting twice", learned="They wait for a stamp.")
    assert {need.path.rsplit("/", 1)[-1] for need in outcome(sheet).missing} == {"promise", "promise_by"}
    give(sheet, promise="A stamp at counter 2", promise_by="2026-03-09")
    assert "promise_far" not in shown(sheet)
    assert (outcome(sheet).missing, outcome(sheet).grade, outcome(sheet).score) == ((), "walked", None)


def test_a_far_promise_is_questioned_with_the_days_it_takes():
    sheet = fill(WALK)
    give(sheet, promised="seen", promise_by="2026-04-01")
    assert sheet.view(sheet.resolve("promise_far")).label.startswith("30 days is long")


def test_no_obstacle_and_an_obstacle_exclude_one_another():
    sheet = fill(WALK)
    path = sheet.resolve("obstacles")
    assert sheet.verdict(path, "none waiting") == "constraint"
    assert sheet.verdict(path, "none") == sheet.verdict(path, "waiting system") == "ok"


def test_what_is_not_seen_asks_for_its_place_and_photo():
    sheet = fill(WALK)
    assert not {"where_it_waits", "unclear_photo"} & shown(sheet)
    give(sheet, waiting_visible="not_seen", customer_text_clear="not_seen")
    assert {"where_it_waits", "unclear_photo"} <= shown(sheet)


@pytest.mark.parametrize(
    ("choice", "percent", "grade"),
    [("effortless", 100.0, "easy"), ("smooth", 75.0, "some_friction"), ("bumpy", 50.0, "hard")],
)
def test_friction_is_scored_by_what_customers_went_through(choice, percent, grade):
    sheet = friction()
    answer_all(sheet, FRICTION, choice)
    found = outcome(sheet)
    assert (found.score, found.grade, found.missing, found.final) == (percent, grade, (), True)
    assert [section.percent for section in sheet.score().sections if section.percent is not None] == [percent] * 5


def test_a_single_case_at_a_critical_point_decides_the_whole():
    sheet = friction()
    answer_all(sheet, FRICTION, "effortless")
    give(sheet, privacy="stopped")
    assert {"caring_happened", "caring_photo"} <= shown(sheet)
    found = outcome(sheet)
    assert found.grade == "failed"
    assert found.score is not None
    assert found.score > 90
    assert {need.problem.value for need in found.missing} == {"required", "critical_note"}
    give(sheet, caring_happened="The next in the queue read the letter.")
    assert outcome(sheet, notes={sheet.resolve("privacy"): "Screen faces the queue."}).missing == ()


def test_what_did_not_happen_leaves_the_score_alone():
    sheet = friction()
    answer_all(sheet, FRICTION, "smooth")
    give(sheet, seen_first="na", never_left="na", kept_for_next="na")
    assert sheet.score().percent == 75.0
    assert outcome(sheet).missing == ()


def test_a_friction_sheet_barely_begun_has_no_grade():
    sheet = friction()
    give(sheet, found_us="effortless", noticed="effortless")
    assert (outcome(sheet).grade, outcome(sheet).final) == ("open", False)


def test_the_share_of_hindered_customers_is_told_and_bounded():
    sheet = friction()
    assert sheet.view(sheet.resolve("hindered_told")).label == "Customers who met an obstacle: 25 of 100."
    assert sheet.verdict(sheet.resolve("hindered"), "13") == "constraint"
    assert sheet.verdict(sheet.resolve("served"), "0") == "constraint"
    assert sheet.verdict(sheet.resolve("ended"), "09:00") != "ok"


def test_five_s_gives_percent_for_each_s_and_the_whole():
    sheet = fill(FIVE_S)
    for level, section in zip("54321", ("sort", "set_in_order", "shine", "standardise", "sustain"), strict=True):
        for path in items(sheet, FIVE_S):
            if f"/{section}/" in path:
                sheet.set(path, level)
    scores = sheet.score()
    assert [section.percent for section in scores.sections if section.percent is not None] == [100, 80, 60, 40, 20]
    assert scores.percent == 60.0
    assert outcome(sheet).grade == "on_the_way"
    assert {"standardise_gaps", "sustain_photo", "first_things"} <= shown(sheet)
    assert not {"sort_gaps", "shine_gaps"} & shown(sheet)
    assert sheet.view(sheet.resolve("low_told")).label.startswith("Standing at 2 or lower: 10 of 25")


def test_five_s_with_a_blocked_exit_fails_whatever_else_is_in_place():
    sheet = fill(FIVE_S)
    answer_all(sheet, FIVE_S, "5")
    give(sheet, ways_free="0")
    assert (outcome(sheet).grade, outcome(sheet).score) == ("failed", 96.0)


def test_five_s_needs_nine_tenths_of_its_questions():
    sheet = fill(FIVE_S)
    give(sheet, area="Back office", met="team lead")
    paths = items(sheet, FIVE_S)
    for path in paths[:22]:
        sheet.set(path, "4")
    assert outcome(sheet).grade == "open"
    sheet.set(paths[22], "4")
    assert (outcome(sheet).grade, outcome(sheet).missing) == ("kept_up", ())
