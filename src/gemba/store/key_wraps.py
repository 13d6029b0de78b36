"""The wraps in which the key of a store is kept: the system's keyring, a passphrase, or another key."""

from __future__ import annotations

import base64
import secrets
from pathlib import Path

import msgspec

from gemba.durable import written
from gemba.errors import Refusal, Trouble

SERVICE = "gemba"
DEMO = "a demonstration store holds nothing secret"
MEMORY = 64 * 1024
"""KiB that one guess of a passphrase costs."""
ROUNDS = 3
SHORTEST = 8
"""Characters of a passphrase that is chosen; those that were chosen before open what they locked."""


class Wrap(msgspec.Struct, frozen=True, omit_defaults=True):
    """One way to the key."""

    kind: str
    """`keyring` or `argon2id`; while a new key is being laid, `new-under-old` and `old-under-new`."""
    salt: str = ""
    nonce: str = ""
    sealed: str = ""
    memory: int = 0
    rounds: int = 0


class Keys(msgspec.Struct, frozen=True):
    """What stands in `keys.json`."""

    v: int
    store: str
    """Random name under which the keyring knows the key."""
    wraps: tuple[Wrap, ...]
    demo: bool = False

    def wrap(self, kind: str) -> Wrap | None:
        """The wrap of this kind."""
        return next((wrap for wrap in self.wraps if wrap.kind == kind), None)


def encode(keys: Keys) -> bytes:
    """The bytes of a `keys.json`."""
    return msgspec.json.format(msgspec.json.encode(keys), indent=2) + b"\n"


def write(file: Path, keys: Keys) -> None:
    """Keep wraps durably in place of those that are there."""
    with written(file) as out:
        out.write(encode(keys))


def demand_long_enough(passphrase: str) -> None:
    """Refuse a passphrase that is chosen now and could be guessed in no time.

    Raises:
        Refusal: `store.passphrase_short`.
    """
    if len(passphrase.strip()) < SHORTEST:
        raise Refusal("store.passphrase_short", shortest=SHORTEST)


def behind(passphrase: str, key: bytes, name: str, *, memory: int = MEMORY, rounds: int = ROUNDS) -> Wrap:
    """A key sealed with a passphrase, for the store of this name."""
    salt = secrets.token_bytes(16)
    nonce, sealed = _seal(_stretch(passphrase, salt, memory, rounds), key, name)
    return Wrap("argon2id", _text(salt), nonce, sealed, memory, rounds)


def open_with(wrap: Wrap, passphrase: str, name: str) -> bytes:
    """The key behind a passphrase.

    Raises:
        Trouble: `store.wrong_passphrase`.
    """
    return _open(wrap, _stretch(passphrase, _bytes(wrap.salt), wrap.memory, wrap.rounds), name)


def under(other: bytes, key: bytes, name: str, kind: str) -> Wrap:
    """A key sealed with another key of 32 bytes."""
    nonce, sealed = _seal(other, key, f"{kind} {name}")
    return Wrap(kind, nonce=nonce, sealed=sealed)


def open_under(wrap: Wrap, other: bytes, name: str) -> bytes:
    """The key that another key seals.

    Raises:
        Trouble: `store.wrong_passphrase` when it is not this other key.
    """
    return _open(wrap, other, f"{wrap.kind} {name}")


def in_keyring(key: bytes, name: str) -> Wrap:
    """Give a key to the system's keyring.

    Raises:
        Trouble: `store.passphrase_needed` when there is none that keeps it.
    """
    import keyring
    from keyring.errors import KeyringError

    try:
        keyring.set_password(SERVICE, name, key.hex())
        kept = keyring.get_password(SERVICE, name)
    except KeyringError as error:
        raise Trouble("store.passphrase_needed") from error
    if kept != key.hex():
        raise Trouble("store.passphrase_needed")
    return Wrap("keyring")


def from_keyring(folder: Path, name: str) -> bytes:
    """The key that the system's keyring keeps for a store.

    Raises:
        Trouble: `store.keyring_locked`, `store.key_missing`.
    """
    import keyring
    from keyring.errors import KeyringError

    try:
        kept = keyring.get_password(SERVICE, name)
    except KeyringError as error:
        raise Trouble("store.keyring_locked") from error
    if kept is None:
        raise Trouble("store.key_missing", folder=str(folder))
    return bytes.fromhex(kept)


def _seal(with_key: bytes, key: bytes, name: str) -> tuple[str, str]:
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    nonce = secrets.token_bytes(12)
    return _text(nonce), _text(ChaCha20Poly1305(with_key).encrypt(nonce, key, name.encode()))


def _open(wrap: Wrap, with_key: bytes, name: str) -> bytes:
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    try:
        return ChaCha20Poly1305(with_key).decrypt(_bytes(wrap.nonce), _bytes(wrap.sealed), name.encode())
    except InvalidTag:
        raise Trouble("store.wrong_passphrase") from None


def _stretch(passphrase: str, salt: bytes, memory: int, rounds: int) -> bytes:
    from argon2.low_level import Type, hash_secret_raw

    return hash_secret_raw(passphrase.encode(), salt, rounds, memory, 4, 32, Type.ID)


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _bytes(text: str) -> bytes:
    return base64.b64decode(text)
