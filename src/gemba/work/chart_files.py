"""A chart taken out: a picture, a page of paper, or a table."""

from __future__ import annotations

import csv
from functools import partial
from io import TextIOWrapper
from pathlib import Path
from typing import BinaryIO

from gemba import wording
from gemba.errors import Refusal
from gemba.reports.chart_facts import ChartFacts, PointFacts
from gemba.reports.chart_numbers import figure
from gemba.reports.charts import chart_drawing
from gemba.reports.facts import Tone
from gemba.reports.files import written
from gemba.reports.picture_png import picture_png
from gemba.reports.sheet import render
from gemba.reports.sheet_facts import Cell, Drawing, Facts, Heading, Notice, Part, SheetFacts, Table, Words
from gemba.wording import text
from gemba.work.desk import Desk
from gemba.work.table_files import csv_text

SUFFIXES = (".png", ".pdf", ".csv")
_WIDTH, _HEIGHT = 174.0, 84.0
"""Millimetres: as wide as a page of paper has room."""
_ROWS = 22
"""Of the table on paper; the newest."""


def chart_file(desk: Desk, facts: ChartFacts, out: Path) -> int:
    """Write a chart as PNG, PDF or CSV, as the file's ending says; gives its size in bytes.

    Raises:
        Refusal: another ending (`work.chart_file_sort`).
        Trouble: the file cannot be written.
    """
    suffix = out.suffix.lower()
    if suffix == ".png":
        return picture_png(chart_drawing(facts, 220.0, 120.0), out)
    if suffix == ".pdf":
        return render(sheet(desk, facts), out, language=wording.language()).size
    if suffix == ".csv":
        return written(out, partial(_table, facts))
    raise Refusal("work.chart_file_sort", file=out.name, known=", ".join(SUFFIXES))


def sheet(desk: Desk, facts: ChartFacts) -> SheetFacts:
    """The chart with its reason, rules, signals and table, as a page."""
    return SheetFacts(
        title=facts.title,
        kind_title=facts.kind_title,
        place=facts.subject,
        person=desk.person.name,
        when=desk.clock(),
        zone=facts.zone,
        parts=chart_parts(facts),
        one_page=True,
    )


def chart_parts(facts: ChartFacts, *, with_table: bool = True) -> tuple[Part, ...]:
    """The parts of a report that show one chart; other reports put them among their own."""
    parts: list[Part] = [Drawing(chart_drawing(facts, _WIDTH, _HEIGHT))]
    if facts.signals:
        parts.append(Notice(tuple(signal.sentence for signal in facts.signals[-8:]), _tone(facts)))
    elif facts.points and facts.rules:
        parts.append(Notice((text("No rule signals: what is seen is what chance makes."),)))
    parts.append(Facts(tuple(rows(facts))))
    parts += [Words(note, "quiet") for note in facts.notes]
    if with_table and facts.points:
        parts += [Heading(text("The numbers"), 1), twin(facts)]
    return tuple(parts)


def rows(facts: ChartFacts) -> list[tuple[str, str]]:
    """What is said beside a chart: label and value."""
    told = [(text("Chart"), facts.kind_title), (text("Why this one"), facts.reason)]
    if facts.sigma_z is not None:
        told.append((text("Sigma-z"), figure(facts.sigma_z)))
    if facts.rules_text:
        told.append((text("Rules"), facts.rules_text))
    told += [(text("Limits"), f"{phase.title}: {phase.convention}") for phase in facts.phases]
    if facts.false_alarms:
        told.append((text("False alarms"), facts.false_alarms))
    return told


def twin(facts: ChartFacts) -> Table:
    """The same numbers as a table, the newest first; bars and sites in their order."""
    flagged = facts.signalled
    told = list(enumerate(facts.points))
    shown = told[:_ROWS] if facts.bars or facts.funnel else list(reversed(told))[:_ROWS]
    note = text("{n} of {all:point|points}.", n=_ROWS, all=len(facts.points)) if len(facts.points) > _ROWS else ""
    return Table(
        titles=tuple(headings(facts)),
        rows=tuple((*(Cell(cell, strong=at in flagged) for cell in cells(facts, point)), _signs(facts, at))
                   for at, point in shown),
        shares=(30.0, 19.0, 19.0, 19.0, 19.0, 19.0, 0.0),
        numbers=(1, 2, 3, 4, 5),
        note=note,
    )  # fmt: skip


def headings(facts: ChartFacts) -> list[str]:
    """The titles of the table's columns."""
    centre = text("Together") if facts.bars else text("Centre")
    return [facts.across or text("Point"), text("Value"), "n", text("Lower"), centre, text("Upper"), text("Signal")]


def cells(facts: ChartFacts, point: PointFacts) -> list[str]:
    """A point as people read it."""
    limits = [figure(each, percent=facts.percent) for each in (point.lower,)]
    centre = figure(point.centre, percent=facts.percent or facts.bars)
    upper = figure(point.upper, percent=facts.percent)
    return [point.label, figure(point.value, percent=facts.percent), figure(point.size), *limits, centre, upper]


def _signs(facts: ChartFacts, at: int) -> str:
    rules = ", ".join(signal.rule for signal in facts.signals if at in signal.points)
    return rules or (text("not judged") if facts.points[at].excluded else "")


def _tone(facts: ChartFacts) -> Tone:
    return "poor" if any(signal.worse for signal in facts.signals) else "good"


def _table(facts: ChartFacts, file: BinaryIO) -> None:
    """Plain numbers with points in decimals; what a spreadsheet takes for a formula is neutralised."""
    words = TextIOWrapper(file, "utf-8-sig", newline="")
    writer = csv.writer(words)
    writer.writerow(
        ["point", "begins", "ends", "value", "count", "n", "lower", "centre", "upper", "z", "rules", "note"]
    )
    for at, point in enumerate(facts.points):
        days = [each.isoformat() if each else "" for each in (point.begins, point.ends)]
        numbers = (point.value, point.count, point.size, point.lower, point.centre, point.upper, point.z)
        rules = " ".join(signal.rule for signal in facts.signals if at in signal.points)
        told = [point.label, *days, *numbers, rules, point.excluded]
        writer.writerow([csv_text(cell, guard=True) for cell in told])
    words.flush()
    words.detach()
