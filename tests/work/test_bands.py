"""A template's own grade bands, from the workbook to the conclusion."""

from __future__ import annotations

from io import BytesIO

import pytest

from gemba.errors import Refusal
from gemba.work import conduct
from gemba.work.conclude import conclude, conclusion_of
from gemba.work.desk import Desk
from gemba.work.import_template import import_template


def workbook(bands: str) -> bytes:
    from openpyxl import Workbook

    sheets = {
        "survey": [
            ["type", "name", "label", "bind::gemba:scale"],
            ["select_one yn", "helped", "Was the caller helped?", ""],
            ["select_one yn", "warned", "Was the caller warned?", "compliance"],
        ],
        "choices": [
            ["list_name", "name", "label", "score"],
            ["yn", "yes", "Yes", "4"],
            ["yn", "nearly", "Nearly", "3"],
            ["yn", "no", "No", "0"],
        ],
        "settings": [
            ["form_id", "namespaces", "attribute::gemba:bands"],
            ["contact", 'gemba="https://gemba.example/xforms"', bands],
        ],
    }
    book = Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_conclusion_goes_by_the_bands_of_the_template_and_keeps_both_scores(desk: Desk, place: str) -> None:
    template = import_template(desk, workbook("good 75 fair 40"), "contact.xlsx").uid
    uid = conduct.start(desk, template, place).uid
    conduct.answer_all(desk, uid, {"/data/helped": "nearly", "/data/warned": "no"})
    conclude(desk, uid)
    with desk.reader() as reader:
        conclusion = conclusion_of(reader, uid)
    assert conclusion is not None
    assert (conclusion.score, conclusion.grade) == (75.0, "good")
    assert conclusion.scales == {"compliance": 0.0}


def test_bands_that_cannot_be_used_are_refused_at_import(desk: Desk) -> None:
    with pytest.raises(Refusal, match=r"kinds\.bands"):
        import_template(desk, workbook("great 75"), "contact.xlsx")
