"""The third view: what is to be gone to and seen, and what was."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout, QWidget

from gemba import wording
from gemba.domain.process_maps import AlertState, GoAndSee
from gemba.errors import GembaError
from gemba.ui.maps.alert_card import AlertCard, under_words
from gemba.ui.maps.facts import AlertsShown, read_alerts
from gemba.ui.pages.places import PlaceNames
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import Card, clear, scrolled
from gemba.ui.parts.entering import on_enter
from gemba.ui.parts.fields import Choice, Field
from gemba.ui.parts.flow import Flow
from gemba.ui.parts.words import Words
from gemba.ui.services import Services
from gemba.work.go_and_see import OPEN, raise_alert

_MOST = 60


class AlertTab(QFrame):
    """Alerts, those that wait first.

    Args:
        services: of the window.
        names: of the places.
        parent: the owner.
    """

    def __init__(self, services: Services, names: PlaceNames, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("maps.tab.see")
        self.setProperty("look", "card")
        self._services, self._names = services, names
        self._arrived = False
        self._shown = AlertsShown((), {}, {}, ())
        self.which = Choice(
            [
                ("open", wording.text("To go and see")),
                (AlertState.SEEN, wording.text("Seen")),
                (AlertState.DROPPED, wording.text("Dropped")),
                ("all", wording.text("All")),
            ],
            name="maps.see.which",
            parent=self,
        )
        self.which.setAccessibleName(wording.text("Which"))
        self.which.activated.connect(self._draw)
        self.question = QLineEdit(self)
        self.question.setObjectName("maps.see.question")
        self.place = Choice(name="maps.see.place", search=True, parent=self)
        self.step = Choice(name="maps.see.step", search=True, parent=self)
        self._question_field = Field(
            wording.text("&What is to be gone to and seen, as a question"), self.question, parent=self
        )
        self._rows = QVBoxLayout()
        self._rows.setSpacing(10)
        inner = QWidget()
        body = QVBoxLayout(inner)
        body.setContentsMargins(20, 18, 20, 20)
        body.setSpacing(14)
        body.addWidget(self._form())
        body.addWidget(self.which, 0, Qt.AlignmentFlag.AlignLeft)
        body.addLayout(self._rows)
        body.addStretch(1)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(1, 1, 1, 1)
        rows.addWidget(scrolled(inner, name="maps.see.area"))
        services.changed.made.connect(self.hear)

    def arrive(self) -> None:
        """It is shown now."""
        self._arrived = True
        self.place.offer([("", wording.text("Anywhere")), *self._names.choices()])
        self.read()

    def begin(self) -> None:
        """Ask for a new one."""
        self.question.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def read(self) -> None:
        """Read them again."""
        self._services.jobs.ask(read_alerts, self._services.desk, done=self._came)

    @Slot(object)
    def hear(self, change: Any) -> None:
        """Read again what has changed."""
        if self._arrived and change.topics & {"go_and_see", "vocabulary"}:
            self.read()

    @Slot()
    def add(self) -> None:
        """Put the question on the list."""
        self._question_field.say_problem("")
        deed = partial(raise_alert, place=self.place.value or None, step=self.step.value)
        self._services.jobs.write(deed, self.question.text(), done=self._added, failed=self._failed)

    def _added(self, _change: Any) -> None:
        self.question.clear()
        self._services.messages.info(wording.text("The next walk there is asked to go and see."))

    def _failed(self, error: GembaError) -> None:
        self._question_field.say_problem(wording.sentence(error))
        self.begin()

    def _came(self, shown: AlertsShown) -> None:
        self._shown = shown
        self.step.offer([("", wording.text("No step")), *shown.words])
        self._draw()

    @Slot()
    def _draw(self) -> None:
        clear(self._rows)
        wanted = self.which.value
        alerts = [each for each in self._shown.alerts if self._is_wanted(each, wanted)]
        for alert in alerts[:_MOST]:
            self._rows.addWidget(AlertCard(self._services, alert, self._under(alert)))
        if len(alerts) > _MOST:
            self._rows.addWidget(Words(wording.text("and {n} more …", n=len(alerts) - _MOST), tone="muted"))
        if not alerts:
            self._rows.addWidget(
                Words(
                    wording.text(
                        "Nothing waits. Alerts come from signals, complaints, decisions and steps that hurt, "
                        "or from a question that you write above."
                    ),
                    tone="muted",
                    wrap=True,
                )
            )

    def _is_wanted(self, alert: GoAndSee, wanted: str) -> bool:
        return wanted == "all" or (alert.state in OPEN if wanted == "open" else alert.state == wanted)

    def _under(self, alert: GoAndSee) -> str:
        shown = self._shown
        walk = shown.walks.get(alert.assessment or "", "")
        return under_words(
            alert,
            shown.places.get(alert.place or "", wording.text("anywhere")),
            dict(shown.words).get(alert.step, alert.step),
            wording.text("walk {number}", number=walk) if walk else "",
        )

    def _form(self) -> Card:
        card = Card(wording.text("Ask the next walk"), look="inset")
        card.body.addWidget(self._question_field)
        card.body.addWidget(Field(wording.text("Whe&re"), self.place, parent=card))
        card.body.addWidget(Field(wording.text("At which s&tep"), self.step, parent=card))
        flow = Flow()
        put = Button(wording.text("Put it on the list"), name="maps.see.add", icon="plus", run=self.add, once=True)
        on_enter(put, self.question)
        flow.addWidget(put)
        card.body.addLayout(flow)
        return card
