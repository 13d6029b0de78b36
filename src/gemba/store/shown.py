"""The picture of a piece of evidence as it may be seen outside of the original: upright, small, marks burned in."""

from __future__ import annotations

from gemba.domain.evidence import Evidence
from gemba.errors import Refusal, Trouble
from gemba.store.burning import burned
from gemba.store.evidence_files import EvidenceFiles
from gemba.store.photos import PRINT, prepare, smaller


def shown(files: EvidenceFiles, item: Evidence, size: int = PRINT) -> bytes | None:
    """JPEG bytes with a longest edge of `size`; `None` when it is no picture, or its file is not here or damaged.

    Marks are burned into the large copy before it is made smaller, so that nothing below a redaction shines through.
    """
    if not item.width:
        return None
    if not item.marks:
        return plain(files, item.sha256, size)
    large = plain(files, item.sha256, PRINT)
    if large is None:
        return None
    marked = burned(large, item.marks)
    return marked if size >= PRINT else smaller(marked, size)


def plain(files: EvidenceFiles, sha256: str, size: int = PRINT) -> bytes | None:
    """The same without any marks, for those who draw them; made anew from the original when it is lost."""
    kept = files.preview(sha256, size)
    if kept is not None:
        return kept
    try:
        return prepare(files.read(sha256)).sizes[size]
    except (Refusal, Trouble):
        return None
