"""Routes, plan and standard work in the window: empty, changed, late, opened by key."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from tests.ui.pages.conduct import ConductObject
from tests.ui.pages.walks import WalksObject
from tests.work.walking import on_day, route_made, scheduled, walked

from gemba.domain.walks import ObservationSort, Route, RouteStop
from gemba.store.lists import Query
from gemba.store.walk_lists import OBSERVATIONS
from gemba.ui.walks.start_card import StartCard
from gemba.work.go_and_see import raise_alert
from gemba.work.observations import Noted, observe
from gemba.work.places import add_place
from gemba.work.route_walks import start_walk
from gemba.work.routes import routes, stops_of

Key = Qt.Key


@pytest.fixture
def place(desk) -> str:
    return add_place(desk, "Harbour branch").uid


@pytest.fixture
def open_walks(desk, open_window):
    """Opens the window once the records of a test are there."""
    return lambda: WalksObject(open_window(desk))


def titles(desk, route):
    with desk.reader() as reader:
        return [one.title for one in stops_of(reader, route)]


def test_every_view_says_what_to_do_while_nothing_is_there(open_walks):
    walks = open_walks()
    assert not walks.plan.planned
    assert "No walk is expected" in walks.window.texts()
    walks.window.press("walks.plan.routes")
    assert walks.window.page.views.code == "routes"
    assert "No route yet" in walks.window.texts()
    assert walks.weeks.none.isVisible()
    assert not walks.weeks.view.isVisible()
    assert set(walks.window.page.sights()) >= {"plan", "routes", "weeks"}


def test_stops_are_moved_changed_and_taken_out_and_a_route_goes_out_of_use(desk, place, open_walks):
    uid = route_made(desk, place, "Door", "Counter", "Phones")
    walks = open_walks()
    tab = walks.view("routes", uid)
    with desk.reader() as reader:
        first, second, third = (one.uid for one in reader.find(RouteStop, route=uid))
    walks.window.press(f"stop.down:{first}")
    assert titles(desk, uid) == ["Counter", "Door", "Phones"]
    walks.window.press(f"stop.up:{third}")
    walks.window.press(f"stop.edit:{second}")
    walks.put(tab.stops.form, title="")
    walks.window.press("stop.keep")
    assert "A stop needs a title" in walks.window.texts()
    walks.put(tab.stops.form, title="Back office")
    walks.window.press("stop.keep")
    walks.window.press(f"stop.remove:{first}")
    assert titles(desk, uid) == ["Back office", "Phones"]
    walks.window.press("routes.change")
    walks.put(tab.form, title="")
    walks.window.press("route.keep")
    assert "A route needs a title" in walks.window.texts()
    walks.put(tab.form, title="Yard round", layer="Manager")
    tab.form.turns.setChecked(True)
    walks.window.press("route.keep")
    assert "cannot be walked in turns without walkers" in walks.window.texts()
    tab.form.walkers.item(0).setCheckState(Qt.CheckState.Checked)
    walks.window.press("route.keep")
    assert "Yard round" in walks.window.texts()
    walks.window.press("routes.schedule")
    tab.form.rule.setText("FREQ=NEVER")
    walks.window.press("route_schedule.keep")
    assert tab.form.problem.isVisible()
    walks.window.press("route_schedule.cancel")
    walks.window.press("routes.retire")
    assert walks.window.window.findChild(StartCard) is None
    with desk.reader() as reader:
        assert routes(reader) == []
        assert reader.find(Route)[0].layer == "Manager"


def test_walkers_keep_the_order_of_their_turns(desk, place, open_walks):
    route_made(desk, place)
    walks = open_walks()
    walks.routes.begin_adding()
    walks.window.settle()
    listed = walks.routes.form.walkers
    listed.offer([("a", "Ann"), ("b", "Bea"), ("c", "Cid")], ("c", "a"))
    assert listed.chosen() == ("c", "a")
    listed.setCurrentRow(1)
    walks.window.qtbot.keyClick(listed, Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert listed.chosen() == ("a", "c")
    walks.window.press("route.cancel")


def test_late_walks_stand_first_and_a_week_opens_to_what_is_behind_it(desk, place, open_walks):
    uid = route_made(desk, place, "Door", walkers=(desk.person.uid,), layer="Team lead")
    monday = date(2026, 2, 2)
    scheduled(desk, uid, "FREQ=WEEKLY;BYDAY=TU", starts=monday)
    walked(on_day(desk, monday + timedelta(15)), uid)
    walks = open_walks()
    plan = walks.plan
    assert "Late, and can still be walked" in walks.window.texts()
    plan.whose.choose(desk.person.uid)
    plan.layer.choose("Team lead")
    walks.window.settle()
    assert "This week" in walks.window.texts()
    weeks = walks.weeks
    assert "1 of 4, too few to say" in weeks.told.text()
    column = [monday.isoformat() for monday in weeks.made.weeks].index("2026-02-16")
    assert "walked in the window" in " ".join(weeks.words(0, column))
    weeks.view.open_cell(0, column)
    walks.window.settle()
    assert walks.window.page.code == "behind"
    assert len(walks.window.list.column(0)) == 1
    walks.window.window.back()
    walks.window.settle()
    weeks.weeks.setValue(2)
    walks.window.settle()
    assert len(weeks.made.weeks) == 2
    walks.window.go("today")
    assert "Your walks this week" in walks.window.texts()


def test_notes_are_made_changed_and_taken_out_by_keys(desk, place, open_walks):
    alert = raise_alert(desk, "Does the printer jam?", place=place).uid
    uid = route_made(desk, place, "Door", "Counter")
    walk = start_walk(desk, uid, [f"go_and_see:{alert}"]).uid
    observe(desk, walk, Noted(text="A queue", sort=ObservationSort.SEEN))
    walks = open_walks()
    conduct = ConductObject(walks.window.go("conduct", walk), walks.window.qtbot)
    assert walks.window.page.side.walk_box.isVisible()
    conduct.page.setFocus()
    conduct.press(Key.Key_O).settle()
    entry = walks.entry
    entry.stop.choose(entry.stop.itemData(1))
    entry.sort.setFocus()
    conduct.press(Key.Key_2)
    assert entry.sort.value == "staff"
    conduct.click("note.keep")  # nothing is written: it says so, and stays
    assert entry.refusal.isVisible()
    conduct.click("note.more")
    entry.text.setFocus()
    conduct.type("We type it twice")
    entry.coaching.setText("Try one screen")
    conduct.press(Key.Key_Return, Qt.KeyboardModifier.ControlModifier).settle()
    with desk.reader() as reader:
        line = OBSERVATIONS.first(reader, Query(where={"sort": ("staff",)}))[0]
    assert (line.stop, line.coaching) == ("Counter", "Try one screen")
    card = next(each for each in walks.notes() if "A queue" in each.accessibleName())
    conduct.click("note.edit", card)
    assert entry.text.toPlainText() == "A queue"
    conduct.press(Key.Key_Escape).settle()
    assert entry.empty
    card = next(each for each in walks.notes() if "A queue" in each.accessibleName())
    conduct.click("note.remove", card)
    assert len(walks.notes()) == 1
    conduct.page.conclude()
    conduct.settle()
    said = conduct.page.side.conclusion.findChild(type(conduct.page.side.conclusion._told), "conclusion.noted")
    assert "Staff told us: 1" in said.text()
    assert "Nothing was noted at: Door" in said.text()
    assert "1 thing was not gone to and seen." in said.text()
    conduct.page.see_walk()
    entry.take_keyboard()
    conduct.press(Key.Key_Escape).settle()  # empty: Esc leaves the panel
    assert not entry.isVisible()
    assert QApplication.focusWidget() is not None
