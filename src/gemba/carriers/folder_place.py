"""A folder or stick as a place."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from pathlib import Path
from urllib.parse import unquote, urlsplit
from urllib.request import url2pathname

from gemba.carriers.address import Address
from gemba.carriers.folder import settle_names
from gemba.carriers.place import Place


class FolderPlace(Place):
    """A folder: what is laid there lies on the medium when it has its name."""

    reads_back = True

    def free_room(self) -> int | None:
        """Bytes that are free on the medium."""
        with self.told():
            return shutil.disk_usage(self.root).free

    def _write(self, path: str, data: bytes) -> None:
        with Path(path).open("wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())

    def _read(self, path: str, limit: int) -> bytes:
        """What lies on the medium, not what the system still remembers of it where that can be told."""
        with Path(path).open("rb") as opened:
            if hasattr(os, "posix_fadvise"):
                os.posix_fadvise(opened.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
            return opened.read(limit)

    def _replace(self, path: str, new: str) -> None:
        Path(path).replace(new)
        settle_names(Path(new).parent)

    def _make_folder(self, path: str) -> None:
        with suppress(FileExistsError):
            Path(path).mkdir()
            settle_names(Path(path).parent)


def open_folder(address: Address) -> FolderPlace:
    """Open a folder, by its path or as `file://`."""
    from fsspec.implementations.local import LocalFileSystem

    path = address.path
    if address.url.startswith("file:"):
        path = url2pathname(unquote(urlsplit(address.url).path))
    root = Path(path).expanduser().absolute().as_posix()
    return FolderPlace(LocalFileSystem(skip_instance_cache=True), root, address)
