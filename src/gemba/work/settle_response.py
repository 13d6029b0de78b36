"""What becomes of a contested finding: upheld, changed or withdrawn, with the reason that stands in the report."""

from __future__ import annotations

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
    agreed_uid,
)
from gemba.domain.programmes import Audit, AuditState
from gemba.domain.record import Uid
from gemba.errors import Refusal
from gemba.store.unit import Unit
from gemba.work.audit_findings import DEPARTS, rests_on
from gemba.work.desk import Desk
from gemba.work.judge import opened
from gemba.work.raise_finding import first_state
from gemba.work.records import known
from gemba.work.respond import is_contested
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


def _demand_open(about: AuditeeResponse, finding: Finding, said: Settled) -> None:
    if not is_contested(about):
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
