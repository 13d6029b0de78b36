"""Between values and the text of an answer, both ways (JavaRosa's IAnswerData.wrapData and its serialiser)."""

from __future__ import annotations

import math
import re

from gemba.forms.expressions import Foreign, Moment, Scalar, number_text
from gemba.forms.expressions.moments import offset, read_moment, read_time
from gemba.forms.expressions.values import java_numeral, read_typed

_WHOLE = re.compile(r"[-+]?\d+$")
_DECIMAL = re.compile(r"[-+]?(\d+([.,]\d*)?|[.,]\d+)([eE][-+]?\d+)?$")


def as_answer(value: Scalar, kind: str) -> tuple[str, Scalar]:
    """The text under which a calculated value is kept, and the value as later expressions see it."""
    if isinstance(value, bool):
        return ("true" if value else "false"), value
    if isinstance(value, float):
        return _number(value, kind)
    if isinstance(value, Moment):
        return _moment(value, kind)
    if isinstance(value, Foreign):
        value = value.text()
    if not value:
        return "", ""
    read = read_typed(value, kind, None) if kind in {"int", "decimal", "boolean"} else value
    return value, read


def _number(value: float, kind: str) -> tuple[str, Scalar]:
    if math.isnan(value):
        return "", ""
    if kind in {"int", "integer", "long"} and math.isfinite(value):
        value = float(math.trunc(value))
    if kind == "boolean":
        return as_answer(bool(value), kind)
    return java_numeral(value), value


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
    from datetime import UTC, datetime

    return read_time(text, datetime(2000, 1, 1, tzinfo=UTC)) is not None


def _is_point(text: str) -> bool:
    parts = text.split()
    if not 2 <= len(parts) <= 4 or not all(_DECIMAL.match(part) for part in parts):
        return False
    return abs(float(parts[0])) <= 90 and abs(float(parts[1])) <= 180
