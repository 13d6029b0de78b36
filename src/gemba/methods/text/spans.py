"""Stretches of a text that tell of a person, and how several finders' stretches become one list."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Sort(StrEnum):
    """What a stretch tells of a person; the words stand in brackets where it was taken out."""

    EMAIL = "e-mail"
    ACCOUNT = "account"
    CARD = "card"
    ID = "id"
    BIRTH = "date of birth"
    PHONE = "phone"
    ADDRESS = "address"
    NAME = "name"

    @property
    def mark(self) -> str:
        """What stands in a text in its place: `[phone]`. The same in every language, because it is kept."""
        return f"[{self}]"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of a text: characters from `start` up to, not including, `end`."""

    start: int
    end: int
    sort: Sort


MARKS = re.compile("|".join(re.escape(sort.mark) for sort in Sort))
_BARRIER = "\N{BROKEN BAR}"
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2212\ufe63\uff0d"
_PLAIN = dict.fromkeys(map(ord, _DASHES), "-") | {ord("\uff0b"): "+", ord("\uff20"): "@", ord("\u2044"): "/"}


def without_marks(text: str) -> str:
    """`text` at the same length, with the marks of an earlier redaction blotted out: nothing is found in or across."""
    return MARKS.sub(lambda mark: _BARRIER * len(mark[0]), text)


def plain(text: str) -> str:
    """`text` at the same length, its digits ASCII, its dashes `-`, its spaces and invisible signs plain spaces."""
    if text.isascii():
        return text
    return "".join(sign if sign < "\x80" else _plain(sign) for sign in text.translate(_PLAIN))


def _plain(sign: str) -> str:
    kind = unicodedata.category(sign)
    if kind == "Nd":
        return str(unicodedata.decimal(sign))
    return " " if kind in {"Zs", "Cf"} else sign


def settled(groups: Iterable[Iterable[Span]], text: str) -> tuple[Span, ...]:
    """One list without overlaps, in order: what an earlier group found stands, of later ones what is left of it."""
    taken: list[Span] = []
    for group in groups:
        fresh = [piece for span in group for piece in _less(span, taken) if _says(text, piece)]
        for span in sorted(fresh, key=lambda span: (span.start, -span.end)):
            if not any(span.start < other.end and other.start < span.end for other in taken):
                taken.append(span)
    return tuple(sorted(taken))


def _less(span: Span, taken: Iterable[Span]) -> list[Span]:
    pieces = [span]
    for other in taken:
        if other.end <= span.start or span.end <= other.start:
            continue
        cut = [(piece, (piece.start, min(piece.end, other.start))) for piece in pieces]
        cut += [(piece, (max(piece.start, other.end), piece.end)) for piece in pieces]
        pieces = [Span(start, end, piece.sort) for piece, (start, end) in cut if start < end]
    return pieces


def _says(text: str, span: Span) -> bool:
    return any(sign.isalnum() for sign in text[span.start : span.end])
