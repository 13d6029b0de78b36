"""One alert: what signals, how far the rule can be trusted, and what is done about it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout, QWidget

from gemba import wording
from gemba.domain.change import Change
from gemba.domain.measures import SignalState
from gemba.errors import GembaError
from gemba.ui import terms
from gemba.ui.maps.ask_next_walk import AskNextWalk
from gemba.ui.parts.badges import Badges
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import Card
from gemba.ui.parts.entering import on_enter
from gemba.ui.parts.fields import DayField, Field
from gemba.ui.parts.flow import Flow
from gemba.ui.parts.words import Words
from gemba.ui.services import Services
from gemba.work.alerts import MISALIGNMENT, Alert, close, reopen, snooze
from gemba.work.escalation_subjects import open_divergence
from gemba.work.review_signal import review_signal


class AlertRow(Card):
    """An alert with its buttons, and the form that snoozing or closing asks for.

    Args:
        services: of the window.
        alert: what it shows.
        parent: the owner.
    """

    def __init__(self, services: Services, alert: Alert, parent: QWidget | None = None) -> None:
        super().__init__("", look="inset", parent=parent)
        self._services, self._alert, self._does = services, alert, ""
        self.setAccessibleName(f"{alert.title}. {alert.words}")
        self._name = f"insights.alert.{alert.uid[:8]}"
        self.body.addWidget(Words(alert.title, strong=True, wrap=True))
        self.body.addWidget(Words(alert.words, wrap=True))
        where = " · ".join(part for part in (alert.place, terms.day(alert.seen)) if part)
        self.body.addWidget(Words(where, tone="muted", scale="small", wrap=True))
        badges = Badges(self)
        badges.say(*self._badges())
        self.body.addWidget(badges)
        for words in (alert.false_alarms, self._because()):
            if words:
                self.body.addWidget(Words(words, tone="muted", scale="small", wrap=True))
        self.body.addLayout(self._buttons())
        self.problem = Words("", tone="poor", wrap=True)
        self.problem.hide()
        self.body.addWidget(self.problem)
        self.form = self._form()
        self.body.addWidget(self.form)

    def _badges(self) -> list[tuple[str, str]]:
        found = [(wording.text("Misalignment"), "note")] if self._alert.rule == MISALIGNMENT else []
        if self._alert.asks_for_review:
            found.append((wording.text("Asks for a review"), "poor"))
        if self._alert.review:
            found.append((wording.text("Under review"), "accent"))
        return found

    def _because(self) -> str:
        alert = self._alert
        if alert.state is SignalState.SNOOZED:
            return wording.text("Rests until {day}: {reason}", day=terms.day(alert.snoozed_until), reason=alert.reason)
        if alert.reason:
            return wording.text("Reason: {reason}", reason=alert.reason)
        return ""

    def _buttons(self) -> Flow:
        flow = Flow()
        made = [("chart", wording.text("Show the chart"), self.show_chart)]
        if self._alert.state is SignalState.OPEN:
            made += [
                ("review", wording.text("Review"), self.review),
                ("escalate", wording.text("Escalate"), self.escalate),
                ("snooze", wording.text("Snooze …"), self.begin_snooze),
                ("close", wording.text("Close …"), self.begin_close),
            ]
        else:
            made.append(("reopen", wording.text("Open it again"), self.reopen))
        for code, words, run in made:
            button = Button(words, name=f"{self._name}.{code}", look="quiet", run=run)
            button.setAccessibleName(f"{words}: {self._alert.title}")
            flow.addWidget(button)
        if self._alert.state is SignalState.OPEN:
            see = AskNextWalk(self._services, "signal", self._alert.uid, name=f"{self._name}.see", look="quiet")
            see.setAccessibleName(f"{see.text()}: {self._alert.title}")
            flow.addWidget(see)
        return flow

    def _escalated(self, change: Change) -> None:
        self._services.go("escalations", f"escalations:{change.uid}")

    def _form(self) -> QFrame:
        form = QFrame(self)
        rows = QVBoxLayout(form)
        rows.setContentsMargins(0, 0, 0, 0)
        self.reason = QLineEdit(form)
        self.reason.setObjectName(f"{self._name}.reason")
        self.until = DayField(name=f"{self._name}.until")
        self._reason_field = Field(wording.text("&Why"), self.reason)
        self._until_field = Field(wording.text("&Until"), self.until)
        rows.addWidget(self._reason_field)
        rows.addWidget(self._until_field)
        flow = Flow()
        keep = Button(wording.text("Keep"), name=f"{self._name}.keep", icon="check", run=self.keep, once=True)
        on_enter(keep, self.reason)
        flow.addWidget(keep)
        flow.addWidget(Button(wording.text("Cancel"), name=f"{self._name}.cancel", look="quiet", run=form.hide))
        rows.addLayout(flow)
        form.hide()
        return form

    @Slot()
    def show_chart(self) -> None:
        """Where it signals."""
        self._services.go("insights", self._alert.measure)

    @Slot()
    def review(self) -> None:
        """Draw the complaints that signal, or show the review that it led to."""
        self._services.jobs.write(review_signal, self._alert.uid, done=self._drawn, failed=self._not_drawn)

    @Slot()
    def escalate(self) -> None:
        """Escalate that customers and figures diverge, at once; of any other signal, open the form."""
        if self._alert.rule == MISALIGNMENT:
            self._services.jobs.write(open_divergence, self._alert.uid, done=self._escalated, failed=self._not_drawn)
        else:
            self._services.go("escalations", f"escalations:new:signal:{self._alert.uid}")

    @Slot()
    def begin_snooze(self) -> None:
        """Ask until when, and why."""
        self._begin("snooze")

    @Slot()
    def begin_close(self) -> None:
        """Ask why."""
        self._begin("close")

    @Slot()
    def reopen(self) -> None:
        """Open it again."""
        self._services.jobs.write(reopen, self._alert.uid)

    @Slot()
    def keep(self) -> None:
        """Snooze or close."""
        self._reason_field.say_problem("")
        self._until_field.say_problem("")
        if self._does == "snooze":
            if self.until.day is None:
                self._until_field.say_problem(wording.text("Say until when; then it comes back by itself."))
                return
            told = (self._alert.uid, self.until.day, self.reason.text())
            self._services.jobs.write(snooze, *told, done=self._kept, failed=self._refused)
        else:
            self._services.jobs.write(close, self._alert.uid, self.reason.text(), done=self._kept, failed=self._refused)

    def _begin(self, does: str) -> None:
        self._does = does
        self._until_field.setVisible(does == "snooze")
        self.form.show()
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def _kept(self, _change: Change) -> None:
        self._services.messages.info(
            wording.text("The alert rests.") if self._does == "snooze" else wording.text("The alert is closed.")
        )

    def _drawn(self, change: Change) -> None:
        self._services.go("reviews", change.uid)

    def _not_drawn(self, error: GembaError) -> None:
        self.problem.setText(wording.sentence(error))
        self.problem.show()

    def _refused(self, error: GembaError) -> None:
        field = self._until_field if error.code in {"work.snooze_past", "work.snooze_long"} else self._reason_field
        field.say_problem(wording.sentence(error))
