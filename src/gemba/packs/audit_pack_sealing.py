"""Write an audit pack: the bag of docs/audit-pack-format.md as a zip, open or sealed, in constant memory.

The same files and the same key give the same bytes; only the seal around them is made by chance.
"""

from __future__ import annotations

import base64
import hashlib
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from gemba import gemba_verify
from gemba.errors import Refusal, Trouble
from gemba.packs import audit_pack_info as info
from gemba.packs import audit_pack_paths as paths
from gemba.packs import bag, canonical, limits, zipping
from gemba.packs.audit_pack_explained import README
from gemba.packs.audit_pack_spool import Spool, Waiting
from gemba.packs.identity import check_recipient
from gemba.packs.part_file import part_file, publish, reread, settle

Progress = Callable[[int, int], None]
"""Told the bytes done and the bytes in all; may raise to cancel."""

OPEN, SEALED = ".zip", ".zip.age"
"""How the names of audit packs end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditPackRequest:
    """Everything an audit pack is made of.

    Args:
        spool: where the files wait.
        people: the files of `audit_pack_paths.FOR_PEOPLE`.
        payload: the files below `data/`, by path.
        as_of: the moment of the newest record in it.
        assessments: how many reports it is about.
        public_key: of the device that signs, 32 bytes.
        sign: gives its Ed25519 signature over a message.
        recipients: age keys to seal to; none makes an open pack.
        program: name and version of this program.
    """

    spool: Spool
    people: Mapping[str, Waiting]
    payload: Mapping[str, Waiting]
    as_of: datetime
    assessments: int
    public_key: bytes
    sign: Callable[[bytes], bytes]
    recipients: Sequence[str] = ()
    program: str = "Gemba"


@dataclass(frozen=True, slots=True)
class WrittenAuditPack:
    """An audit pack that lies on the disk.

    Args:
        path: the file.
        sha256: hash of its bytes.
        size: how many there are.
        pack_id: its id.
        inner_sha256: hash of the zip inside; the same as `sha256` when the pack is open.
    """

    path: Path
    sha256: str
    size: int
    pack_id: str
    inner_sha256: str


def zip_size(request: AuditPackRequest) -> int:
    """Bytes of the zip that `write` would make."""
    _, tags, files = _content(request)
    return _size(tags, files)


def write(request: AuditPackRequest, out: Path, progress: Progress | None = None) -> WrittenAuditPack:
    """Write an audit pack, whole or not at all, and read it back.

    Args:
        request: what it is made of.
        out: the file, or a folder, in which it gets a name of its own.
        progress: told how far it is.

    Raises:
        Refusal: `packs.too_large`, `packs.too_many`, `packs.bad_key`, `packs.bad_document`.
        Trouble: `packs.no_room`, `packs.read_only`, `packs.folder_gone`, `packs.not_written`.
    """
    for recipient in request.recipients:
        check_recipient(recipient)
    said, tags, files = _content(request)
    size = _size(tags, files)
    _check_amount(len(tags) + len(files), size)
    ending = SEALED if request.recipients else OPEN
    target = out / f"audit-pack-{said.pack_id[:8]}{ending}" if out.is_dir() else out
    about = size + size // 65536 * 16 + 4096 + 256 * len(request.recipients)
    with part_file(target.parent, target.name, about) as (part, file):
        inner = _Hashed()
        pieces = inner.follow(_told(_zip(request, tags, files), size, progress))
        outer = _seal(pieces, file, request.recipients) if request.recipients else _plain(pieces, file)
        settle(file)
        file.close()
        _read_back(part, outer, open_pack=not request.recipients)
        publish(part, target)
    return WrittenAuditPack(target, outer.hexdigest, outer.size, said.pack_id, inner.hexdigest)


def _content(request: AuditPackRequest) -> tuple[info.AuditPackInfo, dict[str, bytes], dict[str, Waiting]]:
    """The small files with the signature, then the large ones, both in the order of the zip."""
    for path in request.payload:
        paths.check_payload(path)
    if len({path.lower() for path in request.payload}) != len(request.payload):
        message = "two files of an audit pack differ in capitals only"
        raise ValueError(message)
    payload = {path: request.payload[path] for path in sorted(request.payload)}
    manifest = bag.render_manifest({path: one.sha256 for path, one in payload.items()})
    said = info.AuditPackInfo(
        pack_id=info.pack_id(request.public_key, manifest),
        public_key=request.public_key,
        as_of=request.as_of,
        assessments=request.assessments,
        recipients=tuple(sorted(set(request.recipients))),
        program=request.program,
        octets=sum(one.size for one in payload.values()),
        files=len(payload),
    )
    small = {
        paths.INFO: info.render(said),
        paths.DECLARATION: bag.DECLARATION,
        paths.README: README,
        paths.MANIFEST: manifest,
    }
    people = {name: request.people[name] for name in paths.FOR_PEOPLE}
    hashes = {name: hashlib.sha256(content).hexdigest() for name, content in small.items()}
    tagged = bag.render_manifest({**hashes, **{name: one.sha256 for name, one in people.items()}})
    signature = {
        "alg": "ed25519",
        "key": _b64(request.public_key),
        "sig": _b64(request.sign(info.SIGNED + tagged)),
    }
    small |= {paths.TAG_MANIFEST: tagged, paths.SIGNATURE: canonical.dumps(signature)}
    return said, small, {**people, **payload}


def _zip(request: AuditPackRequest, tags: Mapping[str, bytes], files: Mapping[str, Waiting]) -> Iterator[bytes]:
    members: list[zipping.Member] = []
    at = 0
    everything: dict[str, bytes | Waiting] = {**tags, **files}
    for name, one in everything.items():
        size, crc = (len(one), zlib.crc32(one)) if isinstance(one, bytes) else (one.size, one.crc)
        member = zipping.Member(name, zipping.STORED, crc, size, size, at)
        yield zipping.local_header(member)
        if isinstance(one, bytes):
            yield one
        else:
            yield from request.spool.read(one)
        members.append(member)
        at = member.end
    yield zipping.directory(members, at)


def _size(tags: Mapping[str, bytes], files: Mapping[str, Waiting]) -> int:
    names = [*tags, *files]
    content = sum(map(len, tags.values())) + sum(one.size for one in files.values())
    return content + sum(zipping.LOCAL_SIZE + len(name) for name in names) + zipping.directory_size(names)


def _check_amount(files: int, size: int) -> None:
    if files > limits.MOST_FILES:
        raise Refusal("packs.too_many", limit=limits.MOST_FILES)
    if size > limits.LARGEST_ZIP:
        raise Refusal("packs.too_large", limit=limits.LARGEST_ZIP // 1_000_000)


class _Hashed:
    """Hash and size of what passed."""

    def __init__(self) -> None:
        self._hash = hashlib.sha256()
        self.size = 0

    @property
    def hexdigest(self) -> str:
        return self._hash.hexdigest()

    def take(self, piece: bytes) -> bytes:
        self._hash.update(piece)
        self.size += len(piece)
        return piece

    def follow(self, pieces: Iterator[bytes]) -> Iterator[bytes]:
        return map(self.take, pieces)


def _plain(pieces: Iterator[bytes], file: BinaryIO) -> _Hashed:
    outer = _Hashed()
    file.writelines(outer.follow(pieces))
    return outer


def _told(pieces: Iterator[bytes], total: int, progress: Progress | None) -> Iterator[bytes]:
    done = 0
    for piece in pieces:
        yield piece
        done += len(piece)
        if progress:
            progress(done, total)


class _Source:
    """What the age library reads from; it flattens errors into text, so the true one is remembered."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces, self._rest = pieces, memoryview(b"")
        self.error: BaseException | None = None

    def read(self, size: int) -> bytes:
        try:
            while not self._rest:
                piece = next(self._pieces, None)
                if piece is None:
                    return b""
                self._rest = memoryview(piece)
        except BaseException as error:
            self.error = error
            raise
        taken, self._rest = self._rest[:size], self._rest[size:]
        return bytes(taken)


class _Target:
    """What the age library writes to."""

    def __init__(self, file: BinaryIO, hashed: _Hashed) -> None:
        self._file, self._hashed = file, hashed
        self.error: BaseException | None = None

    def write(self, data: bytes) -> int:
        try:
            self._file.write(self._hashed.take(data))
        except BaseException as error:
            self.error = error
            raise
        return len(data)

    def flush(self) -> None:
        """Nothing waits here."""


def _seal(pieces: Iterator[bytes], file: BinaryIO, recipients: Sequence[str]) -> _Hashed:
    import pyrage

    outer = _Hashed()
    source, target = _Source(pieces), _Target(file, outer)
    keys = [pyrage.x25519.Recipient.from_str(recipient) for recipient in sorted(set(recipients))]
    try:
        pyrage.encrypt_io(source, target, keys)
    except (pyrage.EncryptError, OSError):
        if known := source.error or target.error:
            raise known from None
        raise
    return outer


def _read_back(part: Path, written: _Hashed, *, open_pack: bool) -> None:
    """Read what was written from the disk again; an open pack is proven as a whole."""
    again = _Hashed()
    with reread(part) as file:
        for piece in iter(lambda: file.read(limits.PIECE), b""):
            again.take(piece)
    if again.hexdigest != written.hexdigest:
        raise Trouble("packs.not_written", folder=str(part.parent))
    if open_pack:
        try:
            gemba_verify.verify(part)
        except gemba_verify.NotWhole as error:
            raise Trouble("packs.not_written", folder=str(part.parent)) from error


def _b64(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")
