"""Tables into files: what a workbook cannot hold, and what stays a text."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gemba.errors import Refusal
from gemba.work import table_files
from gemba.work.table_files import CsvFolder, XlsxFile


def sheets(file: Path) -> dict[str, list[tuple[object, ...]]]:
    from openpyxl import load_workbook

    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in load_workbook(file)}


def test_a_table_with_more_rows_than_a_sheet_goes_on_in_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(table_files, "_MOST_ROWS", 3)
    book = XlsxFile(tmp_path / "x.xlsx")
    book.table("answers", ["n"], [True])
    for number in range(5):
        book.row("answers", [number])
    book.finish()
    assert sheets(tmp_path / "x.xlsx") == {
        "answers": [("n",), (0,), (1,)],
        "answers (2)": [("n",), (2,), (3,)],
        "answers (3)": [("n",), (4,)],
    }


def test_names_that_no_sheet_may_have_are_bent_and_kept_apart(tmp_path: Path) -> None:
    book = XlsxFile(tmp_path / "x.xlsx")
    for name in ("a/b:c", "A B C", "x" * 40, "x" * 50):
        book.table(name, ["n"], [False])
    book.finish()
    assert list(sheets(tmp_path / "x.xlsx")) == ["a b c", "A B C (2)", "x" * 31, "x" * 27 + " (2)"]


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("=1+1", "=1+1"),
        ("+44 20", "+44 20"),
        ("12", 12),
        ("-0.5", -0.5),
        ("007", "007"),
        ("1234567890123456", "1234567890123456"),
        ("1e3", "1e3"),
        ("a\nb", "a\nb"),
    ],
)
def test_numbers_are_numbers_where_a_spreadsheet_keeps_them(tmp_path: Path, given: str, kept: object) -> None:
    book = XlsxFile(tmp_path / "x.xlsx")
    book.table("t", ["number", "text"], [True, False])
    book.row("t", [given, given])
    book.finish()
    ((number, text),) = sheets(tmp_path / "x.xlsx")["t"][1:]
    assert number == kept
    assert text == given


def test_what_a_cell_cannot_hold_is_told(tmp_path: Path) -> None:
    book = XlsxFile(tmp_path / "x.xlsx")
    book.table("t", ["a", "b"], [False, False])
    book.row("t", ["x" * 40_000, "bell \x07"])
    book.finish()
    ((long, bell),) = sheets(tmp_path / "x.xlsx")["t"][1:]
    assert len(str(long)) == 32_767
    assert bell == "bell \ufffd"
    assert book.remarks == ["cut", "unwritable"]


def test_too_many_columns_are_refused_with_the_way_out(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match=r"work\.too_many_columns"):
        XlsxFile(tmp_path / "x.xlsx").table("t", ["c"] * 16_385, [False] * 16_385)


def test_a_folder_that_is_given_up_holds_nothing(tmp_path: Path) -> None:
    folder = CsvFolder(tmp_path / "out")
    folder.table("t", ["a"], [False])
    folder.row("t", ["1"])
    folder.abandon()
    assert list((tmp_path / "out").iterdir()) == []


def test_csv_keeps_every_text_and_writes_numbers_plainly(tmp_path: Path) -> None:
    folder = CsvFolder(tmp_path / "out", mark=False)
    folder.table("t", ["a", "b", "c", "d"], [False] * 4)
    folder.row("t", ['say "no",\nthen', 2.0, 0.1, None])
    folder.finish()
    assert (tmp_path / "out" / "t.csv").read_bytes() == b'a,b,c,d\r\n"say ""no"",\nthen",2,0.1,\r\n'


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.text(max_size=40), min_size=1, max_size=6))
def test_any_text_is_read_back(tmp_path: Path, texts: list[str]) -> None:
    folder, book = CsvFolder(tmp_path / "out"), XlsxFile(tmp_path / "x.xlsx")
    for files in (folder, book):
        files.table("t", ["n", *map(str, range(len(texts)))], [True] + [False] * len(texts))
        files.row("t", [1, *texts])
        files.finish()
    with (tmp_path / "out" / "t.csv").open(encoding="utf-8-sig", newline="") as source:
        assert list(csv.reader(source))[1] == ["1", *texts]
    ((_, *read),) = sheets(tmp_path / "x.xlsx")["t"][1:]
    assert [cell or "" for cell in read] == [table_files._UNWRITABLE.sub("\ufffd", text) for text in texts]
