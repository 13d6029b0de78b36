"""Reads the answers of a survey from a table of text: one row for each answer, or one for each score with its count.

Who answered is looked at once, to see who was asked too often, and given out to nobody.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime

import msgspec

from gemba.domain.follow_through import Instrument
from gemba.errors import Refusal
from gemba.forms.books.plain_text import decode, delimiter
from gemba.work.csv_rows import CsvRows

SCALES = {Instrument.NPS: (0, 10), Instrument.CES: (1, 7), Instrument.CSAT: (1, 5)}
"""Lowest and highest answer."""

FIELDS = ("score", "day", "place", "segment", "respondent", "count", "asked")
_HEADS = {
    "score": ("score", "answer", "rating", "nps", "ces", "csat", "value", "response"),
    "day": ("day", "date", "answered", "answered_at", "submitted", "timestamp", "month", "period"),
    "place": ("place", "site", "branch", "store", "location"),
    "segment": ("segment", "customer_segment", "group"),
    "respondent": ("respondent", "customer", "customer_id", "respondent_id", "email", "id"),
    "count": ("count", "answers", "number", "n"),
    "asked": ("asked", "sent", "invited"),
}
_FORMS = ("%Y-%m-%d", "%Y/%m/%d", "%Y-%m", "%d.%m.%Y")
_MOST_COUNT = 10_000_000


class SurveyRow(msgspec.Struct, frozen=True):
    """One answer, or several of the same score."""

    row: int
    score: int
    day: date
    place: str
    segment: str
    respondent: str
    count: int
    asked: int | None


class BadRow(msgspec.Struct, frozen=True):
    """A row that was left out, and why."""

    row: int
    reason: str
    """Code of the reason: score, day, count, asked."""
    given: str


def columns_of(heads: Iterable[str], said: Mapping[str, str]) -> dict[str, str]:
    """Which column holds which field: as said, else guessed from the titles.

    Raises:
        Refusal: `work.survey_column` when a column that was named is not there, or none holds score or day.
    """
    known = list(heads)
    by_name = {head.strip().casefold().replace(" ", "_"): head for head in known}
    found: dict[str, str] = {}
    for field in FIELDS:
        if field in said:
            if said[field] not in known:
                raise Refusal("work.survey_column", field=field, given=said[field], known=", ".join(known))
            found[field] = said[field]
            continue
        free = (by_name[name] for name in _HEADS[field] if name in by_name and by_name[name] not in found.values())
        guess = next(free, None)
        if guess is not None:
            found[field] = guess
    for field in ("score", "day"):
        if field not in found:
            raise Refusal("work.survey_column", field=field, given="", known=", ".join(known))
    return found


def rows_of(
    source: bytes, instrument: Instrument, said: Mapping[str, str]
) -> tuple[dict[str, str], list[SurveyRow], list[BadRow]]:
    """The rows of a file, and those that cannot be taken.

    Args:
        source: bytes of the file: text with commas, semicolons or tabs.
        instrument: whose scale the scores must be on.
        said: column by field, where it is not to be guessed.

    Raises:
        Refusal: `work.survey_column`, `work.survey_empty`, `work.survey_unreadable`.
    """
    table = _table(source)
    heads = next(table, None)
    if heads is None:
        raise Refusal("work.survey_empty")
    columns = columns_of(heads, said)
    at = {field: heads.index(column) for field, column in columns.items()}
    good: list[SurveyRow] = []
    bad: list[BadRow] = []
    for number, cells in enumerate(table, 2):
        if not any(cell.strip() for cell in cells):
            continue
        got = {field: cells[place].strip() if place < len(cells) else "" for field, place in at.items()}
        read = _row(number, got, instrument)
        (good if isinstance(read, SurveyRow) else bad).append(read)  # type: ignore[arg-type]
    if not good and not bad:
        raise Refusal("work.survey_empty")
    return columns, good, bad


def _table(source: bytes) -> Iterator[list[str]]:
    words = decode(source)[0]
    reader = CsvRows(words.replace("\0", ""), delimiter(words))
    try:
        yield from reader
    except csv.Error as error:
        raise Refusal("work.survey_unreadable", row=reader.line) from error


def _row(number: int, got: Mapping[str, str], instrument: Instrument) -> SurveyRow | BadRow:
    low, high = SCALES[instrument]
    score = _whole(got["score"])
    if score is None or not low <= score <= high:
        return BadRow(number, "score", got["score"][:80])
    day = _day(got["day"])
    if day is None:
        return BadRow(number, "day", got["day"][:80])
    count = _whole(got["count"]) if got.get("count") else 1
    if count is None or not 0 <= count <= _MOST_COUNT:
        return BadRow(number, "count", got["count"][:80])
    asked = _whole(got["asked"]) if got.get("asked") else None
    if got.get("asked") and (asked is None or asked < 0):
        return BadRow(number, "asked", got["asked"][:80])
    return SurveyRow(
        number, score, day, got.get("place", ""), got.get("segment", ""), got.get("respondent", ""), count, asked
    )


def _whole(said: str) -> int | None:
    try:
        value = float(said.replace(",", "."))
    except ValueError:
        return None
    return int(value) if value.is_integer() else None


def _day(said: str) -> date | None:
    """The day that a cell names: ISO, with or without a time; 2026-03 is the first of March; 31.03.2026."""
    try:
        return datetime.fromisoformat(said).date()
    except ValueError:
        pass
    for form in _FORMS:
        try:
            return datetime.strptime(said[:10], form).date()  # noqa: DTZ007 - a day of the calendar, of no zone
        except ValueError:
            continue
    return None
