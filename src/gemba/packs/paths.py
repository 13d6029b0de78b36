"""The names that may stand in a pack. Whatever is not named here is not opened, whoever has signed it."""

from __future__ import annotations

import re
from typing import Never

from gemba.errors import Refusal

INFO = "bag-info.txt"
DECLARATION = "bagit.txt"
README = "README.txt"
MANIFEST = "manifest-sha256.txt"
FETCH = "fetch.txt"
TAG_MANIFEST = "tagmanifest-sha256.txt"
SIGNATURE = "tagmanifest-sha256.txt.sig"
OPERATIONS = "data/ops.ndjson"

TAGGED = (INFO, DECLARATION, README, MANIFEST, FETCH)
"""The files whose hashes stand in the tag manifest, in the order in which they stand in the zip."""
TAGS = (*TAGGED, TAG_MANIFEST, SIGNATURE)
"""The files that come first in the zip, before anything that is as large as the sender likes."""

_SHA256 = re.compile(r"[0-9a-f]{64}")
_BLOB = re.compile(r"data/blobs/([0-9a-f]{2})/(\1[0-9a-f]{62})")
_DOCUMENT = re.compile(r"data/documents/([A-Za-z0-9][A-Za-z0-9._-]{0,99})")
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?", re.IGNORECASE)
_CLIMBS = re.compile(r"^[/\\]|^[A-Za-z]:|\\|(^|/)\.\.?(/|$)|\x00")


def is_sha256(name: str) -> bool:
    """True when `name` is 64 lower-case hexadecimal digits."""
    return _SHA256.fullmatch(name) is not None


def blob_path(sha256: str) -> str:
    """Where the evidence with this hash lies in a pack."""
    return f"data/blobs/{sha256[:2]}/{sha256}"


def blob_of(path: str) -> str | None:
    """The hash of the evidence at `path`, or None when no evidence lies there."""
    found = _BLOB.fullmatch(path)
    return found[2] if found else None


def document_path(name: str) -> str:
    """Where the document `name` lies in a pack."""
    return f"data/documents/{name}"


def document_of(path: str) -> str | None:
    """The name of the document at `path`, or None; names that Windows keeps for devices are none."""
    found = _DOCUMENT.fullmatch(path)
    if not found or found[1].endswith(".") or _RESERVED.fullmatch(found[1]):
        return None
    return found[1]


def is_payload(path: str) -> bool:
    """True when a file may lie at `path` below `data/`."""
    return path == OPERATIONS or blob_of(path) is not None or document_of(path) is not None


def refuse_name(path: str) -> Never:
    """Say what is wrong with a name that may not stand in a pack."""
    shown = path.encode("ascii", "backslashreplace").decode()[:120]
    if _CLIMBS.search(path):
        raise Refusal("packs.climbs_out", name=shown)
    raise Refusal("packs.unlisted", name=shown)
