"""What is wrong with the choices of a checklist."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gemba.forms.book import Book
from gemba.forms.editing.columns import cell, languages_of
from gemba.forms.editing.found import Problem
from gemba.forms.editing.lists import Option, list_names, options
from gemba.forms.editing.tree import Branch, items
from gemba.forms.editing.types import CHOOSING

_YES = {"1", "true", "true()", "yes"}


def choice_problems(book: Book) -> Iterator[Problem]:
    """The problems of questions with their lists, then of the lists themselves."""
    lists = set(list_names(book))
    for item in items(book):
        yield from _of_question(book, item, lists)
    used = {item.kind.list for item in items(book)}
    by_file = {item.kind.list for item in items(book) if item.kind.code.endswith("_file")}
    for name in list_names(book):
        if name not in used and name not in by_file and not _named_in_rules(book, name):
            first = options(book, name)[0].row
            yield Problem("unused_list", "choices", first, "list", facts={"list": name}, advice=True, fix="drop_lists")
        yield from _of_list(book, name)


def _of_question(book: Book, item: Branch, lists: set[str]) -> Iterator[Problem]:
    scored = False
    if item.kind.code in CHOOSING:
        if not item.kind.list:
            yield Problem("no_list", "survey", item.row, "type", fix="make_list")
        elif item.kind.list not in lists:
            facts = {"list": item.kind.list}
            yield Problem("lost_list", "survey", item.row, "type", facts=facts, fix="make_list")
        else:
            scored = item.kind.code == "select_one" and any(each.score for each in options(book, item.kind.list))
    if cell(book.survey, item.row, "critical").lower() in _YES and not scored:
        yield Problem("critical_unscored", "survey", item.row, "critical", fix="clear")


def _of_list(book: Book, name: str) -> Iterator[Problem]:
    seen: set[str] = set()
    for option in options(book, name):
        at = ("choices", option.row)
        facts = {"list": name, "name": option.name}
        if not option.name:
            yield Problem("choice_unnamed", *at, "name", facts=facts, fix="name_choice")
        elif re.search(r"\s", option.name):
            yield Problem("choice_spaces", *at, "name", facts=facts, fix="name_choice")
        elif option.name in seen:
            yield Problem("choice_double", *at, "name", facts=facts, fix="name_choice")
        seen.add(option.name)
        yield from _of_words(book, option, facts)
        if option.score and not _is_number(option.score):
            yield Problem("no_number", *at, "score", facts={"text": option.score}, fix="clear")


def _of_words(book: Book, option: Option, facts: dict[str, str]) -> Iterator[Problem]:
    if not any(words.strip() for words in option.labels.values()):
        yield Problem("choice_unlabelled", "choices", option.row, "label", languages_of(book)[0], facts=facts)
        return
    for language, words in option.labels.items():
        if not words.strip():
            said = {"language": language}
            yield Problem(
                "untranslated", "choices", option.row, "label", language, facts=said, advice=True, fix="copy_words"
            )


def _named_in_rules(book: Book, name: str) -> bool:
    """Whether a rule looks a list up by itself, with `instance('list')`."""
    return any(f"'{name}'" in said for row in book.survey.rows for said in row.values())


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
