"""What rides along in every pack, sealed to headquarters' recovery key alone, so that a lost keyring costs no data."""

from __future__ import annotations

import msgspec

from gemba.work.desk import Desk

DOCUMENT = "recovery.age"
"""Name of the document in a pack."""


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
