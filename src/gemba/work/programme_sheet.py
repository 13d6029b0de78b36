"""A programme as a document: what it is to find out, its audits by risk, how they stand, and what is covered."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec

from gemba import wording
from gemba.domain.people import Person
from gemba.domain.places import Place
from gemba.domain.programmes import Audit, Programme, ProgrammeState
from gemba.domain.record import Uid
from gemba.reports.facts import Rendered, Tone
from gemba.reports.sheet import render
from gemba.reports.sheet_facts import Cell, Facts, Figures, Heading, Notice, Part, SheetFacts, Table, Words
from gemba.wording import text
from gemba.work.audit_risk import PARTS, part_title, reason_words, weight_of
from gemba.work.coverage import Coverage, cell_words, coverage
from gemba.work.desk import Desk
from gemba.work.plan_audits import audit_state_title
from gemba.work.programmes import Monitoring, audits_of, goals_told, monitoring, programme_state_title
from gemba.work.records import known

_REGIONS = 5
"""Columns of the matrix that a page holds."""


class ProgrammeSheet(msgspec.Struct, frozen=True, kw_only=True):
    """What the document tells."""

    programme: Programme
    place: str
    person: str
    stands: Monitoring
    audits: tuple[Audit, ...]
    names: dict[Uid, str]
    """Of places and people."""
    told: tuple[str, ...]
    covered: Coverage


def programme_pdf(desk: Desk, programme: Uid, out: Path) -> Rendered:
    """Write a programme as a PDF; the same records give the same bytes.

    Raises:
        Refusal: the programme is unknown.
        Trouble: the file cannot be written.
    """
    facts = sheet_of(desk, programme)
    sheet = SheetFacts(
        number=facts.programme.number,
        title=facts.programme.title,
        kind_title=text("Audit programme"),
        place=facts.place,
        person=facts.person,
        when=facts.programme.closed_at or facts.programme.made_at,
        zone=desk.zone,
        draft=facts.programme.state is ProgrammeState.DRAFT,
        parts=tuple(_parts(facts)),
    )
    return render(sheet, out, language=wording.language())


def sheet_of(desk: Desk, programme: Uid) -> ProgrammeSheet:
    """What the document tells, read in one view of the store."""
    with desk.reader() as reader:
        about = known(reader, Programme, programme)
        audits = audits_of(reader, programme)
        people = [one for audit in audits for one in (audit.auditor, audit.second) if one is not None]
        places = [audit.place for audit in audits] + ([about.place] if about.place is not None else [])
        names = {one.uid: one.name for one in reader.many(Person, [*dict.fromkeys([*people, about.person])])}
        names |= {one.uid: one.name for one in reader.many(Place, [*dict.fromkeys(places)])}
        return ProgrammeSheet(
            programme=about,
            place=names.get(about.place or "", text("All places")),
            person=names.get(about.person, ""),
            stands=monitoring(reader, programme),
            audits=tuple(audits),
            names=names,
            told=tuple(goals_told(reader, about)),
            covered=coverage(reader, about.quarter, 4, about),
        )


def _parts(facts: ProgrammeSheet) -> Iterator[Part]:
    one, stands = facts.programme, facts.stands
    yield Words(f"{one.quarter} · {programme_state_title(one.state)}", "quiet")
    yield Figures(
        (
            (str(stands.whole), text("audits")),
            (str(stands.held), text("held")),
            (str(stands.planned + stands.under_way), text("planned or under way")),
            (str(stands.overdue + stands.held_late), text("late")),
            (str(stands.cancelled), text("called off")),
        )
    )
    rows = (
        (text("Objective"), one.objective),
        (text("Goals"), ", ".join(one.goals) or text("all in force")),
        (text("Risks"), one.risks),
        (text("Resources"), one.resources),
        (text("Learned"), one.learned),
    )
    yield Facts(tuple(row for row in rows if row[1]))
    if facts.told:
        yield Notice(facts.told, "fair")
    yield from _audits(facts)
    yield from _coverage(facts.covered)


def _audits(facts: ProgrammeSheet) -> Iterator[Part]:
    yield Heading(text("Audits by risk"))
    if not facts.audits:
        yield Words(text("No audit is planned yet."), "quiet")
        return
    chosen = [audit for audit in facts.audits if audit.risk is not None]
    yield Table(
        (text("Audit"), text("Place"), text("Planned on"), text("Auditors"), text("State"), text("Risk")),
        tuple(_row(facts, audit) for audit in facts.audits),
        (34, 0, 24, 36, 28, 12),
        numbers=(5,),
    )
    if chosen:
        yield Heading(text("Why these"), 1)
        weights = ", ".join(f"{part_title(code)} ×{weight_of(chosen[0].risk_parts, code):g}" for code in PARTS)
        yield Words(text("Weights: {weights}.", weights=weights), "quiet")
        for audit in chosen:
            where = facts.names.get(audit.place, "")
            yield Words(f"{where} ({audit.risk:.1f}): {reason_words(audit.risk_parts)}", "small")


def _row(facts: ProgrammeSheet, audit: Audit) -> tuple[str | Cell, ...]:
    people = [facts.names.get(one, "") for one in (audit.auditor, audit.second) if one is not None]
    moved = f" · {audit.moved_because}" if audit.moved_because else ""
    return (
        audit.number,
        f"{facts.names.get(audit.place, '')}{moved}",
        audit.planned_on.isoformat(),
        ", ".join(people),
        audit_state_title(audit.state),
        "" if audit.risk is None else f"{audit.risk:.0f}",
    )


def _coverage(found: Coverage) -> Iterator[Part]:
    yield Heading(text("Coverage by region and goal"))
    span = text("Audited from {first} to {last}; the plan beside it.", first=found.quarters[0], last=found.quarters[-1])
    if not found.goals:
        yield Words(text("No goal holds at these places yet."), "quiet")
    for start in range(0, len(found.regions), _REGIONS):
        shown = slice(start, start + _REGIONS)
        regions = found.regions[shown]
        rows: tuple[tuple[str | Cell, ...], ...] = tuple(
            (title or code, *(Cell(cell_words(cell), _tone(cell.is_gap)) for cell in line[shown]))
            for (code, title), line in zip(found.goals, found.cells, strict=True)
        )
        if rows:
            widths = (0.0, *(26.0 for _ in regions))
            yield Table((text("Goal"), *(name for _, name in regions)), rows, widths, note=span)


def _tone(is_gap: bool) -> Tone | None:  # noqa: FBT001 - it is what the tone tells
    return "poor" if is_gap else None
