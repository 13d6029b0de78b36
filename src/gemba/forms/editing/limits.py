"""Limits on an answer as people put them: at least, at most, not in the future, no longer than, of a certain form."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from gemba.forms.editing.conditions import (
    READ,
    TURNED,
    WRITTEN,
    Sign,
    Value,
    is_answer,
    quoted,
    tree_of,
    value_of,
    write_value,
)
from gemba.forms.expressions.syntax import Binary, Call, Expression, Text

Measure = Literal["answer", "length", "count"]
LIMITS: tuple[str, ...] = (
    "at_least", "at_most", "more", "less", "is_not", "not_future", "not_past", "longest", "shortest", "most_chosen",
    "least_chosen", "pattern",
)  # fmt: skip
_CALLS = {"string-length": "length", "count-selected": "count"}
_MEASURED: dict[tuple[str, str], str] = {
    ("length", "<="): "longest",
    ("length", ">="): "shortest",
    ("count", "<="): "most_chosen",
    ("count", ">="): "least_chosen",
}
_MEASURES = {limit: (measure, sign) for (measure, sign), limit in _MEASURED.items()}
_FUNCTION = {measure: call for call, measure in _CALLS.items()}

_NO_VALUE = Value("number")


@dataclass(frozen=True, slots=True)
class Limit:
    """One limit; `sign` is one of `LIMITS`."""

    sign: str
    value: Value = _NO_VALUE


def write_limits(limits: tuple[Limit, ...]) -> str:
    """The expression that says limits, which must all be kept.

    Raises:
        Refusal: forms.both_quotes.
    """
    return " and ".join(map(_written, limits))


def read_limits(expression: str) -> tuple[Limit, ...] | None:
    """The limits that an expression says; None when it is of another shape, or broken."""
    if not expression.strip():
        return ()
    read = tree_of(expression)
    if read is None:
        return None
    found = [_limit(each) for each in _all_of(read)]
    whole = tuple(limit for limit in found if limit is not None)
    return whole if len(whole) == len(found) else None


def _written(limit: Limit) -> str:
    match limit.sign:
        case "not_future":
            return ". <= today()"
        case "not_past":
            return ". >= today()"
        case "pattern":
            return f"regex(., {quoted(limit.value.said)})"
        case sign if sign in _MEASURES:
            measure, compared = _MEASURES[sign]
            return f"{_FUNCTION[measure]}(.) {compared} {write_value(limit.value)}"
        case sign:
            known: Sign = sign  # type: ignore[assignment]
            return f". {WRITTEN[known]} {write_value(limit.value)}"


def _all_of(read: Expression) -> list[Expression]:
    if isinstance(read, Binary) and read.sign == "and":
        return [*_all_of(read.left), *_all_of(read.right)]
    return [read]


def _limit(read: Expression) -> Limit | None:
    match read:
        case Call("regex", (answer, Text(pattern))) if is_answer(answer):
            return Limit("pattern", Value("text", pattern))
        case Binary(sign, left, right) if sign in READ:
            if is_answer(left):
                return _compared(sign, value_of(right))
            if is_answer(right):
                return _compared(TURNED[sign], value_of(left))
            return _measured(sign, left, value_of(right))
        case _:
            return None


def _compared(sign: str, value: Value | None) -> Limit | None:
    if value is None or sign == "=":
        return None
    if value.kind == "today" and sign in {"<=", ">="}:
        return Limit("not_future" if sign == "<=" else "not_past")
    return Limit(READ[sign], value)


def _measured(sign: str, left: Expression, value: Value | None) -> Limit | None:
    if not isinstance(left, Call) or len(left.arguments) != 1 or not is_answer(left.arguments[0]):
        return None
    limit = _MEASURED.get((_CALLS.get(left.name, ""), sign))
    return Limit(limit, value) if limit is not None and value is not None else None
