"""Seal a pack: journal, evidence and reports into one signed and encrypted file, in constant memory.

What is signed is put together first (hashes of everything), then the zip is drawn piece by piece through the age
library into a `.part` file. The pack gets its name when it lies on the disk and has been read back.
"""

from __future__ import annotations

import hashlib
import zlib
from collections import deque
from collections.abc import Callable, Generator, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from gemba.errors import Refusal, Trouble
from gemba.packs import bag, envelope, evidence, info, operations, paths, zipping
from gemba.packs.explained import README
from gemba.packs.part_file import PART, begin_to_settle, part_file, publish, reread, settle
from gemba.packs.request import Sealed, SealRequest, check_amount, check_document, check_request
from gemba.packs.source import SUFFIX
from gemba.packs.streams import Drawn, HashedReader, HashedWriter
from gemba.packs.verifying import verify

Progress = Callable[[int, int], None]
"""Told the bytes done and the bytes in all; may raise to cancel."""


@dataclass(frozen=True, slots=True)
class _Content:
    """What goes into the zip, in its order: tag files, then the payload sorted by path."""

    tags: Mapping[str, bytes]
    payload: Mapping[str, bytes | evidence.Blob | operations.Operations]
    zip_size: int
    info: info.BagInfo


def seal(request: SealRequest, out_dir: Path, progress: Progress | None = None) -> Sealed:
    """Seal what `request` names into `<sha256>.gemba` in `out_dir`; nothing remains there when it fails.

    Raises:
        Refusal: `packs.too_large`, `packs.too_many`, `packs.bad_operation`, `packs.bad_document`, `packs.bad_key`.
        Trouble: `packs.no_room` (with the MB that are missing), `packs.read_only`, `packs.folder_gone`,
            `packs.evidence_changed`, `packs.evidence_missing`, `packs.not_written` when the disk gives back other
            bytes than it was given.
    """
    check_request(request)
    content = _gather(request)
    # age adds a header (about 200 bytes a recipient) and 16 bytes to every 64 KiB.
    about = content.zip_size + content.zip_size // 65536 * 16 + 4096 + 256 * len(request.recipients)
    with part_file(out_dir, request.pack_id + SUFFIX, about) as (part, file):
        sealed = HashedWriter(file, begin_to_settle)
        drawn = Drawn(_told(_zip(content), content.zip_size, progress))
        envelope.seal(drawn, sealed, content.info.recipients)
        settle(file)
        file.close()
        verified = _read_back(part, sealed.sha256(), request.identity)
        path = out_dir / (sealed.sha256() + SUFFIX)
        publish(part, path)
    return Sealed(
        path=path,
        sha256=sealed.sha256(),
        size=sealed.size,
        pack_id=request.pack_id,
        operations=content.info.operations,
        blobs=sum(paths.blob_of(name) is not None for name in content.payload),
        documents=sum(paths.document_of(name) is not None for name in content.payload),
        verified=verified,
    )


def clear_unfinished(out_dir: Path) -> int:
    """Remove what a sealing that was killed left in `out_dir`; how many files that were. Not while one is running."""
    left = list(out_dir.glob(f"*{SUFFIX}{PART}"))
    for part in left:
        part.unlink(missing_ok=True)
    return len(left)


def _gather(request: SealRequest) -> _Content:
    """Everything the zip will hold, with hashes and signature; large content stays where it is."""
    ops = operations.deflate(request.operations)
    blobs = [evidence.Blob(*blob) for blob in request.blobs]
    references = [bag.Reference(*one) for one in request.referenced]
    documents = {check_document(name): content for name, content in request.documents}
    payload: dict[str, bytes | evidence.Blob | operations.Operations] = {paths.OPERATIONS: ops}
    payload |= {paths.document_path(name): content for name, content in documents.items()}
    payload |= {paths.blob_path(blob.sha256): blob for blob in blobs}
    hashes = {path: _sha256(one) for path, one in payload.items()}
    hashes |= {paths.blob_path(one.sha256): one.sha256 for one in references}
    octets = sum(_size(one) for one in payload.values()) + sum(one.size for one in references)
    if len(hashes) != 1 + len(documents) + len(blobs) + len(references):
        message = "a piece of evidence or a document is to travel twice in one pack"
        raise ValueError(message)
    said = _info(request, ops.count, octets, len(hashes))
    tags = _tags(request, said, bag.render_manifest(hashes), bag.render_fetch(references))
    size = _zip_size(tags, payload)
    check_amount(len(hashes) + len(tags), size)
    return _Content(tags, {path: payload[path] for path in sorted(payload)}, size, said)


def _info(request: SealRequest, count: int, octets: int, files: int) -> info.BagInfo:
    return info.BagInfo(
        pack_id=request.pack_id,
        public_key=request.public_key,
        epoch=request.epoch,
        first_seq=request.first_seq,
        last_seq=request.last_seq,
        prev_pack=request.prev_pack,
        to=request.to,
        recipients=tuple(sorted(set(request.recipients))),
        operations=count,
        created=request.created.replace(microsecond=0),
        program=request.program,
        octets=octets,
        files=files,
    )


def _tags(request: SealRequest, said: info.BagInfo, manifest: bytes, fetch: bytes) -> dict[str, bytes]:
    tags = {
        paths.INFO: info.render(said),
        paths.DECLARATION: bag.DECLARATION,
        paths.README: README,
        paths.MANIFEST: manifest,
        paths.FETCH: fetch,
    }
    signed = bag.tag_manifest(tags)
    return tags | {paths.TAG_MANIFEST: signed, paths.SIGNATURE: bag.sign(signed, request.public_key, request.sign)}


_Part = bytes | evidence.Blob | operations.Operations
_Read = tuple[int, Iterator[bytes]]
"""CRC-32 and content."""


def _zip(content: _Content) -> Iterator[bytes]:
    """The bytes of the zip, piece by piece."""
    members: list[zipping.Member] = []
    at = 0
    with closing(_read_ahead({**content.tags, **content.payload})) as parts:
        for name, one, (crc, pieces) in parts:
            member = _member(name, one, crc, at)
            yield zipping.local_header(member)
            yield from pieces
            members.append(member)
            at = member.end
    yield zipping.directory(members, at)


def _read_ahead(parts: Mapping[str, _Part]) -> Generator[tuple[str, _Part, _Read], None, None]:
    """Each part with its content; while one is sealed, another thread reads and hashes the next."""
    with ThreadPoolExecutor(1, "read") as other:
        waiting: deque[tuple[str, _Part, Future[_Read]]] = deque()
        for name, one in parts.items():
            waiting.append((name, one, other.submit(_read, one)))
            if len(waiting) > 1:
                before, it, read = waiting.popleft()
                yield before, it, read.result()
        for before, it, read in waiting:
            yield before, it, read.result()


def _read(one: _Part) -> _Read:
    if isinstance(one, operations.Operations):
        return one.crc, iter(one.packed)
    return (zlib.crc32(one), iter((one,))) if isinstance(one, bytes) else evidence.read_blob(one)


def _member(name: str, one: _Part, crc: int, at: int) -> zipping.Member:
    if isinstance(one, operations.Operations):
        return zipping.Member(name, zipping.DEFLATED, crc, one.packed_size, one.size, at)
    return zipping.Member(name, zipping.STORED, crc, _size(one), _size(one), at)


def _sha256(one: _Part) -> str:
    return hashlib.sha256(one).hexdigest() if isinstance(one, bytes) else one.sha256


def _size(one: _Part) -> int:
    return len(one) if isinstance(one, bytes) else one.size


def _zip_size(tags: Mapping[str, bytes], payload: Mapping[str, bytes | evidence.Blob | operations.Operations]) -> int:
    """Bytes that the zip will have, known before the first is written."""
    names = [*tags, *payload]
    packed = sum(map(len, tags.values())) + sum(
        one.packed_size if isinstance(one, operations.Operations) else _size(one) for one in payload.values()
    )
    return packed + sum(zipping.LOCAL_SIZE + len(name) for name in names) + zipping.directory_size(names)


def _told(pieces: Iterator[bytes], total: int, progress: Progress | None) -> Iterator[bytes]:
    """The same pieces, telling `progress` how far we are."""
    done = 0
    for piece in pieces:
        yield piece
        done += len(piece)
        if progress:
            progress(done, total)


def _read_back(part: Path, sha256: str, identity: str) -> str:
    """Read what was written from the disk again, once; with our own key, all of it is checked."""
    with reread(part) as file:
        if not identity:
            level, found = "outer", HashedReader(file, part).sha256()
        else:
            try:
                verdict = verify(part, [identity])
            except Refusal as error:
                raise Trouble("packs.not_written", folder=str(part.parent)) from error
            level, found = verdict.level, verdict.sha256
    if found != sha256:
        raise Trouble("packs.not_written", folder=str(part.parent))
    return level
