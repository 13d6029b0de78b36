"""An audit pack is made from the window: reckoned before, named after, provable by anybody."""

from __future__ import annotations

import re
import zipfile

import pytest
from PySide6.QtWidgets import QPushButton, QStyleOptionComboBox
from tests.conftest import new_uid

from gemba import gemba_verify
from gemba.work.cards import write_card
from gemba.work.open_desk import make_desk


@pytest.fixture
def panel(demo):
    demo.go("walks")
    demo.press("button.walks.audit_pack")
    page = demo.page.audit_pack
    page.period.choose("2026Q1")
    demo.settle()
    return page


def test_it_is_reckoned_before_it_is_made(demo, panel):
    shown = demo.texts()
    assert re.search(r"[1-9] walks, [1-9]", shown)
    assert "about" in shown
    panel.budget.choose("10MB")
    demo.settle()
    assert "about" in demo.texts()


def test_an_open_one_is_made_and_proven_by_the_lone_verifier(demo, panel, tmp_path):
    panel.make_in(tmp_path)
    demo.settle()
    (file,) = tmp_path.glob("*.zip")
    assert str(file) in panel.said.text()
    assert gemba_verify.verify(file, None)["sentences"]
    assert "Draft" in panel.said.text() or "draft" in panel.said.text()


def test_it_warns_when_something_may_not_have_reached_this_store(demo, panel, tmp_path):
    panel.make_in(tmp_path)
    demo.settle()
    (file,) = tmp_path.glob("*.zip")
    with zipfile.ZipFile(file) as pack:
        [name] = [name for name in pack.namelist() if name.endswith("completeness.txt")]
        assert pack.read(name)
    assert "Something may not have reached this store; completeness.txt" in panel.said.text()
    assert panel.said.property("tone") == "fair"


def test_photos_that_have_no_room_end_in_an_ellipsis(panel):
    option = QStyleOptionComboBox()
    panel.evidence.resize(220, panel.evidence.height())
    panel.evidence.initStyleOption(option)
    assert option.currentText.endswith("…")
    assert panel.evidence.currentText().startswith(option.currentText[:-1])
    panel.evidence.resize(1600, panel.evidence.height())
    panel.evidence.initStyleOption(option)
    assert option.currentText == panel.evidence.currentText()


def test_a_sealed_one_names_who_can_open_it(demo, panel, demo_desk, tmp_path, ticking):
    other = make_desk(tmp_path / "other", clock=ticking, ids=new_uid, demo=True)
    card = write_card(other, tmp_path).file
    other.store.close()
    panel.seal_to([card])
    assert card.name in panel.whom.text()
    (tmp_path / "out").mkdir()
    panel.make_in(tmp_path / "out")
    demo.settle()
    (file,) = (tmp_path / "out").iterdir()
    assert file.read_bytes().startswith(b"age-encryption.org/v1")


def test_a_quarter_with_nothing_in_it_says_so_and_offers_nothing(demo, panel):
    panel.period.choose("2025Q1")
    demo.settle()
    assert not panel._go.isEnabled()
    assert "about" not in demo.texts()


def test_it_is_put_away_again(demo, panel):
    demo.press("audit_pack.close")
    assert not panel.isVisible()


def test_what_came_of_it_is_seen_without_scrolling(demo, panel, tmp_path):
    demo.window.resize(1000, 640)
    demo.settle()
    panel.make_in(tmp_path)
    demo.settle()
    demo.qtbot.waitUntil(lambda: panel.said.visibleRegion().boundingRect().size() == panel.said.size())


def test_the_keyboard_stays_on_the_button_that_makes_it(demo, panel, tmp_path):
    button = demo.find(QPushButton, "audit_pack.go")
    button.setFocus()
    panel.make_in(tmp_path)
    assert button.hasFocus()
    panel.make_in(tmp_path)
    demo.settle()
    assert button.hasFocus()
    assert len(list(tmp_path.glob("*.zip"))) == 1
