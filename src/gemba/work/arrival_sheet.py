"""The arrival sheet as a PDF: what was seen, said and promised here, by roles and days, never by names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from gemba import wording
from gemba.domain.record import Uid
from gemba.reports.facts import Rendered
from gemba.reports.sheet import render
from gemba.reports.sheet_facts import Cell, Heading, Notice, Part, SheetFacts, Table, Words
from gemba.wording import plural, text
from gemba.work.arrival import ArrivalFacts, Look, PromiseLine, arrival_facts
from gemba.work.desk import Desk
from gemba.work.names_in_text import demand_nameless
from gemba.work.rotation_words import PROMISE_TONES, promise_state_words

_LINES = 8
"""Of what was seen or said at one visit."""


def arrival_pdf(desk: Desk, place: Uid, out: Path, *, are_no_names: bool = False) -> Rendered:
    """Write what an arriving leader has to know.

    Args:
        desk: where the records are.
        place: uid.
        out: the PDF.
        are_no_names: somebody has looked at what may be names.

    Raises:
        Refusal: the place is unknown, or a text names a person, or may and nobody has looked.
        Trouble: the file cannot be written.
    """
    facts = arrival_facts(desk, place)
    with desk.reader() as reader:
        demand_nameless(reader, _texts(facts), are_no_names=are_no_names)
    return render(sheet_of(facts), out, language=wording.language())


def sheet_of(facts: ArrivalFacts) -> SheetFacts:
    """The document's facts."""
    return SheetFacts(
        title=text("On arrival"),
        kind_title=text("Arrival sheet"),
        place=facts.place,
        when=facts.when,
        zone=facts.zone,
        parts=tuple(_parts(facts)),
    )


def visit_title(look: Look) -> str:
    """A visit without its person."""
    kind = text("Rotation") if look.kind == "rotation" else text("Walk")
    return " · ".join(part for part in (look.day.isoformat(), kind, look.role, look.place) if part)


def summary(facts: ArrivalFacts) -> str:
    """How many promises were kept of those that are told of."""
    every = [*(one for look in facts.looks for one in look.promised), *facts.besides]
    if not every:
        return text("Nothing was promised here that the ledger knows of.")
    late, kept, broken = (sum(one.state == state for one in every) for state in ("overdue", "kept", "broken"))
    made = plural("{n} promise", "{n} promises", len(every))
    return text(
        "{made}: {kept} kept, {late} overdue, {broken} not kept.", made=made, kept=kept, late=late, broken=broken
    )


def _texts(facts: ArrivalFacts) -> Iterator[str]:
    for look in facts.looks:
        yield from look.seen
        yield from look.said
        yield look.role
    for one in (*(one for look in facts.looks for one in look.promised), *facts.besides):
        yield from (one.said, one.promised, one.to, one.role, one.outcome)


def _parts(facts: ArrivalFacts) -> Iterator[Part]:
    overdue = any(one.state == "overdue" for look in facts.looks for one in look.promised) or any(
        one.state == "overdue" for one in facts.besides
    )
    yield Notice((summary(facts),), "poor" if overdue else "plain")
    if not facts.looks:
        yield Words(text("No leader has recorded a rotation or a walk here yet."), "quiet")
    for look in facts.looks:
        yield Heading(visit_title(look))
        yield from _lines(text("Seen"), look.seen)
        yield from _lines(text("Said"), look.said)
        if not look.seen and not look.said:
            yield Words(text("No finding and no observation was written down."), "quiet")
        if look.promised:
            yield promise_table(look.promised)
        else:
            yield Words(text("Nothing was promised on this visit."), "quiet")
    if facts.besides:
        yield Heading(text("Promised here besides, and not settled"))
        yield promise_table(facts.besides)


def _lines(title: str, lines: tuple[str, ...]) -> Iterator[Part]:
    if lines:
        yield Words(title, "label")
        for line in lines[:_LINES]:
            yield Words(f"– {line}")
        if len(lines) > _LINES:
            yield Words(text("and {n} more …", n=len(lines) - _LINES), "quiet")


def promise_table(ones: Iterable[PromiseLine]) -> Table:
    """Promises as a table."""
    rows = tuple(
        (
            one.said,
            one.promised if not one.outcome else f"{one.promised} – {one.outcome}",
            one.role,
            one.due.isoformat(),
            Cell(promise_state_words(one.state), PROMISE_TONES.get(one.state, "plain")),
        )
        for one in ones
    )
    titles = (text("They said"), text("Promised"), text("By"), text("Until"), text("State"))
    return Table(titles, rows, (46.0, 0.0, 26.0, 20.0, 25.0))
