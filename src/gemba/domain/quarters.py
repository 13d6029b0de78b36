"""Quarters of the calendar, as people write them: `2026-Q4`."""

from __future__ import annotations

import re
from datetime import date, timedelta

from gemba.errors import Refusal

_WRITTEN = re.compile(r"(\d{4})-?[Qq]([1-4])")


def quarter_of(day: date) -> str:
    """The quarter that a day lies in."""
    return f"{day.year:04d}-Q{(day.month + 2) // 3}"


def quarter_written(words: str) -> str:
    """A quarter as a person writes it, in its one form.

    Raises:
        Refusal: `domain.quarter` when it is none.
    """
    found = _WRITTEN.fullmatch(words.strip())
    if found is None or found[1] == "0000":
        raise Refusal("domain.quarter", said=words)
    return f"{found[1]}-Q{found[2]}"


def days_of(quarter: str) -> tuple[date, date]:
    """First and last day of a quarter.

    Raises:
        Refusal: `domain.quarter` when it is none.
    """
    year, number = _parts(quarter)
    begins = date(year, 3 * number - 2, 1)
    after = date(year + number // 4, 3 * number % 12 + 1, 1) if (year, number) != (9999, 4) else None
    return begins, date(9999, 12, 31) if after is None else after - timedelta(days=1)


def quarters_until(quarter: str, count: int) -> tuple[str, ...]:
    """The last quarters up to this one, the oldest first.

    Raises:
        Refusal: `domain.quarter` when it is none, or the first of them would lie before the year 1.
    """
    year, number = _parts(quarter)
    last = 4 * year + number - 1
    if last - count + 1 < 4:  # the first quarter of the year 1
        raise Refusal("domain.quarter", said=quarter)
    return tuple(f"{each // 4:04d}-Q{each % 4 + 1}" for each in range(last - count + 1, last + 1))


def _parts(quarter: str) -> tuple[int, int]:
    year, _, number = quarter_written(quarter).partition("-Q")
    return int(year), int(number)
