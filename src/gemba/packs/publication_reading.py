"""Read a publication from a file or a folder: what its names may be, and no more than its lists say."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import IO, Protocol

from gemba.errors import GembaError, Refusal, Trouble
from gemba.packs.publication import LARGEST_METADATA, LARGEST_WORDS, TIMESTAMP, Target, is_name, root_name

_PIECE = 1 << 20


class Files(Protocol):
    """The files of a publication."""

    def has(self, name: str) -> bool:
        """True when there is such a file."""
        ...

    def open(self, name: str) -> IO[bytes]:
        """A file, open for reading."""
        ...


class Opened:
    """A publication whose files can be read. Nothing in it is believed yet.

    Args:
        name: of the file or folder, for sentences.
        files: what it consists of.
    """

    def __init__(self, name: str, files: Files) -> None:
        self.name = name
        self._files = files

    def has(self, name: str) -> bool:
        """True when there is a file of this name."""
        return is_name(name) and self._files.has(name)

    def read(self, name: str, largest: int) -> bytes:
        """The content of a file.

        Raises:
            Refusal: `packs.publication_incomplete` when it is not there or larger than `largest` bytes.
        """
        if not self.has(name):
            raise Refusal("packs.publication_incomplete", file=self.name, name=name)
        with self._reading(name), self._files.open(name) as file:
            data = file.read(largest + 1)
        if len(data) > largest:
            raise Refusal("packs.publication_incomplete", file=self.name, name=name)
        return data

    def content(self, target: Target) -> bytes:
        """The content of a target, which is what the list says.

        Raises:
            Refusal: `packs.publication_incomplete`.
        """
        data = self.read(target.path, min(target.size, LARGEST_WORDS))
        if len(data) != target.size or hashlib.sha256(data).hexdigest() != target.sha256:
            raise Refusal("packs.publication_incomplete", file=self.name, name=target.name)
        return data

    def check(self, target: Target) -> None:
        """Read a target through and compare it with the list.

        Raises:
            Refusal: `packs.publication_incomplete`.
        """
        self._through(target, None)

    def copy(self, target: Target, to: Path) -> None:
        """Copy a target to a file of its own, comparing it with the list on the way.

        Raises:
            Refusal: `packs.publication_incomplete`; then nothing is left there.
        """
        try:
            with to.open("wb") as out:
                self._through(target, out)
        except BaseException:
            to.unlink(missing_ok=True)
            raise

    def _through(self, target: Target, out: IO[bytes] | None) -> None:
        if not self.has(target.path):
            raise Refusal("packs.publication_incomplete", file=self.name, name=target.name)
        digest, left = hashlib.sha256(), target.size
        with self._reading(target.name), self._files.open(target.path) as file:
            while left >= 0 and (piece := file.read(_PIECE)):
                left -= len(piece)
                digest.update(piece)
                if out is not None:
                    out.write(piece)
        if left != 0 or digest.hexdigest() != target.sha256:
            raise Refusal("packs.publication_incomplete", file=self.name, name=target.name)

    @contextmanager
    def _reading(self, name: str) -> Iterator[None]:
        try:
            yield
        except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError) as error:
            raise Refusal("packs.publication_incomplete", file=self.name, name=name) from error


@contextmanager
def open_publication(path: Path) -> Iterator[Opened]:
    """Open a publication, be it a file or a folder.

    Raises:
        Refusal: `packs.not_a_publication`.
        Trouble: `packs.cannot_read`.
    """
    if path.is_dir():
        if not (path / TIMESTAMP).is_file():
            raise Refusal("packs.not_a_publication", file=path.name)
        yield Opened(path.name, _Folder(path))
        return
    if path.exists() and not path.is_file():  # a device has no end at which a zip's list would stand
        raise Refusal("packs.not_a_publication", file=path.name)
    try:
        zipped = zipfile.ZipFile(path)
    except OSError as error:
        raise Trouble("packs.cannot_read", file=str(path), reason=error.strerror or str(error)) from error
    except (zipfile.BadZipFile, ValueError, NotImplementedError, RuntimeError) as error:
        raise Refusal("packs.not_a_publication", file=path.name) from error
    with zipped:
        _check_zip(zipped, path)
        yield Opened(path.name, _Zip(zipped))


def looks_like_one(path: Path) -> bool:
    """True when a file or folder has the shape of a publication."""
    if path.is_dir():
        return (path / TIMESTAMP).is_file()
    try:
        return path.is_file() and zipfile.is_zipfile(path) and zipfile.Path(path, TIMESTAMP).exists()
    except (OSError, zipfile.BadZipFile, ValueError, NotImplementedError):
        return False


def said_number(path: Path) -> tuple[int, int]:
    """How new a publication says it is, before anything of it is believed: how many roots it has, and its number.

    Zeros when it does not say it.
    """
    try:
        with open_publication(path) as opened:
            said = json.loads(opened.read(TIMESTAMP, LARGEST_METADATA))
            number = said["signed"]["version"]
            root = next(at for at in count(1) if not opened.has(root_name(at))) - 1
    except (GembaError, ValueError, KeyError, TypeError, RecursionError):
        return 0, 0
    return (root, number) if isinstance(number, int) else (0, 0)


class _Folder:
    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def has(self, name: str) -> bool:
        return (self._folder / name).is_file()

    def open(self, name: str) -> IO[bytes]:
        try:
            return (self._folder / name).open("rb")
        except OSError as error:
            raise Trouble("packs.cannot_read", file=name, reason=error.strerror or str(error)) from error


class _Zip:
    def __init__(self, zipped: zipfile.ZipFile) -> None:
        self._zipped = zipped
        self._names = set(zipped.namelist())

    def has(self, name: str) -> bool:
        return name in self._names

    def open(self, name: str) -> IO[bytes]:
        return self._zipped.open(name)


def _check_zip(zipped: zipfile.ZipFile, path: Path) -> None:
    """Refuse a zip with other names, with anything packed or twice, or that claims more than is there."""
    members = zipped.infolist()
    good = (
        all(is_name(one.filename) and one.compress_type == zipfile.ZIP_STORED for one in members)
        and all(one.file_size == one.compress_size and not one.flag_bits & 1 for one in members)
        and len({one.filename for one in members}) == len(members)
        and sum(one.file_size for one in members) <= path.stat().st_size
        and TIMESTAMP in zipped.namelist()
    )
    if not good:
        raise Refusal("packs.not_a_publication", file=path.name)
