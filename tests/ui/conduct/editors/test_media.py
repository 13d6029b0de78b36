"""Questions whose answer is more than words, on the page and on a real store."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot
from tests.store.picturing import as_file, camera_photo, opened, scene
from tests.store.test_barcodes import code, on_a_photo
from tests.ui.conduct.conftest import Said, workbook
from tests.ui.pages.conduct import ConductObject, Key, Modifier

from gemba.domain.evidence import Evidence
from gemba.ui.conduct.editors.media.codes import CodeEditor
from gemba.ui.conduct.editors.media.multimedia import MODULE
from gemba.ui.conduct.editors.media.timing import StopwatchEditor, lexical_time
from gemba.ui.conduct.editors.media.watches import watches_of
from gemba.ui.conduct.page import ConductPage
from gemba.ui.drawing.annotator import Annotator
from gemba.ui.drawing.pen_window import PenWindow
from gemba.work import conduct as conducting
from gemba.work.desk import Desk
from gemba.work.import_template import import_template
from gemba.work.places import add_place

_SURVEY = (
    {"type": "image", "name": "view", "label": "A view", "appearance": "annotate"},
    {"type": "image", "name": "signed", "label": "Signature", "appearance": "signature"},
    {"type": "image", "name": "sketch", "label": "Sketch of the hall", "appearance": "draw"},
    {"type": "audio", "name": "talk", "label": "What was said"},
    {"type": "video", "name": "film", "label": "A film"},
    {"type": "file", "name": "paper", "label": "A paper"},
    {"type": "barcode", "name": "asset", "label": "Asset"},
    {"type": "geopoint", "name": "spot", "label": "Where?"},
    {"type": "geotrace", "name": "way", "label": "The way"},
    {"type": "geoshape", "name": "yard", "label": "The yard"},
    {"type": "decimal", "name": "cycle", "label": "Cycle time", "appearance": "gemba-stopwatch"},
    {"type": "integer", "name": "boxes", "label": "Boxes", "appearance": "counter"},
    *({"type": "text", "name": f"more{number}", "label": f"More {number}"} for number in range(60)),
)


@pytest.fixture
def media(page: ConductPage, qtbot: QtBot, desk: Desk) -> ConductObject:
    template = import_template(desk, workbook(_SURVEY, "media"), "media.xlsx").uid
    walk = conducting.start(desk, template, add_place(desk, "Hall 9").uid).uid
    return ConductObject(page, qtbot).open(walk)


def answer(media: ConductObject, name: str) -> str:
    media.settle()
    assert media.page.sheet is not None
    return media.page.sheet.fill.view(media.path(name)).value


def evidence(desk: Desk, media: ConductObject, name: str) -> list[Evidence]:
    media.settle()
    with desk.reader() as reader:
        return [item for item in reader.find(Evidence, path=media.path(name)) if not item.removed]


def words_of(media: ConductObject, name: str, label: str) -> str:
    found = media.row(name).findChild(QLabel, label)
    assert isinstance(found, QLabel)
    return found.text()


def add(media: ConductObject, name: str, data: bytes, called: str) -> None:
    assert media.page.sheet is not None
    media.page.sheet.add_photo(media.path(name), data, called)
    media.settle()


# Photos, signatures, files


def test_a_question_takes_several_photos_in_their_order(media: ConductObject, desk: Desk, tmp_path: Path) -> None:
    files = []
    for number in range(3):
        files.append(tmp_path / f"view {number}.jpg")
        files[-1].write_bytes(as_file(scene(number, (640, 480))))
    media.go("view").drop(*files)
    assert [item.name for item in evidence(desk, media, "view")] == [file.name for file in files]
    assert answer(media, "view") == "view 2.jpg"
    assert words_of(media, "view", "file.names") == "view 0.jpg   ·   view 1.jpg   ·   view 2.jpg"


def test_one_draws_over_the_photo_of_the_question(media: ConductObject, desk: Desk, qtbot: QtBot, said: Said) -> None:
    add(media, "view", as_file(scene(1, (800, 600))), "view.jpg")
    media.go("view").click("photo.draw", media.row("view"))
    window = media.page.findChild(Annotator)
    assert window is not None
    qtbot.waitUntil(lambda: window.canvas.ready)
    qtbot.keyClick(window.canvas, Key.Key_H)
    QTest.mousePress(window.canvas, Qt.MouseButton.LeftButton, pos=window.canvas.spot(0.2, 0.2).toPoint())
    QTest.mouseMove(window.canvas, window.canvas.spot(0.5, 0.5).toPoint())
    QTest.mouseRelease(window.canvas, Qt.MouseButton.LeftButton, pos=window.canvas.spot(0.5, 0.5).toPoint())
    qtbot.mouseClick(media.button("annotator.done", window), Qt.MouseButton.LeftButton)
    [item] = evidence(desk, media, "view")
    assert [mark.shape for mark in item.marks] == ["redaction"]
    assert desk.store.evidence.read(item.sha256) == as_file(scene(1, (800, 600)))
    assert said.undo is not None
    said.undo()
    assert evidence(desk, media, "view")[0].marks == ()


def test_a_signature_by_hand_takes_the_place_of_the_one_before(media: ConductObject, desk: Desk, qtbot: QtBot) -> None:
    for number in range(2):
        media.go("signed").click("photo.sign", media.row("signed"))
        [window] = [each for each in media.page.findChildren(PenWindow) if each.isVisible()]
        assert not media.button("pen.keep", window).isEnabled()
        for x in (0.2, 0.6):
            sheet = window.sheet
            start = QPoint(int(sheet.width() * x), sheet.height() // 2)
            QTest.mousePress(sheet, Qt.MouseButton.LeftButton, pos=start)
            QTest.mouseMove(sheet, start + QPoint(60, 20 + 10 * number))
            QTest.mouseRelease(sheet, Qt.MouseButton.LeftButton, pos=start + QPoint(60, 20))
        qtbot.mouseClick(media.button("pen.undo", window), Qt.MouseButton.LeftButton)
        qtbot.mouseClick(media.button("pen.keep", window), Qt.MouseButton.LeftButton)
        media.settle()
    [item] = evidence(desk, media, "signed")
    assert item.media_type == "image/png"
    assert item.name == answer(media, "signed")
    image = opened(desk.store.evidence.read(item.sha256)).convert("L")
    assert image.getextrema()[0] < 80
    assert image.crop((image.width // 2, 0, *image.size)).getextrema()[0] > 200, "the second line was taken back"


def test_a_signature_is_typed_and_says_so(media: ConductObject, desk: Desk) -> None:
    media.go("signed").click("photo.sign", media.row("signed"))
    media.type("A. Example").press(Key.Key_Return).settle()
    [item] = evidence(desk, media, "signed")
    image = opened(desk.store.evidence.read(item.sha256)).convert("L")
    foot = image.crop((0, int(image.height * 0.8), image.width, image.height))
    assert foot.getextrema()[0] < 160, "below stands that it was typed"


def test_a_sketch_is_drawn_and_kept(media: ConductObject, desk: Desk, qtbot: QtBot) -> None:
    media.go("sketch").click("photo.sketch", media.row("sketch"))
    window = media.page.findChild(PenWindow)
    assert window is not None
    assert not window.name.isVisible()
    QTest.mouseClick(window.sheet, Qt.MouseButton.LeftButton, pos=window.sheet.rect().center())
    qtbot.mouseClick(media.button("pen.keep", window), Qt.MouseButton.LeftButton)
    assert len(evidence(desk, media, "sketch")) == 1


def test_films_and_papers_are_kept_from_where_they_lie(media: ConductObject, desk: Desk, tmp_path: Path) -> None:
    film, paper = tmp_path / "machine.mp4", tmp_path / "order.pdf"
    film.write_bytes(b"\0\0\0\x18ftypmp42" + bytes(200_000))
    paper.write_bytes(b"%PDF-1.7 paper")
    media.go("film").drop(film)
    media.go("paper").drop(paper)
    assert answer(media, "film") == "machine.mp4"
    assert [item.media_type for item in evidence(desk, media, "paper")] == ["application/pdf"]


@pytest.mark.parametrize(("name", "button"), [("view", "photo.camera"), ("talk", "photo.record")])
def test_without_camera_and_microphone_a_sentence_says_so(
    media: ConductObject, said: Said, monkeypatch: pytest.MonkeyPatch, name: str, button: str
) -> None:
    monkeypatch.setitem(sys.modules, MODULE, None)  # as where the extra is not installed
    media.go(name).click(button, media.row(name))
    assert len(said.troubles) == 1
    assert "gemba[camera]" in said.troubles[0]


def test_the_window_starts_without_multimedia() -> None:
    asked = "import sys, gemba.ui.window, gemba.ui.conduct.page; print([m for m in sys.modules if 'Multimedia' in m])"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_every_control_says_what_it_is(media: ConductObject) -> None:
    for name in ("view", "paper", "spot", "yard", "boxes"):
        media.go(name)
        media.settle()
        for control in media.row(name).findChildren(QWidget):
            if control.isVisible() and isinstance(control, QAbstractButton | QLineEdit | QPlainTextEdit):
                assert control.objectName(), control
                assert control.accessibleName(), control.objectName()


# Codes


def test_a_scanner_types_and_goes_on(media: ConductObject) -> None:
    media.go("asset").type("PUMP-0042").enter()
    assert answer(media, "asset") == "PUMP-0042"
    assert media.here == "spot"


def test_a_code_is_read_from_the_photo_of_the_question(media: ConductObject) -> None:
    add(media, "asset", as_file(on_a_photo(code("https://example.org/17", "QRCode"))), "label.jpg")
    media.go("asset").click("code.read", media.row("asset"))
    assert answer(media, "asset") == "https://example.org/17"
    assert media.typed("asset") == ["https://example.org/17"]


def test_a_photo_of_a_code_is_kept_as_evidence_and_one_without_says_so(
    media: ConductObject, desk: Desk, tmp_path: Path
) -> None:
    good, bare = tmp_path / "label.jpg", tmp_path / "bare.jpg"
    good.write_bytes(as_file(on_a_photo(code("4006381333931", "EAN13"))))
    bare.write_bytes(as_file(scene(1, (400, 300))))
    editor = media.go("asset").row("asset").editor
    assert isinstance(editor, CodeEditor)
    editor.read_file(bare)
    media.settle()
    assert "no code" in words_of(media, "asset", "code.said")
    editor.read_file(good)
    assert answer(media, "asset") == "4006381333931"
    assert [item.name for item in evidence(desk, media, "asset")] == ["bare.jpg", "label.jpg"]


# Places


def test_a_place_is_typed_and_told_how_it_was_understood(media: ConductObject) -> None:
    media.go("spot").type("48°51'24\"N 2°21'03\"E").enter()
    assert answer(media, "spot") == "48.8566667 2.3508333 0 0"
    assert words_of(media, "spot", "place.echo") == "48.85667° N, 2.35083° E"
    media.go("spot")
    media.row("spot").findChildren(QLineEdit)[0].selectAll()
    media.type("somewhere").enter()
    assert answer(media, "spot") == "somewhere"
    assert "no place" in words_of(media, "spot", "place.echo")


def test_a_place_is_taken_from_a_photo(media: ConductObject) -> None:
    media.go("spot").click("place.pick", media.row("spot"))
    assert "No photo here" in words_of(media, "spot", "place.echo")
    add(media, "spot", camera_photo(position=(-33.5, 151.25, 12.0)), "yard.jpg")
    media.click("place.pick", media.row("spot"))
    assert answer(media, "spot") == "-33.5 151.25 12 4.5"


def test_a_way_has_one_point_a_line(media: ConductObject) -> None:
    media.go("way").type("0 0").enter().type("0 0.001").enter().type("0.001 0.001").enter().enter()
    assert answer(media, "way") == "0 0 0 0; 0 0.001 0 0; 0.001 0.001 0 0"
    assert media.here == "yard"
    assert words_of(media, "way", "place.echo").startswith("3 points")
    assert "222 m" in words_of(media, "way", "place.echo")


def test_an_area_is_closed_and_measured(media: ConductObject) -> None:
    media.go("yard").type("0 0; 0 0.001; 0.001 0.001; 0.001 0").enter().enter()
    assert answer(media, "yard").endswith("; 0 0 0 0")
    assert "12364 m²" in words_of(media, "yard", "place.echo").replace(",", "")


# Time and counts


class Hand:
    """Seconds that go on when a hand moves them."""

    def __init__(self) -> None:
        self.seconds = 100.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def hand(media: ConductObject) -> Hand:
    assert media.page.sheet is not None
    made = Hand()
    watches_of(media.page.sheet).now = made
    return made


def watching(media: ConductObject) -> StopwatchEditor:
    editor = media.row("cycle").editor
    assert isinstance(editor, StopwatchEditor)
    return editor


def test_space_starts_and_stops_and_enter_takes_a_lap(media: ConductObject, hand: Hand) -> None:
    media.go("cycle").press(Key.Key_Space)
    hand.seconds += 12.3
    media.press(Key.Key_Return)
    hand.seconds += 11.7
    assert media.here == "cycle"
    media.press(Key.Key_Space)
    assert answer(media, "cycle") == "24.0"
    media.press(Key.Key_Return)
    assert media.here == "boxes"
    assert "12.3" in words_of(media, "cycle", "watch.laps")
    assert media.page.sheet is not None
    assert "12.3" in media.page.sheet.notes[media.path("cycle")]


def test_the_watch_runs_on_while_its_row_is_scrolled_away(media: ConductObject, hand: Hand) -> None:
    media.go("cycle").press(Key.Key_Space)
    first = watching(media)
    hand.seconds += 30
    for number in range(0, 60, 4):
        media.go(f"more{number}")
        media.settle()
    assert media.page.ribbon.row(media.path("cycle")) is None, "the row is not kept"
    hand.seconds += 15
    media.go("cycle")
    assert watching(media) is not first
    assert words_of(media, "cycle", "watch.time") == "0:45.0"
    watching(media).turn()
    assert answer(media, "cycle") == "45.0"


@pytest.mark.parametrize(
    ("seconds", "kind", "value"),
    [(12.34, "decimal", "12.3"), (12.6, "integer", "13"), (3725.0, "time", "01:02:05.000"), (65.0, "text", "00:01:05")],
)
def test_times_are_kept_as_the_question_wants_them(seconds: float, kind: str, value: str) -> None:
    assert lexical_time(seconds, kind) == value


def test_a_counter_counts_by_keys_and_buttons_and_takes_back(media: ConductObject) -> None:
    media.go("boxes").press(Key.Key_Plus).press(Key.Key_Plus).press(Key.Key_Space)
    assert answer(media, "boxes") == "3"
    media.click("less", media.row("boxes"))
    assert answer(media, "boxes") == "2"
    media.go("boxes").press(Key.Key_Z, Modifier.ControlModifier)
    assert answer(media, "boxes") == "3"
    for _ in range(5):
        media.press(Key.Key_Minus)
    assert answer(media, "boxes") == "0"


def test_a_picture_from_the_clipboard_answers(media: ConductObject, desk: Desk) -> None:
    from tests.ui.pages.drawing import picture

    held = QMimeData()
    held.setImageData(picture((64, 48)))
    QGuiApplication.clipboard().setMimeData(held)
    media.go("view").press(Key.Key_V, Modifier.ControlModifier)
    assert [item.media_type for item in evidence(desk, media, "view")] == ["image/png"]
