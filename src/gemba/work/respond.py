"""The auditee's word on findings, before the report is issued; afterwards it is kept as late."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

from gemba.domain.change import Change
from gemba.domain.findings import Finding
from gemba.domain.judgements import (
    AuditeeResponse,
    ResponseOutcome,
    ResponseSort,
)
from gemba.domain.places import Place
from gemba.domain.programmes import Audit, AuditState
from gemba.domain.record import Uid
from gemba.errors import Refusal
from gemba.store.reading import Reader
from gemba.work.attach_evidence import check, kept_file
from gemba.work.audit_findings import audit_of, demand_seen
from gemba.work.blind import has_handed_in
from gemba.work.desk import Desk
from gemba.work.judge import opened
from gemba.work.records import known

OF_RESPONSE = "auditee_response:"
"""What the subject of a file begins with that came with the auditee's word."""


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

    Files that come with it are kept with the audit's conduct and have `auditee_response:uid` as their subject.

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


def respond_with(
    desk: Desk, finding: Uid, sort: ResponseSort, files: Sequence[Path], *, role: str, words: str = ""
) -> Change:
    """Record the auditee's word on a finding with the files that show it.

    The files are looked at before anything is kept, so that a response does not stand without what it names. Those of
    a late response belong to it alone: what was concluded stays as it is, and so does the report.

    Raises:
        Refusal: as `respond`; or a file is empty or too large.
        Trouble: a file cannot be read.
    """
    for file in files:
        check(file, file.name)
    with desk.reader() as reader:
        about = known(reader, Finding, finding)
        place = known(reader, Place, about.place)
    change = respond(desk, finding, sort, role=role, words=words)
    stance = "against" if sort is ResponseSort.CONTEST else "for"
    for file in files:
        kept = kept_file(desk, file, file.name, place, assessment=about.assessment)
        with desk.unit() as unit:
            unit.put(msgspec.structs.replace(kept, subject=f"{OF_RESPONSE}{change.uid}", stance=stance))
    return change


def responses_of(reader: Reader, audit: Uid) -> dict[Uid, list[AuditeeResponse]]:
    """What the auditee said, by finding, in the order in which it was said."""
    found: dict[Uid, list[AuditeeResponse]] = {}
    for one in sorted(reader.find(AuditeeResponse, audit=audit), key=lambda one: (one.responded_at, one.uid)):
        found.setdefault(one.finding, []).append(one)
    return found


def unsettled(responses: Mapping[Uid, list[AuditeeResponse]]) -> list[AuditeeResponse]:
    """What is contested in time and not settled."""
    every = [one for said in responses.values() for one in said]
    return [one for one in every if is_contested(one) and not one.is_late]


def is_withdrawn(reader: Reader, finding: Uid) -> bool:
    """True when a finding was taken back because the auditee contested it."""
    said = reader.find(AuditeeResponse, finding=finding)
    return any(one.outcome is ResponseOutcome.WITHDRAWN for one in said)


def is_contested(one: AuditeeResponse) -> bool:
    """True while a response contests its finding and nobody has said what becomes of it."""
    return one.sort is ResponseSort.CONTEST and one.outcome is ResponseOutcome.OPEN


def _demand_handed_in(reader: Reader, audit: Audit) -> None:
    if not has_handed_in(reader, audit.uid, audit.auditor):
        raise Refusal("work.not_handed_in", number=audit.number)
    demand_seen(reader, audit)
