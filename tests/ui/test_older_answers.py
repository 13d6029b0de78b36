"""Whatever was asked for before comes too late: with a real store, what is shown answers what was asked for last.

The order is forced by the laptop's clock: whoever reads it first beside the window waits until it is let go.
"""

from __future__ import annotations

import threading
from datetime import datetime, timedelta

import msgspec
import pytest
from PySide6.QtWidgets import QLabel
from tests.conftest import ticking_clock

from gemba.domain.actions import Action
from gemba.domain.findings import Finding
from gemba.work import follow_action


class HeldClock:
    """The clock of a laptop that makes the first errand that looks at it wait."""

    def __init__(self) -> None:
        self._clock, self._lock = ticking_clock(), threading.Lock()
        self._armed = False
        self.is_waiting, self._may_go = threading.Event(), threading.Event()

    def __call__(self) -> datetime:
        with self._lock:
            holds = self._armed and threading.current_thread() is not threading.main_thread()
            self._armed = self._armed and not holds
        if holds:
            self.is_waiting.set()
            assert self._may_go.wait(60)
        return self._clock()

    def hold(self) -> None:
        self._armed = True

    def let_go(self) -> None:
        self._may_go.set()


@pytest.fixture
def held():
    clock = HeldClock()
    yield clock
    clock.let_go()


@pytest.fixture
def shown(open_window, demo_desk, held):
    """A window whose laptop has that clock; two owners have actions, one of them more than a column shows."""
    with demo_desk.reader() as reader:
        finding = reader.find(Finding)[0].uid
    due = demo_desk.clock().date() + timedelta(days=9)
    for owner in ("Region lead", "Post office"):
        follow_action.add(demo_desk, finding, text=f"Ask the {owner}", owner=owner, due=due)
    with demo_desk.unit() as unit:
        model = unit.find(Action, owner="Region lead")[0]
        unit.put_many(
            [msgspec.structs.replace(model, uid=demo_desk.ids(), number=f"C-MANY00-{n:04d}") for n in range(40)]
        )
    window = open_window(msgspec.structs.replace(demo_desk, clock=held))
    window.go("actions", "board")
    return window


def owners(window):
    cards = (card for row in window.page.ways.board.bands for view in row.views() for card in view.cards.cards)
    return {card.owner for card in cards}


def words(widget):
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisible()]


def test_a_filter_that_was_set_before_does_not_fill_the_board_again(shown, held, qtbot):
    board = shown.page.ways.board
    held.hold()
    board.filters.owner.choose("Region lead")
    qtbot.waitUntil(held.is_waiting.is_set)
    board.filters.owner.choose("Post office")
    qtbot.waitUntil(lambda: owners(shown) == {"Post office"})
    held.let_go()
    shown.settle()
    assert owners(shown) == {"Post office"}


def test_more_of_a_column_does_not_come_into_a_board_that_was_filtered_since(shown, held, qtbot):
    board = shown.page.ways.board
    board.filters.owner.choose("Region lead")
    shown.settle()
    held.hold()
    board.bands[0].columns["todo"].more.click()
    qtbot.waitUntil(held.is_waiting.is_set)
    board.filters.owner.choose("Post office")
    qtbot.waitUntil(lambda: owners(shown) == {"Post office"})
    held.let_go()
    shown.settle()
    assert owners(shown) == {"Post office"}


def test_a_record_that_was_chosen_before_is_not_shown_again(shown, held, qtbot):
    board = shown.page.ways.board
    cards = {card.owner: card for row in board.bands for view in row.views() for card in view.cards.cards}
    held.hold()
    board.detail.open(cards["Region lead"].uid)
    qtbot.waitUntil(held.is_waiting.is_set)
    board.detail.open(cards["Post office"].uid)
    qtbot.waitUntil(lambda: "Ask the Post office" in words(board.detail))
    held.let_go()
    shown.settle()
    assert "Ask the Post office" in words(board.detail)
    assert "Ask the Region lead" not in words(board.detail)
