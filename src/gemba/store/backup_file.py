"""The backup file: a zip of files that are encrypted already, nothing compressed, with a list of their hashes.

Backups that are made by the clock share one folder `kept` beside them: it holds each file that never changes once,
and each backup lists those that belong to it.
"""

from __future__ import annotations

import hashlib
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

import msgspec

from gemba.durable import sync, written
from gemba.errors import Trouble

Progress = Callable[[int, int], object]
"""Told how many of how many bytes are written; what it raises calls the work off."""
BESIDE = "kept"

_LIST = "backup.json"
_LASTING = (
    r"evidence/[0-9a-f]{2}/[0-9a-f]{64}\.age|previews/[0-9a-f]{2}/[0-9a-f]{64}-\d{1,5}\.age|outbox/[0-9a-f]{64}\.gemba"
)
_NAMES = re.compile(rf"gemba\.db|keys\.json|headquarters\.json|{_LASTING}|drafts/[a-z]+-[0-9a-f-]{{36}}\.age")
"""All that a backup may hold; nothing else is ever written by a restore."""
_CHUNK = 2**20


class Listed(msgspec.Struct, frozen=True):
    """One file of a backup."""

    size: int
    sha256: str


class Contents(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a backup says that it holds."""

    v: int
    files: dict[str, Listed]
    beside: dict[str, Listed] = {}
    """Files of this backup that lie in the folder `kept` beside it."""


def write(
    target: Path,
    files: Iterable[tuple[str, Path]],
    beside: Iterable[tuple[str, Path]] = (),
    progress: Progress | None = None,
) -> None:
    """Write a backup durably, read it again, and only then give it its name.

    Args:
        target: the backup.
        files: name and source of what is put into it.
        beside: name and source of what is put into `kept`, where it is not there yet.
        progress: see `Progress`.

    Raises:
        Trouble: `store.not_a_backup` when what was written does not read back.
    """
    files, beside = list(files), list(beside)
    tell = _Telling(progress, sum(file.stat().st_size for _, file in [*files, *beside]))
    known = _known_beside(target.parent) if beside else {}
    lasting = {name: _keep_beside(target.parent / BESIDE / name, file, known.get(name), tell) for name, file in beside}
    listed: dict[str, Listed] = {}
    with written(target) as out:
        with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED, allowZip64=True) as archive:
            for name, file in files:
                with file.open("rb") as source, archive.open(_entry(name), "w", force_zip64=True) as into:
                    listed[name] = _pass_on(source, into.write, tell)
            archive.writestr(_entry(_LIST), msgspec.json.encode(Contents(v=1, files=listed, beside=lasting)))
        sync(out)
        _read(Path(out.name), None, target.parent, proved=lasting)


def read(file: Path, folder: Path | None = None) -> Contents:
    """Check a backup whole, with what lies beside it; with a folder, write its files there on the way.

    Raises:
        Trouble: `store.not_a_backup`.
    """
    return _read(file, folder, file.parent)


def contents(file: Path) -> Contents:
    """What a backup lists, without a look at anything else in it.

    Raises:
        Trouble: `store.not_a_backup`.
    """
    with _told(file), zipfile.ZipFile(file) as archive:
        return _contents(archive, file.stat().st_size)


class _Unsound(Exception):
    """Something about a backup is not as it should be."""


class _Telling:
    """Adds up what was done."""

    def __init__(self, progress: Progress | None, whole: int) -> None:
        self._progress, self._whole, self._done = progress, whole, 0

    def __call__(self, more: int) -> None:
        self._done += more
        if self._progress is not None:
            self._progress(min(self._done, self._whole), self._whole)


@contextmanager
def _told(file: Path) -> Iterator[None]:
    """Whatever a file that is no backup makes go wrong is told as one thing."""
    try:
        yield
    except _Unsound as error:
        raise Trouble("store.not_a_backup", file=str(file), why=str(error)) from error
    except (zipfile.BadZipFile, msgspec.MsgspecError, KeyError, EOFError, NotImplementedError) as error:
        raise Trouble("store.not_a_backup", file=str(file), why="it does not read as one") from error


def _read(file: Path, folder: Path | None, where: Path, proved: dict[str, Listed] | None = None) -> Contents:
    with _told(file), zipfile.ZipFile(file) as archive:
        found = _contents(archive, file.stat().st_size)
        for name, listed in found.files.items():
            with archive.open(name) as source:
                _demand(_copy(source, folder / name if folder else None) == listed, f"{name} is damaged")
        for name, listed in found.beside.items():
            if proved is None:
                _demand((where / BESIDE / name).is_file(), f"{BESIDE}/{name} is missing beside it")
                with (where / BESIDE / name).open("rb") as source:
                    there = _copy(source, folder / name if folder else None)
                _demand(there == listed, f"{BESIDE}/{name} is damaged")
        return found


def _demand(holds: bool, why: str) -> None:  # noqa: FBT001 - reads as a sentence
    if not holds:
        raise _Unsound(why)


def _contents(archive: zipfile.ZipFile, size: int) -> Contents:
    entries = archive.infolist()
    _demand(all(entry.compress_type == zipfile.ZIP_STORED for entry in entries), "an entry is compressed")
    _demand(sum(entry.file_size for entry in entries) <= size, "its entries overlap")
    found = msgspec.json.decode(archive.read(_LIST), type=Contents)
    names = [entry.filename for entry in entries if entry.filename != _LIST]
    _demand(sorted(names) == sorted(found.files), "files are missing from it or too many")
    _demand(all(_NAMES.fullmatch(name) for name in names), "it holds a file that no backup has")
    _demand(all(re.fullmatch(_LASTING, name) for name in found.beside), "it names a file that no backup has")
    _demand({"gemba.db", "keys.json"} <= set(names), "database or keys are missing")
    return found


def _entry(name: str) -> zipfile.ZipInfo:
    """An entry without a time: the laptop's clock may show a year that no zip can tell."""
    return zipfile.ZipInfo(name)


def _known_beside(folder: Path) -> dict[str, Listed]:
    """What earlier backups in a folder say of the files that lie beside them; the first to name a file is right."""
    known: dict[str, Listed] = {}
    for file in sorted(folder.glob("*.backup")):
        with suppress(Trouble, OSError):
            known = {**contents(file).beside, **known}
    return known


def _keep_beside(target: Path, file: Path, known: Listed | None, tell: _Telling) -> Listed:
    """Put a file that never changes where it belongs, unless it is there and is what it was: then it stays.

    Args:
        target: its place in `kept`.
        file: its source, which may be damaged since.
        known: what an earlier backup says of it.
        tell: is told how many bytes were read.
    """
    if target.is_file():
        there = _hashed(target, tell)
        if there == known or (known is None and there == _hashed(file)):
            return there
    target.parent.mkdir(parents=True, exist_ok=True)
    with file.open("rb") as source, written(target) as out:
        return _pass_on(source, out.write, tell)


def _hashed(file: Path, tell: Callable[[int], object] = lambda _: None) -> Listed:
    with file.open("rb") as there:
        return _pass_on(there, lambda _: None, tell)


def _copy(source: IO[bytes], target: Path | None) -> Listed:
    if target is None:
        return _pass_on(source, lambda _: None)
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("wb") as out:
        listed = _pass_on(source, out.write)
        sync(out)
    return listed


def _pass_on(
    source: IO[bytes], take: Callable[[bytes], object], tell: Callable[[int], object] = lambda _: None
) -> Listed:
    """Hand bytes on piece by piece, and say what they were."""
    digest, size = hashlib.sha256(), 0
    for chunk in _chunks(source):
        take(chunk)
        digest.update(chunk)
        size += len(chunk)
        tell(len(chunk))
    return Listed(size, digest.hexdigest())


def _chunks(source: IO[bytes]) -> Iterator[bytes]:
    while chunk := source.read(_CHUNK):
        yield chunk
