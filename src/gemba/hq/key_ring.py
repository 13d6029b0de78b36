"""Headquarters' age keys: what opens the packs that come, and what laptops seal to."""

from __future__ import annotations

from gemba.store import key_ring
from gemba.store.key_ring import Use
from gemba.work.desk import Desk


def identities(desk: Desk) -> list[str]:
    """All age secrets here that open packs: the device's own, and the current, next and past ones."""
    with desk.reader() as reader:
        kept = key_ring.keys(reader, Use.CURRENT, Use.NEXT, Use.PAST)
    return [desk.store.device.identity, *(key.secret for key in kept if key.secret)]


def recipients(desk: Desk) -> tuple[str, ...]:
    """What laptops seal to: current, next and recovery; the device's own key where none of them was made yet."""
    with desk.reader() as reader:
        return key_ring.recipients(reader)


def ours(desk: Desk) -> set[str]:
    """Every recipient that is or ever was headquarters' own."""
    with desk.reader() as reader:
        return {desk.store.device.recipient, *(key.recipient for key in key_ring.keys(reader))}
