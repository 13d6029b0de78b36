"""Finds rows of a list by an index instead of scanning: `instance('x')/root/item[column = value]`.

Choice filters are nearly always of this shape, and lists may hold thousands of rows.
"""

from __future__ import annotations

from collections.abc import Callable

from gemba.forms.expressions.context import Context, Quit
from gemba.forms.expressions.nodes import Node
from gemba.forms.expressions.syntax import Binary, Call, Expression, Path, Step, Text, children
from gemba.forms.expressions.values import Value, scalar, to_truth

Compiled = Callable[[Context], Value]
Compile = Callable[[Expression], Compiled]


def compile_lookup(path: Path, compile_: Compile) -> Compiled | None:
    """A closure that answers `path` from an index, or None when the path is of another shape."""
    if not isinstance(path.start, Call) or path.start.name != "instance" or len(path.steps) < 2:
        return None
    (name, *_) = path.start.arguments or (None,)
    plain, rows, tail = path.steps[:1], path.steps[1], path.steps[2:]
    if not isinstance(name, Text) or not all(_is_plain(each) for each in (*plain, *tail)):
        return None
    if not _is_plain(Step(rows.axis, rows.test, rows.name, rows.prefix)) or len(rows.predicates) != 1:
        return None
    return _from_conditions(name.value, path, _conditions(rows.predicates[0]), compile_)


def _from_conditions(name: str, path: Path, conditions: list[Expression], compile_: Compile) -> Compiled | None:
    for condition in conditions:
        column, sought = _column(condition)
        if column and sought is not None:
            others = [compile_(each) for each in conditions if each is not condition]
            return _lookup(name, path, column, compile_(sought), others)
    return None


def _lookup(name: str, path: Path, column: str, sought: Compiled, others: list[Compiled]) -> Compiled:
    top, row = path.steps[0].name, path.steps[1].name
    tail = tuple(step.name for step in path.steps[2:])

    def run(context: Context) -> Value:
        value = context.scalar(sought(context))
        rows = _rows(context, name, top, row, column)
        found = rows.get(value, []) if isinstance(value, str) else _scan(rows, value)
        for condition in others:
            found = [each for each in found if _holds(condition, each, context)]
        for step in tail:
            found = [cell for each in found for cell in each.named(step)]
        return found

    return run


def _scan(rows: dict[str, list[Node]], value: Value) -> list[Node]:
    from gemba.forms.expressions.values import equal

    return [node for text, nodes in rows.items() if equal(text, scalar(value), None) for node in nodes]


def _holds(condition: Compiled, row: Node, context: Context) -> bool:
    inner = Context(row, context.world, origin=context.origin, position=1)
    return to_truth(condition(inner), context.zone, strict=True)


def _rows(context: Context, name: str, top: str, row: str, column: str) -> dict[str, list[Node]]:
    key = (name, f"{top}/{row}", column)
    known = context.world.lookups.get(key)
    if known is None:
        document = context.world.instance(name)
        if document is None:
            raise Quit(f"there is no list {name!r}")
        known = {}
        for each in (item for root in document.named(top) for item in root.named(row)):
            cell = each.first(column)
            known.setdefault(cell.text() if cell is not None else "", []).append(each)
        context.world.lookups[key] = known
    return known


def _conditions(expression: Expression) -> list[Expression]:
    """The parts of `a and b and c`."""
    parts: list[Expression] = []
    waiting = [expression]
    while waiting:
        each = waiting.pop()
        if isinstance(each, Binary) and each.sign == "and":
            waiting += [each.right, each.left]
        else:
            parts.append(each)
    return parts


def _column(condition: Expression) -> tuple[str, Expression | None]:
    """For `column = value` (either way round) with a value that is the same for every row, both of them."""
    if not isinstance(condition, Binary) or condition.sign != "=":
        return "", None
    for here, there in ((condition.left, condition.right), (condition.right, condition.left)):
        if isinstance(here, Path) and not here.absolute and here.start is None and len(here.steps) == 1:
            step = here.steps[0]
            if _is_plain(step) and _is_steady(there):
                return step.name, there
    return "", None


def _is_steady(expression: Expression) -> bool:
    """Whether `expression` means the same in every row: nothing in it begins at the row."""
    match expression:
        case Path(absolute, _, start):
            return absolute or (isinstance(start, Call) and start.name in {"current", "instance"})
        case Call(name, arguments):
            if name in {"position", "last", "random", "uuid", "once"} or (name == "string" and not arguments):
                return False
    return all(_is_steady(each) for each in children(expression))


def _is_plain(step: Step) -> bool:
    return step.axis == "child" and step.test == "name" and not step.predicates and step.name != "*" and not step.prefix
