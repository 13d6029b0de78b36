"""Proof of a store: everything that can be made again from the journal is made again and compared.

It changes nothing and mends nothing; it says in one line for each problem what is wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from itertools import chain, islice

from sqlalchemy import CompoundSelect, exists, literal, select, text, union_all

from gemba.errors import Trouble
from gemba.store import check_erasures, check_files, check_journal, check_lots, check_records, search_words
from gemba.store.evidence_files import UNTOLD
from gemba.store.opening import Store
from gemba.store.problem import Problem
from gemba.store.reading import Reader
from gemba.store.search_index import SEARCHED
from gemba.store.tables import REFERENCES, TABLES

__all__ = ["Problem", "check", "is_of_the_way"]

_MOST = 100
"""Problems of one kind of check that are told one by one."""


def check(store: Store, progress: Callable[[str], None] | None = None, *, files: bool = True) -> list[Problem]:
    """Everything that is wrong with a store; nothing when all is well.

    Args:
        store: an open store; others may go on writing.
        progress: is told the name of each step as it begins.
        files: read and hash every kept file, too.
    """
    steps: dict[str, Callable[[Reader], Iterator[Problem]]] = {
        "database": _database,
        "references": _references,
        "operations": check_journal.operations,
        "sequence": check_journal.sequence,
        "parents": check_journal.edges,
        "records": lambda reader: chain(
            check_records.records(reader),
            check_lots.rows(reader, store.evidence),
            check_erasures.erasures(reader),
        ),
    }
    if files:
        steps["files"] = lambda reader: check_files.files(reader, store.evidence)
    found: list[Problem] = []
    for name, step in steps.items():
        if progress is not None:
            progress(name)
        if name != "files" or not any(is_of_the_way(problem) for problem in found):  # no file would answer either
            found += _run(store, step)
    found += _search_index(store)
    return [problem for place, problem in enumerate(found) if problem not in found[:place]]  # each told once


def _run(store: Store, step: Callable[[Reader], Iterator[Problem]]) -> list[Problem]:
    """What a step finds; what stops it is a finding, too: damage of the database, or a server of files that is away."""
    found: list[Problem] = []
    try:
        with store.reader() as reader:
            found += islice(step(reader), _MOST)
    except Trouble as trouble:
        if trouble.code in UNTOLD:
            found.append(Problem(trouble.code, trouble.facts))
        else:
            found.append(Problem("store.page_damaged", {"what": _in_short(trouble.__cause__)}))
    return found


def is_of_the_way(problem: Problem) -> bool:
    """Whether a problem says that files could not be looked at, and not that anything is damaged."""
    return problem.code in UNTOLD


def _in_short(cause: object) -> str:
    """What the database says, without the words of the library around it."""
    said = str(getattr(cause, "orig", None) or cause)
    first, *more = [line for line in said.splitlines() if line and not line.startswith("***")] or [said]
    return f"{first} … +{len(more)}" if more else first


def _database(reader: Reader) -> Iterator[Problem]:
    """Every page's authentication code, and the order inside tables and indexes; a server minds its own pages."""
    if reader.connection.dialect.name == "postgresql":
        return
    for (said,) in reader.connection.execute(text("PRAGMA cipher_integrity_check")).all():
        yield Problem("store.page_damaged", {"what": said})
    for noun in SEARCHED:  # else FTS5 compares with the segments that this connection remembers, which may be merged
        reader.connection.execute(text(f"SELECT rowid FROM {noun}_search LIMIT 1")).all()  # noqa: S608 - our own names
    for (said,) in reader.connection.execute(text("PRAGMA integrity_check")).all():
        if said != "ok":
            yield Problem("store.page_damaged", {"what": _in_short(said)})


def _references(reader: Reader) -> Iterator[Problem]:
    if reader.connection.dialect.name == "postgresql":
        yield from _orphans(reader)
        return
    for row in reader.connection.execute(text("PRAGMA foreign_key_check")).all():
        yield Problem("store.orphan", {"noun": row[0], "id": row[1], "other": row[2]})


def _orphans(reader: Reader) -> Iterator[Problem]:
    """Rows that refer to what is not there, whatever the server's constraints promise."""
    for noun, fields in REFERENCES.items():
        for key, target in reader.connection.execute(_orphans_of(noun)).all() if fields else ():
            yield Problem("store.orphan", {"noun": noun, "id": key, "other": target})


@cache
def _orphans_of(noun: str) -> CompoundSelect[int, str]:
    """All fields of a noun in one question."""
    asked = []
    for field, target in REFERENCES[noun].items():
        here, there = TABLES[noun], TABLES[target].alias()
        is_there = exists().where(there.c.uid == here.c[field])
        asked.append(select(here.c.id, literal(target)).where(here.c[field].is_not(None), ~is_there))
    return union_all(*asked)


def _search_index(store: Store) -> Iterator[Problem]:
    """Compare the search index with the rows; FTS5 does it itself, as a command that writes nothing."""
    for noun, fields in SEARCHED.items():
        with store.reader() as reader:
            if reader.connection.dialect.name == "postgresql":
                if search_words.is_stale(reader.connection, noun, fields):
                    yield Problem("store.search_stale", {"noun": noun})
                continue
        asked = f"INSERT INTO {noun}_search({noun}_search, rank) VALUES('integrity-check', 1)"
        try:
            with store.exclusive() as connection:
                connection.execute(text(asked))
        except Trouble:
            yield Problem("store.search_stale", {"noun": noun})
