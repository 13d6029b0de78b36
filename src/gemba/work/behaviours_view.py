"""Behaviours seen on the floor, drawn with their intervals."""

from __future__ import annotations

from collections.abc import Iterator

from gemba.reports.chart_numbers import figure
from gemba.reports.interval_shapes import Span, draw_spans
from gemba.reports.sheet_facts import Cell, Drawing, Part, Table, Words
from gemba.wording import text
from gemba.work.behaviours import DAYS, Shown, behaviours
from gemba.work.counted import entries_of
from gemba.work.desk import Desk
from gemba.work.register_view import Asked, RegisterView


def behaviours_view(desk: Desk, asked: Asked) -> RegisterView:
    """Behaviours seen, by place."""
    found = behaviours(desk, asked.place)
    return RegisterView(
        register="behaviour_adoption", title=text("Seen by place"), facts=found, parts=tuple(_parts(found))
    )


def _parts(found: tuple[Shown, ...]) -> Iterator[Part]:
    yield Words(text("Times seen of the chances there were, in the last {days} days.", days=DAYS), "quiet")
    if not found:
        yield Words(text("Nobody has looked in this time."), "quiet")
        return
    spans = [Span(_title(one), _told(one), one.share, one.low, one.high) for one in found]
    spoken = text("Share of the chances in which each behaviour was seen, with its interval of 95 %.")
    yield Drawing(draw_spans(spans, 0.0, 1.0, percent=True, spoken=spoken), spoken)
    yield Table(
        (text("Behaviour"), text("Place"), text("Seen"), text("Share"), text("Looks"), text("Last look")),
        tuple(_row(one) for one in found),
        (0, 30, 22, 38, 14, 22),
        numbers=(4,),
    )


def _row(one: Shown) -> tuple[str | Cell, ...]:
    seen = text("{seen} of {chances}", seen=one.seen, chances=one.chances)
    told = (Cell(words, records=entries_of(one.entries)) for words in (seen, _share(one), str(one.looks)))
    return one.behaviour, one.name or "–", *told, str(one.last)


def _title(one: Shown) -> str:
    return f"{one.behaviour} · {one.name}" if one.name else one.behaviour


def _told(one: Shown) -> str:
    return text("{seen} of {chances}", seen=one.seen, chances=one.chances) + f"\n{_share(one)}"


def _share(one: Shown) -> str:
    if one.share is None:
        return text("too few to say")
    low, high = figure(one.low, percent=True), figure(one.high, percent=True)
    return f"{figure(one.share, percent=True)} ({low} – {high})"
