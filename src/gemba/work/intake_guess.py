"""What the columns of any imported file stand for: guessed from titles and values, with the reason."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import msgspec

from gemba.wording import text
from gemba.work import intake_dates
from gemba.work.intake_dates import DateOrder, Evidence
from gemba.work.intake_fields import plain
from gemba.work.intake_reading import Reading

LONG = 60
"""Letters of a cell on average, from which it is somebody's words."""
_WORDS = 6
"""Words of a cell on average, from which it is a sentence; an address has fewer."""
_ENOUGH = 0.6
"""Share of the values that must fit a field."""
_CLOCK = re.compile(r"\d\d?:\d\d(:\d\d)?(\s*[AaPp][Mm])?$")
_NOTHING = frozenset({"", "na", "n/a", "null", "none", "nan", "?", "-", "--", "#n/a", "nil", "(null)"})

Values = Mapping[str, list[str]]
"""What stands in each column, empty cells left out."""


class Guess(msgspec.Struct, frozen=True):
    """What one column seems to stand for."""

    column: str
    field: str
    """Of the record; empty for none."""
    reason: str
    """Why, for people."""
    samples: tuple[str, ...]


class ByValue(msgspec.Struct, frozen=True):
    """A field that can be told from what stands in a column, where no title names it."""

    field: str
    fits: Callable[[list[str]], bool]
    reason: Callable[[], str]


class Terms(msgspec.Struct, frozen=True, kw_only=True):
    """The fields of one noun, and the words by which people call them."""

    titles: Mapping[str, str]
    """Field by title, as `plain` spells it; the likelier first."""
    dates: frozenset[str]
    short: frozenset[str]
    """Fields of names and codes: long texts speak against them."""
    chosen: frozenset[str]
    """Fields with fixed codes."""
    meant: Callable[[str, str], Any]
    """The code that a cell means of a field with fixed ones; `None` for none."""
    key: str = "key"
    moment: str = ""
    """The field that a column of times of day beside its day belongs to; empty for none."""
    by_value: tuple[ByValue, ...] = ()


def is_nothing(cell: str) -> bool:
    """True for a cell in which nothing stands, and for the words by which systems say so."""
    return cell.strip().lower() in _NOTHING


def filled(reading: Reading, column: str) -> list[str]:
    """What stands in a column of the first records."""
    at = reading.columns.index(column)
    cells = (row[at] for row in reading.samples if at < len(row))
    return [cell for cell in cells if not is_nothing(cell)]


def guess(reading: Reading, terms: Terms) -> list[Guess]:
    """What each column stands for."""
    values = {title: filled(reading, title) for title in reading.columns}
    found = _by_titles(reading.columns, values, terms)
    _by_values(found, values, terms)
    return [
        Guess(title, *found.get(title, ("", text("no field goes by this title"))), tuple(values[title][:3]))
        for title in reading.columns
    ]


def as_before(reading: Reading, mapping: Mapping[str, str], on: str) -> list[Guess]:
    """What each column stood for last time."""
    reason = text("as in the import of {date}", date=on)
    return [
        Guess(title, mapping.get(title, ""), reason, tuple(filled(reading, title)[:3])) for title in reading.columns
    ]


def date_evidence(reading: Reading, columns: Iterable[str]) -> Evidence:
    """What these columns of dates together say of the order of day and month."""
    return intake_dates.evidence(
        cell for title in columns if title in reading.columns for cell in filled(reading, title)
    )


def is_unique(reading: Reading, columns: Iterable[str]) -> bool:
    """True when no two of the records looked at have the same in these columns."""
    places = [reading.columns.index(one) for one in columns]
    seen = [tuple(row[at] for at in places if at < len(row)) for row in reading.samples]
    return len(set(seen)) == len(seen)


def share(cells: Sequence[str], fits: Callable[[str], bool]) -> float:
    """Share of the cells that fit."""
    return sum(map(fits, cells)) / len(cells)


def is_date(cell: str) -> bool:
    """True for what can be read as a day."""
    return any(intake_dates.parse(cell.strip(), order) is not None for order in DateOrder)


def is_long(cells: Sequence[str]) -> bool:
    """True for somebody's words."""
    return sum(map(len, cells)) / len(cells) >= LONG


def is_said(cells: Sequence[str]) -> bool:
    """True for short sentences that differ: somebody's words, too."""
    return sum(len(cell.split()) for cell in cells) / len(cells) >= _WORDS and len(set(cells)) >= _ENOUGH * len(cells)


def tells_apart(cells: Sequence[str]) -> bool:
    """True where all differ and are short."""
    return len(set(cells)) == len(cells) > 2 and max(map(len, cells)) < 40


def _by_titles(columns: Sequence[str], values: Values, terms: Terms) -> dict[str, tuple[str, str]]:
    """Fields whose names the titles are; of several columns for one field the likeliest, unless they make it up."""
    ranks = {title: rank for rank, title in enumerate(terms.titles)}
    wanted: list[tuple[int, int, str, str, str]] = []
    for at, title in enumerate(columns):
        known, rank = _known(plain(title), terms, ranks)
        if known and _fits(terms.titles[known], values[title], terms):
            wanted.append((rank, at, title, terms.titles[known], known))
    found: dict[str, tuple[str, str]] = {}
    taken: set[str] = set()
    for _, _, title, field, known in sorted(wanted):
        if field not in taken:
            found[title] = (field, text("the title says “{known}”", known=known))
            taken.add(field)
    if terms.moment:
        _add_times(columns, values, found, terms.moment)
    return found


def _known(title: str, terms: Terms, ranks: Mapping[str, int]) -> tuple[str, int]:
    """The known title that this one is, or holds, and how likely it is; the empty text for none."""
    if title in terms.titles:
        return title, ranks[title]
    held = [one for one in terms.titles if len(one) > 4 and f" {one} " in f" {title} "]
    best = max(held, key=len, default="")
    return best, len(ranks) + ranks.get(best, 0)


def _fits(field: str, cells: Sequence[str], terms: Terms) -> bool:
    """True when the values do not speak against a field."""
    if not cells:
        return True
    if field in terms.dates:
        return share(cells, lambda cell: is_date(cell) or intake_dates.looks_like_one(cell.strip())) >= _ENOUGH
    if field in terms.chosen:
        return share(cells, lambda cell: terms.meant(field, cell) is not None) >= _ENOUGH
    if field == terms.key:
        return all(len(cell) <= 200 for cell in cells)
    if field in terms.short:
        return not is_long(cells)
    return True


def _add_times(columns: Sequence[str], values: Values, found: dict[str, tuple[str, str]], moment: str) -> None:
    """A column of times of day beside the day belongs to it."""
    days = [title for title, (field, _) in found.items() if field == moment]
    if not days or any(":" in cell for cell in values[days[0]]):
        return
    for title in columns:
        cells = values[title]
        if title not in found and cells and share(cells, lambda cell: bool(_CLOCK.match(cell.strip()))) >= 0.9:
            found[title] = (moment, text("it holds times of day"))
            return


def _by_values(found: dict[str, tuple[str, str]], values: Values, terms: Terms) -> None:
    """Fields that nobody's title names, told from what stands in the columns."""
    left = [title for title in values if title not in found and values[title]]
    taken = {field for field, _ in found.values()}
    for test in terms.by_value:
        title = next((one for one in left if test.field not in taken and test.fits(values[one])), None)
        if title is not None:
            found[title] = (test.field, test.reason())
            left.remove(title)
            taken.add(test.field)
