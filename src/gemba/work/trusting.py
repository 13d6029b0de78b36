"""Whose operations this store believes when a pack brings them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import msgspec

from gemba.domain.devices import DeviceRole
from gemba.errors import Refusal
from gemba.store import transit
from gemba.store.reading import Reader


def trusted_keys(reader: Reader) -> dict[str, bytes]:
    """The public keys of all devices that are known here: this one, headquarters, enrolled and certified laptops.

    Those that were revoked are among them: what they wrote before still counts.
    """
    known = {one.id: one.public_key for one in transit.correspondents(reader)}
    return known | {reader.device.id: reader.device.public_key}


def limits(reader: Reader) -> dict[str, dict[str, int]]:
    """For each revoked laptop, by epoch, the last number that is believed.

    A headquarters that another has replaced is none: its key was lost, not stolen, and what it wrote counts.
    """
    known = transit.correspondents(reader, DeviceRole.LAPTOP)
    return {one.id: one.revoked_after or {} for one in known if one.revoked is not None}


class Place(msgspec.Struct, frozen=True):
    """Where an operation says that it stands: the device and its number."""

    device: str = ""
    epoch: str = ""
    seq: int = 0


class _Line(msgspec.Struct, frozen=True):
    header: Place


_read = msgspec.json.Decoder(_Line).decode


def place_of(line: bytes) -> Place:
    """The place in the header of a line; an empty one for a line of another shape, which is refused further in."""
    try:
        return _read(line).header
    except msgspec.DecodeError:
        return Place()


def is_believed(place: Place, known: Mapping[str, Mapping[str, int]]) -> bool:
    """False for what a revoked device made later than is believed of it.

    Args:
        place: of the operation.
        known: for each revoked device, by epoch, the last number that is believed.
    """
    return place.device not in known or 0 < place.seq <= known[place.device].get(place.epoch, 0)


def checked(lines: Iterable[bytes], known: Mapping[str, Mapping[str, int]]) -> Iterator[bytes]:
    """The same lines, as they come.

    Args:
        lines: of a pack.
        known: from `limits`.

    Raises:
        Refusal: `work.revoked_inside` at the first operation that a device made after it was revoked.
    """
    for line in lines:
        if known and not is_believed(place := place_of(line), known):
            raise Refusal("work.revoked_inside", device=place.device)
        yield line
