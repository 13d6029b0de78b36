"""Take a pack of another device in: verified as a whole, merged into the journal, its evidence kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

import msgspec

from gemba.packs.facts import PackFacts
from gemba.packs.opening import OpenedPack
from gemba.store import conflicts, erasing, held_of_others, journal, transit
from gemba.store.journal import Merged
from gemba.work.desk import Desk
from gemba.work.settle_lots import settle_lots


class Absorbed(msgspec.Struct, frozen=True):
    """What a pack brought."""

    merged: Merged
    held: tuple[str, ...]
    """SHA-256 of the evidence named by the pack that is here now."""
    missing: tuple[str, ...]
    """SHA-256 of the evidence that it names and that has not arrived."""


def noted(facts: PackFacts, when: datetime) -> transit.TakenIn:
    """What is noted of a pack that is taken in, at headquarters and on laptops alike."""
    return transit.TakenIn(
        sha256=facts.sha256,
        device=facts.device_id,
        epoch=facts.epoch,
        first_seq=facts.first_seq,
        last_seq=facts.last_seq,
        taken_at=when,
    )


def keep_evidence(desk: Desk, pack: OpenedPack) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Keep a pack's evidence; what is here and what is missing still, by SHA-256, each sorted.

    Evidence is kept before the records that name it, so that no record ever stands without what it shows, and read
    back whole before anybody signs for it. What was erased is not kept, and nobody waits for it.
    """
    erased = erased_of(desk)
    for sha256, opener in pack.blobs.items():
        if sha256 not in erased and not desk.store.evidence.verify(sha256):
            with opener() as stream:
                desk.store.evidence.keep(stream.read())
    named = {*pack.blobs, *(reference.sha256 for reference in pack.referenced)} - erased
    held = tuple(sorted(sha256 for sha256 in named if desk.store.evidence.verify(sha256)))
    return held, tuple(sorted(named - set(held)))


Lines = Iterable[bytes]
"""Canonical lines of operations."""


def erased_of(desk: Desk) -> set[str]:
    """SHA-256 of the kept bytes that were erased for good."""
    with desk.reader() as reader:
        return erasing.erased_blobs(reader)


def forget_erased(desk: Desk, pack: OpenedPack) -> None:
    """Take away what an erasure in this very pack, or one that came meanwhile, says is to go."""
    for sha256 in pack.blobs.keys() & erased_of(desk):
        desk.store.evidence.forget(sha256)


def merge_pack(
    desk: Desk,
    pack: OpenedPack,
    trusted: Mapping[str, bytes],
    checked: Callable[[Lines], Lines] = iter,
    *,
    is_anothers: bool = False,
) -> Absorbed:
    """Merge an opened pack into this store; in any order, any number of times.

    Args:
        desk: whose store it is.
        pack: the pack.
        trusted: public keys by device id.
        checked: gives the same lines, or refuses one; what it raises keeps the whole pack out.
        is_anothers: True when another laptop made the pack, so that nobody has said that headquarters holds it.

    Raises:
        Refusal: an operation is malformed or signed by nobody who is trusted; then nothing is merged.
        Trouble: the disk is full.
    """
    held, missing = keep_evidence(desk, pack)
    with desk.unit() as unit:
        merged = journal.merge(unit, checked(pack.lines()), trusted=trusted)
        if is_anothers:
            unit.came_from_another()
            held_of_others.compare(unit)
        settle_lots(desk, unit)
        merged = msgspec.structs.replace(merged, conflicts=tuple(conflicts.differing(unit, merged.conflicts)))
    return Absorbed(merged, held, missing)
