"""Taking in a file of answers: looked through first, then taken in."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QWidget

from gemba import wording
from gemba.domain.change import Change
from gemba.domain.follow_through import Instrument
from gemba.domain.measures import Period
from gemba.errors import GembaError, Trouble
from gemba.ui import terms
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import Card
from gemba.ui.parts.fields import Choice, Field
from gemba.ui.parts.words import Words
from gemba.ui.services import Services
from gemba.work.follow_words import instrument_title
from gemba.work.import_survey import SurveyImport, Taken, take_survey

_SHOWN = 5


class SurveyImportForm(Card):
    """Closed until a file is named.

    Args:
        services: of the window.
        parent: the owner.
    """

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(wording.text("Take in answers"), look="inset", parent=parent)
        self._services = services
        self._file = Path()
        self.file_name = Words("", strong=True, wrap=True, parent=self)
        self.instrument = Choice(
            [(one.value, instrument_title(one)) for one in Instrument], name="surveys.import.instrument", parent=self
        )
        self.period = Choice(
            [
                (Period.MONTH.value, wording.text("Month")),
                (Period.QUARTER.value, wording.text("Quarter")),
                (Period.WEEK.value, wording.text("Week")),
            ],
            name="surveys.import.period",
            parent=self,
        )
        self.source = QLineEdit(self)
        self.source.setObjectName("surveys.import.source")
        self.source_field = Field(
            wording.text("&Name of the survey"),
            self.source,
            hint=wording.text("The same name again replaces the counts of the same period."),
            parent=self,
        )
        self.found = Words("", wrap=True, parent=self)
        across = QHBoxLayout()
        across.addStretch(1)
        self.take_button = Button(
            wording.text("Take in"), name="surveys.import.take", icon="check", run=self.take, parent=self
        )
        for button in (
            Button(wording.text("Cancel"), name="surveys.import.cancel", look="quiet", run=self.hide, parent=self),
            Button(wording.text("Look through"), name="surveys.import.look", icon="eye", run=self.look, parent=self),
            self.take_button,
        ):
            across.addWidget(button)
        self.body.addWidget(self.file_name)
        self.body.addWidget(Field(wording.text("&Question"), self.instrument, parent=self))
        self.body.addWidget(self.source_field)
        self.body.addWidget(Field(wording.text("Counted &by"), self.period, parent=self))
        self.body.addWidget(self.found)
        self.body.addLayout(across)
        self.hide()

    @Slot()
    def ask(self) -> None:
        """Ask for the file."""
        kinds = wording.text("Answers (*.csv *.txt *.tsv)")
        name, _ = QFileDialog.getOpenFileName(self, wording.text("Take in answers"), "", kinds)
        if name:
            self.begin(Path(name))

    def begin(self, file: Path) -> None:
        """Open the form for a file, and look through it."""
        self._file = file
        self.file_name.setText(file.name)
        self.source.setText(self.source.text() or file.stem)
        self.show()
        self.look()

    @Slot()
    def look(self) -> None:
        """Say what would be taken in."""
        self._services.jobs.ask(look_through, self._services.desk, self._how(), done=self._looked, failed=self._refused)

    @Slot()
    def take(self) -> None:
        """Take the answers in."""
        self._services.jobs.write(take_in, self._how(), done=self._taken, failed=self._refused)

    def _how(self) -> tuple[Path, SurveyImport]:
        how = SurveyImport(Instrument(self.instrument.value), self.source.text(), period=Period(self.period.value))
        return self._file, how

    def _looked(self, taken: Taken) -> None:
        self.source_field.say_problem("")
        self.take_button.setEnabled(bool(taken.added or taken.changed))
        self.found.setText("\n".join(told(taken)))

    def _taken(self, _change: Change) -> None:
        self._services.messages.info(wording.text("The answers of {survey} were taken in.", survey=self.source.text()))
        self.source.clear()
        self.hide()

    def _refused(self, error: GembaError) -> None:
        self.take_button.setEnabled(False)
        if error.code == "work.survey_source":
            self.source_field.say_problem(wording.sentence(error))
        else:
            self.found.setText(wording.sentence(error))


def look_through(desk: Any, what: tuple[Path, SurveyImport]) -> Taken:
    """What taking a file in would do; on a job's thread.

    Raises:
        Trouble: the file cannot be read.
    """
    file, how = what
    return take_survey(desk, _content(file), how, dry_run=True)


def take_in(desk: Any, what: tuple[Path, SurveyImport]) -> Change:
    """Take a file in; on the thread that writes.

    Raises:
        Trouble: the file cannot be read.
    """
    file, how = what
    return take_survey(desk, _content(file), how).change


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise Trouble("work.unreadable", file=str(file), why=error.strerror or str(error)) from error


def told(taken: Taken) -> list[str]:
    """What an import does, in sentences."""
    lines = [
        wording.text(
            "{answers:answer|answers}: {added:group|groups} new, {changed} changed, {unchanged} as they were.",
            answers=terms.number(taken.answers),
            added=taken.added,
            changed=taken.changed,
            unchanged=taken.unchanged,
        )
    ]
    lines += [
        wording.text("Row {row} is left out: {what} “{given}”", row=bad.row, what=_field(bad.reason), given=bad.given)
        for bad in taken.refused[:_SHOWN]
    ]
    if len(taken.refused) > _SHOWN:
        more = len(taken.refused) - _SHOWN
        lines.append(wording.plural("and {n} more row", "and {n} more rows", more))
    if taken.asked_often:
        lines.append(
            wording.text(
                "{n:customer|customers} answered more than once within {days:day|days}: asked too often.",
                n=terms.number(taken.asked_often),
                days=taken.guard_days,
            )
        )
    if taken.asked_before:
        lines.append(
            wording.text(
                "{n:customer|customers} answered an earlier file less than {days:day|days} apart: asked too often.",
                n=terms.number(taken.asked_before),
                days=taken.guard_days,
            )
        )
    return lines


def _field(reason: str) -> str:
    return {
        "score": wording.text("the score"),
        "day": wording.text("the day"),
        "count": wording.text("the number of answers"),
        "asked": wording.text("the number asked"),
        "place": wording.text("an unknown place"),
    }[reason]
