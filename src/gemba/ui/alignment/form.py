"""What the forms of this page have in common: fields under names, refusals said beside the field they are about."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QLineEdit, QPlainTextEdit, QScrollArea, QWidget

from gemba import wording
from gemba.errors import GembaError
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import Card
from gemba.ui.parts.fields import Field
from gemba.ui.parts.flow import Flow
from gemba.ui.parts.words import Words
from gemba.ui.services import Services

_LOW, _AROUND = 64, 200
"""Pixels of a field of several lines, and around the first field when a form comes into view."""
_GAP, _NARROW = 16, 480
"""Pixels between two fields beside each other, and the width below which they stand one below the other."""


class Form(Card):
    """A form within the page; Ctrl+Enter keeps it, Escape leaves it.

    Args:
        services: of the window.
        name: beginning of its object names.
        look: card, or inset for one within a detail.
        parent: the owner.
    """

    kept = Signal(str)
    """Carries the uid of what was kept."""
    left = Signal()

    def __init__(self, services: Services, name: str, look: str = "inset", parent: QWidget | None = None) -> None:
        super().__init__(look=look, parent=parent)
        self.services, self.name = services, name
        self.setObjectName(name)
        self.title = Words(scale="heading", wrap=True, parent=self)
        self.body.addWidget(self.title)
        self.fields: dict[str, Field] = {}
        self.problem = Words(tone="poor", wrap=True, parent=self)
        self.problem.setObjectName(f"{name}.problem")
        self.problem.hide()

    def line(self, code: str) -> QLineEdit:
        """A field of one line."""
        made = QLineEdit(self)
        made.setObjectName(f"{self.name}.{code}")
        return made

    def lines(self, code: str) -> QPlainTextEdit:
        """A field of several lines; Tab goes on to the next field."""
        made = QPlainTextEdit(self)
        made.setObjectName(f"{self.name}.{code}")
        made.setTabChangesFocus(True)
        made.setFixedHeight(_LOW)
        return made

    def put_field(self, code: str, title: str, widget: QWidget, hint: str = "") -> Field:
        """Put a field below the others."""
        self.fields[code] = Field(title, widget, hint=hint, parent=self)
        self.body.addWidget(self.fields[code])
        return self.fields[code]

    def put_row(self, *codes: str) -> None:
        """Put fields that were put before below the others; several stand beside each other where there is room."""
        if len(codes) == 1:
            self.body.addWidget(self.fields[codes[0]])
        else:
            self.body.addWidget(_Beside([self.fields[code] for code in codes], self))

    def put_buttons(self, keep: str, *others: Button) -> None:
        """The button that keeps what was entered, others, and the one that leaves."""
        self.body.addWidget(self.problem)
        flow = Flow()
        for button in (
            Button(keep, name=f"{self.name}.keep", icon="check", run=self.keep, once=True, parent=self),
            *others,
            Button(wording.text("Cancel"), name=f"{self.name}.cancel", look="quiet", run=self.left.emit, parent=self),
        ):
            flow.addWidget(button)
        self.body.addLayout(flow)

    def keep(self) -> None:
        """Keep what was entered; every form says how."""
        raise NotImplementedError

    def write(self, function: Callable[..., Any], *said: Any) -> None:
        """Run a use case; what it refuses is said in the form."""
        self.say_nothing()
        self.services.jobs.write(function, *said, done=self._done, failed=self.refused)

    def open_at(self, first: QWidget) -> None:
        """Show the form, ready to type into its first field, and scroll to it."""
        self.show()
        first.setFocus(Qt.FocusReason.OtherFocusReason)
        QTimer.singleShot(0, self, self._come_into_view)

    @Slot()
    def _come_into_view(self) -> None:
        area = self.parentWidget()
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parentWidget()
        at = self.focusWidget()
        if area is not None and at is not None and self.isVisible():
            area.ensureWidgetVisible(self.problem if self.problem.isVisible() else at, 0, _AROUND)

    def say_nothing(self) -> None:
        """Nothing is wrong."""
        self.problem.hide()
        for field in self.fields.values():
            field.say_problem("")

    def refused(self, error: GembaError) -> None:
        """Say what a rule says, beside the field that it is about."""
        code = self.about().get(error.code) or str(error.facts.get("field", "")).replace(" ", "_")
        field = self.fields.get(code)
        if field is None or not field.isVisibleTo(self):
            self.problem.setText(wording.sentence(error))
            self.problem.show()
            return
        field.say_problem(wording.sentence(error))
        field.widget.setFocus(Qt.FocusReason.OtherFocusReason)

    def about(self) -> Mapping[str, str]:
        """By code of a refusal, the field that it is about; forms override it."""
        return {}

    def said(self) -> str:
        """What is said once it is kept; forms override it."""
        return wording.text("It is kept.")

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Ctrl+Enter keeps, Escape leaves."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self.keep()
            return
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return
        super().keyPressEvent(event)

    def _done(self, change: Any) -> None:
        self.services.messages.info(self.said())
        self.kept.emit(change.uid)


class _Beside(QWidget):
    """Fields beside each other, or one below the other where there is no room."""

    def __init__(self, fields: Sequence[QWidget], parent: QWidget) -> None:
        super().__init__(parent)
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(_GAP)
        for field in fields:
            self._box.addWidget(field, 1, Qt.AlignmentFlag.AlignTop)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Turn when there is no room beside each other."""
        super().resizeEvent(event)
        narrow = event.size().width() < _NARROW
        wanted = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        if self._box.direction() != wanted:
            self._box.setDirection(wanted)


def words_of(widget: QWidget) -> str:
    """What stands in a field of words."""
    return widget.toPlainText().strip() if isinstance(widget, QPlainTextEdit) else widget.text().strip()  # type: ignore[attr-defined]


def put_words(widget: QWidget, words: str) -> None:
    """Let words stand in a field."""
    if isinstance(widget, QPlainTextEdit):
        widget.setPlainText(words)
    else:
        widget.setText(words)  # type: ignore[attr-defined]
