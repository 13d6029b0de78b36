"""The reader's list of contents (ISO 32000-1, 12.3.3), written while it grows: most of it never lies in memory."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

import msgspec

from gemba.reports.typeset.cleaning import one_line

_LATIN = re.compile("[ -~\u00a1-\u00ac\u00ae-\u00ff]*")


class Item(msgspec.Struct, kw_only=True):
    """One entry."""

    title: str
    place: bytes
    """Where it leads to, as an array of PDF."""
    items: list[Item] = msgspec.field(default_factory=list)
    """Below it; folded away."""
    number: int = 0


class Outline:
    """Entries of one document. Those below `begin_parts` are written at once, all others at the end.

    Args:
        reserve: gives the number of an object that is written later.
        put: writes the object of a number.
    """

    def __init__(self, reserve: Callable[[], int], put: Callable[[int, bytes], None]) -> None:
        self._reserve, self._put = reserve, put
        self._root = 0
        self._above: Item | None = None
        self._first = self._before = self._count = 0
        self._waiting: Item | None = None
        """The part that came last: it is written when its neighbour is known."""

    def begin_parts(self, title: str, place: bytes) -> None:
        """The entry that all parts stand below."""
        self._root = self._reserve()
        self._above = Item(title=title, place=place, number=self._reserve())

    @property
    def has_parts(self) -> bool:
        """True when there is a part."""
        return self._above is not None

    def add_part(self, part: Item) -> None:
        """Put the next part below the entry of all parts."""
        part.number = self._reserve()
        self._count += 1
        if self._waiting is None:
            self._first = part.number
        else:
            self._write_waiting(part.number)
        self._waiting = part

    def close(self, before: Sequence[Item], behind: Sequence[Item]) -> int:
        """Write what is left; the number of the whole, 0 when there are no entries.

        Args:
            before: entries that stand before the parts.
            behind: entries that stand behind them.
        """
        if self._waiting is not None:
            self._write_waiting(0)
        tops = [*before, *([self._above] if self._above is not None else []), *behind]
        if not tops:
            return 0
        root = self._root or self._reserve()
        self._write_all(tops, root)
        opened = len(tops) + self._count
        self._put(root, _entries({"Type": b"/Outlines", "Count": opened, **_ends(tops[0].number, tops[-1].number)}))
        return root

    def _write_waiting(self, following: int) -> None:
        part, above = self._waiting, self._above
        if part is None or above is None:
            message = "a part was listed before the entry of all parts"
            raise RuntimeError(message)
        self._write(part, above.number, self._before, following)
        self._before = part.number

    def _write_all(self, items: Sequence[Item], above: int) -> None:
        for item in items:
            item.number = item.number or self._reserve()
        numbers = [0, *(item.number for item in items), 0]
        for at, item in enumerate(items):
            self._write(item, above, numbers[at], numbers[at + 2])

    def _write(self, item: Item, above: int, before: int, following: int) -> None:
        self._write_all(item.items, item.number)
        said: dict[str, bytes | int | str] = {
            "Title": _string(item.title),
            "Parent": f"{above} 0 R",
            "Dest": item.place,
        }
        said |= {"Prev": f"{before} 0 R"} if before else {}
        said |= {"Next": f"{following} 0 R"} if following else {}
        if item is self._above:
            said |= {"Count": self._count, **_ends(self._first, self._before)}
        elif item.items:
            said |= {"Count": -_all_below(item), **_ends(item.items[0].number, item.items[-1].number)}
        self._put(item.number, _entries(said))


def nested(entries: Sequence[tuple[str, bytes, int]]) -> list[Item]:
    """Entries with their places and levels as a tree."""
    tops: list[Item] = []
    ways: list[list[Item]] = [tops]
    for title, place, level in entries:
        item = Item(title=title, place=place)
        del ways[level + 1 :]
        ways[-1].append(item)
        ways.append(item.items)
    return tops


def _all_below(item: Item) -> int:
    """How many entries are seen once it is unfolded: those below are folded themselves."""
    return len(item.items)


def _ends(first: int, last: int) -> dict[str, str]:
    return {"First": f"{first} 0 R", "Last": f"{last} 0 R"}


def _entries(said: dict[str, bytes | int | str]) -> bytes:
    return b"".join((b"<<", *_lines(said), b" >>\n"))


def _lines(said: dict[str, bytes | int | str]) -> Iterator[bytes]:
    for name, value in said.items():
        yield b" /%s %s" % (name.encode("ascii"), value if isinstance(value, bytes) else str(value).encode("ascii"))


def _string(words: str) -> bytes:
    """A text as PDF keeps it: in one byte a letter where Latin-1 and PDF agree, else in UTF-16 with its mark."""
    shown = one_line(words)
    if _LATIN.fullmatch(shown):
        for sign in ("\\", "(", ")"):
            shown = shown.replace(sign, f"\\{sign}")
        return f"({shown})".encode("latin-1")
    return b"<FEFF%s>" % shown.encode("utf-16-be", "replace").hex().upper().encode("ascii")
