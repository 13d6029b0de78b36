"""One study: its elements, what may be done with it, and what its times tell beside it."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from gemba import wording
from gemba.domain.change import Change
from gemba.domain.record import Uid
from gemba.ui import terms
from gemba.ui.parts.badges import Badges
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import Card, column, scrolled
from gemba.ui.parts.flow import Flow
from gemba.ui.parts.words import Words
from gemba.ui.rotations.ask_form import AskForm
from gemba.ui.services import Services
from gemba.ui.times.element_table import ElementTable
from gemba.ui.times.facts import TOPICS, StudyShown, read_study
from gemba.ui.times.feed_card import FeedCard
from gemba.ui.times.forms import element_form, study_form
from gemba.ui.times.results import Results
from gemba.work import time_studies
from gemba.work.table_files import write_csv
from gemba.work.time_facts import facts_of, times_table
from gemba.work.time_sheet import print_study

_WIDEST = 1240


class StudyView(QWidget):
    """A study.

    Args:
        services: of the window.
        parent: the owner.
    """

    left = Signal()
    watch_wanted = Signal()

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.services = services
        self.shown: StudyShown | None = None
        self.form: AskForm | FeedCard | None = None
        self._uid: Uid = ""
        self._first = False
        self.title = Words("", scale="heading", wrap=True, parent=self)
        self.under = Words("", tone="muted", wrap=True, parent=self)
        self.badges = Badges(self)
        self.table = ElementTable(self)
        self.empty = Words(
            wording.text("Say first what the work consists of: a handful of elements, each with a clear end."),
            tone="muted",
            wrap=True,
            parent=self,
        )
        self.results = Results(self)
        self.buttons = self._make_buttons()
        self._forms = QVBoxLayout()
        self._lay_out()
        self.table.opened.connect(self._change_element)
        self.table.moved.connect(self._move)
        self.table.taken_out.connect(self._take_out)
        services.changed.made.connect(self._hear)

    # What is shown

    def open(self, uid: Uid) -> None:
        """Show a study."""
        if uid != self._uid:
            self.leave_form()
        self._uid = uid
        self.read()

    @Slot()
    def read(self) -> None:
        """Read it again."""
        self.services.jobs.ask(read_study, self.services.desk, self._uid, done=self._came)

    def ask_first(self) -> None:
        """Once it is read, ask for its first element."""
        self._first = True

    def take_focus(self) -> None:
        """The keyboard begins at the elements, or at adding one."""
        first = self.table if self.shown and self.shown.facts.elements else self.buttons["add"]
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _came(self, shown: StudyShown | None) -> None:
        if shown is None or shown.facts.study.uid != self._uid:
            return
        self.shown = shown
        study, elements = shown.facts.study, shown.facts.elements
        self.title.setText(study.title)
        of_map = wording.text("map “{title}”", title=shown.map_title) if shown.map_title else ""
        self.under.setText(" · ".join(part for part in (study.number, shown.place, study.role, of_map) if part))
        ended = study.ended_at is not None
        day = terms.day(study.ended_at.date()) if study.ended_at is not None else ""
        self.badges.say(
            (wording.text("Ended on {day}", day=day), "plain") if ended else (wording.text("Goes on"), "accent")
        )
        self.table.setVisible(bool(elements))
        self.empty.setVisible(not elements)
        self.table.show_study(shown)
        self.results.show_facts(shown.facts)
        for code, there in {
            "watch": not ended and bool(elements),
            "add": not ended,
            "feed": bool(shown.changes),
            "print": bool(shown.facts.cycles),
            "csv": bool(shown.facts.cycles),
            "end": not ended and bool(shown.facts.cycles),
            "again": ended,
        }.items():
            self.buttons[code].setVisible(there)
        if self._first:
            self._first = False
            self.add_element()

    # What may be done

    @Slot()
    def add_element(self) -> None:
        """Ask for an element; after each, for the next."""
        if self.shown is not None:
            form = element_form(self.services, self._uid, self.shown.steps, parent=self)
            form.kept.connect(self._added)
            self._open_form(form)

    @Slot()
    def change_study(self) -> None:
        """Change what is said of the study."""
        if self.shown is not None:
            self._open_form(study_form(self.services, (), self.shown.maps, self.shown.facts.study, parent=self))

    @Slot()
    def show_feed(self) -> None:
        """Show what the map would get."""
        if self.shown is not None and self.shown.changes:
            self._open_form(FeedCard(self.services, self.shown, self))

    @Slot()
    def end(self) -> None:
        """End the study."""
        self.services.jobs.write(time_studies.finish, self._uid, done=self._written)

    @Slot()
    def go_on(self) -> None:
        """Take it up again."""
        self.services.jobs.write(time_studies.go_on, self._uid, done=self._written)

    @Slot()
    def ask_print(self) -> None:
        """Ask where the sheet goes."""
        title, kind = wording.text("Print the study"), wording.text("Document (*.pdf)")
        name, _ = QFileDialog.getSaveFileName(self, title, str(Path.home() / "times.pdf"), kind)
        if name:
            self.print_to(Path(name))

    def print_to(self, out: Path) -> None:
        """Write the sheet beside the window, and open it."""
        done = partial(self._printed, out)
        self.services.jobs.errand(print_study, self.services.desk, self._uid, out, done=done)

    @Slot()
    def ask_csv(self) -> None:
        """Ask where the table goes."""
        title, kind = wording.text("Export the times"), wording.text("Table of values (*.csv)")
        name, _ = QFileDialog.getSaveFileName(self, title, str(Path.home() / "times.csv"), kind)
        if name:
            self.export_to(Path(name))

    def export_to(self, out: Path) -> None:
        """Write all times as a table."""
        self.services.jobs.errand(_export, self.services.desk, self._uid, out, done=self._exported)

    @Slot()
    def leave_form(self) -> None:
        """Take the form away."""
        if self.form is not None:
            form, self.form = self.form, None
            self._forms.removeWidget(form)
            form.hide()
            form.deleteLater()

    @Slot(int)
    def _change_element(self, row: int) -> None:
        if self.shown is not None and 0 <= row < len(self.shown.facts.elements):
            element = self.shown.facts.elements[row].element
            self._open_form(element_form(self.services, self._uid, self.shown.steps, element, self))

    @Slot(str, object)
    def _move(self, uid: Uid, before: Uid | None) -> None:
        self.services.jobs.write(time_studies.move_element, uid, before, done=self._written)

    @Slot(str)
    def _take_out(self, uid: Uid) -> None:
        self.services.jobs.write(time_studies.remove_element, uid, done=partial(self._taken_out, uid))

    def _taken_out(self, uid: Uid, _change: Any) -> None:
        self.services.messages.info(
            wording.text("The element is taken out; its times count no more."), partial(self._put_back, uid)
        )

    def _put_back(self, uid: Uid) -> None:
        self.services.jobs.write(time_studies.put_back_element, uid, done=self._written)

    @Slot(str)
    def _added(self, _uid: str) -> None:
        self.leave_form()
        self.add_element()

    def _open_form(self, form: AskForm | FeedCard) -> None:
        self.leave_form()
        self.form = form
        form.left.connect(self._left_form)
        if isinstance(form, AskForm):
            form.kept.connect(self._left_form)
        self._forms.addWidget(form)
        if isinstance(form, AskForm):
            form.begin()

    @Slot()
    def _left_form(self) -> None:
        if self.sender() is self.form or self.sender() is None:
            self.leave_form()
            self.take_focus()

    def _written(self, _change: Change) -> None:
        self.read()

    def _printed(self, out: Path, rendered: Any) -> None:
        self.services.messages.info(" ".join((wording.text("Wrote {file}.", file=out.name), *rendered.warnings)))
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(out)))

    def _exported(self, out: Path) -> None:
        self.services.messages.info(wording.text("Wrote {file}.", file=out.name))

    @Slot(object)
    def _hear(self, change: Change) -> None:
        if self._uid and self.isVisible() and change.topics & TOPICS:
            self.read()

    # How it is laid out

    def _make_buttons(self) -> dict[str, Button]:
        said = (
            ("watch", wording.text("Take times"), "timer", "primary", self.watch_wanted.emit),
            ("add", wording.text("Add an element"), "plus", "", self.add_element),
            ("feed", wording.text("Take over into the map …"), "route", "quiet", self.show_feed),
            ("change", wording.text("Change"), "pencil", "quiet", self.change_study),
            ("print", wording.text("Print …"), "printer", "quiet", self.ask_print),
            ("csv", wording.text("Export …"), "download", "quiet", self.ask_csv),
            ("end", wording.text("End the study"), "check", "quiet", self.end),
            ("again", wording.text("Take it up again"), "rotate-ccw", "quiet", self.go_on),
            ("all", wording.text("All studies"), "arrow-left", "quiet", self.left.emit),
        )
        return {
            code: Button(title, name=f"times.{code}", icon=icon, look=look, run=run, parent=self)
            for code, title, icon, look, run in said
        }

    def _lay_out(self) -> None:
        head = Card(parent=self)
        flow = Flow()
        for button in self.buttons.values():
            flow.addWidget(button)
        head.body.addWidget(self.title)
        head.body.addWidget(self.under)
        head.body.addWidget(self.badges)
        head.body.addLayout(flow)
        elements = Card(wording.text("Elements"), parent=self)
        keys = wording.text("Enter changes, Alt+Up and Alt+Down move, Delete takes out.")
        elements.body.addWidget(self.empty)
        elements.body.addWidget(self.table)
        elements.body.addWidget(Words(keys, tone="muted", scale="small", wrap=True, parent=self))
        elements.body.addStretch(1)
        self._forms.setContentsMargins(0, 0, 0, 0)
        forms = QWidget(self)
        forms.setLayout(self._forms)
        parts = (head, forms, self.results.top, elements, self.results)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolled(column(*parts, widest=_WIDEST), name="times.study.area"))


def _export(desk: Any, study: Uid, out: Path) -> Path:
    with desk.reader() as reader:
        heads, rows = times_table(facts_of(reader, study))
    write_csv(out, heads, rows)
    return out
