"""The forms of a transfer: to another place, what is done otherwise there, and why it is not carried on."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from gemba import wording
from gemba.domain.change import Change
from gemba.domain.record import Uid
from gemba.errors import Refusal
from gemba.ui.rotations.ask_form import Ask, AskForm, Said
from gemba.ui.services import Services
from gemba.work import transfers
from gemba.work.transfers import Wanted


def carry_form(
    services: Services, pattern: Uid, places: tuple[tuple[Uid, str], ...], parent: QWidget | None = None
) -> AskForm:
    """Carry a pattern to another place."""
    asks = [
        Ask(
            "place",
            wording.text("&To which place?"),
            "choice",
            choices=places,
            about=("transfer_home", "transfer_already", "unknown_record"),
        ),
        Ask("owner", wording.text("&Who answers for it there?"), about=("action_without_owner",)),
        Ask("due", wording.text("&Until when?"), "day", about=("transfer_due", "promise_when")),
        Ask("adapted", wording.text("What is done &otherwise there, and why?"), "lines"),
    ]

    def run(desk: Any, said: Said) -> Change:
        if said["due"] is None:
            raise Refusal("work.promise_when")
        return transfers.carry(desk, Wanted(pattern=pattern, **said))

    return AskForm(
        services,
        "transfer",
        title=wording.text("Carry it to another place"),
        asks=asks,
        run=run,
        keep=wording.text("Carry it there"),
        told=wording.text("It is an action of that place now, with its own looks after 30, 60 and 90 days."),
        beside=(("owner", "due"),),
        parent=parent,
    )


def adapt_form(services: Services, transfer: Uid, adapted: str, parent: QWidget | None = None) -> AskForm:
    """What is done otherwise there, and why."""
    title = wording.text("What is done &otherwise there, and why?")
    return AskForm(
        services,
        "transfer.adapt",
        title=wording.text("Made to fit the place"),
        asks=[Ask("adapted", title, "lines", value=adapted, about=("transfer_adapted",))],
        run=lambda desk, said: transfers.adapt(desk, transfer, said["adapted"]),
        keep=wording.text("Write it down"),
        told=wording.text("It stands with the transfer."),
        parent=parent,
    )


def stop_form(services: Services, transfer: Uid, parent: QWidget | None = None) -> AskForm:
    """Why it is not carried on."""
    return AskForm(
        services,
        "transfer.stop",
        title=wording.text("It is not carried on"),
        asks=[Ask("because", wording.text("&Why?"), "lines", about=("transfer_because",))],
        run=lambda desk, said: transfers.stop(desk, transfer, said["because"]),
        keep=wording.text("Stop it"),
        told=wording.text("It is stopped; the pattern says so."),
        parent=parent,
    )
