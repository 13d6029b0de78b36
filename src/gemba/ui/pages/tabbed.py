"""A page of several views, each made when it is first shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from importlib import import_module
from typing import Any, NamedTuple

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from gemba import wording
from gemba.ui.actions import ActionSpec
from gemba.ui.pages.page import Page
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.tabs import Tabs
from gemba.ui.services import Services


class Tab(NamedTuple):
    """One view of a page.

    Its class takes the services and a parent; it has `arrive` (read what it shows), `take_focus`, `show_uid`, and
    `begin_adding` where `adds` names a button.
    """

    code: str
    title: Callable[[], str]
    module: str
    name: str
    adds: Callable[[], str] | None = None
    """What the page's one primary button says while this view is shown; none where nothing is added."""


class TabbedPage(Page):
    """The views, their names above them, and the one primary button of the view that is shown.

    Args:
        services: of the window.
        code: of the page.
        title: in the person's language.
        tabs: the views in order.
        parent: the owner.
    """

    def __init__(
        self, services: Services, code: str, title: str, tabs: Sequence[Tab], parent: QWidget | None = None
    ) -> None:
        super().__init__(services, code, title, parent)
        self._tabs = {tab.code: tab for tab in tabs}
        self.tabs = Tabs(f"{code}.tabs", wording.text("Views of {page}", page=title), self)
        self._rooms = {tab.code: QWidget(self) for tab in tabs}
        self._adders: dict[str, Button] = {}
        self.views: dict[str, Any] = {}
        for tab in tabs:
            self.tabs.add(tab.code, tab.title(), self._rooms[tab.code])
        self.tabs.shown.connect(self._show_view)
        self.put_buttons()
        self.rows.addWidget(self.tabs, 1)

    def actions_offered(self) -> list[ActionSpec]:
        """Adding what the view that is shown lists."""
        title = wording.text("Add to the view that is shown")
        return [ActionSpec(f"{self.code}.add", title, "Ctrl+N", self.code, "plus", self.begin_adding)]

    def put_buttons(self) -> None:
        """Besides the page's own, one primary button a view; only that of the shown view is there."""
        super().put_buttons()
        for code, tab in self._tabs.items():
            if tab.adds is not None:
                name = f"button.{self.code}.{code}.add"
                button = Button(tab.adds(), name=name, icon="plus", look="primary", run=self.begin_adding)
                button.setToolTip(f"{tab.adds()} (Ctrl+N)")
                self._adders[code] = button
                self._flow.addWidget(button)
        self._show_adder()

    def sights(self) -> dict[str, Callable[[], None]]:
        """What else there is to see: the other views, and what each of them has besides."""
        found: dict[str, Callable[[], None]] = {}
        for code in self._tabs:
            found[code] = partial(self.show_uid, code)
        for code, view in self.views.items():
            for name, show in getattr(view, "sights", dict)().items():
                found[f"{code}.{name}"] = partial(self._see, code, show)
        return found

    def _see(self, code: str, show: Callable[[], None]) -> None:
        """Show a view, and in it what else there is to see."""
        self.show_uid(code)
        show()

    def arrive(self) -> None:
        """Read what the shown view shows."""
        self._show_view(self.tabs.code)

    def may_leave(self) -> bool:
        """Whether the view that is shown lets go."""
        return bool(getattr(self.view(self.tabs.code), "may_leave", lambda: True)())

    def take_focus(self) -> None:
        """The keyboard begins in the view that is shown."""
        self.view(self.tabs.code).take_focus()

    def show_uid(self, uid: str) -> None:
        """Show a view by its code, or a record in the view that has it (`code:uid`, else the first view)."""
        code, _, rest = uid.partition(":")
        if code not in self._tabs:
            code, rest = next(iter(self._tabs)), uid
        self.tabs.show_tab(code)
        self._show_view(code)
        if rest:
            self.view(code).show_uid(rest)

    def here(self) -> str | None:
        """The view that is shown, and what is shown in it."""
        code = self.tabs.code
        rest = getattr(self.view(code), "here", str)()
        return f"{code}:{rest}" if rest else code

    def view(self, code: str) -> Any:
        """A view, made now if it was not."""
        if code not in self.views:
            tab, room = self._tabs[code], self._rooms[code]
            made = getattr(import_module(tab.module), tab.name)(self.services, room)
            inside = QVBoxLayout(room)
            inside.setContentsMargins(0, 0, 0, 0)
            inside.addWidget(made)
            self.views[code] = made
            if isinstance(made, QStackedWidget):
                made.currentChanged.connect(self._show_adder)
        return self.views[code]

    @Slot()
    def begin_adding(self) -> None:
        """Open the form of a new record of the view that is shown."""
        if self._tabs[self.tabs.code].adds is not None:
            self.view(self.tabs.code).begin_adding()

    @Slot(str)
    def _show_view(self, code: str) -> None:
        self._show_adder()
        self.view(code).arrive()

    @Slot()
    def _show_adder(self, *_: int) -> None:
        """Only that of the shown view is there, and none while a form or room stands in the place of its list."""
        shown = self.views.get(self.tabs.code)
        is_list = not isinstance(shown, QStackedWidget) or shown.currentIndex() <= 0
        for code, button in self._adders.items():
            button.setVisible(is_list and code == self.tabs.code)
