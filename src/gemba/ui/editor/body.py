"""What the editor shows of a draft: outline, properties and preview side by side, and what is wrong below them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QSplitter, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from gemba import wording
from gemba.ui.editor.library_panel import LibraryPanel
from gemba.ui.editor.outline import Outline
from gemba.ui.editor.panes import PaneSwitch
from gemba.ui.editor.preview import Preview
from gemba.ui.editor.problem_list import ProblemList
from gemba.ui.editor.properties import Properties
from gemba.ui.editor.session import Session
from gemba.ui.parts.buttons import Button, IconButton

if TYPE_CHECKING:
    from gemba.ui.services import Services

_NARROW = 860
_WIDTHS = [256, 430, 330]


class Doer(Protocol):
    """What can be done with the outline; the page does it."""

    def add_question(self) -> None:
        """A question below the item."""

    def add_section(self) -> None:
        """A section after the one that one is in."""

    def open_library(self) -> None:
        """The question library in place of the preview."""

    def duplicate(self) -> None:
        """A copy of the item."""

    def move_up(self) -> None:
        """The item, one place up."""

    def move_down(self) -> None:
        """The item, one place down."""

    def keep_item(self) -> None:
        """Keep the item in the question library."""

    def remove(self) -> None:
        """Take the item out."""


class Body(QWidget):
    """Outline, properties and preview side by side; one of them alone where there is little room."""

    def __init__(
        self, services: Services, session: Session, page: Doer, properties: Properties, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._session = session
        self.outline = Outline(session)
        self.properties = properties
        self.preview = Preview(services)
        self.library = LibraryPanel(services, session)
        self.problems = ProblemList(session, self)
        self.problems.gone_to.connect(self._went)
        self.library.closed.connect(self._close_library)
        self._right = QStackedWidget(self)
        self._right.addWidget(self.preview)
        self._right.addWidget(self.library)
        self.switch = PaneSwitch(self)
        self.switch.chosen.connect(self.show_pane)
        self.split = QSplitter(Qt.Orientation.Horizontal, self)
        self.split.setObjectName("editor.split")
        self.split.setChildrenCollapsible(False)
        self.split.setHandleWidth(14)
        left = _card(self.outline)
        layout = left.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.addWidget(_tools(page))
        self.panes = {"outline": left, "properties": self.properties, "preview": _card(self._right)}
        for pane, least in zip(self.panes.values(), (200, 300, 260), strict=True):
            pane.setMinimumWidth(least)
            self.split.addWidget(pane)
        for place, stretch in enumerate((2, 4, 3)):
            self.split.setStretchFactor(place, stretch)
        self.split.setSizes(_WIDTHS)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(10)
        rows.addWidget(self.switch)
        rows.addWidget(self.split, 1)
        rows.addWidget(self.problems)
        self._pane = "outline"
        self._is_narrow = False
        self.switch.hide()
        self._show_soon = QTimer(self)
        self._show_soon.setSingleShot(True)
        self._show_soon.setInterval(60)
        self._show_soon.timeout.connect(self._show_item)
        session.looked.connect(self.preview.show_look)
        session.looked.connect(self._show_soon.start)
        session.changed.connect(self._show_soon.start)

    def show_pane(self, code: str) -> None:
        """Show one of the three where there is room for one only."""
        self._pane = code
        self.switch.mark(code)
        if self._is_narrow:
            for each, pane in self.panes.items():
                pane.setVisible(each == code)

    def open_library(self) -> None:
        """The question library in place of the preview."""
        self._right.setCurrentWidget(self.library)
        self.show_pane("preview")
        self.library.open()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """One pane alone where there is no room for three."""
        super().resizeEvent(event)
        narrow = event.size().width() < _NARROW
        if narrow != self._is_narrow:
            self._is_narrow = narrow
            self.switch.setVisible(narrow)
            for each, pane in self.panes.items():
                pane.setVisible(not narrow or each == self._pane)
            self.switch.mark(self._pane)

    @Slot()
    def _close_library(self) -> None:
        self._right.setCurrentWidget(self.preview)

    @Slot()
    def _went(self) -> None:
        self.show_pane("properties")
        self.properties.take_focus()

    @Slot()
    def _show_item(self) -> None:
        item = self._session.item
        if item is not None:
            self.preview.show_item(item.name)


def _card(inner: QWidget) -> QFrame:
    card = QFrame()
    card.setProperty("look", "card")
    rows = QVBoxLayout(card)
    rows.setContentsMargins(4, 4, 4, 4)
    rows.setSpacing(4)
    rows.addWidget(inner, 1)
    return card


def _tools(page: Doer) -> QWidget:
    """What is done with the outline, below it."""
    made = QWidget()
    across = QHBoxLayout(made)
    across.setContentsMargins(4, 0, 4, 4)
    across.setSpacing(0)
    question = Button(
        wording.text("Question"), name="editor.tool.question", icon="plus", look="quiet", run=page.add_question
    )
    question.setToolTip(wording.text("Add a question below ({key})", key="Ctrl+Enter"))
    across.addWidget(question)
    across.addStretch(1)
    for name, words, icon, run in (
        ("section", wording.text("Add a section"), "folder", page.add_section),
        ("library", wording.text("Question library"), "library", page.open_library),
    ):
        across.addWidget(IconButton(icon, words, name=f"editor.tool.{name}", run=run))
    more = IconButton("ellipsis", wording.text("More for the item"), name="editor.tool.more")
    menu = QMenu(more)
    menu.setObjectName("editor.tool.menu")
    for words, shortcut, run in (
        (wording.text("Copy the item"), "Ctrl+D", page.duplicate),
        (wording.text("Move up"), "Alt+Up", page.move_up),
        (wording.text("Move down"), "Alt+Down", page.move_down),
        (wording.text("Keep the item in the question library"), "", page.keep_item),
        (wording.text("Take the item out"), "Ctrl+Del", page.remove),
    ):
        menu.addAction(f"{words}\t{shortcut}" if shortcut else words, run)
    more.setMenu(menu)
    more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    across.addWidget(more)
    return made
