"""Whose operations this store believes when a pack brings them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

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


def checked(lines: Iterable[Mapping[str, Any]], known: Mapping[str, Mapping[str, int]]) -> Iterator[Mapping[str, Any]]:
    """The same lines, as they come.

    Args:
        lines: of a pack.
        known: from `limits`.

    Raises:
        Refusal: `work.revoked_inside` at the first operation that a device made after it was revoked.
    """
    for line in lines:
        header = line.get("header")
        device = header.get("device") if isinstance(header, Mapping) else None
        if isinstance(header, Mapping) and isinstance(device, str) and device in known:
            seq = header.get("seq")
            if not isinstance(seq, int) or seq > known[device].get(str(header.get("epoch")), 0):
                raise Refusal("work.revoked_inside", device=device)
        yield line
