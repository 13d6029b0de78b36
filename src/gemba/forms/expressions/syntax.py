"""What an expression is made of once it is read: frozen values, compared by content."""

from __future__ import annotations

from dataclasses import dataclass, field

from gemba.errors import Refusal


@dataclass(frozen=True, slots=True)
class Number:
    """A number written in the expression."""

    value: float


@dataclass(frozen=True, slots=True)
class Text:
    """A text written in quotes."""

    value: str


@dataclass(frozen=True, slots=True)
class Variable:
    """`$name`; XForms have none, so it can be read but not evaluated."""

    name: str


@dataclass(frozen=True, slots=True)
class Call:
    """A function called with arguments. `position` is where its name begins, counted from 0; it is no part of it."""

    name: str
    arguments: tuple[Expression, ...]
    position: int = field(default=-1, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Negate:
    """`- expression`."""

    operand: Expression


@dataclass(frozen=True, slots=True)
class Binary:
    """Two expressions and the sign between them."""

    sign: str
    left: Expression
    right: Expression


@dataclass(frozen=True, slots=True)
class Filter:
    """An expression followed by predicates, as in `(a | b)[1]`."""

    primary: Expression
    predicates: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a path. `test` is "name", "node", "text", "comment" or "processing-instruction"."""

    axis: str
    test: str
    name: str = ""
    prefix: str = ""
    predicates: tuple[Expression, ...] = ()


@dataclass(frozen=True, slots=True)
class Path:
    """Steps from the root (`absolute`), from another expression (`start`), or from where the expression stands."""

    absolute: bool
    steps: tuple[Step, ...]
    start: Expression | None = None


Expression = Number | Text | Variable | Call | Negate | Binary | Filter | Path


_SHOWN = 60
"""Characters of a long expression that are shown before and after the place that is meant."""


def broken(source: str, position: int, reason: str) -> Refusal:
    """The refusal of an expression that cannot be read; `position` counts characters from 0 here, from 1 when told."""
    return Refusal(
        "forms.broken_expression", expression=excerpt(source, position), position=position + 1, reason=reason
    )


def excerpt(source: str, position: int = 0) -> str:
    """`source`, or of a long one the part around `position`."""
    if len(source) <= 4 * _SHOWN:
        return source
    start, end = max(position - _SHOWN, 0), min(position + _SHOWN, len(source))
    return f"{'…' if start else ''}{source[start:end]}{'…' if end < len(source) else ''}"


def chain(expression: Binary) -> tuple[Expression, list[tuple[str, Expression]]]:
    """`a + b - c` as its first operand and each sign with what follows, so that long ones need no recursion."""
    links: list[tuple[str, Expression]] = []
    first: Expression = expression
    while isinstance(first, Binary):
        links.append((first.sign, first.right))
        first = first.left
    return first, links[::-1]


def children(expression: Expression) -> tuple[Expression, ...]:
    """The expressions directly inside `expression`, predicates too; of a chain of operators all operands."""
    match expression:
        case Call(_, arguments):
            return arguments
        case Negate(operand):
            return (operand,)
        case Binary():
            first, links = chain(expression)
            return (first, *(operand for _, operand in links))
        case Filter(primary, predicates):
            return (primary, *predicates)
        case Path(_, steps, start):
            inside = tuple(predicate for step in steps for predicate in step.predicates)
            return (start, *inside) if start is not None else inside
        case _:
            return ()
