"""What the world gives to a use case."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import msgspec

from gemba.domain.people import Person
from gemba.domain.record import Uid
from gemba.store.opening import Store


class Desk(msgspec.Struct, frozen=True):
    """One person at one store. Built in `gemba.app`; it is all the injection there is."""

    store: Store
    person: Person
    clock: Callable[[], datetime]
    """Aware, UTC."""
    ids: Callable[[], Uid]
    """Makes a UUID version 7."""
