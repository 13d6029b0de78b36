"""Give a finding an action: what is done, by whom, until when."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from gemba import wording
from gemba.domain.actions import ActionSort
from gemba.domain.change import Change
from gemba.domain.findings import Finding
from gemba.errors import GembaError, Refusal
from gemba.forms.views import View
from gemba.ui import terms
from gemba.ui.conduct import lexical
from gemba.ui.conduct.editors.moments import MomentEditor
from gemba.ui.conduct.editors.typed import Line, Paper
from gemba.ui.conduct.sheet import OpenSheet
from gemba.ui.conduct.side.form import PanelForm, Segments
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.words import Words
from gemba.work import follow_action

if TYPE_CHECKING:
    from gemba.ui.services import Services


class ActionForm(PanelForm):
    """Sort, words, owner and due day."""

    added = Signal(str)

    def __init__(self, services: Services, parent: QWidget) -> None:
        super().__init__("action.form", parent)
        self._services = services
        self._sheet: OpenSheet | None = None
        self._finding = ""
        self._due = ""
        self._about = Words(tone="muted", wrap=True, parent=self)
        self.rows.addWidget(self._about)
        self.sort = Segments([(s.value, terms.action_sort(s), "accent") for s in ActionSort], "action.sort", self)
        self.text = Paper(self)
        self.text.setObjectName("action.text")
        self.owner = Line(self)
        self.owner.setObjectName("action.owner")
        self.owner.setPlaceholderText(wording.text("Name or role"))
        self.due = MomentEditor(self, kind="date", now=self._now)
        self.due.setObjectName("action.due")
        self.due.given.connect(self._take_due)
        self._keep = Button(
            wording.text("Add the action"),
            name="action.keep",
            icon="check",
            look="primary",
            run=self.keep,
            once=True,
            parent=self,
        )
        self.add_field(wording.text("What is to be done"), self.text)
        self.add_field(wording.text("Who answers for it"), self.owner)
        self.add_field(wording.text("Due"), self.due)
        self.add_field(wording.text("Kind of action"), self.sort)
        self.add_foot(self._keep)

    def begin(self, sheet: OpenSheet, finding: Finding) -> None:
        """A new action for a finding, due in two weeks unless somebody says otherwise."""
        self._sheet, self._finding = sheet, finding.uid
        self.title.setText(wording.text("Action for {number}", number=finding.number))
        self._about.setText(finding.text)
        self.text.setPlainText("")
        self.owner.setText("")
        self.sort.choose(ActionSort.CORRECTION)
        self._due = (self._now().date() + timedelta(days=14)).isoformat()
        self.due.show_view(_day_view(self._due), locked=False)
        self.refusal.hide()
        self._keep.setEnabled(True)
        self.text.setFocus()

    def keep(self) -> None:
        """Add the action; the panel closes once it is kept."""
        self.due.settle()
        due = lexical.read_day(self._due)
        if due is None:
            self.refuse(Refusal("conduct.action_without_due"))
            return
        if not self._keep.isEnabled():
            return
        self._keep.setEnabled(False)
        verb = partial(
            follow_action.add,
            text=self.text.toPlainText(),
            owner=self.owner.text(),
            due=due,
            sort=ActionSort(self.sort.value),
        )
        self._services.jobs.write(verb, self._finding, done=self._kept, failed=self._refused)

    def _now(self) -> datetime:
        return self._sheet.now() if self._sheet is not None else self._services.desk.clock()

    def _take_due(self, value: str) -> None:
        self._due = value

    def _kept(self, change: Change) -> None:
        self._keep.setEnabled(True)
        self.added.emit(change.uid)

    def _refused(self, error: GembaError) -> None:
        self._keep.setEnabled(True)
        self.refuse(error)


def _day_view(value: str) -> View:
    return View(path="due", name="due", kind="date", label=wording.text("Due"), value=value)
