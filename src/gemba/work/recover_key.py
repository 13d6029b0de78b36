"""A laptop whose keyring is lost opens again: headquarters opens the keys that ride in its packs, and sends its key.

At headquarters one who has the recovery key opens a pack of that laptop, any one, and gets its key in a file that
eight words open. The words go by telephone, the file by mail; neither is worth anything without the other.
"""

from __future__ import annotations

import secrets
from pathlib import Path

import msgspec

from gemba.domain.change import Change
from gemba.errors import Refusal, Trouble
from gemba.packs import identity
from gemba.packs.opening import OpenedPack, open_pack
from gemba.store import key_wraps, keys, opening, wrong_tries
from gemba.store.key_wraps import Keys, Wrap
from gemba.store.reading import Clock
from gemba.wording import text
from gemba.work import recovery
from gemba.work.keep_file import write_file
from gemba.work.recovery import DOCUMENT, Recovery

_FORMAT = "gemba-key v1"
_LARGEST = 1 << 20


class KeyFile(msgspec.Struct, frozen=True, kw_only=True):
    """A store's key on its way back to its laptop."""

    format: str = _FORMAT
    device: str
    wrap: Wrap


class WrittenKey(msgspec.Struct, frozen=True):
    """A key file that was written, and the words that open it."""

    file: Path
    device: str
    passphrase: str
    """Eight words; they are written nowhere else."""
    words: str


class KeyBack(msgspec.Struct, frozen=True):
    """A store that opens again."""

    store: Path
    device: str
    words: str
    change: Change = Change(topics=frozenset({"key"}))


def open_recovery(pack_file: Path, recovery_key: str, scratch: Path) -> Recovery:
    """The keys of a laptop, from one of its packs or from the `recovery.json` of its store.

    Args:
        pack_file: a pack that the laptop sealed since its store has its key, or that file.
        recovery_key: headquarters' recovery identity.
        scratch: a folder with as much room as the pack is large.

    Raises:
        Refusal: the pack is not whole, is not sealed to this key, or holds no keys.
    """
    laid = recovery.read(pack_file)
    if laid is not None:
        return _decoded(laid.sealed, recovery_key, pack_file)
    with open_pack(pack_file, [recovery_key], scratch=scratch) as pack:
        said = _unsealed(pack, recovery_key, pack_file)
        if said.device != pack.facts.device_id:
            raise Refusal("work.no_keys_in_pack", file=pack_file.name)
        return said


def give_key_back(pack_file: Path, recovery_key: str, out: Path, scratch: Path) -> WrittenKey:
    """At headquarters: a laptop's key out of what it sealed, into a file for it (`open_recovery`, `write_key_file`).

    Raises:
        Refusal: `work.key_file_there`: the file may hold the key of another laptop.
    """
    if out.exists():
        raise Refusal("work.key_file_there", file=str(out))
    scratch.mkdir(parents=True, exist_ok=True)
    return write_key_file(open_recovery(pack_file, recovery_key, scratch), out)


def write_key_file(said: Recovery, out: Path) -> WrittenKey:
    """Write a laptop's key behind eight words that are made now.

    Raises:
        Trouble: the file cannot be written.
    """
    passphrase = " ".join(identity.fingerprint_words(secrets.token_bytes(32)))
    wrap = key_wraps.behind(passphrase, bytes.fromhex(said.store_key), said.device)
    write_file(out, msgspec.json.encode(KeyFile(device=said.device, wrap=wrap)))
    words = text(
        "Wrote {file} for the laptop {device}. Send it there, and tell its person these words by telephone: "
        "{passphrase}",
        file=out,
        device=said.device,
        passphrase=passphrase,
    )
    return WrittenKey(out, said.device, passphrase, words)


def take_key_back(folder: Path, key_file: Path, words: str, passphrase: str | None, clock: Clock) -> KeyBack:
    """Let a store whose key was lost open again, behind a new passphrase or, when there is none, in the keyring.

    Raises:
        Refusal: `work.not_a_key_file`, `work.other_key_words`, `work.key_of_other` when it does not open this store,
            `store.passphrase_short`.
        Trouble: `store.no_store`, `store.passphrase_needed`.
    """
    said = _read(key_file)
    key = _opened(said, key_file, words)
    if not opening.exists(folder):
        raise Trouble("store.no_store", folder=str(folder))
    try:
        opened = opening.open_store(folder, key, clock=clock)
    except Trouble as trouble:
        if trouble.code != "store.wrong_key":
            raise
        raise Refusal("work.key_of_other", file=key_file.name, device=said.device) from trouble
    opened.close()
    name = _name(folder)
    if passphrase:
        key_wraps.demand_long_enough(passphrase)
    wrap = key_wraps.behind(passphrase, key, name) if passphrase else key_wraps.in_keyring(key, name)
    keys.lay(folder, Keys(v=1, store=name, wraps=(wrap,)))
    wrong_tries.forget(folder)
    return KeyBack(folder, said.device, text("The store in {folder} opens again.", folder=folder))


def _opened(said: KeyFile, file: Path, words: str) -> bytes:
    try:
        return key_wraps.open_with(said.wrap, " ".join(words.casefold().split()), said.device)
    except Trouble as trouble:
        if trouble.code != "store.wrong_passphrase":
            raise
        raise Refusal("work.other_key_words", file=file.name) from trouble


def _name(folder: Path) -> str:
    """The random name of the store; a new one when the file that held it is gone."""
    try:
        return keys.read(folder).store
    except Trouble:
        return secrets.token_hex(16)


def _read(file: Path) -> KeyFile:
    try:
        said = msgspec.json.decode(file.read_bytes()[:_LARGEST], type=KeyFile)
    except OSError as error:
        raise Trouble("work.unreadable", file=str(file), why=error.strerror or str(error)) from error
    except msgspec.DecodeError as error:
        raise Refusal("work.not_a_key_file", file=file.name) from error
    if said.format != _FORMAT:
        raise Refusal("work.not_a_key_file", file=file.name)
    return said


def _unsealed(pack: OpenedPack, recovery_key: str, file: Path) -> Recovery:
    if DOCUMENT not in pack.documents:
        raise Refusal("work.no_keys_in_pack", file=file.name)
    with pack.documents[DOCUMENT]() as sealed:
        return _decoded(sealed.read(_LARGEST), recovery_key, file)


def _decoded(data: bytes, recovery_key: str, file: Path) -> Recovery:
    from pyrage import DecryptError, decrypt, x25519

    try:
        return msgspec.json.decode(decrypt(data, [x25519.Identity.from_str(recovery_key)]), type=Recovery)
    except (DecryptError, msgspec.DecodeError) as error:
        raise Refusal("work.no_keys_in_pack", file=file.name) from error
