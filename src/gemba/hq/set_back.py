"""A headquarters that was put back by hand from an older copy, noticed by what its laptops have of it.

A restore, and `gemba hq database --restored`, let it go on in a new epoch with higher publication numbers. Where the
folder or the database was only copied back, nothing in it says so; but a laptop tells with each pack which publication
it has, and none can have one that headquarters never made.
"""

from __future__ import annotations

import msgspec

from gemba.store import publications, transit
from gemba.store.device import Device
from gemba.store.reading import Reader
from gemba.store.unit import Unit
from gemba.wording import text

AFTER_RESTORE = 1_000_000
"""Numbers that are passed over when headquarters goes on in a new epoch: it may have given some away that the copy it
came back from has not heard of, and a laptop takes no number in that is older than one that it knows. Of a watch that
publishes every ten seconds they last for more than the 35 days that copies are kept."""


_NOTED = "set-back"
"""Setting: what was told that cannot be, and in which epoch that was."""


class SetBack(msgspec.Struct, frozen=True, kw_only=True):
    """Why this store must be an older copy of its headquarters."""

    device: str
    """Of the laptop that has the newest publication."""
    name: str
    there: int
    """The publication that this laptop has."""
    here: int
    """The newest one that this store knew of then; 0: none."""

    @property
    def words(self) -> str:
        """One sentence, and the way out."""
        return text(
            "{name} has publication {there} of this headquarters, but when it said so this store had come only to"
            " {here}: it is an older copy, and laptops pass over what it publishes. End all its programs, say"
            " “gemba hq database --restored”, take in what lies in taken/ once more, and publish.",
            name=self.name,
            there=self.there,
            here=self.here,
        )


def note(unit: Unit, device: str, publication: int) -> None:
    """Note what a pack tells, where it cannot be so: a publication that is newer than any that was made here.

    It stays noted although publications go on and come to that number; they are others than the laptops have.

    Args:
        unit: the transaction that takes the pack in.
        device: of the laptop.
        publication: the newest of this headquarters that it has.
    """
    made = publications.newest(unit, unit.device.id)
    here = made.version if made is not None else 0
    if publication > max(here, first_version(unit.device) - 1):
        told = unit.setting(_NOTED)
        if told is None or (told["epoch"], told["there"]) < (unit.device.epoch, publication):
            seen = {"epoch": unit.device.epoch, "device": device, "there": publication, "here": here}
            unit.set_setting(_NOTED, seen)


def set_back(reader: Reader) -> SetBack | None:
    """Whether this store is known to be an older copy of its headquarters.

    Args:
        reader: of headquarters' store.

    Returns:
        `None` when nothing says so, and from the moment at which headquarters goes on in a new epoch, whose
        publications have higher numbers.
    """
    told = reader.setting(_NOTED)
    if told is None or told["epoch"] != reader.device.epoch:
        return None
    device = told["device"]
    name = next((one.name for one in transit.correspondents(reader) if one.id == device), device[:8])
    return SetBack(device=device, name=name, there=told["there"], here=told["here"])


def first_version(device: Device) -> int:
    """The lowest number that a publication of headquarters' present epoch may have."""
    return (int(device.epoch.partition("-")[0]) - 1) * AFTER_RESTORE + 1
