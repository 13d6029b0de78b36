"""A region lays its overlay over a core template, fills it, and follows the core to its next version."""

from __future__ import annotations

import pytest
from tests.forms.overlays.test_overlays import CORE, book, overlay

from gemba.domain.templates import Template
from gemba.errors import Refusal
from gemba.forms.book import read_book, write_book
from gemba.work import conduct
from gemba.work.conclude import conclude, conclusion_of
from gemba.work.desk import Desk
from gemba.work.import_template import import_template
from gemba.work.overlays import (
    begin_overlay,
    check_overlay,
    lay_overlay,
    newer_core,
    preview_upgrade,
    upgrade_overlay,
)

OURS = [
    ["overlay", "type", "name", "label", "label::French (fr)", "bind::gemba:weight"],
    ["", "", "greeted", "", "Vous a-t-on salué ?", "3"],
    ["add", "select_one yn", "tidy", "Is it tidy?"],
]


@pytest.fixture
def core(desk: Desk) -> str:
    return import_template(desk, write_book(book(CORE)), "visit.xlsx").uid


@pytest.fixture
def local(desk: Desk, core: str) -> str:
    return lay_overlay(desk, core, write_book(overlay(OURS)), "nord.xlsx").uid


def test_a_regional_template_names_its_core_and_its_region(desk: Desk, core: str, local: str) -> None:
    with desk.reader() as reader:
        made = reader.get(Template, local)
    assert (made.core, made.region, made.form_id, made.version) == (core, "Nord", "visit--nord", "1+1")
    assert made.languages == ("English (en)", "French (fr)")
    assert desk.store.evidence.has(made.overlay)


def test_the_core_score_is_kept_beside_the_local_one(desk: Desk, local: str, place: str) -> None:
    uid = conduct.start(desk, local, place).uid
    conduct.answer_all(desk, uid, {"/data/door/greeted": "yes", "/data/tidy": "no"})
    conclude(desk, uid)
    with desk.reader() as reader:
        conclusion = conclusion_of(reader, uid)
    assert (conclusion.score, conclusion.core_score) == (75.0, 100.0)


def test_faults_are_listed_and_nothing_is_kept(desk: Desk, core: str) -> None:
    weak = write_book(overlay([["name", "required"], ["greeted", "no"]]))
    assert [fault.code for fault in check_overlay(desk, core, weak, "weak.xlsx").faults] == ["weaker"]
    with pytest.raises(Refusal, match=r"forms\.overlay_weakens"):
        lay_overlay(desk, core, weak, "weak.xlsx")
    with desk.reader() as reader:
        assert [each.uid for each in reader.find(Template) if each.region] == []


def test_an_overlay_does_not_lie_over_another(desk: Desk, local: str) -> None:
    with pytest.raises(Refusal, match=r"work\.overlay_over_overlay"):
        lay_overlay(desk, local, write_book(overlay(OURS)), "nord.xlsx")


def test_a_workbook_to_begin_with_says_nothing_yet_and_can_be_laid(desk: Desk, core: str) -> None:
    begun = begin_overlay(desk, core, "Sud")
    assert [row["name"] for row in read_book(begun, "sud.xlsx").survey.rows] == ["door", "greeted", "wait", "end"]
    assert check_overlay(desk, core, begun, "sud.xlsx").faults == ()
    assert lay_overlay(desk, core, begun, "sud.xlsx").uid


def test_a_region_follows_its_core(desk: Desk, core: str, local: str) -> None:
    changed = book(CORE)
    changed.settings.rows[0]["version"] = "2"
    changed.survey.rows[1]["label::English (en)"] = "Did somebody greet you?"
    new = import_template(desk, write_book(changed), "visit.xlsx").uid
    with desk.reader() as reader:
        assert newer_core(reader, reader.get(Template, local)).uid == new
    assert [(note.sort, note.item) for note in preview_upgrade(desk, local, new).notes] == [("core_changed", "greeted")]
    upgraded = upgrade_overlay(desk, local, new).uid
    with desk.reader() as reader:
        made = reader.get(Template, upgraded)
        assert (made.core, made.version, made.form_id) == (new, "2+1", "visit--nord")
        assert newer_core(reader, made) is None
    with pytest.raises(Refusal, match=r"work\.no_overlay"):
        preview_upgrade(desk, core, new)
