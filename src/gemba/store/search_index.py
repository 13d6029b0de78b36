"""The full-text index of the nouns that people search: words and their beginnings, accents ignored.

The index holds no copy of the texts (FTS5 external content), so it must be told what a row said before it changes.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, text

SEARCHED: dict[str, tuple[str, ...]] = {
    "place": ("name",),
    "template": ("title", "form_id", "source_name"),
    "assessment": ("number", "title"),
    "finding": ("number", "criterion", "text"),
    "action": ("number", "text", "owner"),
}
"""The fields that are searched, by noun."""


def statements() -> list[str]:
    """What makes the index of a new store."""
    return [
        f"CREATE VIRTUAL TABLE {noun}_search USING fts5({', '.join(fields)}, content='{noun}', content_rowid='id', "
        "tokenize='unicode61 remove_diacritics 2', prefix='2 3')"
        for noun, fields in SEARCHED.items()
    ]


def update(
    connection: Connection, noun: str, key: int, before: Mapping[str, Any] | None, after: Mapping[str, Any]
) -> None:
    """Bring the index up to date with a row that is new (`before` is `None`) or has changed."""
    fields = SEARCHED.get(noun)
    if fields is None:
        return
    old = None if before is None else {field: before[field] for field in fields}
    new = {field: after[field] for field in fields}
    if old == new:
        return
    columns, values = ", ".join(fields), ", ".join(f":{field}" for field in fields)
    table = f"{noun}_search"
    if old is not None:
        forget = f"INSERT INTO {table}({table}, rowid, {columns}) VALUES('delete', :id, {values})"
        connection.execute(text(forget), {"id": key, **old})
    learn = f"INSERT INTO {table}(rowid, {columns}) VALUES(:id, {values})"
    connection.execute(text(learn), {"id": key, **new})


def rebuild(connection: Connection) -> None:
    """Make the whole index again from the rows."""
    for noun in SEARCHED:
        connection.execute(text(f"INSERT INTO {noun}_search({noun}_search) VALUES('rebuild')"))


def match_of(words: str) -> str | None:
    """What a person typed, as an FTS5 expression: every word, or its beginning, must occur.

    Returns:
        `None` when there is nothing to search for. Whatever is typed, the expression is well formed.
    """
    parts = [part.replace('"', "") for part in words.replace("\0", " ").split()]
    return " ".join(f'"{part}"*' for part in parts if any(letter.isalnum() for letter in part)) or None
