"""KoboToolbox's own blocks, written out as plain XLSForm the way its server does: rating grids, rankings, matrices."""

from __future__ import annotations

from collections.abc import Iterator

from gemba.forms.book import Book, Sheet
from gemba.forms.repairs.repair import Repair, cell, column, put
from gemba.forms.workbook import head
from gemba.wording import text

_LISTS = {
    "begin_score": "kobo--score-choices",
    "begin_rank": "kobo--rank-items",
    "begin_kobomatrix": "kobo--matrix_list",
}
_ROWS = {"score__row": "begin_score", "rank__level": "begin_rank"}
_ENDS = {"end_score": "begin_score", "end_rank": "begin_rank", "end_kobomatrix": "begin_kobomatrix"}


def mend_kobo(book: Book) -> Iterator[Repair]:
    """Write out `begin_score`, `begin_rank` and `begin_kobomatrix` as a group of selects."""
    sheet = book.survey
    where = column(sheet, "type")
    if where is None or not any(row.get(where) in _LISTS for row in sheet.rows):
        return
    rows, numbers = list(sheet.rows), list(sheet.numbers)
    sheet.rows, sheet.numbers = [], []
    block, items, columns = "", "", list[tuple[int, dict[str, str]]]()
    for number, row in zip(numbers, rows, strict=True):
        kind = row.get(where, "")
        if kind in _LISTS:
            block, items, columns = kind, _list(sheet, row, _LISTS[kind]), []
            yield Repair(sheet.name, number, where, _what(), kind, "begin_group")
            _begin(sheet, row, number, kind, items)
        elif kind in _ENDS:
            if block == "begin_kobomatrix":
                _matrix(book, sheet, items, columns)
            yield Repair(sheet.name, number, where, _what(), kind, "end_group")
            _add(sheet, {where: "end_group"}, number)
            block = ""
        elif kind in _ROWS and block == _ROWS[kind]:
            yield Repair(sheet.name, number, where, _what(), kind, f"select_one {items}")
            _row(sheet, row, number, kind, items)
        elif block == "begin_kobomatrix":
            columns.append((number, row))
        else:
            _add(sheet, row, number)


def _what() -> str:
    return text("KoboToolbox's own block is written out as questions, as its server does.")


def _list(sheet: Sheet, row: dict[str, str], header: str) -> str:
    return next((row.get(each, "") for each in sheet.columns if head(each) == header), "")


def _add(sheet: Sheet, row: dict[str, str], number: int) -> None:
    sheet.rows.append(row)
    sheet.numbers.append(number)


def _begin(sheet: Sheet, row: dict[str, str], number: int, kind: str, items: str) -> None:
    """The group, and for rating grids and rankings the question that shows the labels above."""
    where = column(sheet, "type") or "type"
    label = {each: said for each, said in row.items() if head(each).startswith(("label", "hint"))}
    group = {each: said for each, said in row.items() if each not in label}
    group[where] = "begin_group"
    put(sheet, group, "appearance", "field-list")
    _add(sheet, group, number)
    if kind != "begin_kobomatrix":
        heading = {where: f"select_one {items}", **label}
        put(sheet, heading, "name", f"{cell(sheet, row, 'name')}_header")
        put(sheet, heading, "appearance", "label")
        _add(sheet, heading, 0)
    elif label:
        note = {where: "note", **label}
        put(sheet, note, "name", f"{cell(sheet, row, 'name')}_note")
        _add(sheet, note, 0)


def _row(sheet: Sheet, row: dict[str, str], number: int, kind: str, items: str) -> None:
    made = dict(row)
    made[column(sheet, "type") or "type"] = f"select_one {items}"
    put(sheet, made, "appearance", "list-nolabel")
    if kind == "rank__level" and not cell(sheet, made, "constraint"):
        levels = [cell(sheet, each, "name") for each in sheet.rows if "list-nolabel" in cell(sheet, each, "appearance")]
        if levels:
            put(sheet, made, "constraint", " and ".join(f". != ${{{name}}}" for name in levels[-8:]))
    _add(sheet, made, number)


def _matrix(book: Book, sheet: Sheet, items: str, columns: list[tuple[int, dict[str, str]]]) -> None:
    """One question for each row of the list and each column of the matrix."""
    choices = book.choices
    for choice in choices.rows:
        if cell(choices, choice, "list_name") != items:
            continue
        name = cell(choices, choice, "name")
        for number, row in columns:
            made = dict(row)
            put(sheet, made, "name", f"{name}_{cell(sheet, row, 'name')}")
            for each in [each for each in row if head(each).startswith("label")]:
                made[each] = f"{choice.get(each) or cell(choices, choice, 'label')} – {row[each]}"
            _add(sheet, made, number)
