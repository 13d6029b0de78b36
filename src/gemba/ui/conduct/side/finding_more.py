"""What else is said of a finding while it is written: step and cause, what was done at once, what was put right."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from gemba import wording
from gemba.domain.findings import Finding
from gemba.forms.views import View
from gemba.ui.conduct.editors.moments import MomentEditor
from gemba.ui.conduct.editors.typed import Paper
from gemba.ui.conduct.photos import Taken, choose_files, read_files
from gemba.ui.conduct.sheet import OpenSheet
from gemba.ui.findings.code_fields import CodeFields
from gemba.ui.findings.similar_fields import SimilarFields
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.fields import Field
from gemba.ui.parts.words import Words
from gemba.work.put_right import PutRight
from gemba.work.raise_finding import Beside

if TYPE_CHECKING:
    from gemba.ui.services import Services


class FindingMore(QWidget):
    """The lower half of the form of a finding."""

    def __init__(self, services: Services, parent: QWidget) -> None:
        super().__init__(parent)
        self._services = services
        self._sheet: OpenSheet | None = None
        self._at = ""
        self._photos: list[Taken] = []
        self.codes = CodeFields(services, name="finding", parent=self)
        self.contained = Paper(self)
        self.contained.setObjectName("finding.contained")
        self.contained.setPlaceholderText(wording.text("So that no further customer meets it"))
        self.contained.textChanged.connect(self._fit)
        self.at = MomentEditor(self, kind="time", now=self._now)
        self.at.setObjectName("finding.contained_at")
        self.at.given.connect(self._take_time)
        self._when = Field(
            wording.text("At what time, if not now?"), self.at, hint=wording.text("By the clocks here."), parent=self
        )
        self._when.label.setWordWrap(True)
        self.right = QCheckBox(wording.text("Put right on the spot"), self)
        self.right.setObjectName("finding.put_right")
        self.right.toggled.connect(self._fit)
        self._right = self._make_right()
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(10)
        rows.addWidget(self.codes)
        rows.addWidget(Field(wording.text("Done at once"), self.contained, parent=self))
        for part in (self._when, self.right, self._right):
            rows.addWidget(part)

    def begin(self, sheet: OpenSheet, path: str) -> None:
        """Nothing is said yet of a new finding from a question."""
        self._begin(sheet, "")
        assessment = sheet.records.assessment
        self.codes.begin(assessment.place, assessment.template if path else "", path)
        self.right.show()

    def change(self, sheet: OpenSheet, finding: Finding) -> None:
        """What is said of a finding already; what was put right stands with its actions."""
        self._begin(sheet, finding.contained)
        self.codes.begin(finding.place, step=finding.step, cause=finding.cause)
        self.right.hide()

    @property
    def is_put_right(self) -> bool:
        """Whether a correction is recorded with it."""
        return self.right.isChecked()

    def beside(self) -> Beside:
        """What stands in the fields."""
        words = self.contained.toPlainText()
        return Beside(
            cause=self.codes.cause.value,
            contained=words,
            contained_at=self.contained_at() if words.strip() else None,
            put_right=self._said() if self.is_put_right else None,
        )

    def contained_at(self) -> datetime | None:
        """The time that was given, today at the place; `None` for now."""
        self.at.settle()
        if not self._at or self._sheet is None:
            return None
        now = self._sheet.now()
        return datetime.combine(now.date(), time.fromisoformat(self._at[:5]), now.tzinfo)

    def take(self, files: Sequence[Path]) -> None:
        """Take photos that show how it is now; they are read beside the window."""
        if files:
            self._services.jobs.errand(read_files, tuple(files), done=self._read)

    @Slot()
    def choose(self) -> None:
        """Ask for photos that show how it is now."""
        self.take(choose_files(self, "image"))

    def _begin(self, sheet: OpenSheet, contained: str) -> None:
        self._sheet, self._at = sheet, ""
        self._photos = []
        self.contained.setPlainText(contained)
        self.at.show_view(View(path="at", name="at", kind="time", label=wording.text("At what time?")), locked=False)
        self.right.setChecked(False)
        self.what.setPlainText("")
        self.similar.clear()
        self._named.hide()
        self._fit()

    def _make_right(self) -> QWidget:
        holder = QWidget(self)
        self.what = Paper(holder)
        self.what.setObjectName("finding.right.what")
        hint = wording.text("A word or a photo is the proof; it counts as a correction that is done.")
        add = Button(
            wording.text("Photo of how it is now"),
            name="finding.right.photo",
            icon="image-plus",
            run=self.choose,
            parent=holder,
        )
        self._named = Words(tone="muted", scale="small", wrap=True, parent=holder)
        self.similar = SimilarFields(name="finding.right", parent=holder)
        later = Words(
            wording.text("The finding closes once this is answered, now or later."),
            tone="muted",
            scale="small",
            wrap=True,
            parent=holder,
        )
        rows = QVBoxLayout(holder)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(8)
        rows.addWidget(Field(wording.text("What was put right?"), self.what, hint=hint, parent=holder))
        rows.addWidget(add, 0, Qt.AlignmentFlag.AlignLeading)
        for part in (self._named, self.similar, later):
            rows.addWidget(part)
        return holder

    def _said(self) -> PutRight:
        answer = self.similar.answer()
        photos = tuple((each.name, each.data) for each in self._photos)
        is_answered = bool(answer.similar or answer.note.strip())
        return PutRight(what=self.what.toPlainText(), photos=photos, elsewhere=answer if is_answered else None)

    def _read(self, taken: Sequence[Taken]) -> None:
        self._photos += taken
        self._named.setText(", ".join(each.name for each in self._photos))
        self._named.show()

    def _now(self) -> datetime:
        return self._sheet.now() if self._sheet is not None else self._services.desk.clock()

    def _take_time(self, value: str) -> None:
        self._at = value

    @Slot()
    def _fit(self) -> None:
        self._when.setVisible(bool(self.contained.toPlainText().strip()))
        self._right.setVisible(self.right.isChecked() and not self.right.isHidden())
