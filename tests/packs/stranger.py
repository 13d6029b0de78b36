"""A writer of packs made from docs/pack-format.md alone: nothing of the program is used, and everything can lie."""

from __future__ import annotations

import base64
import hashlib
import json
import struct
import zlib
from collections.abc import Callable
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

EPOCH = "0001-1a2b3c4d"
Bytes = Callable[[bytes], bytes]


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def canonical(value: Any) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


class Key:
    """An Ed25519 key and what the format derives from it."""

    def __init__(self, seed: bytes = b"\1" * 32) -> None:
        self._key = Ed25519PrivateKey.from_private_bytes(seed)
        self.public = self._key.public_key().public_bytes_raw()

    @property
    def id(self) -> str:
        return sha256(self.public)[:32]

    @property
    def base64(self) -> str:
        return base64.b64encode(self.public).decode()

    def sign(self, message: bytes) -> str:
        return base64.b64encode(self._key.sign(message)).decode()


class NoKey(Key):
    """The neutral point: the signature below holds for every message where nobody looks at the key."""

    def __init__(self) -> None:
        self.public = b"\1" + bytes(31)

    def sign(self, message: bytes) -> str:
        return base64.b64encode(b"\1" + bytes(63)).decode() if message else ""


def operation(key: Key, seq: int, **header: Any) -> bytes:
    """The line of an operation of version 1, as docs/data-changes.md tells it."""
    payload = {"salt": "00" * 16, "set": {"name": f"Hall {seq}"}}
    said = {
        "v": 1,
        "id": f"01890a5d-ac96-774b-bcc0-{seq:012x}",
        "device": key.id,
        "epoch": EPOCH,
        "seq": seq,
        "hlc": f"{0x0191F3C2A4D8 + seq:012x}-0000",
        "person": "01890a5d-ac96-774b-bcce-b302099a8001",
        "noun": "place",
        "entity": f"01890a5d-ac96-774c-bcce-{seq:012x}",
        "fields": ["name"],
        "parents": [],
        "payload": sha256(canonical(payload)),
        **header,
    }
    signature = key.sign(b"gemba-op-v1\0" + canonical(said))
    return canonical({"header": said, "payload": payload, "signature": signature})


class Member:
    """A member of the zip; `local` and `central` say what its two headers say instead of the truth."""

    def __init__(self, name: str, body: bytes) -> None:
        self.name, self.body = name.encode("utf-8"), body
        self.method = 8 if name == "data/ops.ndjson" else 0
        self.packed = deflated(body) if self.method else body
        self.local: dict[str, Any] = {}
        self.central: dict[str, Any] = {}
        self.before = self.extra = self.central_extra = self.comment = self.after = b""
        self.in_local = self.in_directory = True

    def said(self, other: dict[str, Any]) -> dict[str, Any]:
        sizes = {"packed": len(self.packed), "size": len(self.body), "name": self.name}
        rest = {"made": 20, "needed": 20, "flags": 0, "date": 0x21, "disk": 0, "inside": 0, "outside": 0, "at": None}
        return {"method": self.method, "crc": zlib.crc32(self.body), **sizes, **rest, **other}


def deflated(body: bytes, wrapper: int = -15) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, wrapper)
    return packer.compress(body) + packer.flush()


def zipped(members: list[Member], *, behind: bytes = b"", comment: bytes = b"", **end: int) -> bytes:
    """The zip; `behind` stands between directory and end record, whose numbers `end` changes."""
    out, directory, count = b"", b"", 0
    for one in members:
        out += one.before
        at = len(out)
        if one.in_local:
            out += b"PK\3\4" + _fields(one.said(one.local), one.extra) + one.packed + one.after
        if one.in_directory:
            said, count = one.said(one.central), count + 1
            fields = _fields(said, b"")
            after = struct.pack("<HHHII", len(one.comment), said["disk"], said["inside"], said["outside"], at)
            if said["at"] is not None:
                after = after[:-4] + struct.pack("<I", said["at"])
            extra = struct.pack("<H", len(one.central_extra))
            directory += b"PK\1\2" + struct.pack("<H", said["made"]) + fields[:24] + extra + after + said["name"]
            directory += one.central_extra + one.comment
    last = {"disk": 0, "of": 0, "here": count, "all": count, "size": len(directory), "at": len(out), **end}
    return out + directory + behind + b"PK\5\6" + struct.pack("<HHHHIIH", *last.values(), len(comment)) + comment


def _fields(said: dict[str, Any], extra: bytes) -> bytes:
    numbers = (said["needed"], said["flags"], said["method"], 0, said["date"], said["crc"], said["packed"])
    lengths = (said["size"], len(said["name"]), len(extra))
    return struct.pack("<HHHHHIIIHH", *numbers, *lengths) + said["name"] + extra


class Pack:
    """A pack for a headquarters; its tag files pass through `change` before they are signed."""

    def __init__(self, key: Key, recipient: str) -> None:
        self.key = self.signer = key
        self.recipient = recipient
        self.lines = [operation(key, 1), operation(key, 2)]
        self.documents: dict[str, bytes] = {"a.txt": b"a"}
        self.photo, self.earlier = b"\xff\xd8 a photo" * 30, b"an earlier photo" * 9
        self.journal: bytes | None = None
        self.change: dict[str, Bytes] = {}
        self.stretch = "1-2"

    def members(self) -> list[Member]:
        """All members in their order, signed."""
        payload = {"data/ops.ndjson": b"".join(line + b"\n" for line in self.lines)}
        if self.journal is not None:
            payload["data/ops.ndjson"] = self.journal
        payload[blob(self.photo)] = self.photo
        payload |= {f"data/documents/{name}": body for name, body in self.documents.items()}
        tags = self._tags(payload)
        order = ["bag-info.txt", "bagit.txt", "README.txt", "manifest-sha256.txt", "fetch.txt"]
        order += ["tagmanifest-sha256.txt", "tagmanifest-sha256.txt.sig"]
        rest = sorted(payload, key=str.encode)
        return [Member(name, tags[name]) for name in order] + [Member(name, payload[name]) for name in rest]

    def _tags(self, payload: dict[str, bytes]) -> dict[str, bytes]:
        listed = {name: sha256(body) for name, body in payload.items()} | {blob(self.earlier): sha256(self.earlier)}
        spelled = base64.urlsafe_b64encode(bytes.fromhex(sha256(self.earlier))).decode().rstrip("=")
        octets = sum(map(len, payload.values())) + len(self.earlier)
        tags = {
            "bag-info.txt": self._description(octets, len(listed)),
            "bagit.txt": b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n",
            "README.txt": b"Read with age, unzip and sha256sum.\n",
            "manifest-sha256.txt": _manifest(listed),
            "fetch.txt": f"ni://gemba/sha-256;{spelled} {len(self.earlier)} {blob(self.earlier)}\n".encode(),
        }
        tags = {name: self.change.get(name, bytes)(body) for name, body in tags.items()}
        top = "tagmanifest-sha256.txt"
        tags[top] = self.change.get(top, bytes)(_manifest({name: sha256(body) for name, body in tags.items()}))
        said = {"alg": "ed25519", "key": self.signer.base64, "sig": self.signer.sign(b"gemba-pack-v1\0" + tags[top])}
        tags[f"{top}.sig"] = self.change.get(f"{top}.sig", bytes)(canonical(said))
        return tags

    def _description(self, octets: int, files: int) -> bytes:
        said = [
            ("Format", "gemba-pack v1"),
            ("Pack-Id", "01890a5d-ac96-774b-bcc0-00000000abcd"),
            ("Device-Id", self.key.id),
            ("Device-Key", self.key.base64),
            ("Epoch", EPOCH),
            ("Seq-Range", self.stretch),
            ("Prev-Pack", "none"),
            ("Headquarters", "bcfbfd7fc0a8bf7cf398b3b90633161a"),
            ("Recipient", self.recipient),
            ("Schema", "gemba-op v2"),
            ("Operation-Count", str(len(self.lines))),
            ("Created", "2026-11-22T01:00:00Z"),
            ("Bag-Software-Agent", "stranger 1"),
            ("Payload-Oxum", f"{octets}.{files}"),
        ]
        return "".join(f"{label}: {value}\n" for label, value in said).encode()


def blob(body: bytes) -> str:
    return f"data/blobs/{sha256(body)[:2]}/{sha256(body)}"


def _manifest(listed: dict[str, str]) -> bytes:
    return "".join(f"{listed[name]}  {name}\n" for name in sorted(listed, key=str.encode)).encode()
