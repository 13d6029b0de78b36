"""Raise a finding: the result of judging what was seen against one criterion."""

from __future__ import annotations

import re
from collections.abc import Sequence

from gemba.domain.actions import Action
from gemba.domain.change import Change
from gemba.domain.evidence import Evidence
from gemba.domain.findings import NEEDS_ACTION, Finding, FindingGrade, FindingState
from gemba.domain.record import Uid
from gemba.domain.templates import Template
from gemba.errors import Refusal
from gemba.forms.filling import Fill
from gemba.store.unit import Unit
from gemba.work.action_states import settled
from gemba.work.conduct import open_sheet
from gemba.work.desk import Desk
from gemba.work.question_steps import step_of
from gemba.work.records import demand_same, draft, known


def raise_finding(  # noqa: PLR0913 - a finding is raised in one go
    desk: Desk,
    assessment: Uid,
    *,
    grade: FindingGrade,
    text: str,
    path: str = "",
    criterion: str = "",
    step: str = "",
    evidence: Sequence[Uid] = (),
) -> Change:
    """Record a finding against exactly one criterion.

    Args:
        desk: who does it, where.
        assessment: a draft.
        grade: of ISO 19011; nonconformities stay open until an action is done.
        text: what was found, in the finder's words.
        path: the question that it is raised from.
        criterion: what should have been; when left empty, what the question traces to, else its own words.
        step: code of the step of the work that it is about; when left empty, what the question looks at.
        evidence: photos and files that point to it; those of the question when none are named.

    Raises:
        Refusal: the assessment is concluded, the text is empty, or there is no criterion.
    """
    against = against_what(desk, assessment, text=text, path=path, criterion=criterion)
    with desk.unit() as unit:
        where = draft(unit, assessment)
        finding = Finding(
            uid=desk.ids(),
            number=unit.number(Finding),
            assessment=assessment,
            place=where.place,
            path=path,
            criterion=against,
            grade=grade,
            text=text.strip(),
            state=first_state(grade),
            raised_at=desk.clock(),
            person=desk.person.uid,
            step=step.strip() or step_of(desk, unit, known(unit, Template, where.template), path),
        )
        unit.put(finding)
        chosen = tuple(evidence) or _shown_at(unit, assessment, path)
        for uid in chosen:
            demand_same(known(unit, Evidence, uid).assessment, assessment)
            unit.change(Evidence, uid, finding=finding.uid)
        return unit.change_made(finding.uid)


def against_what(desk: Desk, assessment: Uid, *, text: str, path: str = "", criterion: str = "") -> str:
    """The criterion that a finding would be raised against; asked before its photos are kept.

    Raises:
        Refusal: the text is empty, or there is no criterion.
    """
    if not text.strip():
        raise Refusal("work.finding_without_text")
    against = criterion.strip() or (criterion_of(open_sheet(desk, assessment).fill, path) if path else "")
    if not against:
        raise Refusal("work.finding_without_criterion")
    return against


def criterion_of(fill: Fill, path: str) -> str:
    """The criterion that a finding from a question is raised against, until somebody says otherwise.

    What the template says that the question traces to (`bind::gemba:criterion`: a clause, goal or commitment), else the
    question's own words.
    """
    traced = fill.form.rule(re.sub(r"\[\d+\]", "", path)).extras.get("criterion", "").strip()
    return traced or fill.view(path).label


def revise(
    desk: Desk,
    finding: Uid,
    *,
    grade: FindingGrade | None = None,
    text: str | None = None,
    criterion: str | None = None,
) -> Change:
    """Change a finding's words or grade while its assessment is a draft."""
    with desk.unit() as unit:
        old = known(unit, Finding, finding)
        draft(unit, old.assessment)
        fields: dict[str, object] = {
            name: value.strip() for name, value in (("text", text), ("criterion", criterion)) if value is not None
        }
        if "" in fields.values():
            raise Refusal("work.finding_without_text" if fields.get("text") == "" else "work.finding_without_criterion")
        if grade is not None and grade is not old.grade:
            actions = unit.find(Action, finding=finding)
            fields |= {"grade": grade, "state": settled(actions) if actions else first_state(grade)}
        unit.change(Finding, finding, **fields)
        return unit.change_made(finding)


def _shown_at(unit: Unit, assessment: Uid, path: str) -> tuple[Uid, ...]:
    """The photos and files of a question that point to no finding yet."""
    found = unit.find(Evidence, assessment=assessment, path=path) if path else []
    return tuple(item.uid for item in found if item.finding is None and not item.removed)


def first_state(grade: FindingGrade) -> FindingState:
    """The state in which a finding of a grade begins: open where it needs an action."""
    return FindingState.OPEN if grade in NEEDS_ACTION else FindingState.CLOSED
