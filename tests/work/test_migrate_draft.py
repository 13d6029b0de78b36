"""A draft goes on with another version of its checklist; nothing is lost on the way, and there is a way back."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from gemba.domain.assessments import Answer, Assessment
from gemba.domain.draft_migrations import DraftMigration
from gemba.domain.evidence import Evidence
from gemba.domain.findings import Finding, FindingGrade
from gemba.domain.templates import Template
from gemba.errors import Refusal
from gemba.work import conduct
from gemba.work.attach_evidence import attach
from gemba.work.conclude import conclude
from gemba.work.conduct import open_sheet
from gemba.work.desk import Desk
from gemba.work.import_template import import_template
from gemba.work.migrate_draft import migrate, newer_version, parked, preview, undo, versions
from gemba.work.raise_finding import raise_finding

FIRST = (
    "| survey |\n"
    "| | type | name | label |\n"
    "| | text | who | Who served you? |\n"
    "| | text | gone | What did the sign say? |\n"
    "| | integer | wait | How long was the wait? |\n"
    "| settings |\n| | form_id | version | form_title |\n| | counter | 1 | Counter |\n"
)
SECOND = (
    "| survey |\n"
    "| | type | name | label |\n"
    "| | begin group | counter | At the counter |\n"
    "| | text | who | Who served you? |\n"
    "| | end group | | |\n"
    "| | decimal | wait | How long was the wait? |\n"
    "| | text | new | What would you change? |\n"
    "| settings |\n| | form_id | version | form_title |\n| | counter | 2 | Counter |\n"
)


@pytest.fixture
def first(desk: Desk) -> str:
    return import_template(desk, FIRST.encode(), "counter.md").uid


@pytest.fixture
def draft(desk: Desk, first: str, place: str) -> str:
    """A walk with the first version that has answers, a note, a photo and a finding."""
    uid = conduct.start(desk, first, place).uid
    conduct.answer_all(desk, uid, {"/data/who": "Ada", "/data/gone": "Closed", "/data/wait": "12"})
    conduct.note(desk, uid, "/data/who", "very kind")
    conduct.note(desk, uid, "/data/gone", "in small print")
    attach(desk, uid, picture(), "sign.jpg", path="/data/gone")
    raise_finding(desk, uid, grade=FindingGrade.MINOR, text="Nobody knew", path="/data/who")
    return uid


@pytest.fixture
def second(desk: Desk, draft: str) -> str:
    return import_template(desk, SECOND.encode(), "counter.md").uid


def picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "white").save(out, "JPEG")
    return out.getvalue()


def state(desk: Desk, uid: str) -> tuple[object, ...]:
    """All that a person sees of a draft."""
    with desk.reader() as reader:
        answers = {each.path: (each.value, each.note) for each in reader.find(Answer, assessment=uid)}
        return (
            reader.get(Assessment, uid).template,
            {path: answer for path, answer in answers.items() if any(answer)},
            {each.path for each in reader.find(Evidence, assessment=uid)},
            {each.path for each in reader.find(Finding, assessment=uid)},
        )


def test_a_preview_says_what_becomes_of_each_answer_and_changes_nothing(desk: Desk, draft: str, second: str) -> None:
    before = state(desk, draft)
    found = preview(desk, draft, second)
    assert {each.before: each.fate for each in found.carriage.answers} == {
        "/data/who": "changed",
        "/data/gone": "parked",
        "/data/wait": "changed",
    }
    assert found.carriage.new == (("/data/new", "What would you change?"),)
    assert state(desk, draft) == before


def test_answers_notes_photos_and_findings_go_along(desk: Desk, draft: str, second: str) -> None:
    migrate(desk, draft, second)
    template, answers, photos, findings = state(desk, draft)
    assert template == second
    assert answers == {"/data/counter/who": ("Ada", "very kind"), "/data/wait": ("12", "")}
    assert photos == {""}
    assert findings == {"/data/counter/who"}
    assert open_sheet(desk, draft).fill.view("/data/counter/who").value == "Ada"


def test_what_has_no_place_stays_readable_with_its_question(desk: Desk, draft: str, second: str) -> None:
    migrate(desk, draft, second)
    (lost,) = parked(desk, draft)
    assert (lost.label, lost.value, lost.note) == ("What did the sign say?", "Closed", "in small print")


def test_undo_brings_everything_back(desk: Desk, draft: str, second: str) -> None:
    before = state(desk, draft)
    migrate(desk, draft, second)
    undo(desk, draft)
    assert state(desk, draft) == before
    assert parked(desk, draft) == []
    with pytest.raises(Refusal, match=r"work\.nothing_moved"):
        undo(desk, draft)


def test_undo_keeps_what_was_answered_since(desk: Desk, draft: str, second: str) -> None:
    migrate(desk, draft, second)
    conduct.answer(desk, draft, "/data/wait", "20")
    conduct.answer(desk, draft, "/data/counter/who", "Grace")
    undo(desk, draft)
    answers = state(desk, draft)[1]
    assert answers["/data/wait"] == ("20", "")
    assert answers["/data/who"] == ("Grace", "very kind")


def test_a_newer_version_is_offered_and_an_older_one_is_not(desk: Desk, draft: str, first: str, place: str) -> None:
    assert newer_version(desk, draft) is None
    newer = import_template(desk, SECOND.encode(), "counter.md").uid
    assert newer_version(desk, draft).uid == newer
    assert [each.uid for each in versions(desk, draft)] == [newer]
    assert newer_version(desk, conduct.start(desk, newer, place).uid) is None


def test_only_a_draft_moves_and_only_to_another_version_of_the_same(desk: Desk, draft: str, first, second) -> None:
    with pytest.raises(Refusal, match=r"work\.same_version"):
        migrate(desk, draft, first)
    with desk.reader() as reader:
        other = reader.find(Template, kind="area_audit")[0].uid
    with pytest.raises(Refusal, match=r"work\.another_checklist"):
        preview(desk, draft, other)
    conclude(desk, draft)
    with pytest.raises(Refusal, match=r"work\.frozen"):
        migrate(desk, draft, second)


def test_a_move_travels_with_the_journal_and_the_store_stays_whole(desk: Desk, draft: str, second: str) -> None:
    from gemba.store.checking import check

    migrate(desk, draft, second)
    undo(desk, draft)
    assert check(desk.store) == []
    with desk.reader() as reader:
        (move,) = reader.find(DraftMigration, assessment=draft)
    assert move.undone_at is not None
