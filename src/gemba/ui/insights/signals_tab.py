"""The second view: alerts that wait, each to be snoozed, closed or reviewed."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from gemba import wording
from gemba.domain.change import Change
from gemba.domain.measures import SignalState
from gemba.ui.insights.alert_row import AlertRow
from gemba.ui.parts.cards import clear, scrolled
from gemba.ui.parts.fields import Choice
from gemba.ui.parts.words import Words
from gemba.ui.services import Services
from gemba.work.alerts import Alert, alerts
from gemba.work.signals import Scanned, scan

TOPICS = frozenset({"signal", "measure"})
_MOST = 60


class SignalsTab(QFrame):
    """Alerts, the newest first.

    Args:
        services: of the window.
        parent: the owner.
    """

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("insights.signals")
        self.setProperty("look", "card")
        self._services = services
        self.which = Choice(
            [
                ("open", wording.text("Open")),
                ("snoozed", wording.text("Snoozed")),
                ("closed", wording.text("Closed")),
            ],
            name="insights.signals.which",
            parent=self,
        )
        self.which.setAccessibleName(wording.text("Which alerts"))
        self.which.activated.connect(self.arrive)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(10)
        inner = QWidget()
        body = QVBoxLayout(inner)
        body.setContentsMargins(20, 18, 20, 20)
        body.setSpacing(14)
        body.addWidget(self.which, 0, Qt.AlignmentFlag.AlignLeading)
        body.addLayout(self._rows)
        body.addStretch(1)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(1, 1, 1, 1)
        rows.addWidget(scrolled(inner, name="insights.signals.area"))
        services.changed.made.connect(self._hear)

    @Slot()
    def arrive(self) -> None:
        """Read the alerts."""
        states = (SignalState(self.which.value),)
        self._services.jobs.ask(_read, self._services.desk, states, done=self.show_alerts)

    def take_focus(self) -> None:
        """The keyboard begins at the choice."""
        self.which.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def scan(self) -> None:
        """Look at every measure now."""
        self._services.jobs.write(scan, done=self._scanned)

    def show_alerts(self, found: list[Alert]) -> None:
        """Show them."""
        clear(self._rows)
        for alert in found[:_MOST]:
            self._rows.addWidget(AlertRow(self._services, alert))
        if len(found) > _MOST:
            rest = len(found) - _MOST
            self._rows.addWidget(Words(wording.plural("and {n} more", "and {n} more", rest), tone="muted"))
        if not found:
            words = {
                "open": wording.text("No alert waits. Look for signals after new complaints or values came in."),
                "snoozed": wording.text("No alert rests."),
                "closed": wording.text("No alert was closed yet."),
            }
            self._rows.addWidget(Words(words[self.which.value], tone="muted", wrap=True))

    def _scanned(self, found: Scanned) -> None:
        self._services.changed.tell(found.change)
        self._services.messages.info(
            wording.plural("{n} new alert.", "{n} new alerts.", len(found.raised))
            + " "
            + wording.plural("{n} measure was looked at.", "{n} measures were looked at.", found.measures)
        )
        self.arrive()

    @Slot(object)
    def _hear(self, change: Change) -> None:
        if self.isVisible() and change.topics & TOPICS:
            self.arrive()


def _read(desk: object, states: tuple[SignalState, ...]) -> list[Alert]:
    return alerts(desk, states=states)  # type: ignore[arg-type]
