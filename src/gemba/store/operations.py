"""One operation of the journal: a signed, canonical statement of what one edit set on one record. Pure.

The header carries salted hashes of the payload and of its personal part instead of the parts themselves, so that what
tells of a person can be erased later while the signature, and the place among parents and children, stay verifiable.
"""

from __future__ import annotations

import binascii
import hashlib
import re
import secrets
from collections.abc import Callable, Iterable, Mapping
from typing import Annotated, Any

import msgspec
import rfc8785
from msgspec import UNSET, Meta, UnsetType

from gemba.domain.nouns import PERSONAL_FIELDS
from gemba.domain.record import Uid
from gemba.errors import Refusal
from gemba.store.heads import Stated, Subject
from gemba.store.spelling import canonical, holds_nul, is_plain, spell_plain

_PREFIX = (b"gemba-op-v1\0", b"gemba-op-v2\0")
_V2 = b'"v":2}'
"""How the canonical header of a later version ends."""
_WHOLE = b'{"salt":'
"""How a payload begins that nothing was taken out of."""

_UUID = '"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"'
_WORD = '"[a-z][a-z0-9_]{0,63}"'
_HASH = '"[0-9a-f]{64}"'
_HEADER = {
    "device": '"[0-9a-f]{32}"',
    "entity": _UUID,
    "epoch": '"[0-9]{4}-[0-9a-f]{8}"',
    "fields": rf"\[(?:{_WORD}(?:,{_WORD})*)?\]",
    "hlc": '"[0-9a-f]{12}-[0-9a-f]{4}"',
    "id": _UUID,
    "noun": _WORD,
    "parents": rf"\[(?:{_UUID}(?:,{_UUID})*)?\]",
    "payload": _HASH,
    "person": _UUID,
    "personal": _HASH,
    "seq": "[1-9][0-9]{0,15}",
    "v": "[12]",
}
"""The parts of a header, in the order and the spelling of canonical JSON; `personal` need not be there."""
_SPELLED = ",".join(f'"{name}":{part}' for name, part in _HEADER.items())
_SPELLED = _SPELLED.replace(f'"personal":{_HASH},', f'(?:"personal":{_HASH},)?')
is_header = re.compile(rf"\{{{_SPELLED}\}}".encode()).fullmatch
"""Matches bytes that are a header and spelled canonically; one pattern is quicker than one for each part."""
is_salt = re.compile(r"[0-9a-f]{32}").fullmatch
"""Matches what a salt may be; several times as quick as a pattern that msgspec is told."""


class Header(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The signed part: who, when, on what, having seen what. What each text may be says `is_header`."""

    v: int
    id: Uid
    device: str
    epoch: str
    seq: Annotated[int, Meta(ge=1, lt=2**53)]
    """Gap-free for each device and epoch."""
    hlc: str
    person: Uid
    noun: str
    entity: Uid
    fields: tuple[str, ...]
    """Names of the fields that both parts set, sorted: heads can be told after a part is erased."""
    parents: tuple[Uid, ...]
    """Operations that this edit had seen as heads of those fields, sorted."""
    payload: str
    """SHA-256 of the canonical payload."""
    personal: str | UnsetType = UNSET
    """SHA-256 of the canonical personal part; with v 2 only."""


class Payload(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The values, with salt so that the hash of an erased part cannot be guessed."""

    salt: str
    """32 hexadecimal digits (`is_salt`)."""
    set: dict[str, Any]


class _Rest(msgspec.Struct, frozen=True):
    """A payload as it is kept; one of v 1 that something was taken out of has no salt any more."""

    set: dict[str, Any]


class Meaning(msgspec.Struct, frozen=True):
    """What an operation means on its own (`gemba.store.meaning`)."""

    subject: Subject
    """The record that it is about."""
    alone: dict[str, Any] | None
    """The row of the record that its values alone make, as columns keep it; `None` when they make none."""
    named: list[Subject]
    """The records that its values name."""


class Operation(msgspec.Struct, frozen=True, array_like=True):
    """Header, canonical bytes and signature together."""

    header: Header
    header_bytes: bytes
    payload: bytes | None
    """`None` when it is not here, which happens to v 1 only."""
    signature: bytes
    personal: bytes | None
    """`None` when it has none, or it is not here."""
    values: dict[str, Any]
    """The fields that it sets, as JSON values; those of a part that is not here are missing."""
    proven_by: bytes = b""
    """The public key by which the signature is known to hold; empty while nobody has looked."""
    meaning: Meaning | None = None
    """`None` while nobody has asked for it."""

    @property
    def subject(self) -> Subject:
        """The record that it is about."""
        return (self.header.noun, self.header.entity) if self.meaning is None else self.meaning.subject

    @property
    def stated(self) -> Stated:
        """The part that decides on heads."""
        return Stated(self.header.id, self.header.fields, self.header.parents)

    @property
    def is_whole(self) -> bool:
        """True when no part of it is missing."""
        return self.payload is not None and (self.header.v == 1 or self.personal is not None)


class Place(msgspec.Struct, frozen=True):
    """Where in the journal a new operation goes."""

    device: str
    epoch: str
    seq: int
    hlc: str
    person: Uid


def make(
    place: Place,
    noun: str,
    entity: Uid,
    values: Mapping[str, Any],
    parents: Iterable[Uid],
    sign: Callable[[bytes], bytes],
) -> Operation:
    """A new signed operation.

    Args:
        place: its place in the own journal.
        noun: name of the record's noun.
        entity: uid of the record.
        values: JSON values by field. Those of personal fields go into a part of their own.
        parents: the heads of those fields, as they are known here.
        sign: makes the device's signature.

    Raises:
        Refusal: `store.bad_text` when a text holds something that no pack can carry (a NUL, half a character).
    """
    from uuid_utils import uuid7

    apart = PERSONAL_FIELDS.get(noun, frozenset())
    about_a_person = {name: value for name, value in values.items() if name in apart}
    payload = _part({name: value for name, value in values.items() if name not in apart}, noun)
    personal = _part(about_a_person, noun) if about_a_person else None
    header = Header(
        v=1 if personal is None else 2,
        id=str(uuid7()),
        device=place.device,
        epoch=place.epoch,
        seq=place.seq,
        hlc=place.hlc,
        person=place.person,
        noun=noun,
        entity=entity,
        fields=tuple(sorted(values)),
        parents=tuple(sorted(parents)),
        payload=hashlib.sha256(payload).hexdigest(),
        personal=UNSET if personal is None else hashlib.sha256(personal).hexdigest(),
    )
    spelled = spell_plain(header)  # texts of known letters, and small numbers
    return Operation(header, spelled, payload, sign(signed(spelled)), personal, dict(values))


def line(header: bytes, payload: bytes | None, signature: bytes, personal: bytes | None = None) -> bytes:
    """The canonical line of an operation in a pack, from the canonical bytes that the journal keeps.

    A payload of which something was taken out travels as one that is not there: no signature vouches for the rest.
    """
    shown = payload if payload is not None and payload.startswith(_WHOLE) else b"null"
    apart = b',"personal":%b' % (b"null" if personal is None else personal) if header.endswith(_V2) else b""
    signed_so = binascii.b2a_base64(signature, newline=False)
    return b'{"header":%b,"payload":%b%b,"signature":"%b"}' % (header, shown, apart, signed_so)


def signed(header: bytes) -> bytes:
    """The bytes that a device signs for a header."""
    return _PREFIX[header.endswith(_V2)] + header


def values_in(payload: bytes | None, personal: bytes | None = None) -> dict[str, Any]:
    """The values in the parts of an operation as the journal keeps them; none for a part that is not there."""
    values = {} if payload is None else _rest(payload).set
    return values if personal is None else {**values, **_rest(personal).set}


def blanked(operation: Operation) -> Operation:
    """An operation without what it says of a person.

    Of one of v 1 the rest is kept, without its salt: nobody can try out what the erased words may have been.
    """
    apart = PERSONAL_FIELDS.get(operation.header.noun, frozenset())
    rest = {name: value for name, value in operation.values.items() if name not in apart}
    payload = operation.payload
    if payload is not None and len(rest) < len(operation.values) and operation.header.v == 1:
        payload = canonical({"set": rest})
    return msgspec.structs.replace(operation, payload=payload, personal=None, values=rest, meaning=None)


def is_rest(payload: bytes) -> bool:
    """True for a payload of which something was taken out."""
    return not payload.startswith(_WHOLE)


_rest = msgspec.json.Decoder(_Rest).decode


def _part(values: Mapping[str, Any], noun: str) -> bytes:
    """RFC 8785 bytes of a payload; refuses what would not read back as it was written, or not strictly."""
    part = {"salt": secrets.token_hex(16), "set": dict(values)}
    try:
        if is_plain(part):  # reads back as it was written
            spelled, survives = spell_plain(part), True
        else:
            spelled = canonical(part)
            survives = canonical(msgspec.json.decode(spelled)) == spelled
    except (rfc8785.CanonicalizationError, UnicodeEncodeError, msgspec.DecodeError) as error:
        raise Refusal("store.bad_text", noun=noun) from error
    if not survives or (b"\\u0000" in spelled and holds_nul(part)):
        raise Refusal("store.bad_text", noun=noun)
    return spelled
