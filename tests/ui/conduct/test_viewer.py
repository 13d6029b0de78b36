"""Photos seen large: one after the other, drawn over, named, removed and given out."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QMenu
from pytestqt.qtbot import QtBot
from tests.store.picturing import as_file, camera_photo, opened, scene
from tests.ui.conduct.conftest import Said
from tests.ui.pages.conduct import ConductObject, Key
from tests.work.test_mark_evidence import BLOCK

from gemba.domain.assessments import Assessment, AssessmentState
from gemba.domain.evidence import Evidence
from gemba.store.camera_remarks import Remarks, remarks_of
from gemba.store.mark_shapes import SOLID
from gemba.ui.conduct.side.viewer import Viewer
from gemba.ui.drawing.annotator import Annotator
from gemba.work import mark_evidence
from gemba.work.desk import Desk


@pytest.fixture
def photos(conduct: ConductObject) -> ConductObject:
    """Three photos at one question."""
    assert conduct.page.sheet is not None
    conduct.go("view")
    for number in range(2):
        conduct.page.sheet.add_photo(conduct.path("view"), as_file(scene(number, (640, 480))), f"{number}.jpg")
    data = camera_photo(position=(48.0, 2.0, 30.0), offset="+00:00")
    conduct.page.sheet.add_photo(conduct.path("view"), data, "2.jpg")
    conduct.settle()
    return conduct


def kept(desk: Desk, conduct: ConductObject) -> list[Evidence]:
    conduct.settle()
    with desk.reader() as reader:
        return [item for item in reader.find(Evidence, path=conduct.path("view")) if not item.removed]


def see(photos: ConductObject, number: int = 0) -> Viewer:
    assert photos.page.sheet is not None
    photos.page.side.evidence.opened.emit(photos.page.sheet.records.evidence_of(photos.path("view"))[number])
    photos.settle()
    [viewer] = [each for each in photos.page.findChildren(Viewer) if each.isVisible()]
    return viewer


def press(viewer: Viewer, name: str) -> None:
    button = viewer.findChild(QAbstractButton, name)
    assert isinstance(button, QAbstractButton)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def answer(photos: ConductObject) -> str:
    photos.settle()
    assert photos.page.sheet is not None
    return photos.page.sheet.fill.view(photos.path("view")).value


def test_arrows_go_through_the_photos_and_facts_are_told(photos: ConductObject) -> None:
    viewer = see(photos)
    assert viewer.picture.picture is not None
    assert "640 × 480" in viewer.facts.text()
    for key, name in ((Key.Key_Right, "1.jpg"), (Key.Key_Right, "2.jpg"), (Key.Key_Right, "2.jpg")):
        QTest.keyClick(viewer, key)
        assert viewer.caption.text() == name
    photos.settle()
    assert "taken 2026-03-02 14:30" in viewer.facts.text()
    assert "48.00000° N, 2.00000° E" in viewer.facts.text()
    QTest.keyClick(viewer, Key.Key_Left)
    assert viewer.item.name == "1.jpg"
    QTest.keyClick(viewer, "+")
    assert viewer.picture.eye.zoom > 1
    viewer.close()


def test_a_photo_is_drawn_over_from_here_and_seen_with_its_marks(
    photos: ConductObject, desk: Desk, qtbot: QtBot
) -> None:
    viewer = see(photos)
    press(viewer, "viewer.annotate")
    window = viewer.findChild(Annotator)
    assert window is not None
    qtbot.waitUntil(lambda: window.canvas.ready)
    qtbot.keyClick(window.canvas, Key.Key_H)
    QTest.mousePress(window.canvas, Qt.MouseButton.LeftButton, pos=window.canvas.spot(0.2, 0.2).toPoint())
    QTest.mouseMove(window.canvas, window.canvas.spot(0.8, 0.8).toPoint())
    QTest.mouseRelease(window.canvas, Qt.MouseButton.LeftButton, pos=window.canvas.spot(0.8, 0.8).toPoint())
    window.accept()
    photos.settle()
    assert len(kept(desk, photos)[0].marks) == 1
    picture = viewer.picture.picture
    assert picture is not None
    shown = picture.pixelColor(picture.width() // 2, picture.height() // 2)
    assert abs(shown.lightness() - QColor(SOLID).lightness()) < 6
    viewer.close()


def test_thumbnails_hide_what_is_redacted(photos: ConductObject, desk: Desk) -> None:
    photos.page.services.jobs.write(mark_evidence.mark, kept(desk, photos)[0].uid, (BLOCK,))
    photos.settle()
    first = photos.page.side.evidence.thumbnails()[0]
    assert first._picture is not None
    middle = first._picture.pixelColor(first._picture.width() // 2, first._picture.height() // 2)
    assert abs(middle.lightness() - QColor(SOLID).lightness()) < 6


def test_another_name_is_kept_and_the_answer_follows(photos: ConductObject, desk: Desk) -> None:
    viewer = see(photos, 2)
    viewer.caption.setFocus()
    viewer.caption.selectAll()
    QTest.keyClicks(viewer.caption, "Guard is open")
    QTest.keyClick(viewer.caption, Key.Key_Return)
    assert viewer.isVisible()
    assert [item.name for item in kept(desk, photos)] == ["0.jpg", "1.jpg", "Guard is open"]
    assert answer(photos) == "Guard is open"
    viewer.close()


def test_a_photo_is_removed_and_brought_back_and_the_answer_follows(
    photos: ConductObject, desk: Desk, said: Said
) -> None:
    viewer = see(photos, 2)
    press(viewer, "viewer.remove")
    photos.settle()
    assert viewer.item.name == "1.jpg"
    assert answer(photos) == "1.jpg"
    assert said.undo is not None
    said.undo()
    assert [item.name for item in kept(desk, photos)] == ["0.jpg", "1.jpg", "2.jpg"]
    assert answer(photos) == "2.jpg"
    viewer.close()


def test_the_last_photo_takes_the_answer_with_it(photos: ConductObject) -> None:
    viewer = see(photos, 2)
    for _ in range(3):
        press(viewer, "viewer.remove")
        photos.settle()
    assert not [each for each in photos.page.findChildren(Viewer) if each.isVisible()]
    assert answer(photos) == ""


def test_a_copy_is_written_without_remarks(photos: ConductObject, said: Said, tmp_path: Path) -> None:
    viewer = see(photos, 2)
    viewer._acts.write_copy(viewer.item, tmp_path / "copy.jpg")
    photos.settle()
    data = (tmp_path / "copy.jpg").read_bytes()
    assert opened(data).size == (640, 480)
    assert remarks_of(data) == Remarks()
    assert "nothing of place and device" in said.news[-1]
    viewer.close()


def test_what_is_concluded_can_only_be_looked_at(photos: ConductObject, desk: Desk) -> None:
    uid = photos.page.sheet.uid  # type: ignore[union-attr] - it is open
    with desk.unit() as unit:
        unit.change(Assessment, uid, state=AssessmentState.CONCLUDED)
    photos.open(uid).go("view")
    viewer = see(photos)
    assert viewer.caption.isReadOnly()
    for name in ("viewer.annotate", "viewer.remove"):
        button = viewer.findChild(QAbstractButton, name)
        assert isinstance(button, QAbstractButton)
        assert not button.isVisible()
    QTest.keyClick(viewer, Key.Key_Delete)
    assert len(kept(desk, photos)) == 3
    viewer.close()


def test_the_menu_of_a_thumbnail_offers_all_of_it(photos: ConductObject) -> None:
    QTest.mouseClick(photos.page.side.evidence.thumbnails()[0], Qt.MouseButton.LeftButton)
    [menu] = [each for each in photos.page.side.evidence.findChildren(QMenu) if each.isVisible()]
    offered: dict[str, QAction] = {action.text(): action for action in menu.actions()}
    assert list(offered) == ["See it large", "Draw over it", "Save a copy", "Remove"]
    offered["See it large"].trigger()
    menu.close()
    photos.settle()
    [viewer] = [each for each in photos.page.findChildren(Viewer) if each.isVisible()]
    viewer.close()
