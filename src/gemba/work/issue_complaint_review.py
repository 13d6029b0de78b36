"""Issue the report of a complaint review: facts off the records, a document out, its hash kept."""

from __future__ import annotations

from pathlib import Path

from gemba import wording
from gemba.domain.conclusions import IssuedReport
from gemba.domain.record import Uid
from gemba.reports.complaint_review import render
from gemba.work.cluster_figures import ReviewClusters
from gemba.work.complaint_review_facts import review_facts
from gemba.work.desk import Desk
from gemba.work.issue_report import IssuedFile, documents
from gemba.work.review_clusters import clusters

COMPLAINT_REVIEW = "complaint_review"


def complaint_review_report(
    desk: Desk, review: Uid, out: Path | None = None, found: ReviewClusters | None = None
) -> IssuedFile:
    """Write the report of a review as PDF; of a concluded one the document is kept with its hash.

    Args:
        desk: who does it, where.
        review: open or concluded; the report of an open one says so and is not kept.
        out: file to write; `None` writes it among the person's documents.
        found: the review's clusters, when they were formed already.

    Raises:
        Refusal: the review is unknown.
        Trouble: the disk is full, or the folder cannot be written.
    """
    found = found or clusters(desk, review)
    with desk.reader() as reader:
        facts = review_facts(desk, reader, found)
    target = out or documents() / f"{facts.number}.pdf"
    rendered = render(facts, target, language=wording.language())
    if not facts.draft:
        _record(desk, review, target)
    return IssuedFile(
        file=target, pages=rendered.pages, size=rendered.size, warnings=rendered.warnings, kept=not facts.draft
    )


def _record(desk: Desk, review: Uid, document: Path) -> None:
    """Keep the document's bytes and that it was issued; the same bytes are issued once."""
    sha256, _ = desk.store.evidence.keep(document)
    subject = f"{COMPLAINT_REVIEW}:{review}"
    with desk.unit() as unit:
        if unit.find(IssuedReport, subject=subject, sha256=sha256):
            return
        unit.put(
            IssuedReport(
                uid=desk.ids(),
                report=COMPLAINT_REVIEW,
                sha256=sha256,
                name=document.name,
                issued_at=desk.clock(),
                person=desk.person.uid,
                subject=subject,
            )
        )
