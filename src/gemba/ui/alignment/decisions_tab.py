"""The tab of decisions: the log with one decision beside it, the form, and the import of a file."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from gemba import wording
from gemba.domain.decisions import Decision
from gemba.store.decision_lists import DECISIONS
from gemba.ui.alignment.decision_detail import DecisionShown, draw_decision, read_decision
from gemba.ui.alignment.decision_form import DecisionForm
from gemba.ui.alignment.decision_import import DecisionImport
from gemba.ui.alignment.decision_shapes import TOPICS, decisions
from gemba.ui.lists.panel import ListPanel
from gemba.ui.lists.source import StoreSource
from gemba.ui.pages.detail import Detail
from gemba.ui.pages.list_tab import ListTab
from gemba.ui.pages.places import PlaceNames, read_places
from gemba.ui.pages.split import Split
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import column, scrolled
from gemba.ui.parts.empty import EmptyState
from gemba.ui.parts.flow import Flow
from gemba.ui.services import Services

_WIDEST = 820


class DecisionsTab(ListTab):
    """List and detail, the form, or an import.

    Args:
        services: of the window.
        parent: the owner.
    """

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.services = services
        self.names = PlaceNames(services.desk)
        self.decision: Decision | None = None
        source = StoreSource(services.desk, DECISIONS)
        self.list = ListPanel(decisions(self.names), source, services, empty=self._empty())
        self.detail = Detail(
            services,
            read=read_decision,
            draw=self._draw,
            name="decisions.detail",
            nothing=EmptyState(
                "scale",
                wording.text("No decision chosen"),
                wording.text("Choose one to see how it stands to its boundary, and what it concerns."),
            ),
            topics=TOPICS | {"boundary", "escalation", "person", "vocabulary", "audit", "judgement"},
        )
        self.form = DecisionForm(services, self)
        self.importing = DecisionImport(services, self)
        room = QWidget(self)
        rows = QVBoxLayout(room)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(12)
        rows.addWidget(self._bar())
        rows.addWidget(Split(self.list, self.detail, name="decisions.split"), 1)
        self.addWidget(room)
        self.addWidget(scrolled(column(self.form, widest=_WIDEST), name="decision.area"))
        self.addWidget(scrolled(column(self.importing, widest=_WIDEST), name="decisions.import.area"))
        self.list.chosen.connect(self._chose)
        self.form.kept.connect(self._kept)
        self.form.left.connect(self.to_list)
        self.importing.left.connect(self.to_list)

    def arrive(self) -> None:
        """Read the log when it is first shown, and what the places are called now."""
        self.services.jobs.ask(read_places, self.services.desk, done=self.names.take)
        self.list.start()

    def sights(self) -> dict[str, Callable[[], None]]:
        """What pictures show beside the list: the form, an import, and one decision."""
        seen: dict[str, Callable[[], None]] = {"new": self.begin_adding, "import": self.begin_import}
        if self.list.model.rowCount():
            seen["one"] = self._show_first
        return seen

    @Slot(str)
    def show_uid(self, uid: str) -> None:
        """Show one decision beside the list, or those that filters leave."""
        self.setCurrentIndex(0)
        self.list.start()
        self.list.show_uid(uid)
        self.detail.open(uid)

    @Slot()
    def begin_adding(self) -> None:
        """Open the form of a new decision."""
        self.setCurrentIndex(1)
        self.form.begin()

    @Slot()
    def begin_import(self) -> None:
        """Take decisions from a file."""
        self.setCurrentIndex(2)
        self.importing.begin()

    @Slot()
    def change(self) -> None:
        """Open the form of the one that is shown."""
        if self.decision is not None:
            self.setCurrentIndex(1)
            self.form.begin(self.decision)

    @Slot()
    def show_expiring(self) -> None:
        """Those that expire within a month."""
        self.list.bar.show_all()
        self.list.bar.narrow(expires=("soon", "expired"))

    @Slot(str)
    def _kept(self, uid: str) -> None:
        self.show_uid(uid)
        self.take_focus()

    def _show_first(self) -> None:
        self.show_uid(self.list.model.line(0).uid)

    @Slot(object)
    def _chose(self, line: Any) -> None:
        self.detail.open(line.uid if line is not None else "")

    def _draw(self, shown: DecisionShown) -> None:
        self.decision = shown.decision
        draw_decision(self, self.detail.body, shown)

    def _bar(self) -> QFrame:
        bar = QFrame(self)
        flow = Flow(bar)
        for title, name, icon, run in (
            (wording.text("Import a log"), "decisions.import", "file-input", self.begin_import),
            (wording.text("About to expire"), "decisions.expiring", "hourglass", self.show_expiring),
        ):
            flow.addWidget(Button(title, name=name, icon=icon, run=run, parent=bar))
        return bar

    def _empty(self) -> EmptyState:
        return EmptyState(
            "scale",
            wording.text("No decision yet"),
            wording.text("Write down what is decided where customers are served: audits draw their samples from it."),
            Button(wording.text("Record a decision"), name="decisions.empty.add", icon="plus", run=self.begin_adding),
        )
