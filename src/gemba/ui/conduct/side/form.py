"""What the panels that ask for something have in common: labelled fields, a refusal beside them, and two buttons."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gemba import wording
from gemba.errors import GembaError
from gemba.ui.conduct.editors.choice_button import OneChoice
from gemba.ui.conduct.editors.choice_layout import ChoiceGrid
from gemba.ui.conduct.editors.keys import digit_of
from gemba.ui.conduct.remarks import Remark
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.flow import Flow
from gemba.ui.parts.words import Words


class PanelForm(QWidget):
    """A small form at the side. Ctrl+Enter keeps it, Esc leaves it."""

    closed = Signal()

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.title = Words(scale="heading", wrap=True, parent=self)
        self.rows = QVBoxLayout(self)
        self.rows.setContentsMargins(20, 16, 20, 20)
        self.rows.setSpacing(8)
        self.rows.addWidget(self.title)
        self.refusal = Remark("circle-alert", "poor", self)
        self.refusal.setObjectName("refusal")

    def add_field(self, label: str, field: QWidget) -> None:
        """A field below its label."""
        words = Words(label, strong=True, parent=self)
        words.setBuddy(field)
        field.setAccessibleName(label)
        self.rows.addSpacing(6)
        self.rows.addWidget(words)
        self.rows.addWidget(field)

    def add_foot(self, keep: Button) -> None:
        """The refusal and the buttons."""
        cancel = Button(wording.text("Cancel"), name="cancel", run=self.closed.emit, parent=self)
        foot = QWidget(self)  # flows: with longer words the buttons stand below one another
        line = Flow(foot, gap=8)
        line.addWidget(keep)
        line.addWidget(cancel)
        self.rows.addSpacing(8)
        self.rows.addWidget(self.refusal)
        self.rows.addWidget(foot)
        self.rows.addStretch()
        self.refusal.hide()

    def refuse(self, error: GembaError) -> None:
        """Say why it was not kept; what was typed stays."""
        self.refusal.say(wording.sentence(error))
        self.refusal.show()

    def keep(self) -> None:
        """Keep what the form says."""
        raise NotImplementedError

    def take_typed(self, text: str) -> None:
        """Letters that were typed where no field takes them; they never reach the page's shortcuts."""

    def event(self, event: QEvent) -> bool:
        """Enter and what is typed are the form's here, whatever the page's shortcuts are."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _is_own(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Ctrl+Enter keeps, Esc leaves; Enter goes to the next field."""
        enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.keep()
        elif enter:
            self.focusNextPrevChild(not event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        elif event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif _is_typed(event):
            self.take_typed(event.text())
        else:
            event.ignore()
            return
        event.accept()


def _is_own(event: QKeyEvent) -> bool:
    return event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape} or _is_typed(event)


def _is_typed(event: QKeyEvent) -> bool:
    commanding = (
        Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
    )
    return bool(event.text()) and event.text().isprintable() and not event.modifiers() & commanding


class Segments(QWidget):
    """One of a few values as segmented buttons that digits choose."""

    chosen = Signal(str)

    def __init__(self, choices: Sequence[tuple[str, str, str]], name: str, parent: QWidget) -> None:
        """`choices` are value, words and tone."""
        super().__init__(parent)
        self.setObjectName(name)
        self._grid = ChoiceGrid(self)
        self._buttons: dict[str, OneChoice] = {}
        for number, (value, words, tone) in enumerate(choices, 1):
            button = OneChoice(self._grid)
            button.prepare(words, key=str(number), tone=tone)
            button.setObjectName(f"choice:{value}")
            button.setAccessibleName(words)
            button.clicked.connect(partial(self._pressed, value))
            self._buttons[value] = button
        self._grid.hold(list(self._buttons.values()))
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(self._grid)
        self.setFocusProxy(next(iter(self._buttons.values())))
        self.value = ""

    def choose(self, value: str) -> None:
        """Choose a value; an empty one chooses none."""
        self.value = value
        first = next(iter(self._buttons))
        for each, button in self._buttons.items():
            button.setChecked(each == value)
            stop = each == (value or first)
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if stop else Qt.FocusPolicy.ClickFocus)
            button.update()
        self.setFocusProxy(self._buttons[value or first])
        if value:
            self.chosen.emit(value)

    def _pressed(self, value: str, _checked: bool = False) -> None:  # noqa: FBT001, FBT002 - Qt's signal carries it
        self.choose(value)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Digits choose."""
        number = digit_of(event)
        values = list(self._buttons)
        if number is not None and 1 <= number <= len(values):
            self.choose(values[number - 1])
            self._buttons[values[number - 1]].setFocus()
            event.accept()
        else:
            event.ignore()
