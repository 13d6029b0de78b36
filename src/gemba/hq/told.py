"""What laptops have told of themselves with their last packs."""

from __future__ import annotations

import msgspec

from gemba.domain.erasures import Erasure
from gemba.hq import set_back
from gemba.packs.opening import OpenedPack
from gemba.store import transit
from gemba.store.reading import Reader
from gemba.store.unit import Unit
from gemba.work.laptop_told import DOCUMENT, LARGEST, Told, read_told

_OF = "told."
"""Setting, followed by the device's id: what it told, and when it sealed that."""


class _Noted(msgspec.Struct, frozen=True):
    at: str
    publication: int
    erasures: tuple[str, ...]


def note(unit: Unit, pack: OpenedPack) -> None:
    """Note what a pack tells; one that was sealed earlier than what is known says nothing new."""
    if DOCUMENT not in pack.documents:
        return
    with pack.documents[DOCUMENT]() as document:
        said = read_told(document.read(LARGEST))
    known, at = _known(unit, pack.facts.device_id), pack.facts.created.isoformat()
    if known is None or known.at <= at:
        told = _Noted(at, said.publication, said.erasures)
        unit.set_setting(_OF + pack.facts.device_id, msgspec.to_builtins(told))
    if pack.facts.to == unit.device.id:  # what was told to a headquarters in whose place this one came is no sign
        set_back.note(unit, pack.facts.device_id, said.publication)


def told_by(reader: Reader, device: str) -> Told | None:
    """What a device told last; `None` when it never did."""
    known = _known(reader, device)
    return None if known is None else Told(publication=known.publication, erasures=known.erasures)


def publications_known(reader: Reader) -> dict[str, int]:
    """The newest publication that each laptop is known to have, by device id."""
    return {device: one.publication for device, one in _all(reader).items()}


def erasures_outstanding(reader: Reader) -> dict[str, int]:
    """How many erasures each laptop has not carried out, by what it told; of one that never told: all."""
    ordered = {one.uid for one in reader.find(Erasure)}
    if not ordered:
        return {}
    told = _all(reader)
    return {
        one.id: len(ordered - set(told[one.id].erasures if one.id in told else ()))
        for one in transit.correspondents(reader)
    }


def _all(reader: Reader) -> dict[str, _Noted]:
    """What all laptops told last, in one reading."""
    return {device: msgspec.convert(kept, _Noted) for device, kept in reader.settings(_OF).items()}


def _known(reader: Reader, device: str) -> _Noted | None:
    kept = reader.setting(_OF + device)
    return None if kept is None else msgspec.convert(kept, _Noted)
