"""One rotation: how it stands, what may be done, its record, its promises, and what arriving leaders read."""

from __future__ import annotations

from functools import partial
from typing import Any

import msgspec
from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QWidget

from gemba import wording
from gemba.domain.rotations import Rotation, RotationState
from gemba.ui.pages.detail import Detail
from gemba.ui.pages.places import read_places
from gemba.ui.parts.badges import Badges
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import Card
from gemba.ui.parts.facts import Facts
from gemba.ui.parts.flow import Flow
from gemba.ui.parts.links import LinkRow
from gemba.ui.parts.words import Words
from gemba.ui.rotations.arrival_card import ArrivalCard, promise_row
from gemba.ui.rotations.ask_form import AskForm
from gemba.ui.rotations.promise_forms import promise_form
from gemba.ui.rotations.rotation_forms import Choices, cancel_form, finish_form, move_form
from gemba.ui.rotations.shapes import days, rotation_state, rotation_tone
from gemba.ui.services import Services
from gemba.work import rotations
from gemba.work.arrival import ArrivalFacts, arrival_facts
from gemba.work.rotation_facts import RotationFacts, rotation_facts

_DEEDS = {
    RotationState.PLANNED: ("begin", "move", "off"),
    RotationState.BEGUN: ("finish", "promise", "off"),
    RotationState.DONE: ("promise",),
    RotationState.CANCELLED: (),
}
_ICONS = {"begin": "play", "move": "calendar-clock", "off": "x", "finish": "check", "promise": "handshake"}


class Shown(msgspec.Struct, frozen=True):
    """Everything that the detail shows."""

    facts: RotationFacts
    arrival: ArrivalFacts
    places: Choices


class NowCard(Card):
    """How it stands, and what may be done: the form of a deed opens in it.

    Args:
        services: of the window.
        shown: the rotation.
        detail: in which it stands.
        parent: the owner.
    """

    def __init__(self, services: Services, shown: Shown, detail: Detail, parent: QWidget | None = None) -> None:
        super().__init__(wording.text("How it stands"), look="inset", parent=parent)
        self._services, self._shown, self._detail = services, shown, detail
        self.form: AskForm | None = None
        self.body.addWidget(Words(_standing(shown.facts), wrap=True, parent=self))
        titles = {
            "begin": wording.text("The leader has arrived"),
            "move": wording.text("Move"),
            "off": wording.text("Call off"),
            "finish": wording.text("Finish"),
            "promise": wording.text("Write down a promise"),
        }
        flow = Flow()
        for at, deed in enumerate(_DEEDS[shown.facts.rotation.state]):
            name, look = f"rotation.do.{deed}", "quiet" if at else ""
            run = partial(self.begin, deed)
            flow.addWidget(Button(titles[deed], name=name, icon=_ICONS[deed], look=look, run=run, parent=self))
        if shown.facts.rotation.state is RotationState.BEGUN and not shown.facts.fitting:
            record = wording.text("To the observation record")
            flow.addWidget(
                Button(
                    record,
                    name="rotation.do.record",
                    icon="book-open-check",
                    look="quiet",
                    run=self.to_library,
                    parent=self,
                )
            )
        self.body.addLayout(flow)

    def begin(self, deed: str) -> None:
        """Do it at once, or open its form in place of another one."""
        facts = self._shown.facts
        if deed == "begin":
            self._services.jobs.write(rotations.begin, facts.rotation.uid, done=self._has_begun)
            return
        self.leave()
        if deed == "move":
            self.form = move_form(self._services, facts, self._shown.places, self)
        elif deed == "off":
            self.form = cancel_form(self._services, facts, self)
        elif deed == "finish":
            self.form = finish_form(self._services, facts, self)
        else:
            self.form = promise_form(self._services, "rotation.promise", rotation=facts.rotation.uid, parent=self)
        self.form.left.connect(self.leave)
        self.body.addWidget(self.form)
        self.form.begin()
        QTimer.singleShot(0, self.form, partial(self._detail.bring_into_view, self.form))

    @Slot()
    def leave(self) -> None:
        """Take the form away."""
        if self.form is not None:
            self.body.removeWidget(self.form)
            self.form.hide()
            self.form.deleteLater()
            self.form = None

    @Slot()
    def to_library(self) -> None:
        """Where the observation record is begun."""
        self._services.go("library")

    def _has_begun(self, _change: object) -> None:
        said = wording.text("Begun. Below stands what the last leaders saw, said and promised here.")
        self._services.messages.info(said)


def read_rotation(desk: Any, uid: str) -> Shown | None:
    """Everything that the detail shows; on a job's thread."""
    with desk.reader() as reader:
        if reader.get(Rotation, uid) is None:
            return None
        facts = rotation_facts(reader, uid)
    places = tuple((place.uid, place.name) for place in sorted(read_places(desk), key=lambda one: one.name.casefold()))
    return Shown(facts, arrival_facts(desk, facts.rotation.place), places)


def draw_rotation(services: Services, detail: Detail, shown: Shown) -> NowCard:
    """Put a rotation into the detail; gives the card in which it goes on."""
    facts, body = shown.facts, detail.body
    one = facts.rotation
    body.addWidget(Words(f"{one.number} · {facts.place}", tone="muted", scale="small"))
    body.addWidget(
        Words(wording.text("{leader}: {role}", leader=facts.leader, role=one.role), scale="heading", wrap=True)
    )
    badges = Badges()
    badges.say((rotation_state(one.state), rotation_tone(one.state)), (one.quarter, "plain"))
    body.addWidget(badges)
    now = NowCard(services, shown, detail)
    body.addWidget(now)
    body.addWidget(
        Facts(
            (wording.text("Days"), days(one)),
            (wording.text("Shift"), one.shift),
            (wording.text("Journey"), one.journey),
            (wording.text("What to look at"), one.focus),
            (wording.text("Why it was changed"), one.note),
        )
    )
    if facts.record is not None:
        record, to = facts.record, ("conduct", facts.record.uid)
        name = "rotation.record"
        body.addWidget(LinkRow(record.title, record.number, name=name, icon="footprints", go=services.go, to=to))
    if facts.promised:
        card = Card(wording.text("Promised on this rotation"), look="inset")
        for promise in facts.promised:
            card.body.addWidget(promise_row(services, promise, card))
        body.addWidget(card)
    if one.state in {RotationState.PLANNED, RotationState.BEGUN}:
        body.addWidget(ArrivalCard(services, shown.arrival))
    return now


def _standing(facts: RotationFacts) -> str:
    state = facts.rotation.state
    if facts.counts:
        return wording.text("It counts: its observation record is linked.")
    if state is RotationState.CANCELLED:
        return wording.text("It is called off.")
    if state is RotationState.BEGUN and facts.fitting:
        return wording.text("It has begun, and has an observation record to be finished with.")
    if state is RotationState.BEGUN:
        return wording.text("It has begun. It counts once the leader has begun an observation record here.")
    return wording.text("It is planned. It counts once it is finished with an observation record.")
