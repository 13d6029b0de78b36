"""What the card before the report shows, read beside the window."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec

from gemba.domain.escalations import Escalation, conflict_uid
from gemba.domain.judgements import AlignmentVerdict
from gemba.domain.programmes import Audit, AuditState
from gemba.work.alignment_words import rate_words
from gemba.work.audit_rates import audit_rates
from gemba.work.audit_report_facts import said_on_warnings
from gemba.work.audit_scene import AuditScene
from gemba.work.conclude import conclusion_of
from gemba.work.issue_audit_report import issued
from gemba.work.release_check import ReleaseCheck, check_of


class ReleaseFacts(msgspec.Struct, frozen=True):
    """The check of an open audit, or the report of a concluded one."""

    check: ReleaseCheck
    contrary: tuple[tuple[str, str], ...] = ()
    """Contrary judgements that are not escalated: uid, and decision with goal."""
    rate: str = ""
    report: str = ""
    issued_at: datetime | None = None
    corrected_by: tuple[str, ...] = ()
    corrects: str = ""
    said: tuple[tuple[str, str], ...] = ()
    """Warnings that stood before the report, each with what the auditors said to it."""


def read_release(desk: Any, uid: str) -> ReleaseFacts | None:
    """What the card shows; on a job's thread."""
    with desk.reader() as reader:
        if reader.get(Audit, uid) is None:
            return None
        scene = AuditScene(desk, reader, uid)
        audit = scene.audit
        if audit.state is not AuditState.CONCLUDED:
            contrary = () if scene.is_blind else tuple(_contrary(scene))
            return ReleaseFacts(check_of(scene), contrary)
        kept = issued(reader, audit)
        conclusion = conclusion_of(reader, audit.assessment) if audit.assessment else None
        old = reader.get(Audit, audit.corrects) if audit.corrects else None
        return ReleaseFacts(
            check=ReleaseCheck(()),
            rate=rate_words(audit_rates(reader, audit).whole),
            report=kept.sha256 if kept else "",
            issued_at=kept.issued_at if kept else None,
            corrected_by=tuple(one.number for one in reader.find(Audit, corrects=uid)),
            corrects=old.number if old else "",
            said=said_on_warnings(scene, conclusion.said if conclusion else {}),
        )


def _contrary(scene: AuditScene) -> list[tuple[str, str]]:
    return [
        (one.judgement.uid, f"{one.decision.number} · {one.goal.title} · {one.decision.title}")
        for one in scene.standing
        if one.verdict is AlignmentVerdict.CONTRARY
        and scene.reader.get(Escalation, conflict_uid(one.decision.uid, one.goal.uid)) is None
    ]
