"""What a steward chooses for an audit pack: a stretch of time, places, kinds, and how much of the evidence."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from enum import StrEnum

import msgspec

from gemba.domain.places import Place
from gemba.domain.record import Uid
from gemba.errors import Refusal
from gemba.kinds.registry import by_code
from gemba.packs.cards import read_card
from gemba.packs.identity import check_recipient
from gemba.store.reading import Reader
from gemba.work.records import known

_QUARTER = re.compile(r"(?P<year>[12][0-9]{3})-?Q(?P<quarter>[1-4])", re.IGNORECASE)
_UNITS = {"": 1, "K": 1_000, "M": 1_000_000, "G": 1_000_000_000}
_SIZE = re.compile(r"(?P<amount>[0-9]{1,9}(\.[0-9]{1,3})?) ?(?P<unit>[KMG]?)B?", re.IGNORECASE)


class Resolution(StrEnum):
    """How large photos are given; other files are given as they are."""

    ORIGINAL = "original"
    SCREEN = "screen"
    """1,600 pixels on the longer side."""
    SMALL = "small"
    """800 pixels on the longer side."""


class Choice(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be in an audit pack."""

    first: date
    """First day of conclusion, at the assessment's own place."""
    last: date
    """Last day, inclusive."""
    places: tuple[Uid, ...] = ()
    """Each with all below it; none means everywhere."""
    kinds: tuple[str, ...] = ()
    """Codes; none means all."""
    evidence: Resolution = Resolution.SCREEN
    with_names: bool = False
    """Names of persons stand as they are; else a role and a short code stand for them."""
    budget: int | None = None
    """Bytes that the pack may have."""


def quarter(spelled: str) -> tuple[date, date]:
    """First and last day of a quarter that is spelled like `2026Q3`.

    Raises:
        Refusal: `work.odd_quarter`.
    """
    found = _QUARTER.fullmatch(spelled.strip())
    if not found:
        raise Refusal("work.odd_quarter", quarter=spelled)
    year, month = int(found["year"]), 3 * int(found["quarter"])
    return date(year, month - 2, 1), date(year, month, monthrange(year, month)[1])


def size_of(spelled: str) -> int:
    """Bytes of a size that is spelled like `50MB` (a million bytes each).

    Raises:
        Refusal: `work.odd_size`.
    """
    found = _SIZE.fullmatch(spelled.strip())
    size = round(float(found["amount"]) * _UNITS[found["unit"].upper()]) if found else 0
    if not size:
        raise Refusal("work.odd_size", size=spelled)
    return size


def check(reader: Reader, choice: Choice) -> None:
    """Refuse a choice that can hold nothing.

    Raises:
        Refusal: `work.period_backwards`, `work.unknown_record`, `kinds.unknown`.
    """
    if choice.last < choice.first:
        raise Refusal("work.period_backwards", first=choice.first.isoformat(), last=choice.last.isoformat())
    for uid in choice.places:
        known(reader, Place, uid)
    for kind in choice.kinds:
        by_code(kind)


def recipients_in(card: bytes) -> tuple[str, ...]:
    """The age keys of somebody's card.

    Raises:
        Refusal: `packs.not_a_card`, `packs.forged_card`.
    """
    return read_card(card).recipients


def recipient(spelled: str) -> str:
    """An age key (`age1...`).

    Raises:
        Refusal: `packs.bad_key`.
    """
    return check_recipient(spelled.strip())
