"""The leaders' log: what waits for a decision, how often it was carried over, what was decided; printed as one PDF."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QCheckBox, QFileDialog, QVBoxLayout, QWidget

from gemba import wording
from gemba.domain.change import Change
from gemba.domain.escalations import EscalationState
from gemba.errors import GembaError, Refusal
from gemba.reports.facts import Rendered
from gemba.store.escalation_log import LogLine
from gemba.ui import terms
from gemba.ui.escalations.shapes import TOPICS, severity, severity_tone
from gemba.ui.lineage.behind import these
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import Card, clear, scrolled
from gemba.ui.parts.fields import DayField, Field
from gemba.ui.parts.figures import Figures
from gemba.ui.parts.flow import Flow
from gemba.ui.parts.links import LinkRow
from gemba.ui.parts.words import Words
from gemba.ui.services import Services
from gemba.work.escalation_log import LogFacts, age_days, hold_review, log_facts
from gemba.work.escalation_log_sheet import log_pdf
from gemba.work.escalation_words import carried_words

_SHOWN = 60


class LogTab(QWidget):
    """The log since the last review, or of chosen days.

    Args:
        services: of the window.
        parent: the owner.
    """

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.services = services
        self.facts: LogFacts | None = None
        self.first = DayField(name="escalation_log.first", parent=self)
        self.last = DayField(name="escalation_log.last", parent=self)
        self.figures = Figures(
            "escalation_log",
            ("open", wording.text("wait for a decision")),
            ("overdue", wording.text("of them overdue")),
            ("carried", wording.text("of them carried over")),
            ("decided", wording.text("decided in this time")),
            parent=self,
        )
        self.told = Words("", tone="muted", wrap=True, parent=self)
        self.told.setObjectName("escalation_log.told")
        self.problem = Words("", tone="poor", wrap=True, parent=self)
        self.problem.setObjectName("escalation_log.problem")
        self.no_names = QCheckBox(wording.text("These are no names of people"), self)
        self.no_names.setObjectName("escalation_log.no_names")
        self.no_names.hide()
        self.problem.hide()
        self.waiting = Card(wording.text("Decisions asked for"), parent=self)
        self.closed = Card(wording.text("Decided or withdrawn"), parent=self)
        self._rows = {card: QVBoxLayout() for card in (self.waiting, self.closed)}
        for card, rows in self._rows.items():
            rows.setSpacing(8)
            card.body.addLayout(rows)
        self._lay_out()
        for day in (self.first, self.last):
            day.changed.connect(self.arrive)
        services.changed.made.connect(self._hear)

    @Slot()
    def arrive(self) -> None:
        """Read the log."""
        read = partial(log_facts, begins=self.first.day, ends=self.last.day)
        self.services.jobs.ask(read, self.services.desk, done=self.show_facts, failed=self._say_problem)

    def take_focus(self) -> None:
        """The keyboard begins at the buttons."""
        self.print_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_uid(self, _uid: str) -> None:
        """The log shows all that there is."""

    def show_facts(self, facts: LogFacts) -> None:
        """Show what waits, and what was decided."""
        self.facts = facts
        self._say_problem(None)
        for code, found, title, tone in (
            ("open", facts.open, wording.text("wait for a decision"), ""),
            ("overdue", facts.overdue, wording.text("overdue"), "poor"),
            ("carried", facts.carried_over, wording.text("carried over"), "fair"),
            ("decided", facts.decided, wording.text("decided in this time"), "good"),
        ):
            count = terms.number(len(found))
            behind = these(count, title, "escalation", (line.uid for line in found))
            self.figures.say(code, count, tone if found else "", behind)
        self.told.setText(_told(facts))
        self._fill(self.waiting, facts.open, self._open_row, wording.text("Nothing waits for a decision."))
        self._fill(self.closed, facts.closed, self._closed_row, wording.text("Nothing was decided in this time."))
        self.held.setEnabled(bool(facts.open))

    @Slot()
    def print_log(self) -> None:
        """Ask where the PDF goes, and write it."""
        if self.facts is None:
            return
        proposed = str(Path.home() / f"escalation-log-{self.facts.ends.isoformat()}.pdf")
        title = wording.text("Leadership escalation log")
        name, _ = QFileDialog.getSaveFileName(self, title, proposed, wording.text("PDF (*.pdf)"))
        if name:
            self.write(Path(name))

    def write(self, out: Path) -> None:
        """Write the log that is shown."""
        if self.facts is not None:
            asked = (self.facts, out, self.no_names.isChecked())
            self.services.jobs.errand(
                _write, self.services.desk, asked, done=self._written, failed=self._say_problem, label="escalation log"
            )

    @Slot()
    def hold(self) -> None:
        """Mark that a review was held today."""
        self.services.jobs.write(hold_review, done=self._was_held)

    def _lay_out(self) -> None:
        self.print_button = Button(
            wording.text("&Print as PDF …"),
            name="escalation_log.print",
            icon="printer",
            run=self.print_log,
            parent=self,
        )
        self.held = Button(
            wording.text("A &review was held today"),
            name="escalation_log.held",
            icon="users",
            run=self.hold,
            parent=self,
        )
        tools = QWidget(self)
        flow = Flow(tools, gap=12)
        flow.addWidget(self.print_button)
        flow.addWidget(self.held)
        days = QWidget(self)
        flow = Flow(days, gap=12)
        flow.addWidget(Field(wording.text("&From"), self.first, parent=days))
        flow.addWidget(Field(wording.text("&To"), self.last, parent=days))
        inner = QWidget()
        rows = QVBoxLayout(inner)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(16)
        for widget in (tools, days, self.problem, self.no_names, self.figures, self.told, self.waiting, self.closed):
            rows.addWidget(widget)
        rows.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self._area = scrolled(inner, name="escalation_log.area")
        outer.addWidget(self._area)

    def _fill(self, card: Card, lines: tuple[LogLine, ...], row: Any, nothing: str) -> None:
        rows = self._rows[card]
        clear(rows)
        for line in lines[:_SHOWN]:
            rows.addWidget(row(line))
        if len(lines) > _SHOWN:
            rest = len(lines) - _SHOWN
            more = wording.plural("and {n} more in the printed log", "and {n} more in the printed log", rest)
            rows.addWidget(Words(more, tone="muted", parent=card))
        if not lines:
            rows.addWidget(Words(nothing, tone="muted", wrap=True, parent=card))

    def _open_row(self, line: LogLine) -> LinkRow:
        when = self.facts.when if self.facts is not None else line.raised_at
        age = wording.plural("{n} day old", "{n} days old", age_days(line, when))
        carried = carried_words(line.looked_at, line.raised_at.date())
        with_ = wording.text("tier {tier}: {owner}", tier=line.tier, owner=line.owner)
        late = line.due_at is not None and line.due_at <= when
        badge = (wording.text("Overdue"), "poor") if late else (severity(line.severity), severity_tone(line.severity))
        return LinkRow(
            line.asked,
            f"{line.number} · {line.title} · {line.place} · {with_} · {age} · {carried}",
            name=f"escalation_log.open.{line.uid}",
            go=self.services.go,
            to=("escalations", f"escalations:{line.uid}"),
            badge=badge,
        )

    def _closed_row(self, line: LogLine) -> LinkRow:
        decided = line.state == EscalationState.DECIDED
        held = wording.text("holds until {day}", day=terms.day(line.expires)) if line.expires else ""
        under = (line.number, line.title, line.place, line.decided_by, terms.day(line.decided_at), held)
        return LinkRow(
            line.outcome if decided else line.asked,
            " · ".join(part for part in under if part),
            name=f"escalation_log.closed.{line.uid}",
            go=self.services.go,
            to=("escalations", f"escalations:{line.uid}"),
            badge=(wording.text("Decided"), "good") if decided else (wording.text("Withdrawn"), "plain"),
        )

    def _written(self, done: tuple[Path, Rendered]) -> None:
        file, rendered = done
        self._say_problem(None)
        self.services.messages.info(
            wording.plural("Wrote {file} ({n} page).", "Wrote {file} ({n} pages).", rendered.pages, file=file.name)
        )

    def _was_held(self, change: Change) -> None:
        words = wording.plural("{n} escalation rolls over.", "{n} escalations roll over.", len(change.uids))
        self.services.messages.info(words)

    def _say_problem(self, error: GembaError | None) -> None:
        """A rule is said here; what is the world's fault, in the message bar."""
        if error is not None and not isinstance(error, Refusal):
            self.services.messages.trouble(error)
            return
        self.problem.setText(wording.sentence(error) if error is not None else "")
        self.problem.setVisible(error is not None)
        if error is not None and error.code == "work.escalation_may_name":
            self.no_names.show()

    @Slot(object)
    def _hear(self, change: Change) -> None:
        if self.isVisible() and change.topics & TOPICS:
            self.arrive()


def _told(facts: LogFacts) -> str:
    days = wording.text("From {first} to {last}.", first=terms.day(facts.begins), last=terms.day(facts.ends))
    if facts.last_review is None:
        return f"{days} {wording.text('No review has been held before.')}"
    return f"{days} {wording.text('The last review was held on {day}.', day=terms.day(facts.last_review))}"


def _write(desk: Any, asked: tuple[LogFacts, Path, bool]) -> tuple[Path, Rendered]:
    facts, out, are_no_names = asked
    return out, log_pdf(desk, facts, out, are_no_names=are_no_names)
