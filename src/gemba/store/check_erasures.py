"""Checks that what the erasures of the journal say is what is noted of them."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select

from gemba.store import erasing
from gemba.store import journal_tables as tables
from gemba.store.operations import values_in
from gemba.store.problem import Problem
from gemba.store.reading import Reader


def erasures(reader: Reader) -> Iterator[Problem]:
    """Erasures that are noted otherwise than they stand in the journal."""
    operation, erased = tables.operation, tables.erased
    stated: set[tuple[str, str, str]] = set()
    for row in reader.connection.execute(select(operation).where(operation.c.noun == erasing.NOUN)):
        subject = erasing.subject_of(values_in(row.payload))
        if subject is not None:
            stated.add((*subject, row.uid))
    noted = {
        tuple(row) for row in reader.connection.execute(select(erased.c.noun, erased.c.entity, erased.c.operation))
    }
    for noun, entity, _ in sorted(stated ^ noted):
        yield Problem("store.erasure_differs", {"noun": noun, "uid": entity})
