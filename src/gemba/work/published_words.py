"""What a publication says besides its packs, taken over: keys, devices, revocations, receipts, questions."""

from __future__ import annotations

from datetime import UTC, datetime

import msgspec

from gemba.domain.devices import DeviceRole
from gemba.errors import Refusal
from gemba.packs import publication_words
from gemba.packs.publication_words import Devices, ForLaptop, Statement
from gemba.store import headquarters_change, publications, transit
from gemba.store.stretches import Stretch
from gemba.store.transit import Correspondent
from gemba.store.unit import Unit
from gemba.work import take_receipt

REVOKED = "revoked"
"""Setting: headquarters has revoked this laptop."""
_REVOKED_BY = "revoked.by"
"""Setting: by device that is revoked, the headquarters whose publication said so."""


def change_headquarters(unit: Unit, before: str) -> None:
    """Leave a headquarters whose place another has taken by its root keys' word; everything is to be sent again."""
    publications.forget(unit, before)
    headquarters_change.retire(unit, before)


def take_keys(unit: Unit, said: Statement) -> None:
    """Take over headquarters' name and the keys to seal to."""
    own = publication_words.id_of(said.public_key)
    known = _known(unit, own)
    told = Correspondent(
        id=own,
        role=DeviceRole.HEADQUARTERS,
        name=said.name,
        public_key=publication_words.read_key(said.public_key),
        recipients=publication_words.check_recipients(said.recipients),
        trusted_since=known.trusted_since if known is not None else unit.clock(),
    )
    if told != known:
        transit.trust(unit, told)
    for spelled in said.before:
        _take_predecessor(unit, spelled)


def _take_predecessor(unit: Unit, spelled: str) -> None:
    """Know the key of a headquarters that is no more, for the sake of what it wrote; nothing is sent to it."""
    before = publication_words.id_of(spelled)
    if _known(unit, before) is None:
        told = Correspondent(
            id=before,
            role=DeviceRole.HEADQUARTERS,
            name=before,
            public_key=publication_words.read_key(spelled),
            recipients=(),
            trusted_since=unit.clock(),
            revoked=unit.clock(),
            revoked_after={},
        )
        transit.trust(unit, told)


def take_devices(unit: Unit, said: Devices) -> None:
    """Take over which devices headquarters vouches for; one that was enrolled here keeps the name it has here."""
    for one in said.devices:
        device = publication_words.id_of(one.public_key)
        if device == unit.device.id:
            continue
        known = _known(unit, device)
        certified = datetime.strptime(one.certified_at, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
        recipients = publication_words.check_recipients(one.recipient.split())
        if known is None:
            known = Correspondent(
                id=device,
                role=DeviceRole.LAPTOP,
                name=one.name,
                public_key=publication_words.read_key(one.public_key),
                recipients=recipients,
                trusted_since=unit.clock(),
            )
        told = msgspec.structs.replace(known, certified_at=certified, recipients=recipients or known.recipients)
        transit.trust(unit, told)


def take_revocations(unit: Unit, said: Statement) -> None:
    """Take over which devices are revoked, and how far each is believed still.

    A device is believed again when the headquarters that revoked it does so no longer, or another one vouches for it;
    a headquarters that was founded anew has not heard of revocations, and undoes none by being silent.
    """
    unit.set_setting(REVOKED, unit.device.id in said.revoked)
    own, by = publication_words.id_of(said.public_key), unit.setting(_REVOKED_BY) or {}
    unit.set_setting(_REVOKED_BY, by | dict.fromkeys(said.revoked, own))
    for known in transit.correspondents(unit, DeviceRole.LAPTOP):
        after = said.revoked.get(known.id)
        is_own = known.certified_at is not None or by.get(known.id) == own
        if after is None and known.revoked is not None and is_own:
            told = msgspec.structs.replace(known, revoked=None, revoked_after=None)
        elif after is not None and (known.revoked is None or known.revoked_after != after):
            told = msgspec.structs.replace(known, revoked=known.revoked or unit.clock(), revoked_after=after)
        else:
            continue
        transit.trust(unit, told)


def take_letter(unit: Unit, said: ForLaptop) -> None:
    """Take over receipts, the oldest first, and what is to be sent again."""
    for spelled in said.receipts:
        try:
            receipt = take_receipt.read(unit, spelled.encode())
        except Refusal as refusal:
            if refusal.code != "packs.unknown_headquarters":  # of the headquarters before this one
                raise
            continue
        if receipt.device == unit.device.id:
            take_receipt.note(unit, receipt)
    publications.ask_resend(unit, [Stretch(*one) for one in said.resend])


def _known(unit: Unit, device: str) -> Correspondent | None:
    return next((one for one in transit.correspondents(unit) if one.id == device), None)
