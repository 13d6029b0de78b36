"""A report tells questions of repeats apart, gathers loose ones, and keeps what an earlier version asked."""

from __future__ import annotations

import pytest
from tests.work.test_migrate_draft import FIRST, SECOND

from gemba.work import conduct
from gemba.work.desk import Desk
from gemba.work.import_template import import_template
from gemba.work.migrate_draft import migrate
from gemba.work.report_facts import assessment_facts

FORM = (
    "| survey |\n| | type | name | label |\n"
    "| | text | who | Who? |\n| | dateTime | when | When? |\n"
    "| | begin repeat | visit | Visit |\n| | text | where | Where? |\n"
    "| | begin repeat | talk | Talk |\n| | text | about | About? |\n| | end repeat | | |\n| | end repeat | | |\n"
    "| | text | last | Anything else? |\n| | time | left | Left at? |\n"
    "| settings |\n| | form_id | version |\n| | visits | 1 |\n"
)


@pytest.fixture
def visits(desk: Desk, place: str) -> str:
    uid = conduct.start(desk, import_template(desk, FORM.encode(), "visits.md").uid, place).uid
    conduct.answer_all(
        desk,
        uid,
        {
            "/data/who": "Ada",
            "/data/when": "2026-03-02T10:05:00.000+01:00",
            "/data/visit[1]/where": "Hall",
            "/data/visit[1]/talk[2]/about": "Queues",
            "/data/visit[2]/where": "Yard",
            "/data/left": "11:30:00.000+01:00",
        },
    )
    return uid


def sections(desk: Desk, uid: str) -> dict[str, list[tuple[str, str]]]:
    with desk.reader() as reader:
        found = assessment_facts(desk, reader, uid).sections
    return {section.title: [(line.question, line.answer) for line in section.lines] for section in found}


def test_repeats_have_numbers_and_loose_questions_stand_together(desk: Desk, visits: str) -> None:
    found = sections(desk, visits)
    assert list(found)[:3] == ["General", "Visit 1", "Visit 2"]
    assert found["Visit 1"][0] == ("Where?", "Hall")
    assert ("Talk 2 · About?", "Queues") in found["Visit 1"]
    assert found["Visit 2"][0] == ("Where?", "Yard")


def test_moments_are_printed_as_the_clock_showed_them(desk: Desk, visits: str) -> None:
    told = [line for lines in sections(desk, visits).values() for line in lines]
    assert ("Left at?", "11:30") in told
    with desk.reader() as reader:
        first = assessment_facts(desk, reader, visits).sections[0]
    assert [line.answer for line in first.lines] == ["Ada", "2026-03-02 10:05"]


def test_what_an_earlier_version_asked_is_printed(desk: Desk, place: str) -> None:
    uid = conduct.start(desk, import_template(desk, FIRST.encode(), "counter.md").uid, place).uid
    conduct.answer_all(desk, uid, {"/data/who": "Ada", "/data/gone": "Closed"})
    conduct.note(desk, uid, "/data/gone", "in small print")
    migrate(desk, uid, import_template(desk, SECOND.encode(), "counter.md").uid)
    found = sections(desk, uid)
    assert found["Answers to an earlier version of the checklist"] == [("What did the sign say?", "Closed")]
