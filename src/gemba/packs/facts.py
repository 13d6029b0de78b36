"""What is known of a pack once it has been opened and every byte of it checked."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from gemba.packs import paths
from gemba.packs.bag import Reference
from gemba.packs.info import BagInfo
from gemba.packs.streams import HashedReader
from gemba.packs.zipping import Member


@dataclass(frozen=True, slots=True)
class PackFacts(BagInfo):
    """What a pack says of itself, and what was counted while it was checked.

    The signature is that of `public_key`. Whether that key belongs to a device that may send is for headquarters to
    say, by comparing `device_id` with the devices it has enrolled.

    Args:
        sha256: hash of the sealed bytes, by which receipts name the pack.
        size: sealed bytes.
        blobs: pieces of evidence in it.
        referenced: pieces of evidence that travelled earlier.
        documents: reports in it.
        named: True when the file's name is the hash of its bytes.
    """

    sha256: str = ""
    size: int = 0
    blobs: int = 0
    referenced: int = 0
    documents: int = 0
    named: bool = False


@dataclass(frozen=True, slots=True)
class Contents:
    """Where everything lies in a zip that has been checked from the first byte to the last.

    Args:
        info: what the pack says of itself.
        members: every payload file, by path.
        referenced: evidence that travelled earlier.
    """

    info: BagInfo
    members: dict[str, Member]
    referenced: tuple[Reference, ...]


def facts_of(contents: Contents, sealed: HashedReader, *, named: bool) -> PackFacts:
    """What is known of a pack that has been read."""
    blobs = sum(paths.blob_of(path) is not None for path in contents.members)
    return PackFacts(
        **asdict(contents.info),
        sha256=sealed.sha256(),
        size=sealed.size,
        blobs=blobs,
        referenced=len(contents.referenced),
        documents=len(contents.members) - blobs - 1,
        named=named,
    )
