"""Who a device is: an Ed25519 key that signs, an age key that opens, and eight words to compare over the telephone."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from gemba.errors import Refusal
from gemba.shipped import resource

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

_RECIPIENT = re.compile(r"age1[02-9ac-hj-np-z]{58}")

_SMALL_ORDER = frozenset(
    bytes.fromhex(point)
    for point in (
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0100000000000000000000000000000000000000000000000000000000000000",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    )
)
"""Public keys, but for the sign, for which anybody can make signatures: points whose order is 8 or less."""


@dataclass(frozen=True, slots=True)
class DeviceKey:
    """A device's signing key; it lives inside the encrypted store and nowhere else.

    Args:
        private: the 32 secret bytes of an Ed25519 key (RFC 8032).
    """

    private: bytes

    def __repr__(self) -> str:
        """The device, never the secret: this ends up in logs."""
        return f"DeviceKey({self.id})"

    @property
    def public(self) -> bytes:
        """The 32 public bytes."""
        return _private(self.private).public_key().public_bytes_raw()

    @property
    def id(self) -> str:
        """The device's id, see `device_id`."""
        return device_id(self.public)

    def sign(self, message: bytes) -> bytes:
        """The 64 bytes of the Ed25519 signature over `message`."""
        return _private(self.private).sign(message)


def make_device_key() -> DeviceKey:
    """A new signing key from the system's source of chance."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return DeviceKey(Ed25519PrivateKey.generate().private_bytes_raw())


def verify(public: bytes, message: bytes, signature: bytes) -> bool:
    """True when `signature` over `message` was made with the key whose public half is `public`.

    Never with a key that is none: for a point of small order anybody can make a signature.
    """
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    if is_of_small_order(public):
        return False
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def is_of_small_order(public: bytes) -> bool:
    """True for the few public keys that keep no secret, in any spelling."""
    return public[:31] + bytes([public[31] & 0x7F]) in _SMALL_ORDER if len(public) == 32 else False


def device_id(public: bytes) -> str:
    """The id of the device with this public key: the first 32 hexadecimal digits of its SHA-256."""
    return hashlib.sha256(public).hexdigest()[:32]


def fingerprint_words(public: bytes) -> tuple[str, ...]:
    """Eight words (64 bits) by which two people make sure over the telephone that they look at the same key."""
    digest = hashlib.sha256(b"gemba-fingerprint-v1\0" + public).digest()
    return tuple(_words()[byte] for byte in digest[:8])


def make_age_identity() -> str:
    """A new age X25519 identity (`AGE-SECRET-KEY-1...`), which opens what is sealed to its recipient."""
    from pyrage import x25519

    return str(x25519.Identity.generate())


def recipient_of(identity: str) -> str:
    """The public half (`age1...`) of an age identity.

    Raises:
        Refusal: `packs.bad_key` when this is no age identity.
    """
    import pyrage

    try:
        return str(pyrage.x25519.Identity.from_str(identity).to_public())
    except pyrage.IdentityError as error:
        raise Refusal("packs.bad_key") from error


def check_recipient(recipient: str) -> str:
    """`recipient` itself when it is an age X25519 recipient.

    Raises:
        Refusal: `packs.bad_key` otherwise.
    """
    import pyrage

    try:
        if not _RECIPIENT.fullmatch(recipient):
            raise Refusal("packs.bad_key")
        pyrage.x25519.Recipient.from_str(recipient)
    except pyrage.RecipientError as error:
        raise Refusal("packs.bad_key") from error
    return recipient


def _private(private: bytes) -> Ed25519PrivateKey:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Ed25519PrivateKey.from_private_bytes(private)


@cache
def _words() -> tuple[str, ...]:
    """The 256 words, one for each value of a byte; their order is part of the format."""
    return tuple(resource("words", "fingerprint.txt").read_text("ascii").split())
