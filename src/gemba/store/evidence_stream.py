"""Large kept files, decrypted piece by piece: memory stays constant and nothing readable touches the disk."""

from __future__ import annotations

import hashlib
import io
import os
import threading
from collections.abc import Callable
from typing import BinaryIO

from gemba.errors import GembaError, Trouble


class EvidenceStream(io.RawIOBase):
    """The content of one kept file, to be read once from the beginning.

    age decrypts only into a writer, so that a thread writes into a pipe and this end reads. Every piece is
    authenticated before it comes out; that the file is whole and has its hash is known at its end.

    Args:
        source: the encrypted file; closed with this one.
        identity: the age identity that opens it.
        sha256: of the content.
        damaged: makes the trouble that it is not what it was.
    """

    def __init__(self, source: BinaryIO, identity: str, sha256: str, damaged: Callable[[], Trouble]) -> None:
        super().__init__()
        self._source = _Source(source)
        self._damaged = damaged
        self._sha256 = sha256
        self._hash = hashlib.sha256()
        self._end, into = os.pipe()
        self._failed = False
        self._thread = threading.Thread(target=self._decrypt, args=(into, identity), name="evidence", daemon=True)
        self._thread.start()

    def readable(self) -> bool:
        """True: it is for reading."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Read the next piece; at the end the whole has been verified.

        Raises:
            Trouble: `store.evidence_damaged`; `store.evidence_unreachable` when its place has gone away meanwhile.
        """
        data = os.read(self._end, len(buffer))
        if not data:
            self._thread.join()
            if self._source.met is not None:
                raise self._source.met
            if self._failed or self._hash.hexdigest() != self._sha256:
                raise self._damaged()
            return 0
        buffer[: len(data)] = data
        self._hash.update(data)
        return len(data)

    def close(self) -> None:
        """Stop, also in the middle."""
        if not self.closed:
            os.close(self._end)
            self._thread.join()
            self._source.close()
        super().close()

    def _decrypt(self, into: int, identity: str) -> None:
        from pyrage import decrypt_io, x25519

        try:
            with os.fdopen(into, "wb") as out:
                decrypt_io(self._source, out, [x25519.Identity.from_str(identity)])
        except Exception:  # noqa: BLE001 - a reader that went away and a damaged file both end here; the reader tells
            self._failed = True


class _Source:
    """The encrypted file, and why it could not be read to its end: age tells that in words of its own only."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.met: GembaError | OSError | None = None

    def read(self, size: int = -1) -> bytes:
        """As the file does."""
        try:
            return self._file.read(size)
        except (GembaError, OSError) as error:
            self.met = error
            raise

    def close(self) -> None:
        """As the file does."""
        self._file.close()
