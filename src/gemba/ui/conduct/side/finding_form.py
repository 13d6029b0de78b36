"""Raise a finding from a question, or change one while its assessment is a draft."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QWidget

from gemba import wording
from gemba.domain.change import Change
from gemba.domain.findings import NEEDS_ACTION, Finding, FindingGrade
from gemba.errors import GembaError, Refusal
from gemba.ui import terms
from gemba.ui.conduct.editors.typed import Paper
from gemba.ui.conduct.sheet import OpenSheet
from gemba.ui.conduct.side.finding_more import FindingMore
from gemba.ui.conduct.side.form import PanelForm, Segments
from gemba.ui.conduct.side.pictures import Pictures
from gemba.ui.conduct.side.thumbnail import Thumbnail
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import clear
from gemba.ui.parts.flow import Flow
from gemba.ui.parts.words import Words
from gemba.work import raise_finding

if TYPE_CHECKING:
    from gemba.ui.services import Services


class FindingForm(PanelForm):
    """Criterion, grade, what was found, the photos that show it, and what was done at once."""

    raised = Signal(str, bool)
    """The uid of the finding that was kept, and whether it waits for an action."""

    def __init__(self, services: Services, pictures: Pictures, parent: QWidget) -> None:
        super().__init__("finding.form", parent)
        self._services, self._pictures = services, pictures
        self._sheet: OpenSheet | None = None
        self._path, self._finding = "", ""
        self._begun = ("", "")
        self.closed.connect(self._forget)
        self.grade = Segments(
            [(g.value, terms.finding_grade(g), terms.finding_grade_tone(g)) for g in FindingGrade],
            "finding.grade",
            self,
        )
        self.text = Paper(self)
        self.text.setObjectName("finding.text")
        self.text.setPlaceholderText(wording.text("What was seen, where, how much of it"))
        self.criterion = Paper(self)
        self.criterion.setObjectName("finding.criterion")
        self._photos = QWidget(self)
        self._flow = Flow(self._photos, gap=8)
        self._photos_label = Words(wording.text("Photos that show it"), strong=True, parent=self)
        self._keep = Button(
            wording.text("Raise the finding"),
            name="finding.keep",
            icon="check",
            look="primary",
            run=self.keep,
            once=True,
            parent=self,
        )
        self.add_field(wording.text("Grade"), self.grade)
        self.add_field(wording.text("What was found"), self.text)
        self.add_field(wording.text("Against which criterion"), self.criterion)
        self.rows.addSpacing(6)
        self.rows.addWidget(self._photos_label)
        self.rows.addWidget(self._photos)
        self.more = FindingMore(services, self)
        self.rows.addSpacing(6)
        self.rows.addWidget(self.more)
        self.add_foot(self._keep)

    def begin(self, sheet: OpenSheet, path: str) -> None:
        """A new finding from a question; what it traces to, or its words, are the criterion until one says otherwise.

        One that was begun and neither kept nor cancelled goes on where it was left.
        """
        if self._begun == (sheet.uid, path):
            self.text.setFocus()
            return
        self._begun = (sheet.uid, path)
        self._begin(sheet, path, "", wording.text("New finding"), wording.text("Raise the finding"))
        self.grade.choose("")
        self.criterion.setPlainText(raise_finding.criterion_of(sheet.fill, path))
        self.text.setPlainText(sheet.notes.get(path, ""))
        self.text.moveCursor(QTextCursor.MoveOperation.End)
        self._show_photos(chosen=True)
        self.more.begin(sheet, path)
        self.grade.setFocus()

    def begin_with(self, sheet: OpenSheet, words: str) -> None:
        """A new finding from what was seen or heard on a walk, on no question."""
        self._begun = (sheet.uid, "")
        self._begin(sheet, "", "", wording.text("New finding"), wording.text("Raise the finding"))
        self.grade.choose("")
        self.criterion.setPlainText("")
        self.text.setPlainText(words)
        self._show_photos(chosen=False)
        self.more.begin(sheet, "")
        self.grade.setFocus()

    def change(self, sheet: OpenSheet, finding: Finding) -> None:
        """Change a finding."""
        self._forget()
        title = wording.text("Finding {number}", number=finding.number)
        self._begin(sheet, finding.path, finding.uid, title, wording.text("Keep the changes"))
        self.grade.choose(finding.grade)
        self.criterion.setPlainText(finding.criterion)
        self.text.setPlainText(finding.text)
        self.text.moveCursor(QTextCursor.MoveOperation.End)
        self._show_photos(chosen=False)
        self.more.change(sheet, finding)
        self.text.setFocus()

    def thumbnails(self) -> list[Thumbnail]:
        """The photos to choose from."""
        return [each for each in self._photos.findChildren(Thumbnail) if not each.isHidden()]

    def keep(self) -> None:
        """Raise or change the finding; the panel closes once it is kept."""
        if self._sheet is None or not self._keep.isEnabled():
            return
        if not self.grade.value:
            self.refuse(Refusal("conduct.finding_without_grade"))
            return
        self._keep.setEnabled(False)
        said: dict[str, Any] = {"grade": FindingGrade(self.grade.value), "text": self.text.toPlainText()}
        said |= {"criterion": self.criterion.toPlainText(), "step": self.more.codes.step.value}
        beside = self.more.beside()
        if self._finding:
            verb = partial(raise_finding.revise, beside=beside, **said)
            self._services.jobs.write(verb, self._finding, done=self._kept, failed=self._refused)
            return
        said |= {"path": self._path, "evidence": self._chosen(), "beside": beside}
        raised = partial(raise_finding.raise_finding, **said)
        self._services.jobs.write(raised, self._sheet.uid, done=self._kept, failed=self._refused)

    def take_typed(self, text: str) -> None:
        """Whoever types without choosing a grade first is writing what was found."""
        self.text.setFocus()
        self.text.moveCursor(QTextCursor.MoveOperation.End)
        self.text.insertPlainText(text)

    @Slot()
    def _forget(self) -> None:
        """The next finding begins anew."""
        self._begun = ("", "")

    def _begin(self, sheet: OpenSheet, path: str, finding: str, title: str, keep: str) -> None:
        self._sheet, self._path, self._finding = sheet, path, finding
        self.title.setText(title)
        self._keep.setText(keep)
        self._keep.setAccessibleName(keep)
        self._keep.setEnabled(True)
        self.refusal.hide()

    def _show_photos(self, *, chosen: bool) -> None:
        assert self._sheet is not None
        clear(self._flow)
        items = self._sheet.records.evidence_of(self._path) if chosen else ()
        for item in items:
            shown = Thumbnail(item.name, self._photos, checkable=True)
            shown.setObjectName(f"evidence:{item.uid}")
            shown.setChecked(item.finding is None)
            self._flow.addWidget(shown)
            shown.show()
            self._pictures.kept(item, shown)
        self._photos_label.setVisible(bool(items))
        self._photos.setVisible(bool(items))

    def _chosen(self) -> tuple[str, ...]:
        return tuple(each.objectName().removeprefix("evidence:") for each in self.thumbnails() if each.isChecked())

    def _kept(self, change: Change) -> None:
        is_new = not self._finding and not self.more.is_put_right
        waits = is_new and FindingGrade(self.grade.value) in NEEDS_ACTION
        self._keep.setEnabled(True)
        self._forget()
        self.raised.emit(change.uid, waits)

    def _refused(self, error: GembaError) -> None:
        self._keep.setEnabled(True)
        self.refuse(error)
