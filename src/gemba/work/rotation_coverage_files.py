"""Coverage of rotations as a drawing, a table of values, or a document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from gemba import wording
from gemba.errors import Refusal
from gemba.reports.heat_map import HeatFacts, HeatLine, heat_drawing
from gemba.reports.picture_png import picture_png
from gemba.reports.sheet import render
from gemba.reports.sheet_facts import Drawing, Heading, Notice, Part, SheetFacts, Table, Words
from gemba.wording import plural, text
from gemba.work.desk import Desk
from gemba.work.rotation_coverage import Cell, LeaderLine, RotationCoverage, SiteLine, cell_words, told
from gemba.work.table_files import write_csv

ENDINGS = (".csv", ".png", ".pdf")
_ROWS = 32
"""Sites on one page."""


def coverage_file(desk: Desk, made: RotationCoverage, out: Path) -> None:
    """Write coverage; the ending says as what.

    Raises:
        Refusal: `work.rotation_file` for another ending.
        Trouble: the file cannot be written.
    """
    ending = out.suffix.lower()
    if ending not in ENDINGS:
        raise Refusal("work.rotation_file", file=out.name, known=", ".join(ENDINGS))
    if ending == ".csv":
        write_csv(out, heads(made), rows(made))
    elif ending == ".png":
        picture_png(heat_drawing(matrix(made)).picture, out)
    else:
        _pdf(desk, made, out)


def heads(made: RotationCoverage) -> list[str]:
    """Titles of the matrix as a table."""
    return [text("Site"), *made.quarters, text("Last visit")]


def rows(made: RotationCoverage) -> Iterator[list[str]]:
    """The matrix as a table."""
    for line in made.sites:
        yield [line.place, *map(cell_words, line.cells), _day(line)]


def leader_rows(made: RotationCoverage) -> Iterator[tuple[str, str, str, str, str, str]]:
    """Each leader: rotations that count, planned ones, days, share of all days, last time."""
    for one in made.leaders:
        yield one.name, str(one.done), str(one.planned), str(one.days), f"{100 * one.share:.0f} %", _day(one)


def leader_heads() -> tuple[str, ...]:
    """Titles of the leaders' table."""
    return tuple(text(word) for word in ("Leader", "Been", "Planned", "Days", "Share of days", "Last time"))


def seen_heads() -> tuple[str, ...]:
    """Titles of the table of shifts and journeys."""
    return tuple(text(word) for word in ("Shift or journey", "Sort", "Times seen", "Sites where unseen"))


def seen_rows(made: RotationCoverage) -> Iterator[tuple[str, str, str, str]]:
    """Each shift and journey: how often it was seen, and at how many sites it was not."""
    sorts = {"shift": text("shift"), "journey": text("journey")}
    for one in made.seen:
        yield one.title, sorts[one.sort], str(one.times), str(one.unseen_at)


def matrix(made: RotationCoverage, sites: Sequence[SiteLine] | None = None) -> HeatFacts:
    """Sites by quarters, to be drawn."""
    shown = made.sites if sites is None else sites
    lines = tuple(
        HeatLine(one.place, tuple((_short(cell), _mark(cell, gap=one.is_gap)) for cell in one.cells)) for one in shown
    )
    return HeatFacts(made.quarters, lines, spoken(made), strong=0)


def spoken(made: RotationCoverage) -> str:
    """What the drawing shows, in a few sentences."""
    whole = text("{sites:site|sites} in {n:quarter|quarters}.", sites=len(made.sites), n=len(made.quarters))
    none = plural("At {n} of them nobody has been.", "At {n} of them nobody has been.", len(made.nobody))
    return " ".join((whole, none, *(f"{line}." for line in told(made))))


def _short(cell: Cell) -> str:
    if cell.done:
        return str(cell.done)
    return text("plan {n}", n=cell.planned) if cell.planned else "·"


def _mark(cell: Cell, *, gap: bool) -> str:
    if cell.done:
        return "above"
    if cell.planned:
        return "few"
    return "below" if gap else "none"


def _day(line: SiteLine | LeaderLine) -> str:
    return line.last.isoformat() if line.last is not None else text("never")


def _pdf(desk: Desk, made: RotationCoverage, out: Path) -> None:
    sheet = SheetFacts(
        number=f"{made.quarters[0]} – {made.quarters[-1]}",
        title=text("Leaders at the front line"),
        kind_title=text("Coverage and fairness of rotations"),
        when=desk.clock(),
        zone=desk.zone,
        parts=tuple(_parts(made)),
    )
    render(sheet, out, language=wording.language())


def _parts(made: RotationCoverage) -> Iterator[Part]:
    lines = told(made)
    if lines:
        yield Notice(tuple(lines), "fair")
    yield Heading(text("Where leaders have been"))
    for at in range(0, max(1, len(made.sites)), _ROWS):
        yield Drawing(heat_drawing(matrix(made, made.sites[at : at + _ROWS])).picture)
    note = text("Numbers are rotations with an observation record; a triangle downwards: nobody in all these quarters.")
    yield Words(note, "quiet")
    yield Heading(text("Who has been"))
    shares = (0.0, 18.0, 20.0, 16.0, 30.0, 28.0)
    yield Table(leader_heads(), tuple(leader_rows(made)), shares, numbers=(1, 2, 3, 4))
    if made.seen:
        yield Heading(text("What was seen"))
        yield Table(seen_heads(), tuple(seen_rows(made)), (0.0, 28.0, 26.0, 40.0), numbers=(2, 3))
