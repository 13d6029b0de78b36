"""Rows taken straight from the parts are those that openpyxl gives; what is unusual is left to openpyxl."""

from __future__ import annotations

from datetime import date, datetime, time
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from gemba.errors import Refusal
from gemba.forms.book import read_book
from gemba.forms.books.xlsx import _at_length, _quickly

CELLS = st.one_of(
    st.none(),
    st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=8),
    st.booleans(),
    st.integers(-(10**9), 10**9),
    st.floats(-1e6, 1e6).map(lambda value: round(value, 6)),
    st.datetimes(datetime(1901, 1, 1), datetime(2100, 1, 1)).map(lambda value: value.replace(microsecond=0)),  # noqa: DTZ001 - workbooks know no zones
    st.dates(date(1901, 1, 1), date(2100, 1, 1)),
    st.times().map(lambda value: value.replace(microsecond=0)),
)


def workbook(rows: list[list[object]], title: str = "survey") -> bytes:
    """A workbook of one sheet; texts that begin with = are formulas without a value."""
    book = Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def changed(source: bytes, part: str, before: str, after: str) -> bytes:
    """The workbook with something else in one of its parts."""
    out = BytesIO()
    with ZipFile(BytesIO(source)) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            assert name != part or before.encode() in data
            new.writestr(name, data.replace(before.encode(), after.encode()) if name == part else data)
    return out.getvalue()


def everything(_title: str, _count: int) -> bool:
    return True


@given(st.lists(st.lists(CELLS, max_size=5), min_size=1, max_size=8))
@settings(max_examples=40, deadline=None)
def test_both_readers_give_the_same_book(rows: list[list[object]]) -> None:
    source = workbook([["type", "name", "label", "relevant", "default"], *rows])
    quick = _quickly(source, [], everything)
    assert quick is not None
    assert quick == _at_length(source, "form.xlsx", [], everything)


@pytest.mark.parametrize(
    ("part", "before", "after"),
    [
        ("xl/worksheets/sheet1.xml", "<sheetData>", "<sheetData><odd/>"),
        ("xl/worksheets/sheet1.xml", 'r="A2"', 'r="C2"'),
        ("xl/worksheets/sheet1.xml", 'r="A2" t="n"', 't="n"'),
        ("xl/_rels/workbook.xml.rels", "rId1", "rId9"),
    ],
)
def test_what_is_unusual_is_left_to_openpyxl(part: str, before: str, after: str) -> None:
    source = changed(workbook([["type", "name"], [1, 2]]), part, before, after)
    assert _quickly(source, [], everything) is None


def test_entities_further_down_are_refused() -> None:
    source = changed(
        workbook([["type", "name"], ["text", "q"]]),
        "xl/worksheets/sheet1.xml",
        "<worksheet",
        "<!--" + "x" * 5_000 + '--><!DOCTYPE worksheet [<!ENTITY a "aaaa">]><worksheet',
    )
    assert _quickly(source, [], everything) is None


def test_times_dates_and_rich_text_read_as_a_person_sees_them() -> None:
    source = workbook([["type", "name"], [datetime(2026, 3, 1, 8), time(7, 30)], [date(2026, 3, 1), 1.0]])  # noqa: DTZ001 - the same
    plain = "<si><t>type</t></si>"
    rich = '<si><r><rPr><b/></rPr><t xml:space="preserve">ty</t></r><r><t>pe</t></r></si>'
    book = read_book(changed(source, "xl/sharedStrings.xml", plain, rich))
    assert book.survey.rows == [
        {"type": "2026-03-01 08:00:00", "name": "07:30:00"},
        {"type": "2026-03-01 00:00:00", "name": "1"},
    ]


def test_a_damaged_sheet_is_told() -> None:
    source = changed(workbook([["type", "name"]]), "xl/worksheets/sheet1.xml", "</row>", "")
    with pytest.raises(Refusal) as told:
        read_book(source)
    assert told.value.code == "forms.damaged"
