"""How values turn into one another: numbers, texts, truths, moments and sets of nodes.

JavaRosa's rules (XPathFuncExpr.toNumeric, toString, toBoolean), which differ from XPath 1.0 where forms need it: a
comma is a decimal point, a date is a number of days, differences below 1e-12 are none.
"""

from __future__ import annotations

import math
import re
from datetime import tzinfo
from decimal import Decimal

from gemba.forms.expressions.moments import Moment, looks_like_date, read_moment
from gemba.forms.expressions.nodes import Node

Scalar = float | str | bool | Moment
Value = Scalar | list[Node]

NAN = math.nan
_CLOSE = 1e-12
_NUMBER = re.compile(r"\s*-?(?:\d+(?:\.\d*)?|\.\d+)\s*$")


def scalar(value: Value, zone: tzinfo | None = None) -> Scalar:
    """A single value: of a set of nodes the first one's, read by its type; "" for an empty set."""
    if isinstance(value, list):
        return typed(value[0], zone) if value else ""
    return value


def typed(node: Node, zone: tzinfo | None = None) -> Scalar:
    """What a node holds, read by the type of its answer; kept until the node is written again."""
    known = node._typed  # noqa: SLF001 - the one reader of what Node keeps for it
    if known is None:
        known = node._typed = read_typed(node.text(), node.type, zone)  # noqa: SLF001
    return known  # type: ignore[return-value]


def read_typed(text: str, kind: str, zone: tzinfo | None) -> Scalar:
    """`text` read as an answer of XForms type `kind`; the text itself when it does not fit."""
    if not text:
        return text
    if kind in {"int", "integer", "decimal", "long"}:
        number = number_from(text)
        return text if math.isnan(number) else number
    if kind in {"date", "dateTime"}:
        moment = read_moment(text, zone)
        if moment is None:
            return text
        return moment.day() if kind == "date" else moment
    if kind == "boolean":
        return {"true": True, "1": True, "false": False, "0": False}.get(text, text)
    return text


def number_from(text: str) -> float:
    """The number that `text` writes (no exponent, no plus sign); NaN for anything else."""
    if "," in text:
        text = text.replace(",", ".")
    return float(text) if _NUMBER.match(text) else NAN


def to_number(value: Value, zone: tzinfo | None = None) -> float:
    """The number that a value stands for; a text that is plainly an ISO date counts as its day."""
    if isinstance(value, list):
        value = scalar(value, zone)
    if isinstance(value, float):
        return value
    if isinstance(value, bool):
        return 1.0 if value else 0.0
    if isinstance(value, Moment):
        return value.days()
    number = number_from(value)
    if math.isnan(number) and looks_like_date(value):
        moment = read_moment(value, zone)
        return moment.days() if moment else NAN
    return number


def to_text(value: Value, zone: tzinfo | None = None) -> str:
    """The text of a value."""
    if isinstance(value, list):
        value = scalar(value, zone)
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Moment):
        return value.date_text()
    return number_text(value)


def number_text(number: float) -> str:
    """A number as text: no exponent, no trailing zeros, no negative zero."""
    if math.isnan(number):
        return "NaN"
    if math.isinf(number):
        return "Infinity" if number > 0 else "-Infinity"
    if abs(number) < _CLOSE:
        return "0"
    whole = round(number)
    if abs(number - whole) < _CLOSE and abs(number) < 1e15:
        return str(whole)
    text = format(Decimal(repr(number)), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def to_truth(value: Value, zone: tzinfo | None = None, *, strict: bool = False) -> bool:
    """Whether a value counts as true. `strict`: XPath 1.0's rule, where any node at all is true."""
    if isinstance(value, list):
        if strict:
            return bool(value)
        value = scalar(value, zone)
    if isinstance(value, bool):
        return value
    if isinstance(value, float):
        return not math.isnan(value) and abs(value) > _CLOSE
    if isinstance(value, str):
        return value != ""
    return True


def equal(left: Scalar, right: Scalar, zone: tzinfo | None) -> bool:
    """Whether two single values are the same: as truths, else as numbers, else as texts."""
    if isinstance(left, str) and isinstance(right, str):
        return left == right
    if isinstance(left, bool) or isinstance(right, bool):
        return to_truth(left) == to_truth(right)
    if isinstance(left, float) or isinstance(right, float):
        one, other = to_number(left, zone), to_number(right, zone)
        return one == other or abs(one - other) < _CLOSE
    if isinstance(left, Moment) and isinstance(right, Moment):
        return left.days() == right.days()
    return to_text(left) == to_text(right)


def less(left: Scalar, right: Scalar, zone: tzinfo | None, *, or_equal: bool) -> bool:
    """Whether one single value, as a number, is less than (or equals) another."""
    one, other = to_number(left, zone), to_number(right, zone)
    return one <= other if or_equal else one < other
