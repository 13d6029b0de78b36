"""What is wrong with the rules of a checklist: expressions that cannot be read, and references that lead nowhere."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gemba.errors import Refusal
from gemba.forms.book import Book
from gemba.forms.checking import check_expression
from gemba.forms.editing.columns import EXPRESSIONS, TRANSLATED, Column, columns_of
from gemba.forms.editing.found import Problem
from gemba.forms.editing.tree import Branch, items, names
from gemba.wording import sentence, text

_REFERENCE = re.compile(r"\$\{\s*(last-saved#)?([^}\s]*)\s*\}")
_BROKEN = re.compile(r"\$\{[^}]*$|\$\{\s*\}")
_YES = {"yes", "no", "true", "false", "true()", "false()"}


def rule_problems(book: Book) -> Iterator[Problem]:
    """The problems of every rule and of every reference within words."""
    known = names(book)
    columns = [each for each in columns_of(book.survey) if each.property not in {"type", "name"}]
    for item in items(book):
        for column in columns:
            said = book.survey.rows[item.row].get(column.header, "")
            if said:
                yield from _of_cell(item, column, said, known)
        yield from _about_itself(book, item, columns)


def expression_problem(expression: str, known: set[str]) -> str:
    """What is wrong with one expression, as a sentence; "" for nothing."""
    for found in _REFERENCE.finditer(expression):
        if found[2] not in known:
            return sentence(Refusal("forms.unknown_reference", name=found[2]))
    try:
        check_expression(_REFERENCE.sub(_as_path, expression))
    except Refusal as refusal:
        reason = str(refusal.facts.get("reason", ""))
        at = refusal.facts.get("position")
        return text("{reason}, at character {at}", reason=reason, at=at) if at else reason
    return ""


def _as_path(reference: re.Match[str]) -> str:
    """A path in place of a reference, as long as it, so that places in the expression stay what they are."""
    return " /a".ljust(len(reference[0]))


def _of_cell(item: Branch, column: Column, said: str, known: set[str]) -> Iterator[Problem]:
    rule = column.property in EXPRESSIONS
    fix = "clear" if column.property not in TRANSLATED else ""
    place = ("survey", item.row, column.property, column.language)
    if _BROKEN.search(said):
        yield Problem("open_reference", *place, facts={"text": said}, fix=fix)
        return
    for found in _REFERENCE.finditer(said):
        if found[2] not in known:
            yield Problem("lost_reference", *place, facts={"name": found[2]}, fix=fix)
            return
    if rule and _is_rule(column.property, said):
        fault = expression_problem(said, known)
        if fault:
            yield Problem("broken_rule", *place, facts={"why": fault}, fix=fix)


def _is_rule(name: str, said: str) -> bool:
    """Whether a cell holds an expression: a default may be plain words, "yes" is no expression."""
    if name in {"default", "trigger"}:
        return name == "default" and "${" in said
    return not (name in {"required", "read_only"} and said.strip().lower() in _YES)


def _about_itself(book: Book, item: Branch, columns: list[Column]) -> Iterator[Problem]:
    """A question cannot be shown, or counted, by its own answer."""
    for column in columns:
        if column.property in {"relevant", "calculation"}:
            said = book.survey.rows[item.row].get(column.header, "")
            if any(found[2] == item.name and not found[1] for found in _REFERENCE.finditer(said)):
                yield Problem("about_itself", "survey", item.row, column.property, fix="clear")
