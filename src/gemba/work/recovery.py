"""What opens a store again whose key is lost, sealed to headquarters' recovery key alone.

It rides along in every pack. `recovery.json` beside `keys.json` holds the same, and is laid anew whenever the store has
another key: a pack that was sealed before a change of keys opens the store of that time only.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import msgspec

from gemba.domain.devices import DeviceRole
from gemba.durable import written
from gemba.store import keys, transit
from gemba.work.desk import Desk

DOCUMENT = "recovery.age"
"""Name of the document in a pack."""
FILE = "recovery.json"
"""Name of the file in the store's folder."""
_FORMAT = "gemba-recovery v1"
_PLACE = 2
"""Place of the recovery key among headquarters' recipients: behind the current and the next one."""
_LARGEST = 1 << 16


class Recovery(msgspec.Struct, frozen=True):
    """What opens a store again whose key is lost."""

    device: str
    """Id of the device, to be sure that it is the right one."""
    epoch: str
    store_key: str
    """Key of the database, 64 hexadecimal digits."""
    device_secret: str
    """The Ed25519 key that signs its journal, 64 hexadecimal digits."""
    identity: str
    """The age identity that opens its evidence."""


class Laid(msgspec.Struct, frozen=True, kw_only=True):
    """What stands in `recovery.json`: no secret but a sealed one."""

    format: str = _FORMAT
    device: str
    store: str
    """Name of the store in `keys.json`; another key has another name."""
    recipient: str
    """Headquarters' recovery key, `age1...`."""
    sealed: bytes
    """As `recovery_document`."""


def recovery_recipient(recipients: tuple[str, ...]) -> str | None:
    """The recovery key among headquarters' recipients; `None` when it has none."""
    return recipients[_PLACE] if len(recipients) > _PLACE else None


def recovery_document(desk: Desk, recipient: str) -> bytes:
    """The keys of this store, sealed to headquarters' recovery key: one age file of about 600 bytes.

    Args:
        desk: whose store it is.
        recipient: headquarters' recovery recipient (`age1...`).
    """
    from pyrage import encrypt, x25519

    device = desk.store.device
    said = Recovery(
        device=device.id,
        epoch=device.epoch,
        store_key=desk.store.key.hex(),
        device_secret=device.tell_secret().hex(),
        identity=device.identity,
    )
    sealed: bytes = encrypt(msgspec.json.encode(said), [x25519.Recipient.from_str(recipient)])
    return sealed


def lay(desk: Desk) -> Path | None:
    """Lay the recovery document into the store's folder, unless that of this key lies there.

    Returns:
        The file; `None` for a store that sends to no headquarters, or when it cannot be written: no work shall fail
        for its sake.
    """
    folder = desk.store.folder
    recipient, name = _recipient(desk), keys.read(folder).store
    if recipient is None:
        return None
    laid = read(folder / FILE)
    if laid is not None and (laid.device, laid.store, laid.recipient) == (desk.store.device.id, name, recipient):
        return folder / FILE
    sealed = recovery_document(desk, recipient)
    new = Laid(device=desk.store.device.id, store=name, recipient=recipient, sealed=sealed)
    with suppress(OSError):
        with written(folder / FILE) as out:
            out.write(msgspec.json.encode(new))
        return folder / FILE
    return None


def read(file: Path) -> Laid | None:
    """What stands in a `recovery.json`; `None` when the file is something else, or not there."""
    try:
        if file.stat().st_size > _LARGEST:
            return None
        laid = msgspec.json.decode(file.read_bytes(), type=Laid)
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
        return None
    return laid if laid.format == _FORMAT else None


def _recipient(desk: Desk) -> str | None:
    """The recovery key of the headquarters that a laptop sends to."""
    if desk.store.device.role != DeviceRole.LAPTOP:
        return None
    with desk.reader() as reader:
        known = [one for one in transit.correspondents(reader, DeviceRole.HEADQUARTERS) if one.revoked is None]
    return recovery_recipient(known[-1].recipients) if known else None
