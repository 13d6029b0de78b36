"""What other programs write into a store while it is open here: the command line beside the window, a watch."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any, Protocol

from sqlalchemy import Connection, func, select

from gemba.domain.change import Change
from gemba.store import journal_tables as tables
from gemba.store.reading import Reader

Borrow = Callable[[], AbstractContextManager[Connection | None]]
"""Lends the writing connection, with no transaction open on it; `None` while something is being written here."""

_MANY = 2000
"""Records that are named one by one; of more only the nouns are told."""
_TRAVELS = "pack"
"""Topic of what stands in no journal: packs that came and went, receipts."""


class Signs(Protocol):
    """By what a database shows that another program has written."""

    def seen(self, borrow: Borrow) -> bool | None:
        """Whether another program has written since this was last asked; `None` while that cannot be told."""

    def close(self) -> None:
        """Let go of what is held for that."""


class OtherPrograms:
    """Finds out what other programs have written, as often as somebody asks.

    Args:
        signs: of the store's database.
    """

    def __init__(self, signs: Signs) -> None:
        self._signs = signs
        self._position: int | None = None

    def look(self, borrow: Borrow, read: Callable[[], AbstractContextManager[Reader]]) -> Change:
        """What other programs have written since they were last told of, and what we have between; at first nothing.

        Args:
            borrow: lends the writing connection.
            read: gives a reader.
        """
        have_written, operation = self._signs.seen(borrow), tables.operation.c
        before = self._position
        if before is not None and not have_written:
            return Change()
        with read() as reader:
            self._position = reader.connection.scalar(select(func.max(operation.id))) or 0
            if before is None:
                return Change()
            new = select(operation.noun, operation.entity).where(operation.id > before).distinct()
            found = reader.connection.execute(new.limit(_MANY + 1)).all()
            if len(found) <= _MANY:
                return Change(
                    frozenset({_TRAVELS, *(row.noun for row in found)}), frozenset(row.entity for row in found)
                )
            nouns = select(operation.noun).where(operation.id > before).distinct()
            return Change(frozenset({_TRAVELS, *reader.connection.scalars(nouns)}))

    def close(self) -> None:
        """Let go of what is held for looking."""
        self._signs.close()


class FileSigns:
    """Of the embedded database: it counts for each connection what all others have written."""

    def __init__(self) -> None:
        self._known: tuple[Any, int] | None = None

    def seen(self, borrow: Borrow) -> bool | None:
        """Whether another program has written; of the first time on a connection nobody knows, so it may have."""
        with borrow() as connection:
            if connection is None:
                return None
            bare: Any = connection.connection.driver_connection
            known, self._known = self._known, (bare, bare.execute("PRAGMA data_version").fetchone()[0])
        return known is None or known[0] is not bare or known[1] != self._known[1]

    def close(self) -> None:
        """Nothing is held but the number of a connection that ends."""
        self._known = None
