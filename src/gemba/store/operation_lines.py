"""Reading the lines of packs as operations: strictly, since whoever carries a pack may have changed it. Pure."""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Mapping
from typing import Any

import msgspec
import rfc8785
from msgspec import UNSET, Raw, UnsetType

from gemba.errors import Refusal
from gemba.store.operations import Header, Operation, Payload, is_header, line
from gemba.store.spelling import canonical, holds_nul, is_plain


class _Line(msgspec.Struct, forbid_unknown_fields=True):
    """A line as it is spelled."""

    header: Raw
    payload: Raw
    signature: str
    personal: Raw | UnsetType = UNSET


_FAULTS = (KeyError, TypeError, ValueError, msgspec.MsgspecError, rfc8785.CanonicalizationError, binascii.Error)

_line = msgspec.json.Decoder(_Line).decode
_decode_header = msgspec.json.Decoder(Header).decode
_payload = msgspec.json.Decoder(Payload).decode
_spell = msgspec.json.Encoder(order="sorted").encode


def read(given: Mapping[str, Any] | bytes) -> Operation:
    """An operation from its line in a pack.

    Args:
        given: the line's very bytes, which must be canonical; or what a strict reader has read in them (slower).

    Returns:
        The operation. Its personal part may be missing (erased, or on its way), and it takes part without; so may the
        whole payload of one of v 1, which then waits: whoever takes payloads away must not blank records elsewhere.

    Raises:
        Refusal: `store.bad_operation` when it has not the shape of one, or a part is not the one that was signed.
    """
    try:
        return _made(_spelled(given) if isinstance(given, bytes) else _parsed(given))
    except _FAULTS as error:
        raise Refusal("store.bad_operation", operation=_id_of(given), why="shape") from error


class _Part(msgspec.Struct, frozen=True):
    """A part of an operation: its canonical bytes, and what they say."""

    spelled: bytes
    values: dict[str, Any]


class _Parts(msgspec.Struct, frozen=True):
    """The parts of a line."""

    header: Header
    header_bytes: bytes
    signature: bytes
    payload: _Part | None
    personal: _Part | None
    has_place: bool
    """True when there was a place for a personal part, filled or not."""


def _spelled(raw: bytes) -> _Parts:
    """The parts of a line, which must be spelled canonically."""
    parts = _line(raw)
    header_bytes, signature = bytes(parts.header), base64.b64decode(parts.signature, validate=True)
    header, payload = _header(header_bytes), _part_of(parts.payload)
    has_place = not isinstance(parts.personal, UnsetType)
    personal = None if isinstance(parts.personal, UnsetType) else _part_of(parts.personal)
    said, apart = _bytes(payload), _bytes(personal)
    spelled = line(header_bytes, said, signature, apart)
    if raw != spelled:
        raise ValueError("not canonical")
    return _Parts(header, header_bytes, signature, payload, personal, has_place)


def _parsed(given: Mapping[str, Any]) -> _Parts:
    """The parts of a line that a strict reader has read."""
    if not given.keys() <= {"header", "payload", "personal", "signature"}:
        raise ValueError("unknown part")
    header_bytes = _spell(msgspec.convert(given["header"], Header))
    header = _header(header_bytes)
    signature = base64.b64decode(given["signature"], validate=True)
    payload, personal = _spell_part(given["payload"]), _spell_part(given.get("personal"))
    return _Parts(header, header_bytes, signature, payload, personal, "personal" in given)


def _header(spelled: bytes) -> Header:
    """The header in its canonical bytes."""
    if not is_header(spelled):
        raise ValueError("no header")
    return _decode_header(spelled)


def _bytes(part: _Part | None) -> bytes | None:
    return None if part is None else part.spelled


def _part_of(raw: Raw) -> _Part | None:
    spelled = bytes(raw)
    if spelled == b"null":
        return None
    read = _payload(spelled)
    if canonical({"salt": read.salt, "set": read.set}) != spelled:
        raise ValueError("not canonical")
    return _Part(spelled, read.set)


def _spell_part(part: Any) -> _Part | None:
    if part is None:
        return None
    read = msgspec.convert(part, Payload)
    spelled = canonical({"salt": read.salt, "set": read.set})
    return _Part(spelled, read.set if is_plain(read.set) else _payload(spelled).set)


def _made(parts: _Parts) -> Operation:
    header, payload, personal = parts.header, parts.payload, parts.personal
    if {header.v == 2} != {parts.has_place, header.personal is not UNSET}:
        raise ValueError("parts and version disagree")
    if payload is None and header.v != 1:
        raise ValueError("no payload")
    values: dict[str, Any] = {}
    for part, sha256 in ((payload, header.payload), (personal, header.personal)):
        if part is not None:
            _check_part(header, part, sha256, beside=values)
            values = {**values, **part.values} if values else dict(part.values)
    _check_fields(header, values, whole=payload is not None and (header.v == 1 or personal is not None))
    said, apart = _bytes(payload), _bytes(personal)
    return Operation(header, parts.header_bytes, said, parts.signature, apart, values)


def _check_part(header: Header, part: _Part, sha256: object, *, beside: Mapping[str, Any]) -> None:
    """Demand that a part is the one that was signed, and sets what no other part sets."""
    if b"\\u0000" in part.spelled and holds_nul(part.values):
        raise ValueError("a text holds the character NUL")
    if hashlib.sha256(part.spelled).hexdigest() != sha256:
        raise Refusal("store.bad_operation", operation=header.id, why="payload")
    if beside and not beside.keys().isdisjoint(part.values):
        raise Refusal("store.bad_operation", operation=header.id, why="fields")


def _check_fields(header: Header, values: Mapping[str, Any], *, whole: bool) -> None:
    """Demand that the header tells what the parts set, in order, and that nothing has seen itself."""
    stated, parents = header.fields, header.parents
    if whole:
        same = stated == tuple(sorted(values))
    else:
        same = list(stated) == sorted({*stated}) and values.keys() <= {*stated}
    if not same or (parents and list(parents) != sorted({*parents} - {header.id})):
        raise Refusal("store.bad_operation", operation=header.id, why="fields")


def _id_of(given: Mapping[str, Any] | bytes) -> str:
    try:
        header = (msgspec.json.decode(given) if isinstance(given, bytes) else given)["header"]
        return str(header.get("id", "?"))[:36]
    except (*_FAULTS, AttributeError):
        return "?"
