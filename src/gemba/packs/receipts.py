"""A receipt: headquarters' signed statement of what it holds. Only a receipt lets a laptop forget anything."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

from gemba.errors import Refusal
from gemba.packs import paths, statements

SUFFIX = ".receipt"
"""How a receipt's file name ends; the hash of the sealed pack stands before it."""

_ID = re.compile(r"[0-9a-f]{32}")
_EPOCH = re.compile(r"[A-Za-z0-9-]{1,64}")
_NAMES = {
    "pack",
    "device",
    "ranges",
    "blobs_held",
    "blobs_held_count",
    "blobs_missing",
    "taken_in_at",
    "headquarters",
}


@dataclass(frozen=True, slots=True)
class Receipt:
    """What headquarters holds of a device, having taken in a pack.

    Args:
        pack: SHA-256 of the sealed pack that was taken in.
        device: id of the device that sealed it.
        ranges: by epoch, the stretches of the device's journal that headquarters holds without a gap, from the
            lowest to the highest: `{"0001-1a2b3c4d": ((1, 200), (205, 210))}`.
        blobs_held: hashes of the evidence named by the pack that headquarters holds.
        blobs_missing: hashes of the evidence named by the pack that it lacks.
        taken_in_at: when, UTC, whole seconds.
        headquarters: id of the headquarters that signs.
    """

    pack: str
    device: str
    ranges: Mapping[str, tuple[tuple[int, int], ...]]
    blobs_held: tuple[str, ...]
    blobs_missing: tuple[str, ...]
    taken_in_at: datetime
    headquarters: str

    @property
    def file_name(self) -> str:
        """What the receipt's file is called."""
        return self.pack + SUFFIX

    def holds(self, epoch: str, first: int, last: int) -> bool:
        """True when headquarters holds every operation from `first` to `last` of `epoch`."""
        return any(low <= first and last <= high for low, high in self.ranges.get(epoch, ()))


def make_receipt(facts: Receipt, sign: Callable[[bytes], bytes]) -> bytes:
    """The bytes of a receipt, signed by headquarters; the same facts give the same bytes.

    Raises:
        ValueError: the facts have no spelling in the format (a mistake of the program).
    """
    said = {
        "pack": facts.pack,
        "device": facts.device,
        "ranges": {epoch: [list(one) for one in stretches] for epoch, stretches in facts.ranges.items()},
        "blobs_held": sorted(facts.blobs_held),
        "blobs_held_count": len(facts.blobs_held),
        "blobs_missing": sorted(facts.blobs_missing),
        "taken_in_at": statements.from_time(facts.taken_in_at),
        "headquarters": facts.headquarters,
    }
    if _receipt(said) is None:
        message = f"a receipt cannot hold these facts: {said!r}"
        raise ValueError(message)
    return statements.write("receipt", said, sign)


def read_receipt(data: bytes, trusted: Mapping[str, bytes]) -> Receipt:
    """What a receipt says, if a headquarters that we trust has signed it.

    Args:
        data: the bytes of the receipt.
        trusted: public keys of the headquarters we know, by id.

    Raises:
        Refusal: `packs.not_a_receipt`, `packs.newer_format`, `packs.unknown_headquarters`, `packs.forged_receipt`.
    """
    said = statements.read("receipt", data, _NAMES)
    receipt = _receipt(said)
    if receipt is None:
        raise Refusal("packs.not_a_receipt")
    key = trusted.get(receipt.headquarters)
    if key is None:
        raise Refusal("packs.unknown_headquarters", headquarters=receipt.headquarters)
    statements.check("receipt", said, key)
    return receipt


def _receipt(said: Mapping[str, Any]) -> Receipt | None:
    """The receipt, or None when anything in it is not as it must be."""
    taken_in_at = statements.to_time(said["taken_in_at"])
    good = (
        taken_in_at is not None
        and _is(paths.is_sha256, said["pack"])
        and _is(_ID.fullmatch, said["device"])
        and _is(_ID.fullmatch, said["headquarters"])
        and _are_ranges(said["ranges"])
        and _are_hashes(said["blobs_held"])
        and _are_hashes(said["blobs_missing"])
        and type(said["blobs_held_count"]) is int
        and said["blobs_held_count"] == len(said["blobs_held"])
        and not set(said["blobs_held"]) & set(said["blobs_missing"])
    )
    if not good or taken_in_at is None:
        return None
    return Receipt(
        pack=said["pack"],
        device=said["device"],
        ranges={epoch: tuple((low, high) for low, high in one) for epoch, one in said["ranges"].items()},
        blobs_held=tuple(said["blobs_held"]),
        blobs_missing=tuple(said["blobs_missing"]),
        taken_in_at=taken_in_at,
        headquarters=said["headquarters"],
    )


def _is(rule: Callable[[str], Any], value: Any) -> bool:
    return isinstance(value, str) and bool(rule(value))


def _are_hashes(value: Any) -> bool:
    """Hashes in ascending order, each once."""
    return (
        isinstance(value, list)
        and all(_is(paths.is_sha256, one) for one in value)
        and all(a < b for a, b in pairwise(value))
    )


def _are_ranges(value: Any) -> bool:
    """By epoch, stretches that ascend with a gap between each two."""
    return isinstance(value, dict) and all(
        _EPOCH.fullmatch(epoch)
        and isinstance(stretches, list)
        and all(_is_stretch(one) for one in stretches)
        and all(a[1] + 1 < b[0] for a, b in pairwise(stretches))
        for epoch, stretches in value.items()
    )


def _is_stretch(value: Any) -> bool:
    return (
        isinstance(value, list)
        and len(value) == 2
        and all(type(one) is int for one in value)
        and 0 <= value[0] <= value[1]
    )
