"""`bag-info.txt` of an audit pack: who signed what, for whom."""

from __future__ import annotations

import base64
import hashlib
import uuid
from dataclasses import dataclass
from datetime import datetime

from gemba.packs.identity import device_id
from gemba.packs.statements import from_time

FORMAT = "gemba-audit-pack v1"
SIGNED = b"gemba-audit-pack-v1\0"
"""Stands before the tag manifest when it is signed, so that the signature means nothing anywhere else."""
_PACKS = uuid.UUID("3f0e7c52-9d1b-5a68-8c4e-51b7a2d60f93")


@dataclass(frozen=True, slots=True)
class AuditPackInfo:
    """What an audit pack says of itself.

    Args:
        pack_id: UUID, see `pack_id`.
        public_key: of the device that signed it, 32 bytes.
        as_of: the moment of the newest record in it, UTC.
        assessments: how many reports it is about.
        recipients: age keys that it is sealed to; none when it is open.
        program: name and version of the program.
        octets: bytes of all files below `data/`.
        files: how many there are.
    """

    pack_id: str
    public_key: bytes
    as_of: datetime
    assessments: int
    recipients: tuple[str, ...]
    program: str
    octets: int
    files: int


def pack_id(public_key: bytes, manifest: bytes) -> str:
    """The id of an audit pack: a UUID version 5 over who signs it and the hashes of all that lies below `data/`."""
    return str(uuid.uuid5(_PACKS, f"{device_id(public_key)} {hashlib.sha256(manifest).hexdigest()}"))


def render(info: AuditPackInfo) -> bytes:
    """The bytes of `bag-info.txt`."""
    lines = [
        f"Format: {FORMAT}",
        f"Pack-Id: {info.pack_id}",
        f"Device-Id: {device_id(info.public_key)}",
        f"Device-Key: {base64.b64encode(info.public_key).decode('ascii')}",
        f"As-Of: {from_time(info.as_of)}",
        f"Assessments: {info.assessments}",
        *(f"Recipient: {recipient}" for recipient in info.recipients),
        f"Bag-Software-Agent: {info.program}",
        f"Payload-Oxum: {info.octets}.{info.files}",
    ]
    return ("\n".join(lines) + "\n").encode("ascii")
