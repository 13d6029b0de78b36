"""Issue a report: facts off the records, a document out, its hash kept."""

from __future__ import annotations

from pathlib import Path

import msgspec

from gemba import wording
from gemba.domain.conclusions import IssuedReport
from gemba.domain.record import Uid
from gemba.errors import Trouble
from gemba.folders import own_documents
from gemba.reports.assessment import render
from gemba.work.desk import Desk
from gemba.work.report_facts import assessment_facts

ASSESSMENT = "assessment"


class IssuedFile(msgspec.Struct, frozen=True):
    """A document that was written for a person."""

    file: Path
    pages: int
    size: int
    warnings: tuple[str, ...]
    kept: bool
    """True when it was issued from a concluded assessment and so became part of the record."""


def assessment_report(desk: Desk, assessment: Uid, out: Path | None = None) -> IssuedFile:
    """Write the report of an assessment as PDF; of a concluded one the document is kept with its hash.

    Args:
        desk: who does it, where.
        assessment: draft or concluded; a draft's report says that it is one and is not kept.
        out: file to write; `None` writes it among the person's documents.

    Raises:
        Refusal: the assessment is unknown.
        Trouble: the disk is full, or the folder cannot be written.
    """
    with desk.reader() as reader:
        facts = assessment_facts(desk, reader, assessment)
    target = out or documents() / f"{facts.number}.pdf"
    rendered = render(facts, target, language=wording.language())
    if not facts.draft:
        _record(desk, assessment, target)
    return IssuedFile(
        file=target, pages=rendered.pages, size=rendered.size, warnings=rendered.warnings, kept=not facts.draft
    )


def documents() -> Path:
    """The folder for a person's documents, made when it is not there.

    Raises:
        Trouble: it cannot be made.
    """
    folder = own_documents()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Trouble("work.cannot_write", file=str(folder)) from error
    return folder


def _record(desk: Desk, assessment: Uid, document: Path) -> None:
    """Keep the document's bytes and that it was issued; the same bytes are issued once."""
    sha256, _ = desk.store.evidence.keep(document)
    with desk.unit() as unit:
        if unit.find(IssuedReport, assessment=assessment, sha256=sha256):
            return
        unit.put(
            IssuedReport(
                uid=desk.ids(),
                assessment=assessment,
                report=ASSESSMENT,
                sha256=sha256,
                name=document.name,
                issued_at=desk.clock(),
                person=desk.person.uid,
            )
        )
