"""Find the laptop that a person means."""

from __future__ import annotations

from gemba.domain.devices import DeviceRole
from gemba.errors import Refusal
from gemba.store import transit
from gemba.store.reading import Reader
from gemba.store.transit import Correspondent


def laptop_named(reader: Reader, said: str) -> Correspondent:
    """The laptop with this id, beginning of an id (six letters at least), or name.

    Raises:
        Refusal: `work.no_such_laptop` when there is none, or several.
    """
    known = transit.correspondents(reader, DeviceRole.LAPTOP)
    found = [one for one in known if one.id == said] or [one for one in known if one.name == said]
    found = found or [one for one in known if len(said) >= 6 and one.id.startswith(said)]
    if len(found) != 1:
        raise Refusal("work.no_such_laptop", laptop=said, count=len(found))
    return found[0]
