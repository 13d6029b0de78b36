"""The main window: where it leads, and what it leaves behind."""

from __future__ import annotations

import gc
import itertools
import threading
import time
import weakref
from datetime import UTC, datetime
from typing import Self

import msgspec
import pytest
from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QLineEdit, QTableView, QToolButton, QWidget
from tests.conftest import new_uid

from gemba import wording
from gemba.domain.actions import Action, ActionState
from gemba.domain.assessments import Assessment
from gemba.errors import Trouble
from gemba.forms.reading import read
from gemba.hq.founding import found
from gemba.shipped import resource
from gemba.ui.commands import Palette
from gemba.ui.crash import CrashReport
from gemba.ui.keys import KeySheet
from gemba.ui.languages import speak
from gemba.ui.pages import registry
from gemba.ui.theme import current
from gemba.work import conduct
from gemba.work.conduct import open_sheet
from gemba.work.open_desk import make_desk
from gemba.work.take_in import take_in

CTRL = Qt.KeyboardModifier.ControlModifier
PAGES = tuple(stop.code for stop in registry.stops() if stop.code not in registry.NOT_ON["laptop"])


def test_every_page_is_reached_by_its_key(demo):
    for place, code in enumerate(PAGES[:9], start=1):
        demo.qtbot.keyClick(demo.window, Qt.Key(Qt.Key.Key_0 + place), CTRL)
        demo.settle()
        assert demo.window.page == code
        assert demo.page.objectName() == f"page.{code}"


def test_every_page_is_reached_by_its_button_and_back_leads_back(demo):
    demo.press("navigation.findings")
    demo.press("navigation.packs")
    assert demo.window.page == "packs"
    demo.window.back()
    assert demo.window.page == "findings"


def test_a_walk_is_opened_from_the_start_page_and_left_again(demo):
    row = next(widget for widget in demo.window.findChildren(QWidget) if widget.objectName().startswith("today.draft"))
    demo.qtbot.mouseClick(row, Qt.MouseButton.LeftButton)
    demo.settle()
    assert demo.window.page == "conduct"
    demo.page.leave()
    demo.settle()
    assert demo.window.page == "today"


def test_trouble_stays_in_the_message_bar_and_news_offers_undo(demo):
    demo.window.messages.trouble(Trouble("store.disk_full", folder="/there"))
    assert "/there" in demo.message
    undone: list[str] = []
    demo.window.messages.info("Done.", undo=lambda: undone.append("undone"))
    demo.press("messages.undo")
    assert undone == ["undone"]
    assert demo.message == ""


def test_a_clock_that_cannot_be_right_is_told_of_when_the_store_is_opened(open_window, desk):
    assert open_window(desk).message == ""
    wrong = msgspec.structs.replace(desk, clock=lambda: datetime(2099, 12, 31, 23, tzinfo=UTC))
    assert "clock shows 2099-12-31" in open_window(wrong).message


def test_the_palette_finds_an_action_and_does_it(demo):
    def type_and_take():
        palette = QApplication.activeModalWidget()
        assert isinstance(palette, Palette)
        demo.qtbot.keyClicks(palette.typed, "settings")
        demo.qtbot.keyClick(palette.typed, Qt.Key.Key_Return)

    QTimer.singleShot(0, type_and_take)
    demo.window.actions_table.action("window.palette").trigger()
    demo.settle()
    assert demo.window.page == "settings"


def test_the_sheet_of_keys_names_every_shortcut(demo):
    for code in PAGES:
        demo.go(code)
    specs = demo.window.actions_table.all()
    sheet = KeySheet(specs, {"": "Everywhere", **{code: code for code in (*PAGES, "conduct")}}, demo.window)
    demo.qtbot.addWidget(sheet)
    shown = {label.text() for label in sheet.findChildren(QWidget) if hasattr(label, "text")}
    native = QKeySequence.SequenceFormat.NativeText
    assert {QKeySequence(spec.shortcut).toString(native) for spec in specs if spec.shortcut} <= shown


def test_no_shortcut_means_two_things_on_one_page(demo):
    for code in (*PAGES, "conduct"):
        demo.window.page_at(code)
    specs = demo.window.actions_table.all()
    for code in (*PAGES, "conduct"):
        here = [QKeySequence(s.shortcut).toString() for s in specs if s.shortcut and s.page in {"", code}]
        assert len(here) == len(set(here)), (code, sorted(here))


def test_actions_of_other_pages_rest(demo):
    demo.go("walks")
    demo.go("packs")
    assert demo.window.actions_table.action("packs.seal").isEnabled()
    assert not demo.window.actions_table.action("walks.begin").isEnabled()


def test_the_look_changes_while_the_window_stands(demo, qapp):
    demo.go("settings")
    before = demo.window.grab().toImage().pixelColor(600, 10).lightness()
    current.show(qapp, "dark", "plum")
    assert demo.window.grab().toImage().pixelColor(600, 10).lightness() < before / 2
    assert demo.page.services.theme.dark


def test_the_navigation_folds_where_there_is_little_room(demo):
    demo.window.resize(720, 800)
    assert demo.window.navigation.width() < 80
    demo.window.resize(1280, 800)
    assert demo.window.navigation.width() > 150


def test_what_another_program_wrote_is_shown_when_it_is_read_again(demo, demo_desk):
    demo.go("actions")
    with demo_desk.reader() as reader:
        open_one = reader.find(Action, state=ActionState.OPEN)[0]
    demo.go("actions", open_one.uid)
    assert "Renamed by another program" not in demo.texts()
    with demo_desk.unit() as unit:  # as another process does: nobody tells this window
        unit.change(Action, open_one.uid, owner="Renamed by another program")
    demo.keys(Qt.Key.Key_F5)
    demo.settle()
    assert "Renamed by another program" in demo.texts()


def test_on_a_low_screen_every_stop_and_a_list_have_room(demo):
    demo.window.resize(1016, 584)
    demo.go("escalations")
    stops = [one for one in demo.window.navigation.findChildren(QToolButton) if one.isVisible()]
    marks = [*stops, *(one for one in demo.window.navigation.findChildren(QLabel) if one.isVisible() and one.text())]
    assert all(one.height() >= one.fontMetrics().height() for one in marks), "nothing is cut"
    assert max(one.geometry().bottom() for one in stops) < demo.window.navigation.height()
    grid = demo.find(QTableView, "escalations.table")
    demo.settle()
    assert grid.model().rowCount() > 0
    assert grid.viewport().height() >= grid.rowHeight(0), "a line can be seen"


@pytest.mark.parametrize("code", [*PAGES, "conduct"])
def test_the_demonstration_says_on_every_page_that_it_is_one(demo, demo_desk, code):
    with demo_desk.reader() as reader:
        demo.go(code, reader.find(Assessment)[0].uid if code == "conduct" else "")
    assert "Demonstration" in demo.texts()
    demo.window.resize(720, 800)
    said = {mark.toolTip() for mark in demo.window.navigation.findChildren(QWidget) if mark.isVisible()}
    assert any("demonstration" in words for words in said)


def test_ones_own_store_does_not_say_that_it_is_a_demonstration(open_window, tmp_path, ticking):
    own = make_desk(tmp_path / "own", clock=ticking, ids=new_uid, passphrase="a long sentence")
    try:
        assert "Demonstration" not in open_window(own).texts()
    finally:
        own.store.close()


@pytest.mark.parametrize("language", [wording.LONG, wording.MIRRORED])
@pytest.mark.parametrize("code", PAGES)
def test_long_words_do_not_widen_the_window(open_window, demo_desk, qapp, language, code):
    speak(qapp, language)
    shown = open_window(demo_desk)
    shown.window.resize(760, 700)
    shown.go(code)
    assert shown.window.width() == 760
    assert shown.window.minimumSizeHint().width() <= 760
    for button in shown.window.findChildren(QWidget):
        if button.isVisible() and button.property("look") in {"primary", "quiet", "danger"}:
            assert button.width() >= button.sizeHint().width(), button.objectName()


@pytest.mark.parametrize("code", ["walks", "findings", "actions", "library", "packs"])
@pytest.mark.parametrize("language", ["en", wording.LONG])
def test_a_detail_is_never_wider_than_its_pane(open_window, demo_desk, qapp, language, code):
    speak(qapp, language)
    shown = open_window(demo_desk)
    take_in_card(shown, demo_desk)
    shown.go("packs")
    shown.press("button.packs.seal")
    page = shown.go(code)
    for row in range(page.list.model.rowCount()):
        shown.list.choose(row)
        area = page.detail._area
        assert area.widget().minimumSizeHint().width() <= area.viewport().width(), row


@pytest.mark.parametrize("make", [KeySheet, Palette, CrashReport])
def test_dialogs_do_not_stay_in_memory(demo, make):
    gone: list[weakref.ref[QDialog]] = []
    for _ in range(20):
        if make is CrashReport:
            dialog: QDialog = CrashReport(ValueError("no"), demo.window)
        elif make is Palette:
            dialog = Palette(demo.window.actions_table.here(), demo.window)
        else:
            dialog = KeySheet(demo.window.actions_table.all(), {"": "Everywhere"}, demo.window)
        gone.append(weakref.ref(dialog))
        dialog.show()
        dialog.close()
        dialog.deleteLater()
        del dialog
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    assert [ref for ref in gone if ref() is not None] == []
    assert not demo.window.findChildren(make)


def test_going_through_records_leaves_nothing_behind(demo):
    """Details are drawn anew for each record: the number of widgets must not grow."""
    demo.go("findings")
    for row in (0, 1, 2, 3):
        demo.list.choose(row)
    demo.list.choose(0)
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    first = len(demo.window.findChildren(QObject))
    for row in (1, 2, 3, 0) * 3:
        demo.list.choose(row)
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert len(demo.window.findChildren(QObject)) <= first + 5


def test_closing_ends_all_threads(open_window, demo_desk):
    shown = open_window(demo_desk)
    shown.go("walks")
    shown.window.close()
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("gemba")]


def save_much(demo, desk):
    with desk.reader() as reader:
        draft = next(one for one in reader.find(Assessment) if one.state == "draft")
    paths = [item.path for item in open_sheet(desk, draft.uid).fill.items() if item.kind == "question"]
    for path in paths * 3:
        demo.window.jobs.write(conduct.note, draft.uid, path, f"note {time.perf_counter()}")


def import_a_checklist(demo, desk):
    read(resource("templates", "5s-area-audit.xlsx").read_bytes())  # what is imported once, at the first use
    for name in ("leader-gemba-walk", "5s-area-audit", "customer-friction-observation") * 4:
        demo.window.page_at("library").check_file(resource("templates", f"{name}.xlsx"))


def take_in_card(demo, desk):
    folder = desk.store.folder.parent / "hq"
    found(folder, clock=desk.clock, ids=desk.ids, name="Meridian", demo=True)
    take_in(desk, folder / "headquarters.card")


def seal_a_pack(demo, desk):
    take_in_card(demo, desk)
    demo.window.page_at("packs").seal()


def write_a_backup(demo, desk):
    demo.window.page_at("settings").store.back_up_to(desk.store.folder.parent / "mine.backup")


def check_the_store(demo, _desk):
    demo.window.page_at("settings").store.check()


class Heartbeat:
    """Beats every five milliseconds on the GUI thread, and notes what lies between two beats."""

    def __init__(self) -> None:
        self.beats: list[tuple[float, float]] = []
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)

    def __enter__(self) -> Self:
        self._timer.start(5)
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.stop()

    def _beat(self) -> None:
        self.beats.append((time.perf_counter(), time.thread_time()))

    @property
    def waits(self) -> list[float]:
        """Seconds between beats by the clock, shortest first."""
        return sorted(after[0] - before[0] for before, after in itertools.pairwise(self.beats))

    @property
    def works(self) -> list[float]:
        """Seconds between beats in which the GUI thread itself worked, shortest first; no other program adds to it."""
        return sorted(after[1] - before[1] for before, after in itertools.pairwise(self.beats))


@pytest.mark.parametrize("work", [save_much, import_a_checklist, seal_a_pack, write_a_backup, check_the_store])
def test_the_window_does_not_stall_while_it_works(demo, demo_desk, work):
    """Never does the GUI thread itself work long on end while something is under way: that would be noticed.

    The promise is 50 ms, held by benchmarks on a quiet machine. Here it may be twice as much, because cores that
    share their parts with other tests count slower; and more by the clock, because such a machine takes its own pauses.
    """
    demo.go("walks")
    work(demo, demo_desk)
    with Heartbeat() as heart:
        demo.settle()
    assert len(heart.waits) > 2
    assert heart.works[-1] < 0.1
    assert heart.waits[len(heart.waits) // 2] < 0.04
    assert sum(wait > 0.2 for wait in heart.waits) <= 1 + len(heart.waits) // 20


def test_the_heartbeat_sees_a_stall(demo):
    def stall():
        until = time.thread_time() + 0.15
        while time.thread_time() < until:
            pass

    with Heartbeat() as heart:
        demo.qtbot.waitUntil(lambda: len(heart.beats) > 2)
        demo.window.jobs.errand(time.monotonic, done=lambda _: stall())
        demo.settle()
        beats = len(heart.beats)
        demo.qtbot.waitUntil(lambda: len(heart.beats) > beats)
    assert heart.works[-1] > 0.12


def test_a_bug_in_a_job_is_shown_and_the_window_lives_on(demo, heard):
    demo.window.jobs.errand(lambda: 1 / 0)
    demo.settle()
    assert [type(error) for error in heard.bugs] == [ZeroDivisionError]
    report = CrashReport(heard.bugs.pop(), demo.window)
    demo.qtbot.addWidget(report)
    report.copy()
    assert "ZeroDivisionError" in QApplication.clipboard().text()
    assert demo.go("library") is not None


def test_typing_a_question_mark_is_typing(demo):
    demo.go("walks")
    field = demo.find(QLineEdit, "walks.search")
    field.setFocus()
    demo.qtbot.keyClicks(field, "who?")
    assert field.text() == "who?"
    field.clear()
    demo.settle()


def test_the_palette_says_so_when_nothing_is_called_like_what_was_typed(demo):
    palette = Palette(demo.window.actions_table.here(), demo.window)
    demo.qtbot.addWidget(palette)
    palette.show()
    said = palette.findChild(QLabel, "palette.nothing")
    assert said.isHidden()
    demo.qtbot.keyClicks(palette.typed, "brew coffee")
    assert "go there first" in said.text()
    assert said.isVisible()
    palette.typed.clear()
    assert said.isHidden()
