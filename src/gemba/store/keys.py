"""The key of a store, and the wraps that keep it: the system's keyring, or a passphrase (argon2id).

`keys.json` beside the database holds wraps only, never the key.
"""

from __future__ import annotations

import base64
import os
import secrets
from pathlib import Path

import msgspec

from gemba.errors import Refusal, Trouble
from gemba.store.connecting import DATABASE
from gemba.store.durable import give_name
from gemba.store.troubles import world

FILE = "keys.json"

_SERVICE = "gemba"
_DEMO = "a demonstration store holds nothing secret"
_MEMORY = 64 * 1024
"""KiB that one guess of a passphrase costs."""
_ROUNDS = 3


class Wrap(msgspec.Struct, frozen=True, omit_defaults=True):
    """One way to the key."""

    kind: str
    """`keyring` or `argon2id`."""
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


def make_key(folder: Path, *, passphrase: str | None, demo: bool = False) -> bytes:
    """Make the key of a new store and keep it: behind the passphrase if one is given, else in the system's keyring.

    Args:
        folder: of the store; made when it is not there.
        passphrase: of the person; `None` for the keyring.
        demo: nothing secret will be kept: the passphrase is a well-known one, and the store opens unasked.

    Wraps that a making left which was cut short are moved aside, never overwritten: should the database that they
    lock turn up again, they still open it.

    Raises:
        Refusal: `store.exists_already`.
        Trouble: `store.passphrase_needed` when there is no keyring and no passphrase either.
    """
    if (folder / DATABASE).exists():
        raise Refusal("store.exists_already", folder=str(folder))
    key, name = secrets.token_bytes(32), secrets.token_hex(16)
    if demo:
        wrap = _behind(_DEMO, key, name, memory=8 * 1024, rounds=1)
    elif passphrase:
        wrap = _behind(passphrase, key, name)
    else:
        wrap = _in_keyring(key, name)
    with world(folder):
        folder.mkdir(parents=True, exist_ok=True)
        _move_aside(folder)
        _write(folder / FILE, Keys(v=1, store=name, wraps=(wrap,), demo=demo))
    return key


def find_key(folder: Path, *, passphrase: str | None) -> bytes:
    """The key of an existing store.

    Raises:
        Trouble: `store.no_store`, `store.passphrase_needed`, `store.wrong_passphrase`, `store.keyring_locked`,
            `store.key_missing`.
    """
    keys = read(folder)
    wraps = {wrap.kind: wrap for wrap in keys.wraps}
    phrase = _DEMO if keys.demo else passphrase
    if "argon2id" in wraps and phrase:
        return _unwrap(wraps["argon2id"], phrase, keys.store)
    if "keyring" in wraps:
        return _from_keyring(folder, keys.store)
    raise Trouble("store.passphrase_needed" if "argon2id" in wraps else "store.key_missing", folder=str(folder))


def with_passphrase(folder: Path, key: bytes, passphrase: str) -> Keys:
    """The store's wraps with one behind this passphrase, in place of an older one; a demonstration keeps its own."""
    keys = read(folder)
    if keys.demo:
        return keys
    kept = tuple(wrap for wrap in keys.wraps if wrap.kind != "argon2id")
    return msgspec.structs.replace(keys, wraps=(*kept, _behind(passphrase, key, keys.store)))


def opens_anywhere(keys: Keys) -> bool:
    """True when the key can be had without the keyring of one account on one laptop."""
    return any(wrap.kind == "argon2id" for wrap in keys.wraps)


def set_passphrase(folder: Path, key: bytes, passphrase: str) -> None:
    """Let a passphrase open the store, beside the keyring if that does."""
    with world(folder):
        _write(folder / FILE, with_passphrase(folder, key, passphrase))


def read(folder: Path) -> Keys:
    """What stands in `keys.json`.

    Raises:
        Trouble: `store.no_store`, `store.key_missing`.
    """
    with world(folder):
        try:
            return msgspec.json.decode((folder / FILE).read_bytes(), type=Keys)
        except FileNotFoundError:
            missing = "store.key_missing" if (folder / DATABASE).exists() else "store.no_store"
            raise Trouble(missing, folder=str(folder)) from None
        except msgspec.DecodeError as error:
            raise Trouble("store.key_missing", folder=str(folder)) from error


def encode(keys: Keys) -> bytes:
    """The bytes of a `keys.json`."""
    return msgspec.json.format(msgspec.json.encode(keys), indent=2) + b"\n"


def _move_aside(folder: Path) -> None:
    if not (folder / FILE).exists():
        return
    number = 1
    while (aside := folder / f"keys-before-{number}.json").exists():
        number += 1
    give_name(folder / FILE, aside)


def _write(file: Path, keys: Keys) -> None:
    part = file.with_suffix(".part")
    with part.open("wb") as out:
        out.write(encode(keys))
        out.flush()
        os.fsync(out.fileno())
    give_name(part, file)


def _behind(passphrase: str, key: bytes, name: str, *, memory: int = _MEMORY, rounds: int = _ROUNDS) -> Wrap:
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    salt, nonce = secrets.token_bytes(16), secrets.token_bytes(12)
    stretched = _stretch(passphrase, salt, memory, rounds)
    sealed = ChaCha20Poly1305(stretched).encrypt(nonce, key, name.encode())
    return Wrap("argon2id", _text(salt), _text(nonce), _text(sealed), memory, rounds)


def _unwrap(wrap: Wrap, passphrase: str, name: str) -> bytes:
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    stretched = _stretch(passphrase, _bytes(wrap.salt), wrap.memory, wrap.rounds)
    try:
        return ChaCha20Poly1305(stretched).decrypt(_bytes(wrap.nonce), _bytes(wrap.sealed), name.encode())
    except InvalidTag:
        raise Trouble("store.wrong_passphrase") from None


def _stretch(passphrase: str, salt: bytes, memory: int, rounds: int) -> bytes:
    from argon2.low_level import Type, hash_secret_raw

    return hash_secret_raw(passphrase.encode(), salt, rounds, memory, 4, 32, Type.ID)


def _in_keyring(key: bytes, name: str) -> Wrap:
    import keyring
    from keyring.errors import KeyringError

    try:
        keyring.set_password(_SERVICE, name, key.hex())
        kept = keyring.get_password(_SERVICE, name)
    except KeyringError as error:
        raise Trouble("store.passphrase_needed") from error
    if kept != key.hex():
        raise Trouble("store.passphrase_needed")
    return Wrap("keyring")


def _from_keyring(folder: Path, name: str) -> bytes:
    import keyring
    from keyring.errors import KeyringError

    try:
        kept = keyring.get_password(_SERVICE, name)
    except KeyringError as error:
        raise Trouble("store.keyring_locked") from error
    if kept is None:
        raise Trouble("store.key_missing", folder=str(folder))
    return bytes.fromhex(kept)


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _bytes(text: str) -> bytes:
    return base64.b64decode(text)
