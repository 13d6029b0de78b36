"""The panel beside the questions: the current question, or one of the forms, or the conclusion."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QFrame, QStackedWidget, QVBoxLayout, QWidget

from gemba import wording
from gemba.domain.findings import Finding
from gemba.domain.walks import Observation
from gemba.ui.conduct.sheet import OpenSheet
from gemba.ui.conduct.side.action_form import ActionForm
from gemba.ui.conduct.side.alerts import AlertsBox, AlertsPanel
from gemba.ui.conduct.side.conclusion import ConclusionPanel
from gemba.ui.conduct.side.evidence import EvidenceBox
from gemba.ui.conduct.side.finding_form import FindingForm
from gemba.ui.conduct.side.findings import FindingsBox
from gemba.ui.conduct.side.note import NoteBox
from gemba.ui.conduct.side.pictures import Pictures
from gemba.ui.conduct.side.versions import VersionPanel
from gemba.ui.conduct.walk.box import WalkBox
from gemba.ui.conduct.walk.panel import WalkPanel
from gemba.ui.conduct.walk.promise_form import PromiseForm
from gemba.ui.parts.cards import line, scrolled
from gemba.ui.parts.words import Words
from gemba.work.observations import link

if TYPE_CHECKING:
    from gemba.ui.services import Services

WIDE = 380
"""Pixels."""


class SidePanel(QFrame):
    """What belongs to the current question."""

    done = Signal()
    """The person is through here: back to the question."""
    jumped = Signal(str)
    corrected = Signal(str)
    version_changed = Signal()
    photo_wanted = Signal()
    evidence_opened = Signal(object)

    def __init__(self, services: Services, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("look", "pane")
        self.setObjectName("side.panel")
        self._services = services
        self._sheet: OpenSheet | None = None
        self.path = ""
        self._awaited = ""
        pictures = Pictures(services, self)
        self.evidence = EvidenceBox(services, pictures, self)
        self.note = NoteBox(self)
        self.findings = FindingsBox(self)
        self.finding_form = FindingForm(services, pictures, self)
        self.action_form = ActionForm(services, self)
        self.conclusion = ConclusionPanel(services, self)
        self.versions = VersionPanel(services, self)
        self.alerts_box = AlertsBox(self)
        self.alerts = AlertsPanel(services, self)
        self.walk_box = WalkBox(self)
        self.walk = WalkPanel(services, self)
        self.promise_form = PromiseForm(services, self)
        self._noted = ""  # the observation that a finding is being raised from
        self._question = Words(strong=True, wrap=True, parent=self)
        self._stack = QStackedWidget(self)
        self._areas = {
            part: scrolled(part, name=f"area.{number}")
            for number, part in enumerate(
                (
                    self._detail(),
                    self.finding_form,
                    self.action_form,
                    self.conclusion,
                    self.versions,
                    self.alerts,
                    self.walk,
                    self.promise_form,
                )
            )
        }
        self._first = next(iter(self._areas))
        for area in self._areas.values():
            self._stack.addWidget(area)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(self._stack)
        self._connect()

    # What it shows

    def show_question(self, sheet: OpenSheet, path: str) -> None:
        """The current question is another one, or its records are."""
        self._sheet, self.path = sheet, path
        self.alerts_box.show_alerts(sheet.records.alerts)
        self.walk_box.show_walk(sheet.records.walk)
        if not path:
            return
        self._question.setText(sheet.view(path).label)
        self.evidence.show_question(sheet, path)
        self.note.show_question(sheet, path)
        self.findings.show_question(sheet, path)

    def forget_place(self) -> None:
        """Paths are others now: what is shown belongs to none of them until one is shown again."""
        self.path = ""
        self.note.forget_place()

    def refresh(self) -> None:
        """Evidence, findings or the conclusion are others now."""
        if self._sheet is None:
            return
        self.show_question(self._sheet, self.path)
        if self.concluding:
            self.conclusion.show_sheet(self._sheet)
        if self._stack.currentWidget() is self._areas[self.alerts]:
            self.alerts.show_alerts(self._sheet.records.alerts)
        if self._stack.currentWidget() is self._areas[self.walk]:
            self.walk.show_sheet(self._sheet)

    @property
    def concluding(self) -> bool:
        """True while the conclusion is shown."""
        return self._stack.currentWidget() is self._areas[self.conclusion]

    @property
    def asking(self) -> bool:
        """True while a form waits to be kept or left."""
        forms = (self.finding_form, self.action_form, self.promise_form)
        return self._stack.currentWidget() in {self._areas[form] for form in forms}

    def show_detail(self) -> None:
        """Show evidence, note and findings of the question."""
        self._turn_to(self._first)

    def write_note(self) -> None:
        """Put the keyboard into the note."""
        self.show_detail()
        self.note.paper.setFocus()

    def raise_finding(self) -> None:
        """Ask for a finding from the current question."""
        if self._sheet is not None and self.path and not self._sheet.frozen:
            self._turn_to(self.finding_form)
            self.finding_form.begin(self._sheet, self.path)

    def conclude(self, sheet: OpenSheet) -> None:
        """Show the outlook or the conclusion."""
        self._sheet = sheet
        self._turn_to(self.conclusion)
        self.conclusion.show_sheet(sheet)

    def see_versions(self, sheet: OpenSheet) -> None:
        """Show what a newer version would change, or what is parked."""
        self._sheet = sheet
        self._turn_to(self.versions)
        self.versions.show_sheet(sheet)

    def go_and_see(self) -> None:
        """Show what the walk was asked to go and see, with the fields for what was seen."""
        if self._sheet is not None:
            self._turn_to(self.alerts)
            self.alerts.show_alerts(self._sheet.records.alerts)

    def see_walk(self, sheet: OpenSheet) -> None:
        """Show the stops of the walk and what was noted, ready to note more."""
        self._sheet = sheet
        self._turn_to(self.walk)
        self.walk.show_sheet(sheet)
        self.walk.take_keyboard()

    def take_focus(self) -> None:
        """Put the keyboard into what is shown."""
        shown = self._stack.currentWidget()
        if shown is self._areas[self._first]:
            self.note.paper.setFocus()
        elif shown is not None:
            shown.setFocus()
            self.focusNextChild()

    def has_focus(self) -> bool:
        """True while the keyboard is in the panel."""
        focus = QApplication.focusWidget()
        return focus is not None and self.isAncestorOf(focus)

    def settle(self) -> None:
        """Keep what is being typed."""
        self.note.settle()

    # How it is made

    def _turn_to(self, part: QWidget) -> None:
        """Show a part. The keyboard waits here meanwhile: Qt would put it into some other row of the page."""
        if self.has_focus():
            self.setFocus()
        self._stack.setCurrentWidget(self._areas[part])

    def _detail(self) -> QWidget:
        detail = QWidget(self)
        rows = QVBoxLayout(detail)
        rows.setContentsMargins(20, 16, 20, 20)
        rows.setSpacing(10)
        rows.addWidget(self.walk_box)
        rows.addWidget(self.alerts_box)
        rows.addWidget(self._question)
        for title, box in (
            (wording.text("Evidence"), self.evidence),
            (wording.text("Note"), self.note),
            (wording.text("Findings"), self.findings),
        ):
            rows.addSpacing(4)
            rows.addWidget(line(detail))
            rows.addWidget(Words(title, scale="heading", parent=detail))
            rows.addWidget(box)
        rows.addStretch()
        return detail

    def _connect(self) -> None:
        self.evidence.wanted.connect(self.photo_wanted)
        self.evidence.opened.connect(self.evidence_opened)
        self.findings.wanted.connect(self.raise_finding)
        self.findings.edited.connect(self._change_finding)
        self.findings.action_wanted.connect(self._add_action)
        self.finding_form.raised.connect(self._finding_kept)
        self.action_form.added.connect(self._through)
        self.finding_form.closed.connect(self._finding_left)
        self.action_form.closed.connect(self._through)
        self.conclusion.closed.connect(self._through)
        self.versions.closed.connect(self._through)
        self.alerts_box.opened.connect(self.go_and_see)
        self.alerts.closed.connect(self._through)
        self.walk_box.opened.connect(self._to_walk)
        self.walk.closed.connect(self._through)
        self.walk.finding_wanted.connect(self._raise_from)
        self.walk.promise_wanted.connect(self._promise_from)
        self.promise_form.promised.connect(self._to_walk)
        self.promise_form.closed.connect(self._to_walk)
        self.versions.moved.connect(self.version_changed)
        self.conclusion.jumped.connect(self.jumped)
        self.conclusion.corrected.connect(self.corrected)

    def _through(self) -> None:
        self.show_detail()
        self.done.emit()

    def _to_walk(self) -> None:
        if self._sheet is not None:
            self.see_walk(self._sheet)

    def _raise_from(self, one: Observation) -> None:
        """Raise a finding from what was noted; the two are linked once it is kept."""
        if self._sheet is not None:
            self._noted = one.uid
            self._turn_to(self.finding_form)
            self.finding_form.begin_with(self._sheet, one.text or one.answer)

    def _promise_from(self, one: Observation) -> None:
        self._turn_to(self.promise_form)
        self.promise_form.begin(one)

    def _finding_left(self) -> None:
        noted, self._noted = self._noted, ""
        self._to_walk() if noted else self._through()

    def _change_finding(self, finding: Finding) -> None:
        if self._sheet is not None:
            self._turn_to(self.finding_form)
            self.finding_form.change(self._sheet, finding)

    def _add_action(self, finding: Finding) -> None:
        if self._sheet is not None:
            self._turn_to(self.action_form)
            self.action_form.begin(self._sheet, finding)

    def _finding_kept(self, uid: str, waits: bool) -> None:  # noqa: FBT001 - Qt's signal carries it
        """A nonconformity waits for an action: ask for it at once, as soon as the records are read."""
        noted, self._noted = self._noted, ""
        if noted:
            self._services.jobs.write(link, noted, uid)
        if self._sheet is None or not waits:
            self._to_walk() if noted else self._through()
            return
        self._awaited = uid
        self._sheet.read_again(self._ask_for_action)

    def _ask_for_action(self) -> None:
        assert self._sheet is not None
        finding = next((each for each in self._sheet.records.findings if each.uid == self._awaited), None)
        if finding is None:
            self._through()
        else:
            self._add_action(finding)
