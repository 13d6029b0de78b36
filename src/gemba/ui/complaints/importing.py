"""Import complaints in the window: choose the file, look at how it is read, try it, do it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QFileDialog, QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from gemba import wording
from gemba.errors import GembaError
from gemba.ui.complaints.import_columns import ColumnsTable
from gemba.ui.complaints.import_outcome import OutcomeCard
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import Card
from gemba.ui.parts.fields import Choice, Field
from gemba.ui.parts.flow import Flow
from gemba.ui.parts.progress import ProgressRow
from gemba.ui.parts.words import Words
from gemba.ui.progress import Progress
from gemba.ui.services import Services
from gemba.work import import_complaints
from gemba.work.import_complaints import Counted, Imported
from gemba.work.inspect_complaints import Inspection, corrected, inspect
from gemba.work.intake_plan import Plan, UnknownCode, UnknownPlace
from gemba.work.intake_reading import SEPARATORS, Wish


class ImportPanel(QWidget):
    """Stands in the place of the list while a file is imported.

    Args:
        services: of the window.
        parent: the owner.
    """

    left = Signal()
    """Back to the complaints."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("complaints.import")
        self.setAccessibleName(wording.text("Import complaints"))
        self._services = services
        self._file: Path | None = None
        self._seen: Inspection | None = None
        self._lay_out()
        self._card.hide()

    def begin(self) -> None:
        """Let the keyboard begin at the file."""
        self._choose.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def choose_file(self) -> None:
        """Ask for the file."""
        name, _ = QFileDialog.getOpenFileName(
            self,
            wording.text("A file of complaints"),
            "",
            wording.text("Tables (*.csv *.tsv *.txt *.xlsx);;All files (*)"),
        )
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
            refused = self._file.with_name(f"{self._file.stem}-refused.csv")
            self._run(_import, refused, self._imported)

    @Slot()
    def leave(self) -> None:
        """Back to the complaints; what runs is called off."""
        self.progress.cancel()
        self.left.emit()

    def plan(self) -> Plan | None:
        """What the fields say."""
        if self._seen is None:
            return None
        return Plan(
            source=self.source.text(),
            mapping=self.columns.mapping(),
            date_order=self.order.value,
            zone=self.zone.text().strip() or self._services.desk.zone,
            unknown_places=UnknownPlace(self.places.value),
            unknown_codes=UnknownCode(self.codes.value),
            rest=self.rest.isChecked(),
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
        assert self._file is not None  # it was chosen
        self._services.jobs.ask(
            _inspect, self._services.desk, self._file, wish, source, done=self._looked, failed=self._unreadable
        )

    def _looked(self, seen: Inspection) -> None:
        assert self._file is not None  # it was chosen
        self._seen = seen
        plan, reading = seen.plan, seen.reading
        rows = wording.plural("about {n} record", "about {n} records", reading.rows)
        self._about.setText(f"{self._file.name} · {rows}")
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
        self.source.setText(plan.source)
        self.order.choose(plan.date_order)
        self.zone.setText(plan.zone)
        self.places.choose(plan.unknown_places)
        self.codes.choose(plan.unknown_codes)
        self.rest.setChecked(plan.rest)
        self.columns.put(seen.columns)
        self._card.show()

    def _unreadable(self, error: GembaError) -> None:
        self._card.hide()
        self._about.setText(wording.sentence(error))

    def _tried(self, counted: Counted) -> None:
        self.progress.hide()
        self.outcome.show_counts(counted, done=False)
        self._bring_into_view()

    def _imported(self, made: Imported) -> None:
        self.progress.hide()
        self.outcome.show_counts(made.counted, done=True)
        self._services.changed.made.emit(made.change)
        self._bring_into_view()

    def _failed(self, error: GembaError) -> None:
        self.progress.hide()
        self._services.messages.trouble(error)

    def _bring_into_view(self) -> None:
        QTimer.singleShot(0, self, self._scroll_to_outcome)

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

    def _lay_out(self) -> None:
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(16)
        back = Button(
            wording.text("Back to the complaints"),
            name="complaints.import.back",
            icon="arrow-left",
            look="quiet",
            run=self.leave,
            parent=self,
        )
        rows.addWidget(back, 0, Qt.AlignmentFlag.AlignLeft)
        rows.addWidget(self._file_card())
        self._card = self._reading_card()
        rows.addWidget(self._card)

    def _file_card(self) -> Card:
        card = Card(wording.text("Import complaints"), parent=self)
        said = wording.text(
            "A table with one complaint a row. Nothing is changed before you have seen what would be; the same file "
            "again changes nothing."
        )
        card.body.addWidget(Words(said, tone="muted", wrap=True, parent=card))
        self._choose = Button(
            wording.text("Choose the file …"),
            name="complaints.import.file",
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
        self.encoding = Choice(encodings(""), name="complaints.import.encoding")
        self.separator = Choice(separators(), name="complaints.import.separator")
        self.sheet = Choice(name="complaints.import.sheet")
        self.source, self.zone = QLineEdit(), QLineEdit()
        self.source.setObjectName("complaints.import.source")
        self.zone.setObjectName("complaints.import.zone")
        self.order = Choice(orders(), name="complaints.import.order")
        self.places = Choice(_places(), name="complaints.import.places")
        self.codes = Choice(_codes(), name="complaints.import.codes")
        self.rest = QCheckBox(wording.text("&Keep the columns that stand for nothing, under their titles"))
        self.rest.setObjectName("complaints.import.rest")
        self._encoding_field = Field(wording.text("&Encoding"), self.encoding)
        self._separator_field = Field(wording.text("&Between cells"), self.separator)
        self._sheet_field = Field(wording.text("&Sheet"), self.sheet)
        hint = wording.text("The name of the system or post; together with the key it tells complaints apart.")
        card.body.addWidget(self._remarks)
        card.body.addWidget(self._questions)
        card.body.addWidget(Field(wording.text("Where the file comes &from"), self.source, hint=hint))
        self.columns = ColumnsTable(card)
        card.body.addWidget(self.columns)
        card.body.addLayout(
            pair(Field(wording.text("&Dates"), self.order), Field(wording.text("&Zone of times"), self.zone))
        )
        card.body.addLayout(
            pair(
                Field(wording.text("&Places that are not known"), self.places),
                Field(wording.text("&Codes that are not known"), self.codes),
            )
        )
        card.body.addWidget(self.rest)
        card.body.addLayout(pair(self._encoding_field, self._separator_field))
        card.body.addWidget(self._sheet_field)
        self.progress = ProgressRow(
            wording.text("The file is being read …"), name="complaints.import.progress", parent=card
        )
        self.outcome = OutcomeCard(card)
        flow = Flow()
        flow.addWidget(
            Button(wording.text("Try it"), name="complaints.import.try", icon="search-check", run=self.try_it)
        )
        flow.addWidget(
            Button(
                wording.text("Import"),
                name="complaints.import.do",
                icon="file-input",
                look="primary",
                run=self.do_it,
                once=True,
            )
        )
        card.body.addLayout(flow)
        card.body.addWidget(self.progress)
        card.body.addWidget(self.outcome)
        for choice in (self.encoding, self.separator, self.sheet):
            choice.activated.connect(self._read_otherwise)
        self.columns.changed.connect(self._corrected)
        return card


def pair(*fields: QWidget) -> QHBoxLayout:
    """Fields beside each other."""
    across = QHBoxLayout()
    across.setSpacing(16)
    for field in fields:
        across.addWidget(field, 1)
    return across


def _inspect(desk: Any, file: Path, wish: Wish, source: str) -> Inspection:
    return inspect(desk, file, wish=wish, source=source)


def _dry_run(desk: Any, file: Path, reading: Any, plan: Plan, refused: Path | None, progress: Progress) -> Counted:
    return import_complaints.dry_run(desk, file, reading, plan, step=progress.step, refused=refused)


def _import(desk: Any, file: Path, reading: Any, plan: Plan, refused: Path | None, progress: Progress) -> Imported:
    return import_complaints.import_(desk, file, reading, plan, step=progress.step, refused=refused)


def encodings(now: str) -> list[tuple[str, str]]:
    """Encodings to choose from, the one that was found first."""
    known = ("utf-8", "utf-8-sig", "utf-16", "cp1252", "latin-1", "cp1250", "cp1253", "cp1251", "mac-roman")
    found = dict.fromkeys(one for one in (now, *known) if one)
    return [("", wording.text("Find it out")), *((one, one.upper()) for one in found)]


def separators() -> list[tuple[str, str]]:
    """What may stand between cells."""
    return [("", wording.text("Find it out")), *SEPARATORS.items()]


def orders() -> list[tuple[str, str]]:
    """Orders of day and month."""
    return [("dmy", wording.text("Day before month")), ("mdy", wording.text("Month before day"))]


def _places() -> list[tuple[str, str]]:
    return [
        (UnknownPlace.REFUSE, wording.text("Refuse the record")),
        (UnknownPlace.MAKE, wording.text("Make them sites")),
        (UnknownPlace.EMPTY, wording.text("Leave the place empty")),
    ]


def _codes() -> list[tuple[str, str]]:
    return [
        (UnknownCode.REFUSE, wording.text("Refuse the record")),
        (UnknownCode.ADD, wording.text("Add them to the vocabulary")),
        (UnknownCode.MORE, wording.text("Keep them beside the complaint")),
    ]
