"""A disk as it may look after the power went off: made from a record of what a program did to it.

What was synced is there. Of what was not, any part may be: each write in pieces of 512 bytes, whatever came later;
names in the order in which each folder got them, up to any of them.
"""

from __future__ import annotations

import random
import struct
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

SECTOR = 512
_HEAD = struct.Struct("<cHHQQ")


def build_recorder(folder: Path) -> Path:
    """Compile the recorder; gives the library to be loaded first."""
    library = folder / "recorder.so"
    source = Path(__file__).with_name("recorder.c")
    made = ["gcc", "-shared", "-fPIC", "-O1", "-o", library, source, "-ldl", "-lpthread"]
    subprocess.run(made, check=True)
    return library


@dataclass(frozen=True)
class Event:
    """One thing that was done: see `recorder.c` for the kinds."""

    kind: str
    path: str
    second: str = ""
    offset: int = 0
    data: bytes = b""


def read_log(file: Path) -> Iterator[Event]:
    """What was recorded, in order; the last entry may be cut short, as its writer was killed."""
    data = file.read_bytes()
    at = 0
    while at + _HEAD.size <= len(data):
        kind, one, two, offset, size = _HEAD.unpack_from(data, at)
        at += _HEAD.size
        path = data[at : at + one].decode()
        second = data[at + one : at + one + two].decode()
        at += one + two
        if at + (size if kind == b"w" else 0) > len(data):
            return
        content = data[at : at + size] if kind == b"w" else b""
        at += len(content)
        yield Event(kind.decode(), path, second, offset, content)


@dataclass
class Content:
    """What stands in a file: safely, and what is on its way."""

    safe: bytearray = field(default_factory=bytearray)
    coming: list[tuple[int, bytes | None]] = field(default_factory=list)
    """Writes, and cuts to a length (`None`)."""

    def sync(self) -> None:
        for offset, data in self.coming:
            _apply(self.safe, offset, data)
        self.coming.clear()


@dataclass
class Folder:
    """The names in a folder: safely, and what is on its way, in order."""

    safe: dict[str, Content | None] = field(default_factory=dict)
    """`None` stands for a folder."""
    coming: list[tuple[str, Content | None, bool]] = field(default_factory=list)
    """Name, what it names, and whether it is taken away."""

    def sync(self) -> None:
        _name(self.safe, self.coming)
        self.coming.clear()

    def now(self) -> dict[str, Content | None]:
        names = dict(self.safe)
        _name(names, self.coming)
        return names


class Disk:
    """Follows a record.

    Args:
        root: the folder that was recorded.
        image: its content when the record began, all of it safe.
    """

    def __init__(self, root: Path, image: Path) -> None:
        self._root = PurePosixPath(root)
        self._folders: dict[PurePosixPath, Folder] = {self._root: Folder()}
        for one in sorted(image.rglob("*")):
            path = self._root / one.relative_to(image).as_posix()
            content = None if one.is_dir() else Content(bytearray(one.read_bytes()))
            self._folders[path.parent].safe[path.name] = content
            if content is None:
                self._folders[path] = Folder()

    def follow(self, event: Event) -> None:
        """Do as the program did."""
        path = PurePosixPath(event.path)
        if event.kind == "S":
            self._folders[path].sync()
        elif event.kind == "s":
            self._content(path).sync()
        elif event.kind in "wt":
            self._content(path).coming.append((event.offset, event.data if event.kind == "w" else None))
        elif event.kind in "cm":
            self._come(path, Content() if event.kind == "c" else None)
        elif event.kind in "ud":
            self._go(path)
        elif event.kind == "r":
            self._rename(path, PurePosixPath(event.second))
        else:
            raise ValueError(f"the recorder met something that a replay does not know: {event.path}")

    def cut(self, chance: random.Random, into: Path, whole: float = 0.2) -> None:
        """Lay the disk as it may look if the power goes off now.

        Args:
            chance: decides.
            into: made anew.
            whole: how often all or nothing of what was on its way is there.
        """
        mood = chance.random()
        share = 0.0 if mood < whole / 2 else 1.0 if mood < whole else chance.random()
        self._lay(self._root, into, chance, share)

    def _lay(self, path: PurePosixPath, into: Path, chance: random.Random, share: float) -> None:
        into.mkdir(parents=True)
        folder = self._folders[path]
        names = dict(folder.safe)
        last = round(len(folder.coming) * share) if share in {0.0, 1.0} else chance.randint(0, len(folder.coming))
        _name(names, folder.coming[:last])
        for name, content in names.items():
            if content is None:
                self._lay(path / name, into / name, chance, share)
            else:
                (into / name).write_bytes(_torn(content, chance, share))

    def _content(self, path: PurePosixPath) -> Content:
        content = self._folders[path.parent].now()[path.name]
        assert content is not None
        return content

    def _come(self, path: PurePosixPath, content: Content | None) -> None:
        self._folders[path.parent].coming.append((path.name, content, False))
        if content is None:
            self._folders[path] = Folder()

    def _go(self, path: PurePosixPath) -> None:
        self._folders[path.parent].coming.append((path.name, None, True))

    def _rename(self, path: PurePosixPath, target: PurePosixPath) -> None:
        what = self._folders[path.parent].now()[path.name]
        if path.parent == target.parent:  # one step in one folder: both or neither
            self._folders[path.parent].coming.append((f"{path.name}/{target.name}", what, False))
        else:
            self._come_as(target, what)
            self._go(path)
        if what is None:
            for known in [one for one in self._folders if one == path or path in one.parents]:
                self._folders[target / known.relative_to(path)] = self._folders.pop(known)

    def _come_as(self, path: PurePosixPath, what: Content | None) -> None:
        self._folders[path.parent].coming.append((path.name, what, False))


def _name(names: dict[str, Content | None], steps: list[tuple[str, Content | None, bool]]) -> None:
    for name, what, gone in steps:
        if gone:
            names.pop(name, None)
            continue
        old, _, new = name.partition("/")
        names.pop(old, None)
        names[new or old] = what


def _apply(data: bytearray, offset: int, written: bytes | None) -> None:
    if written is None:
        del data[offset:]
        data.extend(bytes(max(0, offset - len(data))))
        return
    if offset > len(data):
        data.extend(bytes(offset - len(data)))
    data[offset : offset + len(written)] = written


def _torn(content: Content, chance: random.Random, share: float) -> bytes:
    """What is in a file of which some sectors made it and others did not."""
    if share == 0.0 or not content.coming:
        return bytes(content.safe)
    data = bytearray(content.safe)
    for offset, written in content.coming:
        if written is None:
            if chance.random() < share:
                _apply(data, offset, None)
            continue
        start = 0
        while start < len(written):
            end = min(len(written), start + SECTOR - (offset + start) % SECTOR)
            if chance.random() < share:
                _apply(data, offset + start, written[start:end])
            start = end
    return bytes(data)
