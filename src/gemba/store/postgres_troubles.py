"""PostgreSQL's failures, told as troubles of the world; everything else stays a bug."""

from __future__ import annotations

from typing import Any

_BY_STATE = {
    "08": "store.database_gone",
    "57P01": "store.database_gone",
    "57P02": "store.database_gone",
    "57P03": "store.database_gone",
    "57P05": "store.database_gone",
    "28": "store.database_password",
    "3D": "store.database_missing",
    "42501": "store.database_forbidden",
    "25006": "store.database_read_only",
    "53100": "store.database_full",
    "53": "store.database_busy",
    "55P03": "store.database_locked",
    "40": "store.database_locked",
    "58": "store.database_damaged",
    "XX001": "store.database_damaged",
    "XX002": "store.database_damaged",
}
"""SQLSTATE codes, or the class that begins them, that are the world's fault."""

_BY_WORDS = {
    "password": "store.database_password",
    "authentication failed": "store.database_password",
    "no pg_hba.conf entry": "store.database_password",
    "too many": "store.database_busy",
    "remaining connection slots": "store.database_busy",
    'database "': "store.database_missing",
}
"""What a server says while one connects; no code comes with it."""


def code_of(error: Any) -> str | None:
    """The trouble's code for a failure of psycopg's; `None` for a bug.

    Args:
        error: one with an SQLSTATE, or none when there was no connection.
    """
    state = error.sqlstate
    if state is not None:
        return _BY_STATE.get(state) or _BY_STATE.get(state[:2])
    if type(error).__name__ not in {"OperationalError", "ConnectionTimeout"}:
        return None
    said = str(error)
    return next((code for words, code in _BY_WORDS.items() if words in said), "store.database_gone")


def is_of_postgres(error: BaseException) -> bool:
    """True for failures of psycopg's, which is not imported for this: without it there are none."""
    return any((one.__module__, one.__name__) == ("psycopg", "Error") for one in type(error).__mro__)


def said(error: Any) -> str:
    """The server's own words, one line of them."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return lines[0][:200] if lines else type(error).__name__
