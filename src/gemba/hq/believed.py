"""Whose operations are believed when a pack brings them, whoever sealed it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from gemba.errors import Refusal
from gemba.packs.facts import PackFacts
from gemba.store import quarantined, transit
from gemba.store.arriving import Fork
from gemba.store.operations import Operation
from gemba.store.reading import Reader
from gemba.work.trusting import Place, is_believed


class Believed(msgspec.Struct, frozen=True):
    """The keys that operations may bear, and how far those of revoked devices are believed."""

    trusted: dict[str, bytes]
    """Public keys by device id."""
    limits: dict[str, dict[str, int]]
    """For revoked devices, by epoch, the last number that is taken in still."""

    def checked(self, operations: Iterable[Operation]) -> Iterator[Operation]:
        """The same operations, as they come.

        Raises:
            Refusal: `hq.revoked_inside` at the first operation that a device made after it was revoked.
        """
        for one in operations:
            header = one.header
            if self.limits and not is_believed(Place(header.device, header.epoch, header.seq), self.limits):
                raise Refusal("hq.revoked_inside", device=header.device)
            yield one

    def demand_one_copy(self, forks: Iterable[Fork]) -> None:
        """Refuse what would give a number of a revoked device a second time: whoever holds its key could have made it.

        Raises:
            Refusal: `hq.revoked_inside`.
        """
        for fork in forks:
            if fork.device in self.limits:
                raise Refusal("hq.revoked_inside", device=fork.device)


def believed(reader: Reader, facts: PackFacts) -> Believed:
    """Who is believed in a pack: its sender, who was admitted, and every laptop and headquarters that is known here.

    What a person let out of quarantine is taken in as it is.
    """
    known = transit.correspondents(reader)
    kept = quarantined.find(reader, facts.sha256)
    released = kept is not None and kept.is_released
    limits = {one.id: one.revoked_after or {} for one in known if one.revoked is not None and not released}
    own = {reader.device.id: reader.device.public_key}
    trusted = own | {one.id: one.public_key for one in known} | {facts.device_id: facts.public_key}
    return Believed(trusted, limits)
