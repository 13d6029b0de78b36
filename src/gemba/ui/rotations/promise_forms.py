"""The forms of the promise ledger: a new promise, and its end."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from gemba import wording
from gemba.domain.change import Change
from gemba.domain.record import Uid
from gemba.errors import Refusal
from gemba.ui.rotations.ask_form import Ask, AskForm, Said
from gemba.ui.services import Services
from gemba.work import commitments
from gemba.work.commitments import Word


def promise_form(
    services: Services,
    name: str,
    *,
    places: tuple[tuple[Uid, str], ...] = (),
    rotation: Uid | None = None,
    role: str = "",
    parent: QWidget | None = None,
) -> AskForm:
    """A new promise; at a place that is chosen, or on a rotation."""
    asks = [
        Ask("said", wording.text("What did they &say?"), "lines", about=("promise_said",)),
        Ask("text", wording.text("What is &promised?"), "lines", about=("promise_text",)),
        Ask(
            "to",
            wording.text("&To whom, by role?"),
            hint=wording.text("The team, a customer."),
            about=("promise_to",),
        ),
        Ask("role", wording.text("&Who promises, by role?"), value=role, about=("promise_role",)),
        Ask("due", wording.text("&Until when?"), "day", about=("promise_when", "promise_due", "promise_far")),
    ]
    if rotation is None:
        asks.append(Ask("place", wording.text("&Where?"), "choice", choices=places, about=("promise_place",)))

    def run(desk: Any, said: Said) -> Change:
        if said["due"] is None:
            raise Refusal("work.promise_when")
        return commitments.add(desk, Word(**{**said, "place": said.get("place") or None, **more}))

    more = {"rotation": rotation}
    beside = (("to", "role"), ("due", "place") if rotation is None else ("due",))
    return AskForm(
        services,
        name,
        title=wording.text("What is promised"),
        asks=asks,
        run=run,
        keep=wording.text("Promise it"),
        told=wording.text("It stands in the ledger; Today says when its day has passed."),
        beside=beside,
        parent=parent,
    )


def end_form(services: Services, uid: Uid, end: str, proposed: str, parent: QWidget | None = None) -> AskForm:
    """The end of a promise: `keep`, `break` or `withdraw`."""
    titles = {
        "keep": wording.text("The promise is kept"),
        "break": wording.text("The promise is not kept"),
        "withdraw": wording.text("Nobody needs it any more"),
    }
    asks = (
        [
            Ask("words", wording.text("&What was done?"), "lines", value=proposed, about=("promise_outcome",)),
            Ask("on", wording.text("&On which day?"), "day", about=("promise_kept_on",)),
        ]
        if end == "keep"
        else [Ask("words", wording.text("&Why?"), "lines", about=("promise_reason",))]
    )

    def run(desk: Any, said: Said) -> Change:
        if end == "keep":
            return commitments.keep(desk, uid, said["words"], on=said["on"])
        doing = commitments.break_ if end == "break" else commitments.withdraw
        return doing(desk, uid, said["words"])

    return AskForm(
        services,
        "promise.end",
        title=titles[end],
        asks=asks,
        run=run,
        keep=wording.text("Write it down"),
        told=wording.text("The ledger says so."),
        parent=parent,
    )
