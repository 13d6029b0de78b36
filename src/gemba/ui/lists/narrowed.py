"""How a number says which records of a list are behind it: `?state=open,overdue&resting=no`."""

from __future__ import annotations

_MARK = "?"


def narrowed_to(**where: str) -> str:
    """The records that these filters leave, as a place that one can go to."""
    return _MARK + "&".join(f"{name}={values}" for name, values in where.items())


def read_narrowed(uid: str) -> dict[str, tuple[str, ...]] | None:
    """The filters that such a place names; `None` for the uid of one record."""
    if not uid.startswith(_MARK):
        return None
    pairs = (part.partition("=") for part in uid[1:].split("&") if part)
    return {name: tuple(value for value in values.split(",") if value) for name, _, values in pairs}
