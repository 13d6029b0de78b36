"""A folder or stick as a place."""

from __future__ import annotations

import os
import shutil
from collections.abc import Generator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from gemba.carriers.address import Address, folder_of
from gemba.carriers.folder import settle_names
from gemba.carriers.place import PIECE, Place
from gemba.carriers.reaching import is_mounted
from gemba.errors import Trouble

MOUNT = "mount"
"""Option: where the medium was mounted when the carrier was added."""


class FolderPlace(Place):
    """A folder: what is laid there lies on the medium when it has its name.

    Args:
        mount: where a medium must be mounted, so that no empty folder is taken for the stick; empty for none.
    """

    reads_back = True

    def __init__(self, files: Any, root: str, address: Address, *, mount: str = "") -> None:
        super().__init__(files, root, address)
        self._mount = mount

    def check(self) -> None:
        """Find out whether the folder is there, on the medium where it was.

        Raises:
            Trouble: `carriers.gone`.
        """
        super().check()
        if not is_mounted(self._mount):
            raise Trouble("carriers.gone", folder=self.address.url)

    def free_room(self) -> int | None:
        """Bytes that are free on the medium."""
        with self.told():
            return shutil.disk_usage(self.root).free

    def _write(self, path: str, data: bytes) -> None:
        with Path(path).open("wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())

    def _pieces(self, path: str) -> Generator[bytes]:
        """What lies on the medium, not what the system still remembers of it where that can be told."""
        with Path(path).open("rb") as opened:
            if hasattr(os, "posix_fadvise"):
                os.posix_fadvise(opened.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
            while piece := opened.read(PIECE):
                yield piece

    def _replace(self, path: str, new: str) -> None:
        Path(path).replace(new)
        settle_names(Path(new).parent)

    def _make_folder(self, path: str) -> None:
        if not is_mounted(self._mount):  # pulled out since the check: its empty folder is on our own disk
            raise FileNotFoundError(path)
        with suppress(FileExistsError):
            Path(path).mkdir()
            settle_names(Path(path).parent)


def open_folder(address: Address, options: Mapping[str, Any]) -> FolderPlace:
    """Open a folder, by its path or as `file://`. Option: `mount`."""
    from fsspec.implementations.local import LocalFileSystem

    root = folder_of(address).as_posix()
    files = LocalFileSystem(skip_instance_cache=True)
    return FolderPlace(files, root, address, mount=str(options.get(MOUNT) or ""))
