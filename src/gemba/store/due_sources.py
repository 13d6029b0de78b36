"""Where each sort of what is due comes from: its day, its words, and which rows are still due. The read side."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy import and_, case, exists, func, or_

from gemba.domain.actions import ActionState
from gemba.domain.assessments import AssessmentState
from gemba.domain.due import DueSort
from gemba.domain.effects import EffectResult
from gemba.domain.escalations import EscalationState
from gemba.domain.programmes import AuditState
from gemba.domain.rotations import CommitmentState, RotationState
from gemba.store.audit_tables import audit
from gemba.store.due_ends import ends
from gemba.store.due_source import Source
from gemba.store.goal_tables import escalation, goal, service_level
from gemba.store.improvement_tables import commitment, effect_check, rotation
from gemba.store.map_tables import process_map, register_entry, risk
from gemba.store.tables import action, assessment, person

_planned = rotation.c.state == RotationState.PLANNED.value
_audit_planned = audit.c.state == AuditState.PLANNED.value
_audit_day = case((_audit_planned, audit.c.planned_on), else_=func.coalesce(audit.c.due, audit.c.ends))
_newer = goal.alias("newer")


def sources(over: Iterable[tuple[str, str]], today: date) -> tuple[Source, ...]:
    """Where all that has a row of its own comes from.

    Args:
        over: registers and those of their states in which nothing is due of an entry.
        today: by the clock of this laptop.
    """
    return (*_PLAIN, _entries(over), *ends(today))


def _entries(over: Iterable[tuple[str, str]]) -> Source:
    table = register_entry
    pairs = [and_(table.c.register == register, table.c.state == state) for register, state in over]
    return Source(
        sort=DueSort.ENTRY,
        table=table,
        day=table.c.review_by,
        last=table.c.review_by,
        held=and_(table.c.review_by.is_not(None), ~or_(*pairs)) if pairs else table.c.review_by.is_not(None),
        title=table.c.title,
        number=table.c.number,
        owner=table.c.owner,
        place=table.c.place,
        whose=(table.c.person,),
    )


_leader, _auditor, _conductor = person.alias("leader"), person.alias("auditor"), person.alias("conductor")

_PLAIN = (
    Source(
        sort=DueSort.ACTION,
        table=action,
        day=action.c.due,
        last=action.c.due,
        held=action.c.state == ActionState.OPEN.value,
        is_indexed=True,
        title=action.c.text,
        number=action.c.number,
        owner=action.c.owner,
        place=action.c.place,
        whose=(action.c.person,),
    ),
    Source(
        sort=DueSort.CHECK,
        table=effect_check,
        day=effect_check.c.due,
        last=effect_check.c.due,
        held=effect_check.c.result == EffectResult.DUE.value,
        title=action.c.text,
        number=action.c.number,
        owner=action.c.owner,
        place=effect_check.c.place,
        whose=(effect_check.c.person,),
        joined=lambda table: table.join(action, effect_check.c.action == action.c.uid),
        noun="action",
        uid=action.c.uid,
    ),
    Source(
        sort=DueSort.PROMISE,
        table=commitment,
        day=commitment.c.due,
        last=commitment.c.due,
        held=commitment.c.state == CommitmentState.OPEN.value,
        title=commitment.c.text,
        number=commitment.c.number,
        owner=commitment.c.role,
        place=commitment.c.place,
        whose=(commitment.c.person, commitment.c.leader),
    ),
    Source(
        sort=DueSort.ROTATION,
        table=rotation,
        day=case((_planned, rotation.c.planned_on), else_=rotation.c.until),
        last=rotation.c.until,
        held=rotation.c.state.in_([RotationState.PLANNED.value, RotationState.BEGUN.value]),
        title=rotation.c.role,
        number=rotation.c.number,
        owner=_leader.c.name,
        place=rotation.c.place,
        whose=(rotation.c.leader,),
        joined=lambda table: table.join(_leader, rotation.c.leader == _leader.c.uid),
    ),
    Source(
        sort=DueSort.AUDIT,
        table=audit,
        day=_audit_day,
        last=case((_audit_planned, func.coalesce(audit.c.due, audit.c.planned_on)), else_=_audit_day),
        held=audit.c.state.in_([AuditState.PLANNED.value, AuditState.OPEN.value, AuditState.RESPONDING.value]),
        title=audit.c.title,
        number=audit.c.number,
        owner=_auditor.c.name,
        place=audit.c.place,
        whose=(audit.c.auditor, audit.c.second),
        joined=lambda table: table.join(_auditor, audit.c.auditor == _auditor.c.uid),
        rests_on=audit.c.schedule,
    ),
    Source(
        sort=DueSort.WALK,
        table=assessment,
        day=assessment.c.due,
        last=assessment.c.due,
        held=and_(assessment.c.state == AssessmentState.DRAFT.value, assessment.c.due.is_not(None)),
        title=assessment.c.title,
        number=assessment.c.number,
        owner=_conductor.c.name,
        place=assessment.c.place,
        whose=(assessment.c.person,),
        joined=lambda table: table.join(_conductor, assessment.c.person == _conductor.c.uid),
    ),
    Source(
        sort=DueSort.DECISION,
        table=escalation,
        day=escalation.c.expires,
        last=escalation.c.expires,
        held=and_(escalation.c.state == EscalationState.DECIDED.value, escalation.c.expires.is_not(None)),
        title=escalation.c.title,
        number=escalation.c.number,
        owner=escalation.c.decided_by,
        place=escalation.c.place,
        whose=(escalation.c.person,),
    ),
    Source(
        sort=DueSort.MAP,
        table=process_map,
        day=process_map.c.review_by,
        last=process_map.c.review_by,
        held=and_(process_map.c.retired.is_(False), process_map.c.review_by.is_not(None)),
        title=process_map.c.title,
        owner=process_map.c.owner,
        place=process_map.c.place,
        whose=(process_map.c.person,),
    ),
    Source(
        sort=DueSort.LEVEL,
        table=service_level,
        day=service_level.c.review_by,
        last=service_level.c.review_by,
        held=and_(service_level.c.retired.is_(False), service_level.c.review_by.is_not(None)),
        title=service_level.c.title,
        owner=service_level.c.owner,
        place=service_level.c.place,
        whose=(service_level.c.person,),
    ),
    Source(
        sort=DueSort.RISK,
        table=risk,
        day=risk.c.review_by,
        last=risk.c.review_by,
        held=and_(risk.c.retired.is_(False), risk.c.review_by.is_not(None)),
        title=risk.c.mode,
        owner=risk.c.owner,
        whose=(risk.c.person,),
    ),
    Source(
        sort=DueSort.GOAL,
        table=goal,
        day=goal.c.valid_to,
        last=goal.c.valid_to,
        held=and_(
            goal.c.valid_to.is_not(None),
            goal.c.retired_on.is_(None),
            ~exists().where(_newer.c.replaces == goal.c.uid),
        ),
        title=goal.c.title,
        number=goal.c.code,
        owner=goal.c.owner,
        place=goal.c.place,
        whose=(goal.c.person,),
    ),
)
