"""Checking complaint files: one assessment a reviewer, and how far reviewers agree."""

from __future__ import annotations

import msgspec
import pytest
from tests.work.complaint_records import put_complaint

from gemba.domain.assessments import Assessment
from gemba.domain.people import Person
from gemba.domain.templates import Template
from gemba.errors import Refusal
from gemba.work.check_file import agreement, begin, checks_of
from gemba.work.conclude import conclude, outlook
from gemba.work.conduct import answer_all, note, open_sheet
from gemba.work.places import add_place


@pytest.fixture
def complaint(desk):
    place = add_place(desk, "Harbour").uid
    return put_complaint(desk, place=place, number="K-7", closed_at=desk.clock()).uid


def other_reviewer(desk):
    person = Person(uid=desk.ids(), name="Second Reader")
    with desk.unit() as unit:
        unit.put(person)
    return msgspec.structs.replace(desk, person=person)


def checked(desk, complaint, choice):
    """A concluded check in which every item is answered by `choice(number)`."""
    uid = begin(desk, complaint).uid
    for _ in range(3):  # what a bad answer asks for comes after it
        fill = open_sheet(desk, uid).fill
        given, number = {}, 0
        for item in fill.items():
            view = fill.view(item.path)
            if any(each.score is not None for each in view.choices):
                wanted = choice(number)
                names = [each.name for each in view.choices]
                given[item.path] = wanted if wanted in names else "yes"
                number += 1
            elif item.kind == "question" and view.required and not view.value:
                given[item.path] = "1" if view.kind in {"integer", "decimal"} else _some(view)
        answer_all(desk, uid, given)
    for path in outlook(desk, uid).critical:
        note(desk, uid, path, "Nothing was stopped")
    conclude(desk, uid)
    return uid


def _some(view):
    if view.choices:
        return view.choices[0].name
    return "2026-03-01" if view.kind == "date" else "Nothing more"


def test_a_check_is_about_the_complaint_and_knows_what_its_record_knows(desk, complaint):
    uid = begin(desk, complaint).uid
    sheet = open_sheet(desk, uid)
    answers = {path.rpartition("/")[2]: value for path, (value, _) in sheet.fill.answers().items()}
    assert (sheet.assessment.kind, sheet.assessment.subject) == ("complaint_file", complaint)
    assert (sheet.place.name, answers["file_ref"], answers["received_on"]) == ("Harbour", "K-7", "2026-03-01")
    assert answers["closed_on"] == "2026-03-02"


def test_agreement_is_told_once_two_have_concluded(desk, complaint):
    checked(desk, complaint, lambda _: "yes")
    begin(desk, complaint)
    with desk.reader() as reader:
        assert agreement(desk, reader, [complaint]) is None
    checked(other_reviewer(desk), complaint, lambda number: "no" if number == 0 else "yes")
    with desk.reader() as reader:
        found = agreement(desk, reader, [complaint])
        assert len(checks_of(reader, [complaint])[complaint]) == 3
    assert (found.files, found.reviewers, len(found.items)) == (1, 2, 22)
    assert (found.items[0].percent, found.items[1].percent) == (0.0, 1.0)
    assert found.percent == pytest.approx(21 / 22)
    assert found.alpha == pytest.approx(0.0, abs=0.05)


def test_items_get_an_alpha_of_their_own_over_several_files(desk, complaint):
    second = put_complaint(desk, place=add_place(desk, "Station").uid).uid
    for reader_desk in (desk, other_reviewer(desk)):
        checked(reader_desk, complaint, lambda _: "yes")
        checked(reader_desk, second, lambda _: "no")
    with desk.reader() as reader:
        found = agreement(desk, reader, [complaint, second])
    assert (found.files, found.alpha) == (2, 1.0)
    assert found.items[0].alpha == 1.0


def test_without_a_checklist_or_a_place_nothing_begins(desk, complaint):
    for name in ("A", "B"):
        add_place(desk, name)
    nowhere = put_complaint(desk).uid
    with pytest.raises(Refusal, match="complaint_without_place"):
        begin(desk, nowhere)
    with desk.unit() as unit:
        for each in unit.find(Template, kind="complaint_file"):
            unit.change(Template, each.uid, retired=True)
    with pytest.raises(Refusal, match="no_file_checklist"):
        begin(desk, complaint)
    with desk.reader() as reader:
        assert reader.find(Assessment, subject=complaint) == []
