"""One of many choices: a field that finds as one types, over a list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QCompleter, QHBoxLayout, QWidget

from gemba import wording
from gemba.ui.conduct.editors.base import Editor
from gemba.ui.conduct.editors.keys import is_for_the_page

if TYPE_CHECKING:
    from gemba.forms.views import Choice, View


class _Box(QComboBox):
    """A combo box that leaves the wheel to the page, and Enter while its list is closed."""

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        """Scrolling a checklist must not change an answer."""
        event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter takes what was typed and goes on."""
        finder = self.completer()
        popup = finder.popup() if finder is not None else None
        if is_for_the_page(event) and not (popup is not None and popup.isVisible()):
            event.ignore()
            return
        super().keyPressEvent(event)


class PickEditor(Editor):
    """A list to search: typing narrows it, arrows move, Enter takes."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._offered: tuple[Choice, ...] | None = None
        self._value = ""
        self.box = _Box(self)
        self.box.setObjectName("pick")
        self._words = QStringListModel(self)  # quick with very many choices, too
        self.box.setModel(self._words)
        self.box.setEditable(True)
        self.box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.box.setMinimumContentsLength(24)
        self.box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.box.setMaxVisibleItems(12)
        finder = self.box.completer()
        assert finder is not None
        finder.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        finder.setFilterMode(Qt.MatchFlag.MatchContains)
        self.box.activated.connect(self._take)
        line_edit = self.box.lineEdit()
        assert line_edit is not None
        line_edit.setPlaceholderText(wording.text("Type to find a choice"))
        line_edit.editingFinished.connect(self.settle)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.box, 3)
        line.addStretch(2)

    def show_view(self, view: View, *, locked: bool) -> None:
        """Show what is offered and what is chosen."""
        self.box.setAccessibleName(view.label)
        self.box.setEnabled(not locked)
        if view.choices != self._offered:
            self._offered = view.choices
            self._words.setStringList([choice.label or choice.name for choice in view.choices])
            self._value = "\0"
        if view.value != self._value:
            self._value = view.value
            self._show_value()

    def stops(self) -> Sequence[QWidget]:
        """The field."""
        return [self.box]

    def settle(self) -> None:
        """Take the choice whose words stand in the field; words of no choice come back to the kept one."""
        words = self.box.currentText().strip()
        if not words:
            self._pass_on("")
            return
        place = self.box.findText(words, Qt.MatchFlag.MatchFixedString)
        if place >= 0:
            self._take(place)

    def clear(self) -> None:
        """Take the answer back."""
        self._value = ""
        self._show_value()
        self.given.emit("")

    def _take(self, place: int) -> None:
        if self._offered and 0 <= place < len(self._offered):
            self._pass_on(self._offered[place].name)

    def _pass_on(self, value: str) -> None:
        if value != self._value:
            self._value = value
            self.given.emit(value)

    def _show_value(self) -> None:
        names = [choice.name for choice in self._offered or ()]
        self.box.setCurrentIndex(names.index(self._value) if self._value in names else -1)
        if self._value not in names:
            self.box.setEditText(self._value)
