"""Raise a finding: the result of judging what was seen against one criterion."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

import msgspec

from gemba.domain.actions import Action
from gemba.domain.change import Change
from gemba.domain.evidence import Evidence
from gemba.domain.findings import NEEDS_ACTION, Finding, FindingGrade, FindingState
from gemba.domain.places import Place
from gemba.domain.record import Uid
from gemba.domain.templates import Template
from gemba.domain.vocabularies import Facet
from gemba.errors import Refusal
from gemba.forms.filling import Fill
from gemba.store.reading import Reader
from gemba.store.unit import Unit
from gemba.work.action_states import settled
from gemba.work.codes import code_of
from gemba.work.conduct import open_sheet
from gemba.work.contain_finding import contain_in
from gemba.work.desk import Desk
from gemba.work.put_right import PutRight, after_photos, demand_shown, put_right_in
from gemba.work.question_steps import step_of
from gemba.work.records import demand_same, draft, known


class Beside(msgspec.Struct, frozen=True, kw_only=True):
    """What may be said of a finding in the same breath."""

    cause: str = ""
    """Code or title of the cause."""
    contained: str = ""
    """What was done at once so that no further customer meets it."""
    contained_at: datetime | None = None
    """When; now when left out."""
    put_right: PutRight | None = None
    """What was put right on the spot."""


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
    beside: Beside = Beside(),  # noqa: B008 - frozen
) -> Change:
    """Record a finding against exactly one criterion.

    Args:
        desk: who does it, where.
        assessment: a draft.
        grade: of ISO 19011; nonconformities stay open until an action is done.
        text: what was found, in the finder's words.
        path: the question that it is raised from.
        criterion: what should have been; when left empty, what the question traces to, else its own words.
        step: code or title of the step of the work that it is about; when left empty, what the question looks at.
        evidence: photos and files that point to it; those of the question when none are named.
        beside: cause, containment, and what was put right on the spot.

    Raises:
        Refusal: the assessment is concluded, the text is empty, there is no criterion, step or cause is unknown, or
            what is said of containment or of putting it right cannot be.
    """
    against = against_what(desk, assessment, text=text, path=path, criterion=criterion)
    right, uid, action = beside.put_right, desk.ids(), desk.ids()
    if right is not None:
        demand_shown(right)
    with desk.reader() as reader:
        where = draft(reader, assessment)
        chosen = tuple(evidence) or _shown_at(reader, assessment, path)
        finding = Finding(
            uid=uid,
            number="",
            assessment=assessment,
            place=where.place,
            path=path,
            criterion=against,
            grade=grade,
            text=text.strip(),
            state=first_state(grade),
            raised_at=desk.clock(),
            person=desk.person.uid,
            step=code_of(reader, Facet.STEP, step)
            or step_of(desk, reader, known(reader, Template, where.template), path),
            cause=code_of(reader, Facet.CAUSE, beside.cause),
        )
        before = [one.uid for one in reader.many(Evidence, chosen) if one.width]
        place = known(reader, Place, where.place)
    photos = after_photos(desk, finding, action, right, place, before) if right is not None else []
    with desk.unit() as unit:
        draft(unit, assessment)
        finding = msgspec.structs.replace(finding, number=unit.number(Finding))
        unit.put(finding)
        for each in chosen:
            demand_same(known(unit, Evidence, each).assessment, assessment)
            unit.change(Evidence, each, finding=finding.uid)
        if beside.contained.strip() or beside.contained_at is not None:
            contain_in(unit, finding, beside.contained, beside.contained_at or desk.clock(), desk.clock())
        if right is not None:
            put_right_in(unit, desk, finding, action, right, photos)
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
    step: str | None = None,
    beside: Beside | None = None,
) -> Change:
    """Change a finding's words, grade, codes or what was done at once, while its assessment is a draft.

    Args:
        desk: who does it, where.
        finding: uid of the finding.
        grade: as the other texts and codes, as it was when left out.
        text: what was found.
        criterion: what should have been.
        step: code or title of the step.
        beside: its cause, and what was done at once; with no words that is taken back.

    Raises:
        Refusal: the assessment is concluded, a text is empty, a code is unknown, or the time cannot be.
    """
    said = {"text": text, "criterion": criterion}
    codes = {Facet.STEP: step, Facet.CAUSE: beside.cause if beside is not None else None}
    with desk.unit() as unit:
        old = known(unit, Finding, finding)
        draft(unit, old.assessment)
        fields: dict[str, object] = {name: value.strip() for name, value in said.items() if value is not None}
        if "" in fields.values():
            raise Refusal("work.finding_without_text" if fields.get("text") == "" else "work.finding_without_criterion")
        fields |= {facet.value: code_of(unit, facet, code) for facet, code in codes.items() if code is not None}
        if grade is not None and grade is not old.grade:
            actions = unit.find(Action, finding=finding)
            now = msgspec.structs.replace(old, grade=grade)
            fields |= {"grade": grade, "state": settled(now, actions) if actions else first_state(grade)}
        unit.change(Finding, finding, **fields)
        if beside is not None:
            _contain_anew(unit, desk, old, beside)
        return unit.change_made(finding)


def _contain_anew(unit: Unit, desk: Desk, old: Finding, beside: Beside) -> None:
    """What was done at once as it is said now; the time stays where only words are others."""
    words = beside.contained.strip()
    if words and (words != old.contained or beside.contained_at is not None):
        contain_in(unit, old, words, beside.contained_at or old.contained_at or desk.clock(), desk.clock())
    elif old.contained and not words:
        unit.change(Finding, old.uid, contained="", contained_at=None)


def _shown_at(reader: Reader, assessment: Uid, path: str) -> tuple[Uid, ...]:
    """The photos and files of a question that point to no finding yet."""
    found = reader.find(Evidence, assessment=assessment, path=path) if path else []
    return tuple(item.uid for item in found if item.finding is None and not item.removed)


def first_state(grade: FindingGrade) -> FindingState:
    """The state in which a finding of a grade begins: open where it needs an action."""
    return FindingState.OPEN if grade in NEEDS_ACTION else FindingState.CLOSED
