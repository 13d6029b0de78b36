"""One step of a map: what is said of it, what hurts there, and what can be done about it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from gemba import wording
from gemba.domain.process_maps import Pin, ProcessStep
from gemba.reports.chart_numbers import percent
from gemba.ui import terms
from gemba.ui.lineage.behind import Part, parts
from gemba.ui.lineage.number_link import NumberLink
from gemba.ui.maps.facts import StepShown
from gemba.ui.maps.tie_card import TieCard
from gemba.ui.maps.words import severity_choices, severity_tone, severity_word, sort_choices
from gemba.ui.pages import registry
from gemba.ui.parts.badges import Badge
from gemba.ui.parts.buttons import Button, IconButton
from gemba.ui.parts.cards import Card, clear
from gemba.ui.parts.entering import on_enter
from gemba.ui.parts.facts import Facts
from gemba.ui.parts.fields import Choice, Field
from gemba.ui.parts.flow import Flow
from gemba.ui.parts.links import LinkRow
from gemba.ui.parts.words import Words
from gemba.ui.services import Services
from gemba.work import durations, pins
from gemba.work.go_and_see import raise_alert

_MOST = 20
"""Records of one sort that are shown."""
_NOUNS = {"complaints": "complaint", "findings": "finding", "reviews": "cause_analysis", "walks": "assessment"}
"""What the records of a page are."""


class StepPanel(QWidget):
    """The step beside the map.

    Args:
        services: of the window.
        parent: the owner.
    """

    closed = Signal()
    """Back to the ranks."""
    change_wanted = Signal()
    added_before = Signal(str)
    """A step is to be added before this one."""
    moved = Signal(int)
    """-1 for earlier, 1 for later."""
    removed = Signal()

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("maps.step")
        self._services = services
        self._step: ProcessStep | None = None
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(20, 18, 20, 20)
        self._rows.setSpacing(12)
        self.pin_words: QLineEdit | None = None
        self._pin_field: Field | None = None
        self.pin_severity: Choice | None = None

    def show_step(self, step: ProcessStep, shown: StepShown | None) -> None:
        """Show a step; what hurts there comes a moment later."""
        self._step = step
        clear(self._rows)
        back = Button(
            wording.text("All steps"), name="maps.step.back", icon="arrow-left", look="quiet", run=self.closed.emit
        )
        line = QHBoxLayout()
        line.addWidget(back)
        line.addStretch(1)
        self._rows.addLayout(line)
        self._rows.addWidget(Words(step.title, scale="heading", wrap=True))
        self._rows.addWidget(_facts(step))
        self._rows.addLayout(self._doings(step))
        if shown is not None:
            self._show_pains(shown)
        self._rows.addWidget(self._pin_form())
        if shown is not None and step.code:
            self._rows.addWidget(TieCard(self._services, step.uid))
        self._rows.addStretch(1)

    def _doings(self, step: ProcessStep) -> Flow:
        flow = Flow()
        for name, words, icon, run in (
            ("change", wording.text("Change"), "pencil", self.change_wanted.emit),
            ("alert", wording.text("Go and see"), "footprints", self.raise_alert),
            ("before", wording.text("Add a step before"), "plus", partial(self.added_before.emit, step.uid)),
        ):
            flow.addWidget(Button(words, name=f"maps.step.do.{name}", icon=icon, run=run))
        for name, words, icon, run in (
            ("earlier", wording.text("Earlier"), "arrow-left", partial(self.moved.emit, -1)),
            ("later", wording.text("Later"), "arrow-right", partial(self.moved.emit, 1)),
            ("remove", wording.text("Remove the step"), "trash-2", self.removed.emit),
        ):
            flow.addWidget(IconButton(icon, words, name=f"maps.step.do.{name}", run=run))
        return flow

    def _show_pains(self, shown: StepShown) -> None:
        behind = shown.behind
        places = shown.places
        self._list(
            wording.text("Complaints"),
            [
                (
                    each.summary or wording.text("Complaint {number}", number=each.number),
                    " · ".join(
                        part
                        for part in (each.number, places.get(each.place or "", ""), terms.day(each.received_at))
                        if part
                    ),
                    (severity_word(each.severity), severity_tone(each.severity)),
                    ("complaints", each.uid),
                )
                for each in behind.complaints
            ],
        )
        self._list(
            wording.text("Findings"),
            [
                (
                    each.text,
                    " · ".join((each.number, places.get(each.place, ""), terms.day(each.raised_at))),
                    (terms.finding_grade(each.grade), terms.finding_grade_tone(each.grade)),
                    ("findings", each.uid),
                )
                for each in behind.findings
            ],
        )
        self._list(
            wording.text("Causes looked for"),
            [(each.problem, each.number, ("", ""), ("reviews", each.uid)) for each in behind.analyses],
        )
        if behind.pins:
            card = Card(wording.text("Pinned by hand"), look="inset")
            for pin in behind.pins:
                card.body.addLayout(self._pin_line(pin))
            self._rows.addWidget(card)
        if not (behind.complaints or behind.findings or behind.analyses or behind.pins):
            self._rows.addWidget(Words(wording.text("Nothing hurts here in this period."), tone="muted", wrap=True))

    def _list(self, title: str, lines: list[tuple[str, str, tuple[str, str], tuple[str, str]]]) -> None:
        if not lines:
            return
        self._rows.addWidget(Words(title, strong=True))
        for words, under, badge, to in lines[:_MOST]:
            leads = to[0] in registry.CODES
            go: Callable[..., None] | None = self._services.go if leads else None
            self._rows.addWidget(LinkRow(words, under, badge=badge, name=f"maps.behind.{to[1]}", go=go, to=to))
        if len(lines) > _MOST:
            self._rows.addWidget(rest_of(title, [to for _, _, _, to in lines], len(lines) - _MOST))

    def _pin_line(self, pin: Pin) -> QHBoxLayout:
        line = QHBoxLayout()
        line.addWidget(Words(pin.text, wrap=True), 1)
        if pin.severity:
            line.addWidget(Badge(severity_word(pin.severity), severity_tone(pin.severity)))
        line.addWidget(
            IconButton(
                "pin-off", wording.text("Unpin"), name=f"maps.unpin.{pin.uid}", run=partial(self._unpin, pin.uid)
            )
        )
        return line

    def _pin_form(self) -> Card:
        card = Card(wording.text("Pin what hurts"), look="inset")
        self.pin_words = QLineEdit(card)
        self.pin_words.setObjectName("maps.pin.words")
        self._pin_field = Field(wording.text("What &hurts"), self.pin_words, parent=card)
        self.pin_severity = Choice(severity_choices(), name="maps.pin.severity", parent=card)
        card.body.addWidget(self._pin_field)
        card.body.addWidget(Field(wording.text("How &bad for the customer"), self.pin_severity, parent=card))
        flow = Flow()
        pin = Button(wording.text("Pin it"), name="maps.pin.keep", icon="pin", run=self.pin, once=True, parent=card)
        on_enter(pin, self.pin_words)
        flow.addWidget(pin)
        card.body.addLayout(flow)
        return card

    @Slot()
    def pin(self) -> None:
        """Pin what was written."""
        if self._step is None or self.pin_words is None or self.pin_severity is None or self._pin_field is None:
            return
        words = self.pin_words.text().strip()
        if not words:
            self._pin_field.say_problem(wording.text("Say what hurts at this step."))
            return
        deed = partial(pins.pin, words=words, severity=self.pin_severity.value)
        self._services.jobs.write(deed, self._step.uid, done=self._pinned)

    def _pinned(self, _change: Any) -> None:
        self._services.messages.info(wording.text("It is pinned."))

    def _unpin(self, uid: str) -> None:
        self._services.jobs.write(pins.unpin, uid, done=partial(self._unpinned, uid))

    def _unpinned(self, uid: str, _change: Any) -> None:
        self._services.messages.info(wording.text("Unpinned."), undo=partial(self._pin_again, uid))

    def _pin_again(self, uid: str) -> None:
        self._services.jobs.write(partial(pins.unpin, back=True), uid)

    @Slot()
    def raise_alert(self) -> None:
        """Let the next walk look at this step."""
        if self._step is not None:
            deed = partial(raise_alert, sort="process_step", origin=self._step.uid)
            self._services.jobs.write(deed, "", done=self._raised)

    def _raised(self, _change: Any) -> None:
        self._services.messages.info(wording.text("The next walk there is asked to go and see."))


def _facts(step: ProcessStep) -> Facts:
    return Facts(
        (wording.text("Sort"), dict(sort_choices())[step.sort]),
        (wording.text("Code"), step.code or wording.text("none: nothing is pinned here of itself")),
        (wording.text("Who answers for it"), step.owner or wording.text("no owner")),
        (wording.text("Waits before it"), durations.shown(step.wait)),
        (wording.text("Work on one piece"), durations.shown(step.cycle)),
        (wording.text("Value-adding"), durations.shown(step.value_adding)),
        (wording.text("Rework"), "" if step.rework is None else percent(step.rework)),
        (wording.text("People"), "" if step.people is None else str(step.people)),
        (wording.text("Changes hands before it"), wording.text("yes") if step.hand_off else ""),
        (wording.text("What was seen"), step.evidence),
    )


def rest_of(title: str, ways: list[tuple[str, str]], rest: int) -> NumberLink:
    """So many more than are shown: it leads to all of them.

    Args:
        title: what they are.
        ways: page and uid of each, those that are shown among them.
        rest: how many are not shown.
    """
    records = tuple((_NOUNS.get(page, "go_and_see"), uid) for page, uid in ways)
    words = wording.text("and {n} more …", n=rest)
    return NumberLink(parts(words, title, Part(title, records)), name=f"maps.rest.{ways[0][0]}")
