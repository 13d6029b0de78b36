"""What can be done from every page."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import partial

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QDialog, QMenu, QWidget

from gemba import wording
from gemba.ui.actions import ActionSpec, ActionTable
from gemba.ui.commands import Palette
from gemba.ui.keys import KeySheet
from gemba.ui.navigation import Navigation
from gemba.ui.pages import registry

_KEYED = 9
"""Pages that a digit leads to; the others are reached by arrows, the palette, or a click."""


class WindowActions(QObject):
    """The palette, the sheet of keys, the menu, the way to each page.

    Args:
        window: whose actions they are.
        table: takes them in.
        navigation: is folded by hand; its menu shows what can be done.
        go: shows a page by its code.
        back: shows the page before.
        left_out: codes of the pages that lead nowhere on this store.
        read_again: reads what is shown anew.
        lock: locks the store; `None` where it never locks.
    """

    def __init__(  # noqa: PLR0913 - what it leads to, in one go
        self,
        window: QWidget,
        table: ActionTable,
        *,
        navigation: Navigation,
        go: Callable[[str], None],
        back: Callable[[], None],
        read_again: Callable[[], None],
        left_out: Collection[str] = (),
        lock: Callable[[], None] | None = None,
    ) -> None:
        super().__init__(window)
        self._window, self._table, self._navigation = window, table, navigation
        self._go, self._back, self._read_again, self._lock = go, back, read_again, lock
        self._stops = [stop for stop in registry.stops() if stop.code not in left_out]
        table.add(self._specs())
        self._menu = QMenu(navigation.menu)
        self._menu.aboutToShow.connect(self._fill_menu)
        navigation.menu.setMenu(self._menu)

    @Slot()
    def show_palette(self) -> None:
        """Ask what is to be done."""
        specs = [spec for spec in self._table.here() if spec.id != "window.palette"]
        palette = Palette(specs, self._window)
        done = palette.exec() == QDialog.DialogCode.Accepted
        chosen = palette.chosen
        palette.deleteLater()
        if done and chosen is not None:
            chosen.run()

    @Slot()
    def show_keys(self) -> None:
        """Show all keys."""
        titles = {stop.code: stop.title() for stop in self._stops}
        sheet = KeySheet(
            self._table.all(),
            {"": wording.text("Everywhere"), **titles, "conduct": wording.text("While walking")},
            self._window,
        )
        sheet.exec()
        sheet.deleteLater()

    @Slot()
    def fold(self) -> None:
        """Fold or unfold the navigation."""
        self._navigation.toggle()

    def _specs(self) -> list[ActionSpec]:
        go = [
            ActionSpec(
                f"go.{stop.code}",
                wording.text("Go to {page}", page=stop.title()),
                f"Ctrl+{place}" if place <= _KEYED else "",
                "",
                stop.icon,
                partial(self._go, stop.code),
            )
            for place, stop in enumerate(self._stops, start=1)
        ]
        return [
            ActionSpec(
                "window.palette", wording.text("Find what can be done"), "Ctrl+K", "", "command", self.show_palette
            ),
            *go,
            ActionSpec("window.back", wording.text("Back"), "Alt+Left", "", "arrow-left", self._back),
            ActionSpec(
                "window.read_again", wording.text("Read again what is shown"), "F5", "", "refresh-cw", self._read_again
            ),
            ActionSpec("window.fold", wording.text("Fold the navigation"), "Ctrl+B", "", "menu", self.fold),
            ActionSpec("window.keys", wording.text("Show all keys"), "F1", "", "keyboard", self.show_keys),
            ActionSpec("window.keys_too", wording.text("Keys"), "?", "", "keyboard", self.show_keys, "", _never),
            *(
                [ActionSpec("window.lock", wording.text("Lock"), "Ctrl+L", "", "lock", self._lock)]
                if self._lock
                else []
            ),
            ActionSpec("window.close", wording.text("Quit Gemba"), "Ctrl+Q", "", "log-out", self._window.close),
        ]

    @Slot()
    def _fill_menu(self) -> None:
        """What this page can do, then what can be done everywhere."""
        self._menu.clear()
        here = [spec for spec in self._table.here() if not spec.id.startswith("go.")]
        for spec in here:
            if spec.id == "window.palette" and spec is not here[0]:
                self._menu.addSeparator()
            self._menu.addAction(self._table.action(spec.id))


def _never() -> bool:
    """A second key for the same: not offered twice."""
    return False
