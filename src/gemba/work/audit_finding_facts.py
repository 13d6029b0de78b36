"""Findings of an audit as its report tells them: criterion, evidence for and against, the auditee's word."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gemba.domain.actions import Action
from gemba.domain.findings import Finding, FindingGrade
from gemba.domain.goals import Goal
from gemba.domain.judgements import AuditeeResponse, ResponseOutcome, ResponseSort
from gemba.domain.record import Uid
from gemba.reports.alignment_audit import FindingSaid
from gemba.wording import text
from gemba.work.audit_scene import AuditScene
from gemba.work.proof_facts import shown_done
from gemba.work.report_facts import GRADE_TONES, grade_title
from gemba.work.standing_verdicts import Standing


def findings_said(scene: AuditScene) -> tuple[tuple[FindingSaid, ...], tuple[FindingSaid, ...]]:
    """The findings that stand, the weightiest first, and those that were withdrawn."""
    order = list(FindingGrade)
    every = sorted(scene.findings, key=lambda one: (order.index(one.grade), one.number))
    stand = tuple(_said(scene, one) for one in every if not scene.is_withdrawn(one))
    return stand, tuple(_said(scene, one) for one in every if scene.is_withdrawn(one))


def response_words(one: AuditeeResponse) -> str:
    """What the auditee said, by role, and what became of it."""
    said = text("{role} accepts it.", role=one.role)
    if one.sort is ResponseSort.CONTEST:
        said = text("{role} contests it: {words}", role=one.role, words=one.text)
    elif one.text:
        said = text("{role} accepts it: {words}", role=one.role, words=one.text)
    return " · ".join(filter(None, (said, outcome_words(one))))


def outcome_words(one: AuditeeResponse) -> str:
    """What became of what was contested; empty while nothing is."""
    told = {
        ResponseOutcome.OPEN: "",
        ResponseOutcome.UPHELD: text("Upheld: {reason}", reason=one.outcome_reason),
        ResponseOutcome.CHANGED: text("Changed: {reason}", reason=one.outcome_reason),
        ResponseOutcome.WITHDRAWN: text("Withdrawn: {reason}", reason=one.outcome_reason),
    }
    return told[one.outcome]


def evidence_words(one: Standing) -> str:
    """What speaks for and against, of one decision, with what forced it."""
    judgement = one.judgement
    lines = [
        text("For: {words}", words=judgement.evidence_for) if judgement.evidence_for else "",
        text("Against: {words}", words=judgement.evidence_against) if judgement.evidence_against else "",
        text("Exception: {words}", words=one.exception) if one.exception else "",
        *(text("File: {name}", name=file.name) for file in one.files),
    ]
    return "\n".join(filter(None, lines))


def _said(scene: AuditScene, one: Finding) -> FindingSaid:
    goal = scene.reader.get(Goal, one.goal) if one.goal else None
    responses = scene.responses.get(one.uid, ())
    actions = scene.reader.find(Action, finding=one.uid)
    return FindingSaid(
        number=one.number,
        grade=(grade_title(one.grade), GRADE_TONES[one.grade]),
        goal=goal.title if goal else "–",
        criterion=one.criterion,
        words=one.text,
        contained=one.contained,
        evidence=tuple(_evidence(scene, one)),
        files=tuple(f"{file.name} · SHA-256 {file.sha256[:16]}…" for file in scene.files_of(one)),
        responses=tuple(_response(scene, said) for said in responses if not said.is_late),
        actions=tuple(f"{act.number} · {act.text} · {act.owner} · {act.due}" for act in actions),
        proofs=shown_done(scene.desk, scene.reader, actions),
    )


def _response(scene: AuditScene, said: AuditeeResponse) -> str:
    """A response with the names of the files that came with it."""
    return response_with_files(said, files_with(scene, said.uid))


def response_with_files(said: AuditeeResponse, files: Sequence[str]) -> str:
    """The same where the names of the files are known."""
    told = text("Files: {names}", names=", ".join(files)) if files else ""
    return " · ".join(filter(None, (response_words(said), told)))


def files_with(scene: AuditScene, response: Uid) -> tuple[str, ...]:
    """Names of the files that came with a response."""
    named = f"auditee_response:{response}"
    return tuple(one.name for one in (scene.sheet.evidence if scene.sheet else ()) if one.subject == named)


def _evidence(scene: AuditScene, one: Finding) -> Iterator[tuple[str, str]]:
    for rest in scene.rests_on(one):
        yield f"{rest.decision.number}\n{rest.decision.title}", evidence_words(rest)
