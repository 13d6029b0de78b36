"""The page of insights: its tabs, each made when it is first shown."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from importlib import import_module
from typing import Any, NamedTuple

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gemba import wording
from gemba.ui.actions import ActionSpec
from gemba.ui.pages.page import Page
from gemba.ui.parts.tabs import Tabs
from gemba.ui.services import Services


class Tab(NamedTuple):
    """One view of the page; its class takes the services and a parent, and has `arrive`."""

    code: str
    title: Callable[[], str]
    module: str
    name: str


TABS = [
    Tab("charts", lambda: wording.text("Charts"), "gemba.ui.insights.charts_tab", "ChartsTab"),
    Tab("signals", lambda: wording.text("Signals"), "gemba.ui.insights.signals_tab", "SignalsTab"),
    Tab("follow", lambda: wording.text("Follow-through"), "gemba.ui.insights.follow_tab", "FollowTab"),
    Tab("surveys", lambda: wording.text("Surveys"), "gemba.ui.insights.surveys_tab", "SurveysTab"),
    Tab("risks", lambda: wording.text("Risks"), "gemba.ui.insights.risks_tab", "RisksTab"),
]
"""In order; a further view is one line."""


class InsightsPage(Page):
    """Charts, signals, and whatever else numbers tell."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(services, "insights", wording.text("Insights"), parent)
        self.tabs = Tabs("insights.tabs", wording.text("Views of insights"), self)
        self._rooms = {tab.code: QWidget(self) for tab in TABS}
        self.views: dict[str, Any] = {}
        for tab in TABS:
            self.tabs.add(tab.code, tab.title(), self._rooms[tab.code])
        self.tabs.shown.connect(self._show_view)
        self.put_buttons()
        self.rows.addWidget(self.tabs, 1)

    def actions_offered(self) -> list[ActionSpec]:
        """Add a measure, look for signals."""
        return [
            ActionSpec("insights.scan", wording.text("Look for signals"), "", "insights", "activity", self.scan, "bar"),
            ActionSpec(
                "insights.add", wording.text("Add a measure"), "Ctrl+N", "insights", "plus", self.add_measure, "primary"
            ),
        ]

    def sights(self) -> dict[str, Callable[[], None]]:
        """What else there is to see: bars, measured values, and the other views."""
        charts = self.view("charts")
        kinds = {kind: partial(charts.show_kind, kind) for kind in ("i", "pareto")} if charts.list.uid else {}
        return {**kinds, **{tab.code: partial(self.show_uid, tab.code) for tab in TABS[1:]}}

    def arrive(self) -> None:
        """Read what the shown view shows."""
        self._show_view(self.tabs.code)

    def take_focus(self) -> None:
        """The keyboard begins in the view that is shown."""
        self.view(self.tabs.code).take_focus()

    def show_uid(self, uid: str) -> None:
        """Show a measure, or a view by its code."""
        if uid in self._rooms:
            self.tabs.show_tab(uid)
            self._show_view(uid)
            return
        self.tabs.show_tab("charts")
        self._show_view("charts")
        self.view("charts").show_uid(uid)

    def view(self, code: str) -> Any:
        """A view, made now if it was not."""
        if code not in self.views:
            tab = next(tab for tab in TABS if tab.code == code)
            room = self._rooms[code]
            made = getattr(import_module(tab.module), tab.name)(self.services, room)
            inside = QVBoxLayout(room)
            inside.setContentsMargins(0, 0, 0, 0)
            inside.addWidget(made)
            self.views[code] = made
        return self.views[code]

    @Slot()
    def add_measure(self) -> None:
        """Open the form of a new measure."""
        self.show_uid("charts")
        self.view("charts").begin_adding()

    @Slot()
    def scan(self) -> None:
        """Look at every measure, and show the signals."""
        self.show_uid("signals")
        self.view("signals").scan()

    @Slot(str)
    def _show_view(self, code: str) -> None:
        self.view(code).arrive()
