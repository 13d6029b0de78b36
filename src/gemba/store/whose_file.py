"""What people know a kept file by: its name, and the record that it belongs to."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from gemba.domain.assessments import Assessment
from gemba.domain.complaint_reviews import ComplaintReview
from gemba.domain.conclusions import IssuedReport
from gemba.domain.evidence import Evidence
from gemba.domain.findings import Finding
from gemba.domain.intakes import ComplaintLot, Intake
from gemba.domain.nouns import NOUNS, blobs_of
from gemba.domain.programmes import Audit
from gemba.domain.record import Record, Uid
from gemba.domain.samples import Sample
from gemba.domain.templates import Template
from gemba.store.reading import Reader
from gemba.wording import text

_SHORT = 12
"""Digits of a hash by which a file is found among the kept ones."""

R = TypeVar("R", bound=Record)


def whose(reader: Reader, sha256: str) -> str:
    """A kept file in words: `queue.jpg of finding F-K7QD2M-0001 (kept file 02f6e7c16bd7…)`.

    Args:
        reader: of the store.
        sha256: of its content, 64 hexadecimal digits.

    Returns:
        Words that begin a sentence; the whole hash where no record names the file.
    """
    named = _of_evidence(reader, sha256) or _of_others(reader, sha256) or _of_template(reader, sha256)
    if not named:
        return nameless(sha256)
    return text("{named} (kept file {sha256}…)", named=named, sha256=sha256[:_SHORT])


def nameless(sha256: str) -> str:
    """A kept file of which nothing but its hash is known."""
    return text("The kept file {sha256}", sha256=sha256)


def _of_evidence(reader: Reader, sha256: str) -> str:
    """A photo or file of a walk, a finding, or what was done; one that is not taken away before others."""
    item = _first(sorted(reader.find(Evidence, sha256=sha256), key=lambda one: one.removed))
    if item is None:
        return ""
    noun, _, uid = item.subject.partition(":")
    walk = _get(reader, Assessment, item.assessment)
    if noun == "judgement":  # what one of two auditors kept is not told to the other, not even its name
        return _said(text("A file"), walk.number if walk else "")
    finding, subject = _get(reader, Finding, item.finding), reader.get(NOUNS[noun], uid) if noun in NOUNS else None
    numbers = [str(getattr(one, "number", "")) for one in (finding, subject, walk) if one is not None]
    owners = [number for number in numbers if number]
    name = item.name or (text("A photo") if item.width else text("A file"))
    if len(owners) > 1:
        return text("{file} of {record} in {walk}", file=name, record=owners[0], walk=owners[-1])
    return _said(name, owners[0] if owners else "")


def _of_others(reader: Reader, sha256: str) -> str:
    """An issued report, an import of complaints, a review's set, or the frame of a sample."""
    if (report := _first(reader.find(IssuedReport, sha256=sha256))) is not None:
        walk = _get(reader, Assessment, report.assessment)
        return _said(report.name or text("A report"), walk.number if walk else "")
    if (lot := _first(reader.find(ComplaintLot, rows=sha256))) is not None:
        intake = reader.get(Intake, lot.intake)
        return text("Complaints imported from {name}", name=intake.source) if intake else text("Imported complaints")
    if (review := _first(reader.find(ComplaintReview, drawn=sha256))) is not None:
        return text("The set of complaints of {number}", number=review.number)
    if (sample := _first(reader.find(Sample, frame=sha256))) is not None:
        audit = reader.get(Audit, sample.audit)
        return text("The frame of the sample of {number}", number=audit.number) if audit else text("A sample's frame")
    return ""


def _of_template(reader: Reader, sha256: str) -> str:
    """The workbook, the form, or a list or picture of a checklist."""
    for template in reader.find(Template):
        names = {there: name for name, there in template.files.items()} | {template.source: template.source_name}
        if sha256 in blobs_of("template", {"files": template.files, **_single(template)}):
            called = f"{template.title} {template.version}".strip()
            file = names.get(sha256) or text("A file")
            return text("{file} of the checklist {title}", file=file, title=called)
    return ""


def _single(template: Template) -> dict[str, str]:
    fields = ("source", "xform", "repaired", "overlay")
    return {field: getattr(template, field) for field in fields}


def _said(file: str, of: str) -> str:
    return text("{file} of {record}", file=file, record=of) if of else file


def _first(found: Iterable[R]) -> R | None:
    return next(iter(found), None)


def _get(reader: Reader, noun: type[R], uid: Uid | None) -> R | None:
    return None if uid is None else reader.get(noun, uid)
