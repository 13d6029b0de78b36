"""A laptop and a headquarters with keys, packs to play with, and somebody who forges packs."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO

import pyrage
import pytest

from gemba.packs import canonical, identity
from gemba.packs.request import Sealed, SealRequest
from gemba.packs.sealing import seal

PHOTO = b"\xff\xd8\xff" + bytes(range(256)) * 20
NOTE = b"spoken words"
REPORT = b"%PDF-1.7 report"
BEFORE = b"sent before"
TAGS = [
    "bag-info.txt",
    "bagit.txt",
    "README.txt",
    "manifest-sha256.txt",
    "fetch.txt",
    "tagmanifest-sha256.txt",
    "tagmanifest-sha256.txt.sig",
]


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def operation(seq: int, **values: Any) -> dict[str, Any]:
    return {
        "header": {"v": 1, "seq": seq, "device": "d" * 32, "hlc": f"{seq:012x}-0000"},
        "payload": {"salt": sha256(str(seq).encode())[:32], "set": {"text": f"Boden naß — пол 地板 {seq}", **values}},
        "signature": sha256(f"signature {seq}".encode()),
    }


@dataclass
class World:
    """The keys of both sides, and a pack that holds one of everything."""

    laptop: identity.DeviceKey
    laptop_identity: str
    hq: identity.DeviceKey
    hq_identity: str
    photo: bytes = PHOTO
    note: bytes = NOTE
    report: bytes = REPORT
    before: bytes = BEFORE

    sha256 = staticmethod(sha256)
    operation = staticmethod(operation)

    @staticmethod
    def blob(data: bytes) -> tuple[str, int, Callable[[], BinaryIO]]:
        return sha256(data), len(data), lambda: io.BytesIO(data)

    def request(self, **changes: Any) -> SealRequest:
        made = SealRequest(
            pack_id="01890a5d-ac96-774b-bcce-b302099a8057",
            device_id=self.laptop.id,
            sign=self.laptop.sign,
            public_key=self.laptop.public,
            epoch="0001-1a2b3c4d",
            first_seq=1,
            last_seq=3,
            prev_pack=None,
            recipients=[identity.recipient_of(self.hq_identity), identity.recipient_of(self.laptop_identity)],
            to=self.hq.id,
            created=datetime(2026, 11, 21, 8, 30, 15, 250, tzinfo=UTC),
            operations=[canonical.dumps(operation(seq)) for seq in (1, 2, 3)],
            blobs=[self.blob(PHOTO), self.blob(b""), self.blob(NOTE)],
            referenced=[(sha256(BEFORE), len(BEFORE))],
            documents=[("A-K7QD-0012.pdf", REPORT)],
            program="Gemba 0.1.0",
        )
        return replace(made, **changes)

    def seal(self, folder: Path, **changes: Any) -> Sealed:
        return seal(self.request(**changes), folder)

    def plain(self, file: Path) -> bytes:
        """The zip inside a sealed pack."""
        return pyrage.decrypt(file.read_bytes(), [pyrage.x25519.Identity.from_str(self.hq_identity)])

    def sealed(self, folder: Path, content: bytes) -> Path:
        """Any bytes, sealed to headquarters under the right name: what anybody who has a card can do."""
        to = pyrage.x25519.Recipient.from_str(identity.recipient_of(self.hq_identity))
        data = pyrage.encrypt(content, [to])
        file = folder / f"{sha256(data)}.gemba"
        file.write_bytes(data)
        return file


@pytest.fixture(scope="session")
def world() -> World:
    return World(
        identity.DeviceKey(bytes(range(32))),
        identity.make_age_identity(),
        identity.DeviceKey(bytes(range(1, 33))),
        identity.make_age_identity(),
    )


@pytest.fixture(scope="session")
def plain(world, tmp_path_factory) -> bytes:
    """The zip of a good pack."""
    return world.plain(world.seal(tmp_path_factory.mktemp("good")).path)


@dataclass
class Entry:
    """A zip member as a forger writes it: any lie is possible."""

    name: str
    content: bytes
    packed: bytes | None = None
    method: int | None = None
    size: int | None = None
    packed_size: int | None = None
    crc: int | None = None
    flags: int = 0
    extra: bytes = b""
    time: int = 0
    attributes: int = 0
    central_name: str | None = None

    def local(self) -> bytes:
        return b"PK\x03\x04" + self._fields(self.name, len(self.extra)) + self.name.encode("latin-1") + self.extra

    def data(self) -> bytes:
        if self.packed is not None:
            return self.packed
        if self._method() == 0:
            return self.content
        packer = zlib.compressobj(4, zlib.DEFLATED, -15)
        return packer.compress(self.content) + packer.flush()

    def central(self, at: int) -> bytes:
        name = self.central_name or self.name
        start = b"PK\x01\x02" + struct.pack("<H", 20) + self._fields(name, 0)
        return start + struct.pack("<HHHII", 0, 0, 0, self.attributes, at) + name.encode("latin-1")

    def _method(self) -> int:
        return self.method if self.method is not None else 8 * (self.name == "data/ops.ndjson")

    def _fields(self, name: str, extra: int) -> bytes:
        crc = zlib.crc32(self.content) if self.crc is None else self.crc
        packed = len(self.data()) if self.packed_size is None else self.packed_size
        size = len(self.content) if self.size is None else self.size
        return struct.pack(
            "<HHHHHIIIHH", 20, self.flags, self._method(), self.time, 0x21, crc, packed, size, len(name), extra
        )


@dataclass
class Forger:
    """An enrolled device that went bad: it has a good pack, a key that headquarters knows, and a hex editor."""

    world: World
    entries: list[Entry]
    comment: bytes = b""
    behind: bytes = b""
    tags: dict[str, bytes] = field(default_factory=dict)

    def entry(self, name: str) -> Entry:
        return next(one for one in self.entries if one.name == name)

    def add(self, name: str, content: bytes, **lies: Any) -> Entry:
        self.entries.append(Entry(name, content, **lies))
        return self.entries[-1]

    def operations(self, *lines: bytes) -> None:
        self.entry("data/ops.ndjson").content = b"".join(line + b"\n" for line in lines)
        self.info("Operation-Count", str(len(lines)))

    def info(self, label: str, value: str) -> None:
        lines = self.entry("bag-info.txt").content.decode().splitlines()
        at = next(number for number, line in enumerate(lines) if line.startswith(label + ": "))
        lines[at] = f"{label}: {value}"
        self.entry("bag-info.txt").content = "".join(line + "\n" for line in lines).encode()

    def sort(self) -> None:
        payload = sorted((one for one in self.entries if one.name not in TAGS), key=lambda one: one.name)
        self.entries = [one for one in self.entries if one.name in TAGS] + payload

    def sign(self, *, manifest: bytes | None = None, oxum: bool = True, key: identity.DeviceKey | None = None) -> None:
        """Make manifest, counts and signature agree with the entries, as far as the forger wants them to."""
        key = key or self.world.laptop
        if manifest is None:
            manifest = self.manifest()
        self.entry("manifest-sha256.txt").content = manifest
        if oxum:
            fetched = [int(line.split()[1]) for line in self.entry("fetch.txt").content.decode().splitlines()]
            payload = [one for one in self.entries if one.name not in TAGS]
            octets = sum(len(one.content) for one in payload) + sum(fetched)
            self.info("Payload-Oxum", f"{octets}.{len(manifest.splitlines())}")
        tagged = sorted(name for name in TAGS if not name.startswith("tagmanifest"))
        signed = "".join(f"{sha256(self.entry(name).content)}  {name}\n" for name in tagged).encode()
        self.entry("tagmanifest-sha256.txt").content = signed
        said = {
            "alg": "ed25519",
            "key": base64.b64encode(key.public).decode(),
            "sig": base64.b64encode(key.sign(b"gemba-pack-v1\0" + signed)).decode(),
        }
        self.entry("tagmanifest-sha256.txt.sig").content = json.dumps(said, separators=(",", ":")).encode()

    def manifest(self) -> bytes:
        hashes = {one.name: sha256(one.content) for one in self.entries if one.name not in TAGS}
        for line in self.entry("fetch.txt").content.decode().splitlines():
            path = line.split()[2]
            hashes[path] = path.split("/")[-1]
        return "".join(f"{hashes[path]}  {path}\n" for path in sorted(hashes)).encode("latin-1")

    def zip(self) -> bytes:
        out, directory = b"", b""
        for one in self.entries:
            directory += one.central(len(out))
            out += one.local() + one.data()
        count = len(self.entries)
        end = struct.pack("<HHHHIIH", 0, 0, count, count, len(directory), len(out), len(self.comment))
        return out + directory + b"PK\x05\x06" + end + self.comment + self.behind


@pytest.fixture
def forger(world, plain) -> Forger:
    with zipfile.ZipFile(io.BytesIO(plain)) as opened:
        return Forger(world, [Entry(name, opened.read(name)) for name in opened.namelist()])


@pytest.fixture
def full_disk() -> Callable[[int], Any]:
    """A disk that takes no file larger than so many bytes."""

    resource = pytest.importorskip("resource")

    @contextmanager
    def limited(size: int) -> Iterator[None]:
        soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
        try:
            yield
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))

    return limited
