"""Checklists: an XLSForm with a kind."""

from __future__ import annotations

from datetime import datetime

from gemba.domain.record import Record


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
