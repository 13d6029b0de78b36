"""Writes an expression back as text, in one settled form: what `parse` reads it as again."""

from __future__ import annotations

from gemba.forms.expressions.parsing import STRENGTH
from gemba.forms.expressions.syntax import (
    Binary,
    Call,
    Expression,
    Filter,
    Negate,
    Number,
    Path,
    Step,
    Text,
    Variable,
    chain,
)


def write(expression: Expression) -> str:  # noqa: PLR0911 - one return a kind of expression
    """The text of `expression`; `parse(write(x)) == x`."""
    match expression:
        case Number(value):
            return f"{value:.0f}" if value.is_integer() else f"{value:.20f}".rstrip("0")
        case Text(value):
            return f'"{value}"' if "'" in value else f"'{value}'"
        case Variable(name):
            return f"${name}"
        case Call(name, arguments):
            return f"{name}({', '.join(write(each) for each in arguments)})"
        case Negate(operand):
            return f"-{write(operand) if isinstance(operand, Negate) else _closed(operand)}"
        case Binary():
            return _chain(expression)
        case Filter(primary, predicates):
            return _closed(primary) + _predicates(predicates)
        case Path():
            return _path(expression)


def _chain(expression: Binary) -> str:
    """`a + b - c`: what stands before a sign needs brackets only when its own sign binds less."""
    first, links = chain(expression)
    opened, parts, before = 0, [_closed(first)], STRENGTH["|"]
    for sign, operand in links:
        if before < STRENGTH[sign]:
            opened += 1
            parts.append(")")
        parts.append(f" {sign} {_closed(operand)}")
        before = STRENGTH[sign]
    return "(" * opened + "".join(parts)


def _closed(expression: Expression) -> str:
    text = write(expression)
    return f"({text})" if isinstance(expression, Binary | Negate | Filter | Path) else text


def _path(path: Path) -> str:
    steps = "/".join(_step(step) for step in path.steps)
    if path.start is not None:
        start = write(path.start) if isinstance(path.start, Filter) else _closed(path.start)
        return f"{start}/{steps}"
    return f"/{steps}" if path.absolute else steps


def _step(step: Step) -> str:
    name = f"{step.prefix}:{step.name}" if step.prefix else step.name
    if step.test != "name":
        name = f"{step.test}('{step.name}')" if step.name else f"{step.test}()"
    return f"{step.axis}::{name}{_predicates(step.predicates)}"


def _predicates(predicates: tuple[Expression, ...]) -> str:
    return "".join(f"[{write(each)}]" for each in predicates)
