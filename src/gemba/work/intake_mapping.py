"""What the columns of a file stand for: guessed from titles and values, with the reason; remembered from last time."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence

import msgspec

from gemba.domain.intakes import Intake
from gemba.store.reading import Reader
from gemba.wording import text
from gemba.work import intake_dates
from gemba.work.intake_dates import DateOrder, Evidence
from gemba.work.intake_fields import CHOSEN, DAYS, FACETS, JOINED, KEY, MOMENTS, PLACE, TITLES, meant, plain
from gemba.work.intake_reading import Reading
from gemba.work.intake_row import is_nothing

_ENOUGH = 0.6
"""Share of the values that must fit a field."""
_LONG = 60
"""Letters of a cell on average, from which it is somebody's words."""
_MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[a-zA-Z]{2,}$")
_RANKS = {title: rank for rank, title in enumerate(TITLES)}


class Guess(msgspec.Struct, frozen=True):
    """What one column seems to stand for."""

    column: str
    field: str
    """Of the complaint; empty for none."""
    reason: str
    """Why, for people."""
    samples: tuple[str, ...]


class Remembered(msgspec.Struct, frozen=True):
    """How a file of this shape was read last time."""

    mapping: dict[str, str]
    reading: dict[str, str]
    source: str
    on: str


def remembered(reader: Reader, reading: Reading, source: str) -> Remembered | None:
    """The last import of a file with the same columns, or of the same source with all columns that counted."""
    intakes = sorted(reader.find(Intake), key=lambda one: one.imported_at, reverse=True)
    same = [one for one in intakes if one.columns == reading.columns]
    same += [one for one in intakes if source and one.source == source and set(one.mapping) <= set(reading.columns)]
    if not same:
        return None
    return Remembered(same[0].mapping, same[0].reading, same[0].source, f"{same[0].imported_at:%Y-%m-%d}")


def guess(reading: Reading, before: Remembered | None) -> list[Guess]:
    """What each column stands for."""
    values = {title: _filled(reading, at) for at, title in enumerate(reading.columns)}
    if before is not None:
        return [
            Guess(
                title,
                before.mapping.get(title, ""),
                text("as in the import of {date}", date=before.on),
                tuple(values[title][:3]),
            )
            for title in reading.columns
        ]
    found = _by_titles(reading.columns, values)
    _by_values(found, values)
    return [
        Guess(title, *found.get(title, ("", text("no field goes by this title"))), tuple(values[title][:3]))
        for title in reading.columns
    ]


def date_evidence(reading: Reading, mapping: Mapping[str, str]) -> Evidence:
    """What the columns of dates together say of the order of day and month."""
    dates = [title for title, field in mapping.items() if field in (*MOMENTS, *DAYS)]
    return intake_dates.evidence(
        cell for title in dates if title in reading.columns for cell in _filled(reading, reading.columns.index(title))
    )


def _filled(reading: Reading, at: int) -> list[str]:
    cells = (row[at] for row in reading.samples if at < len(row))
    return [cell for cell in cells if not is_nothing(cell)]


def _by_titles(columns: Sequence[str], values: Mapping[str, list[str]]) -> dict[str, tuple[str, str]]:
    """Fields whose names the titles are; of several columns for one field the likeliest, unless they make it up."""
    wanted: list[tuple[int, int, str, str, str]] = []
    for at, title in enumerate(columns):
        known, rank = _known(plain(title))
        if known and _fits(TITLES[known], values[title]):
            wanted.append((rank, at, title, TITLES[known], known))
    found: dict[str, tuple[str, str]] = {}
    taken: set[str] = set()
    for _, _, title, field, known in sorted(wanted):
        if field not in taken:
            found[title] = (field, text("the title says “{known}”", known=known))
            taken.add(field)
    _add_times(columns, values, found)
    return found


def _known(title: str) -> tuple[str, int]:
    """The known title that this one is, or holds, and how likely it is; the empty text for none."""
    if title in TITLES:
        return title, _RANKS[title]
    held = [one for one in TITLES if len(one) > 4 and f" {one} " in f" {title} "]
    best = max(held, key=len, default="")
    return best, len(TITLES) + _RANKS.get(best, 0)


def _fits(field: str, cells: Sequence[str]) -> bool:
    """True when the values do not speak against a field."""
    if not cells:
        return True
    if field in (*MOMENTS, *DAYS):
        return _share(cells, _is_date) >= _ENOUGH
    if field in CHOSEN:
        return _share(cells, lambda cell: meant(field, cell) is not None) >= _ENOUGH
    if field == KEY:
        return all(len(cell) <= 200 for cell in cells)
    if field in (*FACETS, PLACE):
        return sum(map(len, cells)) / len(cells) < _LONG
    return True


def _add_times(columns: Sequence[str], values: Mapping[str, list[str]], found: dict[str, tuple[str, str]]) -> None:
    """A column of times of day beside the day of receipt belongs to it."""
    days = [title for title, (field, _) in found.items() if field == "received_at"]
    if not days or any(":" in cell for cell in values[days[0]]):
        return
    for title in columns:
        cells = values[title]
        if title not in found and cells and _share(cells, lambda cell: bool(_CLOCK.match(cell.strip()))) >= 0.9:
            found[title] = ("received_at", text("it holds times of day"))
            return


_CLOCK = re.compile(r"\d\d?:\d\d(:\d\d)?(\s*[AaPp][Mm])?$")


def _by_values(found: dict[str, tuple[str, str]], values: Mapping[str, list[str]]) -> None:
    """Fields that nobody's title names, told from what stands in the columns."""
    left = [title for title in values if title not in found and values[title]]
    taken = {field for field, _ in found.values()}
    tests: tuple[tuple[str, Callable[[list[str]], bool], str], ...] = (
        ("received_at", lambda cells: _share(cells, _is_date) >= 0.9, text("it holds dates")),
        ("words", lambda cells: sum(map(len, cells)) / len(cells) >= _LONG, text("it holds long texts")),
        ("contact", lambda cells: _share(cells, lambda one: bool(_MAIL.match(one.strip()))) >= 0.9, text("e-mail")),
        ("key", lambda cells: len(set(cells)) == len(cells) > 2 and max(map(len, cells)) < 40, text("all differ")),
    )
    for field, fits, reason in tests:
        title = next((one for one in left if field not in taken and fits(values[one])), None)
        if title is not None:
            found[title] = (field, reason)
            left.remove(title)
            taken.add(field)


def _share(cells: Sequence[str], fits: Callable[[str], bool]) -> float:
    return sum(map(fits, cells)) / len(cells)


def _is_date(cell: str) -> bool:
    return any(intake_dates.parse(cell.strip(), order) is not None for order in DateOrder)


def is_unique(reading: Reading, columns: Iterable[str]) -> bool:
    """True when no two of the records looked at have the same in these columns."""
    places = [reading.columns.index(one) for one in columns]
    seen = [tuple(row[at] for at in places if at < len(row)) for row in reading.samples]
    return len(set(seen)) == len(seen)


__all__ = ["JOINED", "Guess", "Remembered", "date_evidence", "guess", "is_unique", "remembered"]
