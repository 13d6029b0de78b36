"""Make a promise that answers what was seen or heard: what, to whom, by whom, until when."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from gemba import wording
from gemba.domain.change import Change
from gemba.domain.walks import Observation
from gemba.errors import GembaError, Refusal
from gemba.ui.conduct.editors.typed import Line, Paper
from gemba.ui.conduct.side.form import PanelForm
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.fields import DayField
from gemba.ui.parts.words import Words
from gemba.work.observations import promise_from

if TYPE_CHECKING:
    from gemba.ui.services import Services

_USUALLY = timedelta(days=14)


class PromiseForm(PanelForm):
    """One line of the promise ledger, made on the walk."""

    promised = Signal(str)

    def __init__(self, services: Services, parent: QWidget) -> None:
        super().__init__("walk.promise", parent)
        self._services = services
        self._about = ""
        self.title.setText(wording.text("A promise"))
        self._said = Words(tone="muted", wrap=True, parent=self)
        self.rows.addWidget(self._said)
        self.text = Paper(self)
        self.text.setObjectName("walk.promise.text")
        self.to, self.role = Line(self), Line(self)
        self.to.setObjectName("walk.promise.to")
        self.to.setPlaceholderText(wording.text("The team, a customer: a role, no name"))
        self.role.setObjectName("walk.promise.role")
        self.due = DayField(name="walk.promise.due", optional=False, parent=self)
        self._keep = Button(
            wording.text("Promise it"),
            name="walk.promise.keep",
            icon="handshake",
            look="primary",
            run=self.keep,
            once=True,
            parent=self,
        )
        self.add_field(wording.text("What is promised"), self.text)
        self.add_field(wording.text("To whom"), self.to)
        self.add_field(wording.text("Who promises (role)"), self.role)
        self.add_field(wording.text("Until when"), self.due)
        self.add_foot(self._keep)

    def begin(self, one: Observation) -> None:
        """A promise about an observation; to whom and by whom stay as they were said last."""
        self._about = one.uid
        self._said.setText(one.text or one.answer)
        self.text.setPlainText("")
        self.due.put(self._services.desk.clock().date() + _USUALLY)
        self.refusal.hide()
        self._keep.setEnabled(True)
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def keep(self) -> None:
        """Put it into the ledger; the panel closes once it is kept."""
        day = self.due.day
        if day is None:
            self.refuse(Refusal("conduct.promise_without_day"))
            return
        if not self._keep.isEnabled():
            return
        self._keep.setEnabled(False)
        verb = partial(
            promise_from, promised=self.text.toPlainText(), to=self.to.text(), role=self.role.text(), due=day
        )
        self._services.jobs.write(verb, self._about, done=self._kept, failed=self._refused)

    def take_typed(self, text: str) -> None:
        """Whoever types without choosing a field is writing the promise."""
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)
        self.text.insertPlainText(text)

    def _kept(self, change: Change) -> None:
        self._keep.setEnabled(True)
        self._services.messages.info(wording.text("It is in the promise ledger."))
        self.promised.emit(change.uid)

    def _refused(self, error: GembaError) -> None:
        self._keep.setEnabled(True)
        self.refuse(error)
