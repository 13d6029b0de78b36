"""Conclude an alignment audit: from then on it is frozen; a correction is a new audit that names the old."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from gemba.domain.change import Change
from gemba.domain.conclusions import Conclusion
from gemba.domain.judgements import AlignmentVerdict
from gemba.domain.programmes import Audit, AuditState
from gemba.domain.record import Uid
from gemba.errors import Refusal
from gemba.store.unit import Unit
from gemba.work.audit_rates import audit_rates
from gemba.work.audit_scene import AuditScene
from gemba.work.conclude import conclude_in
from gemba.work.desk import Desk
from gemba.work.escalations import open_conflict_in
from gemba.work.judge import opened
from gemba.work.release_check import ReleaseCheck, check_of
from gemba.work.release_told import Weight

ALIGNMENT = "alignment"
"""Name of the rate among the further scores of a conclusion, 0 to 100."""


def conclude_audit(
    desk: Desk,
    audit: Uid,
    summary: str = "",
    *,
    words: Mapping[str, str] | None = None,
    escalate: Collection[Uid] = (),
) -> Change:
    """Freeze an audit with its rate; the report is issued afterwards (`gemba.work.issue_audit_report`).

    Args:
        desk: who concludes, where; one of its auditors.
        audit: open without findings, or with the auditee.
        summary: the auditors' own words to the reader.
        words: what is said to each warning of the release check, by its code; kept with the conclusion, and the report
            prints it.
        escalate: judgements whose decisions are to be escalated as conflicts with what was promised; an escalation
            that is open already stays the one.

    Raises:
        Refusal: the audit is not open, the person is not its auditor, the release check has errors, a warning has no
            word, or what is to be escalated is not contrary to its goal.
    """
    said = {code: word.strip() for code, word in (words or {}).items() if word.strip()}
    with desk.unit() as unit:
        about = opened(unit, audit, AuditState.OPEN, AuditState.RESPONDING)
        if desk.person.uid not in (about.auditor, about.second):
            raise Refusal("work.not_its_auditor", name=desk.person.name, number=about.number)
        scene = AuditScene(desk, unit, audit)
        found = check_of(scene)
        _demand_ready(about, found, said)
        _escalate(unit, desk, scene, escalate)
        rate = audit_rates(unit, about).whole.rate
        scales = {} if rate is None else {ALIGNMENT: 100 * rate}
        frozen = conclude_in(unit, desk, about.assessment or "", summary, scales)
        told = {one.code: said[one.code] for one in found.of(Weight.WARNING)}
        if told:
            unit.change(Conclusion, frozen.uid, said=told)
        unit.change(Audit, audit, state=AuditState.CONCLUDED, concluded_at=frozen.concluded_at)
        return unit.change_made(audit)


def _demand_ready(audit: Audit, found: ReleaseCheck, said: Mapping[str, str]) -> None:
    errors = found.of(Weight.ERROR)
    if errors:
        raise Refusal("work.audit_not_ready", number=audit.number, count=len(errors), first=errors[0].words)
    for one in found.of(Weight.WARNING):
        if one.code not in said:
            raise Refusal("work.warning_without_word", warning=one.words, key=one.code)


def _escalate(unit: Unit, desk: Desk, scene: AuditScene, wanted: Collection[Uid]) -> None:
    counted = {one.judgement.uid: one for one in scene.standing}
    for uid in dict.fromkeys(wanted):
        one = counted.get(uid)
        if one is None or one.verdict is not AlignmentVerdict.CONTRARY:
            raise Refusal("work.no_conflict_to_escalate", uid=uid)
        open_conflict_in(desk, unit, one.decision.uid, one.goal.uid)
