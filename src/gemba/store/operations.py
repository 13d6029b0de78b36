"""One operation of the journal: a signed, canonical statement of what one edit set on one record. Pure.

The header carries a salted hash of the payload instead of the payload, so that a payload can be erased later while
the header's signature and its place among parents and children stay verifiable.
"""

from __future__ import annotations

import base64
import hashlib
import secrets
from collections.abc import Callable, Iterable, Mapping
from typing import Annotated, Any

import msgspec
import rfc8785
from msgspec import Meta

from gemba.domain.record import Uid
from gemba.errors import Refusal
from gemba.store.heads import Stated, Subject

_PREFIX = b"gemba-op-v1\0"

_Uuid = Annotated[str, Meta(pattern=r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\Z")]
_Word = Annotated[str, Meta(pattern=r"^[a-z][a-z0-9_]{0,63}\Z")]


class Header(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The signed part: who, when, on what, having seen what."""

    v: Annotated[int, Meta(ge=1, le=1)]
    id: _Uuid
    device: Annotated[str, Meta(pattern=r"^[0-9a-f]{32}\Z")]
    epoch: Annotated[str, Meta(pattern=r"^[0-9]{4}-[0-9a-f]{8}\Z")]
    seq: Annotated[int, Meta(ge=1, lt=2**53)]
    """Gap-free for each device and epoch."""
    hlc: Annotated[str, Meta(pattern=r"^[0-9a-f]{12}-[0-9a-f]{4}\Z")]
    person: _Uuid
    noun: _Word
    entity: _Uuid
    fields: tuple[_Word, ...]
    """Names of the fields that the payload sets, sorted: heads can be told after the payload is erased."""
    parents: tuple[_Uuid, ...]
    """Operations that this edit had seen as heads of those fields, sorted."""
    payload: Annotated[str, Meta(pattern=r"^[0-9a-f]{64}\Z")]
    """SHA-256 of the canonical payload."""


class Payload(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The values, with salt so that the hash of an erased one cannot be guessed."""

    salt: Annotated[str, Meta(pattern=r"^[0-9a-f]{32}\Z")]
    set: dict[str, Any]


class Operation(msgspec.Struct, frozen=True):
    """Header, canonical bytes and signature together."""

    header: Header
    header_bytes: bytes
    payload: bytes | None
    signature: bytes

    @property
    def subject(self) -> Subject:
        """The record that it is about."""
        return self.header.noun, self.header.entity

    @property
    def stated(self) -> Stated:
        """The part that decides on heads."""
        return Stated(self.header.id, self.header.fields, self.header.parents)

    @property
    def values(self) -> dict[str, Any]:
        """The fields that it sets, as JSON values; none when the payload is erased."""
        return {} if self.payload is None else msgspec.json.decode(self.payload, type=Payload).set


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
        values: JSON values by field.
        parents: the heads of those fields, as they are known here.
        sign: makes the device's signature.

    Raises:
        Refusal: `store.bad_text` when a text holds something that no pack can carry (a NUL, half a character).
    """
    from uuid_utils import uuid7

    payload = _canonical({"salt": secrets.token_hex(16), "set": dict(values)}, noun)
    header = Header(
        v=1,
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
    )
    canonical = rfc8785.dumps(msgspec.to_builtins(header))
    return Operation(header, canonical, payload, sign(_PREFIX + canonical))


def read(line: Mapping[str, Any]) -> Operation:
    """An operation from its line in a pack.

    A line without its payload is refused: whoever takes payloads away must not be able to blank records elsewhere.

    Raises:
        Refusal: `store.bad_operation` when it has not the shape of one, or the payload is not the one that was signed.
    """
    try:
        header = msgspec.convert(line["header"], Header)
        signature = base64.b64decode(line["signature"], validate=True)
        payload = rfc8785.dumps(line["payload"])
        operation = Operation(header, rfc8785.dumps(line["header"]), payload, signature)
        stated = sorted(operation.values)
    except (KeyError, TypeError, ValueError, msgspec.ValidationError, rfc8785.CanonicalizationError) as error:
        raise Refusal("store.bad_operation", operation=_id_of(line), why="shape") from error
    if hashlib.sha256(payload).hexdigest() != header.payload:
        raise Refusal("store.bad_operation", operation=header.id, why="payload")
    if list(header.fields) != stated or list(header.parents) != sorted({*header.parents} - {header.id}):
        raise Refusal("store.bad_operation", operation=header.id, why="fields")
    return operation


def line(header: bytes, payload: bytes | None, signature: bytes) -> bytes:
    """The canonical line of an operation in a pack, from the canonical bytes that the journal keeps."""
    shown = b"null" if payload is None else payload
    return b'{"header":' + header + b',"payload":' + shown + b',"signature":"' + base64.b64encode(signature) + b'"}'


def signed(header: bytes) -> bytes:
    """The bytes that a device signs for a header."""
    return _PREFIX + header


def _canonical(value: Any, noun: str) -> bytes:
    """RFC 8785 bytes of a payload; refuses what would not read back as it was written, or not strictly."""
    try:
        canonical: bytes = rfc8785.dumps(value)
        survives = rfc8785.dumps(msgspec.json.decode(canonical)) == canonical
    except (rfc8785.CanonicalizationError, UnicodeEncodeError, msgspec.DecodeError) as error:
        raise Refusal("store.bad_text", noun=noun) from error
    if not survives or (b"\\u0000" in canonical and any("\0" in text for text in _texts(value))):
        raise Refusal("store.bad_text", noun=noun)
    return canonical


def _texts(value: Any) -> list[str]:
    """All texts in a JSON value, keys too."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, Mapping):
        return [found for pair in value.items() for part in pair for found in _texts(part)]
    return [found for part in value for found in _texts(part)] if isinstance(value, list | tuple) else []


def _id_of(line: Mapping[str, Any]) -> str:
    header = line.get("header") if isinstance(line, Mapping) else None
    return str(header.get("id", "?"))[:36] if isinstance(header, Mapping) else "?"
