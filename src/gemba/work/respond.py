"""The auditee's word on findings before the report is issued, and what becomes of what is contested."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from gemba.domain.change import Change
from gemba.domain.findings import Finding, FindingGrade, FindingState
from gemba.domain.judgements import (
    AgreedVerdict,
    AlignmentVerdict,
    AuditeeResponse,
    Constraint,
    ResponseOutcome,
    ResponseSort,
    agreed_uid,
)
from gemba.domain.programmes import Audit, AuditState
from gemba.domain.record import Uid
from gemba.errors import Refusal
from gemba.store.reading import Reader
from gemba.store.unit import Unit
from gemba.work.audit_findings import DEPARTS, audit_of, demand_seen, findings_of, rests_on
from gemba.work.blind import has_handed_in
from gemba.work.desk import Desk
from gemba.work.judge import opened
from gemba.work.raise_finding import first_state
from gemba.work.records import known
from gemba.work.standing_verdicts import standing


class Settled(msgspec.Struct, frozen=True, kw_only=True):
    """What becomes of a contested finding."""

    outcome: ResponseOutcome
    reason: str
    grade: FindingGrade | None = None
    """The new grade, where it is changed."""
    text: str | None = None
    """The new words, where it is changed."""
    verdict: AlignmentVerdict | None = None
    """What counts from now on for the judgements that the finding rested on, where it is changed or withdrawn."""


def to_auditee(desk: Desk, audit: Uid) -> Change:
    """Give the findings to the auditee, who accepts or contests them before the report is issued.

    Raises:
        Refusal: the audit is not open, or an auditor has not handed in.
    """
    with desk.unit() as unit:
        about = opened(unit, audit)
        _demand_handed_in(unit, about)
        unit.change(Audit, audit, state=AuditState.RESPONDING)
        return unit.change_made(audit)


def respond(desk: Desk, finding: Uid, sort: ResponseSort, *, role: str, words: str = "") -> Change:
    """Record the auditee's word on a finding; after the report was issued it is kept as late, and changes nothing.

    Files that come with it are attached to the audit's conduct with `auditee_response:uid` as their subject.

    Args:
        desk: who records it, where.
        finding: of an audit.
        sort: accepted or contested.
        role: who responds, by role.
        words: why it is contested; may be empty when it is accepted.

    Raises:
        Refusal: no role is told, or no reason why it is contested; the finding is of no audit, or was withdrawn; the
            findings are not with the auditee yet.
    """
    if not role.strip():
        raise Refusal("work.response_without_role")
    if sort is ResponseSort.CONTEST and not words.strip():
        raise Refusal("work.contest_without_reason")
    with desk.unit() as unit:
        about = known(unit, Finding, finding)
        audit = audit_of(unit, about)
        opened(unit, audit.uid, AuditState.RESPONDING, AuditState.CONCLUDED)
        if is_withdrawn(unit, about.uid):
            raise Refusal("work.finding_withdrawn", number=about.number)
        made = AuditeeResponse(
            uid=desk.ids(),
            audit=audit.uid,
            finding=finding,
            sort=sort,
            text=words.strip(),
            role=role.strip(),
            is_late=audit.state is AuditState.CONCLUDED,
            responded_at=desk.clock(),
            person=desk.person.uid,
        )
        unit.put(made)
        return unit.change_made(made.uid)


def settle_response(desk: Desk, response: Uid, said: Settled) -> Change:
    """Say what becomes of a contested finding: upheld, changed or withdrawn, always with the reason.

    A finding that is changed gets its new grade or words; one that is withdrawn is closed and stands in the report as
    withdrawn. What counts for the decisions below it may be put right at the same time.

    Raises:
        Refusal: it was not contested, or is settled; no reason is given; nothing would be changed; or the report is
            issued: then it may only be upheld, for whatever else is a new audit's.
    """
    if not said.reason.strip():
        raise Refusal("work.settled_without_reason")
    with desk.unit() as unit:
        about = known(unit, AuditeeResponse, response)
        finding, audit = known(unit, Finding, about.finding), known(unit, Audit, about.audit)
        _demand_open(about, finding, said)
        if audit.state is AuditState.CONCLUDED and said.outcome is not ResponseOutcome.UPHELD:
            raise Refusal("work.settled_after_issue", number=audit.number)
        if said.outcome is not ResponseOutcome.UPHELD:
            opened(unit, audit.uid, AuditState.RESPONDING)
            _put_right(unit, desk, audit, finding, said)
        unit.change(
            AuditeeResponse,
            response,
            outcome=said.outcome,
            outcome_reason=said.reason.strip(),
            settled_at=desk.clock(),
        )
        return unit.change_made(response)


def responses_of(reader: Reader, audit: Uid) -> dict[Uid, list[AuditeeResponse]]:
    """What the auditee said, by finding, in the order in which it was said."""
    found: dict[Uid, list[AuditeeResponse]] = {}
    for one in sorted(reader.find(AuditeeResponse, audit=audit), key=lambda one: (one.responded_at, one.uid)):
        found.setdefault(one.finding, []).append(one)
    return found


def unsettled(responses: Mapping[Uid, list[AuditeeResponse]]) -> list[AuditeeResponse]:
    """What is contested in time and not settled."""
    every = [one for said in responses.values() for one in said]
    return [one for one in every if _is_contested(one) and not one.is_late]


def unanswered(reader: Reader, audit: Audit) -> list[Finding]:
    """Findings on which the auditee has said nothing."""
    said = responses_of(reader, audit.uid)
    return [one for one in findings_of(reader, audit) if one.uid not in said]


def is_withdrawn(reader: Reader, finding: Uid) -> bool:
    """True when a finding was taken back because the auditee contested it."""
    said = reader.find(AuditeeResponse, finding=finding)
    return any(one.outcome is ResponseOutcome.WITHDRAWN for one in said)


def _is_contested(one: AuditeeResponse) -> bool:
    return one.sort is ResponseSort.CONTEST and one.outcome is ResponseOutcome.OPEN


def _demand_handed_in(reader: Reader, audit: Audit) -> None:
    if not has_handed_in(reader, audit.uid, audit.auditor):
        raise Refusal("work.not_handed_in", number=audit.number)
    demand_seen(reader, audit)


def _demand_open(about: AuditeeResponse, finding: Finding, said: Settled) -> None:
    if not _is_contested(about):
        raise Refusal("work.nothing_contested", number=finding.number)
    if said.outcome is ResponseOutcome.OPEN:
        raise Refusal("work.settled_how", number=finding.number)
    if said.outcome is ResponseOutcome.CHANGED and not _changes(finding, said):
        raise Refusal("work.settled_unchanged", number=finding.number)


def _changes(finding: Finding, said: Settled) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    if said.grade is not None and said.grade is not finding.grade:
        fields |= {"grade": said.grade, "state": first_state(said.grade)}
    if said.text is not None and said.text.strip() and said.text.strip() != finding.text:
        fields["text"] = said.text.strip()
    return fields


def _put_right(unit: Unit, desk: Desk, audit: Audit, finding: Finding, said: Settled) -> None:
    """Change or close the finding, and let another verdict count for what it rested on."""
    _agree(unit, desk, audit, finding, said)
    if said.outcome is ResponseOutcome.WITHDRAWN:
        unit.change(Finding, finding.uid, state=FindingState.CLOSED)
    else:
        unit.change(Finding, finding.uid, **_changes(finding, said))


def _agree(unit: Unit, desk: Desk, audit: Audit, finding: Finding, said: Settled) -> None:
    if said.verdict is None:
        return
    among = standing(unit, audit)
    for one in rests_on(unit, audit, finding.goal or "", finding.grade, finding.subject, among):
        departs = said.verdict in DEPARTS
        unit.keep(
            AgreedVerdict(
                uid=agreed_uid(audit.uid, one.decision.uid, one.goal.uid),
                audit=audit.uid,
                decision=one.decision.uid,
                goal=one.goal.uid,
                verdict=said.verdict,
                constraint=one.constraint if departs else Constraint.NONE,
                exception=one.exception if departs else "",
                exception_until=one.exception_until if departs else None,
                cause=one.cause,
                reason=said.reason.strip(),
                judgements=(one.judgement.uid,),
                present="",
                agreed_at=desk.clock(),
                person=desk.person.uid,
            )
        )
