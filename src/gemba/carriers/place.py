"""A place that files can be laid into: a folder, a share, a server. One thin class over `fsspec`, one child a sort.

All paths are relative to the place, with `/`. What is laid there has its name only when all its bytes have arrived.
"""

from __future__ import annotations

import secrets
from collections.abc import Generator, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import msgspec

from gemba.carriers import troubles
from gemba.carriers.address import Address, Sort, parse
from gemba.errors import GembaError, Refusal, Trouble

TMP = ".tmp"
"""How a name ends whose bytes have not all arrived."""


PIECE = 1 << 20
"""Bytes that are read or written at once."""


class Entry(msgspec.Struct, frozen=True):
    """What lies in a folder of a place."""

    name: str
    size: int
    """Bytes; 0 for a folder."""
    is_folder: bool


class Place:
    """Somewhere to lay files.

    Args:
        files: the file system of `fsspec`.
        root: what the place is in it.
        address: as it was written.
    """

    reads_back = False
    """Whether what was laid there is worth reading back: a stick fails silently, a line has checksums."""
    has_folders = True
    """False where a folder is no more than the beginning of a name."""

    def __init__(self, files: Any, root: str, address: Address) -> None:
        self.files = files
        self.root = root
        self.address = address
        self._known: set[str] = set()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self.close()

    def check(self) -> None:
        """Find out whether the place itself is there.

        Raises:
            Trouble: `carriers.gone`, or why it cannot be reached.
        """
        with self.told():
            if not self._is_folder(self.root):
                raise Trouble("carriers.gone", folder=self.address.url)

    def list(self, folder: str = "") -> list[Entry]:
        """What lies in a folder, by name; nothing when there is no such folder."""
        try:
            with self.told():
                return sorted(self._list(self.full(folder)), key=lambda entry: entry.name)
        except Trouble as trouble:
            if trouble.code == "carriers.gone":
                return []
            raise

    def size(self, path: str) -> int | None:
        """Bytes of a file; `None` when it is not there."""
        folder, _, name = path.rpartition("/")
        return next((entry.size for entry in self.list(folder) if entry.name == name and not entry.is_folder), None)

    def put(self, path: str, data: bytes) -> None:
        """Lay a file there, in place of one of that name; it has its name only when all of it has arrived.

        Raises:
            Trouble: the place is gone, full or read-only, or the line was cut.
        """
        folder, _, name = path.rpartition("/")
        part = f"{folder}/{name}.{secrets.token_hex(4)}{TMP}".lstrip("/")
        with self.told():
            self._make_folders(folder)
            try:
                self._write(self.full(part), data)
                self._replace(self.full(part), self.full(path))
            except FileNotFoundError:
                self._known.clear()  # somebody took the folder away
                raise
            except Exception as error:
                if self.explain(error).code not in troubles.LINE:  # nobody would hear it; the next push takes it away
                    with suppress(Exception):
                        self._remove(self.full(part))
                raise

    def read(self, path: str, limit: int) -> bytes:
        """The bytes of a file.

        Raises:
            Trouble: `carriers.too_large` when there are more than `limit`, `carriers.gone` when it is not there.
        """
        data = bytearray()
        with self.told(), closing(self._pieces(self.full(path))) as pieces:
            for piece in pieces:
                data += piece
                if len(data) > limit:
                    break
        if len(data) > limit:
            raise Trouble("carriers.too_large", file=path, folder=self.address.url)
        return bytes(data)

    def fetch(self, path: str, target: Path) -> int:
        """Bring a file of any size here; it has its name only when all of it has come. Gives its bytes.

        Raises:
            Trouble: it is not there, the line was cut, or the file cannot be written here.
        """
        part = target.with_name(f"{target.name}.{secrets.token_hex(4)}.part")
        size = 0
        try:
            with part.open("wb") as out, self.told():
                for piece in self._pieces(self.full(path)):
                    size += out.write(piece)
            part.replace(target)
        except OSError as error:
            raise Trouble("carriers.failed", folder=str(target.parent), reason=troubles.reason(error)) from error
        finally:
            part.unlink(missing_ok=True)
        return size

    def rename(self, path: str, new: str) -> None:
        """Give a file another name, in place of one that has it."""
        with self.told():
            self._replace(self.full(path), self.full(new))

    def remove(self, path: str) -> None:
        """Take a file away; one that is not there is no trouble."""
        try:
            with self.told():
                self._remove(self.full(path))
        except Trouble as trouble:
            if trouble.code != "carriers.gone":
                raise

    def remove_folder(self, path: str) -> None:
        """Take an empty folder away; one that is not there, or that is not empty, is no trouble."""
        self._known.clear()
        if self.has_folders:
            with suppress(Exception):
                self.files.rmdir(self.full(path))

    def free_room(self) -> int | None:
        """Bytes that are free, where that is known."""
        return None

    def close(self) -> None:
        """Let go of the line."""

    def full(self, path: str) -> str:
        """A path as the file system knows it."""
        return f"{self.root.rstrip('/')}/{path}" if path else self.root

    @contextmanager
    def told(self) -> Iterator[None]:
        """Turn whatever a library raises into what a person can act on."""
        try:
            yield
        except GembaError:
            raise
        except Exception as error:
            raise self.explain(error) from error

    def explain(self, error: Exception) -> GembaError:
        """What a failure means here."""
        return troubles.explain(error, self.address)

    def _make_folders(self, folder: str) -> None:
        """Make the folders below the place, never the place itself: a stick that is not there is no folder to make."""
        if not self.has_folders:
            return
        parts = folder.split("/") if folder else []
        for count in range(1, len(parts) + 1):
            path = "/".join(parts[:count])
            if path not in self._known:
                self._make_folder(self.full(path))
                self._known.add(path)

    def _make_folder(self, path: str) -> None:
        with suppress(FileExistsError):
            self.files.mkdir(path, create_parents=False)

    def _is_folder(self, path: str) -> bool:
        try:
            return bool(self.files.info(path)["type"] == "directory")
        except FileNotFoundError:
            return False

    def _list(self, path: str) -> Iterator[Entry]:
        for info in self.files.ls(path, detail=True):
            name = str(info["name"]).rstrip("/").rsplit("/", 1)[-1]
            yield Entry(name, int(info.get("size") or 0), info["type"] == "directory")

    def _write(self, path: str, data: bytes) -> None:
        self.files.pipe_file(path, data)

    def _pieces(self, path: str) -> Generator[bytes]:
        """The bytes of a file, piece by piece."""
        with self.files.open(path, "rb") as opened:
            while piece := opened.read(PIECE):
                yield piece

    def _replace(self, path: str, new: str) -> None:
        self.files.mv(path, new)

    def _remove(self, path: str) -> None:
        self.files.rm_file(path)


def open_place(url: str, options: Mapping[str, Any] | None = None, secret: str | None = None) -> Place:
    """Open a place by its URL.

    Args:
        url: a path, or `sftp://`, `webdav(s)://`, `smb://`, `s3://`.
        options: what the sort of place takes besides (docs/handbook/carriers.md).
        secret: password, passphrase of a key file, or secret access key; never kept here.

    Raises:
        Refusal: the URL is none, or the library for it is not installed (`carriers.extra_missing`).
        Trouble: it cannot be reached, or lets nobody in with this password.
    """
    address = parse(url)
    given = dict(options or {})
    match address.sort:
        case Sort.FOLDER:
            from gemba.carriers.folder_place import open_folder

            return open_folder(address, given)
        case Sort.SFTP:
            from gemba.carriers.sftp_place import open_sftp

            return open_sftp(address, given, secret)
        case Sort.WEBDAV:
            from gemba.carriers.webdav_place import open_webdav

            return open_webdav(address, given, secret)
        case Sort.SMB:
            from gemba.carriers.smb_place import open_smb

            return open_smb(address, given, secret)
        case Sort.S3:
            from gemba.carriers.s3_place import open_s3

            return open_s3(address, given, secret)
        case Sort.OPENROSA:
            raise Refusal("carriers.no_place", url=url)
