"""Reading the lines of packs as operations: strictly, since whoever carries a pack may have changed it. Pure."""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Mapping
from typing import Any

import msgspec
import rfc8785
from msgspec import UNSET, UnsetType

from gemba.errors import Refusal
from gemba.store.operations import Header, Operation, Payload, is_header, is_salt, line
from gemba.store.spelling import canonical, holds_nul, is_plain


class _Line(msgspec.Struct, forbid_unknown_fields=True):
    """What a line says."""

    header: Header
    payload: Payload | None
    signature: str
    personal: Payload | UnsetType | None = UNSET


_FAULTS = (KeyError, TypeError, ValueError, msgspec.MsgspecError, rfc8785.CanonicalizationError, binascii.Error)

_BEGINNING = len(b'{"header":')
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
    """The parts of a line, which must be spelled canonically: what it says is spelled again, and must be those bytes.

    A line is read as one, which is quicker than part by part. The header is taken as it stands, up to the first brace
    that closes: it has no other, and must be one.
    """
    said = _line(raw)
    header_bytes = raw[_BEGINNING : raw.index(b"}") + 1]
    _demand_header(header_bytes)
    payload, signature = _part_of(said.payload), binascii.a2b_base64(said.signature)
    has_place = not isinstance(said.personal, UnsetType)
    personal = None if isinstance(said.personal, UnsetType) else _part_of(said.personal)
    if raw != line(header_bytes, _bytes(payload), signature, _bytes(personal)):
        raise ValueError("not canonical")
    return _Parts(said.header, header_bytes, signature, payload, personal, has_place)


def _parsed(given: Mapping[str, Any]) -> _Parts:
    """The parts of a line that a strict reader has read."""
    if not given.keys() <= {"header", "payload", "personal", "signature"}:
        raise ValueError("unknown part")
    header_bytes = _spell(msgspec.convert(given["header"], Header))
    _demand_header(header_bytes)
    header = _decode_header(header_bytes)
    signature = base64.b64decode(given["signature"], validate=True)
    payload, personal = _spell_part(given["payload"]), _spell_part(given.get("personal"))
    return _Parts(header, header_bytes, signature, payload, personal, "personal" in given)


def _demand_header(spelled: bytes) -> None:
    if not is_header(spelled):
        raise ValueError("no header")


def _bytes(part: _Part | None) -> bytes | None:
    return None if part is None else part.spelled


def _part_of(said: Payload | None) -> _Part | None:
    if said is None:
        return None
    _demand_salt(said)
    spelled = _spell(said) if is_plain(said.set) else canonical({"salt": said.salt, "set": said.set})
    return _Part(spelled, said.set)


def _spell_part(part: Any) -> _Part | None:
    if part is None:
        return None
    read = msgspec.convert(part, Payload)
    _demand_salt(read)
    spelled = canonical({"salt": read.salt, "set": read.set})
    return _Part(spelled, read.set if is_plain(read.set) else _payload(spelled).set)


def _demand_salt(said: Payload) -> None:
    if not is_salt(said.salt):
        raise ValueError("no salt")


def _made(parts: _Parts) -> Operation:
    header, payload, personal = parts.header, parts.payload, parts.personal
    if (header.v == 2) is not parts.has_place or parts.has_place is (header.personal is UNSET):
        raise ValueError("parts and version disagree")
    if payload is None and header.v != 1:
        raise ValueError("no payload")
    values = {} if payload is None else _values(header, payload, header.payload)
    if personal is not None:
        apart = _values(header, personal, header.personal)
        if not values.keys().isdisjoint(apart):
            raise Refusal("store.bad_operation", operation=header.id, why="fields")
        values = {**values, **apart}
    _check_fields(header, values, whole=payload is not None and (header.v == 1 or personal is not None))
    return Operation(header, parts.header_bytes, _bytes(payload), parts.signature, _bytes(personal), values)


def _values(header: Header, part: _Part, sha256: object) -> dict[str, Any]:
    """What a part sets, which must be the one that was signed."""
    if b"\\u0000" in part.spelled and holds_nul(part.values):
        raise ValueError("a text holds the character NUL")
    if hashlib.sha256(part.spelled).hexdigest() != sha256:
        raise Refusal("store.bad_operation", operation=header.id, why="payload")
    return part.values


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
