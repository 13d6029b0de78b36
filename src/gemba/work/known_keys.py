"""Whom this store knows by their keys, and who it is itself: what is compared over the telephone."""

from __future__ import annotations

from datetime import datetime

import msgspec

from gemba.domain.devices import DeviceRole
from gemba.packs.identity import fingerprint_words
from gemba.store import key_ring, publications, transit
from gemba.store.key_ring import Use
from gemba.store.reading import Reader
from gemba.store.transit import Correspondent
from gemba.work.cards import NAME
from gemba.work.desk import Desk


class KnownDevice(msgspec.Struct, frozen=True, kw_only=True):
    """A headquarters or laptop that is known here."""

    device: str
    role: str
    name: str
    fingerprint: str
    since: datetime
    can_be_sealed_to: bool
    certified_at: datetime | None
    """When headquarters vouched for it."""
    revoked: datetime | None
    revoked_after: dict[str, int] | None


class AgeKeyShown(msgspec.Struct, frozen=True):
    """An age key of headquarters; never its secret."""

    use: str
    recipient: str
    made_at: datetime
    opens: bool
    """Its secret is here."""


class PublicationShown(msgspec.Struct, frozen=True):
    """The last publication that was made, or taken in."""

    version: int
    made_at: datetime
    expires_at: datetime
    expired: bool


class KeysShown(msgspec.Struct, frozen=True, kw_only=True):
    """Who this store is, and whom it knows."""

    device: str
    role: str
    name: str
    fingerprint: str
    epoch: str
    recipients: tuple[str, ...]
    """What others seal to."""
    keys: tuple[AgeKeyShown, ...]
    known: tuple[KnownDevice, ...]
    publication: PublicationShown | None


def show(desk: Desk) -> KeysShown:
    """Everything about keys that may be shown to anybody."""
    device = desk.store.device
    with desk.reader() as reader:
        recipients = key_ring.recipients(reader) if device.role == DeviceRole.HEADQUARTERS else (device.recipient,)
        return KeysShown(
            device=device.id,
            role=device.role,
            name=reader.setting(NAME) or device.name,
            fingerprint=" ".join(fingerprint_words(device.public_key)),
            epoch=device.epoch,
            recipients=recipients,
            keys=tuple(
                AgeKeyShown(one.use, one.recipient, one.made_at, bool(one.secret))
                for one in key_ring.keys(reader, Use.CURRENT, Use.NEXT, Use.PAST, Use.RECOVERY)
            ),
            known=tuple(map(_known, transit.correspondents(reader))),
            publication=_publication(desk, reader),
        )


def _known(one: Correspondent) -> KnownDevice:
    return KnownDevice(
        device=one.id,
        role=one.role,
        name=one.name,
        fingerprint=" ".join(fingerprint_words(one.public_key)),
        since=one.trusted_since,
        can_be_sealed_to=bool(one.recipients),
        certified_at=one.certified_at,
        revoked=one.revoked,
        revoked_after=one.revoked_after,
    )


def _publication(desk: Desk, reader: Reader) -> PublicationShown | None:
    known = [one for one in transit.correspondents(reader, DeviceRole.HEADQUARTERS) if one.revoked is None]
    of = known[-1].id if known else desk.store.device.id
    newest = publications.newest(reader, of)
    if newest is None:
        return None
    return PublicationShown(newest.version, newest.made_at, newest.expires_at, newest.expires_at < desk.clock())
