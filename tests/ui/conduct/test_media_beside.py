"""Pictures, sounds and films that a form shows beside its words and its choices, taken in with the workbook."""

from __future__ import annotations

import io
import wave
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook
from PIL import Image
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot
from tests.ui.pages.conduct import ConductObject

from gemba.ui.conduct.editors.choice_button import OneChoice
from gemba.ui.conduct.page import ConductPage
from gemba.ui.progress import Progress
from gemba.ui.workbooks import take_in, through
from gemba.work import conduct as conducting
from gemba.work.desk import Desk
from gemba.work.import_template import import_template
from gemba.work.places import add_place


def workbook() -> bytes:
    """A question with a picture and a sound beside its words, and two choices of which one has a picture."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "survey"
    sheet.append(("type", "name", "label", "media::image", "media::audio"))
    sheet.append(("select_one state", "press", "How does the press stand?", "press & guard.png", "hum.wav"))
    sheet.append(("text", "after", "What else?", "lost.png", None))
    choices = book.create_sheet("choices")
    choices.append(("list_name", "name", "label", "media::image"))
    choices.append(("state", "closed", "Guard closed", "closed.png"))
    choices.append(("state", "open", "Guard open", None))
    settings = book.create_sheet("settings")
    settings.append(("form_title", "form_id", "version"))
    settings.append(("Press", "press_media", "1"))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def picture(width: int, height: int, colour: str) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(out, "PNG")
    return out.getvalue()


def sound() -> bytes:
    out = io.BytesIO()
    with wave.open(out, "wb") as made:
        made.setnchannels(1)
        made.setsampwidth(2)
        made.setframerate(8000)
        made.writeframes(b"\0\0" * 800)
    return out.getvalue()


@pytest.fixture
def files() -> dict[str, bytes]:
    """What lies beside the workbook; one file has nothing to do with it."""
    return {
        "press & guard.png": picture(1200, 900, "teal"),
        "closed.png": picture(300, 300, "olive"),
        "hum.wav": sound(),
        "holiday.png": picture(10, 10, "red"),
    }


@pytest.fixture
def start(page: ConductPage, qtbot: QtBot, desk: Desk) -> Callable[[str], ConductObject]:
    """Opens a fresh assessment of a template."""

    def begin(template: str) -> ConductObject:
        uid = conducting.start(desk, template, add_place(desk, "Hall 2").uid).uid
        return ConductObject(page, qtbot).open(uid)

    return begin


def test_pictures_and_sounds_stand_beside_words_and_choices(
    start: Callable[[str], ConductObject], desk: Desk, files: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    conduct = start(import_template(desk, workbook(), "press.xlsx", files=files).uid)
    row = conduct.go("press").row("press")
    [shown] = [label for label in row.findChildren(QLabel) if label.accessibleName() == "press & guard.png"]
    assert (shown.pixmap().width(), shown.pixmap().height()) == (426, 320), "made smaller, in proportion"
    assert row.height() > 320
    pictures = {button.accessibleName(): button.picture for button in row.findChildren(OneChoice)}
    assert pictures["Guard closed"] is not None
    assert pictures["Guard open"] is None
    assert "Play hum.wav" in conduct.words("press")
    opened: list[bytes] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(Path(url.toLocalFile()).read_bytes()))
    conduct.click("media:jr://audio/hum.wav")
    assert opened == [files["hum.wav"]]


def test_a_file_that_is_not_at_hand_is_named(start: Callable[[str], ConductObject], desk: Desk) -> None:
    conduct = start(import_template(desk, workbook(), "press.xlsx").uid)
    assert "press & guard.png (not at hand)" in conduct.go("press").words()
    assert "lost.png (not at hand)" in conduct.go("after").words()


def test_what_a_form_shows_is_found_beside_its_workbook(
    start: Callable[[str], ConductObject], desk: Desk, files: dict[str, bytes], tmp_path: Path
) -> None:
    (tmp_path / "press-media").mkdir()
    for name, data in files.items():
        (tmp_path / "press-media" / name).write_bytes(data)
    (tmp_path / "press.xlsx").write_bytes(workbook())
    looked = through(tmp_path / "press.xlsx", {}, Progress())
    assert set(looked.files) == {"press & guard.png", "closed.png", "hum.wav"}
    conduct = start(take_in(desk, looked).uid)
    assert "not at hand" not in conduct.go("press").words()
