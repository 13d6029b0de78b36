"""What a workbook holds, what must be repaired, or why it cannot be a checklist, before anything is kept."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QProgressBar, QWidget

from gemba import wording
from gemba.domain.change import Change
from gemba.errors import GembaError, Refusal
from gemba.ui import terms
from gemba.ui.jobs import Ticket
from gemba.ui.pages.repair_table import RepairRow, RepairTable, of_fault, of_repair
from gemba.ui.parts.badges import Picture
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import Card
from gemba.ui.parts.words import Words
from gemba.ui.services import Services
from gemba.ui.workbooks import read_file, take_in, through
from gemba.work.import_template import Looked, TemplateFacts


class CheckCard(Card):
    """Hidden until a file is checked; several files are checked one after the other.

    Args:
        services: of the window.
        imported: called with the change when a checklist was taken in.
        parent: the owner.
    """

    reviewing = Signal(bool)
    """Whether there is a table to read, which needs the room of the page."""

    def __init__(self, services: Services, imported: Callable[[Change], None], parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.setObjectName("library.check")
        self._services, self._imported = services, imported
        self._file, self._waiting = Path(), deque[Path]()
        self._beside: dict[str, bytes] = {}
        self._looked: Looked | None = None
        self._ticket: Ticket | None = None
        self._icon = Picture("file-spreadsheet", role="accent", size=24, parent=self)
        self.heading = Words(scale="heading", wrap=True, parent=self)
        self.said = Words(wrap=True, parent=self)
        self.notes = Words(tone="muted", wrap=True, parent=self)
        self.queue = Words(tone="muted", parent=self)
        self.table = RepairTable("library.check.table", self)
        self.bar = QProgressBar(self)
        self.bar.setTextVisible(False)
        self.bar.setRange(0, 0)
        self.bar.setObjectName("library.check.progress")
        self.bar.setAccessibleName(wording.text("The workbook is being read"))
        self._import = self._button("import", wording.text("Put it into the library"), "check", "", self._agree)
        self._files = self._button("files", wording.text("Choose the lists"), "folder-open", "", self._choose_files)
        self._close = self._button("close", wording.text("Close"), "", "quiet", self.next)
        self._lay_out()
        self.hide()

    def _button(self, name: str, words: str, icon: str, look: str, run: Callable[[], object]) -> Button:
        return Button(words, name=f"library.check.{name}", icon=icon, look=look, run=run, parent=self)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self._icon)
        head.addWidget(self.heading, 1)
        head.addWidget(self.queue)
        self.body.addLayout(head)
        for widget, stretch in ((self.said, 0), (self.bar, 0), (self.table, 1), (self.notes, 0)):
            self.body.addWidget(widget, stretch)
        across = QHBoxLayout()
        across.setSpacing(12)
        for button in (self._import, self._files, self._close):
            across.addWidget(button)
        across.addStretch(1)
        self.body.addLayout(across)

    def take(self, files: Sequence[Path]) -> None:
        """Check these files, one after the other; nothing is kept before somebody agrees."""
        busy = not self.isHidden()
        self._waiting.extend(files)
        if busy:
            self._tell_queue()
        else:
            self.next()

    @Slot()
    def next(self) -> None:
        """Leave this file, calling off what is still going on, and go on to the one that waits."""
        if self._ticket is not None:
            self._ticket.cancel()
            self._ticket = None
        self._looked, self._beside = None, {}
        if not self._waiting:
            self.hide()
            self.reviewing.emit(False)
            return
        self._file = self._waiting.popleft()
        self._check()

    def _check(self) -> None:
        self._show("file-spreadsheet", "accent", self._file.name, wording.text("The workbook is being read …"))
        self.said.set_tone("muted")
        self.bar.show()
        self._close.setText(wording.text("Cancel"))
        self._ticket = self._services.jobs.ask(
            through, self._file, dict(self._beside), done=self._checked, failed=self.refuse, progress=self._told
        )

    def _told(self, _done: int, _total: int, words: str) -> None:
        if words and self.bar.isVisible():
            self.said.setText(words)

    def _checked(self, looked: Looked) -> None:
        self._ticket, self._looked = None, looked
        facts = looked.facts
        if facts is not None:
            self._show_facts(facts)
            return
        self.refuse(looked.inspection.refusal(looked.name) or Refusal("forms.no_questions", file=looked.name))
        if len(looked.faults) > 1:
            count = len(looked.faults)
            self.said.setText(
                wording.plural("{n} fault must be mended first:", "{n} faults must be mended first:", count)
            )
            self._review([of_fault(each) for each in looked.faults])

    def _show_facts(self, facts: TemplateFacts) -> None:
        parts = [
            terms.kind(facts.kind),
            wording.plural("{n} question", "{n} questions", facts.questions),
            wording.text("version {version}", version=facts.version) if facts.version else "",
            ", ".join(facts.languages),
        ]
        icon, role = ("circle-alert", "fair") if facts.repairs else ("circle-check", "good")
        self._show(icon, role, facts.title, " · ".join(part for part in parts if part))
        notes = [*facts.warnings]
        if facts.repairs:
            self._review([of_repair(each) for each in facts.repairs])
            notes.insert(0, wording.text("The file that you chose stays as it is; it is kept beside the repaired one."))
        if facts.missing:
            missing = ", ".join(facts.missing)
            notes.append(wording.text("It takes choices from files that are not there yet: {files}.", files=missing))
        self.notes.setText("\n".join(notes))
        self.notes.setVisible(bool(notes))
        self._files.setVisible(bool(facts.missing))
        self._import.setText(
            wording.text("Import with these repairs") if facts.repairs else wording.text("Put it into the library")
        )
        self._import.setAccessibleName(self._import.text())
        self._import.show()
        self._import.setFocus()

    def refuse(self, error: GembaError) -> None:
        """Say why it cannot be a checklist."""
        self._ticket = None
        heading = wording.text("{file} cannot be used as it is", file=self._file.name)
        self._show("triangle-alert", "poor", heading, wording.sentence(error))
        self.said.set_tone("poor")
        self._close.setFocus()

    def _show(self, icon: str, role: str, heading: str, said: str) -> None:
        self._icon.show_icon(icon, role)
        self.heading.setText(heading)
        self.said.setText(said)
        self.said.set_tone("")
        self._close.setText(wording.text("Close"))
        self._tell_queue()
        for widget in (self.bar, self.table, self.notes, self._import, self._files):
            widget.hide()
        self.reviewing.emit(False)
        self.show()

    def _review(self, rows: list[RepairRow]) -> None:
        self.table.put(rows)
        self.reviewing.emit(True)

    def _tell_queue(self) -> None:
        left = len(self._waiting)
        self.queue.setText(wording.plural("{n} more file waits", "{n} more files wait", left) if left else "")

    @Slot()
    def _agree(self) -> None:
        looked = self._looked
        if looked is not None:
            self._import.setEnabled(False)
            self._services.jobs.write(take_in, looked, done=self._taken_in, failed=self._not_taken_in)

    def _taken_in(self, change: Change) -> None:
        self._import.setEnabled(True)
        self._imported(change)
        self.next()

    def _not_taken_in(self, error: GembaError) -> None:
        self._import.setEnabled(True)
        self.refuse(error)

    @Slot()
    def _choose_files(self) -> None:
        title = wording.text("Choose the lists")
        names, _ = QFileDialog.getOpenFileNames(self, title, str(self._file.parent))
        self.put_beside([Path(name) for name in names])

    def put_beside(self, files: Sequence[Path]) -> None:
        """Take lists that stand beside the workbook, and check it again with them."""
        try:
            self._beside.update({file.name: read_file(file) for file in files})
        except GembaError as error:
            self._services.messages.trouble(error)
            return
        if files:
            self._check()
