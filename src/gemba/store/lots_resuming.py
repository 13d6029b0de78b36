"""Lots whose file came while nobody looked (a restore, a copied folder) are laid when the store is opened."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from gemba.domain.people import Person
from gemba.errors import Trouble
from gemba.store import lot_files, lots
from gemba.store.lot_erasing import Forgetting

if TYPE_CHECKING:
    from gemba.store.opening import Store


def resumed(store: Store) -> Store:
    """The store, once what can be laid of its lots is; what cannot be done now is tried at the next opening."""
    from uuid_utils import uuid7

    with suppress(Trouble):
        with store.reader() as reader:
            ready = any(store.evidence.has(one.rows) for one in lots.pending(reader))
            ready = ready or lot_files.is_cut_short(store.folder)
            person = next((one.uid for one in reader.find(Person)), "")
        if ready and person:
            with store.unit(person) as unit:
                lot_files.sweep(store.folder, store.evidence, unit)
                Forgetting(unit, store.evidence, lambda: str(uuid7()), person).settle()
    return store
