"""Issue the report of an alignment audit: once, with the hash of its bytes; later copies are those very bytes."""

from __future__ import annotations

import re
from pathlib import Path
from typing import BinaryIO

from gemba import wording
from gemba.domain.conclusions import IssuedReport
from gemba.domain.programmes import Audit, AuditState
from gemba.domain.record import Uid
from gemba.reports.alignment_audit import render
from gemba.reports.files import written
from gemba.store.reading import Reader
from gemba.work.audit_report_facts import report_facts
from gemba.work.desk import Desk
from gemba.work.issue_report import IssuedFile, documents
from gemba.work.records import known

ALIGNMENT_AUDIT = "alignment_audit"
_PAGE = re.compile(rb"/Type */Page\b")


def audit_report(desk: Desk, audit: Uid, out: Path | None = None) -> IssuedFile:
    """Write the report of an audit as PDF.

    The first one of a concluded audit is kept with its hash and is the report from then on: whatever is recorded
    later, and in whatever language it is asked for, its bytes are given out again.

    Args:
        desk: who does it, where.
        audit: open, then it is a draft and is not kept; or concluded.
        out: file to write; `None` writes it among the person's documents.

    Raises:
        Refusal: the audit is unknown.
        Trouble: the disk is full, or the folder cannot be written.
    """
    with desk.reader() as reader:
        about = known(reader, Audit, audit)
        target = out or documents() / f"{about.number}.pdf"
        kept = issued(reader, about)
        if kept is not None:
            return _given_out(desk, kept, target)
        facts = report_facts(desk, reader, audit)
    rendered = render(facts, target, language=wording.language())
    if about.state is AuditState.CONCLUDED:
        _record(desk, about, target)
    return IssuedFile(target, rendered.pages, rendered.size, rendered.warnings, kept=not facts.draft)


def issued(reader: Reader, audit: Audit) -> IssuedReport | None:
    """The report of an audit, once it was issued; of several (of laptops that did not know of each other) the first."""
    found = reader.find(IssuedReport, assessment=audit.assessment, report=ALIGNMENT_AUDIT) if audit.assessment else []
    return min(found, key=lambda one: (one.issued_at, one.uid)) if found else None


def _given_out(desk: Desk, kept: IssuedReport, target: Path) -> IssuedFile:
    data = desk.store.evidence.read(kept.sha256)

    def write(file: BinaryIO) -> None:
        file.write(data)

    size = written(target, write)
    return IssuedFile(target, len(_PAGE.findall(data)), size, (), kept=True)


def _record(desk: Desk, audit: Audit, document: Path) -> None:
    """Keep the document's bytes and that it was issued; two windows that issue it at once issue it once."""
    sha256, _ = desk.store.evidence.keep(document)
    with desk.unit() as unit:
        if issued(unit, audit) is not None:
            return
        unit.put(
            IssuedReport(
                uid=desk.ids(),
                assessment=audit.assessment,
                report=ALIGNMENT_AUDIT,
                sha256=sha256,
                name=f"{audit.number}.pdf",
                issued_at=desk.clock(),
                person=desk.person.uid,
            )
        )
