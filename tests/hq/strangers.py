"""Packs of an enrolled laptop that is not the program: its operations may be what the program never writes."""

from __future__ import annotations

import base64
import json
from pathlib import Path

import pyrage
from tests.packs.stranger import Key, Pack, zipped

from gemba.domain.devices import DeviceRole
from gemba.store import transit
from gemba.store.transit import Correspondent
from gemba.work.desk import Desk

KEY = Key()


def enrolled(hq: Desk) -> None:
    """Have the stranger known at headquarters."""
    known = Correspondent(
        id=KEY.id,
        role=DeviceRole.LAPTOP,
        name="Stranger",
        public_key=KEY.public,
        recipients=(hq.store.device.recipient,),
        trusted_since=hq.clock(),
    )
    with hq.unit() as unit:
        transit.trust(unit, known)


def packed(hq: Desk, folder: Path, stretch: str, *lines: bytes) -> Path:
    """A pack with these lines as the stretch that is said."""
    recipient = hq.store.device.recipient
    pack = Pack(KEY, recipient)
    pack.stretch, pack.lines = stretch, list(lines)
    pack.change["bag-info.txt"] = lambda body: body.replace(
        b"bcfbfd7fc0a8bf7cf398b3b90633161a", hq.store.device.id.encode()
    )
    file = folder / f"{stretch}.gemba"
    file.write_bytes(pyrage.encrypt(zipped(pack.members()), [pyrage.x25519.Recipient.from_str(recipient)]))
    return file


def spoiled(line: bytes) -> bytes:
    """The same line; one bit of its signature is another."""
    said = json.loads(line)
    signature = bytearray(base64.b64decode(said["signature"]))
    signature[7] ^= 1
    return line.replace(said["signature"].encode(), base64.b64encode(signature))


def id_of(line: bytes) -> str:
    return str(json.loads(line)["header"]["id"])
