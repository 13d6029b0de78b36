"""Errors of a release check: as long as one of them stands, no report is issued."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from gemba.domain.programmes import AuditState
from gemba.wording import plural, text
from gemba.work.audit_scene import AuditScene
from gemba.work.blind import has_handed_in
from gemba.work.names_in_text import names_in
from gemba.work.release_told import Remark, Weight, some
from gemba.work.respond import unsettled
from gemba.work.samples_apart import standing

_ERROR = Weight.ERROR


def not_opened(scene: AuditScene) -> Iterator[Remark]:
    """An audit that is planned or called off has nothing to report."""
    if scene.audit.assessment is None or scene.audit.state in {AuditState.PLANNED, AuditState.CANCELLED}:
        yield Remark("not_opened", _ERROR, text("The audit is not opened."), where="conduct")


def conduct(scene: AuditScene) -> Iterator[Remark]:
    """Meetings, documents and interviews are written down."""
    if scene.outlook is None or scene.audit.state is AuditState.CONCLUDED or scene.outlook.ready:
        return
    n = len(scene.outlook.missing)
    words = plural(
        "The conduct lacks {n} answer: meetings, documents, interviews.",
        "The conduct lacks {n} answers: meetings, documents, interviews.",
        n,
    )
    yield Remark("conduct_incomplete", _ERROR, words, some(need.label for need in scene.outlook.missing), "conduct")


def sample(scene: AuditScene) -> Iterator[Remark]:
    """There is a sample, and something of it to judge."""
    if scene.sample is None:
        yield Remark("no_sample", _ERROR, text("No sample is drawn."), where="sample")
    elif len(standing(scene.reader, scene.audit.uid)) > 1:
        words = text("Several samples were drawn apart, on several laptops: agree on one.")
        yield Remark("samples_apart", _ERROR, words, where="sample")
    elif not scene.progress.owed:
        words = text("No goal held for any decision of the sample: there is nothing to judge.")
        yield Remark("nothing_to_judge", _ERROR, words, where="sample")


def judged(scene: AuditScene) -> Iterator[Remark]:
    """The lead auditor has judged all, and handed in."""
    done = scene.progress
    if done.left:
        words = plural(
            "{n} verdict of {all} is missing.", "{n} verdicts of {all} are missing.", done.left, all=done.owed
        )
        about = " · ".join(done.first_left or ())
        yield Remark("not_all_judged", _ERROR, words, about, "judging")
    elif done.owed and not has_handed_in(scene.reader, scene.audit.uid, scene.audit.auditor):
        yield Remark("not_handed_in", _ERROR, text("The lead auditor has not handed in."), where="judging")


def two(scene: AuditScene) -> Iterator[Remark]:
    """Both have handed in, both sides are here, and what they see differently is settled by them."""
    found, other = scene.doubles, scene.audit.second
    if found.waiting_for and other is not None and not has_handed_in(scene.reader, scene.audit.uid, other):
        words = text("The second auditor has not handed in.")
        yield Remark("second_not_handed_in", _ERROR, words, where="agreement")
    if found.missing:
        words = plural(
            "{n} verdict of the other auditor is not here yet.",
            "{n} verdicts of the other auditor are not here yet.",
            found.missing,
        )
        yield Remark("verdicts_missing", _ERROR, words, where="agreement")
    if found.unsettled:
        words = plural(
            "{n} disagreement of the two auditors is not settled.",
            "{n} disagreements of the two auditors are not settled.",
            len(found.unsettled),
        )
        about = some(one.decision.number for one in found.unsettled)
        yield Remark("disagreements", _ERROR, words, about, "agreement")


def findings(scene: AuditScene) -> Iterator[Remark]:
    """Each finding has one criterion and evidence."""
    for one in scene.kept_findings:
        if one.goal is None or not one.criterion.strip():
            words = text("{number} names no goal as its criterion.", number=one.number)
            yield Remark("finding_without_criterion", _ERROR, words, one.number, "findings")
        elif not scene.files_of(one) and not any(rest.has_evidence for rest in scene.rests_on(one)):
            words = text("Nothing shows {number} any more.", number=one.number)
            yield Remark("finding_without_evidence", _ERROR, words, one.number, "findings")


def contested(scene: AuditScene) -> Iterator[Remark]:
    """The auditee has had the findings, and what is contested is settled."""
    if scene.audit.state is AuditState.OPEN and scene.kept_findings:
        words = text("The findings were not given to the auditee, who answers before the report is issued.")
        yield Remark("not_with_auditee", _ERROR, words, where="responses")
    numbers = {one.uid: one.number for one in scene.findings}
    open_ones = unsettled(scene.responses)
    if open_ones:
        words = plural(
            "{n} contested finding is not settled.", "{n} contested findings are not settled.", len(open_ones)
        )
        yield Remark("contested", _ERROR, words, some(numbers.get(one.finding, "") for one in open_ones), "responses")


def names(scene: AuditScene) -> Iterator[Remark]:
    """No finding names a person who is known here."""
    for one in scene.kept_findings:
        found = names_in(scene.reader, [one.text]).sure
        if found:
            words = text("{number} names people; say it by roles and conditions.", number=one.number)
            yield Remark("names_people", _ERROR, words, some(found), "findings")


def conflicts(scene: AuditScene) -> Iterator[Remark]:
    """What several laptops said differently is settled by a person."""
    n = scene.conflicts
    if n:
        words = plural(
            "{n} record of the audit was set differently on several laptops.",
            "{n} records of the audit were set differently on several laptops.",
            n,
        )
        yield Remark("conflicts", _ERROR, words, where="conflicts")


ALL: tuple[Callable[[AuditScene], Iterator[Remark]], ...] = (
    not_opened,
    conduct,
    sample,
    judged,
    two,
    findings,
    contested,
    names,
    conflicts,
)
