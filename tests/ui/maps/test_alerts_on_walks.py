"""What is to be gone to and seen, as a walk begins, while it goes on, and once it is over."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QCheckBox, QPlainTextEdit
from tests.work.complaining import complain
from tests.work.conftest import template_of

from gemba.domain.assessments import Assessment
from gemba.domain.process_maps import AlertState, GoAndSee
from gemba.work import conduct
from gemba.work.go_and_see import AT_MOST, carried, carry, raise_alert, see
from gemba.work.places import add_place


@pytest.fixture
def place(desk):
    return add_place(desk, "Harbour branch").uid


@pytest.fixture
def walk(desk, place):
    return conduct.start(desk, template_of(desk, "walk").uid, place).uid


def settle(window):
    for _ in range(6):
        QApplication.processEvents()
    window.settle()


def alerts_of(desk, walk):
    with desk.reader() as reader:
        return carried(reader, walk)


def test_a_walk_takes_along_what_waits_at_its_place(open_window, desk, place):
    waiting = [raise_alert(desk, f"Question {n}?", place=place).uid for n in range(AT_MOST + 1)]
    raise_alert(desk, "Somewhere else?", place=add_place(desk, "Hillside").uid)
    window = open_window(desk)
    window.go("library")
    window.list.choose(0)
    form = window.page.form
    form.place.choose(place)
    settle(window)
    assert len(form.alerts.chosen) == AT_MOST
    assert "and 1 more that wait" in window.texts()
    assert "Somewhere else?" not in window.texts()
    window.find(QCheckBox, f"begin.alert.{waiting[1]}").setChecked(False)
    window.press("begin.start")
    settle(window)
    with desk.reader() as reader:
        [begun] = reader.find(Assessment)
    assert [each.uid for each in alerts_of(desk, begun.uid)] == [waiting[0], *waiting[2:AT_MOST]]
    assert window.page.sheet.uid == begun.uid


def test_a_walk_without_alerts_begins_as_before(open_window, desk, place):
    window = open_window(desk)
    window.go("library")
    window.list.choose(0)
    assert window.page.form.alerts.isHidden()
    window.press("begin.start")
    assert window.page.code == "conduct"
    assert window.page.side.alerts_box.isHidden()
    assert place


def test_what_was_seen_is_written_on_the_way(open_window, desk, place, walk):
    first, second = (raise_alert(desk, question, place=place).uid for question in ("One?", "Two?"))
    carry(desk, walk, [first, second])
    window = open_window(desk)
    window.go("conduct", walk)
    settle(window)
    assert "2 left" in window.texts()
    assert window.page.notice.said() == "2 things to go and see."
    window.press("notice.look")
    settle(window)
    window.find(QPlainTextEdit, f"alert.words.{second}").setPlainText("still writing")
    window.find(QPlainTextEdit, f"alert.words.{first}").setPlainText("Nobody stood there")
    window.press(f"alert.seen.{first}")
    settle(window)
    assert [(each.state, each.seen) for each in alerts_of(desk, walk)] == [
        (AlertState.SEEN, "Nobody stood there"),
        (AlertState.CARRIED, ""),
    ]
    assert window.find(QPlainTextEdit, f"alert.words.{second}").toPlainText() == "still writing"
    window.press(f"alert.back.{second}")
    settle(window)
    assert [each.uid for each in alerts_of(desk, walk)] == [first]
    window.press("conduct.alerts.back")
    assert "All seen" in window.texts()
    assert window.page.notice.said() == ""


def test_the_walks_page_tells_of_them(open_window, desk, place, walk):
    uid = raise_alert(desk, "Is the till open?", place=place).uid
    carry(desk, walk, [uid])
    see(desk, uid, "From ten on")
    window = open_window(desk)
    window.go("walks", walk)
    settle(window)
    assert "Is the till open?" in window.texts()
    assert "From ten on" in window.texts()
    with desk.reader() as reader:
        assert reader.get(GoAndSee, uid).assessment == walk


def test_a_complaint_asks_the_next_walk_once(open_window, desk, place):
    uid = complain(desk, step="queue", place=place, summary="Waited an hour")
    window = open_window(desk)
    window.go("complaints", uid)
    settle(window)
    window.press("complaints.detail.see")
    assert "asked to go and see" in window.message
    window.press("complaints.detail.see")
    with desk.reader() as reader:
        [alert] = reader.find(GoAndSee)
    assert (alert.origin, alert.place, alert.step) == (uid, place, "queue")
    assert "waits already" in window.texts()
