"""The heat map of drift as a file: a picture, a table of values, or a document."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from gemba import wording
from gemba.errors import Refusal
from gemba.reports.heat_map import heat_drawing
from gemba.reports.picture_png import picture_png
from gemba.reports.sheet import render
from gemba.reports.sheet_facts import Drawing, Part, SheetFacts, Words
from gemba.wording import text
from gemba.work.alignment_facts import Question
from gemba.work.alignment_scene import Scene
from gemba.work.alignment_words import heat_notes, subject_of
from gemba.work.desk import Desk
from gemba.work.drift_cells import HeatMap, heat_csv_rows
from gemba.work.drift_pictures import heat_facts
from gemba.work.drift_trend import Trend
from gemba.work.table_files import write_csv

ENDINGS = (".png", ".pdf", ".csv")
_ROWS, _COLUMNS = 32, 12
"""Rows and goals on one page."""


def heat_file(desk: Desk, made: HeatMap, question: Question, out: Path) -> None:
    """Write a heat map; the ending says as what.

    Raises:
        Refusal: `work.drift_file` for another ending.
        Trouble: the file cannot be written.
    """
    ending = out.suffix.lower()
    if ending not in ENDINGS:
        raise Refusal("work.drift_file", file=out.name, known=", ".join(ENDINGS))
    if ending == ".csv":
        heads, *rows = heat_csv_rows(made)
        write_csv(out, heads, rows)
    elif ending == ".png":
        picture_png(heat_drawing(heat_facts(made)).picture, out)
    else:
        _pdf(desk, made, question, out)


def heat_parts(made: HeatMap) -> Iterator[Part]:
    """A heat map for paper: so many rows and goals a page, the row of all places on each."""
    rows = list(made.rows[1:])
    for begin in range(0, max(1, len(made.goals)), _COLUMNS):
        goals = slice(begin, begin + _COLUMNS)
        for at in range(0, max(1, len(rows)), _ROWS):
            shown = (*made.rows[:1], *rows[at : at + _ROWS])
            yield Drawing(heat_drawing(heat_facts(made, shown, goals)).picture)
    for note in heat_notes(made):
        yield Words(note, "quiet")


def goal_key(made: HeatMap | tuple[Trend, ...]) -> str:
    """What the codes above the columns stand for."""
    pairs = made.goals if isinstance(made, HeatMap) else tuple((one.goal, one.title) for one in made)
    return " · ".join(f"{code}: {title}" for code, title in pairs if code != title)


def _pdf(desk: Desk, made: HeatMap, question: Question, out: Path) -> None:
    with desk.reader() as reader:
        subject = subject_of(Scene(reader), question)
    parts: list[Part] = [Words(goal_key(made), "quiet"), *heat_parts(made)]
    if not made.rows:
        parts = [Words(text("Nothing is judged yet."), "quiet")]
    sheet = SheetFacts(
        title=text("Drift: goals by places"),
        kind_title=text("Heat map"),
        place=subject,
        when=desk.clock(),
        zone=desk.zone,
        parts=tuple(parts),
    )
    render(sheet, out, language=wording.language())
