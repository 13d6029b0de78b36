"""What is wrong or doubtful in a checklist, each with the item it concerns and, if there is one, a way to mend it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from gemba.forms.book import Book
from gemba.forms.drawing import read_draws
from gemba.forms.editing.choice_problems import choice_problems
from gemba.forms.editing.columns import TRANSLATED, cell, columns_of, default_language, header_of, languages_of
from gemba.forms.editing.found import Problem
from gemba.forms.editing.naming import is_name
from gemba.forms.editing.rule_problems import rule_problems
from gemba.forms.editing.tree import Branch, items
from gemba.forms.editing.two_things import asks_two_things
from gemba.forms.editing.types import CHOOSING, OFFERED, SILENT, closes, opens, read_type

_RESERVED = {"meta", "instanceid", "instancename"}
_KNOWN = {
    *OFFERED,
    *SILENT,
    "section",
    "repeat",
    "geotrace",
    "geoshape",
    "select_one_from_file",
    "select_multiple_from_file",
    "select_one_external",
    "or_other",
    "hidden",
}
_NUMBERS = ("weight", "section_weight")


def problems(book: Book) -> list[Problem]:
    """Everything that was found, faults before advice, in the order of the checklist."""
    found = [*_of_form(book), *_of_nesting(book), *_of_names(book)]
    for item in items(book):
        found += _of_item(book, item)
    found += rule_problems(book)
    found += choice_problems(book)
    return sorted(found, key=lambda problem: (problem.advice, problem.sheet != "settings"))


def faults(book: Book) -> list[Problem]:
    """What stands in the way of publishing."""
    return [problem for problem in problems(book) if not problem.advice]


def _of_form(book: Book) -> Iterator[Problem]:
    row = 0 if book.settings.rows else -1
    title = cell(book.settings, 0, "title") if row == 0 else ""
    form_id = cell(book.settings, 0, "form_id") if row == 0 else ""
    if not title:
        yield Problem("no_title", "settings", row, "title")
    if not form_id:
        yield Problem("no_form_id", "settings", row, "form_id", fix="make_id" if title else "")
    asked = [item for item in items(book) if _asks(item)]
    if not asked:
        yield Problem("no_questions", "survey", -1)
    elif not any(cell(book.survey, item.row, "required") for item in asked):
        yield Problem("nothing_required", "survey", asked[0].row, "required", advice=True, fix="require_all")


def _asks(item: Branch) -> bool:
    return not item.holds and item.kind.code not in SILENT and item.kind.code != "note"


def _of_nesting(book: Book) -> Iterator[Problem]:
    header = header_of(book.survey, "type")
    open_: list[tuple[int, str]] = []
    for number, row in enumerate(book.survey.rows):
        written = row.get(header, "").strip()
        if opens(written):
            open_.append((number, read_type(written).code))
        elif closes(written):
            closed = "repeat" if "repeat" in written.lower() else "section"
            if not open_:
                yield Problem("stray_end", "survey", number, "type", fix="remove_row")
            elif open_.pop()[1] != closed:
                yield Problem("wrong_end", "survey", number, "type", fix="match_end")
    for number, _ in open_:
        yield Problem("not_closed", "survey", number, "type", fix="close")


def _of_names(book: Book) -> Iterator[Problem]:
    counted = Counter(item.name.lower() for item in items(book) if item.name)
    seen: set[str] = set()
    for item in items(book):
        key = item.name.lower()
        if not item.name:
            yield Problem("no_name", "survey", item.row, "name", fix="name_it")
        elif not is_name(item.name):
            yield Problem("bad_name", "survey", item.row, "name", facts={"name": item.name}, fix="name_it")
        elif key in _RESERVED:
            yield Problem("reserved_name", "survey", item.row, "name", facts={"name": item.name}, fix="rename")
        elif counted[key] > 1 and key in seen:
            yield Problem("double_name", "survey", item.row, "name", facts={"name": item.name}, fix="rename")
        seen.add(key)


def _of_item(book: Book, item: Branch) -> Iterator[Problem]:
    if item.kind.code not in _KNOWN:
        yield Problem("unknown_type", "survey", item.row, "type", facts={"type": item.kind.code}, fix="make_text")
    if item.holds and not item.children:
        yield Problem("empty_section", "survey", item.row, facts={"label": item.label or item.name}, fix="remove")
    yield from _of_words(book, item)
    for name in _NUMBERS:
        said = cell(book.survey, item.row, name)
        if said and not _is_number(said):
            yield Problem("no_number", "survey", item.row, name, facts={"text": said}, fix="clear")
    draw = cell(book.survey, item.row, "draw")
    if draw and read_draws(draw) is None:
        yield Problem("bad_draw", "survey", item.row, "draw", facts={"text": draw}, fix="clear")
    if item.kind.code == "calculate" and not cell(book.survey, item.row, "calculation"):
        yield Problem("no_calculation", "survey", item.row, "calculation")
    if _asks(item) and item.kind.code in CHOOSING and asks_two_things(item.label):
        yield Problem("two_things", "survey", item.row, "label", default_language(book), advice=True)


def _of_words(book: Book, item: Branch) -> Iterator[Problem]:
    if item.kind.code in SILENT:
        return
    languages = languages_of(book)
    said = {language: cell(book.survey, item.row, "label", language).strip() for language in languages}
    if not any(said.values()):
        if item.kind.code != "section":
            yield Problem("no_label", "survey", item.row, "label", default_language(book))
        return
    for language, words in said.items():
        if not words:
            yield _untranslated(item, "label", language)
    for column in columns_of(book.survey):
        spoken = column.property in TRANSLATED and column.property not in {"label", "image", "audio", "video"}
        if spoken and not book.survey.rows[item.row].get(column.header) and _said_at_all(book, item, column.property):
            yield _untranslated(item, column.property, column.language)


def _said_at_all(book: Book, item: Branch, name: str) -> bool:
    return any(cell(book.survey, item.row, name, language) for language in languages_of(book))


def _untranslated(item: Branch, name: str, language: str) -> Problem:
    facts = {"language": language}
    return Problem("untranslated", "survey", item.row, name, language, facts=facts, advice=True, fix="copy_words")


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


__all__ = ["Problem", "faults", "problems"]
