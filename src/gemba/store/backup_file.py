"""The backup file: a zip of files that are encrypted already, nothing compressed, with a list of their hashes."""

from __future__ import annotations

import hashlib
import os
import re
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import IO

import msgspec

from gemba.errors import Trouble
from gemba.store.durable import give_name

_LIST = "backup.json"
_NAMES = re.compile(
    r"gemba\.db|keys\.json|evidence/[0-9a-f]{2}/[0-9a-f]{64}\.age|previews/[0-9a-f]{2}/[0-9a-f]{64}-\d{1,5}\.age"
    r"|outbox/[0-9a-f]{64}\.gemba|drafts/[a-z]+-[0-9a-f-]{36}\.age"
)
"""All that a backup may hold; nothing else is ever written by a restore."""
_CHUNK = 2**20


class Listed(msgspec.Struct, frozen=True):
    """One file of a backup."""

    size: int
    sha256: str


class Contents(msgspec.Struct, frozen=True):
    """What a backup says that it holds."""

    v: int
    files: dict[str, Listed]


def write(target: Path, files: Iterable[tuple[str, Path]]) -> None:
    """Write a backup durably, read it again, and only then give it its name.

    Raises:
        Trouble: `store.not_a_backup` when what was written does not read back.
    """
    part = target.with_name(target.name + ".part")
    try:
        listed: dict[str, Listed] = {}
        with part.open("wb") as out:
            with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED, allowZip64=True) as archive:
                for name, file in files:
                    listed[name] = _add(archive, name, file)
                archive.writestr(_LIST, msgspec.json.encode(Contents(v=1, files=listed)))
            out.flush()
            os.fsync(out.fileno())
        read(part)
        give_name(part, target)
    finally:
        part.unlink(missing_ok=True)


def read(file: Path, folder: Path | None = None) -> Contents:
    """Check a backup whole; with a folder, write its files there on the way.

    Raises:
        Trouble: `store.not_a_backup`.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            contents = _contents(archive, file.stat().st_size)
            for name, listed in contents.files.items():
                with archive.open(name) as source:
                    found = _copy(source, folder / name if folder else None)
                _demand(found == listed, f"{name} is damaged")
            return contents
    except (zipfile.BadZipFile, msgspec.DecodeError, KeyError, EOFError, NotImplementedError) as error:
        raise Trouble("store.not_a_backup", file=str(file), why="it does not read as one") from error
    except _Unsound as error:
        raise Trouble("store.not_a_backup", file=str(file), why=str(error)) from error


class _Unsound(Exception):
    """Something about a backup is not as it should be."""


def _demand(holds: bool, why: str) -> None:  # noqa: FBT001 - reads as a sentence
    if not holds:
        raise _Unsound(why)


def _contents(archive: zipfile.ZipFile, size: int) -> Contents:
    entries = archive.infolist()
    _demand(all(entry.compress_type == zipfile.ZIP_STORED for entry in entries), "an entry is compressed")
    _demand(sum(entry.file_size for entry in entries) <= size, "its entries overlap")
    contents = msgspec.json.decode(archive.read(_LIST), type=Contents)
    names = [entry.filename for entry in entries if entry.filename != _LIST]
    _demand(sorted(names) == sorted(contents.files), "files are missing from it or too many")
    _demand(all(_NAMES.fullmatch(name) for name in names), "it holds a file that no backup has")
    _demand({"gemba.db", "keys.json"} <= set(names), "database or keys are missing")
    return contents


def _add(archive: zipfile.ZipFile, name: str, file: Path) -> Listed:
    with file.open("rb") as source, archive.open(zipfile.ZipInfo(name), "w", force_zip64=True) as out:
        return _pass_on(source, out.write)


def _copy(source: IO[bytes], target: Path | None) -> Listed:
    if target is None:
        return _pass_on(source, lambda _: None)
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("wb") as out:
        listed = _pass_on(source, out.write)
        out.flush()
        os.fsync(out.fileno())
    return listed


def _pass_on(source: IO[bytes], take: Callable[[bytes], object]) -> Listed:
    """Hand bytes on piece by piece, and say what they were."""
    digest, size = hashlib.sha256(), 0
    while chunk := source.read(_CHUNK):
        take(chunk)
        digest.update(chunk)
        size += len(chunk)
    return Listed(size, digest.hexdigest())
