"""What stands in the files of a publication that are no packs: statements in JSON."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from typing import TypeVar

import msgspec

from gemba.errors import Refusal
from gemba.packs.identity import check_recipient, device_id

_FORMAT = "gemba-publication v1"


class Statement(msgspec.Struct, frozen=True, kw_only=True):
    """What headquarters says to everybody, in clear."""

    format: str = _FORMAT
    name: str
    public_key: str
    """Base64 of its Ed25519 key."""
    recipients: tuple[str, ...]
    """Current, next and recovery key."""
    root: int
    """Version of the newest root; a publication without that one is not whole."""
    revoked: dict[str, dict[str, int]] = {}
    """Revoked devices by id; for each, by epoch, the last number that is believed still."""
    before: tuple[str, ...] = ()
    """Base64 of the keys of the headquarters in whose place this one has come: what they wrote still counts."""


class Certified(msgspec.Struct, frozen=True, kw_only=True):
    """A device that headquarters vouches for."""

    name: str
    public_key: str
    recipient: str
    """Its age key; empty while headquarters does not know it."""
    certified_at: str


class Devices(msgspec.Struct, frozen=True, kw_only=True):
    """All devices that headquarters vouches for, sealed to the audience."""

    format: str = _FORMAT
    devices: tuple[Certified, ...] = ()


class HeldOfAll(msgspec.Struct, frozen=True, kw_only=True):
    """What headquarters holds of every laptop's journal, sealed to the audience.

    With it a laptop knows of walks that others brought whether they have arrived at headquarters.
    """

    format: str = _FORMAT
    journals: dict[str, dict[str, tuple[tuple[int, int], ...]]] = {}
    """By device id and epoch the stretches, first and last number, that are there without a gap. An epoch in which
    numbers were given twice is left out."""
    lacking: tuple[str, ...] = ()
    """SHA-256 of files that packs named and that are not there, in order."""


class ForLaptop(msgspec.Struct, frozen=True, kw_only=True):
    """What one laptop alone may read, sealed to its key."""

    format: str = _FORMAT
    audience: tuple[str, ...] = ()
    """Age identities that open what is sealed to all laptops."""
    receipts: tuple[str, ...] = ()
    resend: tuple[tuple[str, int, int], ...] = ()
    """Stretches of its journal that headquarters asks for again: epoch, first and last number."""


W = TypeVar("W", Statement, Devices, HeldOfAll, ForLaptop)


def write(words: Statement | Devices | HeldOfAll | ForLaptop) -> bytes:
    """The bytes of a statement; the same statement gives the same bytes."""
    return msgspec.json.encode(words, order="deterministic")


def read(kind: type[W], data: bytes) -> W:
    """What a statement says.

    Raises:
        Refusal: `packs.newer_format`, `packs.forged_publication`.
    """
    try:
        said = msgspec.json.decode(data, type=kind)
    except (msgspec.DecodeError, RecursionError) as error:
        raise Refusal("packs.forged_publication") from error
    if said.format != _FORMAT:
        raise Refusal("packs.newer_format", version=said.format[:40])
    return said


def seal(data: bytes, recipients: Sequence[str]) -> bytes:
    """A small statement as an age file."""
    from pyrage import encrypt, x25519

    sealed: bytes = encrypt(data, [x25519.Recipient.from_str(one) for one in recipients])
    return sealed


def unseal(data: bytes, identities: Sequence[str]) -> bytes | None:
    """A small statement opened; `None` when none of the identities does."""
    from pyrage import DecryptError, IdentityError, decrypt, x25519

    try:
        opened: bytes = decrypt(data, [x25519.Identity.from_str(one) for one in identities])
    except (DecryptError, IdentityError):
        return None
    return opened


def spell_key(public_key: bytes) -> str:
    """A public key as statements spell it."""
    return base64.b64encode(public_key).decode("ascii")


def read_key(spelled: str) -> bytes:
    """The 32 bytes of a public key.

    Raises:
        Refusal: `packs.forged_publication`.
    """
    try:
        key = base64.b64decode(spelled, validate=True)
    except ValueError as error:
        raise Refusal("packs.forged_publication") from error
    if len(key) != 32:
        raise Refusal("packs.forged_publication")
    return key


def id_of(spelled: str) -> str:
    """The device id of a public key."""
    return device_id(read_key(spelled))


def check_recipients(recipients: Sequence[str]) -> tuple[str, ...]:
    """The same age keys when they are such.

    Raises:
        Refusal: `packs.bad_key`.
    """
    return tuple(check_recipient(one) for one in recipients)
