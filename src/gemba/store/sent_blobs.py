"""How far each piece of evidence has come on its way to headquarters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from sqlalchemy import select

from gemba.store import journal_tables as tables
from gemba.store.reading import Reader

NOT_ERASED = tables.blob.c.sha256.not_in(select(tables.erased_blob.c.sha256))
"""What is erased is neither sent nor waited for."""


def open_blobs(reader: Reader, pack: str = "") -> list[str]:
    """SHA-256 of the kept bytes that were sealed, or missing then, and that no receipt names; in one pack if given."""
    table = tables.blob
    asked = select(table.c.sha256).where(table.c.held_at.is_(None), NOT_ERASED).order_by(table.c.sha256)
    return list(reader.connection.scalars(asked.where(table.c.pack == pack) if pack else asked))


def blobs_in_pack(reader: Reader, pack: str) -> dict[str, bool]:
    """SHA-256 of the evidence that travelled last in a pack, each with whether a receipt names it."""
    table = tables.blob
    asked = select(table.c.sha256, table.c.held_at).where(table.c.pack == pack).order_by(table.c.sha256)
    return {sha256: held_at is not None for sha256, held_at in reader.connection.execute(asked)}


def held_blobs(reader: Reader) -> set[str]:
    """SHA-256 of the kept bytes that a receipt names."""
    table = tables.blob
    return set(reader.connection.scalars(select(table.c.sha256).where(table.c.held_at.is_not(None))))


def held_of(reader: Reader, blobs: Iterable[str]) -> set[str]:
    """Those of these kept bytes that a receipt names."""
    table = tables.blob
    found: set[str] = set()
    for some in at_once(sorted(set(blobs))):
        asked = select(table.c.sha256).where(table.c.sha256.in_(some), table.c.held_at.is_not(None))
        found |= set(reader.connection.scalars(asked))
    return found


def at_once(names: Sequence[str]) -> Iterator[Sequence[str]]:
    """Names a few at a time, as many as fit into one question to the database."""
    return (names[start : start + 500] for start in range(0, len(names), 500))
