"""How many actions each column may hold: opened when somebody wants to change it."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSpinBox, QVBoxLayout, QWidget

from gemba import wording
from gemba.domain.actions import Lane
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.fields import Field
from gemba.ui.parts.flow import Flow
from gemba.ui.parts.words import Words
from gemba.ui.services import Services
from gemba.work.action_board import lane_title, limits_of, set_limit

_MOST = 999


class LimitsBar(QFrame):
    """Three numbers; none is no limit.

    Args:
        services: of the window.
        parent: the owner.
    """

    closed = Signal()

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("board.limits")
        self.setProperty("look", "card")
        self._services = services
        self.fields = {lane: self._field(lane) for lane in Lane}
        hint = wording.text("A column that holds its limit takes nothing more until something leaves it.")
        fields = QFrame(self)
        flow = Flow(fields, gap=12)
        for lane, spin in self.fields.items():
            flow.addWidget(Field(lane_title(lane), spin, parent=fields))
        across = QHBoxLayout()
        across.addStretch(1)
        for button in (
            Button(wording.text("Cancel"), name="board.limits.cancel", look="quiet", run=self.leave, parent=self),
            Button(wording.text("Keep"), name="board.limits.keep", icon="check", run=self.keep, parent=self),
        ):
            across.addWidget(button)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(16, 12, 16, 12)
        rows.setSpacing(8)
        rows.addWidget(Words(wording.text("How many actions may stand in a column?"), strong=True, parent=self))
        rows.addWidget(fields)
        rows.addWidget(Words(hint, tone="muted", scale="small", wrap=True, parent=self))
        rows.addLayout(across)
        self.hide()

    @Slot()
    def open(self) -> None:
        """Show the limits that hold."""
        with self._services.desk.reader() as reader:
            limits = limits_of(reader)
        for lane, spin in self.fields.items():
            spin.setValue(limits.get(lane, 0))
        self.show()
        self.fields[Lane.DOING].setFocus()

    @Slot()
    def keep(self) -> None:
        """Keep them."""
        for lane, spin in self.fields.items():
            self._services.jobs.write(set_limit, lane, spin.value() or None)
        self.leave()

    @Slot()
    def leave(self) -> None:
        """Close."""
        self.hide()
        self.closed.emit()

    def _field(self, lane: Lane) -> QSpinBox:
        spin = QSpinBox(self)
        spin.setObjectName(f"board.limits.{lane.value}")
        spin.setRange(0, _MOST)
        spin.setSpecialValueText(wording.text("No limit"))
        spin.setMinimumWidth(120)
        return spin
