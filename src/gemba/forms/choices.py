"""The choices of a question as they stand: filtered, labelled, with scores."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from gemba.forms.definition import ChoiceSource
from gemba.forms.expressions import Context, Node, Quit, compile_text
from gemba.forms.expressions.values import number_from
from gemba.forms.views import Choice

if TYPE_CHECKING:
    from gemba.forms.world import FormWorld


def choices_of(source: ChoiceSource, node: Node, world: FormWorld, *, filtered: bool = True) -> Iterator[Choice]:
    """The choices of the question that `node` answers; with `filtered` off, the filter is left aside."""
    for name, wording in source.inline:
        yield Choice(name, world.say(wording, node), image=world.say(wording, node, "image"))
    if source.nodeset:
        for row in rows_of(source, node, world, filtered=filtered):
            yield _choice(source, row, node, world)


def rows_of(source: ChoiceSource, node: Node, world: FormWorld, *, filtered: bool = True) -> list[Node]:
    """The rows of the list that are choices now; none when the filter cannot be evaluated."""
    nodeset = source.nodeset if filtered else source.nodeset.partition("[")[0].removeprefix("randomize(").rstrip(")")
    if not filtered and nodeset.count("(") > nodeset.count(")"):
        nodeset += ")"
    try:
        found = compile_text(nodeset)(Context(node, world))
    except Quit:
        return []
    return found if isinstance(found, list) else []


def score_of(row: Node) -> float | None:
    """The score in the list's column `score`; None for an empty one, which takes the item out of the reckoning."""
    cell = row.first("score")
    number = number_from(cell.text()) if cell is not None else float("nan")
    return number if number == number else None  # noqa: PLR0124 - NaN is the one number that differs from itself


def _choice(source: ChoiceSource, row: Node, node: Node, world: FormWorld) -> Choice:
    cell = row.first(source.value)
    name = cell.text() if cell is not None else ""
    label = world.say(source.label, node, at=row)
    image = world.say(source.label, node, "image", at=row)
    return Choice(name, label or name, score_of(row), image)
