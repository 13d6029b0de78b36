"""Checks that the kept bytes which records name are there and are what they were."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select

from gemba.domain.nouns import BLOB_FIELDS, blobs_in
from gemba.errors import Trouble
from gemba.store import erasing
from gemba.store.evidence_files import EvidenceFiles
from gemba.store.problem import Problem
from gemba.store.reading import Reader
from gemba.store.tables import TABLES
from gemba.store.whose_file import whose


def files(reader: Reader, evidence: EvidenceFiles) -> Iterator[Problem]:
    """Missing, damaged and unreadable files, with what they are and whose.

    Raises:
        Trouble: `store.evidence_unreachable`: none of them can be asked for.
    """
    for sha256 in _named(reader):
        if not evidence.has(sha256):
            yield Problem("store.evidence_missing", {"sha256": sha256, "what": whose(reader, sha256)})
    for sha256 in evidence.all():
        try:
            if not evidence.verify(sha256):
                yield Problem("store.evidence_damaged", {"sha256": sha256, "what": whose(reader, sha256)})
        except Trouble as trouble:
            if trouble.code != "store.evidence_unreadable":
                raise
            yield Problem(trouble.code, trouble.facts)


def lost(reader: Reader, evidence: EvidenceFiles) -> int:
    """How many files that records name are missing, or cut short at their beginning; none of them is read whole."""
    return sum(not _stands(evidence, sha256) for sha256 in _named(reader))


def _stands(evidence: EvidenceFiles, sha256: str) -> bool:
    try:
        return evidence.size(sha256) >= 0
    except Trouble as trouble:
        return trouble.code not in {"store.evidence_missing", "store.evidence_damaged"}


def _named(reader: Reader) -> list[str]:
    """What records name and nobody has erased."""
    named: dict[str, None] = {}
    for noun, fields in BLOB_FIELDS.items():
        table = TABLES[noun]
        for field in fields:
            for value in reader.connection.scalars(select(table.c[field]).order_by(table.c.id)):
                named |= dict.fromkeys(sorted(blobs_in(value)))
    erased = erasing.erased_blobs(reader)
    return [sha256 for sha256 in named if sha256 not in erased]
