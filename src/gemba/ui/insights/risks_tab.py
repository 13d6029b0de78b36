"""Risks: lines by priority, with the severity that customers feel beside the technical one, and their form."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFrame, QStackedWidget, QVBoxLayout, QWidget

from gemba import wording
from gemba.ui import terms
from gemba.ui.insights.risk_form import RiskForm
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import Card, column, scrolled
from gemba.ui.parts.empty import EmptyState
from gemba.ui.parts.figure_table import FigureTable
from gemba.ui.parts.flow import Flow
from gemba.ui.parts.words import Words
from gemba.ui.services import Services
from gemba.work.follow_words import priority_title
from gemba.work.risks import RiskLine, risks

_WIDEST = 1080
_TONES = {"H": "poor", "M": "fair", "L": ""}


class RisksTab(QWidget):
    """The view.

    Args:
        services: of the window.
        parent: the owner.
    """

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("insights.risks")
        self.services = services
        self.lines: tuple[RiskLine, ...] = ()
        self._stale = True
        self.add = Button(wording.text("Add a risk"), name="risks.add", icon="plus", run=self.begin_adding, parent=self)
        self.gaps = Words("", tone="poor", wrap=True, parent=self)
        self.table = FigureTable(
            "risks.table",
            wording.text("Risks by priority"),
            [
                wording.text(word)
                for word in ("How it fails", "Priority", "Severity", "Customer", "Occurrence", "Detection", "Review by")
            ],
            numbers=(2, 3, 4, 5),
            most=14,
            parent=self,
        )
        self.form = RiskForm(services, self)
        bar = QFrame(self)
        Flow(bar).addWidget(self.add)
        card = Card(wording.text("Risks by priority"))
        for widget in (self.gaps, self.table):
            card.body.addWidget(widget)
        self._card = card
        self._stack = QStackedWidget(self)
        self._stack.addWidget(scrolled(column(card, self.form, widest=_WIDEST), name="risks.area"))
        self._stack.addWidget(
            EmptyState(
                "shield-alert",
                wording.text("No risks written down yet"),
                wording.text("Say how a step can fail, and how bad that is technically and for the customer."),
                Button(
                    wording.text("Add a risk"),
                    name="risks.empty.add",
                    icon="plus",
                    look="primary",
                    run=self.begin_adding,
                ),
            )
        )
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(12)
        rows.addWidget(bar)
        rows.addWidget(self._stack, 1)
        self.table.chosen.connect(self._choose)
        self.form.closed.connect(self._show_card)
        services.changed.made.connect(self._hear)

    def arrive(self) -> None:
        """Read what is shown when something has changed since."""
        if self._stale:
            self._ask()

    def take_focus(self) -> None:
        """The keyboard begins with the lines."""
        self.table.setFocus()

    @Slot()
    def begin_adding(self) -> None:
        """Open the form of a new line."""
        self.table.setCurrentCell(-1, -1)
        self._stack.setCurrentIndex(0)
        self._card.setVisible(bool(self.lines))
        self.form.begin(None)

    @Slot()
    def _ask(self) -> None:
        self._stale = False
        self.services.jobs.ask(risks, self.services.desk, done=self._came)

    @Slot(object)
    def _hear(self, change: Any) -> None:
        if "risk" not in change.topics:
            return
        self._stale = True
        if self.isVisible():
            self._ask()

    def _came(self, lines: tuple[RiskLine, ...]) -> None:
        self.lines = lines
        self.table.put([_row(line) for line in lines], [_tones(line) for line in lines])
        gaps = [line for line in lines if line.is_gap_finding]
        self.gaps.setText(
            wording.plural(
                "{n} risk is felt 3 or more worse by customers than it is rated: {modes}",
                "{n} risks are felt 3 or more worse by customers than they are rated: {modes}",
                len(gaps),
                modes=", ".join(line.risk.mode for line in gaps),
            )
        )
        self.gaps.setVisible(bool(gaps))
        self._show_card()

    @Slot()
    def _show_card(self) -> None:
        self._card.setVisible(bool(self.lines))
        self._stack.setCurrentIndex(0 if self.lines or self.form.isVisibleTo(self) else 1)

    @Slot(int)
    def _choose(self, row: int) -> None:
        if 0 <= row < len(self.lines):
            self.form.begin(self.lines[row].risk)


def _row(line: RiskLine) -> list[str]:
    risk = line.risk
    due = terms.day(risk.review_by) if risk.review_by else "–"
    return [
        f"{risk.mode} · {risk.effect}",
        priority_title(line.priority),
        str(risk.technical),
        str(risk.customer) + (f" (+{line.gap})" if line.is_gap_finding else ""),
        str(risk.occurrence),
        str(risk.detection),
        wording.text("due since {day}", day=due) if line.overdue else due,
    ]


def _tones(line: RiskLine) -> dict[int, str]:
    tones = {1: _TONES[line.priority], 3: "poor" if line.is_gap_finding else "", 6: "poor" if line.overdue else ""}
    return {at: tone for at, tone in tones.items() if tone}
