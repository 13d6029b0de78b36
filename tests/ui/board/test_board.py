"""The board in the window: cards are moved, given away, let rest and merged by keys, buttons and by hand."""

from __future__ import annotations

from datetime import timedelta

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton

from gemba.domain.actions import Action, ActionState, Lane
from gemba.domain.findings import Finding
from gemba.ui.board.model import MIME
from gemba.work import action_board, follow_action


@pytest.fixture
def actions(demo_desk):
    """Three open actions of one owner beside those of the demonstration."""
    with demo_desk.reader() as reader:
        finding = reader.find(Finding)[0].uid
    due = demo_desk.clock().date() + timedelta(days=9)
    return [
        follow_action.add(demo_desk, finding, text=text, owner="Region lead", due=due).uid
        for text in ("Print the list of open applications every morning", "Hang the sign", "Ask the post office")
    ]


@pytest.fixture
def board(demo, actions):
    demo.go("actions", "board")
    shown = demo.page.ways.board
    shown.filters.owner.choose("Region lead")
    demo.settle()
    assert len(column(shown, "todo").view.cards.cards) == len(actions)
    return shown


def column(board, code):
    return board.bands[0].columns[code]


def get(desk, uid):
    with desk.reader() as reader:
        return reader.get(Action, uid)


def pick(demo, board, uid):
    assert column(board, "todo").view.pick(uid) or any(one.view.pick(uid) for one in board.bands[0].columns.values())
    demo.settle()


def test_a_card_is_moved_by_keys_and_the_cursor_goes_along(demo, demo_desk, board, actions):
    pick(demo, board, actions[1])
    column(board, "todo").view.setFocus()
    demo.keys(Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    assert get(demo_desk, actions[1]).lane is Lane.DOING
    assert [card.uid for card in column(board, "doing").view.picked()] == [actions[1]]
    demo.keys(Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert get(demo_desk, actions[1]).lane is Lane.TODO
    assert demo.window.page == "actions", "Alt and the arrow move the card, and do not lead back"


def test_arrows_go_between_columns_that_have_cards(demo, demo_desk, board, actions):
    action_board.move(demo_desk, actions[2], Lane.WAITING, "the printer")
    board.arrive()
    demo.settle()
    pick(demo, board, actions[0])
    column(board, "todo").view.setFocus()
    demo.keys(Qt.Key.Key_Right)
    assert column(board, "waiting").view.hasFocus()
    demo.keys(Qt.Key.Key_Left)
    assert column(board, "todo").view.hasFocus()


def test_a_card_that_is_dropped_is_moved_and_a_full_column_refuses(demo, demo_desk, board, actions):
    data = column(board, "todo").view.cards.mimeData([column(board, "todo").view.cards.index(0)])
    uids = bytes(data.data(MIME).data()).decode().split(",")
    column(board, "doing").view.dropped.emit(uids)
    demo.settle()
    assert get(demo_desk, uids[0]).lane is Lane.DOING
    action_board.set_limit(demo_desk, Lane.DOING, 1)
    other = next(uid for uid in actions if uid != uids[0])
    column(board, "doing").view.dropped.emit([other])
    demo.settle()
    assert "Doing holds 1 action already" in demo.message
    assert get(demo_desk, other).lane is Lane.TODO


def test_what_waits_says_for_whom_before_it_is_moved(demo, demo_desk, board, actions):
    pick(demo, board, actions[0])
    demo.press("board.picked.waiting")
    demo.press("board.ask.keep")
    assert "Say for whom or what it waits" in demo.texts()
    demo.type("board.ask.words", "the printer")
    demo.press("board.ask.keep")
    assert (get(demo_desk, actions[0]).lane, get(demo_desk, actions[0]).waits_for) == (Lane.WAITING, "the printer")
    assert not board.ask.isVisible()


def test_several_are_given_away_let_rest_and_come_back_on_asking(demo, demo_desk, board, actions):
    column(board, "todo").view.selectAll()
    demo.settle()
    demo.press("board.picked.give")
    demo.type("board.ask.words", "Night lead")
    demo.press("board.ask.keep")
    assert {get(demo_desk, uid).owner for uid in actions} == {"Night lead"}
    board.filters.owner.choose("")
    demo.settle()
    pick(demo, board, actions[1])
    demo.press("board.picked.rest")
    day = demo_desk.clock().date() + timedelta(days=7)
    board.ask.day.put(day)
    demo.type("board.ask.words", "The sign is being painted")
    demo.press("board.ask.keep")
    assert get(demo_desk, actions[1]).snoozed_until == day
    assert "1 action rests until its day" in demo.texts()
    assert column(board, "todo").view.cards.row_of(actions[1]) < 0
    board.filters.resting.setChecked(True)
    demo.settle()
    pick(demo, board, actions[1])
    demo.press("board.picked.wake")
    assert get(demo_desk, actions[1]).snoozed_until is None


def test_several_that_say_the_same_go_on_as_one(demo, demo_desk, board, actions):
    column(board, "todo").view.selectAll()
    demo.settle()
    demo.press("board.picked.merge")
    board.ask.into.choose(actions[2])
    demo.press("board.ask.keep")
    assert get(demo_desk, actions[0]).merged_into == actions[2]
    assert get(demo_desk, actions[2]).state is ActionState.OPEN
    assert [card.uid for card in column(board, "todo").view.cards.cards] == [actions[2]]


def test_a_card_beside_the_board_is_rated_and_done(demo, demo_desk, board, actions):
    pick(demo, board, actions[0])
    column(board, "todo").view.setFocus()
    demo.keys(Qt.Key.Key_Return)
    steer = board.detail.steer
    for part, value in (("impact", "5"), ("reach", "4"), ("confidence", "3"), ("effort", "2")):
        assert not steer.keep.isEnabled()
        steer.parts[part].choose(value)
    assert steer.rank.text() == "Priority: impact 5 · 30.0"
    demo.press("board.steer.rate")
    assert get(demo_desk, actions[0]).impact == 5
    demo.press("button.actions.done")
    assert board.detail._proof_field.note.text()
    demo.type("board.card.proof", "The list lies on every counter")
    demo.press("button.actions.done")
    assert get(demo_desk, actions[0]).state is ActionState.DONE
    assert [card.uid for card in column(board, "done").view.cards.cards] == [actions[0]]


def test_swim_lanes_filters_and_limits(demo, demo_desk, board, actions):
    board.filters.clear()
    board.filters.by.choose("owner")
    demo.settle()
    assert "Region lead" in [row.title.text() for row in board.bands]
    board.filters.by.choose("")
    board.filters.late.setChecked(True)
    demo.settle()
    cards = column(board, "todo").view.cards.cards
    assert cards
    assert all(card.is_late for card in cards)
    demo.press("button.actions.limits")
    board.limits.fields[Lane.TODO].setValue(1)
    demo.press("board.limits.keep")
    with demo_desk.reader() as reader:
        assert action_board.limits_of(reader) == {Lane.TODO: 1}
    board.filters.late.setChecked(False)
    demo.settle()
    assert column(board, "todo").over.isVisible(), "too many are seen without colour"
    assert len(actions) == 3


def test_more_cards_are_shown_when_asked_for(demo, demo_desk, board, actions):
    with demo_desk.reader() as reader:
        model = reader.get(Action, actions[0])
    with demo_desk.unit() as unit:
        unit.put_many(
            [msgspec.structs.replace(model, uid=demo_desk.ids(), number=f"C-MANY00-{n:04d}") for n in range(40)]
        )
    board.arrive()
    demo.settle()
    view = column(board, "todo").view
    assert len(view.cards.cards) == 25
    demo.press("board.todo.more")
    assert len(view.cards.cards) == 43
    assert len({card.uid for card in view.cards.cards}) == 43


def test_the_list_offers_the_same_and_the_board_leads_to_it(demo, board, actions):
    pick(demo, board, actions[0])
    demo.press("board.picked.open")
    demo.press("board.card.list")
    assert demo.page.ways.tabs.code == "list"
    assert demo.page.detail.uid == actions[0]
    assert "On the board" in demo.texts()


def test_while_an_action_is_written_open_ones_like_it_are_shown(demo, actions):
    demo.go("findings", "")
    demo.list.choose(0)
    demo.press("button.findings.act")
    note = demo.page.form.doubles
    note._about = _finding_of(demo, actions[0])
    demo.type("action.text", "Print the list of open applications each morning")
    demo.qtbot.waitUntil(lambda: bool(note.found))
    demo.settle()
    assert [one.uid for one in note.found] == [actions[0]]
    assert "This may be on its way already" in demo.texts()


def test_the_board_is_printed(demo, board, tmp_path):
    demo.page.ways.write(tmp_path / "board.pdf")
    demo.settle()
    assert demo.message == "The board was written: 1 page."
    assert demo.find(QAbstractButton, "button.actions.print")


def _finding_of(demo, uid):
    with demo.window.services.desk.reader() as reader:
        return reader.get(Action, uid).finding


def test_what_rests_is_not_due_today_and_says_so_on_the_day_it_is_back(demo, demo_desk):
    with demo_desk.reader() as reader:
        one = min((each for each in reader.find(Action) if each.state == "open"), key=lambda each: each.due)
    demo.go("today")
    assert one.text in demo.texts()
    today = demo_desk.clock().date()
    action_board.snooze(demo_desk, one.uid, today + timedelta(days=3), "The part comes then")
    demo.go("actions")
    demo.go("today")
    assert one.text not in demo.texts()
    with demo_desk.unit() as unit:
        unit.change(Action, one.uid, snoozed_until=today)
    demo.go("actions")
    demo.go("today")
    assert one.text in demo.texts()
    assert "back since" in demo.texts()
