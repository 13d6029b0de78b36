"""Erase what tells of a person from a record, for good and everywhere it went; the record itself, and counts, stay."""

from __future__ import annotations

import msgspec

from gemba.domain.assessments import Answer, Assessment
from gemba.domain.change import Change
from gemba.domain.conclusions import IssuedReport
from gemba.domain.erasures import Erasure
from gemba.domain.evidence import Evidence
from gemba.domain.findings import Finding
from gemba.domain.nouns import NOUNS, PERSONAL_FIELDS
from gemba.domain.people import Person
from gemba.domain.record import Record, Uid
from gemba.errors import Refusal
from gemba.store.reading import Reader
from gemba.work.desk import Desk


class Erased(msgspec.Struct, frozen=True, kw_only=True):
    """What an erasure takes away, here and wherever it arrives."""

    erasure: Uid
    noun: str
    entity: Uid
    fields: tuple[str, ...]
    """Fields that are empty from now on."""
    files: tuple[str, ...]
    """SHA-256 of photos and other evidence whose bytes are deleted."""
    reports: tuple[IssuedReport, ...]
    """Reports that may show the words; their bytes are deleted, too, and they can be issued anew."""
    change: Change


def erase(desk: Desk, noun: str, uid: Uid, reason: str, *, with_files: bool = False) -> Erased:
    """Order an erasure; it holds at once here, and on every other store as soon as it arrives there.

    Packs in the outbox are deleted: what headquarters does not hold yet is sealed anew with the next one.

    Args:
        desk: who orders it.
        noun: name of the record's noun.
        uid: of the record.
        reason: why, in words that tell nothing of the person; it travels and stays.
        with_files: delete the bytes of the record's evidence, too.

    Raises:
        Refusal: `work.erase_without_reason`, `work.nothing_personal`, `store.unknown_record`.
        Trouble: a file cannot be deleted; that is tried again when the store is opened next.
    """
    if not reason.strip():
        raise Refusal("work.erase_without_reason")
    fields = PERSONAL_FIELDS.get(noun)
    if fields is None:
        raise Refusal("work.nothing_personal", noun=noun, nouns=", ".join(sorted(PERSONAL_FIELDS)))
    with desk.unit() as unit:
        record = unit.get(NOUNS[noun], uid)
        if record is None:
            raise Refusal("store.unknown_record", noun=noun, uid=uid)
        files = _files(unit, record) if with_files else ()
        reports = _reports(unit, record)
        erasure = Erasure(
            uid=desk.ids(),
            noun=noun,
            entity=uid,
            blobs=tuple(sorted({*files, *(report.sha256 for report in reports)})),
            reason=reason.strip(),
            ordered_at=desk.clock(),
            person=desk.person.uid,
        )
        unit.put(erasure)
        change = unit.change_made(uid)
    return Erased(
        erasure=erasure.uid,
        noun=noun,
        entity=uid,
        fields=tuple(sorted(fields)),
        files=files,
        reports=reports,
        change=change,
    )


def _files(reader: Reader, record: Record) -> tuple[str, ...]:
    """The bytes that are evidence of a record."""
    found: list[Evidence] = []
    if isinstance(record, Evidence):
        found = [record]
    elif isinstance(record, Finding):
        found = reader.find(Evidence, finding=record.uid)
    elif isinstance(record, Answer):
        found = reader.find(Evidence, assessment=record.assessment, path=record.path)
    return tuple(sorted({one.sha256 for one in found}))


def _reports(reader: Reader, record: Record) -> tuple[IssuedReport, ...]:
    """The reports in which the words of a record may stand: those of its assessment, of a person those of all."""
    if isinstance(record, IssuedReport):
        return (record,)
    if isinstance(record, Person):
        assessments = [one.uid for one in reader.find(Assessment, person=record.uid)]
    else:
        assessments = [getattr(record, "assessment", "")]
    return tuple(report for uid in assessments for report in reader.find(IssuedReport, assessment=uid))
