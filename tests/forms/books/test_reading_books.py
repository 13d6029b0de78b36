"""What cells become, and what is said of files that are not as they should be."""

from __future__ import annotations

import struct
from datetime import date, datetime, time
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import Workbook

from gemba.errors import Refusal
from gemba.forms.book import read_book, write_book
from gemba.wording import sentence

HEAD = ["type", "name", "label"]


def saved(book: Workbook) -> bytes:
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def sheet_of(*rows: list[object], title: str = "survey") -> Workbook:
    book = Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    return book


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1.0, "1"),
        (2.5, "2.5"),
        (True, "TRUE"),
        (
            datetime(2026, 3, 1, 8, 30),  # noqa: DTZ001 - a cell has no zone
            "2026-03-01 08:30:00",
        ),
        (date(2026, 3, 1), "2026-03-01 00:00:00"),
        (time(8, 30), "08:30:00"),
        ("  two\xa0words ", "two words"),
        ("“as typed”", "“as typed”"),
        ("هل المكان نظيف؟", "هل المكان نظيف؟"),
    ],
)
def test_a_cell_reads_as_a_person_sees_it(value, text):
    book = read_book(saved(sheet_of(HEAD, ["text", "a", value])))
    assert book.survey.rows == [{"type": "text", "name": "a", "label": text}]


def test_rows_keep_their_numbers_and_headers_their_order():
    book = read_book(saved(sheet_of(["label", " type ", "name"], ["A", "text", "a"], [], ["B", "text", "b"])))
    assert book.survey.columns == ["label", "type", "name"]
    assert book.survey.numbers == [2, 4]


def remarks(book: Workbook) -> list[tuple[str, int, str, str]]:
    return [(each.code, each.row, each.column, each.text) for each in read_book(saved(book)).remarks]


def test_a_formula_that_was_never_calculated_is_named():
    assert remarks(sheet_of(HEAD, ["text", "a", '="A"&"B"'])) == [("formula_without_value", 2, "label", '="A"&"B"')]


def test_texts_below_a_blank_header_are_named():
    assert remarks(sheet_of(["type", None, "name"], ["text", "lost", "a"])) == [("blank_header", 2, "B", "lost")]


def test_a_second_column_of_one_name_is_named_and_kept():
    book = read_book(saved(sheet_of([*HEAD, "label"], ["text", "a", "A", "B"])))
    assert [(each.code, each.column, each.text) for each in book.remarks] == [("duplicate_header", "label", "D")]
    assert sorted(book.survey.rows[0].values()) == ["A", "B", "a", "text"]


def test_an_error_in_a_cell_is_named():
    assert remarks(sheet_of(HEAD, ["text", "a", "#REF!"])) == [("error_cell", 2, "label", "#REF!")]


def test_rows_far_below_the_table_are_named():
    workbook = sheet_of(HEAD, ["text", "a", "A"])
    workbook.active.cell(300, 1, "text")
    assert remarks(workbook) == [("rows_far_below", 300, "", "2")]


def test_merged_cells_are_known():
    workbook = sheet_of(["list_name", "name", "label"], ["yn", "y", "Y"], [None, "n", "N"], title="choices")
    workbook.active.merge_cells("A2:A3")
    assert read_book(saved(workbook)).choices.merged == [(2, 1, 3, 1)]


def test_a_million_formatted_but_empty_rows_are_passed_by():
    rows = "".join(f'<row r="{n}"><c r="A{n}" s="1"/></row>' for n in range(3, 200_000))
    source = replaced(saved(sheet_of(HEAD, ["text", "a", "A"])), "xl/worksheets/sheet1.xml", "</sheetData>", rows)
    assert read_book(source).survey.numbers == [2]


def test_the_only_sheet_is_the_survey_whatever_it_is_called():
    assert read_book(saved(sheet_of(HEAD, ["text", "a", "A"], title="Tabelle1"))).survey.numbers == [2]


def test_other_sheets_are_named_and_left():
    workbook = sheet_of(HEAD, ["text", "a", "A"])
    workbook.create_sheet("Notes").append(["anything"])
    assert read_book(saved(workbook)).others == ["Notes"]


CSV = "survey\n,type,name,label\n,text,a,Où ?\nchoices\n,list_name,name,label\n,yn,y,Yes\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_a_csv_is_read_in_any_encoding(encoding):
    book = read_book(CSV.encode(encoding), "form.csv")
    assert book.survey.rows == [{"type": "text", "name": "a", "label": "Où ?"}]
    assert (book.survey.numbers, book.choices.numbers) == ([3], [6])


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_csv_of_the_survey_alone_is_read(delimiter):
    words = "\n".join(delimiter.join(row) for row in (HEAD, ["text", "a", "A"], ["note", "b", "B"]))
    assert [row["name"] for row in read_book(words.encode(), "form.csv").survey.rows] == ["a", "b"]


def test_a_markdown_table_is_read():
    words = "| survey |\n| | type | name | label |\n|--|--|--|--|\n| | text | a | A \\| B |\n"
    assert read_book(words.encode(), "form.md").survey.rows == [{"type": "text", "name": "a", "label": "A | B"}]


def replaced(source: bytes, part: str, before: str, put: str) -> bytes:
    """The archive with `put` before the first `before` of a part."""
    out = BytesIO()
    with ZipFile(BytesIO(source)) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            words = old.read(name)
            new.writestr(name, words.replace(before.encode(), (put + before).encode(), 1) if name == part else words)
    return out.getvalue()


def archive(**parts: bytes) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as made:
        for name, words in parts.items():
            made.writestr(name.replace("__", "/").replace("_dot_", "."), words)
    return out.getvalue()


def bomb() -> bytes:
    """A workbook of a few hundred kB that says it unpacks to 500 MB."""
    return archive(xl__workbook_dot_xml=b"<workbook/>", xl__media__a_dot_bin=bytes(410_000_000))


def ole(stream: str) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + stream.encode("utf-16-le") + bytes(200)


GOOD = saved(sheet_of(HEAD, ["text", "a", "A"]))
ENTITIES = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'


@pytest.mark.parametrize(
    ("source", "code", "words"),
    [
        (b"", "forms.empty_file", "empty"),
        (b"\n  \n", "forms.empty_file", "empty"),
        (GOOD[: len(GOOD) // 2], "forms.damaged", "damaged"),
        (GOOD[:2000] + bytes(200) + GOOD[2200:], "forms.damaged", "damaged"),
        (ole("EncryptedPackage"), "forms.password", "password"),
        (ole("WordDocument"), "forms.another_file", "Word"),
        (ole("Workbook"), "forms.damaged", "damaged"),
        (archive(word__document_dot_xml=b"<w/>"), "forms.another_file", "Word"),
        (archive(readme_dot_txt=b"hello"), "forms.another_file", "archive"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "forms.another_file", "picture"),
        (b"%PDF-1.7 ...", "forms.another_file", "PDF"),
        (b"<html><table></table></html>", "forms.another_file", "web page"),
        (b"Dear Sir or Madam", "forms.not_a_workbook", "workbook"),
        (struct.pack("<500H", *range(1000, 1500)), "forms.not_a_workbook", "workbook"),
        (replaced(GOOD, "xl/worksheets/sheet1.xml", "<worksheet", ENTITIES), "forms.entities", "entities"),
        (replaced(GOOD, "xl/workbook.xml", "<workbook", ENTITIES), "forms.entities", "entities"),
    ],
)
def test_what_is_no_workbook_is_refused_in_a_clear_sentence(source, code, words):
    with pytest.raises(Refusal) as refused:
        read_book(source, "walk.xlsx")
    assert refused.value.code == code
    assert words in sentence(refused.value)


def test_an_archive_that_would_fill_the_memory_is_refused_before_it_is_unpacked():
    with pytest.raises(Refusal, match="too_large"):
        read_book(bomb(), "bomb.xlsx")


def test_a_hundred_thousand_questions_are_refused():
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in range(3, 30_000))
    source = replaced(GOOD, "xl/worksheets/sheet1.xml", "</sheetData>", rows)
    with pytest.raises(Refusal) as refused:
        read_book(source)
    assert refused.value.code == "forms.too_many_rows"


def test_macros_and_links_are_left_and_said():
    source = replaced(GOOD, "none", "", "")
    out = BytesIO(source)
    with ZipFile(out, "a") as made:
        made.writestr("xl/vbaProject.bin", b"macro")
        made.writestr("xl/externalLinks/externalLink1.xml", b"<externalLink/>")
    book = read_book(out.getvalue(), "walk.xlsm")
    assert [each.code for each in book.remarks] == ["macros", "external_links"]
    assert read_book(write_book(book)).remarks == []
