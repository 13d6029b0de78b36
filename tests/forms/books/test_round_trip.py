"""Read, change nothing, write: pyxform makes the same XForm of both files, byte for byte."""

from __future__ import annotations

import os
import warnings
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gemba.forms.book import Book, Sheet, read_book, write_book
from gemba.forms.workbook import convert_book
from gemba.shipped import resource

ORACLES = Path(os.environ.get("GEMBA_ORACLES") or Path(__file__).parents[3].parent / "shared" / "oracles") / "forms"
REAL = sorted((ORACLES / "xlsx").glob("*")) if ORACLES.is_dir() else []
SLOW = 100_000
"""Bytes; larger workbooks take pyxform up to half a minute each."""

CELLS = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), min_size=1, max_size=40)
LABELS = st.one_of(
    CELLS.map("q{}".format), st.sampled_from(["=1+1", "#N/A", "“smart”", "a\nb", "يجب", "x\xa0y", "1.0"])
)


def xform(source: bytes) -> str:
    from pyxform.xls2xform import convert

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return convert(source).xform


@pytest.mark.parametrize("file", sorted(Path(resource("templates")).glob("*.xlsx")), ids=lambda file: file.stem)
def test_every_template_of_the_starter_library_comes_back_the_same(file):
    source = file.read_bytes()
    assert xform(write_book(read_book(source, file.name))) == xform(source)


@pytest.mark.parametrize("file", [file for file in REAL if file.stat().st_size < SLOW], ids=lambda file: file.stem[:8])
def test_every_real_form_that_pyxform_takes_comes_back_the_same(file):
    source = file.read_bytes()
    try:
        expected = xform(source)
    except Exception:  # noqa: BLE001 - pyxform lets anything escape; what it refuses is not about round trips
        pytest.skip("pyxform does not take it")
    assert xform(write_book(read_book(source, file.name))) == expected


@pytest.mark.slow
@pytest.mark.parametrize("file", [file for file in REAL if file.stat().st_size >= SLOW], ids=lambda file: file.stem[:8])
def test_every_large_real_form_comes_back_the_same(file):
    test_every_real_form_that_pyxform_takes_comes_back_the_same(file)


@given(labels=st.lists(LABELS, min_size=1, max_size=6), gap=st.integers(0, 3), title=LABELS)
@settings(max_examples=60, deadline=None)
def test_any_texts_come_back_the_same(labels, gap, title):
    first = read_book(write_book(_book(labels, gap, title)))
    second = read_book(write_book(first))
    assert [(s.name, s.columns, s.rows, s.numbers) for s in first.sheets.values()] == [
        (s.name, s.columns, s.rows, s.numbers) for s in second.sheets.values()
    ]
    assert write_book(first) == write_book(second)
    assert convert_book(first) == convert_book(second)


def test_a_book_is_the_same_bytes_whenever_it_is_written():
    book = _book(["A", "B"], 0, "T")
    assert write_book(book) == write_book(book.copy())


def test_rows_that_were_put_between_move_the_later_ones_down():
    sheet = Sheet("survey", ["type"], [{"type": "text"}, {"type": "note"}, {"type": "date"}], [2, 0, 3])
    assert [number for number, _ in sheet.placed()] == [2, 3, 4]


def test_an_empty_row_keeps_its_place():
    book = Book()
    book.survey.columns = ["type", "name", "label"]
    book.survey.rows = [{"type": "text", "name": "a", "label": "A"}, {"type": "note", "name": "b", "label": "B"}]
    book.survey.numbers = [2, 7]
    assert read_book(write_book(book)).survey.numbers == [2, 7]


def test_what_openpyxl_reads_is_what_was_written():
    from openpyxl import load_workbook

    workbook = load_workbook(BytesIO(write_book(_book(["=A1", "#N/A"], 0, "T"))))
    assert workbook.sheetnames == ["survey", "settings"]
    survey = workbook["survey"]
    assert [cell.value for cell in survey["C"]] == ["label", "=A1", "#N/A"]
    assert {cell.data_type for cell in survey["C"]} == {"s"}
    assert survey["A1"].font.b
    assert survey.freeze_panes == "A2"


def _book(labels: list[str], gap: int, title: str) -> Book:
    """Notes with these labels, so many empty rows between them."""
    book = Book()
    book.survey.columns = ["type", "name", "label"]
    for number, label in enumerate(labels):
        book.survey.rows.append({"type": "note", "name": f"n{number}", "label": label})
        book.survey.numbers.append(2 + number * (1 + gap))
    book.settings.columns = ["form_title", "form_id"]
    book.settings.rows.append({"form_title": title, "form_id": "f"})
    book.settings.numbers.append(2)
    return book
