"""A number leads to the records behind it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from gemba.domain.rotations import Rotation
from gemba.store.action_lanes import counted
from gemba.ui.lists.narrowed import narrowed_to, read_narrowed
from gemba.ui.parts.figure_table import FigureTable
from gemba.ui.parts.leading import Leading


def test_a_place_names_filters_and_a_uid_none():
    said = narrowed_to(state=("open", "overdue"), resting="no")
    assert read_narrowed(said) == {"state": ("open", "overdue"), "resting": ("no",)}
    assert read_narrowed(narrowed_to(shift="Early, 6 to 2 & late")) == {"shift": ("Early, 6 to 2 & late",)}
    assert read_narrowed("01a1ff6a-f0ff-74ec-8a05-a8b20194a20a") is None


def test_how_far_walks_have_come_leads_to_those_walks(demo):
    demo.go("today")
    step = next(one for one in demo.window.findChildren(Leading) if one.objectName().startswith("way.") and one.leads)
    custody = step.objectName().split(".")[1]
    count = int(demo.page.way.counts[custody].text())
    demo.qtbot.keyClick(step, Qt.Key.Key_Return)
    demo.settle()
    assert demo.window.page == "walks"
    assert len(demo.list.column(0)) == count


def test_what_is_due_beyond_the_first_leads_to_all_of_it(demo, demo_desk):
    with demo_desk.reader() as reader:
        count = sum(counted(reader, {"resting": "no"}).values())
    page = demo.go("today")
    page.to_actions()
    demo.settle()
    assert len(demo.list.column(0)) == count


@pytest.mark.parametrize("code", ["open", "carried"])
def test_figures_of_the_log_lead_to_their_escalations(demo, code):
    demo.go("escalations", "log")
    figure = demo.page.view("log").figures.figures[code]
    count = int(figure.figure.text())
    assert figure.leads == (count > 0)
    if count:
        demo.qtbot.mouseClick(figure, Qt.MouseButton.LeftButton)
        demo.settle()
        assert len(demo.list.column(0)) == count
        demo.window.back()
        demo.settle()
        assert (demo.window.page, demo.page.tabs.code) == ("escalations", "log")


def test_a_number_of_the_coverage_leads_to_the_rotations_behind_it(demo, demo_desk):
    demo.go("rotations", "coverage")
    view = demo.page.view("coverage")
    place, quarter = next(
        (row, at)
        for row, site in enumerate(view.made.sites)
        for at, cell in enumerate(site.cells)
        if cell.done + cell.planned
    )
    view.view.open_cell(place, quarter)
    demo.settle()
    listed = demo.page.view("plan").list.table.model()
    with demo_desk.reader() as reader:
        site, name = view.made.sites[place].uid, view.made.quarters[quarter]
        behind = [one for one in reader.find(Rotation) if one.place == site and one.quarter == name]
    assert listed.rowCount() == len(behind) > 0


@pytest.mark.parametrize("name", ["leaders", "seen"])
def test_a_number_of_its_tables_leads_there_too(demo, name):
    demo.go("rotations", "coverage")
    table = demo.find(FigureTable, f"rotations.{name}")
    row, column = next(
        (row, column) for row in range(table.rowCount()) for column in (1, 2) if table.behind(row, column) is not None
    )
    count = int(table.words()[row][column])
    table.setCurrentCell(row, column)
    demo.qtbot.keyClick(table, Qt.Key.Key_Return)
    demo.settle()
    assert demo.page.view("plan").list.table.model().rowCount() == count > 0
