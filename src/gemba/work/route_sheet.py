"""A blank sheet of a route for those who walk with paper: stops, what to look for, lines to write, what waits there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

from gemba import wording
from gemba.domain.process_maps import GoAndSee
from gemba.domain.record import Uid
from gemba.domain.walks import Route, RouteStop
from gemba.reports.facts import Rendered
from gemba.reports.sheet import render
from gemba.reports.sheet_facts import Heading, Part, SheetFacts, Table, Words
from gemba.store.reading import Reader
from gemba.wording import text
from gemba.work.desk import Desk
from gemba.work.go_and_see import AT_MOST, offered
from gemba.work.records import known
from gemba.work.route_facts import RouteFacts, route_facts

LINES = 5
"""Rows to write in at each stop."""
_LETTERS = 13
"""Of the route's uid: enough to find it by, when what was written is entered."""
_ROOM = "\u00a0\n\u00a0"
"""A row high enough for a hand."""


def route_pdf(desk: Desk, route: Uid, out: Path) -> Rendered:
    """Write the sheet of a route.

    Raises:
        Refusal: the route is unknown.
        Trouble: the file cannot be written.
    """
    with desk.reader() as reader:
        facts = sheet_of(reader, known(reader, Route, route), desk.clock(), desk.zone)
    return render(facts, out, language=wording.language())


def sheet_of(reader: Reader, route: Route, when: datetime, zone: str = "UTC") -> SheetFacts:
    """The document's facts.

    Args:
        reader: of the store.
        route: that is walked.
        when: it is printed.
        zone: by whose clock.
    """
    facts, waiting = route_facts(reader, route), offered(reader, route.place)[:AT_MOST]
    return SheetFacts(
        number=route.uid[:_LETTERS],
        title=route.title,
        kind_title=text("Sheet of a walk"),
        place=facts.place,
        when=when,
        zone=zone,
        parts=tuple(_parts(facts, waiting)),
    )


def _parts(facts: RouteFacts, waiting: Sequence[GoAndSee]) -> Iterator[Part]:
    if facts.route.purpose:
        yield Words(facts.route.purpose)
    yield Words(text("Walked by: ______________________   On: ______________   From – to: ______________"))
    yield Words(
        text("Mark each line: S for seen, T for told by staff, C for said by a customer; + for a good practice.")
    )
    if waiting:
        yield Heading(text("To be gone to and seen"))
        yield Table((text("Question"), text("What was seen")), tuple((one.question, _ROOM) for one in waiting), (0, 84))
    for at, stop in enumerate(facts.stops, 1):
        yield from _stop(at, stop)
    yield Heading(text("On the way"))
    yield _lines()
    said = text("Enter it in Gemba: choose the route {number} and walk it.", number=facts.route.uid[:_LETTERS])
    yield Words(said, "quiet")


def _stop(at: int, stop: RouteStop) -> Iterator[Part]:
    minutes = text(" ({n} min)", n=stop.minutes) if stop.minutes else ""
    yield Heading(f"{at}. {stop.title}{minutes}", 1)
    if stop.look_for:
        yield Words(stop.look_for)
    yield _lines()


def _lines() -> Table:
    heads = (text("S T C +"), text("What was seen or said"), text("Promised: what, by whom, until when"))
    return Table(heads, tuple(("", _ROOM, "") for _ in range(LINES)), (18, 0, 58), together=True)
