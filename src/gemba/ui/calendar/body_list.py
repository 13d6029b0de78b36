"""The list of bodies: a few lines that follow from rules, read whole."""

from __future__ import annotations

from datetime import date

from gemba import wording
from gemba.domain.record import Uid
from gemba.store.lines import Line
from gemba.store.reading import Reader
from gemba.ui import terms
from gemba.ui.alignment.lines_source import LinesSource
from gemba.ui.lists.columns import Column, Filter, Shape
from gemba.work.bodies import bodies
from gemba.work.desk import Desk
from gemba.work.meeting_facts import body_facts

BODY_TOPICS = frozenset({"governance_body", "body_member", "meeting", "schedule", "place", "person"})
"""Nouns whose changes are seen."""
_STATES = ("sound", "mend", "dissolved")


class BodyLine(Line, frozen=True, kw_only=True):
    """One body in a list."""

    title: str
    place: str
    seats: int
    next: date | None
    problems: int
    state: str
    """`sound`, `mend` or `dissolved`."""


def body_source(desk: Desk) -> LinesSource:
    """Where the lines come from; those that are dissolved come last."""

    def read(reader: Reader) -> list[BodyLine]:
        return [_line(reader, desk, at, one.uid) for at, one in enumerate(bodies(reader, retired=True), 1)]

    return LinesSource(
        desk,
        read,
        words=lambda line: f"{line.title} {line.place}",
        filters={"state": lambda line: (line.state,), "place": lambda line: (line.place,)},
        sorts={
            "title": lambda line: (line.state == "dissolved", line.title.casefold()),
            "next": lambda line: line.next or date.max,
        },
    )


def body_shape() -> Shape:
    """What the list shows."""
    return Shape(
        name="bodies",
        title=wording.text("Bodies"),
        counted=lambda n: wording.plural("{count} body", "{count} bodies", n, count=terms.number(n)),
        topics=BODY_TOPICS,
        sort="title",
        columns=(
            Column(
                name="title",
                title=lambda: wording.text("Body"),
                words=lambda line: line.title,
                under=lambda line: line.place or wording.text("All places"),
                sort="title",
                width=240,
            ),
            Column(
                name="next",
                title=lambda: wording.text("Next date"),
                words=lambda line: terms.day(line.next) or wording.text("none"),
                sort="next",
                width=120,
            ),
            Column(
                name="seats",
                title=lambda: wording.text("Seats"),
                words=lambda line: terms.number(line.seats),
                width=70,
                number=True,
            ),
            Column(
                name="state",
                title=lambda: wording.text("Stands"),
                words=_state,
                tone=lambda line: {"sound": "good", "mend": "fair"}.get(line.state, "plain"),
                width=140,
            ),
        ),
        filters=(
            Filter(
                name="state",
                title=lambda: wording.text("Stands"),
                words=state_words,
                fixed=("sound", "mend", "dissolved"),
            ),
        ),
    )


def state_words(code: str) -> str:
    """How a body stands."""
    titles = {
        "sound": wording.text("All well"),
        "mend": wording.text("To mend"),
        "dissolved": wording.text("Dissolved"),
    }
    return titles.get(code, code)


def _state(line: BodyLine) -> str:
    return wording.plural("{n} to mend", "{n} to mend", line.problems) if line.problems else state_words(line.state)


def _line(reader: Reader, desk: Desk, at: int, uid: Uid) -> BodyLine:
    facts = body_facts(reader, desk, uid)
    retired = facts.body.retired
    return BodyLine(
        id=at,
        uid=uid,
        title=facts.body.title,
        place=facts.place,
        seats=len(facts.seats),
        next=facts.dates[0][0] if facts.dates else None,
        problems=len(facts.problems),
        state="dissolved" if retired else "mend" if facts.problems else "sound",
    )
