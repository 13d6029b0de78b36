"""Texts: joining, cutting, searching, regular expressions (matching the whole text, as JavaRosa does), identifiers."""

from __future__ import annotations

import math
import re
import uuid
from functools import lru_cache

from gemba.forms.expressions.context import Context, Quit
from gemba.forms.expressions.functions.logic import spread
from gemba.forms.expressions.functions.registry import MANY, Shelf
from gemba.forms.expressions.values import Value, to_number, to_text

FUNCTIONS = Shelf()
_LONGEST = 1_000
_LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@FUNCTIONS.add("string", low=0, high=1)
def _string(context: Context, *value: Value) -> str:
    return to_text(value[0] if value else [context.node], context.zone)


@FUNCTIONS.add("concat", low=0, high=MANY)
def _concat(context: Context, *values: Value) -> str:
    parts: list[str] = []
    for value in values:
        parts += [to_text([node], context.zone) for node in value] if isinstance(value, list) else [to_text(value)]
    return "".join(parts)


@FUNCTIONS.add("join", low=1, high=MANY)
def _join(context: Context, separator: Value, *values: Value) -> str:
    return to_text(separator, context.zone).join(to_text(each, context.zone) for each in spread(values))


@FUNCTIONS.add("contains", low=2)
def _contains(context: Context, text: Value, part: Value) -> bool:
    return to_text(part, context.zone) in to_text(text, context.zone)


@FUNCTIONS.add("starts-with", low=2)
def _starts_with(context: Context, text: Value, part: Value) -> bool:
    return to_text(text, context.zone).startswith(to_text(part, context.zone))


@FUNCTIONS.add("ends-with", low=2)
def _ends_with(context: Context, text: Value, part: Value) -> bool:
    return to_text(text, context.zone).endswith(to_text(part, context.zone))


@FUNCTIONS.add("substring-before", low=2)
def _substring_before(context: Context, text: Value, part: Value) -> str:
    before, found, _ = _partition(context, text, part)
    return before if found else ""


@FUNCTIONS.add("substring-after", low=2)
def _substring_after(context: Context, text: Value, part: Value) -> str:
    _, _, after = _partition(context, text, part)
    return after


def _partition(context: Context, text: Value, part: Value) -> tuple[str, bool, str]:
    whole, sought = to_text(text, context.zone), to_text(part, context.zone)
    at = whole.find(sought)
    return (whole[:at], True, whole[at + len(sought) :]) if at >= 0 else ("", False, "")


@FUNCTIONS.add("substring", low=2, high=3)
def _substring(context: Context, text: Value, start: Value, length: Value = math.inf) -> str:
    """XPath 1.0: places count from 1 and both numbers are rounded."""
    first = _rounded(to_number(start, context.zone))
    last = first + _rounded(to_number(length, context.zone))
    return "".join(each for place, each in enumerate(to_text(text, context.zone), 1) if first <= place < last)


def _rounded(number: float) -> float:
    return math.floor(number + 0.5) if math.isfinite(number) else number


@FUNCTIONS.add("substr", low=2, high=3)
def _substr(context: Context, text: Value, start: Value, end: Value | None = None) -> str:
    """ODK: places count from 0, `end` is not included, negative ones count from the end."""
    whole = to_text(text, context.zone)
    first = _place(to_number(start, context.zone), len(whole))
    last = len(whole) if end is None else _place(to_number(end, context.zone), len(whole))
    return whole[first:last]


def _place(number: float, length: int) -> int:
    if math.isnan(number):
        return 0
    place = int(max(min(number, 1e9), -1e9))
    return min(max(place + length if place < 0 else place, 0), length)


@FUNCTIONS.add("string-length", low=0, high=1)
def _string_length(context: Context, *value: Value) -> float:
    return float(len(to_text(value[0] if value else [context.node], context.zone)))


@FUNCTIONS.add("normalize-space", low=0, high=1)
def _normalize_space(context: Context, *value: Value) -> str:
    return " ".join(
        re.split(r"[ \t\r\n]+", to_text(value[0] if value else [context.node], context.zone).strip(" \t\r\n"))
    )


@FUNCTIONS.add("translate", low=3)
def _translate(context: Context, text: Value, old: Value, new: Value) -> str:
    to = to_text(new, context.zone)
    table: dict[int, str | None] = {}
    for index, letter in enumerate(to_text(old, context.zone)):
        table.setdefault(ord(letter), to[index] if index < len(to) else None)
    return to_text(text, context.zone).translate(table)


@FUNCTIONS.add("upper-case", low=1)
def _upper_case(context: Context, text: Value) -> str:
    return to_text(text, context.zone).upper()


@FUNCTIONS.add("lower-case", low=1)
def _lower_case(context: Context, text: Value) -> str:
    return to_text(text, context.zone).lower()


@FUNCTIONS.add("regex", low=2)
def _regex(context: Context, text: Value, pattern: Value) -> bool:
    return _compiled(to_text(pattern, context.zone)).fullmatch(to_text(text, context.zone)) is not None


@lru_cache(maxsize=2_000)
def _compiled(pattern: str) -> re.Pattern[str]:
    """A Java regular expression as a Python one; both read the same syntax but for a few escapes."""
    try:
        return re.compile(java_pattern(pattern))
    except re.error as wrong:
        raise Quit(f"the regular expression {pattern!r} cannot be read: {wrong}") from wrong


def java_pattern(pattern: str) -> str:
    r"""`pattern` with Java's own escapes (`\p{L}` and kin) replaced; possessive marks are the same in Python 3.11."""
    if re.search(r"(?<!\\)(?:\\\\)*\{(?!\d+(?:,\d*)?\})", re.sub(r"\\[pPx]\{[^}]*\}", "", pattern)):
        raise Quit(f"the regular expression {pattern!r} has an unclosed count")
    classes = {"L": r"[^\W\d_]", "Alpha": "[a-zA-Z]", "Alnum": "[a-zA-Z0-9]", "Digit": "[0-9]", "Upper": "[A-Z]"}
    classes |= {"Lower": "[a-z]", "Punct": r"[!-/:-@\[-`{-~]", "Lu": "[A-ZÀ-ÖØ-Þ]", "Ll": "[a-zß-öø-ÿ]", "N": r"\d"}
    return re.sub(r"\\p\{(?:Is)?(\w+)\}", lambda found: classes.get(found[1], found[0]), pattern)


@FUNCTIONS.add("uuid", low=0, high=1, steady=False)
def _uuid(context: Context, *length: Value) -> str:
    rng = context.world.rng
    if not length:
        return str(uuid.UUID(int=rng.getrandbits(128), version=4))
    wanted = to_number(length[0], context.zone)
    letters = int(min(max(wanted, 0), _LONGEST)) if math.isfinite(wanted) else 0
    return "".join(rng.choice(_LETTERS) for _ in range(letters))


@FUNCTIONS.add("version", low=0)
def _version(context: Context) -> str:
    return context.world.version


@FUNCTIONS.add("property", low=1)
def _property(context: Context, name: Value) -> str:
    return context.world.properties.get(to_text(name, context.zone), "")
