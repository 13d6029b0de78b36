"""A long column of which only the rows near the window exist."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import pytest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from gemba.ui.conduct.frame import RowFrame
from gemba.ui.conduct.ribbon import Ribbon

KEYS = [f"k{number}" for number in range(2000)]


class Row(RowFrame):
    """A row with a field, as tall as its number says."""

    settled: list[str]

    def __init__(self, key: str, parent: QWidget, settled: list[str]) -> None:
        super().__init__(key, parent)
        self.settled = settled
        self.field = QLineEdit(self)
        self.field.setFixedHeight(40 + int(key[1:]) % 7 * 20)
        rows = QVBoxLayout(self)
        rows.addWidget(self.field)

    def settle(self) -> None:
        self.settled.append(self.path)

    def stops(self) -> list[QWidget]:
        return [self.field]


@pytest.fixture
def settled() -> list[str]:
    return []


@pytest.fixture
def ribbon(qtbot: QtBot, settled: list[str]) -> Iterator[Ribbon]:
    made = Ribbon(lambda key, parent: Row(key, parent, settled), lambda _: 100)
    made.resize(800, 600)
    with qtbot.waitExposed(made):
        made.show()
        made.activateWindow()
    made.order(KEYS)
    yield made
    made.close()
    made.deleteLater()


def row(ribbon: Ribbon, key: str) -> Row:
    found = ribbon.row(key)
    assert isinstance(found, Row)
    return found


def test_only_rows_near_the_window_are_alive(ribbon: Ribbon) -> None:
    assert 5 < len(ribbon.live()) < 40
    for key in ("k500", "k1999", "k3"):
        ribbon.go(key)
        assert len(ribbon.live()) < 70


def test_the_row_one_goes_to_is_seen_whole_and_has_the_keyboard(ribbon: Ribbon) -> None:
    for key in ("k700", "k1999", "k0", "k42"):
        ribbon.go(key)
        assert row(ribbon, key).field.hasFocus()
        assert ribbon.viewport().rect().contains(row(ribbon, key).geometry())


def test_tab_goes_on_through_rows_that_did_not_exist_yet(ribbon: Ribbon, qtbot: QtBot) -> None:
    from PySide6.QtCore import Qt

    ribbon.go("k0")
    for number in range(60):
        assert ribbon.current == f"k{number}"
        qtbot.keyClick(row(ribbon, ribbon.current).field, Qt.Key.Key_Tab)


def test_rows_stand_below_one_another_without_overlap(ribbon: Ribbon) -> None:
    ribbon.go("k900")
    seen = sorted((row(ribbon, key).geometry().top(), key) for key in ribbon.live() if row(ribbon, key).isVisible())
    for (_, one), (top, _) in pairwise(seen):
        assert row(ribbon, one).geometry().bottom() < top


def test_what_one_looks_at_stays_when_rows_appear_above(ribbon: Ribbon) -> None:
    ribbon.go("k900")
    before = row(ribbon, "k900").geometry().top()
    ribbon.order([f"k{number}" for number in range(3000, 3050)] + KEYS)
    assert row(ribbon, "k900").geometry().top() == before


def test_a_row_is_asked_for_what_is_typed_before_it_is_let_go(ribbon: Ribbon, settled: list[str]) -> None:
    ribbon.go("k0")
    for number in range(100, 1000, 100):
        ribbon.go(f"k{number}")
    assert "k0" in settled
    assert ribbon.row("k0") is None


def test_the_row_with_the_keyboard_is_never_let_go(ribbon: Ribbon) -> None:
    ribbon.go("k0")
    bar = ribbon.verticalScrollBar()
    for value in range(0, bar.maximum(), bar.maximum() // 40):
        bar.setValue(value)
    assert row(ribbon, "k0").field.hasFocus()
