"""A publication of headquarters: what goes down to every laptop, on any medium.

The metadata is that of The Update Framework (TUF 1.0): a chain of roots says who publishes, targets lists every file
with its hash, snapshot and timestamp say which list is the newest. It is a zip without compression, or a folder with
the same files:

    1.root.json 2.root.json ...   every root there was
    timestamp.json                vouches for the snapshot
    7.snapshot.json               vouches for the targets
    7.targets.json                lists the files
    targets/<sha256>              the files, under their hashes
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

SUFFIX = ".publication"
"""How the name of a publication's file ends; the hash of its bytes stands before it."""
TIMESTAMP = "timestamp.json"
STATEMENT = "statement.json"
"""Target: what headquarters says of itself and of revoked devices, in clear."""
DEVICES = "devices.age"
"""Target: the devices that headquarters vouches for, sealed to the audience."""
HELD = "held.age"
"""Target: what headquarters holds of every laptop's journal, sealed to the audience."""
FOR_ALL = "all"
"""For whom a pack is, when it is for every laptop."""
LARGEST_METADATA = 64 << 20
"""Bytes of one metadata file at most."""
LARGEST_WORDS = 64 << 20
"""Bytes at most of a target that is read at once; packs are not."""

_NAME = re.compile(r"timestamp\.json|[1-9][0-9]{0,8}\.(root|snapshot|targets)\.json|targets/[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Target:
    """A file of a publication.

    Args:
        name: what it is called in the list, such as `statement.json` or `laptops/<device id>.age`.
        sha256: hash of its content, which names the file.
        size: bytes.
        said: what the list tells of it: for a pack, for whom it is.
    """

    name: str
    sha256: str
    size: int
    said: Mapping[str, str] = field(default_factory=dict, hash=False)

    @property
    def path(self) -> str:
        """Its place in the publication."""
        return f"targets/{self.sha256}"


def for_laptop(device: str) -> str:
    """Name of the target with what only one laptop may read."""
    return f"laptops/{device}.age"


def is_name(name: str) -> bool:
    """True when a file may be called so in a publication."""
    return _NAME.fullmatch(name) is not None


def root_name(version: int) -> str:
    """What the root of a version is called."""
    return f"{version}.root.json"
