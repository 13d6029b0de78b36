"""The three starters that have a kind of their own; all fourteen are held by tests/forms/test_starter_library.py."""

from __future__ import annotations

from functools import cache
from io import BytesIO
from xml.etree import ElementTree as ET

import openpyxl
import pytest
from pyxform.xls2xform import convert

from gemba import kinds
from gemba.shipped import resource

GEMBA = "{https://gemba.example/xforms}"
LANGUAGES = ["English (en)", "French (fr)", "Spanish (es)", "Arabic (ar)", "German (de)"]

WALK = {"before": 3, "flow": 4, "standard": 4, "people": 4, "close": 2}
FRICTION = {"welcome": 4, "easy": 5, "caring": 4, "calm": 4, "recovery": 3}
FIVE_S = {"sort": 5, "set_in_order": 5, "shine": 5, "standardise": 5, "sustain": 5}

STARTERS = {
    "leader-gemba-walk.xlsx": ("walk", "seen", WALK),
    "customer-friction-observation.xlsx": ("rotation", "ease", FRICTION),
    "5s-area-audit.xlsx": ("area_audit", "level", FIVE_S),
}
SCALES = {
    "seen": {"seen": None, "not_seen": None, "na": None},
    "ease": {"stopped": 0, "hard": 1, "bumpy": 2, "smooth": 3, "effortless": 4, "na": None},
    "level": {str(level): level for level in range(6)},
}

each = pytest.mark.parametrize("name", STARTERS)


def source(name: str) -> bytes:
    return resource("templates", name).read_bytes()


@cache
def rows(name: str, sheet: str) -> list[dict[str, object]]:
    values = openpyxl.load_workbook(BytesIO(source(name)), read_only=True)[sheet].values
    head = [str(cell) for cell in next(values)]
    return [dict(zip(head, row, strict=True)) for row in values]


@cache
def xform(name: str) -> ET.Element:
    warnings: list[str] = []
    result = convert(source(name), warnings=warnings)
    assert warnings == []
    return ET.fromstring(result.xform)


def items(name: str) -> dict[str, list[dict[str, object]]]:
    """The rows on the template's scale, by section."""
    scale, section, found = STARTERS[name][1], "", {}
    for row in rows(name, "survey"):
        if row["type"] == "begin_group":
            section = str(row["name"])
        elif row["type"] == f"select_one {scale}":
            found.setdefault(section, []).append(row)
    return found


@each
def test_sections_and_items_are_as_many_as_the_method_asks(name):
    assert {section: len(found) for section, found in items(name).items()} == STARTERS[name][2]


@each
def test_the_scale_has_its_points_and_what_does_not_apply_has_none(name):
    scale = STARTERS[name][1]
    choices = [row for row in rows(name, "choices") if row["list_name"] == scale]
    assert {row["name"]: row.get("score") for row in choices} == SCALES[scale]


@each
def test_the_form_says_its_kind_and_the_kind_is_known(name):
    root = xform(name).find(".//{*}model/{*}instance/*[@id]")
    assert root is not None
    assert root.get(f"{GEMBA}kind") == STARTERS[name][0]
    assert kinds.by_code(STARTERS[name][0]).scored == (STARTERS[name][1] != "seen")


@each
def test_every_text_stands_in_every_language(name):
    for sheet in ("survey", "choices"):
        for row in rows(name, sheet):
            for column in ("label", "hint", "required_message", "constraint_message"):
                texts = [row.get(f"{column}::{language}") for language in LANGUAGES]
                assert all(texts) or not any(texts), (sheet, row["name"], column)
    translations = xform(name).findall(".//{*}translation")
    assert [found.get("lang") for found in translations] == LANGUAGES
    assert not [value for found in translations for value in found.iter("{*}value") if value.text == "-"]


@each
def test_every_question_says_what_it_asks(name):
    silent = {"calculate", "end_group"}
    assert not [
        row["name"] for row in rows(name, "survey") if row["type"] not in silent and not row[f"label::{LANGUAGES[0]}"]
    ]


@each
def test_a_filled_sheet_begins_with_the_facts(name):
    facts = [row["name"] for row in rows(name, "survey")][
        : [row["type"] for row in rows(name, "survey")].index("end_group")
    ]
    assert facts[0] == "facts"
    assert {"met", "host"} & set(facts)


def test_weights_of_the_friction_sections_add_up_to_a_hundred():
    groups = xform("customer-friction-observation.xlsx").findall(f".//{{*}}bind[@{GEMBA}section_weight]")
    assert {group.get("nodeset", "").split("/")[-1] for group in groups} == set(FRICTION)
    assert sum(float(group.get(f"{GEMBA}section_weight", "0")) for group in groups) == 100


@pytest.mark.parametrize(
    ("name", "critical"),
    [
        ("leader-gemba-walk.xlsx", set()),
        ("customer-friction-observation.xlsx", {"access", "cost_told", "privacy", "never_left"}),
        ("5s-area-audit.xlsx", {"unsafe_out", "ways_free"}),
    ],
)
def test_critical_questions_reach_the_form(name, critical):
    binds = xform(name).findall(f".//{{*}}bind[@{GEMBA}critical='yes']")
    assert {bind.get("nodeset", "").split("/")[-1] for bind in binds} == critical


@pytest.mark.parametrize("name", ["customer-friction-observation.xlsx", "5s-area-audit.xlsx"])
def test_a_low_answer_anywhere_asks_for_its_case_and_a_photo(name):
    for section, found in items(name).items():
        (low,) = [row for row in rows(name, "survey") if row["type"] == "calculate" and _of(row, section)]
        assert all(f"${{{item['name']}}}" in str(low["calculation"]) for item in found)
        asked = [row["type"] for row in rows(name, "survey") if row.get("relevant") == f"${{{low['name']}}} > 0"]
        assert asked == ["text", "image"]


def _of(row: dict[str, object], section: str) -> bool:
    return str(row["name"]) in {f"{section}_hard", f"{section}_low"}


@each
def test_a_person_finds_the_workbook_tidy(name):
    book = openpyxl.load_workbook(BytesIO(source(name)))
    assert book.sheetnames == ["survey", "choices", "settings", "about"]
    assert book["survey"].freeze_panes == "C2"
    assert all(book["survey"].column_dimensions[letter].width > 8 for letter in "ABCDE")
