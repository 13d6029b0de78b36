"""Issue the reports of a quarter: numbered, kept with their hash, the same facts once."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime, time
from pathlib import Path

import msgspec

from gemba import wording
from gemba.domain.conclusions import IssuedReport
from gemba.domain.places import Place
from gemba.domain.programmes import Programme
from gemba.domain.quarters import days_of, quarter_written
from gemba.domain.record import Uid
from gemba.reports.facts import Rendered
from gemba.reports.sheet import render
from gemba.reports.sheet_facts import Part, SheetFacts
from gemba.store.reading import Reader
from gemba.wording import text
from gemba.work.alignment_parts import alignment_parts
from gemba.work.alignment_report import alignment_report as facts_of
from gemba.work.desk import Desk
from gemba.work.escalation_tiers import zone_of
from gemba.work.issue_report import IssuedFile, documents
from gemba.work.management_review import management_review as review_of
from gemba.work.management_review_sheet import review_parts, review_texts
from gemba.work.names_in_text import demand_nameless
from gemba.work.records import known

ALIGNMENT, MANAGEMENT_REVIEW = "alignment", "management_review"

Made = Callable[[str], SheetFacts]
"""Makes the document with a number."""


class QuarterReport(msgspec.Struct, frozen=True):
    """A report that was written, with what it is known by."""

    issued: IssuedFile
    number: str
    sha256: str
    """Of its bytes; empty for one of a quarter that is not over, which is not kept."""


def alignment_quarter(desk: Desk, quarter: str, place: Uid | None = None, out: Path | None = None) -> QuarterReport:
    """Write the conclusion over all audits of a quarter; once the quarter is over it is kept with its hash.

    Args:
        desk: who does it, where.
        quarter: of the decisions.
        place: with all below it; everywhere when left out.
        out: file to write; `None` writes it among the person's documents.

    Raises:
        Refusal: the quarter is none, or the place is unknown.
        Trouble: the disk is full, or the folder cannot be written.
    """
    quarter = quarter_written(quarter)
    found = facts_of(desk, quarter, place)
    titles = text("Alignment: do decisions keep what was promised?"), text("Quarterly alignment report")
    parts = tuple(alignment_parts(found))
    return _issued(desk, ALIGNMENT, quarter, place, titles, parts, out, is_empty=not found.audits)


def management_review(
    desk: Desk, quarter: str, place: Uid | None = None, out: Path | None = None, *, are_no_names: bool = False
) -> QuarterReport:
    """Write the quarter's inputs to the management review (ISO 9001, 9.3.2), kept as the other.

    Args:
        desk: who does it, where.
        quarter: that is looked at.
        place: with all below it; everywhere when left out.
        out: file to write; `None` writes it among the person's documents.
        are_no_names: somebody has looked at what may be names.

    Raises:
        Refusal: as above; a text names a person, or may and nobody has looked.
        Trouble: as above.
    """
    made = review_of(desk, quarter_written(quarter), place)
    with desk.reader() as reader:
        demand_nameless(reader, review_texts(made), are_no_names=are_no_names)
    titles = text("Customer value beside operating results"), text("Management review")
    return _issued(desk, MANAGEMENT_REVIEW, made.quarter, place, titles, tuple(review_parts(desk, made)), out)


def subject_of(reader: Reader, quarter: str, place: Uid | None) -> str:
    """What a report of a quarter is on: its audit programme, where one is; else the quarter and the place."""
    found = [one for one in reader.find(Programme, quarter=quarter) if one.place == place]
    if len(found) == 1:
        return f"programme:{found[0].uid}"
    return f"quarter:{quarter}" + (f" {place}" if place else "")


def _issued(  # noqa: PLR0913 - all that a document is told
    desk: Desk,
    report: str,
    quarter: str,
    place: Uid | None,
    titles: tuple[str, str],
    parts: tuple[Part, ...],
    out: Path | None,
    *,
    is_empty: bool = False,
) -> QuarterReport:
    """The document; a draft while the quarter goes on, or while nothing is there that could be concluded."""
    with desk.reader() as reader:
        where = known(reader, Place, place).name if place else text("All places")
        subject = subject_of(reader, quarter, place)
        before = [one for one in reader.find(IssuedReport, subject=subject) if one.report == report]
    ends = days_of(quarter)[1]
    draft = is_empty or desk.clock().astimezone(zone_of(desk.zone)).date() <= ends

    def made(number: str) -> SheetFacts:
        return SheetFacts(
            number=number,
            title=titles[0],
            kind_title=titles[1],
            place=where,
            when=_noon(desk, quarter),
            zone=desk.zone,
            parts=parts,
            draft=draft,
        )

    target = out or documents() / f"{report}-{quarter}.pdf"
    number, rendered = _written(made, quarter, {one.sha256 for one in before}, len(before), target)
    sha256 = "" if draft else _record(desk, report, subject, target)
    issued = IssuedFile(
        file=target, pages=rendered.pages, size=rendered.size, warnings=rendered.warnings, kept=not draft
    )
    return QuarterReport(issued, number, sha256)


def _written(made: Made, quarter: str, known_hashes: set[str], count: int, target: Path) -> tuple[str, Rendered]:
    """The document: under the last number when nothing in it has changed, else under the next."""
    for at in (count, count + 1):
        if at:
            number = f"{quarter}-{at:02d}"
            rendered = render(made(number), target, language=wording.language())
            if at > count or hashlib.sha256(target.read_bytes()).hexdigest() in known_hashes:
                return number, rendered
    raise AssertionError("the second number is always taken")


def _noon(desk: Desk, quarter: str) -> datetime:
    """The quarter's last day: what it tells of, whenever it is written."""
    return datetime.combine(days_of(quarter)[1], time(12), zone_of(desk.zone))


def _record(desk: Desk, report: str, subject: str, document: Path) -> str:
    """Keep the document's bytes and that it was issued; the same bytes are issued once."""
    sha256, _ = desk.store.evidence.keep(document)
    with desk.unit() as unit:
        if not unit.find(IssuedReport, subject=subject, sha256=sha256):
            unit.put(
                IssuedReport(
                    uid=desk.ids(),
                    report=report,
                    sha256=sha256,
                    name=document.name,
                    issued_at=desk.clock(),
                    person=desk.person.uid,
                    subject=subject,
                )
            )
    return sha256
