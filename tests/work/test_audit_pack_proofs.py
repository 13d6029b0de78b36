"""Audit packs hold what shows that actions were done, whatever these follow from, and say what they leave out."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
from tests.store.picturing import as_file, scene
from tests.work.audit_packing import packed, walk
from tests.work.test_proofs import action_on, promised

from gemba import gemba_verify
from gemba.domain.actions import Action
from gemba.domain.assessments import Assessment
from gemba.domain.evidence import Mark, MarkShape
from gemba.work import follow_action
from gemba.work.desk import Desk
from gemba.work.erase import erase
from gemba.work.mark_evidence import mark
from gemba.work.places import add_place
from gemba.work.proofs import add_proof


@pytest.fixture
def scanned(desk: Desk, place: str) -> Action:
    """An action on complaints that was done with a photo and a list."""
    uid = action_on(desk, place)
    files = [("after.jpg", as_file(scene(3, (900, 675)), quality=85)), ("list.csv", b"a;b")]
    follow_action.done(desk, uid, "All are scanned", files=files)
    with desk.reader() as reader:
        found = reader.get(Action, uid)
    assert found is not None
    return found


def test_a_proof_stands_under_its_action_in_register_and_tables(
    desk: Desk, place: str, scanned: Action, tmp_path: Path
) -> None:
    walk(desk, place)
    with desk.reader() as reader:
        answer = next(one for one in reader.find(Action) if one.finding)
    add_proof(desk, "action", answer.uid, [("counter.jpg", as_file(scene(4, (900, 675)), quality=85))])
    made, opened = packed(desk, tmp_path)
    rows = opened.rows("register")
    assert [(row["action_number"], row["file"].rpartition(".")[2]) for row in rows] == [
        (answer.number, "jpg"),
        (scanned.number, "jpg"),
        (scanned.number, "csv"),
    ]
    assert [row["assessment_number"] != "" for row in rows] == [True, False, False]
    assert rows[0]["finding_number"]
    assert {f"{scanned.number}-01.jpg", f"{scanned.number}-02.csv"} <= set(opened.evidence)
    assert opened.evidence[f"{scanned.number}-02.csv"] == b"a;b"
    assert scanned.number in {row["number"] for row in opened.rows("actions")}
    assert f"{scanned.number}-01.jpg" in {row["name"] for row in opened.rows("evidence")}
    assert opened.statement["included"]["actions_on_complaints"] == 1
    assert opened.statement["outside"]["proofs"] == 0
    assert "1 of them follows from complaints" in opened.text
    with pypdfium2.PdfDocument(opened.binder(tmp_path)) as binder:
        printed = "\n".join(page.get_textpage().get_text_range() for page in binder)
    assert f"{scanned.number}-01.jpg" in printed
    assert "Scan them" in printed
    assert gemba_verify.verify(made.file)["level"] == "whole"


def test_what_it_leaves_out_is_counted_and_what_is_erased_is_told(
    desk: Desk, place: str, scanned: Action, tmp_path: Path
) -> None:
    walk(desk, place)
    elsewhere = action_on(desk, add_place(desk, "Station").uid)
    follow_action.done(desk, elsewhere, "Done there", files=[("there.txt", b"words")])
    add_proof(desk, "action", action_on(desk, place), [("of an open one.txt", b"more")])
    add_proof(desk, "commitment", promised(desk, place), [("promise.txt", b"said")])
    _, opened = packed(desk, tmp_path, places=(place,))
    assert opened.statement["outside"]["proofs"] == 3
    assert "of promises and of escalations: 3" in opened.text
    erase(desk, "action", scanned.uid, "Asked for", with_files=True)
    _, again = packed(desk, tmp_path / "again.zip", places=(place,))
    assert {one["reason"] for one in again.statement["absent"]} == {"erased"}
    assert len(again.statement["absent"]) == 2
    assert again.evidence == {}


def test_what_is_hidden_in_a_proof_is_hidden_in_its_copy_and_the_same_choice_gives_the_same_bytes(
    desk: Desk, place: str, tmp_path: Path
) -> None:
    walk(desk, place)
    uid = action_on(desk, place)
    kept = add_proof(desk, "action", uid, [("after.jpg", as_file(scene(5, (900, 675)), quality=85))]).uid
    mark(desk, kept, [Mark(MarkShape.REDACTION, ((0.25, 0.25), (0.75, 0.75)))])
    follow_action.done(desk, uid, "Scanned")
    made, opened = packed(desk, tmp_path / "one.zip")
    (name,) = opened.evidence
    middle = opened.picture(name).convert("L").crop((350, 250, 550, 420))
    low, high = middle.getextrema()
    assert high - low < 12
    assert packed(desk, tmp_path / "two.zip")[0].inner_sha256 == made.inner_sha256


def test_a_kind_chooses_assessments_only(desk: Desk, place: str, scanned: Action, tmp_path: Path) -> None:
    uid = walk(desk, place)
    with desk.reader() as reader:
        (walked,) = reader.many(Assessment, [uid])
    _, opened = packed(desk, tmp_path, kinds=(walked.kind,))
    assert opened.statement["included"]["actions_on_complaints"] == 0
    assert opened.statement["outside"]["proofs"] == 2
    assert scanned.number not in {row["number"] for row in opened.rows("actions")}
