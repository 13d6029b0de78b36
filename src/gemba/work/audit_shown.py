"""One audit as a person may see it: how far it is, what was found, what the auditee said."""

from __future__ import annotations

from datetime import datetime

import msgspec

from gemba.domain.findings import Finding
from gemba.domain.goals import Goal
from gemba.domain.judgements import AuditeeResponse, Judgement
from gemba.domain.people import Person
from gemba.domain.places import Place
from gemba.domain.programmes import Audit
from gemba.domain.record import Uid
from gemba.store.reading import Reader
from gemba.work.alignment_facts import Rate
from gemba.work.audit_finding_facts import files_with
from gemba.work.audit_rates import audit_rates
from gemba.work.audit_report_facts import said_on_warnings
from gemba.work.audit_scene import AuditScene
from gemba.work.blind import has_handed_in, visible_judgements
from gemba.work.conclude import conclusion_of
from gemba.work.desk import Desk
from gemba.work.issue_audit_report import issued
from gemba.work.to_judge import Progress, progress_of, said_by


class FindingShown(msgspec.Struct, frozen=True, kw_only=True):
    """A finding with what the auditee said of it."""

    finding: Finding
    goal: str
    is_withdrawn: bool
    rests_on: int
    """Verdicts that it rests on."""
    files: int
    responses: tuple[AuditeeResponse, ...]
    attached: dict[Uid, tuple[str, ...]]
    """Names of the files that came with a response, by its uid."""


class AuditShown(msgspec.Struct, frozen=True, kw_only=True):
    """How an audit stands."""

    audit: Audit
    place: str
    auditor: str
    second: str
    is_blind: bool
    """While two judge apart: then neither verdicts of the other nor rates are told."""
    progress: Progress
    """Of whoever looks, where they are an auditor; else of the lead."""
    lead_handed_in: bool
    second_handed_in: bool
    judgements: tuple[Judgement, ...]
    """Those that whoever looks may see."""
    rate: Rate | None
    goals: tuple[Rate, ...]
    findings: tuple[FindingShown, ...]
    report: str = ""
    """SHA-256 of the issued report; empty before it is issued."""
    issued_at: datetime | None = None
    said: tuple[tuple[str, str], ...] = ()
    """Warnings that stood before the report, each with what the auditors said to it."""
    corrected_by: tuple[str, ...] = ()
    """Numbers of audits that correct it."""


def audit_shown(desk: Desk, reader: Reader, uid: Uid) -> AuditShown:
    """An audit as the person at the desk may see it.

    Raises:
        Refusal: the audit is unknown.
    """
    scene = AuditScene(desk, reader, uid)
    audit, viewer = scene.audit, desk.person.uid
    rates = None if scene.is_blind else audit_rates(reader, audit)
    report = issued(reader, audit)
    conclusion = conclusion_of(reader, audit.assessment) if audit.assessment else None
    return AuditShown(
        audit=audit,
        place=_name(reader.get(Place, audit.place)),
        auditor=_name(reader.get(Person, audit.auditor)),
        second=_name(reader.get(Person, audit.second)) if audit.second else "",
        is_blind=scene.is_blind,
        progress=_progress(scene, viewer),
        lead_handed_in=has_handed_in(reader, uid, audit.auditor),
        second_handed_in=audit.second is not None and has_handed_in(reader, uid, audit.second),
        judgements=tuple(visible_judgements(reader, audit, viewer)),
        rate=rates.whole if rates else None,
        goals=rates.goals if rates else (),
        findings=() if scene.is_blind else tuple(_finding(scene, one) for one in scene.findings),
        report=report.sha256 if report else "",
        issued_at=report.issued_at if report else None,
        said=said_on_warnings(scene, conclusion.said if conclusion else {}),
        corrected_by=tuple(one.number for one in reader.find(Audit, corrects=uid)),
    )


def _progress(scene: AuditScene, viewer: Uid) -> Progress:
    if viewer == scene.audit.second:
        return progress_of(scene.double, said_by(scene.reader, scene.audit.uid, viewer))
    if viewer == scene.audit.auditor or not scene.is_blind:
        return scene.progress
    return progress_of(scene.cases, {})


def _finding(scene: AuditScene, one: Finding) -> FindingShown:
    goal = scene.reader.get(Goal, one.goal) if one.goal else None
    return FindingShown(
        finding=one,
        goal=goal.title if goal else "",
        is_withdrawn=scene.is_withdrawn(one),
        rests_on=len(scene.rests_on(one)),
        files=len(scene.files_of(one)),
        responses=tuple(scene.responses.get(one.uid, ())),
        attached={said.uid: files_with(scene, said.uid) for said in scene.responses.get(one.uid, ())},
    )


def _name(record: Place | Person | None) -> str:
    return record.name if record is not None else ""
