"""Conduct an assessment: start it, answer, note."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from gemba.domain.assessments import Answer, AnswerOrigin, Assessment, AssessmentState, answer_uid
from gemba.domain.change import Change
from gemba.domain.evidence import Evidence, proves
from gemba.domain.findings import Finding
from gemba.domain.places import Place
from gemba.domain.record import Uid
from gemba.domain.templates import Template
from gemba.errors import Refusal
from gemba.forms.definition import Form
from gemba.forms.drawing import drawn, draws
from gemba.forms.filling import Fill
from gemba.store.reading import Reader
from gemba.store.unit import Unit
from gemba.work.desk import Desk
from gemba.work.place_merging import goes_on_at
from gemba.work.records import draft, known

_REPEATED = re.compile(r"\[\d+\]")
"""The positions of repeats in a path."""


class Sheet(msgspec.Struct, frozen=True):
    """An assessment opened for filling or reading: its records, and the form filled with its answers."""

    assessment: Assessment
    template: Template
    place: Place
    fill: Fill
    notes: dict[str, str]
    """Notes by path of the question."""
    evidence: tuple[Evidence, ...]
    findings: tuple[Finding, ...]


def start(
    desk: Desk, template: Uid, place: Uid, *, title: str = "", due: date | None = None, subject: Uid = ""
) -> Change:
    """Begin an assessment of a template at a place; the form's default answers are given at once.

    Args:
        desk: who does it, where.
        template: the checklist.
        place: where.
        title: the checklist's own when empty.
        due: until when, if there is a day.
        subject: the record that is looked at, where the kind looks at one.

    Raises:
        Refusal: the template is retired, or template or place is unknown.
    """
    with desk.unit() as unit:
        begun = start_in(unit, desk, template, place, title=title, due=due, subject=subject)
        return unit.change_made(begun.uid)


def start_in(  # noqa: PLR0913 - as many as `start` has, and where it is kept
    unit: Unit,
    desk: Desk,
    template: Uid,
    place: Uid,
    *,
    uid: Uid = "",
    title: str = "",
    due: date | None = None,
    subject: Uid = "",
) -> Assessment:
    """Begin an assessment in a transaction that does more; as `start`, with its uid where that follows from something.

    Raises:
        Refusal: as `start`.
    """
    checklist = known(unit, Template, template)
    if checklist.retired:
        raise Refusal("work.template_retired", title=checklist.title)
    where = goes_on_at(unit, place)
    assessment = Assessment(
        uid=uid or desk.ids(),
        number=unit.number(Assessment),
        template=template,
        kind=checklist.kind,
        title=title or checklist.title,
        place=where.uid,
        person=desk.person.uid,
        started_at=desk.clock(),
        due=due,
        seed=desk.ids()[-12:] if draws(form_of(desk, checklist)) else "",
        subject=subject,
    )
    unit.put(assessment)
    fill = _fill(desk, checklist, where, None, seed=assessment.seed)
    for path, (value, _) in fill.answers().items():
        calculated = bool(fill.form.rule(_REPEATED.sub("", path)).calculate)
        origin = AnswerOrigin.CALCULATED if calculated else AnswerOrigin.DEFAULT
        _keep(unit, assessment.uid, path, value=value, origin=origin)
    return assessment


def open_sheet(desk: Desk, assessment: Uid) -> Sheet:
    """Open an assessment with everything that was recorded in it.

    Raises:
        Refusal: the assessment is unknown.
    """
    with desk.reader() as reader:
        return sheet_of(desk, reader, assessment)


def sheet_of(desk: Desk, reader: Reader, uid: Uid) -> Sheet:
    """The sheet of an assessment as one view of the store shows it."""
    assessment = known(reader, Assessment, uid)
    template = known(reader, Template, assessment.template)
    place = known(reader, Place, assessment.place)
    answers = reader.find(Answer, assessment=uid)
    values = _standing({answer.path: answer.value for answer in answers})
    frozen = assessment.state is AssessmentState.CONCLUDED
    return Sheet(
        assessment=assessment,
        template=template,
        place=place,
        fill=_fill(desk, template, place, values, frozen=frozen, seed=assessment.seed),
        notes={answer.path: answer.note for answer in answers if answer.note},
        evidence=tuple(item for item in reader.find(Evidence, assessment=uid) if not item.removed and not proves(item)),
        findings=tuple(reader.find(Finding, assessment=uid)),
    )


def answer(desk: Desk, assessment: Uid, path: str, value: str) -> Change:
    """Keep the value given to the question at `path`, whatever it is: nothing typed is thrown away.

    Whether it is valid is the form's matter (`Fill.view`), and `conclude` asks for it.

    Raises:
        Refusal: the assessment is concluded or unknown.
    """
    return answer_all(desk, assessment, {path: value})


def answer_all(desk: Desk, assessment: Uid, values: Mapping[str, str]) -> Change:
    """Keep several answers in one transaction: all or none."""
    with desk.unit() as unit:
        draft(unit, assessment)
        for path, value in values.items():
            _keep(unit, assessment, path, value=value, origin=AnswerOrigin.GIVEN)
        return unit.change_made(assessment)


def note(desk: Desk, assessment: Uid, path: str, words: str) -> Change:
    """Keep a note beside the question at `path`."""
    with desk.unit() as unit:
        draft(unit, assessment)
        _keep(unit, assessment, path, note=words)
        return unit.change_made(assessment)


def keep_calculated(unit: Unit, assessment: Uid, fill: Fill) -> None:
    """Keep what the form calculated, so that a concluded assessment reads the same for ever."""
    for path, (value, origin) in fill.answers().items():
        if AnswerOrigin(origin) is AnswerOrigin.CALCULATED:
            _keep(unit, assessment, path, value=value, origin=AnswerOrigin.CALCULATED)


def _standing(values: Mapping[str, str]) -> dict[str, str]:
    """The answers without those of repeats that were taken out: a repeat stands by what is kept of it or in it."""
    full = {part for path, value in values.items() if value for part in _repeats_around(path)}
    return {path: value for path, value in values.items() if full.issuperset(_repeats_around(path))}


def _repeats_around(path: str) -> list[str]:
    """The repeats that a path lies in, each with its number: `/data/queue[2]` of `/data/queue[2]/wait`."""
    return [path[: found.end()] for found in _REPEATED.finditer(path)]


def _keep(unit: Unit, assessment: Uid, path: str, **fields: Any) -> None:
    unit.keep(Answer(uid=answer_uid(assessment, path), assessment=assessment, path=path, **fields), *fields)


def form_of(desk: Desk, template: Template) -> Form:
    """The form of a template."""
    return desk.shelf.form(template.xform, desk.store.evidence.read, template.files)


def empty_fill(desk: Desk, reader: Reader, assessment: Assessment, template: Uid) -> Fill:
    """The form of a template with nothing in it, at the place of an assessment."""
    where = known(reader, Place, assessment.place)
    return _fill(desk, known(reader, Template, template), where, None, seed=assessment.seed)


def _fill(
    desk: Desk,
    template: Template,
    place: Place,
    answers: Mapping[str, str] | None,
    *,
    frozen: bool = False,
    seed: str = "",
) -> Fill:
    """The form with these answers, where today is today at the place, and with the questions that the seed draws.

    A concluded one calculates nothing again, so that it reads the same for ever.
    """
    zone = ZoneInfo(place.zone)
    return Fill(
        drawn(form_of(desk, template), seed),
        answers=answers,
        now=lambda: desk.clock().astimezone(zone),
        person=desk.person.name,
        device=desk.store.device.id,
        frozen=frozen,
    )
