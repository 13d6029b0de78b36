"""Which answers an expression reads: the edges of the graph by which answers are recalculated."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from gemba.forms.expressions.syntax import Call, Expression, Path, Step, children

BELOW = "**"
"""Stands for any number of steps down."""
_FAR = {"indexed-repeat", "position"}


@dataclass(frozen=True, slots=True)
class Reference:
    """One path that an expression reads, by names from the root (`*` and `**` possible).

    `near` when, inside repeats, it means the answers of the same repeat as the expression itself.
    """

    names: tuple[str, ...]
    near: bool


def references(expression: Expression, origin: str) -> set[Reference]:
    """Every answer that `expression` reads when it belongs to the answer at the path `origin`."""
    here = tuple(origin.strip("/").split("/")) if origin.strip("/") else ()
    return set(_walk(expression, here, here, near=True))


def _walk(
    expression: Expression, base: tuple[str, ...] | None, origin: tuple[str, ...], *, near: bool
) -> Iterator[Reference]:
    if isinstance(expression, Path):
        yield from _path(expression, base, origin, near=near)
        return
    if isinstance(expression, Call) and expression.name in _FAR:
        near = False
    if isinstance(expression, Call) and expression.name == "current":
        return
    for each in children(expression):
        yield from _walk(each, base, origin, near=near)


def _path(path: Path, base: tuple[str, ...] | None, origin: tuple[str, ...], *, near: bool) -> Iterator[Reference]:
    at: tuple[str, ...] | None
    if path.start is not None:
        yield from _walk(path.start, base, origin, near=near)
        at = _start(path.start, base, origin)
    else:
        at = () if path.absolute else base
    lowest = len(at or ())
    for step in path.steps:
        at = _after(at, step)
        lowest = min(lowest, len(at)) if at is not None else lowest
        for predicate in step.predicates:
            near = False
            yield from _walk(predicate, at, origin, near=False)
    if at:
        shared = _shared(at, origin)
        stays = path.absolute or lowest >= shared or base is None
        yield Reference(at, near and stays and "*" not in at and BELOW not in at)


def _start(start: Expression, base: tuple[str, ...] | None, origin: tuple[str, ...]) -> tuple[str, ...] | None:
    if isinstance(start, Call):
        return origin if start.name == "current" else None
    if isinstance(start, Path):
        found = [reference.names for reference in _path(start, base, origin, near=False)]
        return found[-1] if found else None
    return None


def _after(at: tuple[str, ...] | None, step: Step) -> tuple[str, ...] | None:
    if at is None:
        return None
    match step.axis:
        case "child":
            return (*at, step.name) if step.test == "name" else at
        case "parent":
            return at[:-1]
        case "self" | "attribute":
            return at
        case "descendant" | "descendant-or-self":
            return (*at, BELOW, step.name) if step.test == "name" else (*at, BELOW)
        case _:
            return (*at[:1], BELOW)


def _shared(one: tuple[str, ...], other: tuple[str, ...]) -> int:
    count = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        count += 1
    return count


def matching(reference: Reference, paths: tuple[str, ...]) -> list[str]:
    """The paths of the form that `reference` means."""
    if "*" not in reference.names and BELOW not in reference.names:
        return ["/" + "/".join(reference.names)]
    return [path for path in paths if _fits(reference.names, tuple(path.strip("/").split("/")))]


def _fits(pattern: tuple[str, ...], names: tuple[str, ...]) -> bool:
    if not pattern:
        return not names
    if pattern[0] == BELOW:
        return any(_fits(pattern[1:], names[skip:]) for skip in range(len(names) + 1))
    return bool(names) and pattern[0] in {"*", names[0]} and _fits(pattern[1:], names[1:])
