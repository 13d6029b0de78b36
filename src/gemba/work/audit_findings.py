"""Findings of an alignment audit: what the judgements say together, against one goal, with its evidence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from gemba.domain.change import Change
from gemba.domain.evidence import Evidence
from gemba.domain.findings import Finding, FindingGrade
from gemba.domain.goals import Goal
from gemba.domain.judgements import AlignmentVerdict
from gemba.domain.programmes import Audit, AuditState
from gemba.domain.record import Uid
from gemba.domain.vocabularies import Facet
from gemba.errors import Refusal
from gemba.store.reading import Reader
from gemba.store.unit import Unit
from gemba.work.blind import is_blind
from gemba.work.codes import code_of
from gemba.work.contain_finding import contain_in
from gemba.work.desk import Desk
from gemba.work.goals_in_force import goals_of
from gemba.work.judge import opened
from gemba.work.names_in_text import demand_nameless
from gemba.work.raise_finding import first_state
from gemba.work.records import demand_same, draft, known
from gemba.work.standing_verdicts import Standing, standing

DEPARTS = frozenset({AlignmentVerdict.PART, AlignmentVerdict.CONTRARY})
"""Verdicts that a nonconformity rests on."""
_MAJOR_FROM = 3
"""Contrary decisions without a justified exception from which a major nonconformity is proposed: our convention."""


class Proposal(msgspec.Struct, frozen=True):
    """One finding that the judgements suggest."""

    goal: Goal
    """The version that the latest of these decisions was judged against."""
    grade: FindingGrade
    rests_on: tuple[Standing, ...]
    """The verdicts that it would rest on; of a conformity, all of the goal's."""

    @property
    def contrary(self) -> int:
        """How many of them are contrary."""
        return sum(one.verdict is AlignmentVerdict.CONTRARY for one in self.rests_on)


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """A finding as an auditor words it."""

    goal: Uid
    """The one criterion."""
    grade: FindingGrade
    text: str
    on: str = ""
    """The one judgement or decision that it is on, as `noun:uid`; empty for all decisions that depart from the goal."""
    evidence: Sequence[Uid] = ()
    """Photos and files that point to it, besides the words of the judgements."""
    cause: str = ""
    step: str = ""
    """Code or title of the process step."""
    contained: str = ""
    """What was done at once so that no further customer meets it."""
    are_no_names: bool = False
    """Somebody has looked at what may be names in it and says that they are none."""


def proposals(reader: Reader, audit: Audit) -> tuple[Proposal, ...]:
    """What the verdicts that count suggest as findings: one for each goal, the weightiest first.

    Decisions contrary to a goal, or in part, make one finding together; a goal that all keep is a conformity. While two
    auditors judge apart there are none.
    """
    if is_blind(reader, audit):
        return ()
    lines = goals_of(reader).lines
    groups: dict[str, list[Standing]] = {}
    for one in standing(reader, audit):
        groups.setdefault(lines.code(one.goal.uid), []).append(one)
    found = [made for group in groups.values() if (made := _proposed(group)) is not None]
    order = list(FindingGrade)
    return tuple(sorted(found, key=lambda made: (order.index(made.grade), -len(made.rests_on), made.goal.code)))


def raise_on_goal(desk: Desk, audit: Uid, told: Told) -> Change:
    """Record a finding of an audit against exactly one goal.

    Args:
        desk: who raises it, where.
        audit: open, or with the auditee.
        told: the finding.

    Raises:
        Refusal: the audit is not open, the text is empty or names people, the goal was not judged in the audit, or
            nothing shows it: neither the words of a judgement nor a file.
    """
    with desk.unit() as unit:
        about = opened(unit, audit, AuditState.OPEN, AuditState.RESPONDING)
        demand_raisable(unit, about, told, has_files=bool(told.evidence))
        where, goal = draft(unit, about.assessment or ""), _criterion(unit, about, told)
        finding = Finding(
            uid=desk.ids(),
            number=unit.number(Finding),
            assessment=where.uid,
            place=where.place,
            criterion=goal.statement,
            grade=told.grade,
            text=told.text.strip(),
            state=first_state(told.grade),
            raised_at=desk.clock(),
            person=desk.person.uid,
            cause=code_of(unit, Facet.CAUSE, told.cause),
            step=code_of(unit, Facet.STEP, told.step),
            goal=goal.uid,
            subject=told.on,
        )
        unit.put(finding)
        _point(unit, where.uid, finding.uid, told.evidence)
        if told.contained.strip():
            now = desk.clock()
            contain_in(unit, finding, told.contained, now, now)
        return unit.change_made(finding.uid)


def demand_raisable(reader: Reader, audit: Audit, told: Told, *, has_files: bool) -> None:
    """Demand all that a finding needs; asked before its files are kept.

    Raises:
        Refusal: as `raise_on_goal`.
    """
    if not told.text.strip():
        raise Refusal("work.finding_without_text")
    opened(reader, audit.uid, AuditState.OPEN, AuditState.RESPONDING)
    demand_seen(reader, audit)
    rests = rests_on(reader, audit, told.goal, told.grade, told.on)
    if not has_files and not any(one.has_evidence for one in rests):
        raise Refusal("work.finding_without_evidence", goal=known(reader, Goal, told.goal).title)
    demand_nameless(reader, [told.text, told.contained], are_no_names=told.are_no_names)


def rests_on(
    reader: Reader, audit: Audit, goal: Uid, grade: FindingGrade, on: str = "", among: Iterable[Standing] | None = None
) -> tuple[Standing, ...]:
    """The verdicts that a finding on a goal rests on.

    Args:
        reader: of the store.
        audit: that it is a finding of.
        goal: any version of it.
        grade: a nonconformity or opportunity rests on what departs from the goal, a conformity on what keeps it.
        on: the judgement or decision that it is on alone, as `noun:uid`.
        among: the audit's verdicts, where they were read already.

    Raises:
        Refusal: no decision of the audit was judged against the goal, or what it is on is not of the audit.
    """
    lines = goals_of(reader).lines
    code = lines.code(goal)
    counted = standing(reader, audit) if among is None else among
    judged = [one for one in counted if lines.code(one.goal.uid) == code]
    noun, _, uid = on.partition(":")
    if noun:
        judged = [one for one in judged if uid in (one.judgement.uid, one.decision.uid)]
    if not judged:
        raise Refusal("work.finding_off_the_audit", number=audit.number, goal=known(reader, Goal, goal).title)
    if noun:
        return tuple(judged)
    keeps = grade in {FindingGrade.CONFORMITY, FindingGrade.GOOD_PRACTICE}
    return tuple(one for one in judged if (one.verdict is AlignmentVerdict.ALIGNED) == keeps and _is_told(one))


def demand_seen(reader: Reader, audit: Audit) -> None:
    """Demand that two auditors no longer judge apart: what one says must not show in what is concluded from it.

    Raises:
        Refusal: not both have handed in.
    """
    if is_blind(reader, audit):
        raise Refusal("work.still_blind", number=audit.number)


def findings_of(reader: Reader, audit: Audit) -> list[Finding]:
    """The findings of an audit, in the order in which they were raised; none before it is opened."""
    return reader.find(Finding, assessment=audit.assessment) if audit.assessment else []


def audit_of(reader: Reader, finding: Finding) -> Audit:
    """The audit that a finding was raised in.

    Raises:
        Refusal: it was raised elsewhere.
    """
    found = reader.find(Audit, assessment=finding.assessment)
    if not found:
        raise Refusal("work.no_finding_of_an_audit", number=finding.number)
    return found[0]


def _criterion(reader: Reader, audit: Audit, told: Told) -> Goal:
    """The goal in a version or adaptation that was judged: who names it by its code means what held, not the first."""
    lines = goals_of(reader).lines
    judged = [one for one in standing(reader, audit) if lines.code(one.goal.uid) == lines.code(told.goal)]
    rests = rests_on(reader, audit, told.goal, told.grade, told.on, judged) or judged
    latest = max(rests, key=lambda one: one.decision.decided_on).goal
    return next((one.goal for one in rests if one.goal.uid == told.goal), latest)


def _is_told(one: Standing) -> bool:
    return one.verdict is not AlignmentVerdict.CANNOT_TELL


def _proposed(group: Sequence[Standing]) -> Proposal | None:
    departs = [one for one in group if one.verdict in DEPARTS]
    told = [one for one in group if _is_told(one)]
    if not told:
        return None
    rests = tuple(departs or told)
    latest = max(rests, key=lambda one: one.decision.decided_on).goal
    return Proposal(latest, _grade(departs), rests)


def _grade(departs: Sequence[Standing]) -> FindingGrade:
    if not departs:
        return FindingGrade.CONFORMITY
    unjustified = [one for one in departs if not one.exception]
    contrary = [one for one in unjustified if one.verdict is AlignmentVerdict.CONTRARY]
    if len(contrary) >= _MAJOR_FROM:
        return FindingGrade.MAJOR
    return FindingGrade.MINOR if contrary else FindingGrade.OPPORTUNITY


def _point(unit: Unit, assessment: Uid, finding: Uid, evidence: Iterable[Uid]) -> None:
    for uid in evidence:
        demand_same(known(unit, Evidence, uid).assessment, assessment)
        unit.change(Evidence, uid, finding=finding)
