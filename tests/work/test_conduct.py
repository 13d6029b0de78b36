from __future__ import annotations

from datetime import date

import pytest

from gemba.domain.assessments import Answer, Assessment, AssessmentState
from gemba.errors import Refusal
from gemba.work import conduct
from gemba.work.conclude import conclude
from gemba.work.conduct import open_sheet
from gemba.work.demonstrate import fill_in
from gemba.work.desk import Desk


def first_choice_question(desk: Desk, assessment: str) -> str:
    fill = open_sheet(desk, assessment).fill
    return next(item.path for item in fill.items() if item.kind == "question" and fill.view(item.path).choices)


def test_an_assessment_begins_as_a_numbered_draft(desk: Desk, place: str, audit: str) -> None:
    with desk.reader() as reader:
        found = reader.get(Assessment, audit)
    assert found is not None
    assert found.state is AssessmentState.DRAFT
    assert found.number.startswith("A-")
    assert found.place == place


def test_numbers_are_made_without_gaps(desk: Desk, place: str, audit: str) -> None:
    with desk.reader() as reader:
        template = reader.find(Assessment)[0].template
    again = conduct.start(desk, template, place, due=date(2026, 4, 1)).uid
    with desk.reader() as reader:
        numbers = [int(item.number[-4:]) for item in reader.find(Assessment)]
        assert reader.find(Assessment, uid=again)[0].due == date(2026, 4, 1)
    assert numbers == [1, 2]


def test_an_answer_is_there_after_reopening(desk: Desk, audit: str) -> None:
    path = first_choice_question(desk, audit)
    value = open_sheet(desk, audit).fill.view(path).choices[-1].name
    conduct.answer(desk, audit, path, value)
    assert open_sheet(desk, audit).fill.view(path).value == value


def test_answering_again_changes_one_record(desk: Desk, audit: str) -> None:
    path = first_choice_question(desk, audit)
    names = [choice.name for choice in open_sheet(desk, audit).fill.view(path).choices]
    for name in names[:3]:
        conduct.answer(desk, audit, path, name)
    with desk.reader() as reader:
        assert [answer.value for answer in reader.find(Answer, assessment=audit, path=path)] == [names[2]]


def test_an_answer_can_be_taken_away(desk: Desk, audit: str) -> None:
    path = first_choice_question(desk, audit)
    conduct.answer(desk, audit, path, open_sheet(desk, audit).fill.view(path).choices[0].name)
    conduct.answer(desk, audit, path, "")
    assert open_sheet(desk, audit).fill.view(path).value == ""


def test_a_note_stands_beside_an_unanswered_question(desk: Desk, audit: str) -> None:
    path = first_choice_question(desk, audit)
    conduct.note(desk, audit, path, "Asked the team, they will look it up.")
    sheet = open_sheet(desk, audit)
    assert sheet.notes == {path: "Asked the team, they will look it up."}
    assert sheet.fill.view(path).value == ""


def test_what_breaks_the_form_is_kept_and_named(desk: Desk, audit: str) -> None:
    fill = open_sheet(desk, audit).fill
    path = next(item.path for item in fill.items() if fill.view(item.path).kind == "date")
    conduct.answer(desk, audit, path, "the day before yesterday")
    view = open_sheet(desk, audit).fill.view(path)
    assert view.value == "the day before yesterday"
    assert not view.valid


def test_several_answers_are_kept_together_or_not_at_all(desk: Desk, audit: str) -> None:
    path = first_choice_question(desk, audit)
    with pytest.raises(Refusal, match=r"store\.bad_text"):
        conduct.answer_all(desk, audit, {path: "a", path + "x": "half a character \ud800"})
    assert open_sheet(desk, audit).fill.view(path).value == ""


def test_a_concluded_assessment_takes_no_answers(desk: Desk, audit: str) -> None:
    import random

    fill = open_sheet(desk, audit).fill
    conduct.answer_all(desk, audit, fill_in(fill, random.Random(1), 1.0, 0.9, desk.clock()))
    conclude(desk, audit)
    path = first_choice_question(desk, audit)
    with pytest.raises(Refusal, match=r"work\.frozen"):
        conduct.answer(desk, audit, path, "1")
    with pytest.raises(Refusal, match=r"work\.frozen"):
        conduct.note(desk, audit, path, "too late")


def test_an_unknown_template_is_refused(desk: Desk, place: str) -> None:
    with pytest.raises(Refusal, match=r"work\.unknown_record"):
        conduct.start(desk, place, place)


def test_nothing_of_a_refused_start_is_left(desk: Desk, audit: str) -> None:
    with desk.reader() as reader:
        template = reader.find(Assessment)[0].template
    with pytest.raises(Refusal):
        conduct.start(desk, template, template)
    with desk.reader() as reader:
        assert len(reader.find(Assessment)) == 1
