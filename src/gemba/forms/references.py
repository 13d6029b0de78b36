"""Which answers an expression reads: the edges of the graph by which answers are recalculated."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from gemba.forms.expressions.syntax import Call, Expression, Filter, Path, Step, children

BELOW = "**"
"""Stands for any number of steps down."""
_FAR = {"indexed-repeat", "position"}
_OWN = {"child", "self", "attribute", "namespace", "descendant", "descendant-or-self"}
"""Axes that stay below the node they start from."""
_TEXT = "text()"
"""Stands for a node in an answer that is none itself; who reads it reads the answer."""
Names = tuple[str, ...]
_End = tuple[Names, int]
"""Where a path leads, and how near to the root it has been on the way."""


@dataclass(frozen=True, slots=True)
class Reference:
    """One path that an expression reads, by names from the root (`*` and `**` possible).

    `near` when, inside repeats, it means the answers of the same repeat as the expression itself.
    """

    names: Names
    near: bool


def references(expression: Expression, origin: str) -> set[Reference]:
    """Every answer that `expression` reads when it belongs to the answer at the path `origin`."""
    here = tuple(origin.strip("/").split("/")) if origin.strip("/") else ()
    return set(_walk(expression, _Place((here,), here), near=True))


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a part of an expression stands. Relative paths begin at `bases` (none in a list), current() at `origin`."""

    bases: tuple[Names, ...]
    origin: Names


def _walk(expression: Expression, place: _Place, *, near: bool) -> Iterator[Reference]:
    match expression:
        case Path():
            yield from _path(expression, place, near=near)
        case Call("current"):
            return
        case Filter(primary, predicates):
            yield from _walk(primary, place, near=False)
            inside = _Place(tuple(end for end, _ in _ends(primary, place)), place.origin)
            for predicate in predicates:
                yield from _walk(predicate, inside, near=False)
        case _:
            near = near and not (isinstance(expression, Call) and expression.name in _FAR)
            for each in children(expression):
                yield from _walk(each, place, near=near)


def _path(path: Path, place: _Place, *, near: bool) -> Iterator[Reference]:
    if path.absolute and path.steps and all(_is_plain(step) for step in path.steps):
        yield Reference(tuple(step.name for step in path.steps), near)  # as nearly all are
        return
    if path.start is not None:
        yield from _walk(path.start, place, near=near)
    ends = _begins(path, place)
    for step in path.steps:
        ends = _stepped(ends, step)
        inside = _Place(tuple(end for end, _ in ends), place.origin)
        for predicate in step.predicates:
            near = False
            yield from _walk(predicate, inside, near=False)
    for found, lowest in ends:
        end = found[:-1] if found[-1:] == (_TEXT,) else found
        if end:
            stays = path.absolute or lowest >= _shared(end, place.origin)
            yield Reference(end, near and stays and "*" not in end and BELOW not in end)


def _is_plain(step: Step) -> bool:
    return step.axis == "child" and step.test == "name" and step.name != "*" and not step.predicates


# -- where paths lead


def _begins(path: Path, place: _Place) -> list[_End]:
    if path.start is not None:
        return _ends(path.start, place)
    return [((), 0)] if path.absolute else [(base, len(base)) for base in place.bases]


def _ends(expression: Expression, place: _Place) -> list[_End]:
    """Where the nodes may stand that `expression` gives."""
    match expression:
        case Path(_, steps):
            ends = _begins(expression, place)
            for step in steps:
                ends = _stepped(ends, step)
            return ends
        case Filter(primary):
            return _ends(primary, place)
        case Call("current"):
            return [(place.origin, len(place.origin))]
        case Call("instance"):
            return []
        case Call("id"):
            return [((BELOW,), 0)]
        case _:
            return [end for each in children(expression) for end in _ends(each, place)]


def _stepped(ends: list[_End], step: Step) -> list[_End]:
    found = [
        (after, min(lowest, len(after), len(at) - (step.axis not in _OWN)))
        for at, lowest in ends
        for after in _after(at, step)
    ]
    return list(dict.fromkeys(found))


def _after(at: Names, step: Step) -> list[Names]:  # noqa: PLR0911 - one return a kind of axis
    match step.axis:
        case "child":
            return _beside(at, step)
        case "self" | "attribute" | "namespace":
            return [at]
        case "parent":
            return [at, at[:-2]] if at[-1:] == (BELOW,) else [at[:-1]]
        case "descendant":
            return _beside(_deep(at), step)
        case "descendant-or-self":
            whole = step.test == "node" or step.name == "*"
            return [_deep(at)] if whole else _beside(_deep(at[:-1]), step)
        case "ancestor" | "ancestor-or-self":
            itself = step.axis == "ancestor-or-self" or at[-1:] == (BELOW,)
            return _above(at if itself else at[:-1], step.name if step.test == "name" else "*")
        case "following-sibling" | "preceding-sibling":
            far = at[-1:] == (BELOW,)
            return _beside(at, step) + _beside(at[:-2], step) if far else _beside(at[:-1], step)
        case _:
            return [at[:1], *_beside(_deep(at[:1]), step)]


def _deep(at: Names) -> Names:
    return at if at[-1:] == (BELOW,) else (*at, BELOW)


def _beside(above: Names, step: Step) -> list[Names]:
    """The children of `above` that a step means; any node may be an answer or the text in one."""
    match step.test:
        case "name":
            return [(*above, step.name)]
        case "node":
            return [(*above, "*"), (*above, _TEXT)]
    return [(*above, _TEXT)]


def _above(at: Names, name: str) -> list[Names]:
    """The beginnings of `at` that end with `name`."""
    if BELOW in at:
        at = at[: at.index(BELOW)]
        return [(*at, BELOW) if name == "*" else (*at, BELOW, name), *_above(at, name)]
    return [at[:depth] for depth in range(1, len(at) + 1) if {name, at[depth - 1]} & {"*"} or at[depth - 1] == name]


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
