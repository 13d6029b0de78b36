"""Texts: joining, cutting, searching, regular expressions (matching the whole text, as JavaRosa does), identifiers."""

from __future__ import annotations

import math
import re
import uuid
from functools import lru_cache

from gemba.forms.expressions.context import Context, Quit
from gemba.forms.expressions.functions.logic import spread
from gemba.forms.expressions.functions.registry import MANY, Shelf
from gemba.forms.expressions.values import Value

FUNCTIONS = Shelf()
_LONGEST = 1_000
_LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@FUNCTIONS.add("string", low=0, high=1)
def _string(context: Context, *value: Value) -> str:
    return context.text(value[0] if value else [context.node])


@FUNCTIONS.add("concat", low=0, high=MANY)
def _concat(context: Context, *values: Value) -> str:
    parts: list[str] = []
    for value in values:
        parts += [context.text([node]) for node in value] if isinstance(value, list) else [context.text(value)]
    return "".join(parts)


@FUNCTIONS.add("join", low=1, high=MANY)
def _join(context: Context, separator: Value, *values: Value) -> str:
    return context.text(separator).join(context.text(each) for each in spread(values))


@FUNCTIONS.add("contains", low=2)
def _contains(context: Context, text: Value, part: Value) -> bool:
    return context.text(part) in context.text(text)


@FUNCTIONS.add("starts-with", low=2)
def _starts_with(context: Context, text: Value, part: Value) -> bool:
    return context.text(text).startswith(context.text(part))


@FUNCTIONS.add("ends-with", low=2)
def _ends_with(context: Context, text: Value, part: Value) -> bool:
    return context.text(text).endswith(context.text(part))


@FUNCTIONS.add("substring-before", low=2)
def _substring_before(context: Context, text: Value, part: Value) -> str:
    before, found, _ = _partition(context, text, part)
    return before if found else ""


@FUNCTIONS.add("substring-after", low=2)
def _substring_after(context: Context, text: Value, part: Value) -> str:
    _, _, after = _partition(context, text, part)
    return after


def _partition(context: Context, text: Value, part: Value) -> tuple[str, bool, str]:
    whole, sought = context.text(text), context.text(part)
    at = whole.find(sought)
    return (whole[:at], True, whole[at + len(sought) :]) if at >= 0 else ("", False, "")


@FUNCTIONS.add("substring", low=2, high=3)
def _substring(context: Context, text: Value, start: Value, length: Value | None = None) -> str:
    """XPath 1.0: places count from 1 and both numbers are rounded."""
    first = _rounded(context.number(start))
    last = math.inf if length is None else first + _rounded(context.number(length))
    return "".join(each for place, each in enumerate(context.text(text), 1) if first <= place < last)


def _rounded(number: float) -> float:
    return math.floor(number + 0.5) if math.isfinite(number) else number


@FUNCTIONS.add("substr", low=2, high=3)
def _substr(context: Context, text: Value, start: Value, end: Value | None = None) -> str:
    """ODK: places count from 0, `end` is not included, negative ones count from the end."""
    whole = context.text(text)
    first = _place(context.number(start), len(whole))
    last = len(whole) if end is None else _place(context.number(end), len(whole))
    return whole[first:last]


def _place(number: float, length: int) -> int:
    if math.isnan(number):
        return 0
    place = int(max(min(number, 1e9), -1e9))
    return min(max(place + length if place < 0 else place, 0), length)


@FUNCTIONS.add("string-length", low=0, high=1)
def _string_length(context: Context, *value: Value) -> float:
    """In characters; form engines (Java, JavaScript) count those beyond 16 bits twice."""
    text = context.text(value[0] if value else [context.node])
    wide = 0 if text.isascii() or not context.dialect.form else sum(letter > "\uffff" for letter in text)
    return float(len(text) + wide)


@FUNCTIONS.add("normalize-space", low=0, high=1)
def _normalize_space(context: Context, *value: Value) -> str:
    return " ".join(re.split(r"[ \t\r\n]+", context.text(value[0] if value else [context.node]).strip(" \t\r\n")))


@FUNCTIONS.add("translate", low=3)
def _translate(context: Context, text: Value, old: Value, new: Value) -> str:
    to = context.text(new)
    table: dict[int, str | None] = {}
    for index, letter in enumerate(context.text(old)):
        table.setdefault(ord(letter), to[index] if index < len(to) else None)
    return context.text(text).translate(table)


@FUNCTIONS.add("upper-case", low=1)
def _upper_case(context: Context, text: Value) -> str:
    return context.text(text).upper()


@FUNCTIONS.add("lower-case", low=1)
def _lower_case(context: Context, text: Value) -> str:
    return context.text(text).lower()


@FUNCTIONS.add("regex", low=2)
def _regex(context: Context, text: Value, pattern: Value) -> bool:
    compiled = _compiled(context.text(pattern))
    match = compiled.fullmatch if context.dialect.whole_match else compiled.search
    return match(context.text(text)) is not None


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
    wanted = context.number(length[0])
    letters = int(min(max(wanted, 0), _LONGEST)) if math.isfinite(wanted) else 0
    return "".join(rng.choice(_LETTERS) for _ in range(letters))


@FUNCTIONS.add("version", low=0)
def _version(context: Context) -> str:
    return context.world.version


@FUNCTIONS.add("property", low=1)
def _property(context: Context, name: Value) -> str:
    return context.world.properties.get(context.text(name), "")
