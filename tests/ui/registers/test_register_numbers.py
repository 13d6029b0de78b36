"""Every number of a register's view opens the records that it counts."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from tests.ui.lineage.telling import told
from tests.work.registering import everything

from gemba.ui.lineage.behind import Behind
from gemba.ui.lists.panel import ListPanel
from gemba.ui.parts.figure_table import FigureTable
from gemba.ui.parts.figures import Figure
from gemba.work.register_views import VIEWS

_NO_COUNTS = (
    "Weight",
    "Answers",
    "n",
    "Claimed",
    "documents",
    "practices",
    "cells where nobody looked",
    "cases without boundary or standard",
)
"""Numbers that are no counts of the records which they follow from."""


def numbers(page) -> list[Behind]:
    """What the figures and tables of the view lead to."""
    seen = [one for kind in (Figure, FigureTable) for one in page.view.findChildren(kind) if one.isVisible()]
    return [one for widget in seen for one in widget.numbers()]


def rows(shown) -> int:
    """Records in the list that is open."""
    return next(one for one in shown.page.findChildren(ListPanel) if one.isVisible()).model.rowCount()


@pytest.mark.parametrize("code", list(VIEWS))
def test_every_number_opens_its_records(open_window, desk, code):
    everything(desk)
    shown = open_window(desk)
    page = shown.go("registers", f"{code}:view")
    found = numbers(page)
    assert found, "no number leads to records"
    assert not [name for name in told(page) if name.startswith(("registers.view.figures", "registers.view.table"))]
    for one in found:
        shown.go(*shown.window.services.behind.way_to(one))
        assert rows(shown) == one.count, one.title
        counts = not one.title.endswith(_NO_COUNTS) and code != "composite_metric"
        if counts and one.number.isdecimal():
            assert rows(shown) == int(one.number), one.title


def test_a_row_is_gone_into_by_keyboard_and_back_leads_to_the_view(open_window, desk):
    everything(desk)
    shown = open_window(desk)
    page = shown.go("registers", "exit_interview:view")
    (table,) = page.view.findChildren(FigureTable)
    table.setFocus()
    table.setCurrentCell(0, 1)
    shown.qtbot.keyClick(table, Qt.Key.Key_Return)
    shown.settle()
    assert shown.window.page == "behind"
    assert rows(shown) == int(table.words()[0][1])
    shown.window.back()
    shown.settle()
    assert (shown.window.page, page.tabs.code) == ("registers", "view")
