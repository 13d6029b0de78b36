"""Move a draft to another version of its template, with a preview before and an undo after."""

from __future__ import annotations

import msgspec

from gemba.domain.assessments import Answer, AnswerOrigin, Assessment, answer_uid
from gemba.domain.change import Change
from gemba.domain.draft_migrations import DraftMigration, Fate, MovedAnswer, MovedPointer
from gemba.domain.evidence import Evidence
from gemba.domain.findings import Finding
from gemba.domain.nouns import NAMES, NOUNS
from gemba.domain.record import Uid
from gemba.domain.templates import Template
from gemba.errors import Refusal
from gemba.forms.carrying import Carriage, Carried, Ways, carry
from gemba.forms.definition import Form
from gemba.store.reading import Reader
from gemba.store.unit import Unit
from gemba.work.conduct import empty_fill, form_of, sheet_of
from gemba.work.desk import Desk
from gemba.work.records import draft, known


class Parked(msgspec.Struct, frozen=True):
    """An answer that has no place in the version that its assessment goes on with."""

    label: str
    """The question as it was asked."""
    value: str
    note: str


class Preview(msgspec.Struct, frozen=True):
    """What a move would do."""

    before: Template
    after: Template
    carriage: Carriage


def versions(desk: Desk, assessment: Uid) -> list[Template]:
    """The other versions of an assessment's template, the newest first."""
    with desk.reader() as reader:
        return _others(reader, known(reader, Template, known(reader, Assessment, assessment).template))


def newer_version(desk: Desk, assessment: Uid) -> Template | None:
    """The newest version of the template, if it came after the one that the assessment was begun with."""
    with desk.reader() as reader:
        return newer_of(reader, known(reader, Assessment, assessment))


def newer_of(reader: Reader, assessment: Assessment) -> Template | None:
    """The same, as one view of the store shows it."""
    mine = known(reader, Template, assessment.template)
    return next((each for each in _others(reader, mine) if each.imported_at > mine.imported_at), None)


def preview(desk: Desk, assessment: Uid, template: Uid) -> Preview:
    """What would become of each answer; nothing is changed.

    Raises:
        Refusal: the assessment is concluded, or the template is another checklist or this very version.
    """
    with desk.reader() as reader:
        return _preview(desk, reader, assessment, template)


def migrate(desk: Desk, assessment: Uid, template: Uid) -> Change:
    """Go on with another version: answers, notes, evidence and findings go with their questions.

    Returns:
        The change, with the uid of the move: `undo` takes it.

    Raises:
        Refusal: as `preview`.
    """
    with desk.unit() as unit:
        found = _preview(desk, unit, assessment, template)
        migration = DraftMigration(
            uid=desk.ids(),
            assessment=assessment,
            before=found.before.uid,
            after=found.after.uid,
            moved=_moved(unit, assessment, found.carriage.answers),
            pointers=_pointers(unit, assessment, Ways(*_forms(desk, found.before, found.after))),
            moved_at=desk.clock(),
            person=desk.person.uid,
        )
        unit.put(migration)
        unit.change(Assessment, assessment, template=found.after.uid, kind=found.after.kind)
        _move_answers(unit, migration)
        for pointer in migration.pointers:
            unit.change(NOUNS[pointer.noun], pointer.uid, path=pointer.after)
        return unit.change_made(migration.uid)


def undo(desk: Desk, assessment: Uid) -> Change:
    """Take the last move back: the draft goes on with the version that it had, and with its answers.

    What was answered since at questions that the old version has as well stays.

    Raises:
        Refusal: nothing was moved, or the assessment is concluded.
    """
    with desk.unit() as unit:
        draft(unit, assessment)
        last = _last(unit, assessment)
        if last is None:
            raise Refusal("work.nothing_moved")
        old = known(unit, Template, last.before)
        unit.change(Assessment, assessment, template=old.uid, kind=old.kind)
        for each in last.moved:
            _take_back(unit, assessment, each)
        for pointer in last.pointers:
            unit.change(NOUNS[pointer.noun], pointer.uid, path=pointer.before)
        unit.change(DraftMigration, last.uid, undone_at=desk.clock())
        return unit.change_made(last.uid)


def parked(desk: Desk, assessment: Uid) -> list[Parked]:
    """The answers that found no place when the assessment changed version, with their questions as they were asked."""
    with desk.reader() as reader:
        return parked_of(reader, assessment)


def parked_of(reader: Reader, assessment: Uid) -> list[Parked]:
    """The same, as one view of the store shows it."""
    standing = [each for each in reader.find(DraftMigration, assessment=assessment) if each.undone_at is None]
    lost = [each for migration in standing for each in migration.moved if each.fate is Fate.PARKED]
    return [Parked(each.label, each.value, each.note) for each in lost]


def _others(reader: Reader, template: Template) -> list[Template]:
    """The other versions of a template that may be chosen, the newest first."""
    others = reader.find(Template, form_id=template.form_id)
    kept = [each for each in others if each.uid != template.uid and not each.retired]
    return sorted(kept, key=lambda each: each.imported_at, reverse=True)


def _preview(desk: Desk, reader: Reader, assessment: Uid, template: Uid) -> Preview:
    record = draft(reader, assessment)
    before, after = known(reader, Template, record.template), known(reader, Template, template)
    if before.uid == after.uid:
        raise Refusal("work.same_version", version=after.version)
    if before.form_id != after.form_id:
        raise Refusal("work.another_checklist", title=after.title)
    answers = {
        each.path: each.value
        for each in reader.find(Answer, assessment=assessment)
        if (each.value or each.note)
        and each.origin is not AnswerOrigin.CALCULATED
        and not each.path.endswith("]")  # says only that one of a repeat stands there
    }
    old = sheet_of(desk, reader, assessment).fill
    return Preview(before, after, carry(old, empty_fill(desk, reader, record, template), answers))


def _moved(unit: Unit, assessment: Uid, answers: tuple[Carried, ...]) -> tuple[MovedAnswer, ...]:
    notes = {each.path: each.note for each in unit.find(Answer, assessment=assessment)}
    return tuple(
        MovedAnswer(
            before=each.before,
            after=each.after,
            value=each.value,
            new_value=each.new_value,
            fate=Fate(each.fate),
            note=notes.get(each.before, ""),
            label=each.label,
        )
        for each in answers
    )


def _move_answers(unit: Unit, migration: DraftMigration) -> None:
    """First everything leaves its place, then it takes its new one: two answers may change places."""
    away = [each for each in migration.moved if each.after != each.before or each.new_value != each.value]
    for each in away:
        _keep(unit, migration.assessment, each.before, "", "")
    for each in away:
        if each.after:
            _keep(unit, migration.assessment, each.after, each.new_value, each.note)


def _take_back(unit: Unit, assessment: Uid, each: MovedAnswer) -> None:
    """Put an answer back; one that was given anew since goes back to the question as it is now."""
    now = unit.get(Answer, answer_uid(assessment, each.after)) if each.after else None
    anew = now is not None and now.value != each.new_value
    if each.after and each.after != each.before:
        _keep(unit, assessment, each.after, "", "")
    value = now.value if now is not None and anew else each.value
    note = now.note if now is not None and now.note else each.note
    _keep(unit, assessment, each.before, value, note)


def _pointers(reader: Reader, assessment: Uid, ways: Ways) -> tuple[MovedPointer, ...]:
    """Evidence and findings whose question has another place now, or none."""
    pointing: list[Evidence | Finding] = []
    pointing += reader.find(Evidence, assessment=assessment)
    pointing += reader.find(Finding, assessment=assessment)
    return tuple(
        MovedPointer(NAMES[type(item)], item.uid, item.path, ways.of(item.path))
        for item in pointing
        if item.path and ways.of(item.path) != item.path
    )


def _forms(desk: Desk, *templates: Template) -> list[Form]:
    return [form_of(desk, template) for template in templates]


def _last(reader: Reader, assessment: Uid) -> DraftMigration | None:
    standing = [each for each in reader.find(DraftMigration, assessment=assessment) if each.undone_at is None]
    return max(standing, key=lambda each: (each.moved_at, each.uid), default=None)


def _keep(unit: Unit, assessment: Uid, path: str, value: str, note: str) -> None:
    answer = Answer(uid=answer_uid(assessment, path), assessment=assessment, path=path, value=value, note=note)
    unit.keep(answer, "value", "note")
