"""Between values and the text of an answer, both ways (JavaRosa's IAnswerData.wrapData and its serialiser)."""

from __future__ import annotations

import math
import re
from datetime import UTC, datetime
from decimal import Decimal

from gemba.forms.expressions import Foreign, Moment, Scalar
from gemba.forms.expressions.moments import offset, read_moment, read_time
from gemba.forms.expressions.values import java_numeral, read_typed

_WHOLE = re.compile(r"[-+]?\d+$")
_DECIMAL = re.compile(r"[-+]?(\d+([.,]\d*)?|[.,]\d+)([eE][-+]?\d+)?$")

_MOST = 2_147_483_647.0
_LONGEST = 2.0**63
_WHOLE_ENOUGH = 1e-9


def as_answer(value: Scalar, kind: str) -> tuple[str, Scalar]:
    """The text under which a calculated value is kept, and the value as later expressions see it."""
    if isinstance(value, bool):
        return ("1" if value else "0"), value
    if isinstance(value, float):
        return _number(value, kind)
    if isinstance(value, Moment):
        return _moment(value, kind)
    if isinstance(value, Foreign):
        value = value.text()
    if not value:
        return "", ""
    value = settled(value, kind)
    read = read_typed(value, kind, None) if kind in {"int", "decimal", "boolean"} else value
    return value, read


def _number(value: float, kind: str) -> tuple[str, Scalar]:
    if math.isnan(value):
        return "", ""
    if kind in {"int", "integer"}:
        value = max(min(float(math.trunc(value)), _MOST), -_MOST - 1) if math.isfinite(value) else value
    if kind == "boolean":
        return as_answer(bool(value), kind)
    if abs(value) < _LONGEST and abs(value - math.trunc(value)) < _WHOLE_ENOUGH:
        return str(math.trunc(value)), float(math.trunc(value))
    return java_double(value), value


def settled(text: str, kind: str) -> str:  # noqa: PLR0911 - one return a type
    """`text`, a default or a calculated text, as JavaRosa writes it once it has read it as an answer of type `kind`."""
    if not fits(text, kind):
        return text
    match kind:
        case "int" | "integer" | "long":
            return str(int(text))
        case "decimal":
            return java_double(float(text.replace(",", ".")))
        case "time" | "dateTime":
            moment = read_typed(text, kind, UTC)
            return _moment(moment, kind)[0] if isinstance(moment, Moment) else text
        case "geopoint":
            return _point(text)
        case "geotrace" | "geoshape":
            return "; ".join(_point(each) for each in text.strip().strip(";").split(";"))
    return text


def _point(text: str) -> str:
    return " ".join(java_double(float(part)) for part in [*text.split(), "0", "0"][:4])


def java_double(number: float) -> str:
    """A number as Java's Double.toString writes it: with a point always, with an exponent where it is far from 1."""
    if not math.isfinite(number) or number == 0 or 1e-3 <= abs(number) < 1e7:
        return repr(number) if math.isfinite(number) else java_numeral(number)
    sign, digits, exponent = Decimal(repr(number)).normalize().as_tuple()
    first, *rest = (str(digit) for digit in digits)
    return f"{'-' if sign else ''}{first}.{''.join(rest) or '0'}E{len(rest) + int(exponent)}"


def _moment(value: Moment, kind: str) -> tuple[str, Scalar]:
    if kind == "date":
        return value.day().text(), value.day()
    if kind == "time":
        at = value.when
        return f"{at:%H:%M:%S}.{at.microsecond // 1000:03d}{offset(at)}", value
    timed = Moment(value.when)
    return timed.text(), timed


def fits(text: str, kind: str) -> bool:  # noqa: PLR0911 - one return a type
    """Whether `text` can be an answer of XForms type `kind`."""
    match kind:
        case "int" | "integer" | "long":
            return _WHOLE.match(text) is not None
        case "decimal":
            return _DECIMAL.match(text) is not None
        case "date":
            return "T" not in text and read_moment(text, None) is not None
        case "dateTime":
            return read_moment(text, None) is not None
        case "time":
            return _is_time(text)
        case "geopoint":
            return _is_point(text)
        case "geotrace" | "geoshape":
            return all(_is_point(each) for each in text.strip().strip(";").split(";"))
        case _:
            return True


def _is_time(text: str) -> bool:
    return read_time(text, datetime(2000, 1, 1, tzinfo=UTC)) is not None


def _is_point(text: str) -> bool:
    parts = text.split()
    if not 2 <= len(parts) <= 4 or not all(_DECIMAL.match(part) for part in parts):
        return False
    return abs(float(parts[0])) <= 90 and abs(float(parts[1])) <= 180
