"""The views of the page of walks: what was walked, routes, the plan, and standard work; each made when first shown."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from importlib import import_module
from typing import Any, NamedTuple

from PySide6.QtWidgets import QVBoxLayout, QWidget

from gemba import wording
from gemba.ui.parts.tabs import Tabs
from gemba.ui.services import Services

WALKS = "walked"
"""Code of the view of walks that were begun."""


class View(NamedTuple):
    """One view; its class takes the services and a parent, and has `arrive`, `take_focus` and `show_uid`."""

    code: str
    title: Callable[[], str]
    module: str
    name: str


VIEWS = (
    View("plan", lambda: wording.text("Plan"), "gemba.ui.walks.plan_tab", "PlanTab"),
    View("routes", lambda: wording.text("Routes"), "gemba.ui.walks.routes_tab", "RoutesTab"),
    View("weeks", lambda: wording.text("Standard work"), "gemba.ui.walks.weeks_tab", "WeeksTab"),
)
"""In order, after the walks themselves."""


class WalkViews(Tabs):
    """The walks first, the others beside them.

    Args:
        services: of the window.
        walked: the list of walks with its detail.
        parent: the owner.
    """

    def __init__(self, services: Services, walked: QWidget, parent: QWidget) -> None:
        super().__init__("walks.tabs", wording.text("Views of walks"), parent)
        self._services = services
        self._rooms = {view.code: QWidget(self) for view in VIEWS}
        self.made: dict[str, Any] = {}
        self.add(WALKS, wording.text("Walked"), walked)
        for view in VIEWS:
            self.add(view.code, view.title(), self._rooms[view.code])
        self.shown.connect(self.read)

    def read(self, code: str) -> None:
        """Let a view read what it shows."""
        if code != WALKS:
            self.view(code).arrive()

    def view(self, code: str) -> Any:
        """A view, made now if it was not."""
        if code not in self.made:
            about = next(view for view in VIEWS if view.code == code)
            room = self._rooms[code]
            made = getattr(import_module(about.module), about.name)(self._services, room)
            inside = QVBoxLayout(room)
            inside.setContentsMargins(0, 0, 0, 0)
            inside.addWidget(made)
            self.made[code] = made
        return self.made[code]

    def show_within(self, uid: str) -> bool:
        """Show a view by its code, or a record in it (`code:uid`); false when it is neither."""
        code, _, rest = uid.partition(":")
        if code not in (WALKS, *self._rooms):
            return False
        self.show_tab(code)
        self.read(code)
        if rest and code != WALKS:
            self.view(code).show_uid(rest)
        return True

    def sights(self) -> dict[str, Callable[[], None]]:
        """What else there is to see."""
        found: dict[str, Callable[[], None]] = {view.code: partial(self._see, view.code) for view in VIEWS}
        for code, view in self.made.items():
            for name, show in getattr(view, "sights", dict)().items():
                found[f"{code}.{name}"] = show
        return found

    def _see(self, code: str) -> None:
        self.show_within(code)
