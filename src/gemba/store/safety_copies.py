"""The copies of the database that are made before it is brought up to date."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

_MOST = 3
"""That are kept however young they are."""


def prune(folder: Path, now: datetime, days: int) -> int:
    """Take old copies away; gives how many went.

    Call it when a newer backup of the whole store has just been made and proved, so that the last copy never goes.

    Args:
        folder: of the store.
        now: by this laptop's clock.
        days: none may be older.
    """
    dated = [(datetime.fromtimestamp(file.stat().st_mtime, now.tzinfo), file) for file in folder.glob("safety/*.db")]
    newest_first = sorted(dated, reverse=True)
    going = [file for place, (at, file) in enumerate(newest_first) if place >= _MOST or now - at > timedelta(days=days)]
    for file in going:
        with suppress(OSError):
            file.unlink()
    return len(going)
