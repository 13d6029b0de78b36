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
from gemba.store.operations import Header, Operation, Payload, line
from gemba.store.spelling import canonical, holds_nul


class _Line(msgspec.Struct, forbid_unknown_fields=True):
    """A line as it is spelled."""

    header: Raw
    payload: Raw
    signature: str
    personal: Raw | UnsetType = UNSET


_FAULTS = (KeyError, TypeError, ValueError, msgspec.MsgspecError, rfc8785.CanonicalizationError, binascii.Error)

_line = msgspec.json.Decoder(_Line).decode
_header = msgspec.json.Decoder(Header).decode
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
        return _read(given if isinstance(given, bytes) else canonical(dict(given)))
    except _FAULTS as error:
        raise Refusal("store.bad_operation", operation=_id_of(given), why="shape") from error


def _read(raw: bytes) -> Operation:
    parts = _line(raw)
    header_bytes, personal = bytes(parts.header), parts.personal
    header, signature = _header(header_bytes), base64.b64decode(parts.signature, validate=True)
    payload = _content(parts.payload)
    apart = None if isinstance(personal, UnsetType) else _content(personal)
    if raw != line(header_bytes, payload, signature, apart) or _spell(header) != header_bytes:
        raise ValueError("not canonical")
    if {header.v == 1} != {isinstance(personal, UnsetType), isinstance(header.personal, UnsetType)}:
        raise ValueError("parts and version disagree")
    if payload is None and header.v != 1:
        raise ValueError("no payload")
    values = _values(header, payload, header.payload)
    if apart is not None:
        values |= _values(header, apart, str(header.personal), beside=values)
    _check_fields(header, values, whole=payload is not None and (header.v == 1 or apart is not None))
    return Operation(header, header_bytes, payload, signature, apart, values)


def _content(raw: Raw) -> bytes | None:
    content = bytes(raw)
    return None if content == b"null" else content


def _values(header: Header, part: bytes | None, sha256: str, beside: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """The values of a part, which must be the one that was signed."""
    if part is None:
        return {}
    read = _payload(part)
    if canonical({"salt": read.salt, "set": read.set}) != part or (b"\\u0000" in part and holds_nul(read.set)):
        raise ValueError("not canonical")
    if hashlib.sha256(part).hexdigest() != sha256:
        raise Refusal("store.bad_operation", operation=header.id, why="payload")
    if beside and not beside.keys().isdisjoint(read.set):
        raise Refusal("store.bad_operation", operation=header.id, why="fields")
    return read.set


def _check_fields(header: Header, values: Mapping[str, Any], *, whole: bool) -> None:
    """Demand that the header tells what the parts set, in order, and that nothing has seen itself."""
    stated, parents = header.fields, header.parents
    same = list(stated) == sorted(values if whole else {*stated}) and values.keys() <= {*stated}
    if not same or list(parents) != sorted({*parents} - {header.id}):
        raise Refusal("store.bad_operation", operation=header.id, why="fields")


def _id_of(given: Mapping[str, Any] | bytes) -> str:
    try:
        header = (msgspec.json.decode(given) if isinstance(given, bytes) else given)["header"]
        return str(header.get("id", "?"))[:36]
    except (*_FAULTS, AttributeError):
        return "?"
