"""How values turn into one another: numbers, texts, truths, moments and sets of nodes.

JavaRosa's rules (XPathFuncExpr.toNumeric, toString, toBoolean), which differ from XPath 1.0 where forms need it: a
comma is a decimal point, a date is a number of days, differences below 1e-12 are none. A dialect may say otherwise.
"""

from __future__ import annotations

import math
import re
from datetime import datetime, tzinfo
from decimal import Decimal

from gemba.forms.expressions.dialects import JAVAROSA, Dialect
from gemba.forms.expressions.failing import Quit
from gemba.forms.expressions.moments import Moment, looks_like_date, read_moment, read_time
from gemba.forms.expressions.nodes import ELEMENT, Node


class Foreign:
    """A value of the host's own kind, which its functions make and take; by itself it turns into nothing else."""

    def number(self) -> float:
        """The number it stands for."""
        raise Quit("this value is no number")

    def text(self) -> str:
        """The text it stands for."""
        raise Quit("this value is no text")

    def truth(self) -> bool:
        """Whether it counts as true."""
        raise Quit("this value is neither true nor false")


class DayCount(float):
    """The days of a date text; where date texts count, one writes the whole days though it reckons with fractions."""

    __slots__ = ()


Scalar = float | str | bool | Moment | Foreign
Value = Scalar | list[Node]

NAN = math.nan
_CLOSE = 1e-12
_SCIENTIFIC = re.compile(r"[-+]?\d+(\.\d*)?[eE][-+]?\d+")
"""Large and small decimals as Java writes them: an answer may have an exponent, a text in an expression may not."""
_NUMBER = re.compile(r"\s*-?(?:\d+(?:\.\d*)?|\.\d+)\s*$", re.ASCII)
_JAVASCRIPT_NUMBER = re.compile(r"[-+]?(?:(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?|Infinity)$", re.ASCII)
_EXPONENT_BELOW, _EXPONENT_FROM = 1e-6, 1e21
_INTEGERS = 2.0**31


def scalar(value: Value, zone: tzinfo | None = None, dialect: Dialect = JAVAROSA) -> Scalar:
    """A single value: of a set of nodes the first one's, read by its type; "" for an empty set."""
    if isinstance(value, list):
        return typed(value[0], zone, dialect) if value else ""
    return value


def typed(node: Node, zone: tzinfo | None = None, dialect: Dialect = JAVAROSA) -> Scalar:
    """What a node holds, read by the type of its answer; kept until the node is written again.

    A section holds answers but is none: JavaRosa gives it no value, XPath 1.0 all the text in it.
    """
    known = node._typed  # noqa: SLF001 - the one reader of what Node keeps for it
    if known is None:
        if node.children and any(child.kind == ELEMENT for child in node.children):
            return "" if dialect.typed else node.text()
        known = node._typed = read_typed(node.text(), node.type, zone)  # noqa: SLF001
    return known  # type: ignore[return-value]


def read_typed(text: str, kind: str, zone: tzinfo | None) -> Scalar:
    """`text` read as an answer of XForms type `kind`; the text itself when it does not fit."""
    if not text:
        return text
    if kind in {"int", "integer", "decimal", "long"}:
        number = float(text) if kind == "decimal" and _SCIENTIFIC.fullmatch(text) else number_from(text)
        return text if math.isnan(number) else number
    if kind in {"date", "dateTime"}:
        moment = read_moment(text, zone)
        if moment is not None and kind == "date":
            moment = moment.day()
        return moment or text
    if kind == "time":
        return read_time(text, datetime(1970, 1, 1, tzinfo=zone)) or text
    if kind == "boolean":
        return {"true": True, "1": True, "false": False, "0": False}.get(text, text)
    return text


def number_from(text: str) -> float:
    """The number that `text` writes (no exponent, no plus sign); NaN for anything else."""
    if "," in text:
        text = text.replace(",", ".")
    return float(text) if _NUMBER.match(text) else NAN


def to_number(value: Value, zone: tzinfo | None = None, dialect: Dialect = JAVAROSA) -> float:
    """The number that a value stands for; NaN for a text that writes none."""
    if isinstance(value, list):
        value = scalar(value, zone, dialect)
    if isinstance(value, float):
        return value
    if isinstance(value, bool):
        return 1.0 if value else 0.0
    if isinstance(value, str):
        number = number_from(value) if dialect.numerals != "javascript" else javascript_number(value)
        return _days_of(value, zone, dialect) if dialect.date_texts and math.isnan(number) else number
    if isinstance(value, Moment):
        return value.days() if dialect.whole_days else value.utc_days()
    return value.number()


def _days_of(text: str, zone: tzinfo | None, dialect: Dialect) -> float:
    moment = read_moment(text, zone) if looks_like_date(text) else None
    return to_number(moment, zone, dialect) if moment else NAN


def to_text(value: Value, zone: tzinfo | None = None, dialect: Dialect = JAVAROSA) -> str:
    """The text of a value."""
    if isinstance(value, list):
        value = scalar(value, zone, dialect)
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return _numeral(value, dialect)
    if isinstance(value, Moment):
        return value.date_text() if dialect.dates_alone else value.timed_text()
    return value.text()


def _numeral(value: float, dialect: Dialect) -> str:
    if math.isnan(value):
        return dialect.nan_text
    if isinstance(value, DayCount):
        return number_text(math.floor(value))
    return _WRITTEN[dialect.numerals](value)


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


def javascript_number(text: str) -> float:
    """The number that `text` writes as JavaScript reads it (exponents, plus sign, Infinity); NaN for anything else."""
    bare = text.strip()
    return float(bare) if _JAVASCRIPT_NUMBER.match(bare) else NAN


def javascript_numeral(number: float) -> str:
    """A number as JavaScript writes it: with an exponent from 1e21 up and below 1e-6."""
    if not math.isfinite(number) or not number or _EXPONENT_BELOW <= abs(number) < _EXPONENT_FROM:
        return number_text(number) if abs(number) >= _CLOSE or not number else repr(number)
    mantissa, _, exponent = repr(number).partition("e")
    return f"{mantissa}e{int(exponent):+d}"


def java_numeral(number: float) -> str:
    """A number as JavaRosa writes it: as an integer when it is one of 32 bits, else by Java's Double.toString."""
    if not math.isfinite(number) or abs(number) < _CLOSE:
        return number_text(number)
    if -_INTEGERS - 1 < number < _INTEGERS and abs(number - int(number)) < _CLOSE:
        return str(int(number))
    if 1e-3 <= abs(number) < 1e7:
        return repr(number)
    sign, digits, exponent = Decimal(repr(number)).normalize().as_tuple()
    written = "".join(str(digit) for digit in digits)
    power = len(written) - 1 + int(exponent)
    return f"{'-' if sign else ''}{written[0]}.{written[1:] or '0'}E{power}"


_WRITTEN = {"java": java_numeral, "javascript": javascript_numeral, "xpath": number_text}


def to_truth(value: Value, zone: tzinfo | None = None, *, strict: bool = False, dialect: Dialect = JAVAROSA) -> bool:
    """Whether a value counts as true. `strict`: XPath 1.0's rule, where any node at all is true."""
    if isinstance(value, list):
        if strict or not dialect.typed:
            return bool(value)
        value = scalar(value, zone, dialect)
    if isinstance(value, bool):
        return value
    if isinstance(value, float):
        return not math.isnan(value) and abs(value) > dialect.closeness
    if isinstance(value, str):
        return value != ""
    return value.truth() if isinstance(value, Foreign) else True


def equal(left: Scalar, right: Scalar, zone: tzinfo | None, dialect: Dialect = JAVAROSA) -> bool:
    """Whether two single values are the same: as truths, else as numbers, else as texts."""
    if isinstance(left, str) and isinstance(right, str):
        return left == right
    if isinstance(left, bool) or isinstance(right, bool):
        return to_truth(left, dialect=dialect) == to_truth(right, dialect=dialect)
    if _counts(left, dialect) or _counts(right, dialect):
        one, other = to_number(left, zone, dialect), to_number(right, zone, dialect)
        return abs(one - other) < dialect.closeness if dialect.closeness else one == other
    return to_text(left, zone, dialect) == to_text(right, zone, dialect)


def _counts(value: Scalar, dialect: Dialect) -> bool:
    """Whether a value is compared as a number."""
    return isinstance(value, float) or (isinstance(value, Moment) and not dialect.whole_days)


def less(left: Scalar, right: Scalar, zone: tzinfo | None, dialect: Dialect = JAVAROSA, *, or_equal: bool) -> bool:
    """Whether one single value, as a number, is less than (or equals) another."""
    one, other = to_number(left, zone, dialect), to_number(right, zone, dialect)
    return one <= other if or_equal else one < other
