"""Proof by photo and file in the window: of actions that follow from complaints, of promises and escalations."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QPlainTextEdit
from tests.ui.pages.escalations import EscalationsObject
from tests.ui.pages.findings import ActionObject, ProofObject
from tests.ui.pages.rotations import RotationsObject
from tests.work.test_escalations import case
from tests.work.test_proofs import action_on, promised

from gemba.domain.evidence import Evidence
from gemba.ui.conduct import photos
from gemba.ui.drawing.annotator import Annotator
from gemba.ui.lineage.record_shown import read_record
from gemba.work.escalations import escalate
from gemba.work.places import add_place
from gemba.work.proofs import add_proof, proofs_of, steps_of


@pytest.fixture
def place(desk):
    return add_place(desk, "Harbour branch").uid


@pytest.fixture
def files(tmp_path: Path, queue_photo: bytes) -> tuple[Path, Path]:
    photo, letter = tmp_path / "counter.jpg", tmp_path / "letter.txt"
    photo.write_bytes(queue_photo)
    letter.write_text("We open at noon.", "utf-8")
    return photo, letter


def kept(desk, noun, uid) -> list[Evidence]:
    with desk.reader() as reader:
        return proofs_of(reader, noun, uid)


def test_an_action_on_complaints_takes_what_is_dropped_and_keeps_the_words_typed(open_window, desk, place, files):
    uid = action_on(desk, place)
    window = open_window(desk)
    page = ActionObject(window, uid).open()
    proof = ProofObject(window)
    assert "No photo shows how it was" in window.texts()
    window.type("actions.detail.proof", "All are scanned since Monday")
    proof.drop(*files)
    assert [one.stance for one in kept(desk, "action", uid)] == ["after", "proof"]
    assert proof.photos() == ["After: counter.jpg"]
    assert "letter.txt" in window.texts()
    assert "not sent to headquarters yet" in window.texts()
    assert window.message == "It is kept, and goes to headquarters with the next pack."
    assert window.find(QPlainTextEdit, "actions.detail.proof").toPlainText() == "All are scanned since Monday"
    window.press("button.actions.done")
    assert "The action is done." in window.message
    assert page.slots()[-1].has_picture()


def test_a_picture_is_pasted_drawn_over_and_taken_away(open_window, desk, place):
    uid = action_on(desk, place)
    window = open_window(desk)
    ActionObject(window, uid).open()
    proof = ProofObject(window)
    proof.paste(None)
    assert window.message == "The clipboard holds no picture and no file."
    picture = QImage(64, 48, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.darkCyan)
    proof.paste(picture)
    (item,) = kept(desk, "action", uid)
    assert item.media_type == "image/png"
    assert proof.offered("pairs.1.after") == ["See it large", "Draw over it", "Save a copy", "Remove"]
    proof.choose("pairs.1.after", "Draw over it")
    drawing = next(one for one in window.window.findChildren(Annotator) if one.isVisible())
    drawing.reject()
    proof.choose("pairs.1.after", "Remove")
    assert kept(desk, "action", uid) == []
    assert window.message.endswith("removed.")


def test_photos_of_before_are_added_where_no_finding_has_some(
    open_window, desk, place, files, monkeypatch, tmp_path, sideways_photo
):
    uid = action_on(desk, place)
    earlier = tmp_path / "earlier.jpg"
    earlier.write_bytes(sideways_photo)
    window = open_window(desk)
    page = ActionObject(window, uid).open()
    monkeypatch.setattr(photos, "choose_files", lambda *_: [earlier])
    window.press("pairs.was")
    assert [slot.has_picture() for slot in page.slots()] == [True, False]
    page.drop(files[0], page.slots()[1])
    assert ProofObject(window).photos() == ["Before: earlier.jpg", "After: counter.jpg"]
    assert window.message == "The photo is kept beside the one of before."
    assert "looks like a photo of" not in window.texts()
    ProofObject(window).drop(earlier)
    assert "earlier.jpg looks like a photo of" in window.texts()


def test_a_promise_shows_how_it_was_kept(open_window, desk, place, files):
    uid = promised(desk, place)
    window = open_window(desk)
    shown = RotationsObject(window, f"promises:{uid}")
    shown.wait_for("Nothing shows it yet.")
    proof = ProofObject(window)
    proof.drop(*files)
    shown.wait_for("letter.txt")
    assert [one.name for one in kept(desk, "commitment", uid)] == ["counter.jpg", "letter.txt"]
    assert proof.photos() == ["counter.jpg"]
    assert proof.offered("proof.file.1") == ["Save a copy", "Remove"]


def test_an_escalation_shows_what_was_tried_at_its_last_step(open_window, desk, place, files):
    uid = escalate(desk, case(place)).uid
    window = open_window(desk)
    shown = EscalationsObject(window, uid)
    ProofObject(window).drop(files[1])
    shown.wait_for("letter.txt")
    with desk.reader() as reader:
        (step,) = steps_of(reader, uid)
    assert [one.name for one in kept(desk, "escalation_step", step.uid)] == ["letter.txt"]


def test_behind_a_number_a_photo_of_proof_leads_to_its_action(desk, place, queue_photo):
    uid = action_on(desk, place)
    photo = add_proof(desk, "action", uid, [("after.jpg", queue_photo)]).uid
    shown = read_record(desk, photo)
    assert shown is not None
    assert shown.way == ("actions", uid)
