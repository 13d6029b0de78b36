"""A folder where packs arrive: what lies there, and where each goes once it is settled.

Layout: `*.gemba` files to be taken in; `down/` for the answers. A pack that was taken in is moved to `taken/`, one that
waits for a person to `quarantined/`, and one that is whole and refused for good to `rejected/`, with the reason beside
it. Nothing is deleted from a folder that people use.
"""

from __future__ import annotations

import re
from contextlib import suppress
from enum import StrEnum
from pathlib import Path
from typing import Protocol

import msgspec

from gemba.errors import Trouble
from gemba.work.keep_file import write_file

PACK = ".gemba"
DOWN = "down"
PUBLICATION = ".publication"
_NAMED = re.compile(r"([0-9a-f]{64})\.gemba")


class Settled(StrEnum):
    """What became of a pack; also the name of the folder that it goes to."""

    TAKEN = "taken"
    QUARANTINED = "quarantined"
    REJECTED = "rejected"


class Arrival(msgspec.Struct, frozen=True):
    """A local file that may be a pack, as it was when it was looked at."""

    file: Path
    size: int
    changed: int
    """Nanoseconds, by the file system's clock."""

    @property
    def claimed(self) -> str:
        """The SHA-256 that its name claims; empty when it claims none."""
        found = _NAMED.fullmatch(self.file.name)
        return found[1] if found else ""


class Inbox(Protocol):
    """Somewhere that packs arrive."""

    url: str
    """What people know it as."""

    def arrivals(self) -> list[Arrival]:
        """What lies there now, by name.

        Raises:
            Trouble: it is not there, or cannot be reached.
        """
        ...

    def answers(self) -> Path:
        """The local folder that receipts are written into."""
        ...

    def settle(self, arrival: Arrival, how: Settled, words: str = "") -> None:
        """Put a pack out of the way; one that another process has put away is no trouble.

        Raises:
            Trouble: the place cannot be written.
        """
        ...

    def lay(self, publication: Path, before: str = "") -> None:
        """Lay a publication down for the laptops, in the place of the one called `before`.

        Raises:
            Trouble: the place cannot be written.
        """
        ...


class FolderInbox:
    """A local folder or stick.

    Args:
        folder: where packs are laid.
        down: where receipts go; `down/` in the folder when none is named.
    """

    def __init__(self, folder: Path, down: Path | None = None) -> None:
        self.folder = folder
        self.url = str(folder)
        self._down = down or folder / DOWN

    def arrivals(self) -> list[Arrival]:
        """The pack files that lie in the folder itself, by name."""
        found = []
        try:
            for file in sorted(self.folder.iterdir()):
                if file.name.endswith(PACK) and not file.name.startswith("."):
                    with suppress(FileNotFoundError):  # another process has put it away
                        facts = file.stat()
                        if file.is_file():
                            found.append(Arrival(file, facts.st_size, facts.st_mtime_ns))
        except OSError as error:
            raise Trouble("hq.inbox_gone", folder=self.url, why=error.strerror or str(error)) from error
        return found

    def answers(self) -> Path:
        """The folder for receipts."""
        return self._down

    def settle(self, arrival: Arrival, how: Settled, words: str = "") -> None:
        """Move a pack into the folder for what became of it."""
        target = _free(self.folder / how / arrival.file.name, arrival)
        try:
            target.parent.mkdir(exist_ok=True)
            with suppress(FileNotFoundError):
                arrival.file.replace(target)
                if words:
                    write_file(target.with_name(target.name + ".txt"), (words + "\n").encode())
        except OSError as error:
            raise Trouble("hq.inbox_read_only", folder=self.url, why=error.strerror or str(error)) from error

    def lay(self, publication: Path, before: str = "") -> None:
        """Put a publication beside the receipts, in the place of the one called `before`."""
        try:
            target = self._down / publication.name
            if not target.exists():
                write_file(target, publication.read_bytes())
            if before.endswith(PUBLICATION) and before != publication.name:
                (self._down / before).unlink(missing_ok=True)
        except OSError as error:
            raise Trouble("hq.inbox_read_only", folder=self.url, why=error.strerror or str(error)) from error


def _free(target: Path, arrival: Arrival) -> Path:
    """A name that covers nothing: two packs may be called alike unless they are called by their hash."""
    number, wanted = 1, target
    while not arrival.claimed and target.exists():
        number += 1
        target = wanted.with_name(f"{wanted.stem}-{number}{wanted.suffix}")
    return target
