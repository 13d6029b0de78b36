"""Conditions as people put them together: all or any of "question – comparison – value", nested once.

They are written as an expression and read back from one. An expression of another shape is "written by hand": it has
no condition, and is left as its author wrote it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from gemba.errors import Refusal
from gemba.forms.expressions import number_text, parse
from gemba.forms.expressions.syntax import Binary, Call, Expression, Negate, Number, Path, Step, Text, Variable

Kind = Literal["text", "number", "date", "today", "question"]
Sign = Literal["is", "is_not", "includes", "includes_not", "answered", "empty", "more", "at_least", "less", "at_most"]
Join = Literal["all", "any"]
SIGNS: tuple[Sign, ...] = (
    "is", "is_not", "includes", "includes_not", "answered", "empty", "more", "at_least", "less", "at_most",
)  # fmt: skip
WRITTEN: dict[Sign, str] = {
    "is": "=", "is_not": "!=", "more": ">", "at_least": ">=", "less": "<", "at_most": "<=",
}  # fmt: skip
READ: dict[str, Sign] = {written: sign for sign, written in WRITTEN.items()}
TURNED = {"=": "=", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}
"""The sign when the two sides change places."""
_REFERENCE = re.compile(r"\$\{\s*([^}\s]+)\s*\}")
_QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"")
_DEEPEST = 2


@dataclass(frozen=True, slots=True)
class Value:
    """What an answer is compared with: words, a number, a day (`2026-05-04`), today, or the answer to a question."""

    kind: Kind
    said: str = ""


_NO_VALUE = Value("text")


@dataclass(frozen=True, slots=True)
class Test:
    """One comparison."""

    __test__ = False
    question: str
    sign: Sign
    value: Value = _NO_VALUE


@dataclass(frozen=True, slots=True)
class Condition:
    """All or any of several comparisons and conditions."""

    join: Join
    parts: tuple[Test | Condition, ...]


def write_condition(condition: Condition) -> str:
    """The expression that says a condition; "" for an empty one.

    Raises:
        Refusal: forms.both_quotes, for words with both kinds of quotes, which an expression cannot hold.
    """
    sign = " and " if condition.join == "all" else " or "
    parts = [part for part in condition.parts if isinstance(part, Test) or part.parts]
    return sign.join(_written(part, alone=len(parts) == 1) for part in parts)


def read_condition(expression: str) -> Condition | None:
    """The condition that an expression says; None when it is of another shape, or broken."""
    if not expression.strip():
        return Condition("all", ())
    read = tree_of(expression)
    found = _condition(read, _DEEPEST) if read is not None else None
    return Condition("all", (found,)) if isinstance(found, Test) else found


def tree_of(expression: str) -> Expression | None:
    """The expression, read with `${references}` as variables; None when it is broken or quotes a reference."""
    pieces: list[str] = []
    at = 0
    for quoted in _QUOTED.finditer(expression):
        if "${" in quoted[0]:
            return None
        pieces += [_REFERENCE.sub(r" $\1 ", expression[at : quoted.start()]), quoted[0]]
        at = quoted.end()
    pieces.append(_REFERENCE.sub(r" $\1 ", expression[at:]))
    try:
        return parse("".join(pieces).strip())
    except Refusal:
        return None


def write_value(value: Value) -> str:
    """A value as an expression says it."""
    match value.kind:
        case "number":
            return value.said or "0"
        case "date":
            return f"date('{value.said}')"
        case "today":
            return "today()"
        case "question":
            return "${" + value.said + "}"
        case _:
            return quoted(value.said)


def quoted(words: str) -> str:
    """Words in quotes."""
    if "'" in words and '"' in words:
        raise Refusal("forms.both_quotes", text=words)
    return f'"{words}"' if "'" in words else f"'{words}'"


def value_of(expression: Expression) -> Value | None:  # noqa: PLR0911 - one return a kind of value
    """The value that a part of an expression is; None when it is more than that."""
    match expression:
        case Text(said):
            return Value("text", said)
        case Number(number):
            return Value("number", number_text(number))
        case Negate(Number(number)):
            return Value("number", number_text(-number))
        case Call("date", (Text(said),)):
            return Value("date", said)
        case Call("today", ()):
            return Value("today")
        case Variable(name):
            return Value("question", name)
        case _:
            return None


def is_answer(expression: Expression) -> bool:
    """Whether a part of an expression is `.`, the answer itself."""
    return expression == Path(absolute=False, steps=(Step("self", "node"),))


def _written(part: Test | Condition, *, alone: bool) -> str:
    if isinstance(part, Condition):
        inside = write_condition(part)
        return inside if alone or len(part.parts) == 1 else f"({inside})"
    answer = "${" + part.question + "}"
    match part.sign:
        case "answered":
            return f"{answer} != ''"
        case "empty":
            return f"{answer} = ''"
        case "includes":
            return f"selected({answer}, {write_value(part.value)})"
        case "includes_not":
            return f"not(selected({answer}, {write_value(part.value)}))"
        case _:
            return f"{answer} {WRITTEN[part.sign]} {write_value(part.value)}"


def _condition(read: Expression, depth: int) -> Test | Condition | None:
    if isinstance(read, Binary) and read.sign in {"and", "or"}:
        if not depth:
            return None
        parts = [_condition(each, depth - 1) for each in _flat(read, read.sign)]
        whole = tuple(part for part in parts if part is not None)
        return Condition("all" if read.sign == "and" else "any", whole) if len(whole) == len(parts) else None
    return _test(read)


def _flat(read: Expression, sign: str) -> list[Expression]:
    if isinstance(read, Binary) and read.sign == sign:
        return [*_flat(read.left, sign), *_flat(read.right, sign)]
    return [read]


def _test(read: Expression) -> Test | None:
    match read:
        case Call("selected", (Variable(name), Text(said))):
            return Test(name, "includes", Value("text", said))
        case Call("not", (Call("selected", (Variable(name), Text(said))),)):
            return Test(name, "includes_not", Value("text", said))
        case Binary(sign, Variable(name), right) if sign in READ:
            return _compared(name, sign, value_of(right))
        case Binary(sign, left, Variable(name)) if sign in READ:
            return _compared(name, TURNED[sign], value_of(left))
        case _:
            return None


def _compared(name: str, sign: str, value: Value | None) -> Test | None:
    if value is None:
        return None
    if value == Value("text", "") and sign in {"=", "!="}:
        return Test(name, "empty" if sign == "=" else "answered")
    return Test(name, READ[sign], value)
