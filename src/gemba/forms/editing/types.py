"""The types of questions, as authors choose among them, and how a workbook writes them."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple


class Type(NamedTuple):
    """A type as a row of the survey sheet says it."""

    code: str
    """`select_one`, `text`, `section`, `repeat`, ...; an unknown one is kept as it was written."""
    list: str = ""
    """Name of the list of choices, or of the file that holds them."""
    or_other: bool = False


OFFERED = (
    "select_one",
    "select_multiple",
    "text",
    "integer",
    "decimal",
    "range",
    "date",
    "time",
    "dateTime",
    "image",
    "audio",
    "video",
    "file",
    "geopoint",
    "barcode",
    "rank",
    "acknowledge",
    "note",
    "calculate",
)
"""The types that one chooses among, the commonest first."""
CHOOSING = frozenset({"select_one", "select_multiple", "rank"})
"""Types that need a list of choices."""
CONTAINERS = frozenset({"section", "repeat"})
SILENT = frozenset(
    {"calculate", "hidden", "start", "end", "today", "deviceid", "username", "phonenumber", "email", "audit",
     "simserial", "subscriberid", "start-geopoint", "background-audio", "csv-external", "xml-external"}
)  # fmt: skip
"""Types that show nothing and so need no label."""
_WRITTEN = {
    "select_one": ("select_one", "select one", "select one from", "select1",
                   "select one using", "add select one prompt using"),
    "select_multiple": ("select_multiple", "select all that apply", "select all that apply from", "select multiple",
                        "select", "add select multiple prompt using"),
    "rank": ("rank", "odk:rank"),
    "select_one_from_file": ("select_one_from_file", "select one from file"),
    "select_multiple_from_file": ("select_multiple_from_file", "select multiple from file"),
    "select_one_external": ("select_one_external", "select one external"),
}  # fmt: skip
_ONE_NAME = {
    "string": "text",
    "int": "integer",
    "number": "integer",
    "q string": "text",
    "q int": "integer",
    "photo": "image",
    "q image": "image",
    "picture": "image",
    "add note prompt": "note",
    "q note": "note",
    "trigger": "acknowledge",
    "q acknowledge": "acknowledge",
    "datetime": "dateTime",
    "q date": "date",
    "gps": "geopoint",
    "location": "geopoint",
    "q location": "geopoint",
    "q barcode": "barcode",
    "q calculate": "calculate",
    "q audio": "audio",
    "q video": "video",
}
_OPENS = re.compile(r"begin[ _](group|repeat)$", re.IGNORECASE)
_CLOSES = re.compile(r"end[ _](group|repeat)$", re.IGNORECASE)
_OPENED = {"group": "section", "repeat": "repeat"}
_PREFIXES = tuple(
    sorted(((text, code) for code, texts in _WRITTEN.items() for text in texts), key=lambda pair: -len(pair[0]))
)


@lru_cache(maxsize=2_000)
def read_type(written: str) -> Type:
    """The type that a cell says."""
    plain = " ".join(written.split())
    opens = _OPENS.match(plain)
    if opens:
        return Type(_OPENED[opens[1].lower()])
    lowered = plain.lower()
    for prefix, code in _PREFIXES:
        if lowered == prefix or lowered.startswith(prefix + " "):
            rest = plain[len(prefix) :].strip()
            other = re.search(r"\s+(?:or_other|or specify other)$", rest, re.IGNORECASE)
            return Type(code, rest[: other.start()] if other else rest, or_other=bool(other))
    return Type(_ONE_NAME.get(lowered, lowered if lowered in map(str.lower, OFFERED) else plain))


def write_type(kind: Type) -> str:
    """The cell that says a type."""
    if kind.code == "section":
        return "begin_group"
    if kind.code == "repeat":
        return "begin_repeat"
    return " ".join(part for part in (kind.code, kind.list, "or_other" if kind.or_other else "") if part)


def closing(written: str) -> str:
    """The cell that closes what `written` opens."""
    return "end_repeat" if read_type(written).code == "repeat" else "end_group"


@lru_cache(maxsize=2_000)
def opens(written: str) -> bool:
    """Whether a row begins a section or a repeat."""
    return bool(_OPENS.match(" ".join(written.split())))


@lru_cache(maxsize=2_000)
def closes(written: str) -> bool:
    """Whether a row ends a section or a repeat."""
    return bool(_CLOSES.match(" ".join(written.split())))
