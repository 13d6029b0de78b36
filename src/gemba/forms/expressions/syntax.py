"""What an expression is made of once it is read: frozen values, compared by content."""

from __future__ import annotations

from dataclasses import dataclass

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
    """A function called with arguments."""

    name: str
    arguments: tuple[Expression, ...]


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


def broken(source: str, position: int, reason: str) -> Refusal:
    """The refusal of an expression that cannot be read; `position` counts characters from 1."""
    return Refusal("forms.broken_expression", expression=source, position=position + 1, reason=reason)


def children(expression: Expression) -> tuple[Expression, ...]:
    """The expressions directly inside `expression`, predicates too."""
    match expression:
        case Call(_, arguments):
            return arguments
        case Negate(operand):
            return (operand,)
        case Binary(_, left, right):
            return (left, right)
        case Filter(primary, predicates):
            return (primary, *predicates)
        case Path(_, steps, start):
            inside = tuple(predicate for step in steps for predicate in step.predicates)
            return (start, *inside) if start is not None else inside
        case _:
            return ()
