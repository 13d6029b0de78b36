"""What may not have reached the store that an audit pack is made of: nobody should take a pack for more than it knows.

All of it follows from what the store holds and from the last day that was chosen, never from a clock.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, date, datetime, time, timedelta

import msgspec

from gemba.domain.devices import DeviceRole
from gemba.domain.record import Uid
from gemba.store import assessments_touched, laptops, quarantined, transit
from gemba.store.conflicts import differing
from gemba.store.journal import Gap, conflicts
from gemba.store.reading import Reader


class Gaps(msgspec.Struct, frozen=True, kw_only=True):
    """What is known to be missing, or may be."""

    at_headquarters: bool
    """False when one laptop's store was asked, which knows its own work and what others shared with it."""
    missing: tuple[Gap, ...] = ()
    """Stretches of laptops' journals that have not arrived."""
    silent: tuple[str, ...] = ()
    """Ids of laptops of which no pack has arrived since the last day that was chosen."""
    quarantined: int = 0
    """Packs that arrived and wait for a person to decide on them."""
    unsettled: frozenset[Uid] = frozenset()
    """Assessments of the pack with something on which several disagree."""

    @property
    def is_known_whole(self) -> bool:
        """True when this is headquarters' store and knows of nothing that is missing."""
        return self.at_headquarters and not (self.missing or self.silent or self.quarantined)


def gaps_of(reader: Reader, first: date, last: date, chosen: Collection[Uid]) -> Gaps:
    """What a store knows to be missing, or cannot know.

    Args:
        reader: of the store.
        first: of the days that were chosen; what was revoked before it counts no more.
        last: of them; of a laptop of which something arrived after it, all is here but for the gaps.
        chosen: the assessments of the pack.
    """
    disputed = {(one.noun, one.entity) for one in differing(reader, conflicts(reader))}
    unsettled = assessments_touched.assessments_of(reader.connection, disputed) & set(chosen)
    if reader.device.role != DeviceRole.HEADQUARTERS:
        return Gaps(at_headquarters=False, unsettled=frozenset(unsettled))
    begin = datetime.combine(first, time(), UTC) - timedelta(days=1)
    end = datetime.combine(last, time(), UTC) + timedelta(days=1)
    arrived, stretches = laptops.arrived(reader), laptops.stretches(reader)
    known = [
        one.id
        for one in transit.correspondents(reader, DeviceRole.LAPTOP)
        if one.revoked is None or one.revoked >= begin
    ]
    return Gaps(
        at_headquarters=True,
        missing=tuple(gap for device in sorted(stretches) for gap in stretches[device].gaps),
        silent=tuple(sorted(one for one in known if one not in arrived or arrived[one].last < end)),
        quarantined=len(quarantined.all_quarantined(reader)),
        unsettled=frozenset(unsettled),
    )
