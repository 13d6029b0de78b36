"""Mending what was found: each fix is one step that can be undone."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from gemba.errors import Refusal
from gemba.forms.book import Book
from gemba.forms.editing.changing import change_form
from gemba.forms.editing.choice_problems import choice_problems
from gemba.forms.editing.columns import cell, default_language, languages_of
from gemba.forms.editing.found import Problem
from gemba.forms.editing.lists import drop_lists, list_names, options, starting_list
from gemba.forms.editing.naming import free, from_words, is_name, rename
from gemba.forms.editing.placing import remove
from gemba.forms.editing.steps import Edited, cut, fork, insert, need, put
from gemba.forms.editing.tree import items, names
from gemba.forms.editing.types import CHOOSING, SILENT, Type, closing, write_type

_Fix = Callable[[Book, Problem], Edited]


def mend(book: Book, problem: Problem) -> Edited:
    """Mend a problem of this very workbook.

    Raises:
        Refusal: forms.no_fix, when only the author can.
    """
    fix = _FIXES.get(problem.fix)
    if fix is None:
        raise Refusal("forms.no_fix")
    return fix(book, problem)


def _put(book: Book, problem: Problem, values: Mapping[tuple[str, str], str]) -> Edited:
    made = fork(book)
    put(made, made.sheet(problem.sheet), problem.row, values)
    return Edited(made, problem.row if problem.sheet == "survey" else -1)


def _clear(book: Book, problem: Problem) -> Edited:
    return _put(book, problem, {(problem.property, problem.language): ""})


def _copy_words(book: Book, problem: Problem) -> Edited:
    sheet = book.sheet(problem.sheet)
    first = (default_language(book), *languages_of(book))
    said = next((words for each in first if (words := cell(sheet, problem.row, problem.property, each))), "")
    return _put(book, problem, {(problem.property, problem.language): said})


def _rename(book: Book, problem: Problem) -> Edited:
    """Only this row gets another name: references mean the first of that name."""
    item = need(book, problem.row)
    taken = names(book) | {"meta", "instanceID", "instanceName"}
    return _put(book, problem, {("name", ""): free(item.name, taken)})


def _name_it(book: Book, problem: Problem) -> Edited:
    item = need(book, problem.row)
    name = from_words(item.name or item.label, names(book) - {item.name})
    if item.name and not is_name(item.name):
        return rename(book, problem.row, name)
    return _put(book, problem, {("name", ""): name})


def _make_list(book: Book, problem: Problem) -> Edited:
    item = need(book, problem.row)
    made = fork(book)
    name = starting_list(made, item.kind.code, item.name)
    put(made, made.survey, item.row, {("type", ""): write_type(item.kind._replace(list=name))})
    return Edited(made, item.row)


def _make_text(book: Book, problem: Problem) -> Edited:
    return _put(book, problem, {("type", ""): write_type(Type("text"))})


def _remove(book: Book, problem: Problem) -> Edited:
    return remove(book, problem.row)


def _remove_row(book: Book, problem: Problem) -> Edited:
    made = fork(book)
    cut(made.survey, problem.row, problem.row)
    return Edited(made)


def _match_end(book: Book, problem: Problem) -> Edited:
    opener = next(item for item in reversed(items(book)) if item.holds and item.last == problem.row)
    return _put(book, problem, {("type", ""): closing(write_type(opener.kind))})


def _close(book: Book, problem: Problem) -> Edited:
    made = fork(book)
    item = need(book, problem.row)
    at = item.last + 1
    insert(made.survey, at, [{}])
    put(made, made.survey, at, {("type", ""): closing(write_type(item.kind))})
    return Edited(made, problem.row)


def _make_id(book: Book, _problem: Problem) -> Edited:
    return change_form(book, {"form_id": from_words(cell(book.settings, 0, "title"), ())})


def _require_all(book: Book, _problem: Problem) -> Edited:
    """Every question that gives points must be answered; without points, every question."""
    asked = [item for item in items(book) if not item.holds and item.kind.code not in {*SILENT, "note"}]
    scored = {name for name in list_names(book) if any(option.score for option in options(book, name))}
    wanted = [item for item in asked if item.kind.code in CHOOSING and item.kind.list in scored] or asked
    made = fork(book)
    for item in wanted:
        put(made, made.survey, item.row, {("required", ""): "yes"})
    return Edited(made, wanted[0].row)


def _name_choice(book: Book, problem: Problem) -> Edited:
    sheet = book.choices
    list_name, old = cell(sheet, problem.row, "list"), cell(sheet, problem.row, "name")
    taken = [option.name for option in options(book, list_name) if option.row != problem.row]
    words = "_".join(old.split()) or cell(sheet, problem.row, "label", default_language(book))
    name = free(words, taken) if old else from_words(words or "choice", taken)
    return _put(book, problem, {("name", ""): name})


def _drop_lists(book: Book, _problem: Problem) -> Edited:
    gone = {problem.facts["list"] for problem in choice_problems(book) if problem.code == "unused_list"}
    return drop_lists(book, gone)


_FIXES: Mapping[str, _Fix] = {
    "clear": _clear,
    "copy_words": _copy_words,
    "rename": _rename,
    "name_it": _name_it,
    "make_list": _make_list,
    "make_text": _make_text,
    "remove": _remove,
    "remove_row": _remove_row,
    "match_end": _match_end,
    "close": _close,
    "make_id": _make_id,
    "require_all": _require_all,
    "name_choice": _name_choice,
    "drop_lists": _drop_lists,
}
FIXES = frozenset(_FIXES)
