"""Repeats: position() and indexed-repeat(), which picks one answer out of nested repeats without scanning them."""

from __future__ import annotations

import math
from collections.abc import Callable

from gemba.forms.expressions.context import Context, Quit
from gemba.forms.expressions.functions.registry import Shelf
from gemba.forms.expressions.nodes import DOCUMENT, Node
from gemba.forms.expressions.syntax import Call, Expression, Path
from gemba.forms.expressions.values import Value

FUNCTIONS = Shelf()
Compiled = Callable[[Context], Value]


@FUNCTIONS.add("position", low=0, high=1)
def _position(context: Context, *nodes: Value) -> float:
    if not nodes:
        return float(context.position) if context.position else _place(context.node)
    if not isinstance(nodes[0], list):
        raise Quit("position() needs a section")
    return _place(nodes[0][0]) if nodes[0] else 0.0


def _place(node: Node) -> float:
    if node.parent is None:
        return 1.0
    for place, sibling in enumerate(node.parent.named(node.name), 1):
        if sibling is node:
            return float(place)
    return 1.0


@FUNCTIONS.add("indexed-repeat", low=3, high=11, raw=True)
def _indexed_repeat(call: Call, compile_: Callable[[Expression], Compiled]) -> Compiled:
    """`indexed-repeat(answer, repeat, index, ...)`: the answer in the repeat of that number."""
    target, pairs = call.arguments[0], call.arguments[1:]
    groups = pairs[::2]
    indexes = [compile_(each) for each in pairs[1::2]]

    def pick(context: Context) -> Value:
        wanted = {
            _names(group, context): _index(index(context), context)
            for group, index in zip(groups, indexes, strict=False)
        }
        return _walk(context, _names(target, context), wanted)

    return pick


def _index(value: Value, context: Context) -> int:
    number = context.number(value)
    return max(int(number), 1) if math.isfinite(number) else 1


def _walk(context: Context, names: tuple[str, ...], wanted: dict[tuple[str, ...], int]) -> list[Node]:
    """Down from the root by names, taking the wanted one of each repeat and else the one the context stands in."""
    around = _around(context.node)
    nodes = [context.world.root or context.node.top()]
    for depth, name in enumerate(names, 1):
        below: list[Node] = []
        for node in nodes:
            same = node.named(name)
            place = wanted.get(names[:depth])
            if place is not None:
                same = same[place - 1 : place]
            elif len(same) > 1:
                same = [each for each in same if each in around] or same
            below += same
        nodes = below
    return [node for node in nodes if node.relevant]


def _around(node: Node) -> list[Node]:
    found: list[Node] = []
    above: Node | None = node
    while above is not None and above.kind != DOCUMENT:
        found.append(above)
        above = above.parent
    return found


def _names(path: Expression, context: Context) -> tuple[str, ...]:
    """The names from the root down to what `path` means from where the expression stands."""
    if not isinstance(path, Path):
        raise Quit("indexed-repeat() needs the names of an answer and of its repeats")
    start = context.origin if isinstance(path.start, Call) else context.node
    names = [] if path.absolute else [each.name for each in reversed(_around(start))]
    for step in path.steps:
        if step.axis == "parent":
            names = names[:-1]
        elif step.axis == "child":
            names.append(step.name)
    return tuple(names)
