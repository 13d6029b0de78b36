"""Checklists: an XLSForm with a kind, and regions' overlays over it."""

from __future__ import annotations

from datetime import datetime

import msgspec

from gemba.domain.record import Record, Uid


class Template(Record, frozen=True, kw_only=True):
    """A checklist, identified by form id, version and the hash of its original bytes."""

    form_id: str
    version: str
    title: str
    kind: str
    """Code of the kind of assessment that it makes (`gemba.kinds`)."""
    source: str
    """SHA-256 of the original workbook, kept as evidence: the content hash."""
    source_name: str
    xform: str
    """SHA-256 of the XForm that the workbook became, kept as evidence."""
    languages: tuple[str, ...] = ()
    questions: int = 0
    imported_at: datetime
    retired: bool = False
    """Hidden from new assessments; never deleted, because drafts are pinned to it."""
    repaired: str = ""
    """SHA-256 of the workbook as it was read after confirmed repairs; empty when the original needed none."""
    files: dict[str, str] = msgspec.field(default_factory=dict)
    """Lists and media that the form names: file name and SHA-256."""
    core: Uid | None = None
    """The core template over which a region laid its overlay; then `source` is the two together."""
    overlay: str = ""
    """SHA-256 of the overlay's workbook; empty when there is none."""
    region: str = ""
    """Whose overlay it is, in words; empty for a core template."""
