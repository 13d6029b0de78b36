"""Repairs of sheets and headers: other names for one thing, two columns for one thing, cells merged over rows."""

from __future__ import annotations

from collections.abc import Iterator

from gemba.forms.book import SHEETS, Book, Sheet, nearly
from gemba.forms.repairs.repair import Repair, cell, column
from gemba.forms.workbook import head
from gemba.wording import text

ONE_COLUMN = (
    ("image", "media::image", "media:image"),
    ("audio", "media::audio", "media:audio"),
    ("video", "media::video", "media:video"),
    ("relevant", "relevance", "bind::relevant", "bind:relevant", "skip_logic"),
    ("calculation", "calculate", "bind::calculate", "bind:calculate"),
    ("constraint", "bind::constraint", "bind:constraint"),
    ("constraint_message", "constraining_message", "bind::jr:constraintmsg", "bind:jr:constraintmsg"),
    ("required", "bind::required", "bind:required"),
    ("required_message", "requiredmsg", "bind::jr:requiredmsg"),
    ("read_only", "readonly", "bind::readonly", "bind:readonly"),
    ("repeat_count", "jr:count", "count", "control::jr:count"),
    ("appearance", "control::appearance", "body::appearance", "control:appearance"),
    ("label", "caption"),
    ("name", "value", "tag"),
    ("type", "command"),
)
"""Names of one column of the survey sheet."""
MISSPELT = {
    "survey": {
        "lable": "label",
        "labels": "label",
        "question": "label",
        "question_type": "type",
        "types": "type",
        "names": "name",
        "variable_name": "name",
        "hints": "hint",
        "constaint": "constraint",
        "contraint": "constraint",
        "constraints": "constraint",
        "constraint_msg": "constraint_message",
        "relevent": "relevant",
        "relavant": "relevant",
        "relevants": "relevant",
        "calculations": "calculation",
        "require": "required",
        "mandatory": "required",
        "apperance": "appearance",
        "appearence": "appearance",
        "choices_filter": "choice_filter",
        "parameter": "parameters",
        "skip_logic": "relevant",
    },
    "choices": {
        "list": "list_name",
        "listname": "list_name",
        "list-name": "list_name",
        "list_names": "list_name",
        "choice_list_name": "list_name",
        "data_value": "name",
        "names": "name",
        "code": "name",
        "lable": "label",
        "labels": "label",
        "display.text": "label",
        "display.title.text": "label",
    },
    "settings": {"title": "form_title", "formid": "form_id", "form_name": "form_title", "language": "default_language"},
}


def mend_sheets(book: Book) -> Iterator[Repair]:
    """Sheets that are nearly called as XLSForm calls them."""
    for key in list(book.sheets):
        wanted = nearly(key)
        if key != wanted and wanted in SHEETS and not (wanted in book.sheets and book.sheets[wanted].rows):
            sheet = book.sheets.pop(key)
            before, sheet.name = sheet.name, wanted
            book.sheets[wanted] = sheet
            yield Repair(before, 0, "", text("The sheet is called as XLSForm calls it."), before, wanted)


def mend_headers(book: Book) -> Iterator[Repair]:
    """Headers that are misspelt, and several columns for one thing."""
    for key, sheet in book.sheets.items():
        yield from _misspelt(sheet, MISSPELT.get(key, {}))
        yield from _doubled(sheet)
        yield from _without_clashing_attributes(sheet)


def _misspelt(sheet: Sheet, known: dict[str, str]) -> Iterator[Repair]:
    for each in list(sheet.columns):
        first, colons, language = head(each).partition("::")
        wanted = known.get(first)
        if wanted is None or any(head(other).partition("::")[::2] == (wanted, language) for other in sheet.columns):
            continue
        if column(sheet, wanted) and not colons:
            continue
        after = wanted + (each[len(each.partition("::")[0]) :] if colons else "")
        rename_column(sheet, each, after)
        yield Repair(sheet.name, 1, each, text("The header is written as XLSForm writes it."), each, after)


def _doubled(sheet: Sheet) -> Iterator[Repair]:
    seen: dict[str, str] = {}
    for each in list(sheet.columns):
        meaning = _meaning(sheet, each)
        first = seen.setdefault(meaning, each)
        if first == each or not _can_merge(sheet, first, each):
            continue
        for row in sheet.rows:
            found = row.pop(each, "")
            if found and first not in row:
                row[first] = found
        sheet.columns.remove(each)
        what = text("Two columns mean the same: they become one.")
        yield Repair(sheet.name, 1, each, what, f"{first}, {each.partition(' ⧉')[0]}", first)


def _meaning(sheet: Sheet, each: str) -> str:
    """What a header stands for: another name of it has the same."""
    said = head(each.partition(" ⧉")[0])
    for names in ONE_COLUMN if sheet.name.lower() == "survey" else ONE_COLUMN[:3]:
        for name in sorted(names, key=len, reverse=True):
            if said.lower() == name:
                return names[0]
            if names[0] in {"image", "audio", "video"} and said.startswith(name + "::"):
                return names[0] + said[len(name) :]
    return said


def _can_merge(sheet: Sheet, first: str, second: str) -> bool:
    """Two columns can be one when no row says different things in them."""
    return all(not row.get(first) or not row.get(second) or row[first] == row[second] for row in sheet.rows)


def _without_clashing_attributes(sheet: Sheet) -> Iterator[Repair]:
    """`instance::tag` stops pyxform; the attribute has no part in filling."""
    for each in list(sheet.columns):
        if head(each) in {"instance::tag", "instance:tag", "bind::tag", "control::tag"}:
            sheet.columns.remove(each)
            for row in sheet.rows:
                row.pop(each, None)
            what = text("This attribute plays no part in filling and cannot be converted: it is left out.")
            yield Repair(sheet.name, 1, each, what, each, "")


def mend_merged(book: Book) -> Iterator[Repair]:
    """A list name that is merged over several choices counts for each of them."""
    sheet = book.choices
    found = column(sheet, "list_name")
    if found is None:
        return
    letter = sheet.letters.get(found, "")
    for top, left, bottom, right in sheet.merged:
        if not (left <= _number(letter) <= right and bottom > top):
            continue
        said = next((row.get(found, "") for number, row in sheet.numbered() if number == top), "")
        for number, row in sheet.numbered():
            if said and top < number <= bottom and not cell(sheet, row, "list_name"):
                row[found] = said
                what = text("The merged cell counts for every row that it covers.")
                yield Repair(sheet.name, number, found, what, "", said)


def rename_column(sheet: Sheet, before: str, after: str) -> None:
    """Give a column another header."""
    sheet.columns[sheet.columns.index(before)] = after
    if before in sheet.letters:
        sheet.letters[after] = sheet.letters.pop(before)
    for row in sheet.rows:
        if before in row:
            row[after] = row.pop(before)


def _number(letters: str) -> int:
    number = 0
    for each in letters:
        number = number * 26 + ord(each) - 64
    return number
