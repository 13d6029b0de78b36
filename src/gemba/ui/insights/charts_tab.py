"""The first view: measures on one side, the chosen one's chart with all that belongs to it on the other."""

from __future__ import annotations

import msgspec
from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QSplitter, QVBoxLayout, QWidget

from gemba import wording
from gemba.domain.change import Change
from gemba.errors import GembaError
from gemba.ui.insights.add_measure import AddMeasure
from gemba.ui.insights.chart_card import ChartCard
from gemba.ui.insights.measure_list import MeasureList
from gemba.ui.insights.shown import ChartShown, MeasureLine, Wanted, read_chart, read_measures
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import scrolled
from gemba.ui.parts.empty import EmptyState
from gemba.ui.services import Services

TOPICS = frozenset({"measure", "measure_value", "frozen_baseline", "signal", "complaint", "vocabulary"})
_NARROW = 860
_SIDES = (270, 760)


class ChartsTab(QFrame):
    """Measures and their charts.

    Args:
        services: of the window.
        parent: the owner.
    """

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("insights.charts")
        self._services = services
        self._wanted = Wanted("")
        self.list = MeasureList(self)
        self.card = ChartCard(services, self)
        self.adding = AddMeasure(services, self)
        self.empty = EmptyState(
            "chart-line",
            wording.text("No measure yet"),
            wording.text(
                "Say which complaints are counted, or take values in from a table; Gemba proposes the chart that fits."
            ),
            Button(
                wording.text("Add the first measure"),
                name="insights.empty.add",
                icon="plus",
                run=self.begin_adding,
            ),
        )
        inner = QWidget()
        inside = QVBoxLayout(inner)
        inside.setContentsMargins(20, 16, 20, 20)
        inside.addWidget(self.card)
        inside.addStretch(1)
        self.split = QSplitter(Qt.Orientation.Horizontal, self)
        self.split.setObjectName("insights.split")
        self.split.setChildrenCollapsible(False)
        self.split.setHandleWidth(16)
        for widget in (self.list, scrolled(inner, name="insights.area")):
            card = QFrame(self.split)
            card.setProperty("look", "card")
            room = QVBoxLayout(card)
            room.setContentsMargins(1, 1, 1, 1)
            room.addWidget(widget)
            self.split.addWidget(card)
        self.split.setStretchFactor(1, 1)
        self.split.setSizes(list(_SIDES))
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(12)
        for part in (self.adding, self.empty):
            rows.addWidget(part)
        rows.addWidget(self.split, 1)
        self.empty.hide()
        self.split.hide()
        self.list.chosen.connect(self._choose)
        self.card.asked.connect(self._ask)
        self.adding.added.connect(self.show_uid)
        services.changed.made.connect(self._hear)

    def arrive(self) -> None:
        """Read the measures."""
        self._services.jobs.ask(read_measures, self._services.desk, done=self._show)

    def take_focus(self) -> None:
        """The keyboard begins at the measures."""
        (self.list if self.list.count() else self).setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(str)
    def show_uid(self, uid: str) -> None:
        """Show one measure."""
        self._wanted = Wanted(uid)
        self.arrive()

    def show_kind(self, kind: str) -> None:
        """Draw the chosen measure as another chart."""
        self._ask(msgspec.structs.replace(self._wanted, kind=kind))

    @Slot()
    def begin_adding(self) -> None:
        """Open the form of a new measure."""
        self.adding.begin()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """The measures stand above the chart where there is no room beside it."""
        super().resizeEvent(event)
        narrow = event.size().width() < _NARROW
        wanted = Qt.Orientation.Vertical if narrow else Qt.Orientation.Horizontal
        if self.split.orientation() != wanted:
            self.split.setOrientation(wanted)
            self.split.setSizes([150, 600] if narrow else list(_SIDES))

    def _show(self, lines: list[MeasureLine]) -> None:
        self.empty.setVisible(not lines)
        self.split.setVisible(bool(lines))
        self.list.show_measures(lines, self._wanted.uid)
        if self.list.uid and self.list.uid == self._wanted.uid:
            self._read()

    @Slot(str)
    def _choose(self, uid: str) -> None:
        if uid != self._wanted.uid:
            self._wanted = Wanted(uid)
        self._read()

    @Slot(object)
    def _ask(self, wanted: Wanted) -> None:
        self._wanted = wanted
        self._read()

    def _read(self) -> None:
        self._services.jobs.ask(read_chart, self._services.desk, self._wanted, done=self._draw, failed=self._not_drawn)

    def _draw(self, shown: ChartShown) -> None:
        if shown.measure.uid == self._wanted.uid:
            self.card.show_chart(shown, self._wanted)

    def _not_drawn(self, error: GembaError) -> None:
        """Another chart was chosen that cannot be drawn: say why, and keep the one that is shown."""
        self.card.say_problem(wording.sentence(error))

    @Slot(object)
    def _hear(self, change: Change) -> None:
        if self.isVisible() and change.topics & TOPICS:
            self.arrive()
