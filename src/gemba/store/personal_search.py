"""Where something that tells of one person stands, in any record."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec
from sqlalchemy import Column, String, cast, func, or_, select

from gemba.domain.nouns import PERSONAL_FIELDS
from gemba.domain.record import Uid
from gemba.store.columns import Json
from gemba.store.reading import Reader
from gemba.store.tables import TABLES

_TOLD_BY = ("number", "title", "name", "path")
"""Columns by which people know a record; the first that a noun has."""


class Mention(msgspec.Struct, frozen=True):
    """A field of a record in which it stands."""

    noun: str
    uid: Uid
    known_as: str
    field: str
    said: str
    """The whole text of the field."""


def mentions(reader: Reader, terms: Sequence[str], *, whole: bool = False) -> Iterator[Mention]:
    """Every personal field that holds one of these texts, whatever its case, noun after noun.

    Args:
        reader: must stay open.
        terms: names, addresses, numbers.
        whole: only where a text is not a part of a longer word or number, which tells of somebody else.
    """
    for noun in sorted(PERSONAL_FIELDS):
        yield from _of_noun(reader, noun, terms, whole=whole)


def _of_noun(reader: Reader, noun: str, terms: Sequence[str], *, whole: bool) -> Iterator[Mention]:
    table = TABLES[noun]
    known_as = next((table.c[name] for name in _TOLD_BY if name in table.c), table.c.uid)
    fields = {name: table.c[name] for name in sorted(PERSONAL_FIELDS[noun]) if _holds_words(table.c[name])}
    holds = [
        func.lower(cast(field, String)).like(pattern_of(term), escape="\\")
        for field in fields.values()
        for term in terms
    ]
    asked = select(table.c.uid, known_as.label("known_as"), *fields.values()).where(or_(*holds)).order_by(table.c.id)
    wanted = [_folded(term) for term in terms]
    for row in reader.connection.execute(asked.execution_options(yield_per=500)):
        for name in fields:
            said = _spoken(getattr(row, name))
            if any(_stands(term, _folded(said), whole=whole) for term in wanted):
                yield Mention(noun, row.uid, str(row.known_as), name, said)


def pattern_of(term: str) -> str:
    """A pattern that leaves no row out which holds the text in any case; what it finds too much is compared again.

    Databases do not agree on the small letters beyond ASCII, so anything may stand in their place.
    """
    known = "".join(letter if letter.isascii() else "\0" for letter in term.lower())
    for special in "\\%_":
        known = known.replace(special, f"\\{special}")
    return "%" + re.sub("\0+", "%", known) + "%"


def _stands(term: str, said: str, *, whole: bool) -> bool:
    at = said.find(term)
    while whole and at >= 0:
        before, after = said[max(0, at - 1) : at], said[at + len(term) : at + len(term) + 1]
        if not _goes_on(before, term[0]) and not _goes_on(term[-1], after):
            return True
        at = said.find(term, at + 1)
    return at >= 0


def _goes_on(one: str, other: str) -> bool:
    """Whether two signs beside each other belong to one word or number; scripts without cases part no words."""
    return (one.isdigit() and other.isdigit()) or (_is_letter(one) and _is_letter(other))


def _is_letter(sign: str) -> bool:
    return sign.isalpha() and (sign.upper() != sign or sign.lower() != sign)


def _folded(said: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", said).casefold())


def _holds_words(column: Column[Any]) -> bool:
    """True for columns of text, and of JSON, which is text, too."""
    return isinstance(column.type, String | Json)


def _spoken(value: Any) -> str:
    """A field's value as words."""
    if isinstance(value, dict):
        return "; ".join(f"{name}: {each}" for name, each in value.items())
    if isinstance(value, list | tuple):
        return "; ".join(str(each) for each in value)
    return "" if value is None else str(value)
