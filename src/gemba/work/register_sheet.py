"""A register as a document: what follows from other records, what is wanting, and every entry."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from gemba import wording
from gemba.kinds.registers.model import Register
from gemba.kinds.registers.registry import register_named
from gemba.reports.facts import Rendered
from gemba.reports.sheet import render
from gemba.reports.sheet_facts import Cell, Facts, Figures, Heading, Notice, Part, SheetFacts, Table, Words
from gemba.wording import text
from gemba.work.desk import Desk
from gemba.work.register_facts import EntryFacts, entries, entry_facts
from gemba.work.register_view import Asked, RegisterView
from gemba.work.register_views import VIEWS, view

_MOST = 200
"""Entries that are printed in full; the CSV file has all of them."""


def register_pdf(desk: Desk, register: str, out: Path, asked: Asked | None = None) -> Rendered:
    """Write a register as PDF.

    Args:
        desk: who does it, where.
        register: its code.
        out: the PDF.
        asked: as for its derived view.

    Raises:
        Refusal: the register is unknown, or its view refuses what was asked.
        Trouble: the file cannot be written.
    """
    of = register_named(register)
    derived = view(desk, register, asked) if register in VIEWS else None
    found = entries(desk, register)
    facts = [entry_facts(desk, one.uid) for one in found[:_MOST]]
    sheet = SheetFacts(
        title=text(of.title),
        kind_title=text(of.family.words),
        person=desk.person.name,
        when=desk.clock(),
        zone=desk.zone,
        parts=tuple(_parts(of, derived, facts, len(found))),
    )
    return render(sheet, out, language=wording.language())


def _parts(of: Register, derived: RegisterView | None, facts: list[EntryFacts], count: int) -> Iterator[Part]:
    yield Words(text(of.purpose), "quiet")
    still = [one for one in facts if not _over(of, one)]
    due = sum(one.due for one in facts)
    yield Figures(((str(count), text("entries")), (str(len(still)), text("open")), (str(due), text("due"))))
    if derived is not None:
        yield Heading(derived.title)
        if derived.gaps:
            lines = tuple(gap.words for gap in derived.gaps[:12])
            more = len(derived.gaps) - len(lines)
            yield Notice((*lines, *([text("and {n} more", n=more)] if more else [])), "fair")
        yield from derived.parts
    yield Heading(text("Entries"), new_page=derived is not None and bool(facts))
    if not facts:
        yield Words(text("There is no entry yet."), "quiet")
        return
    yield Table(
        (text("Number"), text("Title"), text("State"), text("Place"), text("Owner"), text("Review by")),
        tuple(_row(one) for one in facts),
        (30, 0, 24, 24, 24, 20),
    )
    for one in facts:
        yield Heading(f"{one.entry.number} · {one.entry.title}", 1)
        yield Facts((*one.values, *((text(each.title), each.value) for each in one.derived), *_links(one)))
    if count > len(facts):
        yield Words(text("{n} older entries stand in the file of all entries.", n=count - len(facts)), "quiet")


def _row(one: EntryFacts) -> tuple[str | Cell, ...]:
    review = one.entry.review_by.isoformat() if one.entry.review_by else "–"
    return (
        one.entry.number,
        one.entry.title,
        one.state,
        one.place or "–",
        one.entry.owner or "–",
        Cell(review, "poor") if one.due else review,
    )


def _links(one: EntryFacts) -> list[tuple[str, str]]:
    return [(text("Linked"), "; ".join(link.title for link in one.links))] if one.links else []


def _over(of: Register, one: EntryFacts) -> bool:
    state = of.state(one.entry.state)
    return state is not None and state.is_over
