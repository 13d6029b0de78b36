"""The second view: what customers complain of against what walks looked at."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QModelIndex, QSize, Qt, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHeaderView, QSplitter, QStackedWidget, QTableView, QVBoxLayout, QWidget

from gemba import wording
from gemba.domain.record import Uid
from gemba.domain.vocabularies import Facet
from gemba.ui import terms
from gemba.ui.complaints.narrowing import received
from gemba.ui.lineage.behind import Behind, Part, parts, these
from gemba.ui.lineage.number_link import NumberLinks
from gemba.ui.lists.narrowed import narrowed_to
from gemba.ui.maps.facts import read_cell, read_matrix
from gemba.ui.maps.matrix_model import MatrixModel, words_of
from gemba.ui.maps.step_panel import rest_of
from gemba.ui.maps.words import severity_tone, severity_word
from gemba.ui.pages import registry
from gemba.ui.pages.places import PlaceNames
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import clear, scrolled
from gemba.ui.parts.empty import EmptyState
from gemba.ui.parts.fields import Choice
from gemba.ui.parts.flow import Flow
from gemba.ui.parts.links import LinkRow
from gemba.ui.parts.words import Words
from gemba.ui.services import Services
from gemba.work.blind_spots import Cell, CellRecords, Matrix, Sight
from gemba.work.go_and_see import raise_alert

_TOPICS = frozenset({"complaint", "finding", "answer", "assessment", "go_and_see", "pin", "vocabulary", "place"})
_NARROW = 820
_MOST = 20
"""Records of one sort that are shown."""


class MatrixTable(QTableView):
    """The table; Enter opens a cell."""

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter opens the cell that the keyboard is on."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self.currentIndex().isValid():
            self.clicked.emit(self.currentIndex())
            return
        super().keyPressEvent(event)


class BlindTab(QWidget):
    """The matrix with what stands behind a cell beside it.

    Args:
        services: of the window.
        names: of the places.
        parent: the owner.
    """

    def __init__(self, services: Services, names: PlaceNames, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("maps.tab.blind")
        self._services, self._names = services, names
        self._arrived = False
        self._cell: Cell | None = None
        self.model = MatrixModel(self)
        self.table = self._make_table()
        self.rows_of = Choice(
            [(Facet.STEP, wording.text("By step of the work")), (Facet.CAUSE, wording.text("By cause"))],
            name="maps.blind.rows",
            parent=self,
        )
        self.rows_of.setAccessibleName(wording.text("Rows"))
        self.place = Choice([("", wording.text("Everywhere"))], name="maps.blind.place", parent=self)
        self.place.setAccessibleName(wording.text("Place"))
        self.quarters = Choice(
            [
                ("2", wording.text("Last two quarters")),
                ("1", wording.text("Last quarter")),
                ("4", wording.text("Last year")),
            ],
            name="maps.blind.quarters",
            parent=self,
        )
        self.quarters.setAccessibleName(wording.text("Period"))
        self.said = Words("", tone="muted", wrap=True)
        self._side = QWidget()
        self._behind = QVBoxLayout(self._side)
        self._behind.setContentsMargins(20, 18, 20, 20)
        self._behind.setSpacing(12)
        self._shown = QStackedWidget()
        self._shown.addWidget(
            EmptyState(
                "eye",
                wording.text("Nothing to compare yet"),
                wording.text(
                    "Here stands what customers complain of, by step and site, against what walks looked at. "
                    "It needs complaints with a step, or walks whose questions say which step they look at."
                ),
            )
        )
        self._shown.addWidget(self._with_matrix())
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(self._shown)
        for choice in (self.rows_of, self.place, self.quarters):
            choice.activated.connect(self.read)
        services.changed.made.connect(self.hear)

    def arrive(self) -> None:
        """It is shown now."""
        self._arrived = True
        self.place.offer([("", wording.text("Everywhere")), *self._names.choices()])
        self.read()

    @Slot()
    def read(self) -> None:
        """Count again."""
        facet = Facet(self.rows_of.value or Facet.STEP)
        quarters = int(self.quarters.value or 2)
        self._services.jobs.ask(read_matrix, self._services.desk, facet, self.place.value, quarters, done=self._came)

    @Slot(object)
    def hear(self, change: Any) -> None:
        """Count again what has changed, while it is seen."""
        if self._arrived and self.isVisible() and change.topics & _TOPICS:
            self.read()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """One above the other where there is little room."""
        super().resizeEvent(event)
        narrow = event.size().width() < _NARROW
        wanted = Qt.Orientation.Vertical if narrow else Qt.Orientation.Horizontal
        if self._split.orientation() != wanted:
            self._split.setOrientation(wanted)
            self._split.setSizes([event.size().height() // 2] * 2 if narrow else [680, 360])

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As large as the page."""
        return QSize(800, 500)

    def _came(self, matrix: Matrix) -> None:
        at = self.table.currentIndex()
        row, column = at.row(), at.column()
        self.model.show_matrix(matrix)
        self._shown.setCurrentIndex(1 if matrix.cells else 0)
        self.said.setText(_summary(matrix))
        self.table.resizeRowsToContents()
        if 0 <= row < self.model.rowCount() and 0 <= column < self.model.columnCount():
            self.table.setCurrentIndex(self.model.index(row, column))
        if self._cell is None or not matrix.cells:
            self._explain(matrix)

    @Slot(QModelIndex)
    def open_cell(self, index: QModelIndex) -> None:
        """Show the records behind a cell."""
        cell, matrix = self.model.cell(index), self.model.matrix
        if cell is None or matrix is None:
            return
        self._cell = cell
        self._services.jobs.ask(
            read_cell, self._services.desk, matrix, cell.code, cell.place, done=partial(self._opened, cell)
        )

    def _opened(self, cell: Cell, behind: CellRecords) -> None:
        matrix = self.model.matrix
        if cell != self._cell or matrix is None:
            return
        clear(self._behind)
        title, place = dict(matrix.rows).get(cell.code, cell.code), dict(matrix.columns).get(cell.place, "")
        self._behind.addWidget(Words(title, scale="heading", wrap=True))
        self._behind.addWidget(Words(place or wording.text("No place"), tone="muted"))
        self._behind.addWidget(
            Words(words_of(cell).replace("\n", ", "), tone="poor" if cell.sight is Sight.BLIND else "")
        )
        counts = NumberLinks("maps.blind.counts")
        counts.put(*_behind(matrix, cell, f"{title} · {place}", behind))
        self._behind.addWidget(counts)
        if matrix.facet is Facet.STEP and cell.place:
            go = partial(self._go_and_see, title, cell.code, cell.place)
            flow = Flow()
            flow.addWidget(Button(wording.text("Go and see"), name="maps.blind.alert", icon="footprints", run=go))
            self._behind.addLayout(flow)
        self._list_behind(behind)
        self._behind.addStretch(1)

    def _list_behind(self, behind: CellRecords) -> None:
        self._lines(
            wording.text("Complaints"),
            [
                (
                    each.summary or each.number,
                    terms.day(each.received_at),
                    (severity_word(each.severity), severity_tone(each.severity)),
                    ("complaints", each.uid),
                )
                for each in behind.complaints
            ],
        )
        self._lines(
            wording.text("Walks that looked"),
            [
                (each.title, f"{each.number} · {terms.day(each.started_at)}", ("", ""), ("walks", each.uid))
                for each in behind.walks
            ],
        )
        self._lines(
            wording.text("Findings"),
            [
                (
                    each.text,
                    each.number,
                    (terms.finding_grade(each.grade), terms.finding_grade_tone(each.grade)),
                    ("findings", each.uid),
                )
                for each in behind.findings
            ],
        )
        self._lines(
            wording.text("Gone to and seen"),
            [(each.question, each.seen, ("", ""), ("", each.uid)) for each in behind.alerts],
        )

    def _lines(self, title: str, lines: list[tuple[str, str, tuple[str, str], tuple[str, str]]]) -> None:
        if not lines:
            return
        self._behind.addWidget(Words(title, strong=True))
        for words, under, badge, to in lines[:_MOST]:
            go = self._services.go if to[0] in registry.CODES else None
            self._behind.addWidget(LinkRow(words, under, badge=badge, name=f"maps.blind.{to[1]}", go=go, to=to))
        if len(lines) > _MOST:
            self._behind.addWidget(rest_of(title, [to for _, _, _, to in lines], len(lines) - _MOST))

    def _explain(self, matrix: Matrix) -> None:
        clear(self._behind)
        self._behind.addWidget(Words(wording.text("Blind spots"), scale="heading"))
        self._behind.addWidget(
            Words(
                wording.text(
                    "A blind spot is what customers complain of and no walk looked at. A walk looks at a step by "
                    "answering a question that says so, by a finding about it, or by an alert gone to and seen. "
                    "Choose a cell to see what stands behind it."
                ),
                wrap=True,
            )
        )
        if matrix.untraced:
            self._behind.addWidget(
                Words(
                    wording.plural(
                        "{n} checklist in use does not say which steps its questions look at.",
                        "{n} checklists in use do not say which steps their questions look at.",
                        matrix.untraced,
                    ),
                    tone="fair",
                    wrap=True,
                )
            )
        if matrix.uncoded:
            self._behind.addWidget(
                Words(
                    wording.plural("{n} complaint names no step.", "{n} complaints name no step.", matrix.uncoded),
                    tone="muted",
                    wrap=True,
                )
            )
        self._behind.addStretch(1)

    def _go_and_see(self, title: str, code: str, place: Uid) -> None:
        question = wording.text("Watch {step}: what makes it hard for the customer?", step=title)
        deed = partial(raise_alert, place=place, step=code)
        self._services.jobs.write(deed, question, done=self._raised)

    def _raised(self, _change: Any) -> None:
        self._services.messages.info(wording.text("The next walk there is asked to go and see."))

    def _make_table(self) -> MatrixTable:
        table = MatrixTable(self)
        table.setObjectName("maps.matrix")
        table.setAccessibleName(wording.text("What customers complain of against what walks looked at"))
        table.setModel(self.model)
        table.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        table.setCornerButtonEnabled(False)
        table.setWordWrap(True)
        across, down = table.horizontalHeader(), table.verticalHeader()
        across.setDefaultSectionSize(140)
        across.setMinimumSectionSize(96)
        across.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        across.setTextElideMode(Qt.TextElideMode.ElideRight)
        down.setDefaultSectionSize(56)
        down.setMaximumWidth(220)
        down.setTextElideMode(Qt.TextElideMode.ElideRight)
        table.clicked.connect(self.open_cell)
        return table

    def _with_matrix(self) -> QWidget:
        left = QWidget()
        rows = QVBoxLayout(left)
        rows.setContentsMargins(16, 14, 16, 14)
        rows.setSpacing(8)
        choices = QWidget()
        flow = Flow(choices)
        for choice in (self.rows_of, self.place, self.quarters):
            flow.addWidget(choice)
        rows.addWidget(choices)
        rows.addWidget(self.said)
        rows.addWidget(self.table, 1)
        self._split = QSplitter(Qt.Orientation.Horizontal)
        self._split.setObjectName("maps.blind.split")
        self._split.setChildrenCollapsible(False)
        self._split.setHandleWidth(16)
        for widget, stretch in ((left, 2), (scrolled(self._side, name="maps.blind.side"), 1)):
            card = QFrame()
            card.setProperty("look", "card")
            inside = QVBoxLayout(card)
            inside.setContentsMargins(1, 1, 1, 1)
            inside.addWidget(widget)
            self._split.addWidget(card)
            self._split.setStretchFactor(self._split.count() - 1, stretch)
        self._split.setSizes([680, 360])
        return self._split


def _summary(matrix: Matrix) -> str:
    count = {sight: sum(cell.sight is sight for cell in matrix.cells) for sight in Sight}
    return wording.text(
        "{begins} to {ends}: {blind} blind spots, {both} complained of and looked at, {looked} looked at only.",
        begins=terms.day(matrix.begins),
        ends=terms.day(matrix.ends),
        blind=count[Sight.BLIND],
        both=count[Sight.BOTH],
        looked=count[Sight.LOOKED],
    )


def _behind(matrix: Matrix, cell: Cell, title: str, found: CellRecords) -> list[Behind]:
    """The complaints of a cell, and what looked at it."""
    told = wording.plural("{n} complaint", "{n} complaints", cell.complaints)
    looked = wording.plural("{n} look", "{n} looks", cell.looked)
    where: dict[str, str | Sequence[str]] = {matrix.facet.value: cell.code, **received(matrix.begins, matrix.ends)}
    if cell.place:
        place = narrowed_to(**where, place=cell.place)
        complaints = Behind(number=told, title="", count=cell.complaints, to=("complaints", place))
    else:
        complaints = these(told, "", "complaint", (one.uid for one in found.complaints))
    kinds = (
        (wording.text("Walks that looked"), "assessment", found.walks),
        (wording.text("Findings"), "finding", found.findings),
        (wording.text("Gone to and seen"), "go_and_see", found.alerts),
    )
    looks = [Part(name, tuple((noun, one.uid) for one in some)) for name, noun, some in kinds if some]
    return [complaints, parts(looked, "", *looks, how=title)]
