"""What people see in lists: assessments, findings, actions, checklists, packs. The read side."""

from __future__ import annotations

from typing import Any, ClassVar

from sqlalchemy import Column, ColumnElement, and_, case, exists, func, literal, or_, select

from gemba.domain.actions import ActionState
from gemba.domain.assessments import AssessmentState, Custody
from gemba.domain.findings import FindingGrade, FindingState
from gemba.store import transit
from gemba.store.assessments_touched import ANOTHERS
from gemba.store.complaint_tables import cause_analysis
from gemba.store.journal_tables import blob, pack
from gemba.store.lines import ActionLine, AssessmentLine, FindingLine, PackLine, TemplateLine
from gemba.store.list_filters import Filter, PlaceFilter, Told, ToldOnTheWay, YesNo, unindexed
from gemba.store.list_of import ListOf, Query
from gemba.store.list_sorts import Named, Ranked, Sort
from gemba.store.reading import Reader
from gemba.store.tables import action, assessment, evidence, finding, person, place, report, template

__all__ = ["ACTIONS", "ASSESSMENTS", "FINDINGS", "PACKS", "TEMPLATES", "ListOf", "Query"]


def _held(column: Column[Any]) -> ColumnElement[bool]:
    return exists().where(blob.c.sha256 == column, blob.c.held_at.is_not(None))


def _custody(reader: Reader) -> ColumnElement[str]:
    """How far an assessment has come: nothing counts as held while headquarters lacks one of its photos."""
    marks = transit.marks(reader)
    lacking = or_(
        exists().where(evidence.c.assessment == assessment.c.uid, ~_held(evidence.c.sha256)),
        exists().where(report.c.assessment == assessment.c.uid, ~_held(report.c.sha256)),
    )
    touched = assessment.c.touched
    return case(
        (touched == ANOTHERS, literal(Custody.ELSEWHERE.value)),
        (touched == 0, literal(Custody.HELD.value)),  # nothing of it was recorded here: it came from headquarters
        (and_(touched <= marks.held, ~lacking), literal(Custody.HELD.value)),
        (touched <= marks.sent, literal(Custody.SENT.value)),
        (touched <= marks.sealed, literal(Custody.SEALED.value)),
        else_=literal(Custody.HERE.value),
    )


def _action_state(reader: Reader) -> ColumnElement[str]:
    """An action's state, with `overdue` for open ones whose day has passed."""
    late = and_(action.c.state == ActionState.OPEN, action.c.due < reader.clock().date())
    return case((late, literal("overdue")), else_=action.c.state)


def _rests(reader: Reader) -> ColumnElement[str]:
    """Whether an action is let rest today: `yes` or `no`."""
    return case((action.c.snoozed_until > reader.clock().date(), literal("yes")), else_=literal("no"))


class _ActionStates(Told, frozen=True):
    """Accepts states; those of open actions stand together in the index of what is due first."""

    is_span: ClassVar[bool] = True

    def condition(self, reader: Reader, values: tuple[str, ...]) -> ColumnElement[bool]:
        """The condition on a row."""
        told = Told.condition(self, reader, values)
        return and_(action.c.state == ActionState.OPEN, told) if set(values) <= {"open", "overdue"} else told


def _number_of(table: Any, *conditions: ColumnElement[bool]) -> ColumnElement[int]:
    return select(func.count()).select_from(table).where(*conditions).scalar_subquery()


ASSESSMENTS = ListOf(
    AssessmentLine,
    assessment,
    source=assessment.join(place, assessment.c.place == place.c.uid).join(person, assessment.c.person == person.c.uid),
    columns={
        **{name: assessment.c[name] for name in AssessmentLine.__struct_fields__ if name in assessment.c},
        "place": place.c.name,
        "place_uid": place.c.uid,
        "person": person.c.name,
        "findings": _number_of(finding, finding.c.assessment == assessment.c.uid),
        "custody": _custody,
    },
    sorts={
        "started_at": Sort(assessment, assessment.c.started_at, "started_at"),
        "number": Sort(assessment, assessment.c.number, "number"),
        "title": Sort(assessment, assessment.c.title, "title"),
        "place": Named(assessment, assessment.c.place, "place", place),
        "state": Ranked(assessment, assessment.c.state, "state", tuple(AssessmentState)),
        "due": Sort(assessment, assessment.c.due, "due"),
        "concluded_at": Sort(assessment, assessment.c.concluded_at, "concluded_at"),
        "score": Sort(assessment, assessment.c.score, "score"),
    },
    filters={
        "place": PlaceFilter(assessment.c.place),
        "state": Filter(assessment.c.state),
        "kind": Filter(assessment.c.kind),
        "grade": Filter(assessment.c.grade),
        "person": Filter(assessment.c.person),
        "template": Filter(assessment.c.template),
        "custody": Told(assessment.c.touched, _custody),
    },
)
"""Walks, rotation observations, area audits."""

FINDINGS = ListOf(
    FindingLine,
    finding,
    source=finding.join(place, finding.c.place == place.c.uid)
    .join(person, finding.c.person == person.c.uid)
    .join(assessment, finding.c.assessment == assessment.c.uid),
    columns={
        **{name: finding.c[name] for name in FindingLine.__struct_fields__ if name in finding.c},
        "assessment_title": assessment.c.title,
        "place": place.c.name,
        "place_uid": place.c.uid,
        "person": person.c.name,
        "actions_open": _number_of(
            # By the index of findings: the one of states would read every open action for each line.
            action,
            action.c.finding == finding.c.uid,
            unindexed(action.c.state) == ActionState.OPEN,
        ),
        "photos": _number_of(evidence, evidence.c.finding == finding.c.uid, evidence.c.removed.is_(False)),
    },
    sorts={
        "raised_at": Sort(finding, finding.c.raised_at, "raised_at"),
        "number": Sort(finding, finding.c.number, "number"),
        "grade": Ranked(finding, finding.c.grade, "grade", tuple(FindingGrade)),
        "state": Ranked(finding, finding.c.state, "state", tuple(FindingState)),
        "place": Named(finding, finding.c.place, "place", place),
    },
    filters={
        "place": PlaceFilter(finding.c.place),
        "state": Filter(finding.c.state),
        "grade": Filter(finding.c.grade),
        "assessment": Filter(finding.c.assessment),
        "person": Filter(finding.c.person),
    },
)
"""What was found."""

ACTIONS = ListOf(
    ActionLine,
    action,
    source=action.join(place, action.c.place == place.c.uid)
    .outerjoin(finding, action.c.finding == finding.c.uid)
    .outerjoin(cause_analysis, action.c.analysis == cause_analysis.c.uid),
    columns={
        **{name: action.c[name] for name in ActionLine.__struct_fields__ if name in action.c},
        "finding_text": func.coalesce(finding.c.text, cause_analysis.c.problem, ""),
        "place": place.c.name,
        "place_uid": place.c.uid,
        "state": _action_state,
    },
    sorts={
        "due": Sort(action, action.c.due, "due"),
        "number": Sort(action, action.c.number, "number"),
        "owner": Sort(action, action.c.owner, "owner"),
        "state": Ranked(action, action.c.state, "state", tuple(ActionState), {"overdue": ActionState.OPEN}),
        "place": Named(action, action.c.place, "place", place),
    },
    filters={
        "place": PlaceFilter(action.c.place),
        "state": _ActionStates(action.c.due, _action_state),
        "sort": Filter(action.c.sort),
        "owner": Filter(action.c.owner),
        "resting": ToldOnTheWay(action.c.snoozed_until, _rests),
        "assessment": Filter(action.c.assessment),
        "finding": Filter(action.c.finding),
        "analysis": Filter(action.c.analysis),
    },
)
"""What somebody does about it."""

TEMPLATES = ListOf(
    TemplateLine,
    template,
    source=template,
    columns={
        **{name: template.c[name] for name in TemplateLine.__struct_fields__ if name in template.c},
        "used": _number_of(assessment, assessment.c.template == template.c.uid),
    },
    sorts={
        "title": Sort(template, template.c.title, "title"),
        "form_id": Sort(template, template.c.form_id, "form_id"),
        "imported_at": Sort(template, template.c.imported_at, "imported_at"),
        "kind": Sort(template, template.c.kind, "kind"),
        "questions": Sort(template, template.c.questions, "questions"),
    },
    filters={
        "kind": Filter(template.c.kind),
        "form_id": Filter(template.c.form_id),
        "retired": YesNo(template.c.retired),
    },
)
"""Checklists."""

PACKS = ListOf(
    PackLine,
    pack,
    source=pack,
    columns={name: pack.c[name] for name in PackLine.__struct_fields__},
    sorts={
        "sealed_at": Sort(pack, pack.c.sealed_at, "sealed_at"),
        "state": Ranked(pack, pack.c.state, "state", tuple(Custody)),
        "size": Sort(pack, pack.c.size, "size"),
    },
    filters={"state": Filter(pack.c.state), "to": Filter(pack.c.to)},
    scanned=("sha256", "file"),
)
"""Own packs, and how far each has come."""
