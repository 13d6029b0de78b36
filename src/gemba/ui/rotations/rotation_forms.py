"""The forms of the plan: a new rotation, moved, called off, finished."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtWidgets import QWidget

from gemba import wording
from gemba.domain.change import Change
from gemba.domain.record import Uid
from gemba.ui import terms
from gemba.ui.rotations.ask_form import Ask, AskForm, Said
from gemba.ui.services import Services
from gemba.work import rotations
from gemba.work.rotation_facts import RotationFacts
from gemba.work.rotations import Stint

Choices = tuple[tuple[Uid, str], ...]


def plan_form(
    services: Services, people: Choices, places: Choices, today: date, parent: QWidget | None = None
) -> AskForm:
    """A new rotation."""
    days = ("rotation_days", "rotation_long", "rotation_over", "rotation_elsewhere")
    asks = (
        Ask("leader", wording.text("&Leader"), "choice", choices=people),
        Ask("place", wording.text("&Place"), "choice", choices=places),
        Ask("role", wording.text("Frontline &role"), about=("rotation_role",)),
        Ask("planned_on", wording.text("&First day"), "day", value=today, about=days),
        Ask("until", wording.text("La&st day"), "day", hint=wording.text("The first one when left out.")),
        Ask("shift", wording.text("S&hift")),
        Ask("journey", wording.text("Customer's &journey")),
        Ask("focus", wording.text("&What to look at"), "lines"),
    )

    def run(desk: Any, said: Said) -> Change:
        return rotations.plan(desk, Stint(**{**said, "planned_on": said["planned_on"] or today}))

    return AskForm(
        services,
        "rotation",
        title=wording.text("Plan a rotation"),
        asks=asks,
        run=run,
        keep=wording.text("Put it into the plan"),
        told=wording.text("It is in the plan."),
        beside=(("leader", "place"), ("role",), ("planned_on", "until"), ("shift", "journey"), ("focus",)),
        parent=parent,
    )


def move_form(services: Services, facts: RotationFacts, places: Choices, parent: QWidget | None = None) -> AskForm:
    """Other days or another place."""
    one = facts.rotation
    days = ("rotation_days", "rotation_long", "rotation_over", "rotation_elsewhere")
    asks = (
        Ask("planned_on", wording.text("&First day"), "day", value=one.planned_on, about=days),
        Ask("until", wording.text("La&st day"), "day", value=one.until),
        Ask("place", wording.text("&Place"), "choice", value=one.place, choices=places),
        Ask("reason", wording.text("Wh&y"), about=("rotation_reason",)),
    )

    def run(desk: Any, said: Said) -> Change:
        reason = said.pop("reason")
        return rotations.move(desk, one.uid, reason, **said)

    return AskForm(
        services,
        "rotation.move",
        title=wording.text("Move it"),
        asks=asks,
        run=run,
        keep=wording.text("Move it"),
        told=wording.text("It is moved; the plan says why."),
        beside=(("planned_on", "until"), ("place",), ("reason",)),
        parent=parent,
    )


def cancel_form(services: Services, facts: RotationFacts, parent: QWidget | None = None) -> AskForm:
    """Call it off."""
    uid = facts.rotation.uid

    def run(desk: Any, said: Said) -> Change:
        return rotations.cancel(desk, uid, said["reason"])

    return AskForm(
        services,
        "rotation.off",
        title=wording.text("Call it off"),
        asks=(Ask("reason", wording.text("Wh&y"), about=("rotation_reason",)),),
        run=run,
        keep=wording.text("Call it off"),
        told=wording.text("It is called off; the plan says why."),
        parent=parent,
    )


def finish_form(services: Services, facts: RotationFacts, parent: QWidget | None = None) -> AskForm:
    """Finish it with its observation record."""
    uid = facts.rotation.uid
    choices = tuple(
        (each.uid, f"{each.number} · {each.title} · {terms.moment(each.started_at)}") for each in facts.fitting
    )
    hint = wording.text("A rotation counts only with an observation record of its leader, made there since arriving.")
    about = ("rotation_without_record", "rotation_several_records", "rotation_record_taken")
    asks = (Ask("record", wording.text("Observation &record"), "choice", hint=hint, choices=choices, about=about),)

    def run(desk: Any, said: Said) -> Change:
        return rotations.finish(desk, uid, said["record"] or None)

    return AskForm(
        services,
        "rotation.finish",
        title=wording.text("Finish it"),
        asks=asks,
        run=run,
        keep=wording.text("Finish it"),
        told=wording.text("It counts; write down what was promised."),
        parent=parent,
    )
