"""The key that every laptop has from headquarters: what is published for all is sealed to it."""

from __future__ import annotations

from gemba.domain.devices import DeviceRole
from gemba.hq.founding import add_key
from gemba.store import key_ring, transit
from gemba.store.key_ring import AgeKey, Use
from gemba.store.reading import Reader
from gemba.store.transit import Correspondent
from gemba.work.desk import Desk


def laptops(reader: Reader) -> list[Correspondent]:
    """The laptops that publications are for: not revoked, and their key is known."""
    known = transit.correspondents(reader, DeviceRole.LAPTOP)
    return [one for one in known if one.revoked is None and one.recipients]


def current_audience(desk: Desk) -> AgeKey:
    """The audience's key; a new one when there is none, or when a laptop was revoked that knows it."""
    with desk.unit() as unit:
        revoked = [one.revoked for one in transit.correspondents(unit, DeviceRole.LAPTOP) if one.revoked is not None]
        for known in key_ring.keys(unit, Use.AUDIENCE):
            if all(moment < known.made_at for moment in revoked):
                return known
            key_ring.put_to_use(unit, known.recipient, Use.PAST_AUDIENCE, retired_at=unit.clock())
        return add_key(unit, Use.AUDIENCE)


def secrets(reader: Reader) -> tuple[str, ...]:
    """What opens all that is published for all, the newest first."""
    kept = key_ring.keys(reader, Use.AUDIENCE, Use.PAST_AUDIENCE)
    return tuple(key.secret for key in reversed(kept) if key.secret)
