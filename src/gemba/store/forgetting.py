"""What is left to do once an erasure stands in the journal: files, packs, copies and the write-ahead log.

All of it can be done again, and is until it is finished: whoever is killed in between goes on at the next opening.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import delete, select, update

from gemba.domain.assessments import Custody
from gemba.errors import Trouble
from gemba.store import erasing, search_index
from gemba.store import journal_tables as tables
from gemba.store.troubles import world
from gemba.store.unit import Unit

if TYPE_CHECKING:
    from gemba.store.opening import Store


def resumed(store: Store) -> Store:
    """The store, once what was cut short is finished; what cannot be done now is tried at the next opening."""
    with suppress(Trouble):
        with store.reader() as reader:
            unfinished = erasing.unfinished(reader)
            person = next((one.person for one in erasing.erasures(reader)), "")
        if unfinished:
            finish(store, person)
    return store


def finish(store: Store, person: str) -> None:
    """Take erased bytes, packs and copies off the disk, and empty the write-ahead log.

    Raises:
        Trouble: a file cannot be taken away; it is tried again at the next opening.
    """
    with store.reader() as reader:
        unfinished = erasing.unfinished(reader)
        blobs = erasing.blobs_of_erasures(reader, unfinished)
        nouns = {noun for noun, _ in erasing.subjects(reader)}
    for sha256 in blobs:
        store.evidence.forget(sha256)
    with world(store.folder):
        _take_away(store.folder)
    with store.unit(person) as unit:
        if unit.connection.dialect.name == "sqlite":
            # What was said once may stand in the index even when other words followed it long ago.
            search_index.rebuild(unit.connection, nouns - search_index.SECURED)
        _take_back_packs(unit)
    if store.empty_log():
        with store.unit(person) as unit:
            erasing.finished(unit.connection, unfinished)


def _take_away(folder: Path) -> None:
    """Delete the packs of the outbox, held or not, and the copies of the database from before a migration.

    What headquarters does not hold yet is in the journal, and is sealed anew when it is sent next.
    """
    for file in [*(folder / "outbox").glob("*.gemba"), *(folder / "safety").glob("*.db*")]:
        file.unlink(missing_ok=True)


def _take_back_packs(unit: Unit) -> None:
    """Forget packs that were sealed and never sent, and what was to be carried of any: their files are gone.

    Packs that were sent stay noted, since a receipt for them may come.
    """
    pack, connection = tables.pack, unit.connection
    sealed = select(pack.c.sha256).where(pack.c.state == Custody.SEALED)
    open_packs = select(pack.c.sha256).where(pack.c.state != Custody.HELD)
    queue = tables.delivery
    connection.execute(delete(queue).where(queue.c.done_at.is_(None), queue.c.pack.in_(open_packs)))
    connection.execute(update(tables.blob).where(tables.blob.c.pack.in_(sealed)).values(pack=None))
    connection.execute(delete(pack).where(pack.c.state == Custody.SEALED))
