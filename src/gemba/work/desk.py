"""What the world gives to a use case."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime

import msgspec

from gemba.domain.people import Person
from gemba.domain.record import Uid
from gemba.store.opening import Store
from gemba.store.reading import Reader
from gemba.store.unit import Unit
from gemba.work.shelf import Shelf


class Desk(msgspec.Struct, frozen=True):
    """One person at one store. It is all the injection there is.

    Clock gives aware UTC times; `ids` makes UUIDs version 7.
    """

    store: Store
    person: Person
    clock: Callable[[], datetime]
    ids: Callable[[], Uid]
    shelf: Shelf
    zone: str = "UTC"
    """IANA time zone of this laptop: where a new place is, unless it is said."""

    def unit(self) -> AbstractContextManager[Unit]:
        """One transaction that writes in this person's name."""
        return self.store.unit(self.person.uid)

    def reader(self) -> AbstractContextManager[Reader]:
        """One consistent view of the store."""
        return self.store.reader()
