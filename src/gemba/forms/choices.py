"""The choices of a question as they stand: filtered, labelled, with scores."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from gemba.forms.definition import ChoiceSource
from gemba.forms.expressions import Compiled, Context, Node, Quit, compile_text, parse
from gemba.forms.expressions.compiling import Compiler
from gemba.forms.expressions.syntax import Call, Path
from gemba.forms.expressions.values import number_from
from gemba.forms.views import Choice

if TYPE_CHECKING:
    from gemba.forms.world import FormWorld


_LONG = 200
"""Lists of that many choices are worth keeping once they were made."""


def choices_of(source: ChoiceSource, node: Node, world: FormWorld) -> Iterator[Choice]:
    """The choices of the question that `node` answers."""
    for name, wording in source.inline:
        yield Choice(name, world.say(wording, node), image=world.say(wording, node, "image"))
    rows = rows_of(source, node, world)
    if len(rows) < _LONG:
        yield from (_choice(source, row, node, world) for row in rows)
    else:
        yield from _long(source, rows, node, world)


def _long(source: ChoiceSource, rows: list[Node], node: Node, world: FormWorld) -> Iterator[Choice]:
    """The choices of a long list; where its words stand in its rows, each is made once a language and then kept."""
    steady = source.label is not None and bool(source.label.expression) and not source.label.kept
    if not steady:
        yield from (_choice(source, row, node, world) for row in rows)
        return
    made = world.made.setdefault((source.nodeset, world.language), {})
    for row in rows:
        choice = made.get(id(row))
        if choice is None:
            choice = made[id(row)] = _choice(source, row, node, world)
        yield choice


def rows_of(source: ChoiceSource, node: Node, world: FormWorld) -> list[Node]:
    """The rows of the list that are choices now; none when the filter cannot be evaluated."""
    if not source.nodeset:
        return []
    unmixed = None if world.as_collect else _unmixed(source.nodeset)
    if unmixed is None:
        return _rows(compile_text(source.nodeset), node, world)
    return sorted(_rows(unmixed, node, world), key=lambda row: world.lot(f"{node.path} {name_of(source, row)}"))


def label_of(source: ChoiceSource, name: str, node: Node, world: FormWorld) -> str:
    """The label of one choice, offered at present or not; "" when the list has none of that name."""
    for each, wording in source.inline:
        if each == name:
            return world.say_as_is(wording, node)
    for row in _rows(_unfiltered(source.nodeset), node, world) if source.nodeset else []:
        if name_of(source, row) == name:
            return world.say_as_is(source.label, node, at=row)
    return ""


def labels_of(source: ChoiceSource, node: Node, world: FormWorld) -> dict[str, str]:
    """The label of every choice of the list by name, offered at present or not."""
    found = {name: world.say(wording, node) or name for name, wording in source.inline}
    for row in _rows(_unfiltered(source.nodeset), node, world) if source.nodeset else []:
        name = name_of(source, row)
        found[name] = world.say(source.label, node, at=row) or name
    return found


def name_of(source: ChoiceSource, row: Node) -> str:
    """The name of the choice that `row` is."""
    cell = row.first(source.value)
    return cell.text() if cell is not None else ""


def still_offered(source: ChoiceSource, value: str, node: Node, world: FormWorld) -> str:
    """What is left of the answer `value` when only choices that are offered now count."""
    offered = {name_of(source, row) for row in rows_of(source, node, world)}
    return value if value in offered else " ".join(name for name in value.split() if name in offered)


def _rows(nodeset: Compiled, node: Node, world: FormWorld) -> list[Node]:
    try:
        found = nodeset(Context(node, world))
    except Quit:
        return []
    return found if isinstance(found, list) else []


@lru_cache(maxsize=2_000)
def _unmixed(nodeset: str) -> Compiled | None:
    """What `randomize()` without a seed mixes: it is mixed once in a filling, not each time somebody looks."""
    expression = parse(nodeset)
    if isinstance(expression, Call) and expression.name == "randomize" and len(expression.arguments) == 1:
        return Compiler().compile(expression.arguments[0])
    return None


@lru_cache(maxsize=2_000)
def _unfiltered(nodeset: str) -> Compiled:
    """The whole list behind a filtered or shuffled one."""
    expression = parse(nodeset)
    if isinstance(expression, Call) and expression.name == "randomize" and expression.arguments:
        expression = expression.arguments[0]
    if isinstance(expression, Path):
        expression = replace(expression, steps=tuple(replace(step, predicates=()) for step in expression.steps))
    return Compiler().compile(expression)


def score_of(row: Node) -> float | None:
    """The score in the list's column `score`; None for an empty one, which takes the item out of the reckoning."""
    cell = row.first("score")
    number = number_from(cell.text()) if cell is not None else float("nan")
    return number if number == number else None  # noqa: PLR0124 - NaN is the one number that differs from itself


def _choice(source: ChoiceSource, row: Node, node: Node, world: FormWorld) -> Choice:
    name = name_of(source, row)
    label = world.say(source.label, node, at=row)
    image = world.say(source.label, node, "image", at=row)
    return Choice(name, label or ("" if world.as_collect else name), score_of(row), image)
