"""Drawing the set of a review: period, place, conditions, all or a sample that anybody can draw again."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QLineEdit, QSpinBox, QWidget

from gemba import wording
from gemba.domain.change import Change
from gemba.domain.complaints import Severity
from gemba.domain.vocabularies import Facet
from gemba.errors import GembaError
from gemba.store import review_sets, vocabularies
from gemba.ui import terms
from gemba.ui.pages.places import PlaceNames
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import Card
from gemba.ui.parts.fields import Choice, DayField, Field
from gemba.ui.parts.flow import Flow
from gemba.ui.parts.words import Words
from gemba.ui.services import Services
from gemba.work.draw_review import Wanted, draw

_SETTLE_MS = 250
_ALL, _SAMPLE = "all", "sample"


class DrawForm(Card):
    """The entry of a new review.

    Args:
        services: of the window.
        names: places by name.
        parent: the owner.
    """

    drawn = Signal(str)
    """A set was drawn; carries the review's uid."""
    left = Signal()

    def __init__(self, services: Services, names: PlaceNames, parent: QWidget | None = None) -> None:
        super().__init__(wording.text("Draw a set of complaints"), parent=parent)
        self._services, self._names = services, names
        first, last = _quarter_before(services.desk.clock().date())
        self.begins = DayField(name="review.draw.begins", optional=False, parent=self)
        self.ends = DayField(name="review.draw.ends", optional=False, parent=self)
        self.begins.put(first)
        self.ends.put(last)
        self.place = Choice(name="review.draw.place", parent=self)
        self.severity = Choice(_severities(), name="review.draw.severity", parent=self)
        self.codes = {facet: Choice(name=f"review.draw.{facet}", search=False, parent=self) for facet in Facet}
        self.words = _line("review.draw.search", self)
        self.how = Choice(
            [(_ALL, wording.text("All of them")), (_SAMPLE, wording.text("A sample by chance"))],
            name="review.draw.how",
            parent=self,
        )
        self.many = QSpinBox(self)
        self.many.setObjectName("review.draw.size")
        self.many.setRange(1, 1_000_000)
        self.many.setValue(100)
        self.seed = _line("review.draw.seed", self)
        self.title = _line("review.draw.title", self)
        self.fitting = Words("", tone="muted", wrap=True, parent=self)
        self._settling = QTimer(self)
        self._settling.setSingleShot(True)
        self._settling.setInterval(_SETTLE_MS)
        self._settling.timeout.connect(self._count)
        self._lay_out()
        self._listen()

    def begin(self) -> None:
        """Offer what there is now, and count."""
        everywhere = ("", wording.text("Everywhere"))
        self.place.offer([everywhere, *self._names.choices()])
        self._services.jobs.ask(_codes, self._services.desk, done=self._offer)
        self.ends_field.say_problem("")
        self._settling.start()
        self.begins.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def draw(self) -> None:
        """Draw it."""
        self._services.jobs.write(
            draw, self.wanted(), done=self._drawn, failed=self._refused, label=wording.text("Drawing …")
        )

    def wanted(self) -> Wanted:
        """What is asked for."""
        chosen = {facet.value: field.value for facet, field in self.codes.items()}
        sample = self.how.value == _SAMPLE
        return Wanted(
            begins=self.begins.day or date.min,
            ends=self.ends.day or date.min,
            place=self.place.value or None,
            filters={**chosen, "severity": self.severity.value, "search": self.words.text().strip()},
            sample=self.many.value() if sample else None,
            seed=self.seed.text().strip() if sample else "",
            title=self.title.text(),
        )

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(12)
        self.ends_field = Field(wording.text("&To (included)"), self.ends, parent=self)
        titles = _facet_titles()
        self._size_field = Field(wording.text("&How many"), self.many, parent=self)
        self._seed_field = Field(
            wording.text("See&d"),
            self.seed,
            hint=wording.text("Any words; made and kept when left empty. Whoever has it draws the same sample."),
            parent=self,
        )
        fields = [
            Field(wording.text("&Received from"), self.begins, parent=self),
            self.ends_field,
            Field(wording.text("&Place"), self.place, parent=self),
            Field(wording.text("&Severity"), self.severity, parent=self),
            *(Field(titles[facet], field, parent=self) for facet, field in self.codes.items()),
            Field(wording.text("&Words in it"), self.words, parent=self),
            Field(wording.text("Draw"), self.how, parent=self),
            self._size_field,
            self._seed_field,
        ]
        for at, field in enumerate(fields):
            grid.addWidget(field, at // 2, at % 2, Qt.AlignmentFlag.AlignTop)
        title = Field(wording.text("T&itle (made of the period when empty)"), self.title, parent=self)
        grid.addWidget(title, grid.rowCount(), 0, 1, 2)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        self.body.addLayout(grid)
        self.body.addWidget(self.fitting)
        buttons = QWidget(self)
        flow = Flow(buttons)
        flow.addWidget(
            Button(
                wording.text("Draw it"),
                name="review.draw.go",
                icon="check",
                look="primary",
                run=self.draw,
                once=True,
                parent=self,
            )
        )
        flow.addWidget(
            Button(wording.text("Cancel"), name="review.draw.cancel", look="quiet", run=self.left.emit, parent=self)
        )
        self.body.addWidget(buttons)
        self._show_sample()

    def _listen(self) -> None:
        for choice in (self.place, self.severity, *self.codes.values()):
            choice.currentIndexChanged.connect(self._settling.start)
        for day in (self.begins, self.ends):
            day.changed.connect(self._settling.start)
        self.words.textChanged.connect(self._settling.start)
        self.how.currentIndexChanged.connect(self._show_sample)

    @Slot()
    def _show_sample(self) -> None:
        for field in (self._size_field, self._seed_field):
            field.setVisible(self.how.value == _SAMPLE)

    @Slot()
    def _count(self) -> None:
        self._services.jobs.ask(
            _fitting, self._services.desk, self.wanted(), done=self._counted, failed=self._uncounted
        )

    def _counted(self, n: int) -> None:
        self.ends_field.say_problem("")
        self.fitting.setText(
            wording.plural("{count} complaint fits.", "{count} complaints fit.", n, count=terms.number(n))
        )

    def _uncounted(self, error: GembaError) -> None:
        self.fitting.setText(wording.sentence(error))

    def _offer(self, codes: dict[Facet, list[tuple[str, str]]]) -> None:
        for facet, field in self.codes.items():
            field.offer([("", wording.text("Any")), *codes[facet]])

    def _drawn(self, change: Change) -> None:
        self.drawn.emit(change.uid)

    def _refused(self, error: GembaError) -> None:
        self.ends_field.say_problem(wording.sentence(error))
        self.ends.setFocus(Qt.FocusReason.OtherFocusReason)


def _line(name: str, parent: QWidget) -> QLineEdit:
    made = QLineEdit(parent)
    made.setObjectName(name)
    return made


def _quarter_before(today: date) -> tuple[date, date]:
    """The quarter that has ended last."""
    begins = date(today.year, 3 * ((today.month - 1) // 3) + 1, 1)
    last = begins - timedelta(1)
    return date(last.year, 3 * ((last.month - 1) // 3) + 1, 1), last


def _severities() -> list[tuple[str, str]]:
    titles = {
        Severity.LOW: wording.text("Low"),
        Severity.MEDIUM: wording.text("Medium"),
        Severity.HIGH: wording.text("High"),
        Severity.CRITICAL: wording.text("Critical"),
    }
    severe = f"{Severity.HIGH},{Severity.CRITICAL}"
    return [("", wording.text("Any")), (severe, wording.text("High or critical")), *titles.items()]


def _facet_titles() -> dict[Facet, str]:
    return {
        Facet.PRODUCT: wording.text("Product"),
        Facet.STEP: wording.text("Process step"),
        Facet.CHANNEL: wording.text("Channel"),
        Facet.SEGMENT: wording.text("Segment"),
        Facet.CAUSE: wording.text("Cause"),
    }


def _codes(desk: Any) -> dict[Facet, list[tuple[str, str]]]:
    """Codes with their titles, by facet; on a job's thread."""
    with desk.reader() as reader:
        known = {facet: vocabularies.current(reader, facet) for facet in Facet}
    return {facet: list(words.terms.items()) if words is not None else [] for facet, words in known.items()}


def _fitting(desk: Any, wanted: Wanted) -> int:
    """How many complaints there are to draw from; on a job's thread."""
    filters = {field: said for field, said in wanted.filters.items() if said}
    with desk.reader() as reader:
        return review_sets.frame_count(reader, filters, wanted.place, wanted.begins, wanted.ends)
