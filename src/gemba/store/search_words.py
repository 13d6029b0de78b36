"""The full-text index on PostgreSQL: the words of each row as a `tsvector`, with a GIN index over them.

The words are cut here and not by the server, whose parser takes numbers such as `A-K7QD2M-0012` for something else;
cut as FTS5's unicode61 does it, the same words find the same records on a laptop and at headquarters.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    MetaData,
    Select,
    String,
    Table,
    bindparam,
    select,
    text,
)

from gemba.store import postgres_copy
from gemba.store.bulk import insert_many

_LONGEST = 500
"""Letters of a word that count."""
_FURTHEST = 16_000
"""Words of a row whose place counts; PostgreSQL knows no places beyond 16,383."""
_BETWEEN_FIELDS = 2
"""Places left free, so that no phrase goes on from one field into the next."""
_AT_ONCE = 1000
_LETTERS = 4096
"""Letters that are remembered; more occur in few places."""
_INSTEAD = "ON CONFLICT (id) DO UPDATE SET words = excluded.words"
"""What becomes of a row that the index knows."""


_MARKS = frozenset(chr(0x300 + bit) for bit in range(50) if 0x361F8_08029FDF >> bit & 1)
"""Combining marks that FTS5 passes over within a word."""


def _folded(letter: str) -> str:
    """A letter as FTS5 compares it: small, Latin ones without accents; a blank for what is no letter and no digit."""
    if letter in _MARKS:
        return ""
    apart = unicodedata.normalize("NFD", letter)
    if apart[0].isascii() and _MARKS.issuperset(apart[1:]):
        letter = apart[0]
    folded = letter.casefold()
    kind = unicodedata.category(letter)
    return (folded if len(folded) == 1 else letter.lower()) if kind[0] in "LN" or kind == "Co" else " "


class _Letters(dict[int, str]):
    """Letters that were met, as they are compared: what `str.translate` goes by."""

    def __missing__(self, code: int) -> str:
        if len(self) >= _LETTERS:
            self.clear()
        found = self[code] = _folded(chr(code))
        return found


_AS_COMPARED = _Letters()


def words_of(said: str) -> list[str]:
    """The words of a text, as they are compared."""
    return [word[:_LONGEST] for word in said.translate(_AS_COMPARED).split()]


def vector_of(fields: Sequence[str | None]) -> str:
    """The words of a row's fields with their places, as PostgreSQL reads a `tsvector`."""
    places: dict[str, list[int]] = {}
    place = 0
    for said in fields:
        for word in words_of(said or ""):
            place = min(place + 1, _FURTHEST)
            places.setdefault(word, []).append(place)
        place += _BETWEEN_FIELDS
    return " ".join(f"'{word}':{','.join(map(str, at))}" for word, at in places.items())


def query_of(words: str) -> str | None:
    """What a person typed, as a `tsquery`: every word, or its beginning, must occur; `None` for nothing."""
    asked = []
    for part in words.replace("\0", " ").split():
        cut = words_of(part)
        if cut:
            asked.append(" <-> ".join([*(f"'{word}'" for word in cut[:-1]), f"'{cut[-1]}':*"]))
    return " & ".join(f"({one})" for one in asked) or None


def table_of(noun: str) -> Table:
    """The index of a noun."""
    known = _METADATA.tables.get(f"{noun}_search")
    if known is not None:
        return known
    from sqlalchemy.dialects.postgresql import TSVECTOR

    return Table(
        f"{noun}_search",
        _METADATA,
        Column("id", BigInteger, primary_key=True, autoincrement=False),
        Column("words", TSVECTOR, nullable=False),
    )


_METADATA = MetaData()


def lay(connection: Connection, nouns: Mapping[str, Sequence[str]]) -> None:
    """Make the index of a new store."""
    for noun in nouns:
        table_of(noun).create(connection)
        connection.execute(text(f"CREATE INDEX ix_{noun}_search_words ON {noun}_search USING gin (words)"))


def learn(connection: Connection, noun: str, rows: Mapping[int, Sequence[str | None]], *, new: bool) -> None:
    """Let the index know what these rows say, by key.

    Args:
        connection: in a transaction that writes.
        noun: of the rows.
        rows: what their searched fields say.
        new: True when the index knows none of them.
    """
    table, words = table_of(noun), [{"id": key, "words": vector_of(fields)} for key, fields in rows.items()]
    if new:
        insert_many(connection, table, words)
    else:
        learnt = f"INSERT INTO {table.name} (id, words) VALUES (%s, CAST(%s AS tsvector)) {_INSTEAD}"  # noqa: S608 - names of the own tables
        postgres_copy.change(connection, table.name, learnt, [(row["id"], row["words"]) for row in words])


def rebuild(connection: Connection, noun: str, fields: Sequence[str]) -> None:
    """Make the index of a noun again from its rows."""
    connection.execute(table_of(noun).delete())
    for some in _rows(connection, noun, fields):
        learn(connection, noun, some, new=True)


def asked(noun: str, words: str) -> Select[Any] | None:
    """The keys of the rows that hold the words; `None` when there are none to look for."""
    query = query_of(words)
    if query is None:
        return None
    from sqlalchemy.dialects.postgresql import TSQUERY

    index = table_of(noun)
    said = bindparam("words", query, String, unique=True)
    return select(index.c.id).where(index.c.words.op("@@")(said.cast(TSQUERY)))


def is_stale(connection: Connection, noun: str, fields: Sequence[str]) -> bool:
    """True when the index of a noun does not say what its rows say."""
    asked = text(
        f"SELECT count(*) FROM unnest(CAST(:keys AS bigint[]), CAST(:said AS text[])) AS row(id, words) "  # noqa: S608 - names of the own tables
        f"JOIN {noun}_search AS kept ON kept.id = row.id AND kept.words = CAST(row.words AS tsvector)"
    )
    seen = 0
    for some in _rows(connection, noun, fields):
        vectors = [vector_of(said) for said in some.values()]
        if connection.scalar(asked, {"keys": list(some), "said": vectors}) != len(some):
            return True
        seen += len(some)
    return bool(connection.scalar(text(f"SELECT count(*) FROM {noun}_search")) != seen)  # noqa: S608 - as above


def _rows(connection: Connection, noun: str, fields: Sequence[str]) -> Iterator[dict[int, list[str]]]:
    """The searched fields of all rows by key, some at a time."""
    asked = text(f"SELECT id, {', '.join(fields)} FROM {noun}").execution_options(yield_per=_AT_ONCE)  # noqa: S608 - as above
    rows = iter(connection.execute(asked))
    while some := {key: list(said) for key, *said in islice(rows, _AT_ONCE)}:
        yield some
