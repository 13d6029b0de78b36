"""Repairs of the lists of choices."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from gemba.forms.book import Book, Sheet
from gemba.forms.repairs.names import REFERENCE
from gemba.forms.repairs.repair import Repair, cell, column, disabled, expression_cells, put
from gemba.forms.workbook import head
from gemba.wording import text

SELECT = re.compile(
    r"(select_one|select_multiple|select one|select multiple|rank|select1|select all that apply)(?: from)? (\S+)(.*)"
)
_FILES = (".csv", ".xml", ".geojson")


def lists(book: Book) -> dict[str, list[dict[str, str]]]:
    """The choices by the name of their list."""
    sheet, found = book.choices, dict[str, list[dict[str, str]]]()
    for row in sheet.rows:
        if name := cell(sheet, row, "list_name"):
            found.setdefault(name, []).append(row)
    return found


def selects(book: Book) -> Iterator[tuple[int, dict[str, str], re.Match[str]]]:
    """Row number, row and type of every question that takes its choices from the choices sheet."""
    sheet = book.survey
    for number, row in sheet.numbered():
        found = SELECT.match(cell(sheet, row, "type"))
        if (
            found is not None
            and not disabled(sheet, row)
            and not found[2].startswith("${")
            and not found[2].endswith(_FILES)
        ):
            yield number, row, found


def mend_choices(book: Book) -> Iterator[Repair]:
    """Choices without a name, names with spaces, one name twice, and lists that are nearly called so."""
    yield from _list_names(book)
    yield from _nameless(book.choices)
    yield from _spaced(book)
    yield from _twice(book)


def _list_names(book: Book) -> Iterator[Repair]:
    known = lists(book)
    plain = {_plain(name): name for name in known}
    where = column(book.survey, "type") or "type"
    for number, row, found in selects(book):
        wanted = plain.get(_plain(found[2]))
        if found[2] not in known and wanted is not None and " " not in wanted:
            before, row[where] = row[where], f"{found[1]} {wanted}{found[3]}"
            what = text("The list is written as the choices sheet has it.")
            yield Repair(book.survey.name, number, where, what, before, row[where])


def _plain(name: str) -> str:
    return re.sub(r"[\W_]+", "", name).lower()


def _nameless(sheet: Sheet) -> Iterator[Repair]:
    for at in range(len(sheet.rows) - 1, -1, -1):
        row, number = sheet.rows[at], sheet.numbers[at]
        if not cell(sheet, row, "list_name") or cell(sheet, row, "name"):
            continue
        label = next((said for each, said in row.items() if head(each).startswith("label")), "")
        if label:
            name = re.sub(r"\W+", "_", label.lower()).strip("_")[:40] or f"choice_{number}"
            found = put(sheet, row, "name", name)
            yield Repair(sheet.name, number, found, text("A choice without a name is named after its label."), "", name)
        else:
            del sheet.rows[at], sheet.numbers[at]
            what = text("A row with neither name nor label is no choice: it is left out.")
            yield Repair(sheet.name, number, "", what, " ".join(row.values()), "")


def _spaced(book: Book) -> Iterator[Repair]:
    """Spaces in names of choices of which several may be chosen: there, a space parts one from the next."""
    owners: dict[str, set[str]] = {}
    multiple = set()
    for _, row, found in selects(book):
        owners.setdefault(found[2], set()).add(cell(book.survey, row, "name"))
        if not found[1].startswith(("select_one", "select one", "select1")):
            multiple.add(found[2])
    sheet = book.choices
    for number, row in sheet.numbered():
        name, owner = cell(sheet, row, "name"), cell(sheet, row, "list_name")
        if owner in multiple and " " in name:
            after = "_".join(name.split())
            found_column = put(sheet, row, "name", after)
            _say(book, owners.get(owner, set()), name, after)
            what = text("A space parts one choice from the next: names have none.")
            yield Repair(sheet.name, number, found_column, what, name, after)


def _say(book: Book, questions: set[str], before: str, after: str) -> None:
    """Write a choice's new name in every expression that compares an answer with it."""
    literal = re.compile(rf"(['\"])\s*{re.escape(before)}\s*\1")
    for _, row, header, said in list(expression_cells(book)):
        asked = {found[2] for found in REFERENCE.finditer(said)}
        if asked & questions or (cell(book.survey, row, "name") in questions and "." in said):
            row[header] = literal.sub(rf"\g<1>{after}\g<1>", said)


def _twice(book: Book) -> Iterator[Repair]:
    settings = book.settings
    where = next((each for each in settings.columns if head(each) == "allow_choice_duplicates"), None)
    if where and settings.rows and settings.rows[0].get(where, "").lower() in {"yes", "true", "true()"}:
        return
    sheet = book.choices
    seen: Counter[tuple[str, str]] = Counter()
    for number, row in sheet.numbered():
        key = cell(sheet, row, "list_name"), cell(sheet, row, "name")
        seen[key] += 1
        if seen[key] == 2 and all(key):
            yield _allow(book, number, *key)
            return


def _allow(book: Book, number: int, owner: str, name: str) -> Repair:
    sheet = book.settings
    if not sheet.rows:
        sheet.rows.append({})
        sheet.numbers.append(2)
    put(sheet, sheet.rows[0], "allow_choice_duplicates", "yes")
    what = text(
        "The list {list} has the choice {name} twice (row {row} of choices): it is allowed.",
        list=owner,
        name=name,
        row=number,
    )
    return Repair(sheet.name, 2, "allow_choice_duplicates", what, "", "yes")
