from __future__ import annotations

from datetime import date, timedelta
from time import thread_time

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLineEdit, QTableWidget
from tests.ui.pages.insights import InsightsObject
from tests.work.charting import STEADY, measure_of
from tests.work.complaining import complain

from gemba.domain.measures import FrozenBaseline, Measure, Period
from gemba.domain.places import Level, Place
from gemba.reports.chart_facts import ChartFacts, PointFacts
from gemba.ui.complaints.page import ComplaintsPage
from gemba.ui.insights.chart_view import ChartView
from gemba.work.alerts import alerts, open_signals
from gemba.work.measures import NewMeasure, add

SHIFTED = (*STEADY, 30, 31)


@pytest.fixture
def insights(open_window, desk):
    """The page with one measure that signals."""
    measure_of(desk, SHIFTED, title="Calls")
    return InsightsObject(open_window(desk))


@pytest.fixture
def counted(open_window, desk):
    """The page with a measure of complaints."""
    for day in range(40):
        complain(desk, date(2026, 1, 12) + timedelta(days=day), cause="late", summary=f"Complaint {day}")
    add(desk, NewMeasure(code="late", title="Late", filters={"cause": "late"}, period=Period.WEEK))
    return InsightsObject(open_window(desk))


def test_the_chart_that_fits_is_shown_with_its_reason_and_signals(insights):
    assert insights.card.title.text() == "Calls"
    assert insights.view.facts.kind == "c"
    assert "vary as counts do" in insights.card.reason.text()
    assert "2026-02" in insights.card.signals.text()


def test_hovering_tells_value_limits_and_why_it_signals(insights):
    insights.hover(25)
    words = insights.view.words
    assert words[0] == "2026-02"
    assert words[1] == "31"
    assert words[2].startswith("Limits")
    assert any("above the upper limit" in line for line in words)
    assert "above the upper limit" in insights.view.accessibleDescription()
    insights.hover(3)
    assert insights.view.words[0] == "2024-04"
    assert len(insights.view.words) == 3


def test_the_arrow_keys_walk_the_points_and_those_that_signal(insights):
    insights.view.setFocus()
    for key, at in (
        (Qt.Key.Key_Left, 25),
        (Qt.Key.Key_Left, 24),
        (Qt.Key.Key_Home, 0),
        (Qt.Key.Key_Right, 1),
        (Qt.Key.Key_Down, 24),
        (Qt.Key.Key_Down, 25),
        (Qt.Key.Key_Up, 24),
        (Qt.Key.Key_End, 25),
    ):
        insights.key(key)
        assert insights.view.at == at


def test_a_click_or_enter_opens_the_complaints_behind_a_point(counted):
    for open_one in (lambda: counted.click(1), lambda: enter(counted, 2)):
        open_one()
        counted.window.settle()
        assert counted.window.window.page == "complaints"
        assert counted.window.page.list.model.rowCount() == 7
        counted.window.window.back()
        counted.window.settle()
        assert counted.window.window.page == "insights"


def enter(counted, at: int) -> None:
    """Go into a point with the keyboard."""
    counted.view.point_to(at)
    counted.view.setFocus()
    counted.key(Qt.Key.Key_Return)


def test_all_that_is_behind_a_point_is_shown_in_the_list(counted, desk):
    complain(desk, date(2026, 1, 20), cause="rude")
    counted.click(1)
    counted.window.settle()
    page = counted.window.window.findChild(ComplaintsPage)
    assert page.list.model.rowCount() == 7
    assert page.list.bar.search.text() == ""
    assert {chip.filter.name for chip in page.list.bar.chips if chip.values} == {"cause", "received"}


@pytest.fixture
def everywhere(open_window, desk):
    """The page with a share of complaints at two sites, some of them by rare causes and some not coded."""
    with desk.unit() as unit:
        sites = [Place(uid=desk.ids(), name=name, level=Level.SITE) for name in ("North", "South")]
        for site in sites:
            unit.put(site)
    for day in range(60):
        rare = f"rare{day:02d}" if day % 4 == 1 else ""
        complain(desk, date(2026, 1, 5) + timedelta(days=day), cause="late", place=sites[day % 2].uid)
        complain(desk, date(2026, 1, 5) + timedelta(days=day), cause=rare, place=sites[0].uid)
    add(desk, NewMeasure(code="late", title="Late", filters={"cause": "late"}, of={}, period=Period.WEEK))
    add(desk, NewMeasure(code="all", title="All", period=Period.WEEK))
    return InsightsObject(open_window(desk))


def uid_of(desk, code):
    with desk.reader() as reader:
        return next(one.uid for one in reader.find(Measure) if one.code == code)


def listed(insights, at: int) -> int:
    """Lines of the list that a point leads to."""
    insights.click(at)
    insights.window.settle()
    count = insights.window.window.findChild(ComplaintsPage).list.model.rowCount()
    insights.window.go("insights")
    return count


@pytest.mark.parametrize("kind", ["run", "i", "p", "laney-p", "ewma", "funnel"])
def test_every_chart_of_shares_leads_to_the_complaints_in_the_list(everywhere, desk, kind):
    everywhere.page.view("charts").show_uid(uid_of(desk, "late"))
    everywhere.window.settle()
    everywhere.choose("insights.kind", kind)
    assert everywhere.view.facts.kind == kind
    late = [round((site.value or 0.0) * (site.size or 0.0)) for site in everywhere.view.facts.points[:2]]
    assert [listed(everywhere, at) for at in (0, 1)] == (late if kind == "funnel" else [7, 7])


@pytest.mark.parametrize("kind", ["run", "i", "c", "ewma", "cusum", "pareto"])
def test_every_chart_of_counts_leads_to_the_complaints_in_the_list(everywhere, desk, kind):
    everywhere.page.view("charts").show_uid(uid_of(desk, "all"))
    everywhere.window.settle()
    everywhere.choose("insights.kind", kind)
    assert everywhere.view.facts.kind == kind
    points = everywhere.view.facts.points
    assert listed(everywhere, 0) == (points[0].value if kind == "pareto" else 14) >= 14
    if kind == "pareto":
        assert listed(everywhere, len(points) - 1) == points[-1].value


@pytest.mark.parametrize("kind", ["g", "t"])
def test_charts_of_the_time_between_lead_to_what_ended_it(everywhere, desk, kind):
    everywhere.page.view("charts").show_uid(uid_of(desk, "late"))
    everywhere.window.settle()
    everywhere.choose("insights.kind", kind)
    assert everywhere.view.facts.kind == kind
    assert listed(everywhere, 3) == 1


def test_entered_values_have_no_records_behind_them(insights):
    insights.click(2)
    assert insights.window.window.page == "insights"
    assert not insights.view.numbers()


def test_another_chart_is_drawn_or_it_is_said_why_not(insights):
    insights.choose("insights.kind", "i")
    assert insights.view.facts.kind == "i"
    assert insights.view.facts.beneath is not None
    insights.choose("insights.kind", "p")
    assert "needs shares" in insights.card.problem.text()
    assert insights.view.facts.kind == "i"


def test_the_table_has_the_same_numbers(insights):
    insights.window.press("insights.table.toggle")
    table = insights.window.find(QTableWidget, "insights.table")
    assert table.rowCount() == len(SHIFTED)
    assert [table.item(25, column).text() for column in (0, 1)] == ["2026-02", "31"]
    assert "above the upper limit" in table.item(25, 6).text()


def test_a_baseline_is_frozen_from_the_window(insights, desk):
    insights.window.press("insights.chart.baseline")
    insights.window.press("insights.baseline.freeze")
    assert "Say why" in insights.card.baseline.problem.text()
    insights.window.type("insights.baseline.reason", "first baseline")
    insights.window.press("insights.baseline.freeze")
    with desk.reader() as reader:
        (record,) = reader.find(FrozenBaseline)
    assert (record.reason, record.chart, record.points) == ("first baseline", "c", 26)
    assert insights.view.facts.phases[0].frozen


def test_a_threshold_tells_its_false_alarms_before_it_is_kept(insights, desk):
    insights.window.press("insights.chart.threshold")
    form = insights.card.threshold
    assert "at least one alarm" in form.told.text()
    assert "+50" in form.others.text()
    before = form.told.text()
    form.rules["N2"].setChecked(True)
    insights.window.press("insights.threshold.simulate")
    assert form.told.text() != before
    insights.window.press("insights.threshold.keep")
    with desk.reader() as reader:
        (measure,) = reader.find(Measure)
    assert measure.triggers_review
    assert "N2" in measure.rules
    assert measure.false_alarms


def test_signals_are_found_snoozed_and_opened_again(insights, desk):
    insights.window.press("button.insights.scan")
    (alert,) = open_signals(desk)
    name = f"insights.alert.{alert.uid[:8]}"
    insights.window.press(f"{name}.snooze")
    insights.window.press(f"{name}.keep")
    assert open_signals(desk)
    row = insights.alert_row(alert.uid)
    row.until.put(desk.clock().date() + timedelta(days=9))
    insights.window.find(QLineEdit, f"{name}.reason").setText("holidays")
    insights.window.press(f"{name}.keep")
    assert open_signals(desk) == []
    insights.choose("insights.signals.which", "snoozed")
    insights.window.press(f"{name}.reopen")
    assert len(open_signals(desk)) == 1


def test_an_alert_is_closed_with_a_reason(insights, desk):
    insights.window.press("button.insights.scan")
    (alert,) = open_signals(desk)
    name = f"insights.alert.{alert.uid[:8]}"
    insights.window.press(f"{name}.close")
    insights.window.press(f"{name}.keep")
    assert open_signals(desk)
    insights.window.find(QLineEdit, f"{name}.reason").setText("explained")
    insights.window.press(f"{name}.keep")
    assert open_signals(desk) == []
    assert alerts(desk) == []


def test_a_measure_is_added_and_shown(open_window, desk):
    page = InsightsObject(open_window(desk))
    page.window.press("insights.empty.add")
    page.window.type("insights.add.code", "late")
    page.window.type("insights.add.filters", "shoe=42")
    page.window.press("insights.add.add")
    page.window.type("insights.add.filters", "cause=late")
    page.window.press("insights.add.add")
    assert page.card.title.text() == "late"
    assert not page.view.facts.points


def test_a_chart_is_taken_out(insights, tmp_path):
    insights.card.write_to(tmp_path / "chart.png")
    insights.window.settle()
    assert (tmp_path / "chart.png").stat().st_size > 1000


def test_today_tells_of_open_signals(insights):
    insights.window.press("button.insights.scan")
    today = insights.window.go("today")
    assert any("Calls" in text for text in insights.texts(today))


def test_values_are_entered_in_the_window(insights):
    insights.window.press("insights.chart.values")
    insights.window.type("insights.values.day", "next month")
    insights.window.press("insights.values.keep")
    assert "is no period" in insights.card.values.problem.text()
    insights.window.type("insights.values.day", "2026-03")
    insights.window.type("insights.values.value", "12")
    insights.window.press("insights.values.keep")
    assert len(insights.view.facts.points) == len(SHIFTED) + 1


def test_the_pointer_beside_the_points_tells_nothing(insights):
    insights.hover(5)
    insights.window.qtbot.mouseMove(insights.view, QPoint(2, 2))
    assert insights.view.at == -1


def test_two_hundred_points_are_painted_within_a_frame(qtbot):
    view = ChartView("test.chart")
    qtbot.addWidget(view)
    view.resize(900, 350)
    points = tuple(
        PointFacts(label=f"W{at}", value=at * 7 % 13, centre=6, upper=12 + at % 3, lower=1) for at in range(200)
    )
    view.show_chart(ChartFacts(title="", kind="u", kind_title="", proposed="u", reason="", points=points))
    view.show()
    taken = []
    for _ in range(7):
        view.resize(900 + len(taken), 350)
        begun = thread_time()
        view.grab()
        taken.append(thread_time() - begun)
    assert min(taken) < 0.05, "a fine figure is for the benchmarks; this is far from it"
