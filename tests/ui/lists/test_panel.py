"""The list of the window."""

from __future__ import annotations

import csv
import threading

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from tests.ui.lists.conftest import COLUMNS, SHAPE, Memory, Thing, things

from gemba.domain.change import Change
from gemba.errors import Trouble
from gemba.store.lists import Query
from gemba.ui.lists.export import write_csv
from gemba.ui.lists.model import PAGE, LineModel
from gemba.ui.lists.panel import ListPanel
from gemba.ui.parts.empty import EmptyState
from gemba.ui.progress import Progress


@pytest.fixture
def settle(panel, services, qtbot):
    def wait():
        qtbot.waitUntil(
            lambda: services.jobs.idle and not panel.bar._typing.isActive() and not panel._settling.isActive()
        )

    return wait


def names(panel):
    return [panel.model.index(row, 0).data() for row in range(panel.model.rowCount())]


def test_shows_all_lines_in_the_first_order_and_says_how_many(panel):
    assert panel.model.rowCount() == 1_000
    assert names(panel)[:2] == ["thing 000001", "thing 000002"]
    assert panel.count.text() == "1000 things"


def test_reads_only_the_pages_that_are_looked_at(panel, memory):
    assert memory.pages_read <= 2
    panel.table.scrollToBottom()
    panel.grab()
    assert memory.pages_read <= 5


def test_typing_searches_and_nothing_found_offers_the_way_back(panel, settle, qtbot):
    qtbot.keyClicks(panel.bar.search, "THING 00012")
    settle()
    assert names(panel) == [f"thing 00012{n}" for n in range(10)]
    qtbot.keyClicks(panel.bar.search, "zzz")
    settle()
    assert panel._stack.currentIndex() == 1
    panel.bar.show_all()
    settle()
    assert panel.model.rowCount() == 1_000


def test_a_chip_offers_values_with_their_counts_and_narrows(panel, settle):
    chip = panel.bar.chips[0]
    chip.menu().aboutToShow.emit()
    assert not chip.menu().isEmpty(), "it would not open"
    settle()
    offered = {action.data(): action.text() for action in chip.menu().actions()}
    assert offered == {"red": "red   333", "green": "green   334", "blue": "blue   333"}
    next(action for action in chip.menu().actions() if action.data() == "red").trigger()
    settle()
    assert panel.model.rowCount() == 333
    assert chip.text() == "Colour: red"
    assert "red" in chip.accessibleName()


def test_a_click_on_a_header_sorts_and_a_second_turns_it_round(panel, settle, qtbot):
    header = panel.table.horizontalHeader()
    spot = QPoint(header.sectionViewportPosition(0) + 20, 10)
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    settle()
    assert panel.query.descending
    assert names(panel)[0] == "thing 001000"
    assert header.sortIndicatorOrder() == Qt.SortOrder.DescendingOrder


def test_a_column_that_is_not_sortable_leaves_the_order(panel, settle, qtbot):
    before = panel.query
    header = panel.table.horizontalHeader()
    qtbot.mouseClick(
        header.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(header.sectionViewportPosition(1) + 20, 10)
    )
    settle()
    assert panel.query == before
    assert header.sortIndicatorSection() == 0


def test_what_is_chosen_stays_chosen_and_in_view_when_lines_change(panel, memory, hub, settle):
    panel.table.choose(500)
    assert panel.current.id == 501
    scroll = panel.table.verticalScrollBar().value()
    del memory.things[1]
    hub.tell(Change(topics=frozenset({"thing"})))
    settle()
    assert panel.model.rowCount() == 999
    assert panel.current.id == 501
    assert panel.table.verticalScrollBar().value() == scroll


def test_a_change_of_something_else_reads_nothing(panel, memory, hub, settle):
    read = memory.pages_read
    hub.tell(Change(topics=frozenset({"other"})))
    settle()
    assert memory.pages_read == read


def test_a_line_is_found_by_its_uid_wherever_it_stands(panel, settle):
    panel.show_uid("u777")
    settle()
    assert panel.current.id == 777
    panel.show_uid("nobody")
    settle()
    assert panel.current.id == 777


def test_enter_opens_the_current_line(panel, qtbot):
    opened: list[Thing] = []
    panel.opened.connect(opened.append)
    panel.table.choose(3)
    qtbot.keyClick(panel.table, Qt.Key.Key_Return)
    assert [thing.id for thing in opened] == [4]


def test_enter_in_the_search_field_goes_to_the_table(panel, qtbot):
    panel.bar.search.setFocus()
    qtbot.keyClick(panel.bar.search, Qt.Key.Key_Return)
    assert panel.window().focusWidget() is panel.table


def test_everything_chosen_is_counted_by_ranges_and_exported(panel, services, settle, tmp_path):
    panel.table.selectAll()
    assert panel.count.text().endswith("1,000 chosen")
    file = tmp_path / "things.csv"
    panel.out.export_to(file)
    settle()
    rows = list(csv.reader(file.read_text("utf-8-sig").splitlines()))
    assert rows[0] == ["Name", "Colour", "Id"]
    assert len(rows) == 1_001
    assert services.messages.said == "1,000 lines exported."


def test_chosen_lines_alone_are_exported_and_copied(panel, settle, tmp_path, qtbot):
    panel.table.choose(0)
    qtbot.keyClick(panel.table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    panel.out.export_to(tmp_path / "two.csv")
    settle()
    assert len((tmp_path / "two.csv").read_text("utf-8-sig").splitlines()) == 3
    panel.out.copy()
    assert QGuiApplication.clipboard().text() == "thing 000001\tgreen\t1\nthing 000002\tblue\t2\n"


def test_a_file_that_cannot_be_written_is_trouble_and_leaves_nothing(panel, heard, settle, tmp_path):
    panel.out.export_to(tmp_path / "nowhere" / "things.csv")
    settle()
    assert [error.code for error in heard.troubles] == ["ui.file_not_written"]
    assert list(tmp_path.iterdir()) == []


def test_a_cell_that_looks_like_a_formula_is_no_formula_in_the_file(services, qtbot, tmp_path):
    evil = Memory([Thing(1, "u1", "=HYPERLINK(1)", "red")])
    write_csv(evil, COLUMNS, ["a", "b", "c"], [1], tmp_path / "x.csv", Progress())
    assert "'=HYPERLINK(1)" in (tmp_path / "x.csv").read_text("utf-8-sig")


def test_columns_are_chosen_and_kept(panel, services):
    assert panel.table.isColumnHidden(2)
    panel.bar.column_ticked.emit("id")
    assert not panel.table.isColumnHidden(2)
    assert services.preferences.wishes.columns == {"things": []}


def test_columns_at_the_end_give_way_where_there_is_no_room(panel, qtbot):
    panel.bar.show_all()
    panel.table.want_columns([0, 1, 2], folds=True)
    panel.resize(340, 500)
    qtbot.waitUntil(lambda: panel.table.isColumnHidden(2))
    assert panel.table.horizontalScrollBar().maximum() <= 40
    panel.resize(900, 500)
    qtbot.waitUntil(lambda: not panel.table.isColumnHidden(2))


def test_an_empty_list_says_what_to_do(panel, memory, hub, settle):
    emptied: list[bool] = []
    panel.emptied.connect(emptied.append)
    memory.things.clear()
    hub.tell(Change(topics=frozenset({"thing"})))
    settle()
    assert panel._stack.currentIndex() == 2
    assert emptied[-1] is True
    assert panel.bar.isHidden()


def test_a_newer_search_calls_the_older_off(panel, services, settle):
    shown: list[int] = []
    panel.loading.all_keys.connect(lambda keys: shown.append(len(keys)))
    panel.loading.ask(Query(search="000"))
    panel.loading.ask(Query(search="thing 00001"))
    settle()
    assert shown == [10]


def test_a_model_keeps_no_more_lines_than_it_may(qapp):
    memory = Memory(things(PAGE * 400))
    model = LineModel(memory, COLUMNS)
    model.show_keys(memory.keys(Query()))
    for page in range(400):
        assert model.line(page * PAGE).id == page * PAGE + 1
    assert len(model._lines) <= 8192


def test_what_is_seen_is_read_in_one_go(qapp):
    memory = Memory(things(500))
    model = LineModel(memory, COLUMNS)
    model.show_keys(memory.keys(Query()))
    model.prepare(100, 140)
    assert [model.line(row).id for row in range(100, 141)] == list(range(101, 142))
    assert memory.pages_read == 1
    model.prepare(490, 600)
    assert memory.pages_read == 2


def test_a_line_that_is_gone_shows_nothing_rather_than_its_neighbour(qapp):
    memory = Memory(things(10))
    model = LineModel(memory, COLUMNS)
    model.show_keys(memory.keys(Query()))
    del memory.things[4]
    assert model.line(3) is None
    assert model.index(3, 0).data() is None
    assert model.line(4).id == 5


def test_a_list_that_takes_long_shows_that_it_is_being_read(panel, memory, services, qtbot, monkeypatch):
    assert not panel.busy.isVisible()
    may_go_on = threading.Event()
    keys = memory.keys
    monkeypatch.setattr(memory, "keys", lambda query: may_go_on.wait(20) and keys(query))
    try:
        panel._put(descending=True)
        qtbot.waitUntil(panel.busy.isVisible)
    finally:
        may_go_on.set()
    qtbot.waitUntil(lambda: services.jobs.idle)
    assert not panel.busy.isVisible()


def test_a_list_that_cannot_be_read_does_not_pretend_to_go_on(panel, memory, services, qtbot, monkeypatch):
    def fails(_query):
        raise Trouble("store.disk_full", folder="there")

    monkeypatch.setattr(memory, "keys", fails)
    panel._put(descending=True)
    panel._show_busy()
    qtbot.waitUntil(lambda: services.jobs.idle)
    assert not panel.busy.isVisible()


def test_down_goes_from_the_search_into_the_lines(panel, qtbot):
    panel.activateWindow()
    panel.focus_search()
    qtbot.keyClick(panel.bar.search, Qt.Key.Key_Down)
    assert panel.table.hasFocus()
    assert panel.current.uid == "u1"
    panel.table.choose(4)
    panel.focus_search()
    qtbot.keyClick(panel.bar.search, Qt.Key.Key_Down)
    assert panel.current.uid == "u5", "what was chosen stays chosen"


def test_a_list_that_cannot_be_read_says_why_and_tries_again(memory, services, qtbot):
    """Never “0 things”: that would be a lie."""
    whole, memory.first, memory.keys = (memory.first, memory.keys), _fails, _fails
    panel = ListPanel(SHAPE, memory, services, empty=EmptyState("flag", "Nothing yet", "Make something."))
    qtbot.addWidget(panel)
    panel.show()
    panel.start()
    qtbot.waitUntil(lambda: panel.trouble.isVisible() and services.jobs.idle)
    assert "there is full" in panel.trouble.text.text()
    assert panel.count.isHidden()

    memory.first, memory.keys = whole
    panel.trouble.again.click()
    qtbot.waitUntil(lambda: services.jobs.idle and panel.table.isVisible())
    assert panel.count.text() == "1000 things"
    assert panel.count.isVisible()


def test_lines_that_are_shown_stay_when_reading_again_fails(panel, memory, services, qtbot, monkeypatch):
    for read in ("first", "keys"):
        monkeypatch.setattr(memory, read, _fails)
    panel.read_again()
    qtbot.waitUntil(lambda: services.jobs.idle)
    assert panel.table.isVisible()
    assert panel.model.rowCount() == 1_000
    assert "there is full" in services.messages.said


def _fails(_query):
    raise Trouble("store.disk_full", folder="there")


def test_chips_that_take_more_lines_are_not_cut(panel, qtbot):
    """However low the panel is, each chip stands within the bar."""
    for name in ("a", "b", "c", "d", "e"):
        panel.bar.narrow(**{f"a longer filter {name}": ("x",)})
    panel.resize(320, 300)
    qtbot.waitUntil(lambda: panel.bar.height() >= panel.bar.layout().heightForWidth(panel.bar.width()))
    assert all(panel.bar.rect().contains(chip.geometry()) for chip in panel.bar.chips)


def test_what_takes_longer_is_said_in_words_until_it_is_there(panel, settle):
    told = panel.count.text()
    panel._show_busy()
    assert panel.count.text() in {"Reading …", *(f"Sorting by {each.title()} …" for each in COLUMNS)}
    panel._rest()
    assert panel.count.text() == told
