"""The complaints behind a point of a chart."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gemba import wording
from gemba.ui import terms
from gemba.ui.complaints.names import severity
from gemba.ui.complaints.narrowing import narrowed
from gemba.ui.insights.shown import ChartShown, read_behind
from gemba.ui.parts.buttons import Button, IconButton
from gemba.ui.parts.cards import Card, clear
from gemba.ui.parts.links import LinkRow
from gemba.ui.parts.words import Words
from gemba.ui.services import Services
from gemba.work.chart_records import MOST, Behind, RecordLine

_SHOWN = 12


class RecordsBehind(Card):
    """Hidden until a point is opened.

    Args:
        services: of the window.
        parent: the owner.
    """

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(wording.text("Behind this point"), look="inset", parent=parent)
        self._services = services
        self._label = ""
        self.head.addWidget(
            IconButton("x", wording.text("Close"), name="insights.records.close", run=self.clear, parent=self)
        )
        self._rows = QVBoxLayout()
        self._rows.setSpacing(6)
        self.body.addLayout(self._rows)
        self.hide()

    def read(self, shown: ChartShown, at: int) -> None:
        """Read what is behind a point; of entered values nothing is."""
        self._label = shown.facts.points[at].label
        if not shown.counted:
            self._put([], wording.text("This value was entered or imported; no record stands behind it."))
            return
        self._services.jobs.errand(read_behind, self._services.desk, shown, at, done=self._came)

    @Slot()
    def clear(self) -> None:
        """Nothing is opened."""
        clear(self._rows)
        self.hide()

    def _came(self, found: tuple[list[RecordLine], Behind | None]) -> None:
        lines, behind = found
        none = wording.text("No complaint is behind {point}.", point=self._label)
        count = wording.plural("{n} complaint in {point}", "{n} complaints in {point}", len(lines), point=self._label)
        if len(lines) == MOST:
            count = wording.text("The first {n} complaints in {point}", n=MOST, point=self._label)
        self._put(lines, count if lines else none, "" if behind is None else narrowed(behind))

    def _put(self, lines: list[RecordLine], words: str, way: str = "") -> None:
        clear(self._rows)
        self._rows.addWidget(Words(words, strong=True, wrap=True))
        for line in lines[:_SHOWN]:
            self._rows.addWidget(
                LinkRow(
                    line.words or line.number,
                    f"{line.number} · {terms.moment(line.received_at)}",
                    name=f"insights.record.{line.uid}",
                    badge=(severity(line.severity), "plain"),
                    go=self._services.go,
                    to=("complaints", line.uid),
                )
            )
        if len(lines) > _SHOWN:
            rest = wording.plural("and {n} more", "and {n} more", len(lines) - _SHOWN)
            self._rows.addWidget(Words(rest, tone="muted"), 0, Qt.AlignmentFlag.AlignLeading)
        if lines and way:
            go = partial(self._services.go, "complaints", way)
            title = wording.text("Show all in the list")
            every = Button(title, name="insights.records.all", icon="list", run=go)
            self._rows.addWidget(every, 0, Qt.AlignmentFlag.AlignLeading)
        self.show()
