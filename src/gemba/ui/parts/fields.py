"""Entry fields with their words above them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QDate, QEvent, QLocale, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QDateEdit,
    QDoubleSpinBox,
    QHBoxLayout,
    QLabel,
    QSpinBox,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionComboBox,
    QVBoxLayout,
    QWidget,
)

from gemba import wording
from gemba.ui.parts.buttons import IconButton
from gemba.ui.parts.words import Words, begin_with_the_window, own_direction, repolish

_STEPS = frozenset({Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown})
_AIR = 12
"""Pixels before the first figure of a number."""


class Field(QWidget):
    """A field with its words above it, and room for what is wrong below it.

    Args:
        text: what is to be entered; a `&` marks the mnemonic.
        widget: takes the entry.
        hint: a quiet sentence below.
        parent: the owner.
    """

    def __init__(self, text: str, widget: QWidget, *, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.widget = widget
        self._hint = hint
        self.label = QLabel(text, self)
        begin_with_the_window(self.label)
        self.label.setBuddy(widget)
        self.label.setProperty("strong", True)
        widget.setAccessibleName(text.replace("&", ""))
        if isinstance(widget, QSpinBox | QDoubleSpinBox):  # the style sheet's padding does not reach their figures
            widget.lineEdit().setTextMargins(_AIR, 0, 0, 0)
        self.note = Words(hint, scale="small", tone="muted", wrap=True, parent=self)
        self.note.setVisible(bool(hint))
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(4)
        for part in (self.label, widget, self.note):
            rows.addWidget(part)

    def say_problem(self, text: str) -> None:
        """Say beside the field what is wrong with it; nothing clears it."""
        self.note.setText(text or self._hint)
        self.note.set_tone("poor" if text else "muted")
        self.note.setVisible(bool(text or self._hint))
        self.widget.setAccessibleDescription(text)
        self.widget.setProperty("problem", bool(text))
        repolish(self.widget)


class _Offered(QStyledItemDelegate):
    """The rows of what may be chosen."""

    def displayText(self, value: object, locale: QLocale | QLocale.Language) -> str:  # noqa: N802 - Qt's name
        """Each row in its own order, whatever way the window is written."""
        return own_direction(super().displayText(value, locale))


class Choice(QComboBox):
    """A choice from a list; its arrow and rows are drawn as the window's."""

    def __init__(
        self, choices: Sequence[tuple[str, str]] = (), *, name: str, search: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setItemDelegate(_Offered(self))
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(10)
        self.setMaxVisibleItems(14)
        self.installEventFilter(self)
        if search:
            self._let_type()
        self.currentIndexChanged.connect(self._show_from_the_start)
        self.offer(choices)

    @property
    def value(self) -> str:
        """The code of what is chosen; empty when nothing is."""
        place = self.findText(self.currentText()) if self.isEditable() else self.currentIndex()
        return str(self.itemData(place) or "") if place >= 0 else ""

    def offer(self, choices: Sequence[tuple[str, str]]) -> None:
        """Offer these (code, words), and keep what was chosen."""
        before = self.value
        self.blockSignals(True)
        self.clear()
        for code, words in choices:
            self.addItem(words, code)
        self.blockSignals(False)
        self.choose(before)
        self._show_from_the_start()

    def choose(self, code: str) -> None:
        """Choose by code; an unknown one leaves the first."""
        self.setCurrentIndex(max(0, self.findData(code)) if self.count() else -1)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Rolling the wheel over a field that one scrolls past must not change it."""
        if event.type() == QEvent.Type.Wheel and not self.hasFocus():
            event.ignore()
            return True
        return super().eventFilter(watched, event)

    def initStyleOption(self, option: QStyleOptionComboBox) -> None:  # noqa: N802 - Qt's name
        """Words that have no room end in an ellipsis; the style sheet would cut them anywhere."""
        super().initStyleOption(option)
        part = QStyle.SubControl.SC_ComboBoxEditField
        room = self.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, part, self).width()
        cut = self.fontMetrics().elidedText(option.currentText, Qt.TextElideMode.ElideRight, room - 2)
        option.currentText = own_direction(cut)

    @Slot()
    def _show_from_the_start(self) -> None:
        """Long words begin where one reads from; the whole of them is in the tool tip."""
        self.setToolTip(self.currentText())
        line = self.lineEdit()
        if line is not None:
            line.setCursorPosition(0)

    def _let_type(self) -> None:
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        completer = QCompleter(self.model(), self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        self.setCompleter(completer)


class _DayEdit(QDateEdit):
    """The inside of a day's field; without a day, Qt's own would keep the keyboard in it and count from 2000."""

    @property
    def is_empty(self) -> bool:
        """True while the words for no day stand in it."""
        return bool(self.specialValueText()) and self.date() == self.minimumDate()

    def begin_at_today(self, event: QKeyEvent) -> bool:
        """Figures and steps begin at today; gives whether the key has done its work."""
        steps = event.key() in _STEPS and event.modifiers() == Qt.KeyboardModifier.NoModifier
        if steps or event.text().isdigit():
            self.setDate(QDate.currentDate())
            self.setSelectedSection(self.sectionAt(0))
        return steps

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: N802, FBT001 - Qt's name and way
        """Leave an empty field at once; in a day the tabulator goes from figure to figure first."""
        return QWidget.focusNextPrevChild(self, forward) if self.is_empty else super().focusNextPrevChild(forward)


class DayField(QWidget):
    """A day, or none. It starts at none; choosing a day starts at today."""

    changed = Signal()

    def __init__(self, *, name: str, optional: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._edit = _DayEdit(self)
        self._edit.setObjectName(f"{name}.day")
        self._edit.setCalendarPopup(True)
        self._edit.setDisplayFormat(_day_form(self._edit.locale()))
        self._edit.setMinimumDate(QDate(2000, 1, 1))
        self._edit.setSpecialValueText(wording.text("No date"))
        self._optional = optional
        self._clear = IconButton("x", wording.text("No date"), name=f"{name}.clear", run=self.clear, parent=self)
        self._clear.setVisible(optional)
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(4)
        across.addWidget(self._edit, 1)
        across.addWidget(self._clear)
        self.setFocusProxy(self._edit)
        self._edit.installEventFilter(self)
        self.put(None if optional else date.today())  # noqa: DTZ011 - the person's own day
        self._edit.dateChanged.connect(self._told)

    @property
    def day(self) -> date | None:
        """The day; `None` for none."""
        chosen = self._edit.date()
        if self._optional and chosen == self._edit.minimumDate():
            return None
        return date(chosen.year(), chosen.month(), chosen.day())

    def put(self, day: date | None) -> None:
        """Show a day, or none."""
        shown = self._edit.minimumDate() if day is None else QDate(day.year, day.month, day.day)
        self._edit.setDate(shown)
        self._spell_out()

    @Slot()
    def clear(self) -> None:
        """No day."""
        self.put(None)

    def setAccessibleName(self, name: str) -> None:  # noqa: N802 - Qt's name
        """The inner field is what a screen reader meets."""
        super().setAccessibleName(name)
        self._edit.setAccessibleName(name)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """An empty day opens its calendar at today, and begins at today when one types."""
        opens = event.type() in {QEvent.Type.MouseButtonPress, QEvent.Type.KeyPress}
        if opens and self._edit.is_empty:
            self._edit.calendarWidget().setCurrentPage(QDate.currentDate().year(), QDate.currentDate().month())
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and self._edit.is_empty:
            return self._edit.begin_at_today(event)
        if event.type() == QEvent.Type.Wheel and not self._edit.hasFocus():
            event.ignore()
            return True
        return super().eventFilter(watched, event)

    @Slot()
    def _told(self) -> None:
        self._spell_out()
        self.changed.emit()

    def _spell_out(self) -> None:
        """Say the day with its month as a word: figures alone are read differently in other countries."""
        day = self._edit.date()
        empty = self._optional and day == self._edit.minimumDate()
        self._edit.setToolTip("" if empty else self._edit.locale().toString(day, QLocale.FormatType.LongFormat))


def _day_form(locale: QLocale) -> str:
    """The country's short form, with two figures for day and month and four for the year, so that it can be typed."""
    short = locale.dateFormat(QLocale.FormatType.ShortFormat)
    for letter, count in (("d", 2), ("M", 2), ("y", 4)):
        short = re.sub(f"{letter}+", letter * count, short)
    return short
