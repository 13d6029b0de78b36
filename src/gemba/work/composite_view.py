"""Composite measures with their parts: a whole is never shown without them."""

from __future__ import annotations

from collections.abc import Iterator

from gemba.reports.chart_numbers import figure
from gemba.reports.interval_shapes import Span, draw_spans
from gemba.reports.sheet_facts import Cell, Drawing, Figures, Heading, Part, Table, Words
from gemba.wording import text
from gemba.work.composite_metrics import Composite, PartScore, composites
from gemba.work.counted import entries_of
from gemba.work.desk import Desk
from gemba.work.register_view import Asked, Gap, RegisterView


def composite_view(desk: Desk, asked: Asked) -> RegisterView:
    """Every composite measure by segment."""
    del asked
    found = composites(desk)
    return RegisterView(
        register="composite_metric",
        title=text("Values by segment"),
        facts=found,
        parts=tuple(_parts(found)),
        gaps=tuple(_gaps(found)),
    )


def _parts(found: tuple[Composite, ...]) -> Iterator[Part]:
    if not found:
        yield Words(text("No part is in force yet: add one for each measure, then move it to “In force”."), "quiet")
        return
    whole = [(_points(one.value), f"{one.title} · {one.segment}") for one in found]
    for first in range(0, len(whole), 5):
        counted = (entries_of(part.entry for part in one.parts) for one in found[first : first + 5])
        yield Figures(tuple(whole[first : first + 5]), tuple(counted))
    for one in found:
        yield Heading(f"{one.title} · {one.segment}", 1)
        spans = [_span(part) for part in one.parts]
        spans.append(Span(text("Whole"), _points(one.value), one.value, mark="diamond", colour="ink"))
        spoken = text("Points of the parts of {title}, 0 to 100, and of the whole.", title=one.title)
        yield Drawing(draw_spans(spans, 0.0, 100.0, spoken=spoken), spoken)
        yield _table(one)


def _span(part: PartScore) -> Span:
    told = text("{points} × {share}", points=_points(part.points), share=figure(part.share, percent=True))
    return Span(part.title, part.trouble or told, part.points)


def _table(one: Composite) -> Table:
    return Table(
        (text("Part"), text("Weight"), text("Share"), text("Value"), text("Period"), text("Points"), text("Version")),
        tuple(_row(one, part) for part in one.parts),
        (0, 16, 16, 16, 22, 32, 16),
        numbers=(1, 2, 3),
        note=text("Points: 0 at the value that is worth 0, 100 at that worth 100, in a straight line between."),
    )


def _row(one: Composite, part: PartScore) -> tuple[str | Cell, ...]:
    """A weight leads to the entry that sets it, a share to all weights, a value to its measure."""
    entry, measure = entries_of([part.entry]), (f"measure:{part.measure}",) if part.measure else ()
    points = Cell(part.trouble, "poor", records=entry) if part.trouble else _points(part.points)
    return (
        part.title,
        Cell(figure(part.weight), records=entry),
        Cell(figure(part.share, percent=True), records=entries_of(each.entry for each in one.parts)),
        Cell(figure(part.value), records=measure),
        str(part.begins or "–"),
        Cell(points, records=(*entry, *measure)) if isinstance(points, str) else points,
        part.version,
    )


def _points(value: float | None) -> str:
    return "–" if value is None else f"{value:.0f}"


def _gaps(found: tuple[Composite, ...]) -> Iterator[Gap]:
    for one in found:
        for part in one.parts:
            if part.trouble:
                facts = {"title": one.title, "segment": one.segment, "part": part.title, "why": part.trouble}
                words = text("{title} for {segment} cannot be told: {part}, {why}.", **facts)
                yield Gap("part_without_value", words, f"register_entry:{part.entry}")
