"""A question or section taken out of one checklist to be put into another, with its choices."""

from __future__ import annotations

from gemba.forms.book import Book, Sheet
from gemba.forms.editing.columns import cell, columns_of, default_language, languages_of
from gemba.forms.editing.lists import list_names, options
from gemba.forms.editing.naming import free
from gemba.forms.editing.placing import add
from gemba.forms.editing.steps import Edited, Row, fork, insert, need, put
from gemba.forms.editing.tree import items, names
from gemba.forms.editing.types import Type, write_type


def take(book: Book, row: int) -> Book:
    """A small workbook that holds one item, with what it holds and the choices of its questions."""
    item = need(book, row)
    part = fork(book)
    part.survey.rows[:] = part.survey.rows[item.row : item.last + 1]
    used = {each.kind.list for each in items(part)}
    part.choices.rows[:] = [
        line for number, line in enumerate(part.choices.rows) if cell(book.choices, number, "list").strip() in used
    ]
    for sheet in (part.survey, part.choices):
        sheet.numbers[:] = [0] * len(sheet.rows)
    part.settings.rows[:] = [
        {key: said for key, said in line.items() if _of_words(key)} for line in book.settings.rows[:1]
    ]
    part.settings.numbers[:] = [0] * len(part.settings.rows)
    part.sheets = {name: sheet for name, sheet in part.sheets.items() if name in {"survey", "choices", "settings"}}
    return part


def put_in(book: Book, part: Book, after: int = -1) -> Edited:
    """Put what a part holds below an item.

    Its names and lists become free ones; its words come in the languages that both know, else in the default language.
    """
    first = next(iter(items(part)), None)
    if first is None:
        return Edited(book, after)
    placed = add(book, first.kind if not first.holds else Type("text"), label="x", after=after)
    made = fork(placed.book)
    del made.survey.rows[placed.at]
    lists = _put_lists(made, part)
    new_names = _new_names(book, part)
    insert(made.survey, placed.at, [{} for _ in part.survey.rows])
    for number, line in enumerate(part.survey.rows):
        put(made, made.survey, placed.at + number, _said(made, part, part.survey, number))
        _keep_unknown(made.survey, placed.at + number, part.survey, line)
    for item in items(part):
        row = placed.at + item.row
        values = {("name", ""): new_names.get(item.name, item.name)}
        if item.kind.list in lists:
            values["type", ""] = write_type(item.kind._replace(list=lists[item.kind.list]))
        put(made, made.survey, row, values)
        if item.holds and item.last != item.row:
            closing = made.survey.rows[placed.at + item.last]
            made.survey.rows[placed.at + item.last] = {k: v for k, v in closing.items() if v != item.name}
    _refer_to(made, range(placed.at, placed.at + len(part.survey.rows)), new_names)
    return Edited(made, placed.at)


def _of_words(header: str) -> bool:
    return header in {"default_language", "namespaces"}


def _new_names(book: Book, part: Book) -> dict[str, str]:
    taken = names(book)
    found = {}
    for item in items(part):
        if item.name and item.name not in found:
            found[item.name] = free(item.name, taken)
            taken.add(found[item.name])
    return found


def _said(book: Book, part: Book, sheet: Sheet, row: int) -> dict[tuple[str, str], str]:
    """What a row of the part says, in the languages of the workbook that takes it."""
    wanted, theirs = languages_of(book), default_language(part)
    shared = [language for language in languages_of(part) if language in wanted]
    said: dict[tuple[str, str], str] = {}
    for column in columns_of(sheet):
        text = sheet.rows[row].get(column.header, "")
        if not text:
            continue
        if not column.language or column.language in shared:
            language = column.language if column.language or column.property not in _WORDS else default_language(book)
            said[column.property, language] = text
        elif not shared and column.language == theirs:
            said[column.property, default_language(book)] = text
    return said


_WORDS = frozenset({"label", "hint", "guidance_hint", "constraint_message", "required_message"})


def _keep_unknown(sheet: Sheet, row: int, source: Sheet, line: Row) -> None:
    """Columns that are not known here come along."""
    known = {column.header for column in columns_of(source)}
    more = {header: text for header, text in line.items() if header not in known}
    sheet.columns.extend(header for header in more if header not in sheet.columns)
    sheet.rows[row] = {**sheet.rows[row], **more}


def _put_lists(book: Book, part: Book) -> dict[str, str]:
    """Bring the lists along; one of the same name with the same choices is shared. Gives old name -> new name."""
    lists = {}
    for name in list_names(part):
        theirs, ours = options(part, name), options(book, name)
        if [(each.name, each.score) for each in theirs] == [(each.name, each.score) for each in ours]:
            lists[name] = name
            continue
        lists[name] = free(name, list_names(book))
        at = len(book.choices.rows)
        insert(book.choices, at, [{} for _ in theirs])
        for number, option in enumerate(theirs):
            put(book, book.choices, at + number, _said(book, part, part.choices, option.row))
            put(book, book.choices, at + number, {("list", ""): lists[name]})
    return lists


def _refer_to(book: Book, rows: range, new_names: dict[str, str]) -> None:
    changed = {old: new for old, new in new_names.items() if old != new}
    for number in rows if changed else ():
        line = dict(book.survey.rows[number])
        for header, text in line.items():
            for old, new in changed.items():
                text = text.replace("${" + old + "}", "${" + new + "}")  # noqa: PLW2901 - one reference after another
            line[header] = text
        book.survey.rows[number] = line
