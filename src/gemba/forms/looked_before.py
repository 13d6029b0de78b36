"""Workbooks that were looked through before, so that a form that takes half a minute takes it once.

What was found is kept in a folder outside the store, because a bare look at a workbook opens none. The store is
encrypted at rest, so nothing readable may lie there either: each entry is sealed with a key that is made of the
workbook itself. Whoever holds the workbook learns from the entry what the workbook says; whoever does not, learns
nothing but its size and its day. No secret has to be kept, and none can be lost.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Mapping
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from tempfile import NamedTemporaryFile

import msgspec

from gemba import wording
from gemba.forms.inspecting import Inspection, inspect

Inspecting = Callable[[bytes, str, Mapping[str, bytes], Callable[[str], object]], Inspection]
WORTH = 0.3
"""Seconds; what was found sooner is found again as soon."""
MOST_BYTES = 64_000_000
"""All entries together; the oldest go."""
_NONCE = bytes(12)
"""A key seals one text only, so it needs no other."""


def remembering(folder: Path, inspecting: Inspecting = inspect, *, worth: float = WORTH) -> Inspecting:
    """As `inspecting`, but what is in `folder` is taken from there, and what took long is put there.

    An entry that is damaged, and a folder that cannot be written, are as none. What was called off is not kept.

    Args:
        folder: where the entries are; made when it is needed.
        inspecting: looks a workbook through.
        worth: seconds from which on it is worth keeping.
    """

    def look(
        source: bytes, name: str, files: Mapping[str, bytes], stage: Callable[[str], object] = lambda _words: None
    ) -> Inspection:
        entry, key = _entry(folder, source, name, files)
        found = _read(entry, key)
        if found is None:
            begun = time.perf_counter()
            found = inspecting(source, name, files, stage)
            if time.perf_counter() - begun >= worth:
                _keep(entry, key, found)
        return found

    return look


def _entry(folder: Path, source: bytes, name: str, files: Mapping[str, bytes]) -> tuple[Path, bytes]:
    """The file of an entry, and the key that opens it: both are made of all that what is found depends on."""
    parts = [source, name.encode(), wording.language().encode(), _makers().encode()]
    parts += [part for beside in sorted(files) for part in (beside.encode(), files[beside])]
    whole = b"".join(hashlib.sha256(part).digest() for part in parts)
    return folder / f"{hashlib.sha256(b'file' + whole).hexdigest()}.looked", hashlib.sha256(b"key" + whole).digest()


@cache
def _makers() -> str:
    """What makes forms of workbooks, by version; where our own code lies open, its newest change counts too."""
    newest = max((file.stat().st_mtime_ns for file in Path(__file__).parent.rglob("*.py")), default=0)
    return f"{_version('pyxform')} {_version('gemba')} {newest}"


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def _read(entry: Path, key: bytes) -> Inspection | None:
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    try:
        opened = ChaCha20Poly1305(key).decrypt(_NONCE, entry.read_bytes(), None)
        found = msgspec.msgpack.decode(opened, type=Inspection)
        entry.touch()
    except (OSError, InvalidTag, ValueError, msgspec.MsgspecError):
        return None
    return found


def _keep(entry: Path, key: bytes, found: Inspection) -> None:
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    sealed = ChaCha20Poly1305(key).encrypt(_NONCE, msgspec.msgpack.encode(found), None)
    if len(sealed) > MOST_BYTES // 4:
        return
    try:
        entry.parent.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=entry.parent, suffix=".new", delete=False) as made:
            made.write(sealed)
        Path(made.name).replace(entry)
        _make_room(entry.parent)
    except OSError:
        return  # a full disk or a folder that is read only: the form is there all the same


def _make_room(folder: Path) -> None:
    """Take the oldest entries out, and what a program that was killed left half written."""
    files = sorted(((each.stat(), each) for each in folder.iterdir()), key=lambda each: -each[0].st_mtime_ns)
    room = MOST_BYTES
    for facts, file in files:
        room -= facts.st_size
        if room < 0 or (file.suffix == ".new" and time.time() - facts.st_mtime > 3_600):
            file.unlink(missing_ok=True)
