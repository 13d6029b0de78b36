"""Checks what pyxform does not: that every expression can be read and evaluated, and that no rules go in a circle."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from gemba.errors import Refusal
from gemba.forms.book import Book
from gemba.forms.definition import Element, Form, Phrase, Wording, walk
from gemba.forms.expressions import parse
from gemba.forms.expressions.context import Quit
from gemba.forms.expressions.functions import library
from gemba.forms.expressions.functions.texts import java_pattern
from gemba.forms.expressions.syntax import Call, Expression, Text, children
from gemba.forms.planning import plan
from gemba.forms.workbook import Place, locate


def check(form: Form, book: Book | None = None) -> None:
    """Check every rule of `form`; `book` is the workbook, for naming the row and column.

    Raises:
        Refusal: forms.rule, forms.unknown_function, forms.arguments, forms.pattern, forms.cycle; forms.unplaced
            where the workbook does not tell the row.
    """
    for fault in faults(form, book):
        raise fault


def faults(form: Form, book: Book | None = None) -> Iterator[Refusal]:
    """Every fault in the rules of `form`, as `check` raises the first of them."""
    fine = set[str]()
    for path, kind, text in _expressions(form):
        if text in fine:
            continue
        try:
            check_expression(text)
            fine.add(text)
        except Refusal as refusal:
            yield _placed(refusal, form, path, locate(book, path, kind), text)
    try:
        plan(form)
    except Refusal as circle:
        yield circle


def check_expression(source: str) -> None:
    """Check one expression by itself.

    Raises:
        Refusal: forms.broken_expression, forms.unknown_function, forms.arguments, forms.pattern.
    """
    _check_tree(parse(source), source)


def _check_tree(expression: Expression, source: str) -> None:
    if isinstance(expression, Call):
        _check_call(expression, source)
    for each in children(expression):
        _check_tree(each, source)


def _check_call(call: Call, source: str) -> None:
    function = library().get(call.name)
    if function is None:
        near = get_close_matches(call.name, list(library()), 1, 0.6)
        raise Refusal(
            "forms.unknown_function",
            expression=source,
            function=call.name,
            near=near[0] if near else "",
            reason=f"there is no function {call.name}()",
        )
    if not function.fits(len(call.arguments)):
        raise Refusal(
            "forms.arguments",
            expression=source,
            function=call.name,
            wants=function.wants(),
            given=len(call.arguments),
            reason=f"{call.name}() takes {function.wants()} arguments",
        )
    if call.name == "regex" and isinstance(call.arguments[1], Text):
        _check_pattern(call.arguments[1].value, source)


def _check_pattern(pattern: str, source: str) -> None:
    import re

    try:
        re.compile(java_pattern(pattern))
    except (re.error, Quit) as wrong:
        raise Refusal("forms.pattern", expression=source, pattern=pattern, reason=str(wrong)) from wrong


def _placed(refusal: Refusal, form: Form, path: str, place: Place, text: str) -> Refusal:
    """`refusal` with the row and column of the workbook, and the expression as its author wrote it."""
    facts = {**refusal.facts, "file": form.name, "expression": _brief(place.text or text)}
    if not place.row:
        return Refusal("forms.unplaced", **facts, path=path)
    code = "forms.rule" if refusal.code == "forms.broken_expression" else refusal.code
    return Refusal(code, **facts, sheet=place.sheet, row=place.row, column=place.column)


def _expressions(form: Form) -> Iterator[tuple[str, str, str]]:
    """Every expression of the form with the path and the kind of rule that it belongs to."""
    for path, rules in form.rules.items():
        for kind in ("relevant", "calculate", "constraint", "required", "read_only"):
            text = getattr(rules, kind)
            if text:
                yield path, kind, text
        for wording in (rules.constraint_message, rules.required_message):
            yield from ((path, "label", text) for text in _outputs(form, wording))
    for element in walk(form.body):
        yield from _of_element(form, element)
    for action in form.actions:
        if action.value:
            yield action.target, "default", action.value


def _of_element(form: Form, element: Element) -> Iterator[tuple[str, str, str]]:
    if element.count:
        yield element.path, "repeat_count", element.count
    if element.choices is not None and element.choices.nodeset:
        yield element.path, "choice_filter", element.choices.nodeset
    for wording in (element.label, element.hint):
        yield from ((element.path, "label", text) for text in _outputs(form, wording))


def _outputs(form: Form, wording: Wording | None) -> Iterator[str]:
    if wording is None:
        return
    phrases: list[Phrase] = [wording.inline] if wording.inline is not None else []
    for texts in form.texts.values():
        phrases += texts.get(wording.identifier, {}).values()
    for phrase in phrases:
        yield from phrase.sources


def _brief(text: str) -> str:
    """An expression as a sentence has room for it; some are of 10,000 characters."""
    return text if len(text) <= 160 else f"{text[:159]}…"
