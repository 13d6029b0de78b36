"""The starter library: fourteen workbooks that a person may open, trust and change."""

from __future__ import annotations

import hashlib
import re
from datetime import UTC, datetime
from functools import cache
from io import BytesIO

import openpyxl
import pytest
from pyxform.xls2xform import convert
from resources.starters.build import entry, workbook
from resources.starters.source import Cells, Layout, lay_out, stems

from gemba import kinds
from gemba.forms.editing.languages import OFFERED
from gemba.forms.filling import Fill
from gemba.forms.reading import read
from gemba.forms.views import Score, View
from gemba.forms.workbook import convert as convert_ours
from gemba.shipped import resource
from gemba.work.starters import starters

TABLE = {
    "leader-gemba-walk": [3, 4, 4, 4, 2],
    "customer-friction-observation": [4, 5, 4, 4, 3],
    "5s-area-audit": [5] * 5,
    "layered-process-audit": [2, 4, 4, 2],
    "store-visit": [4, 4, 6, 6, 4, 4, 2],
    "branch-visit": [3, 4, 4, 4, 8, 8, 5, 4],
    "contact-interaction-review": [3, 5, 5, 3, 2],
    "complaint-file-review": [3, 2, 4, 4, 3, 2, 4],
    "complaint-system-self-assessment": [3] * 10,
    "sustainment-audit": [4, 3, 3, 2],
    "quarterly-alignment-audit": [3, 4, 3, 3, 2],
    "eight-wastes-walk": [2] * 8,
    "cx-practice-maturity": [2] * 4,
    "alignment-audit-conduct": [],
}
"""Items by section, as the method asks for them."""
SPOKEN = {"en": "English (en)", "fr": "French (fr)", "es": "Spanish (es)", "ar": "Arabic (ar)"}
TEXTS = ("label", "hint", "guidance_hint", "required_message", "constraint_message")
SAME_WORD = {"Conclusion", "Information"}
"""Words that French spells as English does."""

each = pytest.mark.parametrize("stem", TABLE)


@cache
def layout(stem: str) -> Layout:
    return lay_out(stem)


@cache
def shipped(stem: str) -> bytes:
    return resource("templates", f"{stem}.xlsx").read_bytes()


@cache
def form(stem: str):
    return read(shipped(stem), name=f"{stem}.xlsx")


def items(stem: str) -> list[Cells]:
    wanted = {name for names in layout(stem).items.values() for name in names}
    return [row for row in layout(stem).survey if row["name"] in wanted and str(row["type"]).startswith("select_one")]


def lists(stem: str) -> set[str]:
    """The lists that items are answered from."""
    return {str(row["type"]).split()[1] for row in items(stem)}


def spoken(stem: str):
    """Every cell of the survey and the choices as (place, column, language -> text)."""
    for row in [*layout(stem).survey, *layout(stem).choices]:
        for column in TEXTS:
            yield row["name"], column, {code: str(row.get(f"{column}::{name}", "")) for code, name in SPOKEN.items()}


def test_the_library_holds_the_fourteen_in_the_order_of_the_table():
    assert stems() == list(TABLE)
    assert {file.stem for file in resource("templates").glob("*.xlsx")} == set(TABLE)
    assert {file.stem for file in resource("templates", "xforms").glob("*.xml")} == set(TABLE)
    assert sum(sum(counts) for counts in TABLE.values()) == 265


@each
def test_sections_and_items_are_as_many_as_the_method_asks(stem):
    assert [len(names) for names in layout(stem).items.values()] == TABLE[stem]


@each
def test_the_workbook_is_what_its_source_says(stem):
    ours, theirs = (openpyxl.load_workbook(BytesIO(data)) for data in (workbook(layout(stem)), shipped(stem)))
    assert theirs.sheetnames == ["survey", "choices", "settings", "about"]
    for name in theirs.sheetnames:
        assert list(ours[name].values) == list(theirs[name].values), name


@each
def test_building_twice_makes_the_same_bytes(stem):
    assert workbook(layout(stem)) == workbook(lay_out(stem))


@each
def test_pyxform_converts_it_strictly_and_without_a_warning(stem):
    warnings: list[str] = []
    convert(shipped(stem), warnings=warnings)
    assert warnings == []


@each
def test_the_form_beside_the_workbook_is_the_one_it_becomes(stem):
    beside = resource("templates", "xforms", f"{stem}.xml").read_text("utf-8")
    assert beside == convert_ours(shipped(stem), f"{stem}.xlsx")


@each
def test_the_catalogue_says_what_the_workbook_is(stem):
    (told,) = [each for each in starters() if each.file == f"{stem}.xlsx"]
    assert told.sha256 == hashlib.sha256(shipped(stem)).hexdigest()
    said = entry(layout(stem), shipped(stem))
    assert {key: getattr(told, key) for key in said} == said
    assert (told.form_id, told.version, told.kind) == (
        form(stem).form_id,
        form(stem).version,
        form(stem).attributes["kind"],
    )
    assert form(stem).attributes["budget_minutes"] == str(told.minutes)
    assert kinds.by_code(told.kind)
    assert set(told.title) == set(told.about) >= set(SPOKEN)


@each
def test_every_text_stands_in_four_languages_and_no_two_are_the_same(stem):
    for name, column, texts in spoken(stem):
        assert all(texts.values()) or not any(texts.values()), (name, column)
        if not texts["en"] or texts["en"] in SAME_WORD:
            continue
        assert len(set(texts.values())) == len(SPOKEN), (name, column, texts)
        assert re.search("[\u0621-\u064a]", texts["ar"]), (name, column)
        assert not re.search("[A-Za-z]", re.sub(r"\$\{\w+\}|5S|\bS\b", "", texts["ar"])), (name, column)
        assert not re.search("[\u0621-\u064a]", texts["fr"] + texts["es"]), (name, column)


@each
def test_its_languages_are_named_as_the_editor_names_them(stem):
    assert set(form(stem).languages) <= set(OFFERED)


@each
def test_answers_of_others_stand_in_a_text_in_every_language_alike(stem):
    for name, column, texts in spoken(stem):
        assert len({tuple(re.findall(r"\$\{\w+\}", words)) for words in texts.values()}) == 1, (name, column)


@each
def test_an_item_is_one_short_statement(stem):
    for row in items(stem):
        words = str(row["label::English (en)"])
        assert len(words) <= 140, words
        assert words.endswith("."), words
        assert words[0].isupper(), words
        assert " and " not in words, words
        assert ";" not in words, words
        for language in SPOKEN.values():
            assert str(row[f"label::{language}"]).endswith("."), row["name"]
            assert len(str(row[f"label::{language}"])) <= 140, row["name"]


@each
def test_an_item_says_where_to_look_or_what_to_ask(stem):
    assert not [row["name"] for row in items(stem) if not row.get("hint::English (en)")]


@each
def test_what_is_critical_says_why_it_matters_to_the_customer(stem):
    critical = [row for row in layout(stem).survey if row.get("bind::gemba:critical")]
    assert not [row["name"] for row in critical if not row.get("guidance_hint::English (en)")]


@each
def test_every_point_of_a_scale_says_what_one_sees(stem):
    for choice in layout(stem).choices:
        if choice["list_name"] in lists(stem):
            words = re.sub(r"^\d ", "", str(choice["label::English (en)"]))
            assert len(words.split()) >= 2, words


@each
def test_names_are_used_once(stem):
    names = [row["name"] for row in layout(stem).survey if row["type"] not in {"end_group", "end_repeat"}]
    assert len(names) == len(set(names))


# -- as they are filled --------------------------------------------------------------------------------------------


def begun(stem: str) -> Fill:
    return Fill(form(stem), now=lambda: datetime(2026, 3, 2, 9, 30, tzinfo=UTC))


def filled(stem: str, pick) -> tuple[Fill, Score]:
    """The sheet with every item answered by the choice that `pick` takes of its choices."""
    sheet = begun(stem)
    for row in items(stem):
        path = sheet.resolve(str(row["name"]))
        sheet.set(path, pick(sheet.view(path)))
    return sheet, sheet.score()


def best(view: View) -> str:
    return max((each for each in view.choices if each.score is not None), key=lambda each: each.score or 0.0).name


def worst(view: View) -> str:
    return min((each for each in view.choices if each.score is not None), key=lambda each: each.score or 0.0).name


def beside_the_point(view: View) -> str:
    return next(each.name for each in view.choices if each.score is None)


SCORED = [stem for stem in TABLE if stem not in {"leader-gemba-walk", "alignment-audit-conduct"}]
WITHOUT_NA = {"5s-area-audit", "complaint-system-self-assessment", "eight-wastes-walk", "cx-practice-maturity"}
APART = {"contact-interaction-review": {"compliance": 3}}
CRITICAL = {
    "customer-friction-observation": {"access", "cost_told", "privacy", "never_left"},
    "5s-area-audit": {"unsafe_out", "ways_free"},
    "layered-process-audit": {"control_done", "right_customer"},
    "store-visit": {"way_in_free", "aisles_free"},
    "branch-visit": {"voices_low", "cost_whole", "risk_said"},
    "contact-interaction-review": {"identified", "duty_told", "data_kept"},
    "complaint-file-review": {"harm_stopped"},
}


@pytest.mark.parametrize("stem", SCORED)
def test_the_best_of_everything_scores_a_hundred_and_the_worst_nothing(stem):
    _, high = filled(stem, best)
    _, low = filled(stem, worst)
    assert (high.percent, high.unanswered, high.critical_failed) == (pytest.approx(100.0), 0, ())
    assert low.percent == pytest.approx(0.0)
    assert len(low.items) == sum(TABLE[stem])
    for name in APART.get(stem, {}):
        assert (high.scales[name].percent, low.scales[name].percent) == (pytest.approx(100.0), pytest.approx(0.0))


@pytest.mark.parametrize("stem", [stem for stem in SCORED if stem not in WITHOUT_NA])
def test_where_nothing_applies_nothing_is_scored(stem):
    _, score = filled(stem, beside_the_point)
    assert (score.percent, score.unanswered, score.critical_failed) == (None, 0, ())


def test_a_walk_is_not_scored():
    for pick in (lambda view: view.choices[0].name, lambda view: view.choices[1].name):
        assert filled("leader-gemba-walk", pick)[1].percent is None


@each
def test_the_lowest_answer_to_a_critical_item_is_listed_apart(stem):
    _, score = filled(stem, worst if stem in SCORED else beside_the_point)
    assert {path.rsplit("/", 1)[-1] for path in score.critical_failed} == CRITICAL.get(stem, set())


@each
def test_with_the_best_answers_hardly_anything_else_is_asked(stem):
    """What follows a bad answer stays hidden after a good one."""
    sheet, _ = filled(stem, best if stem in SCORED else lambda view: view.choices[0].name)
    shown = {item.name for item in sheet.items()}
    hidden = len(
        [
            row
            for row in layout(stem).survey
            if row["name"] not in shown and row["type"] not in {"end_group", "end_repeat"}
        ]
    )
    open_ones = {"leader-gemba-walk", "complaint-system-self-assessment", "cx-practice-maturity"}
    assert hidden or stem in open_ones | {"alignment-audit-conduct"}


# -- what the table asks of single templates -----------------------------------------------------------------------


def answer(sheet: Fill, **answers: str) -> None:
    for name, value in answers.items():
        sheet.set(sheet.resolve(name), value)


def asked(sheet: Fill, name: str) -> View:
    return sheet.view(sheet.resolve(name))


def shown(sheet: Fill) -> set[str]:
    return {item.name for item in sheet.items()}


def test_a_no_in_the_layered_audit_needs_its_containment():
    sheet = begun("layered-process-audit")
    answer(sheet, control_done="yes", start_checked="no", own_aids="na")
    assert {"control_done_contained", "own_aids_contained"}.isdisjoint(shown(sheet))
    assert asked(sheet, "start_checked_contained").required


def test_only_the_upper_layers_count_the_audits_below():
    sheet = begun("layered-process-audit")
    answer(sheet, layer="daily")
    assert "layer_below" not in shown(sheet)
    answer(sheet, layer="monthly")
    assert "layer_below" in shown(sheet)


def test_a_no_at_the_store_is_high_or_low():
    sheet = begun("store-visit")
    answer(sheet, ten_found="no")
    view = asked(sheet, "ten_found_priority")
    assert view.required
    assert [each.name for each in view.choices] == ["high", "low"]
    assert {"floor_gaps", "floor_photo"} <= shown(sheet)


def test_the_sections_of_the_branch_weigh_a_hundred():
    weights = [
        row["bind::gemba:section_weight"]
        for row in layout("branch-visit").survey
        if "bind::gemba:section_weight" in row
    ]
    assert weights == [5, 10, 10, 10, 20, 20, 15, 10]


def in_part(view: View) -> str:
    return "part" if "part" in {each.name for each in view.choices} else best(view)


def test_a_branch_that_does_in_part_scores_half_but_for_what_is_critical():
    _, score = filled("branch-visit", in_part)
    percents = [section.percent for section in score.sections if section.percent is not None]
    assert percents == pytest.approx([50.0, 50.0, 50.0, 62.5, 50.0, 50.0, 70.0, 50.0])
    assert score.percent == pytest.approx(50 + 0.10 * 12.5 + 0.15 * 20)


@pytest.mark.parametrize("stem", ["branch-visit", "contact-interaction-review", "complaint-file-review"])
def test_any_miss_of_what_is_critical_fails(stem):
    """No point between the best and the lowest is offered."""
    sheet = begun(stem)
    for name in CRITICAL[stem]:
        scores = [each.score for each in asked(sheet, name).choices]
        assert len(scores) == 3, name
        assert scores.count(None) == 1, name
        assert min(score for score in scores if score is not None) == 0, name


def test_compliance_is_a_score_of_its_own():
    sheet, score = filled("contact-interaction-review", best)
    answer(sheet, data_kept="0")
    score = sheet.score()
    assert score.percent == pytest.approx(100.0)
    assert score.scales["compliance"].percent == pytest.approx(100 * 2 / 3)
    assert [path.rsplit("/", 1)[-1] for path in score.critical_failed] == ["data_kept"]


def test_the_days_that_a_complaint_took_are_told():
    sheet = begun("complaint-file-review")
    answer(sheet, received_on="2026-01-05", closed_on="2026-02-04")
    assert asked(sheet, "days_told").label == "Days until closing: 30"
    assert sheet.verdict(sheet.resolve("closed_on"), "2026-01-04") == "constraint"


def test_what_a_complaint_file_lacks_is_said_for_each_item():
    sheet = begun("complaint-file-review")
    answer(sheet, own_words="yes", remedy_asked="part", registered_at_once="no")
    assert "own_words_missing" not in shown(sheet)
    assert not asked(sheet, "remedy_asked_missing").required
    assert asked(sheet, "registered_at_once_missing").required


def test_a_high_level_of_the_complaint_system_needs_its_proof():
    sheet = begun("complaint-system-self-assessment")
    answer(sheet, not_own_work="2", heard_first="3", reasons_checkable="4")
    assert "not_own_work_proof" not in shown(sheet)
    assert asked(sheet, "heard_first_proof").required
    assert asked(sheet, "reasons_checkable_proof").required


def test_a_low_level_of_the_complaint_system_needs_its_next_step():
    sheet = begun("complaint-system-self-assessment")
    answer(sheet, not_own_work="2", heard_first="3")
    assert "objectivity_next" not in shown(sheet)
    answer(sheet, heard_first="1")
    assert asked(sheet, "objectivity_next").required


def test_only_what_an_organisation_may_lack_is_left_out_of_its_complaint_system():
    sheet = begun("complaint-system-self-assessment")
    answer(sheet, outside_named="na", other_eyes="4")
    assert sheet.score().percent == pytest.approx(100.0)
    escapes = {
        str(row["name"])
        for row in items("complaint-system-self-assessment")
        if "na" in {each.name for each in asked(sheet, str(row["name"])).choices}
    }
    assert escapes == {"posted_on_site", "other_eyes", "outside_named", "outcome_returned"}


def test_what_slips_back_needs_its_reason():
    sheet = begun("sustainment-audit")
    answer(sheet, target_met="always", customers_notice="times")
    assert asked(sheet, "result_why").required
    assert "people_why" not in shown(sheet)


def test_a_doubt_about_a_decision_needs_both_sides_and_what_forced_it():
    sheet = begun("quarterly-alignment-audit")
    answer(sheet, intent_kept="cannot_tell")
    assert {"intent_kept_for", "intent_kept_against", "intent_kept_forced"}.isdisjoint(shown(sheet))
    answer(sheet, intent_kept="part")
    assert asked(sheet, "intent_kept_for").required
    assert asked(sheet, "intent_kept_against").required
    assert "intent_kept_forced" not in shown(sheet)
    answer(sheet, intent_kept="contrary")
    assert asked(sheet, "intent_kept_forced").required


def test_an_alignment_audit_reads_and_hears_as_often_as_it_comes():
    sheet = begun("alignment-audit-conduct")
    repeats = [item.name for item in sheet.items() if item.kind == "repeat"]
    assert repeats == ["documents", "interviews"]
    answer(sheet, opened_on="2026-03-02")
    assert sheet.verdict(sheet.resolve("closed_on"), "2026-03-01") == "constraint"


def test_the_more_waste_the_fewer_points_and_always_the_place():
    sheet = begun("eight-wastes-walk")
    answer(sheet, piles="0", searches="5")
    assert sheet.score().percent == pytest.approx(50.0)
    assert "piles_where" not in shown(sheet)
    assert asked(sheet, "searches_where").required


@pytest.mark.parametrize("given", [{}, {"design_level_photo": "wall.jpg"}, {"design_level_file": "plan.pdf"}])
def test_a_level_of_maturity_counts_only_with_its_evidence(given):
    sheet = begun("cx-practice-maturity")
    answer(sheet, design_level="0")
    assert "design_level_evidence" not in shown(sheet)
    answer(sheet, design_level="1", **given)
    assert asked(sheet, "design_level_evidence").required is not bool(given)


def test_each_practice_has_a_ladder_of_its_own():
    ladders = {str(row["type"]): row for row in items("cx-practice-maturity")}
    assert len(ladders) == 8
    labels = [choice["label::English (en)"] for choice in layout("cx-practice-maturity").choices]
    assert len(labels) == len(set(labels)) == 40
