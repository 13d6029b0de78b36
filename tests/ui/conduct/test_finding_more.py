"""What is said of a finding beside its words while a walk is conducted: coded, contained, put right on the spot."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from tests.ui.conduct.test_page import uid_of
from tests.ui.pages.conduct import ConductObject

from gemba.domain.actions import Action, ActionSort, ActionState
from gemba.domain.evidence import Evidence
from gemba.domain.findings import Finding, FindingState
from gemba.domain.vocabularies import Facet
from gemba.work.desk import Desk
from gemba.work.vocabularies import Words, release

Key, Control = Qt.Key, Qt.KeyboardModifier.ControlModifier


def findings(desk: Desk, conduct: ConductObject) -> list[Finding]:
    with desk.reader() as reader:
        return reader.find(Finding, assessment=uid_of(conduct))


def begin(conduct: ConductObject) -> ConductObject:
    conduct.go("exits").press(Key.Key_F).press(Key.Key_1).enter().type("A pallet before the exit")
    conduct.settle()
    return conduct


def test_put_right_on_the_spot_is_one_step(
    conduct: ConductObject, desk: Desk, tmp_path: Path, queue_photo: bytes
) -> None:
    file = tmp_path / "now.jpg"
    file.write_bytes(queue_photo)
    form = begin(conduct).page.side.finding_form
    form.more.right.setChecked(True)
    form.keep()
    conduct.settle()
    assert "or add a photo" in form.refusal.text()
    assert findings(desk, conduct) == []
    form.more.take([file])
    form.more.similar.choice.choose("no")
    form.more.similar.note.setPlainText("All other exits were looked at")
    conduct.settle()
    form.keep()
    conduct.settle()
    (finding,) = findings(desk, conduct)
    assert (finding.state, finding.similar) == (FindingState.CLOSED, "no")
    with desk.reader() as reader:
        (action,) = reader.find(Action, finding=finding.uid)
        (photo,) = reader.find(Evidence, subject=f"action:{action.uid}")
    assert (action.state, action.sort, action.proof) == (ActionState.DONE, ActionSort.CORRECTION, "Photo: now.jpg")
    assert photo.stance == "after"
    assert "Correction, done: Photo: now.jpg" in conduct.side()
    assert not conduct.page.side.asking, "nobody is asked for an action once more"


def test_what_was_done_at_once_is_kept_changed_and_taken_back(conduct: ConductObject, desk: Desk) -> None:
    form = begin(conduct).page.side.finding_form
    form.more.contained.setPlainText("The exit is watched")
    form.keep()
    conduct.settle()
    (finding,) = findings(desk, conduct)
    assert finding.contained == "The exit is watched"
    conduct.press(Key.Key_Escape)
    for words in ("The pallet is gone", ""):
        conduct.click("finding.edit")
        form.more.contained.setPlainText(words)
        form.keep()
        conduct.settle()
        assert findings(desk, conduct)[0].contained == words
    assert "Not contained" in conduct.side()


def test_codes_are_offered_where_there_are_some_and_tell_what_was_found_before(
    conduct: ConductObject, desk: Desk
) -> None:
    form = begin(conduct).page.side.finding_form
    assert not form.more.codes.isVisible()
    form.closed.emit()
    release(desk, Facet.STEP, Words(terms={"store": "Store goods"}))
    form = begin(conduct).page.side.finding_form
    assert form.more.codes.step.isVisible()
    assert not form.more.codes.cause.isVisible()
    form.more.codes.step.choose("store")
    form.keep()
    conduct.settle()
    conduct.press(Key.Key_Escape)
    form = begin(conduct).page.side.finding_form
    assert not form.more.codes.seen.isVisible()
    form.more.codes.step.choose("store")
    conduct.settle()
    assert "The same step at this place: 1 time" in form.more.codes.seen.words.text()
