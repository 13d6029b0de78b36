"""The strict reader: a pack's zip, from the first byte to the last, in one pass.

The signed tag files come first, so that nothing large is read and nothing is unpacked before the device's signature has
been checked. From then on the manifest says what must follow, in which order and with which hash; every header is built
again from what was read and must be the same to the byte. What is accepted could have been written in no other way
(only the deflate stream of the journal leaves a choice, and its content is signed).
"""

from __future__ import annotations

import hashlib
import zlib
from collections import deque
from collections.abc import Iterator, Mapping
from typing import Never, Protocol

from gemba.errors import Refusal
from gemba.packs import bag, info, limits, operations, paths, zipping
from gemba.packs.facts import Contents
from gemba.wording import text


class Stream(Protocol):
    """Anything that bytes can be read from, forward."""

    def read(self, size: int, /) -> bytes:
        """At most `size` bytes; none at the end."""


def read_pack(stream: Stream) -> Contents:
    """Check the zip that `stream` holds, completely; `stream` need not be able to go back.

    Raises:
        Refusal: `packs.*`, always when one byte is not as the format wants it.
    """
    tape = _Tape(stream)
    tags = _read_tags(tape)
    said = info.parse(tags[paths.INFO])
    hashes = bag.parse_manifest(tags[paths.MANIFEST])
    referenced = bag.parse_fetch(tags[paths.FETCH])
    _check_agreement(said, hashes, referenced)
    left = said.octets - sum(one.size for one in referenced)
    elsewhere = {paths.blob_path(one.sha256) for one in referenced}
    for path in sorted(hashes.keys() - elsewhere):
        member = tape.header(path, hashes)
        if member.size > left:
            raise Refusal("packs.bomb")
        left -= member.size
        _check_payload(tape, member, hashes[path], said)
    if left:
        _altered(text("the pack's description"))
    tape.end(hashes)
    return Contents(said, {one.name: one for one in tape.members[len(paths.TAGS) :]}, referenced)


def pieces(stream: Stream, size: int) -> Iterator[bytes]:
    """The next `size` bytes of `stream`, piece by piece.

    Raises:
        Refusal: `packs.altered` when it ends before.
    """
    while size:
        piece = stream.read(min(size, limits.PIECE))
        if not piece:
            _altered(text("the end of the pack"))
        size -= len(piece)
        yield piece


class _Tape:
    """The zip as a tape that runs forward only."""

    def __init__(self, stream: Stream) -> None:
        self._stream = stream
        self.at = 0
        self.members: list[zipping.Member] = []

    def take(self, size: int) -> bytes:
        """Exactly the next `size` bytes (small ones)."""
        return b"".join(self.draw(size))

    def draw(self, size: int) -> Iterator[bytes]:
        """The next `size` bytes, piece by piece; never beyond what a pack may be."""
        if self.at + size > limits.LARGEST_ZIP:
            raise Refusal("packs.bomb")
        for piece in pieces(self._stream, size):
            self.at += len(piece)
            yield piece

    def header(self, path: str, listed: Mapping[str, str]) -> zipping.Member:
        """The header of the member that must come next; `listed` are the names that the manifest knows."""
        at = self.at
        start = self.take(4)
        if start == zipping.CENTRAL:
            raise Refusal("packs.missing_blob", name=path)
        if start != zipping.LOCAL:
            _altered(path)
        start += self.take(zipping.LOCAL_SIZE - 4)
        read, length = zipping.read_local_header(start, at)
        name = self.take(length)
        if name != path.encode("ascii"):
            self._refuse_name(name.decode("latin-1"), path, listed)
        method = zipping.DEFLATED if path == paths.OPERATIONS else zipping.STORED
        member = zipping.Member(path, method, read.crc, read.packed, read.size, at)
        if zipping.local_header(member) != start + name or (method == zipping.STORED and read.packed != read.size):
            _altered(path)
        self.members.append(member)
        return member

    def end(self, listed: Mapping[str, str]) -> None:
        """The central directory that belongs to these members, and nothing behind it."""
        expected = zipping.directory(self.members, self.at)
        start = self.take(4)
        if start == zipping.LOCAL:
            _, length = zipping.read_local_header(start + self.take(zipping.LOCAL_SIZE - 4), 0)
            self._refuse_name(self.take(length).decode("latin-1"), "", listed)
        if start + self.take(len(expected) - 4) != expected or self._stream.read(1):
            _altered(text("the table of contents"))

    def _refuse_name(self, name: str, expected: str, listed: Mapping[str, str]) -> Never:
        """Say why `name` may not stand where `expected` should."""
        if name in {one.name for one in self.members}:
            raise Refusal("packs.doubled", name=name)
        if name in listed and expected:
            raise Refusal("packs.missing_blob", name=expected)
        if name in paths.TAGS:
            _altered(name)
        paths.refuse_name(name)


def _read_tags(tape: _Tape) -> dict[str, bytes]:
    """The tag files, once the signature over them holds."""
    tags: dict[str, bytes] = {paths.INFO: _read_first(tape)}
    info.check_version(tags[paths.INFO])
    for name in paths.TAGS[1:]:
        tags[name] = _read_tag(tape, tape.header(name, {}))
    said = info.parse(tags[paths.INFO])
    bag.check_signature(tags[paths.SIGNATURE], tags[paths.TAG_MANIFEST], said.public_key)
    expected = bag.tag_manifest({name: tags[name] for name in paths.TAGGED})
    if tags[paths.TAG_MANIFEST] != expected or tags[paths.DECLARATION] != bag.DECLARATION:
        _altered(paths.TAG_MANIFEST)
    return tags


def _read_first(tape: _Tape) -> bytes:
    """The description, which begins every pack of every version; else this is something else."""
    try:
        return _read_tag(tape, tape.header(paths.INFO, {}))
    except Refusal as error:
        raise Refusal("packs.no_pack_inside") from error


def _read_tag(tape: _Tape, member: zipping.Member) -> bytes:
    if member.size > limits.LARGEST_TAG:
        raise Refusal("packs.bomb")
    content = tape.take(member.size)
    if zlib.crc32(content) != member.crc:
        _altered(member.name)
    return content


def _check_agreement(said: info.BagInfo, hashes: Mapping[str, str], referenced: tuple[bag.Reference, ...]) -> None:
    """The description, the manifest and the fetch list must tell the same story."""
    if said.files != len(hashes) or len(hashes) + len(paths.TAGS) > limits.MOST_FILES:
        _altered(text("the list of files"))
    if any(paths.blob_path(one.sha256) not in hashes for one in referenced):
        _altered(paths.FETCH)


def _check_payload(tape: _Tape, member: zipping.Member, sha256: str, said: info.BagInfo) -> None:
    content = tape.draw(member.packed)
    if member.name == paths.OPERATIONS:
        if limits.is_bomb(member.packed, member.size):
            raise Refusal("packs.bomb")
        content = operations.inflate(content, member.size)
    hashed = _Hashed(content)
    if member.name == paths.OPERATIONS:
        count = sum(1 for _ in operations.parse(hashed))
        if count != said.operations:
            _altered(text("the journal"))
    else:
        deque(hashed, maxlen=0)
    if (hashed.sha256(), hashed.crc) != (sha256, member.crc):
        _altered(member.name)


class _Hashed:
    """Pieces that are hashed as they pass."""

    def __init__(self, content: Iterator[bytes]) -> None:
        self._content = content
        self._hash = hashlib.sha256()
        self.crc = 0

    def __iter__(self) -> Iterator[bytes]:
        """The same pieces."""
        for piece in self._content:
            self._hash.update(piece)
            self.crc = zlib.crc32(piece, self.crc)
            yield piece

    def sha256(self) -> str:
        """Hash of what has passed."""
        return self._hash.hexdigest()


def _altered(where: str) -> Never:
    raise Refusal("packs.altered", where=where)
