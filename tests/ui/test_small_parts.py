"""Parts, preferences, words: what every page leans on."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

import pytest
from PySide6.QtCore import QDate, QEvent, QLocale, QPointF, Qt
from PySide6.QtGui import QEnterEvent, QGuiApplication, QImage, QTransform
from PySide6.QtWidgets import QApplication, QDateEdit, QLineEdit, QPushButton, QVBoxLayout, QWidget

from gemba import shipped, wording
from gemba.domain.actions import ActionSort, ActionState
from gemba.domain.assessments import AssessmentState, Custody
from gemba.domain.findings import FindingGrade, FindingState
from gemba.ui import terms
from gemba.ui.languages import languages, speak
from gemba.ui.parts.badges import Badge, Badges
from gemba.ui.parts.facts import Value, breakable
from gemba.ui.parts.fields import Choice, DayField
from gemba.ui.parts.flow import Flow
from gemba.ui.parts.links import LinkRow
from gemba.ui.parts.progress import ProgressRow
from gemba.ui.parts.words import Words
from gemba.ui.preferences import Preferences
from gemba.ui.theme import current
from gemba.ui.theme.icons import beside_size, beside_words, icon, pixmap
from gemba.ui.theme.sheet import sheet
from gemba.ui.theme.tokens import ACCENTS, dark, light

SOURCES = sorted((shipped._PACKAGE / "ui").rglob("*.py"))


def test_every_icon_that_is_named_is_shipped_with_its_licence():
    lucide = shipped.resource("icons", "lucide")
    names = {file.stem for file in lucide.glob("*.svg")}
    named: set[str] = set()
    for file in SOURCES:
        named |= set(re.findall(r'(?:icon=|Picture\(|tinted\(|EmptyState\(\s*)"([a-z][a-z0-9-]+)"', file.read_text()))
    assert named - names == set()
    assert "ISC" in (lucide / "LICENSE").read_text()


def test_every_picture_of_the_sheet_is_shipped():
    from pathlib import Path

    for look in (light(), dark()):
        files = re.findall(r"url\((.*?)\)", sheet(look))
        assert files
        assert [file for file in files if not Path(file).is_file()] == []


def test_icons_take_the_colour_of_the_look(qapp):
    def darkest(image: QImage) -> int:
        pixels = [image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height())]
        return min(pixel.lightness() for pixel in pixels if pixel.alpha() > 250)

    current.show(qapp, "light", "petrol")
    on_light = darkest(pixmap("flag", "ink", 48).toImage())
    current.show(qapp, "dark", "petrol")
    assert darkest(pixmap("flag", "ink", 48).toImage()) > on_light + 100


def test_icons_that_point_turn_round_with_the_writing(qapp):
    plain = pixmap("arrow-right").toImage()
    speak(qapp, wording.MIRRORED)
    assert pixmap("arrow-right").toImage() == plain.flipped(Qt.Orientation.Horizontal)
    assert not icon("flag").isNull()


@pytest.mark.parametrize("accent", ACCENTS)
def test_every_accent_makes_a_sheet_without_a_hole(accent):
    for look in (light(accent), dark(accent)):
        assert "None" not in sheet(look)


def test_preferences_are_kept_in_a_file_and_a_broken_file_counts_as_none(tmp_path):
    file = tmp_path / "deep" / "window.json"
    Preferences(file).keep(accent="plum", columns={"walks": ["due"]})
    again = Preferences(file)
    assert (again.wishes.accent, again.wishes.columns) == ("plum", {"walks": ["due"]})
    file.write_text("{")
    assert Preferences(file).wishes.accent == "petrol"


def test_preferences_that_cannot_be_written_are_no_trouble(tmp_path):
    (tmp_path / "file").write_text("")
    Preferences(tmp_path / "file" / "window.json").keep(accent="rust")


def test_a_day_begins_at_none_and_can_be_none_again(qtbot):
    field = DayField(name="due")
    qtbot.addWidget(field)
    assert field.day is None
    field.put(date(2026, 2, 28))
    assert field.day == date(2026, 2, 28)
    field.clear()
    assert field.day is None


def test_a_day_that_must_be_begins_at_today(qtbot):
    field = DayField(name="due", optional=False)
    qtbot.addWidget(field)
    today = QDate.currentDate()
    assert field.day == date(today.year(), today.month(), today.day())


@pytest.mark.parametrize(
    ("language", "typed", "shown"),
    [("en", "11052027", "11/05/2027"), ("de", "05112027", "05.11.2027"), ("ja", "20271105", "2027/11/05")],
)
def test_a_day_is_typed_as_the_country_writes_it_and_spelled_out(qapp, qtbot, language, typed, shown):
    speak(qapp, language)
    field = DayField(name="due", optional=False)
    qtbot.addWidget(field)
    field.show()
    edit = field.findChild(QDateEdit)
    edit.setSelectedSection(edit.sectionAt(0))
    qtbot.keyClicks(edit, typed)
    assert edit.text() == shown
    assert field.day == date(2027, 11, 5)
    assert edit.toolTip() == QLocale(language).toString(QDate(2027, 11, 5), QLocale.FormatType.LongFormat)


def test_a_value_is_marked_and_copied_without_the_breaks_that_it_is_shown_with(qtbot):
    path = "/home/somebody/" + "0123456789abcdef" * 4
    value = Value("File", path)
    qtbot.addWidget(value)
    value.show()
    value.setFocus()
    qtbot.keyClick(value, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == path
    start = value.text().index("somebody")
    value.setSelection(start, len(value.text()) - start)
    qtbot.keyClick(value, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == path[path.index("somebody") :]


def test_a_choice_keeps_what_was_chosen_when_it_offers_anew(qtbot):
    choice = Choice([("a", "First"), ("b", "Second")], name="choice")
    qtbot.addWidget(choice)
    choice.choose("b")
    choice.offer([("c", "Third"), ("b", "Second")])
    assert choice.value == "b"
    choice.choose("nobody")
    assert choice.value == "c"


def test_a_choice_that_is_typed_into_has_no_value_until_it_is_one_of_them(qtbot):
    choice = Choice([("a", "Harbour"), ("b", "Market")], name="choice", search=True)
    qtbot.addWidget(choice)
    choice.setEditText("Harb")
    assert choice.value == ""
    choice.setEditText("Market")
    assert choice.value == "b"


def test_a_flow_goes_on_in_the_next_line(qtbot):
    box = QWidget()
    qtbot.addWidget(box)
    flow = Flow(box)
    for _ in range(6):
        flow.addWidget(Words("some words here"))
    assert flow.heightForWidth(150) > 3 * flow.heightForWidth(2_000)


@pytest.fixture
def day_among_fields(qtbot):
    """A field, a day that may be none, and a field."""
    box = QWidget()
    qtbot.addWidget(box)
    rows = QVBoxLayout(box)
    before, day, after = QLineEdit(), DayField(name="due"), QLineEdit()
    for part in (before, day, after):
        rows.addWidget(part)
    box.show()
    box.activateWindow()
    before.setFocus()
    qtbot.waitUntil(before.hasFocus)
    yield before, day, after  # noqa: PT022 - the box lives as long as the test


def press(qtbot, *keys):
    for key in keys:
        qtbot.keyClick(QApplication.focusWidget(), key)


def test_the_tabulator_leaves_a_day_that_is_none(day_among_fields, qtbot):
    before, day, after = day_among_fields
    press(qtbot, *[Qt.Key.Key_Tab] * 3)
    assert after.hasFocus()
    press(qtbot, *[Qt.Key.Key_Backtab] * 3)
    assert before.hasFocus()
    assert day.day is None


def test_a_day_can_be_typed_where_there_was_none(day_among_fields, qtbot):
    _, day, _ = day_among_fields
    press(qtbot, Qt.Key.Key_Tab)
    form = day.findChild(QDateEdit).displayFormat()
    typed = re.sub("[^dMy]", "", form).replace("dd", "24").replace("MM", "12").replace("yyyy", "2031")
    qtbot.keyClicks(QApplication.focusWidget(), typed)
    assert day.day == date(2031, 12, 24)


def test_a_step_from_no_day_is_today_and_not_the_year_2000(day_among_fields, qtbot):
    _, day, _ = day_among_fields
    press(qtbot, Qt.Key.Key_Tab, Qt.Key.Key_Up)
    assert day.day == date.today()  # noqa: DTZ011 - the person's own day


def test_a_word_beside_a_button_stands_in_the_middle_of_the_line(qtbot):
    box = QWidget()
    qtbot.addWidget(box)
    flow = Flow(box)
    badge, button = Badge("2 out of reach", "fair"), QPushButton("Show")
    for part in (badge, button):
        flow.addWidget(part)
    box.resize(600, 60)
    box.show()
    assert badge.height() < button.height()
    assert abs(badge.geometry().center().y() - button.geometry().center().y()) <= 1


def test_long_names_and_paths_may_break_and_others_stay():
    assert breakable("Market Street branch") == "Market Street branch"
    path = "/home/somebody/.local/share/gemba/store/" + "0123456789abcdef" * 4
    assert breakable(path).replace("\u200b", "") == path
    assert max(len(part) for part in breakable(path).split("\u200b")) <= 20


def test_badges_run_on_where_there_is_no_room(qtbot):
    badges = Badges()
    qtbot.addWidget(badges)
    badges.say(("Concluded", "good"), ("", "poor"), ("Held by headquarters", "good"), ("On the way", "fair"))
    assert len(badges.findChildren(Badge)) == 3
    assert badges.heightForWidth(160) > 2 * badges.heightForWidth(900)
    assert badges.minimumSizeHint().width() < 220


def test_every_state_and_grade_has_words_of_its_own():
    for code in (*AssessmentState, *FindingState, *ActionState, "overdue"):
        assert terms.state(code) != code
    assert len({terms.custody(code) for code in Custody}) == len(Custody)
    assert [terms.custody_tone(code) for code in Custody].count("good") == 1
    assert terms.custody_tone(Custody.HELD) == "good"
    assert len({terms.finding_grade(code) for code in FindingGrade}) == len(FindingGrade)
    assert len({terms.action_sort(code) for code in ActionSort}) == len(ActionSort)


def test_days_and_moments_are_written_for_people(qapp):
    speak(qapp, "en")
    assert terms.day(date(2026, 3, 2)) == "2 Mar 2026"
    assert terms.day(None) == ""
    assert "2026" in terms.moment(datetime(2026, 3, 2, 12, 5, tzinfo=UTC))


def test_a_kind_of_a_newer_program_stands_for_itself():
    assert terms.kind("tomorrow") == "tomorrow"
    assert terms.outcome("tomorrow", "splendid") == ("splendid", "plain")
    assert terms.outcome("walk", None) == ("", "plain")


def test_languages_begin_with_the_system_and_english():
    assert [tag for tag, _ in languages()][:2] == ["", "en"]


def test_a_long_choice_is_shown_from_its_beginning_and_whole_in_its_tool_tip(qtbot):
    words = "Harbour branch – Region North of the river"
    field = Choice([("a", "All"), ("b", words)], name="where", search=True)
    qtbot.addWidget(field)
    field.choose("b")
    assert field.lineEdit().cursorPosition() == 0
    assert field.toolTip() == words


def test_a_row_that_leads_somewhere_shows_the_pointer_over_it(qtbot):
    row = LinkRow("Harbour branch", "Three findings", name="row")
    qtbot.addWidget(row)
    with qtbot.waitExposed(row):
        row.show()
    QApplication.sendEvent(row, QEvent(QEvent.Type.Leave))  # it may have been shown under the pointer
    away, at = _painted(row), QPointF(1, 1)
    for _ in range(2):  # when it was only just shown it may be painted once more anyway
        QApplication.sendEvent(row, QEnterEvent(at, at, at))
        assert _painted(row) != away
        QApplication.sendEvent(row, QEvent(QEvent.Type.Leave))
        assert _painted(row) == away


def _painted(widget):
    """What stands on the screen, without asking the widget to paint once more."""
    QApplication.processEvents()
    return widget.screen().grabWindow(widget.winId()).toImage()


def test_a_flow_is_as_high_as_what_is_in_it_by_now(qtbot):
    shown = QWidget()
    qtbot.addWidget(shown)
    flow = Flow(shown)
    one, other = Words("short", parent=shown), Words("short", parent=shown)
    flow.addWidget(one)
    low = flow.heightForWidth(60)
    flow.addWidget(other)
    two_lines = flow.heightForWidth(60)
    assert two_lines > low
    assert flow.heightForWidth(600) == low
    other.setText("tall\ntall\ntall\ntall")
    assert flow.heightForWidth(60) > two_lines
    other.setVisible(False)
    assert flow.heightForWidth(60) == low
    other.setVisible(True)
    assert flow.heightForWidth(60) > two_lines
    flow.takeAt(1)
    assert flow.heightForWidth(60) == low


def test_the_icon_beside_words_follows_the_look_and_the_writing(qapp):
    def drawn():
        return beside_words("arrow-right", "ink", 18).pixmap(beside_size(18)).toImage()

    first = drawn()
    assert drawn() == first
    beside = [first.pixelColor(x, y).alpha() for x in range(18, first.width()) for y in range(first.height())]
    assert beside
    assert not any(beside)
    current.show(qapp, "dark", "petrol")
    assert drawn() != first
    current.show(qapp, "light", "petrol")
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    leftwards = drawn()
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    assert leftwards == first.transformed(QTransform().scale(-1, 1))
    assert drawn() == first


def test_progress_with_many_words_takes_a_second_line_and_not_more_room(qtbot):
    row = ProgressRow("Sealing a pack …", name="progress")
    qtbot.addWidget(row)
    row.resize(480, 60)
    row.show()
    row.told(
        3, 10, "Sending by the stick that hangs on the board beside the door of the northern office: 3 MB of 10 MB"
    )
    assert row.minimumSizeHint().width() <= 480
    assert row.heightForWidth(480) > row.heightForWidth(1400)
