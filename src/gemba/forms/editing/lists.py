"""Lists of choices: shared by questions, each choice with its words and its points."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from gemba.errors import Refusal
from gemba.forms.book import Book
from gemba.forms.editing.columns import cell, default_language, header_of, languages_of
from gemba.forms.editing.naming import free, from_words
from gemba.forms.editing.steps import Edited, cut, fork, insert, put
from gemba.forms.editing.tree import Branch, items
from gemba.forms.editing.types import write_type
from gemba.wording import text


@dataclass(frozen=True, slots=True)
class Option:
    """A choice of a list. `row` counts the rows of the choices sheet from 0."""

    row: int
    name: str
    labels: Mapping[str, str]
    """By language."""
    score: str
    """Points as written; empty for a choice that takes its question out of the reckoning."""


def list_names(book: Book) -> tuple[str, ...]:
    """The lists, in the order in which they stand."""
    sheet = book.choices
    header = header_of(sheet, "list")
    return tuple(dict.fromkeys(row[header].strip() for row in sheet.rows if row.get(header, "").strip()))


def options(book: Book, name: str) -> list[Option]:
    """The choices of a list, in order."""
    sheet = book.choices
    header, languages = header_of(sheet, "list"), languages_of(book)
    return [
        Option(
            number,
            cell(sheet, number, "name").strip(),
            {language: cell(sheet, number, "label", language) for language in languages},
            cell(sheet, number, "score").strip(),
        )
        for number, row in enumerate(sheet.rows)
        if header and row.get(header, "").strip() == name
    ]


def users(book: Book, name: str) -> list[Branch]:
    """The questions that choose from a list."""
    return [item for item in items(book) if item.kind.list == name]


def starting_list(book: Book, kind: str, question: str) -> str:
    """A list for a question that has none yet, put into a workbook that was forked; gives its name.

    One choice gets yes, no and "does not apply" with points, shared by all; several get two choices to be named.
    """
    if kind == "select_one":
        rows: tuple[tuple[str, str, str], ...] = (
            ("yes", text("Yes"), "1"),
            ("no", text("No"), "0"),
            ("na", text("Does not apply"), ""),
        )
        shared = "yes_no_na"
        if shared in list_names(book):
            return shared
        name = shared
    else:
        rows = (("one", text("First choice"), ""), ("two", text("Second choice"), ""))
        name = free(question or "choices", list_names(book))
    _append(book, name, rows)
    return name


def new_list(book: Book, name: str) -> Edited:
    """A list with two choices to be named."""
    made = fork(book)
    _append(made, free(name, list_names(book)), (("one", text("First choice"), ""), ("two", text("Second choice"), "")))
    return Edited(made)


def add_option(book: Book, name: str, label: str = "", score: str = "", choice: str = "") -> Edited:
    """One more choice at the end of a list; `at` of what it gives is its row in the choices sheet."""
    made = fork(book)
    taken = [option.name for option in options(book, name)]
    given = free(choice or (from_words(label, taken) if label else "choice_1"), taken)
    return Edited(made, _append(made, name, ((given, label, score),)))


def put_lines(book: Book, row: int, lines: Sequence[str], language: str) -> Edited:
    """Put several choices at once: each line is one, with its points after a tab if it has any.

    They stand after the choice at `row`, which takes the first line when it says nothing yet.
    """
    list_name = cell(book.choices, row, "list").strip()
    made = fork(book)
    taken = [option.name for option in options(book, list_name)]
    for number, line in enumerate(lines):
        label, _, score = (part.strip() for part in line.partition("\t"))
        if number or cell(made.choices, row, "label", language).strip():
            row += 1
            insert(made.choices, row, [{}])
        else:
            taken.remove(cell(made.choices, row, "name").strip())
        name = free(from_words(label, ()), taken)
        taken.append(name)
        said = {("list", ""): list_name, ("name", ""): name, ("label", language): label}
        put(made, made.choices, row, said | ({("score", ""): score} if score else {}))
    return Edited(made, row)


def change_option(book: Book, row: int, values: Mapping[tuple[str, str], str]) -> Edited:
    """Say something else of a choice. When its name changes, the conditions that compare with it change too.

    Raises:
        Refusal: forms.choice_name with what a choice may be named, forms.name_taken.
    """
    sheet, list_name = book.choices, cell(book.choices, row, "list").strip()
    name = values.get(("name", ""))
    old = cell(sheet, row, "name").strip()
    if name is not None and name != old:
        _check_name(book, list_name, name)
    made = fork(book)
    put(made, made.choices, row, values)
    if name is not None and name != old and old:
        _rename_in_rules(made, [item.name for item in users(book, list_name)], old, name)
    return Edited(made, row)


def remove_option(book: Book, row: int) -> Edited:
    """Take a choice out of its list."""
    made = fork(book)
    cut(made.choices, row, row)
    return Edited(made, min(row, len(made.choices.rows) - 1))


def move_option(book: Book, row: int, by: int) -> Edited:
    """Move a choice up (-1) or down (1) within its list."""
    rows = [option.row for option in options(book, cell(book.choices, row, "list").strip())]
    place = rows.index(row) + by
    if not 0 <= place < len(rows):
        return Edited(book, row)
    made = fork(book)
    other = rows[place]
    insert(made.choices, other, cut(made.choices, row, row))
    return Edited(made, rows[place])


def own_list(book: Book, item: Branch) -> Edited:
    """Give a question a copy of its list, so that others keep theirs when it changes."""
    made = fork(book)
    name = free(item.name or item.kind.list, list_names(book))
    sheet = made.choices
    copied = [dict(sheet.rows[option.row]) for option in options(book, item.kind.list)]
    at = len(sheet.rows)
    insert(sheet, at, copied)
    for number in range(at, len(sheet.rows)):
        put(made, sheet, number, {("list", ""): name})
    put(made, made.survey, item.row, {("type", ""): write_type(item.kind._replace(list=name))})
    return Edited(made, item.row)


def rename_list(book: Book, old: str, new: str) -> Edited:
    """Give a list another name, for all questions that choose from it.

    Raises:
        Refusal: forms.name_taken, forms.choice_name.
    """
    if new != old and new in list_names(book):
        raise Refusal("forms.name_taken", name=new)
    if not new or re.search(r"\s", new):
        raise Refusal("forms.choice_name", name=new)
    made = fork(book)
    for option in options(book, old):
        put(made, made.choices, option.row, {("list", ""): new})
    for item in users(book, old):
        put(made, made.survey, item.row, {("type", ""): write_type(item.kind._replace(list=new))})
    return Edited(made)


def drop_lists(book: Book, gone: Collection[str]) -> Edited:
    """Take out lists with all their choices."""
    made = fork(book)
    rows = [option.row for name in gone for option in options(book, name)]
    for number in sorted(rows, reverse=True):
        cut(made.choices, number, number)
    return Edited(made)


def _append(book: Book, name: str, rows: tuple[tuple[str, str, str], ...]) -> int:
    """Put choices after the last one of their list; gives the row of the first."""
    there = options(book, name)
    at = there[-1].row + 1 if there else len(book.choices.rows)
    insert(book.choices, at, [{} for _ in rows])
    language = default_language(book)
    for number, (choice, label, score) in enumerate(rows, at):
        said = {("list", ""): name, ("name", ""): choice, ("label", language): label, ("score", ""): score}
        put(book, book.choices, number, said)
    return at


def _check_name(book: Book, list_name: str, name: str) -> None:
    if not name or re.search(r"\s", name):
        raise Refusal("forms.choice_name", name=name)
    if name in {option.name for option in options(book, list_name)}:
        raise Refusal("forms.name_taken", name=name)


def _rename_in_rules(book: Book, questions: list[str], old: str, new: str) -> None:
    """Change `${question} = 'old'`, `'old' = ${question}` and `selected(${question}, 'old')`."""
    said = rf"(?P<quote>['\"]){re.escape(old)}(?P=quote)"
    asked = [rf"\$\{{\s*{re.escape(question)}\s*\}}" for question in questions]
    forwards = [re.compile(rf"(?P<before>{answer}\s*(?:!?=|,)\s*){said}") for answer in asked]
    backwards = [re.compile(rf"{said}(?P<after>\s*!?=\s*{answer})") for answer in asked]
    for number, row in enumerate(book.survey.rows):
        changed = {header: _replaced(each, forwards, backwards, new) for header, each in row.items()}
        if changed != row:
            book.survey.rows[number] = changed


def _replaced(said: str, forwards: list[re.Pattern[str]], backwards: list[re.Pattern[str]], new: str) -> str:
    if "${" not in said:
        return said
    for rule in forwards:
        said = rule.sub(lambda found: f"{found['before']}{found['quote']}{new}{found['quote']}", said)
    for rule in backwards:
        said = rule.sub(lambda found: f"{found['quote']}{new}{found['quote']}{found['after']}", said)
    return said
