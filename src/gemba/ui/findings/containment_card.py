"""What was done at once about a finding: shown, or asked for where it stands out that nobody has said."""

from __future__ import annotations

from datetime import datetime, time
from functools import partial

from PySide6.QtCore import Qt, QTime, Slot
from PySide6.QtWidgets import QPlainTextEdit, QTimeEdit, QVBoxLayout, QWidget

from gemba import wording
from gemba.domain.change import Change
from gemba.domain.findings import Finding
from gemba.errors import GembaError
from gemba.ui import terms
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import Card
from gemba.ui.parts.facts import Facts
from gemba.ui.parts.fields import DayField, Field
from gemba.ui.parts.flow import Flow
from gemba.ui.parts.words import Words
from gemba.ui.services import Services
from gemba.work.contain_finding import contain, lacks_containment, take_back

_HIGH = 64


class ContainmentCard(Card):
    """Words and time, and the form in which they are said.

    Args:
        services: of the window.
        finding: that it is about.
        parent: the owner.
    """

    def __init__(self, services: Services, finding: Finding, parent: QWidget | None = None) -> None:
        super().__init__(wording.text("Done at once"), look="inset", parent=parent)
        self.setObjectName("containment")
        self._services, self._finding = services, finding
        if finding.contained:
            self.body.addWidget(
                Facts(
                    (wording.text("What was done"), finding.contained),
                    (wording.text("When"), terms.moment(finding.contained_at)),
                )
            )
        elif lacks_containment(finding):
            words = wording.text("Nobody has said what keeps further customers from meeting it.")
            self.body.addWidget(Words(words, tone="poor", wrap=True, parent=self))
        else:
            words = wording.text("Nothing was recorded as done at once.")
            self.body.addWidget(Words(words, tone="muted", wrap=True, parent=self))
        self._open = Button(
            wording.text("Change") if finding.contained else wording.text("Say what was done"),
            name="containment.open",
            icon="pencil" if finding.contained else "shield-check",
            look="quiet",
            run=self.begin,
            parent=self,
        )
        self.body.addWidget(self._open, 0, Qt.AlignmentFlag.AlignLeading)
        self._form = self._make_form()
        self.body.addWidget(self._form)
        self._form.hide()

    @Slot()
    def begin(self) -> None:
        """Open the form, ready to type."""
        self._open.hide()
        self._form.show()
        self.words.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def keep(self) -> None:
        """Keep what was done, and when."""
        for field in (self._words_field, self._time_field):
            field.say_problem("")
        verb = partial(contain, what=self.words.toPlainText(), at=self._moment())
        self._services.jobs.write(verb, self._finding.uid, done=self._kept, failed=self._refused)

    def _make_form(self) -> QWidget:
        form = QWidget(self)
        self.words = QPlainTextEdit(self._finding.contained, form)
        self.words.setObjectName("containment.what")
        self.words.setTabChangesFocus(True)
        self.words.setFixedHeight(_HIGH)
        self.words.setMinimumWidth(120)
        at = (self._finding.contained_at or self._services.desk.clock()).astimezone()
        self._shown_at = at.replace(second=0, microsecond=0, tzinfo=None)
        self.day = DayField(name="containment.day", optional=False, parent=form)
        self.day.put(at.date())
        self.time = QTimeEdit(QTime(at.hour, at.minute), form)
        self.time.setObjectName("containment.time")
        self.time.lineEdit().setTextMargins(12, 0, 0, 0)  # the style sheet's padding does not reach its figures
        hint = wording.text("So that no further customer meets it.")
        self._words_field = Field(wording.text("&What was done at once?"), self.words, hint=hint, parent=form)
        self._time_field = Field(wording.text("&At what time?"), self.time, parent=form)
        when = QWidget(form)
        across = Flow(when, gap=12)
        across.addWidget(Field(wording.text("&On which day?"), self.day, parent=when))
        across.addWidget(self._time_field)
        keep = Button(
            wording.text("Keep it"), name="containment.keep", icon="check", run=self.keep, once=True, parent=form
        )
        rows = QVBoxLayout(form)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(12)
        for part in (self._words_field, when):
            rows.addWidget(part)
        rows.addWidget(keep, 0, Qt.AlignmentFlag.AlignLeading)
        return form

    def _moment(self) -> datetime | None:
        """The moment in the fields by this laptop's clock; `None`, which is now, where nobody touched them."""
        clock, day = self.time.time(), self.day.day
        said = datetime.combine(day or self._shown_at.date(), time(clock.hour(), clock.minute()))
        if said == self._shown_at:
            return self._finding.contained_at
        return said.astimezone()

    def _kept(self, _change: Change) -> None:
        before = (self._finding.contained, self._finding.contained_at)
        undo = partial(self._services.jobs.write, partial(take_back, before=before), self._finding.uid)
        self._services.messages.info(wording.text("What was done at once is kept."), undo=undo)

    def _refused(self, error: GembaError) -> None:
        fields = {
            "work.containment_without_words": self._words_field,
            "work.contained_in_future": self._time_field,
            "work.contained_before_finding": self._time_field,
        }
        field = fields.get(error.code)
        if field is None:
            self._services.messages.trouble(error)
            return
        field.say_problem(wording.sentence(error))
        field.widget.setFocus(Qt.FocusReason.OtherFocusReason)
