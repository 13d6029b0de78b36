"""Today's card of signals that wait for somebody."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gemba import wording
from gemba.domain.change import Change
from gemba.ui import terms
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import Card, clear
from gemba.ui.parts.links import LinkRow
from gemba.ui.services import Services
from gemba.work.alerts import Alert, open_signals

_SHOWN = 4


class SignalsCard(Card):
    """The newest ones, each leading to its chart; hidden while none waits.

    Args:
        services: of the window.
        parent: the owner.
    """

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(wording.text("Signals"), parent=parent)
        self._services = services
        self._rows = QVBoxLayout()
        self._rows.setSpacing(8)
        self.body.addLayout(self._rows)
        self.hide()
        services.changed.made.connect(self._hear)

    def read(self) -> None:
        """Read what waits."""
        self._services.jobs.ask(open_signals, self._services.desk, done=self.show_alerts)

    def show_alerts(self, found: list[Alert]) -> None:
        """Show them."""
        clear(self._rows)
        self.setVisible(bool(found))
        for alert in found[:_SHOWN]:
            self._rows.addWidget(self._row(alert))
        rest = len(found) - _SHOWN
        if rest > 0:
            words = wording.plural("Show {n} more", "Show {n} more", rest)
            more = Button(words, name="today.more.signals", look="quiet", run=self.to_signals)
            self._rows.addWidget(more, 0, Qt.AlignmentFlag.AlignLeft)

    @Slot()
    def to_signals(self) -> None:
        """All signals."""
        self._services.go("insights", "signals")

    def _row(self, alert: Alert) -> LinkRow:
        asks = (
            (wording.text("Asks for a review"), "poor") if alert.asks_for_review else (terms.day(alert.seen), "plain")
        )
        return LinkRow(
            alert.title,
            " · ".join(part for part in (alert.words, alert.place) if part),
            name=f"today.signal.{alert.uid}",
            icon="activity",
            badge=asks,
            go=self._services.go,
            to=("insights", alert.measure),
        )

    @Slot(object)
    def _hear(self, change: Change) -> None:
        page = self.parentWidget()
        if page is not None and page.isVisible() and change.topics & {"signal", "measure"}:
            self.read()
