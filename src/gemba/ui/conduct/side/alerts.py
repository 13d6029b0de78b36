"""What a walk was asked to go and see: a line in the panel, and the questions with room for what was seen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gemba import wording
from gemba.domain.process_maps import AlertState, GoAndSee
from gemba.ui.maps.alert_card import AlertCard, under_words
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import clear
from gemba.ui.parts.links import LinkRow
from gemba.ui.parts.words import Words

if TYPE_CHECKING:
    from gemba.ui.services import Services


class AlertsBox(QWidget):
    """One line that tells how much is to be gone to and seen; it leads to the questions."""

    opened = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("conduct.alerts")
        self._alerts: tuple[GoAndSee, ...] = ()
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self.hide()

    def show_alerts(self, alerts: Sequence[GoAndSee]) -> None:
        """Tell of these; nothing is shown when the walk carries none."""
        if tuple(alerts) == self._alerts:
            return
        self._alerts = tuple(alerts)
        clear(self._rows)
        self.setVisible(bool(alerts))
        if not alerts:
            return
        left = [each for each in alerts if each.state is AlertState.CARRIED]
        badge = (wording.text("{n} left", n=len(left)), "note") if left else (wording.text("All seen"), "good")
        line = LinkRow(
            wording.text("Go and see"),
            left[0].question if left else "",
            badge=badge,
            icon="footprints",
            name="conduct.alerts.open",
            parent=self,
        )
        line.pressed.connect(self.opened)
        self._rows.addWidget(line)


class AlertsPanel(QWidget):
    """The questions, each with a field for what was seen."""

    closed = Signal()

    def __init__(self, services: Services, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("conduct.alerts.panel")
        self._services = services
        self._alerts: tuple[GoAndSee, ...] = ()
        self._cards = QVBoxLayout()
        self._cards.setSpacing(10)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(20, 16, 20, 20)
        rows.setSpacing(10)
        back = Button(
            wording.text("Back to the question"),
            name="conduct.alerts.back",
            icon="arrow-left",
            look="quiet",
            run=self.closed.emit,
            parent=self,
        )
        rows.addWidget(back, 0, Qt.AlignmentFlag.AlignLeft)
        rows.addWidget(Words(wording.text("Go and see"), scale="heading", parent=self))
        rows.addLayout(self._cards)
        rows.addStretch(1)

    def show_alerts(self, alerts: Sequence[GoAndSee]) -> None:
        """Show these; what is being written about the others stays."""
        if tuple(alerts) == self._alerts and self._cards.count():
            return
        written = self._written()
        self._alerts = tuple(alerts)
        clear(self._cards)
        for alert in alerts:
            card = AlertCard(self._services, alert, under_words(alert), in_walk=True, parent=self)
            card.words.setPlainText(written.get(alert.uid, ""))
            self._cards.addWidget(card)

    def _written(self) -> dict[str, str]:
        cards = [item.widget() for at in range(self._cards.count()) if (item := self._cards.itemAt(at)) is not None]
        return {card.alert.uid: card.words.toPlainText() for card in cards if isinstance(card, AlertCard)}
