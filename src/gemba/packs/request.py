"""What is to be sealed into a pack, and what came of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from gemba.errors import Refusal
from gemba.packs import limits, paths
from gemba.packs.evidence import Blob
from gemba.packs.identity import check_recipient, device_id, recipient_of

Opener = Callable[[], BinaryIO]
"""Opens one piece of evidence for reading, as often as it is asked."""

_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@dataclass(frozen=True, slots=True, kw_only=True)
class SealRequest:
    """Everything a pack is made of.

    Args:
        pack_id: UUID of the pack.
        device_id: id of the sealing device; must be that of `public_key`.
        sign: gives the device's Ed25519 signature over a message.
        public_key: the device's public key, 32 bytes.
        epoch: the epoch of the device's journal.
        first_seq: first operation of the epoch in the pack.
        last_seq: last one; `first_seq - 1` when the pack brings no stretch of it: evidence only, or a selection of
            operations of any devices.
        prev_pack: SHA-256 of the sealed pack before this one, or None.
        recipients: age keys to seal to: headquarters' and the laptop's own.
        to: id of the headquarters.
        created: now, with a time zone.
        operations: canonical JSON of each operation, without line ends.
        blobs: hash, size and opener of each piece of evidence that travels.
        referenced: hash and size of evidence that travelled earlier.
        documents: name and content of what travels for people: bytes, or what is read when its turn comes.
        program: name and version of this program.
        identity: the laptop's own age identity; when given, the finished pack is opened again and checked as a whole
            before it gets its name.
    """

    pack_id: str
    device_id: str
    sign: Callable[[bytes], bytes]
    public_key: bytes
    epoch: str
    first_seq: int
    last_seq: int
    prev_pack: str | None
    recipients: Sequence[str]
    to: str
    created: datetime
    operations: Iterable[bytes]
    blobs: Iterable[tuple[str, int, Opener]] = ()
    referenced: Iterable[tuple[str, int]] = ()
    documents: Iterable[tuple[str, bytes | Blob]] = ()
    program: str = "Gemba"
    identity: str = ""


@dataclass(frozen=True, slots=True)
class Sealed:
    """A pack that lies in the outbox.

    Args:
        path: the file, named after its hash.
        sha256: hash of the sealed bytes.
        size: how many there are.
        pack_id: UUID of the pack.
        operations: how many operations it holds.
        blobs: how many pieces of evidence travel in it.
        documents: how many documents travel in it.
        verified: "whole" when it was opened again and checked, "outer" when its bytes were read back only.
    """

    path: Path
    sha256: str
    size: int
    pack_id: str
    operations: int
    blobs: int
    documents: int
    verified: str


def check_request(request: SealRequest) -> None:
    """Refuse what cannot be sealed, before any work is done.

    Raises:
        ValueError: the request contradicts itself (a mistake of the program).
        Refusal: `packs.bad_key` for a recipient that is no age key, `packs.no_recipient`.
    """
    wrong = [
        *(["pack_id"] if not _UUID.fullmatch(request.pack_id) else []),
        *(["device_id"] if request.device_id != device_id(request.public_key) else []),
        *(["seq"] if not 0 <= request.first_seq <= request.last_seq + 1 else []),
        *(["created"] if request.created.tzinfo is None else []),
        *(["identity"] if request.identity and recipient_of(request.identity) not in request.recipients else []),
    ]
    if wrong:
        message = f"a pack cannot be sealed with this {', '.join(wrong)}"
        raise ValueError(message)
    if not request.recipients:
        raise Refusal("packs.no_recipient")
    for recipient in request.recipients:
        check_recipient(recipient)


def check_document(name: str) -> str:
    """`name` itself when a document may be called so.

    Raises:
        Refusal: `packs.bad_document`.
    """
    if paths.document_of(paths.document_path(name)) is None:
        raise Refusal("packs.bad_document", name=name[:120])
    return name


def check_amount(files: int, zip_size: int) -> None:
    """Refuse more than one pack can carry.

    Raises:
        Refusal: `packs.too_large` (limit in MB) or `packs.too_many`.
    """
    if files > limits.MOST_FILES:
        raise Refusal("packs.too_many", limit=limits.MOST_FILES)
    if zip_size > limits.LARGEST_ZIP:
        raise Refusal("packs.too_large", limit=limits.LARGEST_ZIP // 1_000_000)
