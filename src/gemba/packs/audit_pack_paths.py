"""The names that may stand in an audit pack (docs/audit-pack-format.md). Whatever is not named here is not written."""

from __future__ import annotations

import re

from gemba.errors import Refusal

INFO = "bag-info.txt"
DECLARATION = "bagit.txt"
README = "README.txt"
MANIFEST = "manifest-sha256.txt"
TAG_MANIFEST = "tagmanifest-sha256.txt"
SIGNATURE = "tagmanifest-sha256.txt.sig"
BINDER = "binder.pdf"
STATEMENT = "completeness.txt"
CRATE = "ro-crate-metadata.json"
COMPLETENESS = "data/completeness.json"

FIRST = (INFO, DECLARATION, README, MANIFEST, TAG_MANIFEST, SIGNATURE)
"""The small files that come first in the zip, in their order."""
FOR_PEOPLE = (BINDER, STATEMENT, CRATE)
"""What stands on top beside them; they follow in this order, before the payload."""
TAGGED = (INFO, DECLARATION, README, MANIFEST, *FOR_PEOPLE)
"""The files whose hashes stand in the tag manifest."""

_NAMED = re.compile(r"data/(tables|evidence)/([A-Za-z0-9][A-Za-z0-9._-]{0,119})")
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?", re.IGNORECASE)
_UNFIT = re.compile(r"[^A-Za-z0-9._-]+")


def is_payload(path: str) -> bool:
    """True when a file may lie at `path` below `data/`."""
    found = _NAMED.fullmatch(path)
    fine = found is not None and not found[2].endswith(".") and not _RESERVED.fullmatch(found[2])
    return path == COMPLETENESS or fine


def check_payload(path: str) -> None:
    """Refuse a name that may not stand in an audit pack.

    Raises:
        Refusal: `packs.bad_document`.
    """
    if not is_payload(path):
        raise Refusal("packs.bad_document", name=path.encode("ascii", "backslashreplace").decode()[:120])


def fitting(name: str, longest: int = 80) -> str:
    """A name made of what may stand in one; "file" when nothing of it may."""
    plain = _UNFIT.sub("-", name).strip("-.")[:longest].strip("-.")
    return plain if plain and not _RESERVED.fullmatch(plain) else f"file-{plain}".strip("-")
