"""The way to a narrowed list of complaints: what other pages ask the list to show."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from urllib.parse import parse_qsl, urlencode

from gemba.ui.lists.bar import ListBar
from gemba.work.chart_records import Behind, where

_MARK = "?"
_WORDS = "search"


def narrowed(behind: Behind) -> str:
    """What `ComplaintsPage.show_uid` takes to list what is behind a point."""
    return _MARK + urlencode(where(behind))


def received(begins: date | None, ends: date | None) -> dict[str, str]:
    """The filter of the list that leaves what was received on these days, the last included (UTC); none for all."""
    if begins is None and ends is None:
        return {}
    first = datetime.combine(begins or date(1970, 1, 1), time(), UTC)
    last = datetime.combine(ends or date(9998, 1, 1), time(), UTC) + timedelta(days=1)
    return {"received": f"{first.isoformat()}..{last.isoformat()}"}


def is_narrowed(said: str) -> bool:
    """True for what `narrowed` made, not a uid."""
    return said.startswith(_MARK)


def narrow(bar: ListBar, said: str) -> bool:
    """Set search and filters to what was asked for, and lift all others.

    Returns:
        False when something was asked for that no filter of the list tells apart; then nothing was changed.
    """
    asked = parse_qsl(said.removeprefix(_MARK))
    wanted: dict[str, tuple[str, ...]] = {}
    for name, value in asked:
        values = (value,) if name == _WORDS else tuple(part.strip() for part in value.split(","))
        wanted[name] = (*wanted.get(name, ()), *values)
    if set(wanted) - {chip.filter.name for chip in bar.chips} - {_WORDS}:
        return False
    words = " ".join(wanted.pop(_WORDS, ()))
    bar.show_all()
    bar.search.setText(words)
    bar.narrow(**wanted)
    return True
