"""Kept bytes: photos, workbooks and documents, by their SHA-256, encrypted to the store's own identity."""

from __future__ import annotations

import hashlib
import io
import re
import secrets
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

from gemba.durable import sync
from gemba.errors import Trouble
from gemba.store.device import Device
from gemba.store.evidence_places import EvidencePlace, FolderPlace
from gemba.store.evidence_stream import EvidenceStream
from gemba.store.troubles import world
from gemba.store.whose_file import nameless

_HASH = re.compile("[0-9a-f]{64}")

_SMALL = 8 * 2**20
"""Bytes that are read at once."""
_CHUNK = 2**18


UNTOLD = frozenset({"store.evidence_unreadable", "store.evidence_unreachable", "store.evidence_host_unknown"})
"""Troubles on the way to a file, which say nothing of the file itself."""

_CODE, _PIECE = 16, 65536
"""Bytes of an age file's code and of a piece of content."""
_LONGEST_LINE = 4096


class _Hashing:
    """A reader that hashes what passes through it."""

    def __init__(self, source: BinaryIO) -> None:
        self._source = source
        self._hash = hashlib.sha256()
        self.size = 0

    def read(self, size: int = -1) -> bytes:
        data = self._source.read(size)
        self._hash.update(data)
        self.size += len(data)
        return data

    @property
    def sha256(self) -> str:
        return self._hash.hexdigest()


class EvidenceFiles:
    """The evidence of one store, one encrypted file for each content.

    Args:
        folder: of the store.
        device: whose identity opens the files.
        place: where they lie; the store's folder if that is not said.
        whose: tells by its SHA-256 in words what a file is and which record it belongs to, for failures.
    """

    def __init__(
        self,
        folder: Path,
        device: Device,
        place: EvidencePlace | None = None,
        whose: Callable[[str], str] = nameless,
    ) -> None:
        self._folder = folder
        self._device = device
        self._whose = whose
        self._place = place or FolderPlace(folder / "evidence")
        self._previews = FolderPlace(folder / "previews")

    def keep(self, data: bytes | Path) -> tuple[str, int]:
        """Keep bytes, or a copy of a file; the same content twice is one file.

        Returns:
            SHA-256 (64 hexadecimal digits) and size in bytes of the content.

        Raises:
            Trouble: the disk is full or cannot be written; then nothing is left behind.
        """
        with world(self._folder):
            if isinstance(data, bytes):
                return self._keep(io.BytesIO(data))
            with data.open("rb") as source:
                return self._keep(source)

    def read(self, sha256: str) -> bytes:
        """The content.

        Raises:
            Trouble: `store.evidence_missing`, `store.evidence_damaged`, `store.evidence_unreadable`,
                `store.evidence_unreachable`.
        """
        name = _name(sha256)
        try:
            content = self._decrypted(self._place, name)
        except FileNotFoundError:
            raise self._missing(sha256) from None
        except _DamagedError as error:
            raise self.damaged(sha256) from error
        except OSError as error:
            raise self._unreadable(sha256, error) from error
        if hashlib.sha256(content).hexdigest() != sha256:
            raise self.damaged(sha256)
        return content

    def open(self, sha256: str) -> BinaryIO:
        """The content as a stream; it never touches the disk unencrypted.

        A large file comes piece by piece. That it is whole is known when the stream has ended without a trouble.

        Raises:
            Trouble: `store.evidence_missing`; `store.evidence_damaged` and others of `read`, now or while reading.
        """
        name = _name(sha256)
        if not self._place.has(name) or self._place.size(name) <= _SMALL:
            return io.BytesIO(self.read(sha256))
        try:
            sealed = self._place.open(name)
        except OSError as error:
            raise self._unreadable(sha256, error) from error
        told = partial(self.damaged, sha256)
        return io.BufferedReader(EvidenceStream(sealed, self._device.identity, sha256, told), _CHUNK)

    def has(self, sha256: str) -> bool:
        """True when there is a file for this content."""
        return bool(_HASH.fullmatch(sha256)) and self._place.has(_name(sha256))

    def size(self, sha256: str) -> int:
        """Bytes of the content, told from the shape of the encrypted file alone.

        An age v1 file is a header that ends with its code, 16 bytes, then pieces of 64 KiB with 16 bytes of code each.

        Raises:
            Trouble: `store.evidence_missing`, `store.evidence_damaged`.
        """
        name = _name(sha256)
        try:
            with self._place.open(name) as sealed:
                while not (line := sealed.readline(_LONGEST_LINE)).startswith(b"--- "):
                    if not line:
                        raise self.damaged(sha256)
                body = self._place.size(name) - sealed.tell() - _CODE
        except FileNotFoundError:
            raise self._missing(sha256) from None
        except OSError as error:
            raise self._unreadable(sha256, error) from error
        return body - _CODE * -(-body // (_PIECE + _CODE))

    def forget(self, sha256: str) -> None:
        """Take a content away, with its small pictures; nothing when there is none.

        Raises:
            Trouble: it cannot be deleted.
        """
        with world(self._folder):
            self._place.remove(_name(sha256))
            for name in self._previews.names_of(sha256):
                self._previews.remove(name)

    def verify(self, sha256: str) -> bool:
        """True when the content is there, decrypts and has its hash.

        Raises:
            Trouble: `store.evidence_unreadable`, `store.evidence_unreachable`: nobody can say.
        """
        try:
            self.read(sha256)
        except Trouble as trouble:
            if trouble.code in UNTOLD:
                raise
            return False
        return True

    def all(self) -> Iterator[str]:
        """The SHA-256 of everything that is kept."""
        for name in self._place.names():
            yield name.rpartition("/")[2].removesuffix(".age")

    def preview(self, sha256: str, size: int) -> bytes | None:
        """A small upright picture of a photo, `size` pixels on its longer side; `None` when none was made."""
        try:
            return self._decrypted(self._previews, _name(sha256, f"-{size}"))
        except (Trouble, OSError, _DamagedError):
            return None  # there is none, or it is damaged: it can be made again from the photo

    def keep_preview(self, sha256: str, size: int, jpeg: bytes) -> None:
        """Keep a small picture of a photo."""
        with world(self._folder):
            self._write(io.BytesIO(jpeg), self._previews, lambda: _name(sha256, f"-{size}"))

    def _keep(self, source: BinaryIO) -> tuple[str, int]:
        hashing = _Hashing(source)
        self._write(hashing, self._place, lambda: _name(hashing.sha256))
        return hashing.sha256, hashing.size

    def _write(self, source: Any, place: EvidencePlace, name: Callable[[], str]) -> None:
        """Encrypt to a temporary file, make it durable, then give it its name."""
        from pyrage import EncryptError, encrypt_io, x25519

        part = self._folder / "evidence" / f".{secrets.token_hex(8)}.part"
        part.parent.mkdir(exist_ok=True)
        try:
            with part.open("wb") as out:
                remembering = _Remembering(source), _Remembering(out)
                try:
                    encrypt_io(*remembering, [x25519.Recipient.from_str(self._device.recipient)])
                except EncryptError as error:
                    met = next((one.error for one in remembering if one.error is not None), None)
                    if met is None:
                        raise
                    raise met from error
                sync(out)
            place.put(part, name())
        finally:
            part.unlink(missing_ok=True)

    def damaged(self, sha256: str) -> Trouble:
        """The trouble that a content is not what it was, in words that name its record."""
        return Trouble("store.evidence_damaged", sha256=sha256, what=self._whose(sha256))

    def _missing(self, sha256: str) -> Trouble:
        return Trouble("store.evidence_missing", sha256=sha256, what=self._whose(sha256))

    def _unreadable(self, sha256: str, error: OSError) -> Trouble:
        said = error.strerror or type(error).__name__
        return Trouble("store.evidence_unreadable", sha256=sha256, what=self._whose(sha256), said=said)

    def _decrypted(self, place: EvidencePlace, name: str) -> bytes:
        from pyrage import DecryptError, decrypt, x25519

        with place.open(name) as file:
            sealed = file.read()
        try:
            content: bytes = decrypt(sealed, [x25519.Identity.from_str(self._device.identity)])
        except DecryptError as error:
            raise _DamagedError from error
        return content


class _DamagedError(Exception):
    """A file does not open: it is not what was written."""


class _Remembering:
    """A file, and what went wrong with it: pyrage tells a full disk in words of its own only."""

    def __init__(self, file: Any) -> None:
        self._file = file
        self.error: OSError | None = None

    def read(self, size: int = -1) -> bytes:
        """As the file does."""
        return self._done(self._file.read, size)  # type: ignore[no-any-return]

    def write(self, data: bytes) -> int:
        """As the file does."""
        return self._done(self._file.write, data)  # type: ignore[no-any-return]

    def flush(self) -> None:
        """As the file does."""
        self._done(self._file.flush)

    def _done(self, deed: Callable[..., Any], *args: Any) -> Any:
        try:
            return deed(*args)
        except OSError as error:
            self.error = error
            raise


def _name(sha256: str, more: str = "") -> str:
    """What the file of a content is called; a name that came from elsewhere and is no hash leads nowhere."""
    if not _HASH.fullmatch(sha256):
        raise Trouble("store.evidence_missing", sha256=sha256, what=nameless(sha256))
    return f"{sha256[:2]}/{sha256}{more}.age"
