"""Import a decision log in the window: choose the file, look at how it is read, try it, do it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from gemba import wording
from gemba.errors import GembaError
from gemba.ui import terms
from gemba.ui.complaints.import_columns import ColumnsTable
from gemba.ui.complaints.import_outcome import OutcomeCard
from gemba.ui.complaints.importing import encodings, orders, pair, separators
from gemba.ui.pages.places import PlaceNames, read_places
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import Card
from gemba.ui.parts.fields import Choice, Field
from gemba.ui.parts.flow import Flow
from gemba.ui.parts.progress import ProgressRow
from gemba.ui.parts.words import Words
from gemba.ui.progress import Progress
from gemba.ui.services import Services
from gemba.work import import_decisions
from gemba.work.decision_fields import FIELDS
from gemba.work.decision_row import DecisionPlan, UnknownGoal
from gemba.work.decision_words import field_words, standing_words
from gemba.work.import_decisions import DecisionsCounted, DecisionsImported
from gemba.work.inspect_decisions import LogInspection, corrected, inspect
from gemba.work.intake_plan import UnknownPlace
from gemba.work.intake_reading import Wish

_NAME = "decisions.import"


class DecisionImport(QWidget):
    """Stands in the place of the list while a file is imported.

    Args:
        services: of the window.
        parent: the owner.
    """

    left = Signal()
    """Back to the decisions."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(_NAME)
        self.setAccessibleName(wording.text("Import decisions"))
        self._services = services
        self._names = PlaceNames(services.desk)
        self._file: Path | None = None
        self._seen: LogInspection | None = None
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(16)
        back = Button(
            wording.text("Back to the decisions"),
            name=f"{_NAME}.back",
            icon="arrow-left",
            look="quiet",
            run=self.leave,
            parent=self,
        )
        rows.addWidget(back, 0, Qt.AlignmentFlag.AlignLeft)
        rows.addWidget(self._file_card())
        self._card = self._reading_card()
        rows.addWidget(self._card)
        self._card.hide()

    def begin(self) -> None:
        """Let the keyboard begin at the file."""
        self._services.jobs.ask(read_places, self._services.desk, done=self._names.take)
        self._choose.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def choose_file(self) -> None:
        """Ask for the file."""
        kinds = wording.text("Tables (*.csv *.tsv *.txt *.xlsx);;All files (*)")
        name, _ = QFileDialog.getOpenFileName(self, wording.text("A log of decisions"), "", kinds)
        if name:
            self.open_file(Path(name))

    def open_file(self, file: Path) -> None:
        """Look at a file."""
        self._file = file
        self.outcome.hide()
        self._look(Wish(), "")

    @Slot()
    def try_it(self) -> None:
        """Count what an import would do."""
        self._run(_dry_run, None, self._tried)

    @Slot()
    def do_it(self) -> None:
        """Import; refused records go into a file beside the one that was chosen."""
        if self._file is not None:
            self._run(_import, self._file.with_name(f"{self._file.stem}-refused.csv"), self._imported)

    @Slot()
    def leave(self) -> None:
        """Back to the decisions; what runs is called off."""
        self.progress.cancel()
        self.left.emit()

    def plan(self) -> DecisionPlan | None:
        """What the fields say."""
        if self._seen is None:
            return None
        return DecisionPlan(
            source=self.source.text(),
            mapping=self.columns.mapping(),
            date_order=self.order.value,
            unknown_places=UnknownPlace(self.places.value),
            unknown_goals=UnknownGoal(self.goals.value),
            place=self.place.value,
            role=self.role.text().strip(),
            unit=self.unit.text().strip(),
        )

    def _run(self, job: Any, refused: Path | None, done: Any) -> None:
        plan = self.plan()
        if plan is None or self._file is None or self._seen is None or not self.progress.isHidden():
            return
        self.outcome.hide()
        ticket = self._services.jobs.errand(
            job,
            self._services.desk,
            self._file,
            self._seen.reading,
            plan,
            refused,
            progress=self.progress.told,
            done=done,
            failed=self._failed,
        )
        self.progress.follow(ticket)

    def _look(self, wish: Wish, source: str) -> None:
        self._seen = None  # until it is seen: nothing is taken in by what was found in another file, or read otherwise
        job, desk = self._services.jobs, self._services.desk
        job.ask(_inspect, desk, self._file, wish, source, done=self._looked, failed=self._unreadable)

    def _looked(self, seen: LogInspection) -> None:
        self._seen = seen
        plan, reading = seen.plan, seen.reading
        rows = wording.plural("about {n} record", "about {n} records", reading.rows)
        self._about.setText(f"{self._file.name if self._file else ''} · {rows}")
        said = list(seen.remarks)
        if seen.remembered:
            said.insert(0, wording.text("Read as in the import of {day}.", day=seen.remembered))
        self._remarks.setText(" ".join(said))
        self._questions.setText("\n".join(seen.questions))
        self._questions.setVisible(bool(seen.questions))
        self.encoding.offer(encodings(reading.encoding))
        self.encoding.choose(reading.encoding)
        self.separator.choose(reading.separator)
        for field in (self._encoding_field, self._separator_field):
            field.setVisible(reading.kind == "csv")
        self._sheet_field.setVisible(len(reading.sheets) > 1)
        self.sheet.offer([(name, name) for name in reading.sheets])
        self.sheet.choose(reading.sheet)
        self.order.choose(plan.date_order)
        self.places.choose(plan.unknown_places)
        self.goals.choose(plan.unknown_goals)
        self.place.offer([("", wording.text("Refuse the record")), *self._names.choices()])
        self.place.choose(plan.place)
        for line, words in ((self.source, plan.source), (self.role, plan.role), (self.unit, plan.unit)):
            line.setText(words)
        self.columns.put(seen.columns)
        self._card.show()

    def _unreadable(self, error: GembaError) -> None:
        self._card.hide()
        self._about.setText(wording.sentence(error))

    def _tried(self, counted: DecisionsCounted) -> None:
        self.progress.hide()
        self.outcome.show_counts(counted, done=False, notes=_notes(counted))
        QTimer.singleShot(0, self, self._scroll_to_outcome)

    def _imported(self, made: DecisionsImported) -> None:
        self.progress.hide()
        self.outcome.show_counts(made.counted, done=True, notes=_notes(made.counted))
        self._services.changed.made.emit(made.change)
        QTimer.singleShot(0, self, self._scroll_to_outcome)

    def _failed(self, error: GembaError) -> None:
        self.progress.hide()
        self._services.messages.trouble(error)

    @Slot()
    def _scroll_to_outcome(self) -> None:
        """Once the card has its height: it stands below everything that was asked."""
        above = self.parentWidget()
        while above is not None and not isinstance(above, QScrollArea):
            above = above.parentWidget()
        if above is not None:
            above.ensureWidgetVisible(self.outcome, 0, 24)

    @Slot()
    def _read_otherwise(self) -> None:
        """Somebody says otherwise how the file is read."""
        wish = Wish(encoding=self.encoding.value, separator=self.separator.value, sheet=self.sheet.value)
        self._look(wish, self.source.text())

    @Slot()
    def _corrected(self) -> None:
        """A field that is given to a column is taken from the one that had it."""
        if self._seen is None:
            return
        before, now = self._seen.plan, self.columns.mapping()
        said = {title: now.get(title, "") for title in self.columns.choices}
        changed = {title: field for title, field in said.items() if before.mapping.get(title, "") != field}
        plan = corrected(before, self._seen.reading, changed)
        self._seen = msgspec.structs.replace(self._seen, plan=plan)
        self.columns.show_mapping(plan.mapping)

    def _file_card(self) -> Card:
        card = Card(wording.text("Import decisions"), parent=self)
        said = wording.text(
            "A table with one decision a row. Nothing is changed before you have seen what would be; the same file "
            "again changes nothing. A decision without a day is refused: no sample could hold it."
        )
        card.body.addWidget(Words(said, tone="muted", wrap=True, parent=card))
        self._choose = Button(
            wording.text("Choose the file …"),
            name=f"{_NAME}.file",
            icon="file-spreadsheet",
            run=self.choose_file,
            parent=card,
        )
        self._about = Words("", strong=True, wrap=True, parent=card)
        flow = Flow()
        flow.addWidget(self._choose)
        card.body.addLayout(flow)
        card.body.addWidget(self._about)
        return card

    def _reading_card(self) -> Card:
        card = Card(wording.text("How it is read"), parent=self)
        self._remarks = Words("", tone="muted", wrap=True, parent=card)
        self._questions = Words("", tone="poor", wrap=True, parent=card)
        self.encoding = Choice(encodings(""), name=f"{_NAME}.encoding")
        self.separator = Choice(separators(), name=f"{_NAME}.separator")
        self.sheet = Choice(name=f"{_NAME}.sheet")
        self.source, self.role, self.unit = (_line(name) for name in ("source", "role", "unit"))
        self.order = Choice(orders(), name=f"{_NAME}.order")
        self.places = Choice(_unknown_places(), name=f"{_NAME}.places")
        self.goals = Choice(_unknown_goals(), name=f"{_NAME}.goals")
        self.place = Choice(name=f"{_NAME}.place", search=True)
        self._encoding_field = Field(wording.text("&Encoding"), self.encoding)
        self._separator_field = Field(wording.text("&Between cells"), self.separator)
        self._sheet_field = Field(wording.text("&Sheet"), self.sheet)
        self.columns = ColumnsTable(card, name=_NAME, fields=tuple((code, field_words(code)) for code in FIELDS))
        hint = wording.text("The name of the log; together with the key it tells decisions apart.")
        card.body.addWidget(self._remarks)
        card.body.addWidget(self._questions)
        card.body.addWidget(Field(wording.text("Where the file comes &from"), self.source, hint=hint))
        card.body.addWidget(self.columns)
        for one, other in (
            (
                Field(wording.text("&Place of records that name none"), self.place),
                Field(wording.text("&Role of records that name none"), self.role),
            ),
            (
                Field(wording.text("P&laces that are not known"), self.places),
                Field(wording.text("&Commitments that are not known"), self.goals),
            ),
            (
                Field(wording.text("&Dates"), self.order),
                Field(wording.text("&Unit of amounts that say none"), self.unit),
            ),
            (self._encoding_field, self._separator_field),
        ):
            card.body.addLayout(pair(one, other))
        card.body.addWidget(self._sheet_field)
        self.progress = ProgressRow(wording.text("The file is being read …"), name=f"{_NAME}.progress", parent=card)
        self.outcome = OutcomeCard(card, name=_NAME)
        flow = Flow()
        flow.addWidget(Button(wording.text("Try it"), name=f"{_NAME}.try", icon="search-check", run=self.try_it))
        flow.addWidget(Button(wording.text("Import"), name=f"{_NAME}.do", icon="file-input", run=self.do_it, once=True))
        card.body.addLayout(flow)
        card.body.addWidget(self.progress)
        card.body.addWidget(self.outcome)
        for choice in (self.encoding, self.separator, self.sheet):
            choice.activated.connect(self._read_otherwise)
        self.columns.changed.connect(self._corrected)
        return card


def _line(name: str) -> QLineEdit:
    made = QLineEdit()
    made.setObjectName(f"{_NAME}.{name}")
    return made


def _inspect(desk: Any, file: Path, wish: Wish, source: str) -> LogInspection:
    return inspect(desk, file, wish=wish, source=source)


def _dry_run(
    desk: Any, file: Path, reading: Any, plan: DecisionPlan, refused: Path | None, progress: Progress
) -> DecisionsCounted:
    return import_decisions.dry_run(desk, file, reading, plan, step=progress.step, refused=refused)


def _import(
    desk: Any, file: Path, reading: Any, plan: DecisionPlan, refused: Path | None, progress: Progress
) -> DecisionsImported:
    return import_decisions.import_(desk, file, reading, plan, step=progress.step, refused=refused)


def _notes(counted: DecisionsCounted) -> list[str]:
    """What else a person must know, a sentence each."""
    said = []
    if counted.standings:
        most = sorted(counted.standings.items(), key=lambda one: -one[1])
        said.append(" · ".join(f"{standing_words(standing)}: {terms.number(count)}" for standing, count in most))
    if counted.undated:
        said.append(
            wording.plural(
                "{n} record says no day: no sample can hold it.",
                "{n} records say no day: no sample can hold them.",
                counted.undated,
            )
        )
    if counted.conflicts:
        said.append(
            wording.plural(
                "{n} decision contradicts a commitment: an escalation is open for it.",
                "{n} decisions contradict a commitment: an escalation is open for each.",
                counted.conflicts,
            )
        )
    if counted.kept:
        said.append(
            wording.plural(
                "{n} decision says otherwise because a person has changed it; the person's word stays.",
                "{n} decisions say otherwise because a person has changed them; the person's word stays.",
                counted.kept,
            )
        )
    for field, values in counted.unknown.items():
        shown = ", ".join(f"{value} ({count})" for value, count in list(values.items())[:6])
        more = " …" if len(values) > 6 else ""
        said.append(wording.text("Not known as {field}: {values}", field=field_words(field), values=shown + more))
    if counted.new_places:
        said.append(wording.text("New places: {places}", places=", ".join(counted.new_places[:6])))
    if counted.refused_file:
        said.append(wording.text("Refused records with their reasons: {file}", file=counted.refused_file))
    return said


def _unknown_places() -> list[tuple[str, str]]:
    return [
        (UnknownPlace.REFUSE, wording.text("Refuse the record")),
        (UnknownPlace.MAKE, wording.text("Make them sites")),
    ]


def _unknown_goals() -> list[tuple[str, str]]:
    return [
        (UnknownGoal.REFUSE, wording.text("Refuse the record")),
        (UnknownGoal.EMPTY, wording.text("Leave the commitment empty")),
    ]
