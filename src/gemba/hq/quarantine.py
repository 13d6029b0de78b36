"""Packs in quarantine: a person looks at each, then takes it in or sets it aside. None is ever thrown away."""

from __future__ import annotations

from pathlib import Path

import msgspec

from gemba.domain.change import Change
from gemba.errors import Refusal
from gemba.hq.intake import SignedFor, demand_headquarters
from gemba.hq.senders import QUARANTINE
from gemba.hq.taking import take_in_one
from gemba.store import quarantined
from gemba.store.quarantined import Decision, Quarantined
from gemba.store.reading import Reader
from gemba.work.desk import Desk


class Decided(msgspec.Struct, frozen=True):
    """What became of a pack."""

    sha256: str
    decision: Decision
    change: Change = Change(topics=frozenset({"quarantine"}))


def waiting(desk: Desk, *, settled: bool = False) -> list[Quarantined]:
    """The packs that wait for a decision, the oldest first; with `settled` also those that have had theirs.

    Raises:
        Refusal: `hq.not_headquarters`.
    """
    demand_headquarters(desk)
    with desk.reader() as reader:
        return quarantined.all_quarantined(reader, settled=settled)


def let_in(desk: Desk, pack: str, out: Path) -> SignedFor:
    """Take a pack in that a person believes, whatever its sender's standing, and sign for it.

    Operations of a device whose key is not known here are refused still: nobody could tell who made them.

    Args:
        desk: headquarters.
        pack: its SHA-256, or the beginning of it.
        out: folder for the receipt.

    Raises:
        Refusal: `hq.not_in_quarantine`, `hq.unknown_inside`, or as `intake.take_in`.
        Trouble: as `intake.take_in`.
    """
    demand_headquarters(desk)
    with desk.unit() as unit:
        one = _named(unit, pack)
        quarantined.settle(unit, one.sha256, Decision.LET_IN)
    return take_in_one(desk, desk.store.folder / QUARANTINE / f"{one.sha256}.gemba", out)


def set_aside(desk: Desk, pack: str) -> Decided:
    """Note that a pack is not taken in; its file stays, and it can be let in later.

    Raises:
        Refusal: `hq.not_in_quarantine`; `hq.taken_in_already` when its changes are in the store.
    """
    demand_headquarters(desk)
    with desk.unit() as unit:
        one = _named(unit, pack)
        if one.decision is Decision.TAKEN_IN:
            raise Refusal("hq.taken_in_already", pack=one.sha256[:12])
        quarantined.settle(unit, one.sha256, Decision.SET_ASIDE)
    return Decided(one.sha256, Decision.SET_ASIDE)


def _named(reader: Reader, pack: str) -> Quarantined:
    known = quarantined.all_quarantined(reader, settled=True)
    found = [one for one in known if len(pack) >= 6 and one.sha256.startswith(pack)]
    if len(found) != 1:
        raise Refusal("hq.not_in_quarantine", pack=pack[:64])
    return found[0]
