"""What people who left said, by step and cause, beside what customers complained of: a source of its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

import msgspec

from gemba.domain.follow_through import RegisterEntry
from gemba.domain.record import Uid
from gemba.domain.vocabularies import Facet
from gemba.kinds.registers.voices import EXIT_INTERVIEWS
from gemba.reports.matrix_shapes import Matrix, MatrixCell, draw_matrix
from gemba.reports.sheet_facts import Cell, Drawing, Part, Table, Words
from gemba.store import vocabularies
from gemba.store.follow_cells import cells
from gemba.store.list_filters import places_below
from gemba.store.reading import Reader
from gemba.wording import text
from gemba.work.counted import ANYWHERE, complaints_since, entries_of
from gemba.work.desk import Desk
from gemba.work.register_view import Asked, Gap, RegisterView, as_declared
from gemba.work.registers import is_over

DAYS = 365


class Barrier(msgspec.Struct, frozen=True, kw_only=True):
    """One step and cause that people who left named."""

    step: str
    cause: str
    title: str
    interviews: int
    complaints: int
    """Of the same step and cause in the same time: never added up with the interviews."""
    open: int
    """Interviews that nothing answers yet."""
    named: tuple[Uid, ...] = ()
    """Entries of the interviews."""
    waiting: tuple[Uid, ...] = ()
    """Entries of those that nothing answers yet."""


def exit_view(desk: Desk, asked: Asked) -> RegisterView:
    """What people who left said."""
    today = desk.clock().date()
    with desk.reader() as reader:
        found = barriers(reader, today - timedelta(days=DAYS - 1), today, asked.place)
    twice = [one for one in found if one.interviews > 1 and one.open]
    return RegisterView(
        register="exit_interview",
        title=text("What keeps people from serving customers"),
        facts=found,
        parts=tuple(_parts(found, today, asked.place)),
        gaps=tuple(Gap("barrier_open", _wanting(one), tone="fair") for one in twice),
    )


def barriers(reader: Reader, begins: date, ends: date, place: Uid | None = None) -> tuple[Barrier, ...]:
    """Steps and causes that interviews of these days named, the most frequent first.

    Args:
        reader: of the store.
        begins: first day.
        ends: last day.
        place: only there and below; everywhere when left out.
    """
    steps, causes = (vocabularies.crosswalk(reader, facet) for facet in (Facet.STEP, Facet.CAUSE))
    titles = {facet: vocabularies.titles(reader, facet) for facet in (Facet.STEP, Facet.CAUSE)}
    below = set(places_below(reader, (place,))) if place else None
    named: dict[tuple[str, str], list[RegisterEntry]] = {}
    for one in as_declared(reader, EXIT_INTERVIEWS):
        held = date.fromisoformat(one.fields["held_on"])
        if not begins <= held <= ends or (below is not None and one.place not in below):
            continue
        step, cause = one.fields["step"], one.fields["cause"]
        key = (steps.get(step, step), causes.get(cause, cause))
        named.setdefault(key, []).append(one)
    complained = Counter[tuple[str, str]]()
    for cell in cells(reader, {}, place=place, begins=begins, ends=ends) if named else ():
        complained[cell.step, cell.cause] += cell.count
    found = [
        Barrier(
            step=step,
            cause=cause,
            title=f"{titles[Facet.STEP].get(step, step)}: {titles[Facet.CAUSE].get(cause, cause)}",
            interviews=len(ones),
            complaints=complained[step, cause],
            open=len(waiting),
            named=tuple(one.uid for one in ones),
            waiting=waiting,
        )
        for (step, cause), ones in named.items()
        for waiting in [tuple(one.uid for one in ones if not is_over(EXIT_INTERVIEWS, one))]
    ]
    return tuple(sorted(found, key=lambda one: (-one.interviews, -one.complaints, one.title)))


def _wanting(one: Barrier) -> str:
    return text(
        "“{barrier}” was named in {n:interview|interviews}, and nothing answers it yet.",
        barrier=one.title,
        n=one.interviews,
    )


def _parts(found: Sequence[Barrier], today: date, place: Uid | None) -> Iterator[Part]:
    said = text("Interviews of the last {days} days, coded like complaints, and counted apart from them.", days=DAYS)
    yield Words(said, "quiet")
    if not found:
        yield Words(text("Nobody who left was asked in this time."), "quiet")
        return
    heads = (text("Exit interviews"), text("Complaints"))
    rows = tuple(one.title for one in found)
    shown = tuple((_cell(one.interviews), _cell(one.complaints)) for one in found)
    spoken = text("Interviews and complaints by step and cause.")
    for picture in draw_matrix(Matrix(rows, heads, shown, text("Step and cause · source"), spoken)):
        yield Drawing(picture)
    yield Table(
        (text("Step and cause"), *heads, text("Not answered yet")),
        tuple(_row(one, today, place) for one in found),
        (0, 28, 28, 32),
        numbers=(1, 2, 3),
    )


def _row(one: Barrier, today: date, place: Uid | None) -> tuple[str | Cell, ...]:
    where = {"step": (one.step,), "cause": (one.cause,), "place": (place or ANYWHERE,)}
    return (
        one.title,
        Cell(str(one.interviews), records=entries_of(one.named)),
        Cell(str(one.complaints), records=complaints_since(today, DAYS, one.complaints, **where)),
        Cell(str(one.open), records=entries_of(one.waiting)),
    )


def _cell(n: int) -> MatrixCell:
    return MatrixCell(str(n), "fair" if n > 1 else "plain") if n else MatrixCell()
