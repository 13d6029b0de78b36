"""Signs of haste, for whoever fills an assessment and nobody else: they are worked out anew and kept nowhere."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import msgspec

from gemba.domain.assessments import Answer, Assessment, AssessmentState
from gemba.domain.conclusions import Conclusion
from gemba.domain.record import Uid
from gemba.methods.filling_quality import (
    is_much_faster,
    is_straight,
    longest_run,
    pace,
    same_words,
    usual_pace,
)
from gemba.store.look_alikes import look_alikes
from gemba.store.reading import Reader
from gemba.wording import plural, text
from gemba.work.conduct import Sheet, sheet_of
from gemba.work.desk import Desk
from gemba.work.proofs import ALIKE, number_of
from gemba.work.time_spent import spent

_BEFORE = timedelta(minutes=30)
"""A photo taken that long before the walk was begun may still belong to it."""


class Signal(msgspec.Struct, frozen=True):
    """One thing worth another look before concluding."""

    code: str
    """fast, straight, photo_again, photo_outside or note_again."""
    words: str
    """What was noticed, in one sentence; never a reproach."""
    paths: tuple[str, ...] = ()
    """The questions that it is about."""


class Quality(msgspec.Struct, frozen=True):
    """How an assessment was filled."""

    seconds: int
    """Time spent so far, without the pauses; 0 when none was counted."""
    budget_seconds: int | None
    """What the template allows for; None when it says nothing."""
    signals: tuple[Signal, ...]


def quality(desk: Desk, assessment: Uid) -> Quality:
    """What is worth another look before an assessment is concluded.

    Raises:
        Refusal: the assessment is unknown.
    """
    with desk.reader() as reader:
        sheet = sheet_of(desk, reader, assessment)
        seconds = spent(reader, assessment)
        found = (
            *_pace(reader, sheet, seconds),
            *_straight(sheet),
            *_photos(reader, sheet),
            *_notes(reader, sheet),
        )
    return Quality(seconds, _budget(sheet), found)


def _budget(sheet: Sheet) -> int | None:
    try:
        minutes = float(sheet.fill.form.attributes.get("budget_minutes", ""))
    except ValueError:
        return None
    return round(60 * minutes) if minutes > 0 else None


def _pace(reader: Reader, sheet: Sheet, seconds: int) -> Iterator[Signal]:
    now = pace(seconds, sum(section.answered for section in sheet.fill.score().sections))
    earlier = [each for each in _earlier_paces(reader, sheet) if each is not None]
    usual = usual_pace(earlier)
    if now is None or usual is None or not is_much_faster(now, earlier):
        return
    facts = {"now": f"{now:.0f}", "usual": f"{usual:.0f}"}
    yield Signal("fast", text("You took {now} s an answer; in your earlier walks it was {usual} s.", **facts))


def _earlier_paces(reader: Reader, sheet: Sheet) -> Iterator[float | None]:
    for each in _earlier(reader, sheet.assessment):
        for conclusion in reader.find(Conclusion, assessment=each.uid):
            answered = sum(section.answered for section in conclusion.sections)
            yield pace(conclusion.seconds or 0, answered)


def _earlier(reader: Reader, assessment: Assessment) -> list[Assessment]:
    """The person's own concluded walks with the same checklist, the last one first."""
    mine = reader.find(Assessment, template=assessment.template, person=assessment.person)
    done = [each for each in mine if each.state is AssessmentState.CONCLUDED and each.uid != assessment.uid]
    return sorted(done, key=lambda each: each.started_at, reverse=True)


def _straight(sheet: Sheet) -> Iterator[Signal]:
    """One answer all the way down, list by list; a list with a single choice allows nothing else."""
    lists: dict[tuple[str, ...], list[tuple[str, str]]] = {}
    for item in sheet.fill.items():
        if item.kind != "question":
            continue
        view = sheet.fill.view(item.path)
        if view.kind == "select_one" and len(view.choices) > 1:
            names = tuple(choice.name for choice in view.choices)
            lists.setdefault(names, []).append((item.path, view.value))
    for answers in lists.values():
        if is_straight([value for _, value in answers]):
            first, length = longest_run([value for _, value in answers])
            label = sheet.fill.view(answers[first][0])
            chosen = next((each.label for each in label.choices if each.name == label.value), label.value)
            words = plural(
                "{n} question in a row was answered “{answer}”.",
                "{n} questions in a row were answered “{answer}”.",
                length,
                answer=chosen,
            )
            yield Signal("straight", words, tuple(path for path, _ in answers[first : first + length]))


def _photos(reader: Reader, sheet: Sheet) -> Iterator[Signal]:
    begun = sheet.assessment.started_at - _BEFORE
    ended = sheet.assessment.concluded_at
    for item in sheet.evidence:
        other = _shown_before(reader, sheet.assessment, item.likeness)
        if other:
            facts = {"name": item.name, "number": other}
            yield Signal("photo_again", text("{name} looks like a photo of {number}.", **facts), (item.path,))
        late = ended is not None and item.taken_at is not None and item.taken_at > ended
        if item.taken_at is not None and (item.taken_at < begun or late):
            words = text("{name} was taken outside this visit.", name=item.name)
            yield Signal("photo_outside", words, (item.path,))


def _shown_before(reader: Reader, assessment: Assessment, likeness: str) -> str:
    """Number of another assessment, or of an action and the like, that shows the same picture.

    The assessment that this one corrects may, of course.
    """
    own = {assessment.uid, assessment.corrects}
    for alike in look_alikes(reader, likeness, ALIKE):
        if alike.evidence.assessment is None or alike.evidence.assessment not in own:
            return number_of(reader, alike.evidence)
    return ""


def _notes(reader: Reader, sheet: Sheet) -> Iterator[Signal]:
    last = next(iter(_earlier(reader, sheet.assessment)), None)
    if last is None or last.uid == sheet.assessment.corrects:
        return
    before = {each.path: each.note for each in reader.find(Answer, assessment=last.uid) if each.note}
    again = [path for path, note in sheet.notes.items() if any(same_words(note, other) for other in before.values())]
    if again:
        words = plural(
            "{n} note is word for word as in {number}.",
            "{n} notes are word for word as in {number}.",
            len(again),
            number=last.number,
        )
        yield Signal("note_again", words, tuple(again))
