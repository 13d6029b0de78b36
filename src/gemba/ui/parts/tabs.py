"""Several views of one page: a row of their names, and the one that is chosen below it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from gemba.ui.parts.flow import Flow
from gemba.ui.parts.words import repolish
from gemba.ui.theme.tokens import TARGET


class Tab(QToolButton):
    """The name of a view; the arrow keys go to its neighbours."""

    stepped = Signal(int)
    picked = Signal(int)

    def __init__(self, text: str, *, name: str, place: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._place = place
        self.clicked.connect(self._pick)
        self.setText(text)
        self.setObjectName(name)
        self.setAccessibleName(text)
        self.setProperty("look", "chip")
        self.setCheckable(True)
        self.setMinimumHeight(TARGET)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """The arrow keys go to the next view, as reading goes."""
        steps = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}
        step = steps.get(Qt.Key(event.key()), 0)
        if not step:
            super().keyPressEvent(event)
            return
        self.stepped.emit(-step if self.layoutDirection() == Qt.LayoutDirection.RightToLeft else step)

    @Slot()
    def _pick(self) -> None:
        self.picked.emit(self._place)


class Tabs(QFrame):
    """Views with their names above them.

    Args:
        name: object name; each tab's is `name.code`.
        title: of the row of names, for screen readers.
        parent: the owner.
    """

    shown = Signal(str)
    """Code of the view that is shown from now on."""

    def __init__(self, name: str, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._codes: list[str] = []
        self._tabs: list[Tab] = []  # no group of buttons: of those, Qt lets Tab reach only the one that is chosen
        self._row = QFrame(self)
        self._row.setAccessibleName(title)
        self._flow = Flow(self._row)
        self._stack = QStackedWidget(self)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(12)
        rows.addWidget(self._row)
        rows.addWidget(self._stack, 1)

    def add(self, code: str, title: str, view: QWidget) -> None:
        """Put a view behind those that are there; the first is shown."""
        tab = Tab(title, name=f"{self.objectName()}.{code}", place=len(self._codes), parent=self._row)
        tab.stepped.connect(self._step)
        tab.picked.connect(self._turn_to)
        self._tabs.append(tab)
        self._flow.addWidget(tab)
        self._stack.addWidget(view)
        self._codes.append(code)
        if len(self._codes) == 1:
            self._mark(0)

    def show_names(self, *, shown: bool) -> None:
        """Show or hide the row of names; hidden, the first view is shown."""
        self._row.setVisible(shown)
        if not shown:
            self._turn_to(0)

    @property
    def code(self) -> str:
        """Of the view that is shown."""
        return self._codes[self._stack.currentIndex()]

    def show_tab(self, code: str) -> None:
        """Show a view."""
        self._turn_to(self._codes.index(code))

    def take_focus(self) -> None:
        """Put the keyboard on the name of the view that is shown."""
        self._tabs[self._stack.currentIndex()].setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(int)
    def _step(self, step: int) -> None:
        place = (self._stack.currentIndex() + step) % len(self._codes)
        self._turn_to(place)
        self._tabs[place].setFocus(Qt.FocusReason.TabFocusReason)

    @Slot(int)
    def _turn_to(self, place: int) -> None:
        before = self._stack.currentIndex()
        self._mark(place)
        if place != before:
            self.shown.emit(self._codes[place])

    def _mark(self, place: int) -> None:
        self._stack.setCurrentIndex(place)
        for at, tab in enumerate(self._tabs):
            tab.setChecked(at == place)
            tab.setProperty("active", at == place)
            repolish(tab)
