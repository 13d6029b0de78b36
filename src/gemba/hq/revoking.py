"""Revoke a laptop: what it recorded up to a number counts, what comes later waits for a person."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime

import msgspec

from gemba.domain.change import Change
from gemba.errors import Refusal
from gemba.hq.intake import demand_headquarters
from gemba.store import transit
from gemba.wording import plural, text
from gemba.work.desk import Desk
from gemba.work.laptop_named import laptop_named

_AFTER = re.compile(r"([0-9]{4}-[0-9a-f]{8}):(0|[1-9][0-9]{0,14})")


_VOUCHED = "revoking.vouched."
"""Setting, followed by a device's id: it is vouched for because a person said so when it was revoked."""


class Revocation(msgspec.Struct, frozen=True):
    """How far a laptop is believed."""

    device: str
    name: str
    revoked: datetime | None
    """When it was; `None` when a revocation was undone."""
    after: dict[str, int]
    """By epoch the last number of its journal that counts."""
    words: str
    standing: int = 0
    """How many of its changes do not count and are here already: they stay in the records."""
    change: Change = Change(topics=frozenset({"device"}))


def revoke(desk: Desk, laptop: str, after: Sequence[str] = (), *, vouch: bool = False) -> Revocation:
    """Revoke a laptop; the next publication tells all others.

    Args:
        desk: headquarters.
        laptop: its id, the beginning of it, or its name.
        after: `EPOCH:NUMBER` each: the last number of an epoch that counts; what headquarters holds now when none is
            named. Of an epoch that is not named nothing counts.
        vouch: let publications vouch for what counts, though nobody compared the laptop's words: its person knows the
            work for theirs, and other laptops take it in when it is shared with them.

    Raises:
        Refusal: `work.no_such_laptop`, `hq.bad_after`, `hq.not_headquarters`.
    """
    demand_headquarters(desk)
    named = dict(map(_read_after, after))
    with desk.unit() as unit:
        known = laptop_named(unit, laptop)
        ranges = transit.ranges_here(unit, known.id)
        here = {epoch: stretches[-1][1] for epoch, stretches in ranges.items()}
        told = msgspec.structs.replace(
            known, revoked=known.revoked or unit.clock().replace(microsecond=0), revoked_after=named or here
        )
        if vouch and known.certified_at is None:
            told = msgspec.structs.replace(told, certified_at=unit.clock().replace(microsecond=0))
            unit.set_setting(_VOUCHED + known.id, True)
        transit.trust(unit, told)
    standing = _beyond(ranges, named) if named else 0
    words = text(
        "{name} is revoked. What it recorded until now counts; what comes later waits in quarantine. Publish, so that "
        "all laptops learn it (gemba hq publish).",
        name=known.name,
    )
    if named:
        words = text(
            "{name} is revoked. What it recorded up to {places} counts; what comes later waits in quarantine. Publish, "
            "so that all laptops learn it (gemba hq publish).",
            name=known.name,
            places=", ".join(f"{epoch}:{last}" for epoch, last in sorted(named.items())),
        )
    elif here:
        words += " " + text(
            "That is up to {places}.", places=", ".join(f"{epoch}:{last}" for epoch, last in sorted(here.items()))
        )
    if standing:
        words += " " + plural(
            "{n} change that it recorded later is here already and stays in the records: look at it (gemba history"
            " RECORD says who changed what).",
            "{n} changes that it recorded later are here already and stay in the records: look at them (gemba history"
            " RECORD says who changed what).",
            standing,
        )
    if told.certified_at is None:
        words += " " + text(
            "Nobody compared its words, so other laptops do not take in what is shared of it; if its person knows the "
            "work for theirs, say “gemba hq revoke --vouch”."
        )
    elif vouch:
        words += " " + text("What counts of it can be brought to another laptop (gemba pack share).")
    return Revocation(known.id, known.name, told.revoked, named or here, words, standing)


def undo(desk: Desk, laptop: str) -> Revocation:
    """Believe a laptop again; packs that came meanwhile stay in quarantine until somebody takes them in.

    Raises:
        Refusal: `work.no_such_laptop`, `hq.not_headquarters`.
    """
    demand_headquarters(desk)
    with desk.unit() as unit:
        known = laptop_named(unit, laptop)
        told = msgspec.structs.replace(known, revoked=None, revoked_after=None)
        if unit.setting(_VOUCHED + known.id):  # that was for what it recorded before, and not for what comes
            told = msgspec.structs.replace(told, certified_at=None)
            unit.set_setting(_VOUCHED + known.id, False)
        transit.trust(unit, told)
    words = text("{name} is believed again; publish, so that all laptops learn it (gemba hq publish).", name=known.name)
    return Revocation(known.id, known.name, None, {}, words)


def _beyond(ranges: Mapping[str, list[list[int]]], last: Mapping[str, int]) -> int:
    """How many numbers of a journal are here and do not count.

    Args:
        ranges: what is here, by epoch.
        last: by epoch the last number that counts; of others none does.
    """
    return sum(
        max(0, high - max(low - 1, last.get(epoch, 0)))
        for epoch, stretches in ranges.items()
        for low, high in stretches
    )


def _read_after(said: str) -> tuple[str, int]:
    found = _AFTER.fullmatch(said)
    if found is None:
        raise Refusal("hq.bad_after", after=said[:60])
    return found[1], int(found[2])
