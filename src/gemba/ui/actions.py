"""The one table of what can be done: it feeds menus, shortcuts, buttons, the palette and the help sheet."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from gemba.ui import pressed
from gemba.ui.theme.icons import icon as tinted


class ActionSpec(NamedTuple):
    """One thing that can be done.

    Attributes:
        id: `page.verb`, stable; object name of its action and button.
        title: what it does, in the person's language.
        shortcut: key sequence as Qt writes it in English (`Ctrl+Return`); empty for none.
        page: code of the page where it can be done; empty for everywhere.
        icon: of the family.
        run: called without arguments; a bound method.
        place: `primary` (the one button of the page), `bar` (a button above the page), or empty (menus and palette).
        ready: says whether it can be done now; always when left out.
    """

    id: str
    title: str
    shortcut: str
    page: str
    icon: str
    run: Callable[[], object]
    place: str = ""
    ready: Callable[[], bool] | None = None


class ActionTable(QObject):
    """All actions of a window. Those of a page work while it is shown.

    Args:
        window: receives the shortcuts.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._specs: dict[str, ActionSpec] = {}
        self._actions: dict[str, QAction] = {}
        self._page = ""
        window.installEventFilter(self)

    def add(self, specs: Iterable[ActionSpec]) -> None:
        """Take actions in; an id that is known is replaced."""
        for spec in specs:
            self._drop(spec.id)
            action = QAction(spec.title, self._window)
            action.setObjectName(spec.id)
            if spec.shortcut:
                action.setShortcut(QKeySequence(spec.shortcut))
                action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
            action.triggered.connect(pressed.Once(spec.run, action, once=spec.place == "primary").run)
            self._specs[spec.id], self._actions[spec.id] = spec, action
            self._window.addAction(action)
        self._tint()
        self.show_page(self._page)

    def show_page(self, page: str) -> None:
        """Let the actions of a page work, and those of others rest."""
        self._page = page
        for code, action in self._actions.items():
            action.setEnabled(self._specs[code].page in {"", page})

    def action(self, code: str) -> QAction:
        """The Qt action of an id."""
        return self._actions[code]

    def here(self) -> list[ActionSpec]:
        """What can be done now: the shown page's first, then what can be done everywhere."""
        able = [spec for spec in self._specs.values() if spec.ready is None or spec.ready()]
        return [spec for spec in able if spec.page == self._page and spec.page] + [
            spec for spec in able if not spec.page
        ]

    def all(self) -> list[ActionSpec]:
        """Every action of every page that was opened."""
        return list(self._specs.values())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Tint the icons anew when the look changes."""
        if event.type() == QEvent.Type.StyleChange:
            self._tint()
        return super().eventFilter(watched, event)

    def _tint(self) -> None:
        for code, action in self._actions.items():
            if self._specs[code].icon:
                action.setIcon(tinted(self._specs[code].icon, "muted"))

    def _drop(self, code: str) -> None:
        self._specs.pop(code, None)
        old = self._actions.pop(code, None)
        if old is not None:
            self._window.removeAction(old)
            old.deleteLater()
