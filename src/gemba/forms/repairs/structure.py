"""Repairs of groups and repeats that are not closed as they were opened."""

from __future__ import annotations

from collections.abc import Iterator

from gemba.forms.book import Book
from gemba.forms.repairs.names import is_begin, is_end
from gemba.forms.repairs.repair import Repair, cell, column, disabled
from gemba.wording import text


def mend_structure(book: Book) -> Iterator[Repair]:
    """Close what was left open where the next outer one closes, and leave out an end that closes nothing."""
    sheet = book.survey
    where = column(sheet, "type")
    if where is None:
        return
    rows, numbers = list(sheet.rows), list(sheet.numbers)
    sheet.rows, sheet.numbers = [], []
    stack: list[tuple[str, str]] = []
    for number, row in zip(numbers, rows, strict=True):
        kind = cell(sheet, row, "type").strip().lower() if not disabled(sheet, row) else ""
        if is_end(kind):
            wanted = _sort(kind)
            if wanted not in {each for each, _ in stack}:
                if stack and len(stack) == 1:
                    row[where] = f"end_{stack[-1][0]}"
                    yield Repair(sheet.name, number, where, text("It closes what is open here."), kind, row[where])
                    wanted = stack[-1][0]
                else:
                    yield Repair(sheet.name, number, where, text("It closes nothing: it is left out."), kind, "")
                    continue
            while stack[-1][0] != wanted:
                yield _close(book, where, stack.pop(), number)
            stack.pop()
        sheet.rows.append(row)
        sheet.numbers.append(number)
        if is_begin(kind):
            stack.append((_sort(kind), cell(sheet, row, "name")))
    while stack:
        yield _close(book, where, stack.pop(), (numbers or [1])[-1])


def _sort(kind: str) -> str:
    """Whether it is a group, a repeat or a loop, whichever way it is written."""
    plain = kind.replace("_", " ").partition(" ")[2].partition(" over")[0].strip()
    return "repeat" if plain in {"lgroup", "looped group"} else plain.split(" ")[0]


def _close(book: Book, where: str, opened: tuple[str, str], number: int) -> Repair:
    sheet, (sort, name) = book.survey, opened
    sheet.rows.append({where: f"end_{sort}"})
    sheet.numbers.append(0)
    what = text("{name} was never closed: it ends here.", name=name)
    return Repair(sheet.name, number, where, what, "", f"end_{sort}")
