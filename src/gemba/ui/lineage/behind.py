"""What is behind a number that people see: a list with its filters, or the records themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import msgspec

from gemba import wording
from gemba.domain.record import Uid
from gemba.ui.lists.narrowed import narrowed_to


class Part(msgspec.Struct, frozen=True):
    """Records that count alike: of a rate, those that it counts and those that it counts them among."""

    title: str
    records: tuple[tuple[str, Uid], ...]
    """Noun and uid of each; `uid#day` where one record counts on several days."""
    words: Mapping[Uid, str] = {}
    """What records are called in the list, where more is to be said than their own titles."""


class Behind(msgspec.Struct, frozen=True, kw_only=True):
    """What opens when a number is gone into. Either `to` or `read` is given.

    Attributes:
        number: as it is shown.
        title: what it counts.
        count: how many records the list that opens shows; `None` where the number does not tell.
        to: page and place of a list with its filters.
        read: reads the records, on a job's thread.
        tell: says what one of them is, on a job's thread, by its uid; where they are no records of the store's nouns.
        how: how the number is made of them, in a sentence; where it is no plain count.
    """

    number: str
    title: str
    count: int | None = None
    to: tuple[str, str] = ("", "")
    read: Callable[[Any], Sequence[Part]] | None = None
    tell: Callable[[Any, Uid], Any] | None = None
    how: str = ""

    @property
    def tip(self) -> str:
        """What a pointer over the number is told."""
        return wording.text("Show what is behind it: {title}", title=self.title or self.number)

    @property
    def spoken(self) -> str:
        """The number, and what opens, as it is read aloud."""
        return wording.text(
            "{number}. Opens: {title}", number=self.number, title=self.title or wording.text("its records")
        )


def listed(
    number: str, title: str, page: str, *, count: int | None = None, tab: str = "", **where: str | Sequence[str]
) -> Behind:
    """A list of a page, narrowed by its own filters.

    Args:
        number: as it is shown.
        title: what it counts.
        page: code of the page.
        count: how many lines the list shows.
        tab: code of the view that has the list, where the page has several.
        where: values of its filters.
    """
    place = narrowed_to(**where) if where else ""
    return Behind(number=number, title=title, count=count, to=(page, f"{tab}:{place}" if tab else place))


def these(number: str, title: str, noun: str, uids: Iterable[Uid], *, how: str = "") -> Behind:
    """Records of one noun that are known already.

    Args:
        number: as it is shown.
        title: what it counts.
        noun: of the records.
        uids: of the records; one that comes twice is one record.
        how: how the number is made of them.
    """
    records = tuple((noun, uid) for uid in dict.fromkeys(uids))
    return parts(number, title, Part(title, records), how=how)


def parts(number: str, title: str, *found: Part, how: str = "") -> Behind:
    """Records in several parts, as of a rate: what it counts, and what it counts it among.

    Args:
        number: as it is shown.
        title: what it counts.
        found: the parts.
        how: how the number is made of them.
    """
    count = len({uid for part in found for _, uid in part.records})
    return Behind(number=number, title=title, count=count, read=_Known(found), how=how)


class _Known(msgspec.Struct, frozen=True):
    """Parts that need not be read."""

    found: tuple[Part, ...]

    def __call__(self, _desk: Any) -> tuple[Part, ...]:
        return self.found


class Kept:
    """What was gone into last, by short keys that stand in the way back."""

    _MOST = 40

    def __init__(self) -> None:
        self._kept: dict[str, Behind] = {}
        self._count = 0

    def way_to(self, behind: Behind) -> tuple[str, str]:
        """Page and place that show what is behind a number."""
        if behind.read is None:
            return behind.to
        self._count += 1
        key = f"number-{self._count}"
        self._kept[key] = behind
        for old in list(self._kept)[: -self._MOST]:
            del self._kept[old]
        return "behind", key

    def get(self, key: str) -> Behind | None:
        """What was gone into under this key; `None` when that was too long ago."""
        return self._kept.get(key)
