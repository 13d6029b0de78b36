"""A meeting on paper: its agenda before, its minutes after; roles and conditions, never a person."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, time
from pathlib import Path

from gemba import wording
from gemba.domain.governance import MeetingState
from gemba.reports.chart_numbers import figure
from gemba.reports.facts import Rendered
from gemba.reports.sheet import render
from gemba.reports.sheet_facts import Cell, Facts, Figures, Heading, Notice, Part, SheetFacts, Table, Words
from gemba.wording import plural, text
from gemba.work.agenda_entries import EntryFacts, carried_words
from gemba.work.desk import Desk
from gemba.work.escalation_log_sheet import shortened
from gemba.work.escalation_tiers import zone_of
from gemba.work.meeting_facts import MeetingFacts, SeatFacts
from gemba.work.names_in_text import demand_nameless


def meeting_pdf(desk: Desk, facts: MeetingFacts, out: Path, *, are_no_names: bool = False) -> Rendered:
    """Write a meeting as a PDF: the minutes once it was held, the agenda before.

    Args:
        desk: where the records are.
        facts: what it tells.
        out: the PDF.
        are_no_names: somebody has looked at what may be names.

    Raises:
        Refusal: a text names a person, or may and nobody has looked.
        Trouble: the file cannot be written.
    """
    with desk.reader() as reader:
        demand_nameless(reader, _texts(facts), are_no_names=are_no_names)
    return render(sheet_of(facts), out, language=wording.language())


def sheet_of(facts: MeetingFacts) -> SheetFacts:
    """The document's facts."""
    one = facts.meeting
    kind = text("Minutes") if one.state is MeetingState.HELD else text("Agenda")
    day = one.held_on or one.planned_on
    return SheetFacts(
        number=one.number,
        title=facts.body.title,
        kind_title=kind,
        place=facts.place or text("All places"),
        when=facts.begins or datetime.combine(day, time(), zone_of(facts.zone)).astimezone(UTC),
        zone=facts.zone,
        parts=tuple(_minutes(facts) if one.state is MeetingState.HELD else _agenda(facts)),
        draft=False,
    )


def _agenda(facts: MeetingFacts) -> Iterator[Part]:
    one = facts.meeting
    yield Words(facts.body.purpose, "quiet")
    if one.state is MeetingState.CANCELLED:
        yield Notice((text("Called off: {reason}", reason=one.reason),), "poor")
    elif one.reason:
        yield Notice((text("Moved: {reason}", reason=one.reason),), "fair")
    yield Facts(
        (
            (text("Day"), _day(facts)),
            (text("To decide"), facts.quorum),
            (text("Seats"), ", ".join(_seat(seat) for seat in facts.seats)),
        )
    )
    yield Heading(text("Agenda"))
    yield from _entries(facts, with_decisions=False)
    if facts.left_out:
        yield Words(text("Not on it: {what}.", what=facts.left_out), "quiet")


def _minutes(facts: MeetingFacts) -> Iterator[Part]:
    one = facts.meeting
    yield Words(facts.body.purpose, "quiet")
    waits = len(facts.entries) - facts.decided
    yield Figures(
        (
            (figure(len(facts.entries)), plural("entry", "entries", len(facts.entries))),
            (figure(facts.decided), text("decided")),
            (figure(waits), plural("rolls over", "roll over", waits)),
        )
    )
    if not facts.has_quorum:
        yield Notice((text("{quorum}: nothing was decided, everything rolls over.", quorum=facts.quorum),), "poor")
    there = ", ".join(_present(seat) for seat in facts.seats if seat.was_present)
    away = ", ".join(seat.role for seat in facts.seats if not seat.was_present)
    rows = [(text("Held on"), _day(facts)), (text("Present"), there), (text("Quorum"), facts.quorum)]
    rows += [(text("Absent"), away)] if away else []
    rows += [(text("Guests"), ", ".join(facts.guests))] if facts.guests else []
    yield Facts(tuple(rows))
    yield Heading(text("Decisions"))
    yield from _entries(facts, with_decisions=True)
    if one.minutes:
        yield Heading(text("Minutes"))
        for paragraph in one.minutes.split("\n"):
            if paragraph.strip():
                yield Words(paragraph.strip())


def _entries(facts: MeetingFacts, *, with_decisions: bool) -> Iterator[Part]:
    if not facts.entries:
        yield Words(text("Nothing waits for this body."), "quiet")
        return
    heads: tuple[str, ...] = ("", text("What is to be decided"), text("How it stands"))
    shares: tuple[float, ...] = (8, 0, 62)
    if with_decisions:
        heads, shares = ("", text("Entry"), text("Decision")), (8, 0, 84)
    yield Table(heads, tuple(_row(one, with_decisions=with_decisions) for one in facts.entries), shares, numbers=(0,))


def _row(one: EntryFacts, *, with_decisions: bool) -> tuple[str | Cell, ...]:
    what = "\n".join(filter(None, (one.number, shortened(one.title))))
    carried = carried_words(one.times)
    if not with_decisions:
        return (str(one.position), what, "\n".join(filter(None, (one.said, carried))))
    if one.decision:
        return (str(one.position), what, one.decision)
    times = one.times + 1
    rolls = plural("Not decided: rolls over once.", "Not decided: rolls over for the {n}. time.", times)
    return (str(one.position), what, Cell(rolls, "poor" if times > 2 else "fair"))


def _seat(seat: SeatFacts) -> str:
    said = [seat.role, *([text("chair")] if seat.is_chair else []), *([text("vacant")] if not seat.member else [])]
    return said[0] if len(said) == 1 else f"{said[0]} ({', '.join(said[1:])})"


def _present(seat: SeatFacts) -> str:
    """A vacant seat can be stood in for; that is said."""
    said = [text("chair")] if seat.is_chair else []
    said += [] if seat.member else [text("stood in for")]
    return f"{seat.role} ({', '.join(said)})" if said else seat.role


def _day(facts: MeetingFacts) -> str:
    day = (facts.meeting.held_on or facts.meeting.planned_on).isoformat()
    return f"{day}, {facts.time}" if facts.time else day


def _texts(facts: MeetingFacts) -> tuple[str, ...]:
    one = facts.meeting
    said = (one.minutes, one.reason, *facts.guests)
    return (*said, *(each for entry in facts.entries for each in (entry.title, entry.decision)))
