"""How a number says which records of a list are behind it: `?state=open,overdue&resting=no`."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote, unquote

_MARK = "?"
SEARCH, LINE = "search", "line"
"""Besides the filters of a list: words to search for, and the uid of the line that is chosen."""


def narrowed_to(**where: str | Sequence[str]) -> str:
    """The records that these filters leave, as a place that one can go to; words of people stand in it whole.

    Args:
        where: for each filter its value, or several.
    """
    told = {name: (values,) if isinstance(values, str) else values for name, values in where.items()}
    return _MARK + "&".join(
        f"{name}={','.join(quote(one, safe='') for one in values)}" for name, values in told.items() if values
    )


def read_narrowed(uid: str) -> dict[str, tuple[str, ...]] | None:
    """The filters that such a place names; `None` for the uid of one record."""
    if not uid.startswith(_MARK):
        return None
    pairs = (part.partition("=") for part in uid[1:].split("&") if part)
    return {name: tuple(unquote(value) for value in values.split(",")) for name, _, values in pairs}
