"""The key of a store, and the wraps that keep it: the system's keyring, or a passphrase (argon2id).

`keys.json` beside the database holds wraps only, never the key.
"""

from __future__ import annotations

import secrets
from pathlib import Path

import msgspec

from gemba.durable import give_name
from gemba.errors import Refusal, Trouble
from gemba.store import half_rekeyed, wrong_tries
from gemba.store.connecting import DATABASE, PRIVATE
from gemba.store.key_wraps import (
    DEMO,
    Keys,
    Wrap,
    behind,
    demand_long_enough,
    encode,
    from_keyring,
    in_keyring,
    open_with,
    write,
)
from gemba.store.troubles import world

__all__ = ["FILE", "Keys", "Wrap", "encode", "find_key", "make_key", "opens_anywhere", "read", "set_passphrase"]

FILE = "keys.json"


def make_key(folder: Path, *, passphrase: str | None, demo: bool = False) -> bytes:
    """Make the key of a new store and keep it: behind the passphrase if one is given, else in the system's keyring.

    Args:
        folder: of the store; made when it is not there.
        passphrase: of the person; `None` for the keyring.
        demo: nothing secret will be kept: the passphrase is a well-known one, and the store opens unasked.

    Wraps that a making left which was cut short are moved aside, never overwritten: should the database that they
    lock turn up again, they still open it.

    Raises:
        Refusal: `store.exists_already`, `store.passphrase_short`.
        Trouble: `store.passphrase_needed` when there is no keyring and no passphrase either.
    """
    if (folder / DATABASE).exists():
        raise Refusal("store.exists_already", folder=str(folder))
    key, keys = new_keys(passphrase, demo=demo)
    with world(folder):
        folder.mkdir(PRIVATE, parents=True, exist_ok=True)
        lay(folder, keys)
    return key


def lay(folder: Path, keys: Keys) -> None:
    """Lay the wraps of a new key; those that are there are moved aside."""
    _move_aside(folder)
    write(folder / FILE, keys)


def new_keys(passphrase: str | None, *, demo: bool = False) -> tuple[bytes, Keys]:
    """A new key and its wraps, which nothing keeps yet but the keyring.

    Raises:
        Refusal: `store.passphrase_short`.
        Trouble: `store.passphrase_needed`.
    """
    key, name = secrets.token_bytes(32), secrets.token_hex(16)
    if demo:
        wrap = behind(DEMO, key, name, memory=8 * 1024, rounds=1)
    elif passphrase:
        demand_long_enough(passphrase)
        wrap = behind(passphrase, key, name)
    else:
        wrap = in_keyring(key, name)
    return key, Keys(v=1, store=name, wraps=(wrap,), demo=demo)


def find_key(folder: Path, *, passphrase: str | None) -> bytes:
    """The key of an existing store; a change of keys that was cut short is finished or undone first.

    Raises:
        Trouble: `store.no_store`, `store.passphrase_needed`, `store.wrong_passphrase`, `store.wrong_passphrase_wait`,
            `store.wait_first`, `store.keyring_locked`, `store.key_missing`; `store.in_use` while its key is changed.
    """
    with world(folder):
        keys, coming = read(folder), half_rekeyed.coming(folder)
        if passphrase and not keys.demo and any(one.wrap("argon2id") for one in (keys, coming) if one is not None):
            with wrong_tries.counted(folder):
                return _found(folder, keys, coming, passphrase)
        return _found(folder, keys, coming, passphrase)


def _found(folder: Path, keys: Keys, coming: Keys | None, passphrase: str | None) -> bytes:
    if coming is None:
        half_rekeyed.clear(folder)
        return _key_in(folder, keys, passphrase)
    return half_rekeyed.settle(folder, keys, coming, lambda these: _key_in(folder, these, passphrase))


def _key_in(folder: Path, keys: Keys, passphrase: str | None) -> bytes:
    phrase, locked = DEMO if keys.demo else passphrase, keys.wrap("argon2id")
    if locked is not None and phrase:
        return open_with(locked, phrase, keys.store)
    if keys.wrap("keyring") is not None:
        try:
            return from_keyring(folder, keys.store)
        except Trouble:
            if locked is None:  # else the passphrase opens it where no keyring does, as on another laptop
                raise
    raise Trouble("store.key_missing" if locked is None else "store.passphrase_needed", folder=str(folder))


def with_passphrase(folder: Path, key: bytes, passphrase: str) -> Keys:
    """The store's wraps with one behind this passphrase, in place of an older one; a demonstration keeps its own.

    Raises:
        Refusal: `store.passphrase_short` when it is the first; one that opens the store already may be of any length.
    """
    keys = read(folder)
    if keys.demo:
        return keys
    if not opens_anywhere(keys):
        demand_long_enough(passphrase)
    kept = tuple(wrap for wrap in keys.wraps if wrap.kind != "argon2id")
    return msgspec.structs.replace(keys, wraps=(*kept, behind(passphrase, key, keys.store)))


def opens_anywhere(keys: Keys) -> bool:
    """True when the key can be had without the keyring of one account on one laptop."""
    return keys.wrap("argon2id") is not None


def set_passphrase(folder: Path, key: bytes, passphrase: str) -> None:
    """Let a passphrase open the store, beside the keyring if that does."""
    with world(folder):
        write(folder / FILE, with_passphrase(folder, key, passphrase))


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


def _move_aside(folder: Path) -> None:
    if not (folder / FILE).exists():
        return
    number = 1
    while (aside := folder / f"keys-before-{number}.json").exists():
        number += 1
    give_name(folder / FILE, aside)
