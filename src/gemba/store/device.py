"""Who this store is: the key that signs its journal and the identity that opens its files."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, insert, select, update

from gemba.store import hlc
from gemba.store.journal_tables import device as device_table
from gemba.store.journal_tables import past_epoch, signer

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no letter that reads like another."""


_SIGNATURE, _PUBLIC_KEY = 64, 32
"""Bytes."""


class Device:
    """The identity of one store. The secrets are kept in the encrypted database and nowhere else.

    Args:
        name: what people call it.
        role: `laptop` or `headquarters`.
        secret: the raw Ed25519 key, 32 bytes.
        identity: the age identity that opens this store's files and what is sealed for it.
        epoch: the stretch of the journal that it writes; a new one begins after every restore.
    """

    def __init__(self, *, name: str, role: str, secret: bytes, identity: str, epoch: str) -> None:
        self.name = name
        self.role = role
        self.identity = identity
        self.epoch = epoch
        self._secret = secret

    @cached_property
    def public_key(self) -> bytes:
        """The raw Ed25519 public key, 32 bytes."""
        return self._signing.public_key().public_bytes_raw()

    @cached_property
    def id(self) -> str:
        """The first 32 hexadecimal digits of the public key's SHA-256."""
        return id_of(self.public_key)

    @cached_property
    def code(self) -> str:
        """Six letters for human numbers: with 300 laptops a chance of 1 in 24,000 that two have the same.

        Another epoch has another code, so a restore makes no number twice.
        """
        digest = int.from_bytes(hashlib.sha256(f"{self.id} {self.epoch}".encode()).digest()[:4], "big")
        return "".join(_LETTERS[digest >> shift & 31] for shift in (25, 20, 15, 10, 5, 0))

    @cached_property
    def recipient(self) -> str:
        """The age recipient that others seal for."""
        from pyrage import x25519

        return str(x25519.Identity.from_str(self.identity).to_public())

    def without_secrets(self) -> Device:
        """Who this is, unable to sign or open anything."""
        bare = Device(name=self.name, role=self.role, secret=b"", identity="", epoch=self.epoch)
        vars(bare).update(public_key=self.public_key, id=self.id, code=self.code, recipient=self.recipient)
        return bare

    def sign(self, message: bytes) -> bytes:
        """The Ed25519 signature of `message`, 64 bytes."""
        return self._signing.sign(message)

    def tell_secret(self) -> bytes:
        """The raw Ed25519 key, for the recovery document and nothing else."""
        return self._secret

    @cached_property
    def _signing(self) -> Ed25519PrivateKey:
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        return Ed25519PrivateKey.from_private_bytes(self._secret)


def id_of(public_key: bytes) -> str:
    """The id of the device with this public key."""
    return hashlib.sha256(public_key).hexdigest()[:32]


def verify(public_key: bytes, signature: bytes, message: bytes) -> bool:
    """True when `signature` is the key's signature of `message`."""
    from nacl.bindings import crypto_sign_open
    from nacl.exceptions import CryptoError

    if len(signature) != _SIGNATURE or len(public_key) != _PUBLIC_KEY:
        return False
    try:
        crypto_sign_open(signature + message, public_key)
    except CryptoError:
        return False
    return True


def new_epoch(previous: str = "0000-00000000") -> str:
    """The name of the next stretch of journal: a running number, and chance so that two clones differ."""
    return f"{int(previous.partition('-')[0]) + 1:04d}-{secrets.token_hex(4)}"


def make(connection: Connection, *, name: str, role: str, now: datetime) -> Device:
    """Give a new store its identity."""
    from pyrage import x25519

    identity = str(x25519.Identity.generate())
    device = Device(name=name, role=role, secret=secrets.token_bytes(32), identity=identity, epoch=new_epoch())
    connection.execute(
        insert(device_table).values(
            id=1,
            device=device.id,
            name=name,
            role=role,
            secret=device._secret,  # noqa: SLF001 - its own module keeps it
            identity=device.identity,
            epoch=device.epoch,
            seq=0,
            hlc=hlc.START,
            created_at=now,
        )
    )
    connection.execute(insert(signer).values(device=device.id, public_key=device.public_key))
    return device


def begin_epoch(connection: Connection) -> None:
    """Go on in a new stretch of journal.

    After a restore, because what was recorded after the backup may be on its way already; and after a cloned disk has
    been noticed, because two are using the same numbers.
    """
    own = connection.execute(select(device_table.c.epoch, device_table.c.seq)).one()
    connection.execute(insert(past_epoch).values(epoch=own.epoch, last_seq=own.seq))
    connection.execute(update(device_table).values(epoch=new_epoch(own.epoch), seq=0))


_EPOCH = select(device_table.c.epoch)


def current(connection: Connection, known: Device) -> Device:
    """The same device, unless a new epoch has begun since it was loaded (perhaps by another program)."""
    return known if connection.scalar(_EPOCH) == known.epoch else load(connection)


def load(connection: Connection) -> Device:
    """The identity of an existing store."""
    row: Any = connection.execute(select(device_table)).one()
    return Device(name=row.name, role=row.role, secret=row.secret, identity=row.identity, epoch=row.epoch)
