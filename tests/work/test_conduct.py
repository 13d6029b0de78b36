from __future__ import annotations

from datetime import date

import pytest

from gemba.domain.assessments import Answer, Assessment, AssessmentState
from gemba.domain.templates import Template
from gemba.errors import Refusal
from gemba.work import conduct
from gemba.work.conclude import conclude
from gemba.work.conduct import open_sheet
from gemba.work.demonstrate_filling import fill_in
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


def repeated(desk: Desk) -> str:
    """The uid of a template with a repeat."""
    from io import BytesIO

    from openpyxl import Workbook

    from gemba.work.import_template import import_template

    book = Workbook()
    book.active.title = "survey"
    for row in (
        ("type", "name", "label", "calculation"),
        ("date", "day", "Which day?", ""),
        ("calculate", "chance", "", "once(random())"),
        ("begin_repeat", "queue", "A queue", ""),
        ("integer", "wait", "Minutes", ""),
        ("end_repeat", "", "", ""),
    ):
        book.active.append(row)
    out = BytesIO()
    book.save(out)
    return import_template(desk, out.getvalue(), "queues.xlsx").uid


def test_a_repeat_that_was_taken_out_stays_out(desk: Desk, place: str) -> None:
    walk = conduct.start(desk, repeated(desk), place).uid
    conduct.answer_all(desk, walk, {"/data/queue[1]/wait": "5", "/data/queue[2]/wait": "9"})
    assert open_sheet(desk, walk).fill.repeats("/data/queue") == 2
    conduct.answer(desk, walk, "/data/queue[2]/wait", "")
    fill = open_sheet(desk, walk).fill
    assert fill.repeats("/data/queue") == 1
    assert fill.view("/data/queue[1]/wait").value == "5"


def test_what_was_drawn_once_stays_drawn(desk: Desk, place: str) -> None:
    walk = conduct.start(desk, repeated(desk), place).uid
    drawn = {open_sheet(desk, walk).fill.view("/data/chance").value for _ in range(3)}
    assert len(drawn) == 1
    assert drawn != {""}


def test_a_concluded_assessment_reads_the_same_for_ever(desk: Desk, place: str) -> None:
    walk = conduct.start(desk, repeated(desk), place).uid
    conduct.answer_all(desk, walk, {"/data/day": "2026-03-02", "/data/queue[1]/wait": "5"})
    before = open_sheet(desk, walk).fill.answers()
    conclude(desk, walk)
    assert open_sheet(desk, walk).fill.answers() == before == open_sheet(desk, walk).fill.answers()


def test_today_is_today_at_the_place(desk: Desk) -> None:
    from datetime import UTC, datetime

    import msgspec

    from gemba.work.places import add_place

    late = msgspec.structs.replace(desk, clock=lambda: datetime(2026, 3, 2, 23, 30, tzinfo=UTC))
    there = add_place(late, "Tokyo office", zone="Asia/Tokyo").uid
    with desk.reader() as reader:
        template = next(item for item in reader.find(Template) if item.kind == "walk")
    walk = conduct.start(late, template.uid, there).uid
    assert open_sheet(late, walk).fill.view("/data/facts/walked_on").value == "2026-03-03"
