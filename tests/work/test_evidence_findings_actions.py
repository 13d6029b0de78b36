from __future__ import annotations

from datetime import date

import pytest

from gemba.domain.actions import Action, ActionState
from gemba.domain.evidence import Evidence
from gemba.domain.findings import Finding, FindingGrade, FindingState
from gemba.errors import Refusal
from gemba.store.photos import PRINT
from gemba.work import attach_evidence, follow_action
from gemba.work.attach_evidence import attach
from gemba.work.conduct import open_sheet
from gemba.work.desk import Desk
from gemba.work.raise_finding import raise_finding, revise
from gemba.work.similar_elsewhere import Answer, answer


def a_question(desk: Desk, assessment: str) -> str:
    return next(item.path for item in open_sheet(desk, assessment).fill.items() if item.kind == "question")


def test_the_same_photo_twice_is_one_content(desk: Desk, audit: str, queue_photo: bytes) -> None:
    first = attach(desk, audit, queue_photo, "one.jpg").uid
    second = attach(desk, audit, queue_photo, "two.jpg").uid
    with desk.reader() as reader:
        found = {item.uid: item for item in reader.find(Evidence)}
    assert found[first].sha256 == found[second].sha256
    files = [item for item in (desk.store.folder / "evidence").rglob("*.age") if found[first].sha256 in item.name]
    assert len(files) == 1


def test_the_original_is_kept_and_the_copy_is_upright(desk: Desk, audit: str, sideways_photo: bytes) -> None:
    uid = attach(desk, audit, sideways_photo, "shelf.jpg").uid
    with desk.reader() as reader:
        item = reader.find(Evidence, uid=uid)[0]
    assert desk.store.evidence.read(item.sha256) == sideways_photo
    assert (item.width, item.height) == (2000, 1500)
    assert desk.store.evidence.preview(item.sha256, PRINT) is not None


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("photo.jpg", b"", "work.file_empty"),
        ("photo.jpg", bytes(attach_evidence.FILE_LIMIT + 1), "work.file_too_large"),
    ],
)
def test_what_is_empty_or_too_large_is_refused_and_leaves_nothing(
    desk: Desk, audit: str, name: str, data: bytes, code: str
) -> None:
    before = sorted((desk.store.folder / "evidence").rglob("*"))
    with pytest.raises(Refusal) as refused:
        attach(desk, audit, data, name)
    assert refused.value.code == code
    assert sorted((desk.store.folder / "evidence").rglob("*")) == before
    with desk.reader() as reader:
        assert reader.find(Evidence) == []


def test_a_removed_photo_comes_back(desk: Desk, audit: str, queue_photo: bytes) -> None:
    uid = attach(desk, audit, queue_photo, "queue.jpg").uid
    attach_evidence.remove(desk, uid)
    assert open_sheet(desk, audit).evidence == ()
    attach_evidence.restore(desk, uid)
    assert [item.uid for item in open_sheet(desk, audit).evidence] == [uid]


def test_a_finding_takes_the_words_and_photos_of_its_question(desk: Desk, audit: str, queue_photo: bytes) -> None:
    path = a_question(desk, audit)
    attach(desk, audit, queue_photo, "queue.jpg", path=path)
    uid = raise_finding(desk, audit, path=path, grade=FindingGrade.MAJOR, text="Eight waited.").uid
    sheet = open_sheet(desk, audit)
    assert sheet.findings[0].criterion == sheet.fill.view(path).label
    assert [item.finding for item in sheet.evidence] == [uid]


def test_a_finding_needs_words_and_one_criterion(desk: Desk, audit: str) -> None:
    with pytest.raises(Refusal, match=r"work\.finding_without_text"):
        raise_finding(desk, audit, grade=FindingGrade.MINOR, text="  ", criterion="Ten minutes")
    with pytest.raises(Refusal, match=r"work\.finding_without_criterion"):
        raise_finding(desk, audit, grade=FindingGrade.MINOR, text="Eight waited.")


def test_good_practice_is_closed_and_a_nonconformity_open(desk: Desk, audit: str) -> None:
    raise_finding(desk, audit, grade=FindingGrade.GOOD_PRACTICE, text="Shadow board.", criterion="Tools at hand")
    raise_finding(desk, audit, grade=FindingGrade.MINOR, text="No label.", criterion="Labelled")
    with desk.reader() as reader:
        assert [item.state for item in reader.find(Finding)] == [FindingState.CLOSED, FindingState.OPEN]


def test_revising_a_grade_opens_or_closes(desk: Desk, audit: str) -> None:
    uid = raise_finding(desk, audit, grade=FindingGrade.MINOR, text="No label.", criterion="Labelled").uid
    revise(desk, uid, grade=FindingGrade.OPPORTUNITY, text="A label would help.")
    with desk.reader() as reader:
        finding = reader.find(Finding)[0]
    assert (finding.state, finding.text) == (FindingState.CLOSED, "A label would help.")
    with pytest.raises(Refusal):
        revise(desk, uid, text="")


def test_the_last_action_done_closes_the_finding(desk: Desk, audit: str) -> None:
    finding = raise_finding(desk, audit, grade=FindingGrade.MAJOR, text="Eight waited.", criterion="Ten minutes").uid
    due = date(2026, 3, 20)
    one = follow_action.add(desk, finding, text="Open a counter", owner="Branch manager", due=due).uid
    two = follow_action.add(desk, finding, text="Move the break", owner="Branch manager", due=due).uid
    follow_action.done(desk, one, "Open since Monday")
    with desk.reader() as reader:
        assert reader.find(Finding)[0].state is FindingState.OPEN
    follow_action.done(desk, two, "New plan on the wall")
    answer(desk, finding, Answer(similar="no", note="Looked at both other branches"))
    with desk.reader() as reader:
        assert reader.find(Finding)[0].state is FindingState.CLOSED
        assert {item.state for item in reader.find(Action)} == {ActionState.DONE}
    follow_action.reopen(desk, two)
    with desk.reader() as reader:
        assert reader.find(Finding)[0].state is FindingState.OPEN


def test_an_action_is_done_once_and_with_proof(desk: Desk, audit: str) -> None:
    finding = raise_finding(desk, audit, grade=FindingGrade.MAJOR, text="Eight waited.", criterion="Ten minutes").uid
    uid = follow_action.add(desk, finding, text="Open a counter", owner="Lead", due=date(2026, 3, 20)).uid
    with pytest.raises(Refusal, match=r"work\.action_without_proof"):
        follow_action.done(desk, uid, " ")
    follow_action.done(desk, uid, "Seen on Tuesday")
    with pytest.raises(Refusal, match=r"work\.action_done_already"):
        follow_action.done(desk, uid, "again")
