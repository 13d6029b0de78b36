"""The records of a file with separators, one after the other: what cannot be read is told of, its neighbours stand.

A quotation mark that nobody closes would swallow the rest of the file. So a record that spans lines and does not come
out right is taken line by line instead: the first line is told of, the next ones get their chance.
"""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterable, Iterator

import msgspec

from gemba.work.csv_rows import allow_long_fields
from gemba.work.intake_encoding import Line

LONGEST_RECORD = 2 * 2**20
"""Characters of a record that spans several lines."""
LONGEST_CELL = 1_000_000
"""Characters that a cell may hold."""


class Faulty(msgspec.Struct, frozen=True):
    """A record that cannot be read."""

    line: int
    """Number of its first line in the file, from 1."""
    text: str
    """As it stands there, without the end of the line."""
    why: str
    """Code of the reason: `encoding`, `long`, `nul`, `quotes`, `columns`."""
    cells: tuple[str, ...] = ()
    """Where it came apart into cells all the same."""


Read = tuple[int, list[str]]
"""Number of the first line, and the cells."""


class _Lines:
    """Lines that a reader of CSV asks for, which can be put back."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self._lines = iter(lines)
        self._back: deque[str] = deque()
        self.taken: list[str] = []
        """What the present record has taken."""
        self.number = 0
        """Of the last line that was taken."""
        self.fault: Line | None = None
        """The line that is wrong and ended the asking."""

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if self._back:
            line = self._back.popleft()
        else:
            if self.fault is not None:
                raise StopIteration
            line, wrong = next(self._lines)
            if wrong or "\0" in line:
                self.fault = (line, wrong or "nul")
                raise StopIteration
        self.taken.append(line)
        self.number += 1
        return line

    def put_back(self) -> str:
        """Put all lines of the present record back but the first; gives that one."""
        first, *others = self.taken
        self._back.extendleft(reversed(others))
        self.number -= len(others)
        self.taken = []
        return first


def records(lines: Iterable[Line], separator: str, width: int = 0, quote: str = '"') -> Iterator[Read | Faulty]:
    """The records; empty lines are passed over.

    Args:
        lines: of the file, from its beginning.
        separator: between cells.
        width: how many cells a record has; 0 for any number.
        quote: around cells that hold separators.
    """
    allow_long_fields()
    source = _Lines(lines)
    while True:
        yield from _until_amiss(source, separator, width, quote)
        if source.taken:  # a record that does not come out right
            yield _told(source, separator, width, quote)
        elif source.fault is not None:
            source.number += 1
            line, why = source.fault
            source.fault = None
            text = line.rstrip("\r\n")
            cells = _cells(text, separator, quote) or ()
            yield Faulty(source.number, text, why, cells if len(cells) == width else ())
        else:
            return


def _until_amiss(source: _Lines, separator: str, width: int, quote: str) -> Iterator[Read]:
    """Records as long as all is well; what is amiss is left in `taken`."""
    taken = source.taken
    reader = csv.reader(_bounded(source), delimiter=separator, quotechar=quote, strict=True)
    try:
        for cells in reader:
            if not cells:
                taken.clear()
                continue
            if len(cells) != width and width:
                while cells and not cells[-1] and len(cells) > width:
                    cells.pop()
                if len(cells) != width:
                    return
            if len(taken) == 1:
                yield source.number, cells
            else:
                yield source.number - len(taken) + 1, cells
            taken.clear()
    except csv.Error:
        return


def _bounded(source: _Lines) -> Iterator[str]:
    """The lines, until the present record has become too long to be one."""
    taken, size = source.taken, 0
    for line in source:
        size = size + len(line) if len(taken) > 1 else len(line)
        if size > LONGEST_RECORD and len(taken) > 1:
            return
        yield line


def _told(source: _Lines, separator: str, width: int, quote: str) -> Faulty:
    """The first line of a record that is amiss."""
    at = source.number - len(source.taken) + 1
    whole = source.taken
    text = source.put_back().rstrip("\r\n")
    source.taken.clear()
    cells = _cells(text, separator, quote)
    if cells is None:
        return Faulty(at, text, "quotes")
    if len(whole) > 1 and len(cells) == width:
        return Faulty(at, text, "quotes", cells)
    return Faulty(at, text, "columns", cells)


def _cells(text: str, separator: str, quote: str) -> tuple[str, ...] | None:
    """The cells of a line by itself; `None` when it is none."""
    try:
        return tuple(next(csv.reader([text], delimiter=separator, quotechar=quote, strict=True), ()))
    except csv.Error:
        return None
