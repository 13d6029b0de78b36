"""Maps in the window: made, walked by the keyboard, opened, changed; blind spots; what is to be gone to and seen."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QComboBox, QLineEdit
from tests.ui.pages.maps import MapsObject
from tests.work.complaining import complain

from gemba import wording
from gemba.domain.process_maps import AlertState, GoAndSee, Pin, ProcessMap, StepSort
from gemba.ui.languages import speak
from gemba.ui.theme import current
from gemba.work import go_and_see
from gemba.work.places import add_place
from gemba.work.process_maps import add_step, make_map, standing


@pytest.fixture
def place(desk):
    return add_place(desk, "Harbour branch").uid


@pytest.fixture
def loan(desk, place):
    """A map with four steps and pains on two of them."""
    uid = make_map(desk, "A loan", owner="Head of lending", review_by=desk.clock().date().replace(year=2020)).uid
    add_step(desk, uid, "Apply", code="apply", cycle=600.0, owner="Branch")
    add_step(desk, uid, "In the tray", sort=StepSort.QUEUE, wait=86_400.0)
    add_step(desk, uid, "Check", code="check", cycle=900.0, hand_off=True)
    add_step(desk, uid, "Pay out", code="pay")
    for _ in range(4):
        complain(desk, step="check", place=place, severity="high", summary="Asked for the same paper twice")
    complain(desk, step="pay", place=place, severity="low", summary="A day late")
    return uid


@pytest.fixture
def maps(open_window, desk, loan):
    return MapsObject(open_window(desk), loan)


def records(desk, noun):
    with desk.reader() as reader:
        return reader.find(noun)


def steps_of(desk, uid):
    with desk.reader() as reader:
        return standing(reader, uid)


def test_ranks_pains_and_the_badge_are_shown(maps):
    said = maps.window.texts()
    assert "1. Check" in said
    assert "2. Pay out" in said
    assert "4 pains · High · weight 16 · before: 0" in said
    assert "No time: Pay out." in said
    assert "Out of date" in said


def test_the_keyboard_walks_from_step_to_step_and_opens_one(maps):
    maps.key(Qt.Key.Key_Home)
    assert maps.step == "Apply"
    maps.key(Qt.Key.Key_Right)
    maps.key(Qt.Key.Key_Right)
    assert maps.step == "Check"
    assert "4 pains" in maps.page.map.view.accessibleDescription()
    maps.key(Qt.Key.Key_Return)
    assert "Asked for the same paper twice" in maps.window.texts()
    maps.key(Qt.Key.Key_End)
    assert maps.step == "Pay out"
    assert "A day late" in maps.window.texts(), "what is open beside the map follows the keyboard"
    maps.key(Qt.Key.Key_Right)
    assert maps.step == "Pay out"


def test_reading_from_the_right_the_arrow_keys_turn_around(maps, qapp):
    speak(qapp, wording.MIRRORED)
    maps.page.map.view.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    maps.key(Qt.Key.Key_Home)
    maps.key(Qt.Key.Key_Left)
    assert maps.step == "In the tray"


def test_a_click_opens_the_pains_behind_a_step(maps):
    maps.click("Check")
    assert "Asked for the same paper twice" in maps.window.texts()
    maps.press("maps.step.back")
    assert "1. Check" in maps.window.texts()


def test_a_step_is_changed_beside_the_map(maps, desk, loan):
    maps.click("Pay out")
    maps.press("maps.step.do.change")
    maps.window.type("maps.step.cycle", "soon")
    maps.press("maps.step.keep")
    assert "soon is no time" in maps.page.map.step_form.fields["cycle"].note.text()
    maps.window.type("maps.step.cycle", "2 min")
    maps.window.type("maps.step.value_adding", "5 min")
    maps.press("maps.step.keep")
    assert "do not fit" in maps.page.map.step_form.fields["value_adding"].note.text()
    maps.window.type("maps.step.value_adding", "1 min")
    maps.window.type("maps.step.rework", "25 %")
    maps.window.type("maps.step.owner", "Payments")
    maps.press("maps.step.keep")
    step = steps_of(desk, loan)[3]
    assert (step.cycle, step.value_adding, step.rework, step.owner) == (120, 60, 0.25, "Payments")
    assert step.code == "pay"


def test_steps_are_added_moved_and_taken_off_with_a_way_back(maps, desk, loan):
    maps.press("button.maps.step")
    maps.window.type("maps.step.title", "Congratulate")
    maps.press("maps.step.keep")
    assert "needs a code" in maps.page.map.step_form.fields["code"].note.text()
    sort = maps.window.find(QComboBox, "maps.step.sort")
    sort.setCurrentIndex(sort.findData(StepSort.OUTSIDE))
    maps.press("maps.step.keep")
    assert maps.titles[-1] == "Congratulate"
    maps.click("Congratulate")
    maps.press("maps.step.do.earlier")
    assert maps.titles[-2:] == ["Congratulate", "Pay out"]
    maps.press("maps.step.do.later")
    assert maps.titles[-2:] == ["Pay out", "Congratulate"]
    maps.press("maps.step.do.remove")
    assert "Congratulate" not in maps.titles
    maps.press("messages.undo")
    assert maps.titles[-1] == "Congratulate"


def test_what_hurts_is_pinned_by_hand_and_unpinned(maps, desk):
    maps.click("Apply")
    maps.press("maps.pin.keep")
    assert "what hurts" in maps.page.map.step._pin_field.note.text()
    maps.window.type("maps.pin.words", "Nobody understands the form")
    maps.press("maps.pin.keep")
    assert "Nobody understands the form" in maps.window.texts()
    [pin] = steps_pins(maps)
    maps.press(f"maps.unpin.{pin.uid}")
    assert "Nobody understands the form" not in maps.window.texts()
    maps.press("messages.undo")
    assert "Nobody understands the form" in maps.window.texts()


def test_a_map_is_made_where_there_is_none(open_window, desk):
    maps = MapsObject(open_window(desk))
    assert "No map yet" in maps.window.texts()
    maps.press("maps.empty.make")
    maps.press("maps.map.keep")
    assert maps.page.map.map_form.fields["title"].note.text()
    maps.window.type("maps.map.title", "A refund")
    maps.window.type("maps.map.demand", "twenty")
    maps.press("maps.map.keep")
    assert maps.page.map.map_form.fields["demand"].note.text()
    maps.window.type("maps.map.demand", "20")
    maps.window.type("maps.map.available", "7 h")
    maps.press("maps.map.keep")
    [made] = records(desk, ProcessMap)
    assert (made.title, made.demand, made.available) == ("A refund", 20, 25_200)
    assert maps.page.map.uid == made.uid
    maps.press("button.maps.change")
    maps.window.type("maps.map.owner", "Service lead")
    maps.press("maps.map.keep")
    assert records(desk, ProcessMap)[0].owner == "Service lead"


def test_it_is_drawn_larger_smaller_and_as_a_whole(maps):
    view = maps.page.map.view
    before = view.height()
    maps.press("maps.zoom.in")
    assert view.zoom > 1
    assert view.height() > before
    maps.press("maps.zoom.fit")
    assert view.height() <= maps.page.map._canvas.viewport().height()


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_the_drawing_is_painted_in_the_colours_of_the_look(maps, qapp, mode):
    current.show(qapp, mode, "petrol")
    maps.settle()
    image = maps.page.map.view.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    colours = {
        image.pixelColor(x, y).name().upper() for x in range(0, image.width(), 3) for y in range(0, image.height(), 3)
    }
    assert current.look().poor.upper() in colours


def test_narrow_it_shrinks_and_nothing_is_cut_off(maps):
    maps.window.window.resize(QSize(620, 800))
    maps.settle()
    view = maps.page.map.view
    for step in maps.page.map.shown.facts.steps:
        assert view.rect().contains(view.spot_of(step.uid).toRect())


def test_a_map_is_printed(maps, tmp_path, monkeypatch):
    monkeypatch.setattr("gemba.ui.maps.page.QDesktopServices.openUrl", lambda _url: True)
    maps.page.print_to(tmp_path / "map.pdf")
    maps.settle()
    assert (tmp_path / "map.pdf").read_bytes().startswith(b"%PDF")
    assert "map.pdf" in maps.window.message


def test_pains_are_those_of_the_place_that_is_chosen(maps, desk, place):
    elsewhere = add_place(desk, "Hillside").uid
    complain(desk, step="apply", place=elsewhere, severity="critical")
    maps.page.map.read()
    maps.settle()
    assert "1. Check" in maps.window.texts()
    maps.page.arrive()
    maps.settle()
    maps.page.map.place.choose(elsewhere)
    maps.page.map.place.activated.emit(0)
    maps.settle()
    assert "1. Apply" in maps.window.texts()
    assert "Check" not in maps.window.texts().split("Along the path")[0]
    assert place


def test_steps_go_out_and_come_in_again_and_a_map_is_taken_off(maps, desk, loan, tmp_path):
    file = tmp_path / "steps.csv"
    maps.page.doings.export_to(file)
    maps.settle()
    assert "4 steps are written" in maps.window.message
    file.write_text(file.read_text("utf-8-sig").replace("Pay out", "Pay") + "x,Y,nothing,,,,,,,,\n", "utf-8")
    maps.page.doings.import_from(file)
    maps.settle()
    assert "1 changed, 3 unchanged" in maps.window.message
    assert "Row 6" in maps.window.message
    assert maps.titles[-1] == "Pay"
    maps.page.take_off()
    maps.settle()
    assert "No map yet" in maps.window.texts()
    maps.press("messages.undo")
    assert maps.page.map.uid == loan
    assert desk is not None


def test_a_question_is_tied_to_a_step_and_untied(maps, desk):
    maps.click("Check")
    template = maps.window.find(QComboBox, "maps.tie.template")
    maps.press("maps.tie.keep")
    assert "Choose a checklist" in maps.window.texts()
    template.setCurrentIndex(1)
    template.activated.emit(1)
    maps.settle()
    question = maps.window.find(QComboBox, "maps.tie.question")
    question.setCurrentIndex(3)
    maps.press("maps.tie.keep")
    [tied] = steps_pins(maps)
    assert tied.sort == "question"
    maps.press(f"maps.untie.{tied.uid}")
    assert steps_pins(maps) == []
    assert desk is not None


def test_the_huddle_sheet_is_written(maps, place, tmp_path, monkeypatch):
    monkeypatch.setattr("gemba.ui.maps.huddle_form.QDesktopServices.openUrl", lambda _url: True)
    maps.press("button.maps.huddle")
    form = maps.page.map.huddle
    form.place.choose(place)
    form.write_to(tmp_path / "huddle.pdf")
    maps.settle()
    assert (tmp_path / "huddle.pdf").read_bytes().startswith(b"%PDF")
    assert "huddle.pdf" in maps.window.message


def test_blind_spots_open_to_their_records_and_become_alerts(maps, desk, place):
    maps.tab("blind")
    model = maps.page.blind.model
    assert model.data(model.index(0, 0)) == "4 complaints\nnever looked"
    assert model.headerData(0, Qt.Orientation.Horizontal) == "Harbour branch"
    maps.open_cell(0, 0)
    assert "Asked for the same paper twice" in maps.window.texts()
    maps.press("maps.blind.alert")
    [alert] = records(desk, GoAndSee)
    assert (alert.place, alert.step) == (place, "check")
    go_and_see.see(desk, alert.uid, "Two forms ask for it")
    maps.page.blind.read()
    maps.settle()
    assert model.data(model.index(0, 0)) != "4 complaints\nnever looked"


def test_alerts_are_raised_seen_dropped_and_raised_again(maps, desk):
    maps.tab("see")
    maps.press("maps.see.add")
    assert "question" in maps.page.see._question_field.note.text()
    for question in ("Is the till open?", "Who answers the phone?"):
        maps.window.type("maps.see.question", question)
        maps.press("maps.see.add")
    first, second = (each.uid for each in records(desk, GoAndSee))
    maps.press(f"alert.seen.{first}")
    card = next(each for each in maps.page.see.findChildren(object) if each.objectName() == f"alert.{first}")
    assert "what was seen" in card.field.note.text()
    card.words.setPlainText("From ten on")
    maps.press(f"alert.seen.{first}")
    card = next(each for each in maps.page.see.findChildren(object) if each.objectName() == f"alert.{second}")
    card.words.setPlainText("There is no phone")
    maps.press(f"alert.drop.{second}")
    assert {each.state for each in records(desk, GoAndSee)} == {AlertState.SEEN, AlertState.DROPPED}
    assert "Nothing waits." in maps.window.texts()
    which = maps.window.find(QComboBox, "maps.see.which")
    which.setCurrentIndex(which.findData("all"))
    which.activated.emit(which.currentIndex())
    maps.settle()
    assert "From ten on" in maps.window.texts()
    maps.press(f"alert.again.{second}")
    assert records(desk, GoAndSee)[1].state is AlertState.WAITING


def test_views_are_turned_by_the_arrow_keys(maps):
    tab = next(each for each in maps.page.tabs.findChildren(object) if each.objectName() == "maps.tabs.map")
    tab.setFocus()
    maps.window.qtbot.keyClick(tab, Qt.Key.Key_Right)
    maps.settle()
    assert maps.page.tabs.code == "blind"


def steps_pins(maps):
    return [pin for pin in records(maps.page.services.desk, Pin) if not pin.removed]


def test_words_that_are_too_long_are_cut_and_told_in_full(open_window, desk):
    long = "Donaudampfschifffahrtsgesellschaftskapitänspatentprüfung " * 3
    uid = make_map(desk, long, begins_with=long, ends_with=long).uid
    add_step(desk, uid, long, code="apply", owner=long)
    maps = MapsObject(open_window(desk), uid)
    maps.key(Qt.Key.Key_Home)
    assert "Donaudampfschifffahrt" in maps.page.map.view.accessibleDescription()
    assert not maps.page.map.view.grab().isNull()
    assert maps.window.window.width() <= 1280
    maps.click(long.strip())
    assert maps.window.find(QLineEdit, "maps.pin.words").isVisible()
