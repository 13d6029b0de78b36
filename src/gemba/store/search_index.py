"""The full-text index of the nouns that people search: words and their beginnings, accents ignored.

SQLite has FTS5, PostgreSQL has `gemba.store.search_words`; the same words find the same records in both.

FTS5's index holds no copy of the texts (external content), so it must be told what a row said before it changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec
from sqlalchemy import Column, ColumnElement, Connection, Integer, Select, String, column, func, select, table, text

from gemba.store import search_words

SEARCHED: dict[str, tuple[str, ...]] = {
    "place": ("name",),
    "template": ("title", "form_id", "source_name"),
    "assessment": ("number", "title"),
    "finding": ("number", "criterion", "text"),
    "action": ("number", "text", "owner"),
    "complaint": ("number", "key", "summary", "words"),
    "complaint_review": ("number", "title"),
    "cause_analysis": ("number", "problem"),
    "register_entry": ("number", "title"),
    "goal": ("code", "title", "statement", "need"),
    "decision": ("number", "title", "why", "key"),
    "escalation": ("number", "title", "asked"),
    "audit": ("number", "title"),
    "calibration_session": ("number", "title"),
    "commitment": ("number", "said", "text"),
    "observation": ("text", "answer"),
    "pattern": ("number", "title", "problem", "context", "how", "proof"),
}
"""The fields that are searched, by noun."""


SECURED = frozenset({"complaint"})
"""Nouns whose index forgets words for good as soon as a row does; there are too many rows to make it again for each."""


_MANY = 500
"""Keys that are too many to be bound one by one."""


class Changed(msgspec.Struct, frozen=True):
    """A row that is new or has changed."""

    key: int
    before: Mapping[str, Any] | None
    """What it said before; `None` when it is new."""
    after: Mapping[str, Any]


def statements() -> list[str]:
    """What makes the index of a new store on SQLite."""
    made = [
        f"CREATE VIRTUAL TABLE {noun}_search USING fts5({', '.join(fields)}, content='{noun}', content_rowid='id', "
        "tokenize='unicode61 remove_diacritics 2', prefix='2 3')"
        for noun, fields in SEARCHED.items()
    ]
    return [*made, *(f"INSERT INTO {noun}_search({noun}_search, rank) VALUES('secure-delete', 1)" for noun in SECURED)]


def lay(connection: Connection) -> None:
    """Make the index of a new store."""
    if _is_postgres(connection):
        search_words.lay(connection, SEARCHED)
        return
    for statement in statements():
        connection.execute(text(statement))


def update_many(connection: Connection, noun: str, rows: Iterable[Changed]) -> None:
    """Bring the index up to date with many rows of a noun, each named once."""
    fields = SEARCHED.get(noun)
    if fields is None:
        return
    changed = [row for row in rows if _said(row.before, fields) != _said(row.after, fields)]
    if not changed:
        return
    if _is_postgres(connection):
        for new in (True, False):
            some = [row for row in changed if (row.before is None) == new]
            told = {row.key: [row.after[field] for field in fields] for row in some}
            search_words.learn(connection, noun, told, new=new)
        return
    # Past what is done for each row of a statement with names: there may be very many.
    index, columns, values = f"{noun}_search", ", ".join(fields), ", ".join("?" * len(fields))
    known = [(row.key, *(row.before[field] for field in fields)) for row in changed if row.before is not None]
    if known:
        forget = f"INSERT INTO {index}({index}, rowid, {columns}) VALUES('delete', ?, {values})"
        connection.exec_driver_sql(forget, known)
    learn = f"INSERT INTO {index}(rowid, {columns}) VALUES(?, {values})"
    connection.exec_driver_sql(learn, [(row.key, *(row.after[field] for field in fields)) for row in changed])


def rebuild(connection: Connection, nouns: Iterable[str] = tuple(SEARCHED)) -> None:
    """Make the index of these nouns again from the rows."""
    for noun in SEARCHED.keys() & nouns:
        fields = SEARCHED[noun]
        if _is_postgres(connection):
            search_words.rebuild(connection, noun, fields)
        else:
            connection.execute(text(f"INSERT INTO {noun}_search({noun}_search) VALUES('rebuild')"))


def condition(connection: Connection, noun: str, key: Column[Any], words: str) -> ColumnElement[bool] | None:
    """The condition that a row of a noun holds the words; `None` when there are none to look for."""
    asked = _asked(connection, noun, words)
    return None if asked is None else key.in_(asked)


def newest(connection: Connection, noun: str, words: str, most: int) -> list[int] | None:
    """The local keys of the rows that hold the words, the last that came here first; `None` for no words.

    Args:
        connection: to the database.
        noun: of the rows.
        words: or their beginnings; all must occur.
        most: so many at most.
    """
    asked = _asked(connection, noun, words)
    if asked is None:
        return None
    return list(connection.scalars(asked.order_by(asked.selected_columns[0].desc()).limit(most)))


def among(connection: Connection, key: Column[Any], keys: Sequence[int]) -> ColumnElement[bool]:
    """The condition that a row has one of these keys, however many there are."""
    if _is_postgres(connection) or len(keys) < _MANY:
        return key.in_(keys)
    listed = func.json_each(f"[{','.join(map(str, keys))}]").table_valued("value")
    return key.in_(select(listed.c.value))


def _asked(connection: Connection, noun: str, words: str) -> Select[Any] | None:
    if _is_postgres(connection):
        return search_words.asked(noun, words)
    match = match_of(words)
    if match is None:
        return None
    index = table(f"{noun}_search", column("rowid", Integer))
    whole: ColumnElement[str] = column(f"{noun}_search", String)
    return select(index.c.rowid).where(whole.op("MATCH")(match))


def match_of(words: str) -> str | None:
    """What a person typed, as an FTS5 expression: every word, or its beginning, must occur.

    Returns:
        `None` when there is nothing to search for. Whatever is typed, the expression is well formed.
    """
    parts = [part.replace('"', "") for part in words.replace("\0", " ").split()]
    return " ".join(f'"{part}"*' for part in parts if any(letter.isalnum() for letter in part)) or None


def _said(row: Mapping[str, Any] | None, fields: tuple[str, ...]) -> dict[str, Any] | None:
    return None if row is None else {field: row[field] for field in fields}


def _is_postgres(connection: Connection) -> bool:
    return connection.dialect.name == "postgresql"
