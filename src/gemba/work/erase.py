"""Erase what tells of a person from a record, for good and everywhere it went; the record itself, and counts, stay."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

import msgspec

from gemba.domain.actions import Action
from gemba.domain.assessments import Answer, Assessment
from gemba.domain.causes import CauseAnalysis
from gemba.domain.change import Change
from gemba.domain.complaint_reviews import ClusterDecision
from gemba.domain.complaints import ClockPause, Complaint
from gemba.domain.conclusions import IssuedReport
from gemba.domain.erasures import Erasure
from gemba.domain.escalations import Escalation, EscalationStep
from gemba.domain.evidence import Evidence
from gemba.domain.findings import Finding
from gemba.domain.follow_through import Discrepancy
from gemba.domain.nouns import NAMES, NOUNS, PERSONAL_FIELDS
from gemba.domain.people import Person
from gemba.domain.process_maps import GoAndSee, Pin
from gemba.domain.record import Record, Uid
from gemba.domain.rotations import Commitment
from gemba.errors import Refusal
from gemba.store.heads import Subject
from gemba.store.reading import Reader
from gemba.store.unit import Unit
from gemba.work.desk import Desk
from gemba.work.quoted_in import QuotedIn
from gemba.work.settle_lots import settle_lots


class Erased(msgspec.Struct, frozen=True, kw_only=True):
    """What an erasure takes away, here and wherever it arrives."""

    erasure: Uid
    noun: str
    entity: Uid
    fields: tuple[str, ...] = ()
    """Fields that are empty from now on."""
    files: tuple[str, ...]
    """SHA-256 of photos and other evidence whose bytes are deleted."""
    reports: tuple[IssuedReport, ...]
    """Reports that may show the words; their bytes are deleted, too, and they can be issued anew."""
    change: Change = Change()


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
        quoted = QuotedIn(desk, unit)
        also = belonging_to(unit, [(noun, uid)])
        every = [(noun, uid), *also]
        erased, *more = _order(desk, unit, quoted, every, reason.strip(), with_files=with_files, gone=also)
        files = tuple(sorted({sha256 for one in (erased, *more) for sha256 in one.files}))
        settle_lots(desk, unit, [uid] if noun == "complaint" else [])
        change = _change_made(unit, uid)
    return msgspec.structs.replace(erased, fields=tuple(sorted(fields)), files=files, change=change)


def erase_many(desk: Desk, subjects: Iterable[Subject], reason: str) -> Change:
    """Order the erasure of several records at once, with what belongs to each; all or none.

    Args:
        desk: who orders it.
        subjects: nouns and uids.
        reason: of all, in words that tell nothing of a person.

    Raises:
        Refusal: as `erase`.
    """
    if not reason.strip():
        raise Refusal("work.erase_without_reason")
    with desk.unit() as unit:
        quoted, wanted = QuotedIn(desk, unit), list(subjects)
        _order(desk, unit, quoted, [*wanted, *belonging_to(unit, wanted)], reason.strip(), with_files=True)
        settle_lots(desk, unit, [uid for noun, uid in wanted if noun == "complaint"])
        return _change_made(unit)


def _change_made(unit: Unit, uid: Uid = "") -> Change:
    made = unit.change_made(uid)
    return msgspec.structs.replace(made, topics=made.topics | {"erasure"})


def belonging_to(reader: Reader, subjects: Collection[Subject]) -> list[Subject]:
    """The records that tell of the same people as these, and go with them.

    Of a complaint its pauses and the like, and the photos that only it led to; of what was escalated the escalation,
    which says it again, with its steps and what shows them.
    """
    complaints = [uid for noun, uid in subjects if noun == "complaint"]
    found: list[tuple[str, Iterable[Record]]] = [
        ("clock_pause", reader.among(ClockPause, "complaint", complaints)),
        ("discrepancy", reader.among(Discrepancy, "complaint", complaints)),
        ("pin", reader.among(Pin, "pinned", complaints)),
        ("go_and_see", reader.among(GoAndSee, "origin", complaints)),
        ("evidence", proofs_with(reader, complaints)),
    ]
    escalations = list(reader.among(Escalation, "subject", [f"{noun}:{uid}" for noun, uid in subjects]))
    escalated = [uid for noun, uid in subjects if noun == "escalation"] + [one.uid for one in escalations]
    steps = list(reader.among(EscalationStep, "escalation", escalated))
    found += [("escalation", escalations), ("escalation_step", steps)]
    shown = [f"escalation_step:{one.uid}" for one in steps]
    found += [("evidence", reader.among(Evidence, "subject", shown))]
    return [(name, record.uid) for name, records in found for record in records]


def proofs_with(reader: Reader, complaints: Collection[Uid]) -> list[Evidence]:
    """The photos and files that go with complaints: those on actions that follow from one complaint's own cause.

    What is written of such a cause is checked for names and stays; what a photo or letter shows nobody can check. What
    follows from a review of many complaints, or from a finding as well, tells of no one person and stays.
    """
    causes = reader.among(CauseAnalysis, "complaint", complaints)
    own = [one.uid for one in causes if one.review is None and one.finding is None]
    actions = [f"action:{one.uid}" for one in reader.among(Action, "analysis", own)]
    return list(reader.among(Evidence, "subject", actions))


def _order(
    desk: Desk,
    unit: Unit,
    quoted: QuotedIn,
    subjects: Collection[Subject],
    reason: str,
    *,
    with_files: bool,
    gone: Collection[Subject] = (),
) -> list[Erased]:
    """Order the erasure of records, all in one go: each by itself would take three times as long.

    Photos and files in `gone` lose their bytes in any case: they go with another record, and nobody can check them.
    """
    on_them = _reports_on(unit, subjects)
    orders: dict[Uid, Erasure] = {}
    told = []
    for record in _records(unit, subjects):
        noun = NAMES[type(record)]
        files = _files(unit, record) if with_files or ("evidence", record.uid) in gone else ()
        reports = (*_reports(unit, record), *on_them.get(f"{noun}:{record.uid}", ()))
        if isinstance(record, Complaint) and record.words:
            reports = (*reports, *quoted.reports(record.uid))
        erasure = Erasure(
            uid=desk.ids(),
            noun=noun,
            entity=record.uid,
            blobs=tuple(sorted({*files, *(report.sha256 for report in reports)})),
            reason=reason,
            ordered_at=desk.clock(),
            person=desk.person.uid,
        )
        orders[erasure.uid] = erasure
        told.append(Erased(erasure=erasure.uid, noun=noun, entity=record.uid, files=files, reports=reports))
    unit.put_many(list(orders.values()))
    return told


def _records(unit: Unit, subjects: Collection[Subject]) -> Iterator[Record]:
    """The records, those of a noun together, nouns in the order in which they come first."""
    nouns: dict[str, list[Uid]] = {}
    for noun, uid in subjects:
        nouns.setdefault(noun, []).append(uid)
    for noun, uids in nouns.items():
        found = {record.uid: record for record in unit.many(NOUNS[noun], uids)}
        for uid in uids:
            if uid not in found:
                raise Refusal("store.unknown_record", noun=noun, uid=uid)
            yield found[uid]


def _reports_on(reader: Reader, subjects: Collection[Subject]) -> dict[str, list[IssuedReport]]:
    """The kept reports on these records themselves, by what they name."""
    found: dict[str, list[IssuedReport]] = {}
    for report in reader.among(IssuedReport, "subject", [f"{noun}:{uid}" for noun, uid in subjects]):
        found.setdefault(report.subject, []).append(report)
    return found


def _files(reader: Reader, record: Record) -> tuple[str, ...]:
    """The bytes that are evidence of a record."""
    found: list[Evidence] = []
    if isinstance(record, Evidence):
        found = [record]
    elif isinstance(record, Action | Commitment | EscalationStep):
        found = reader.find(Evidence, subject=f"{NAMES[type(record)]}:{record.uid}")
    elif isinstance(record, Finding):
        found = reader.find(Evidence, finding=record.uid)
    elif isinstance(record, Answer):
        found = reader.find(Evidence, assessment=record.assessment, path=record.path)
    return tuple(sorted({one.sha256 for one in found}))


def _reports(reader: Reader, record: Record) -> tuple[IssuedReport, ...]:
    """The reports in which the words of a record may stand, beside those on it: of its assessment, of a person all."""
    if isinstance(record, IssuedReport):
        return (record,)
    if isinstance(record, Person):
        assessments = [one.uid for one in reader.find(Assessment, person=record.uid)]
    else:
        assessments = [getattr(record, "assessment", None) or ""]
    of_reviews = [one for subject in _reviews(reader, record) for one in reader.find(IssuedReport, subject=subject)]
    of_them = (report for uid in assessments if uid for report in reader.find(IssuedReport, assessment=uid))
    return (*of_them, *of_reviews)


def _reviews(reader: Reader, record: Record) -> set[str]:
    """The reviews of complaints whose report prints an action, or a photo that shows it, as subjects of reports."""
    shows, _, uid = record.subject.partition(":") if isinstance(record, Evidence) else ("", "", "")
    action = reader.get(Action, uid) if shows == "action" else record
    if not isinstance(action, Action) or action.analysis is None:
        return set()
    cause = reader.get(CauseAnalysis, action.analysis)
    reviews = {one.review for one in reader.find(ClusterDecision, analysis=action.analysis)}
    reviews |= {cause.review} if cause is not None and cause.review is not None else set()
    return {f"complaint_review:{review}" for review in reviews}
