"""Metric conflicts against the figures: do the two measures really pull against each other?"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from gemba.domain.follow_through import RegisterEntry
from gemba.domain.measures import Measure
from gemba.domain.record import Uid
from gemba.errors import Refusal
from gemba.kinds.registers.metrics import METRIC_CONFLICTS
from gemba.reports.interval_shapes import Span, draw_spans
from gemba.reports.sheet_facts import Cell, Drawing, Part, Table, Words
from gemba.wording import sentence, text
from gemba.work.correlate import AtLag, correlate
from gemba.work.counted import entries_of
from gemba.work.desk import Desk
from gemba.work.follow_words import interval, score
from gemba.work.follow_words import verdict as words_of
from gemba.work.register_view import Asked, Gap, RegisterView, as_declared
from gemba.work.registers import is_over


class Conflict(msgspec.Struct, frozen=True, kw_only=True):
    """One conflict that is not decided, and what the figures say of it."""

    entry: Uid
    number: str
    title: str
    first: str
    second: str
    measures: tuple[Uid, ...]
    """Uids of both."""
    at: AtLag | None
    """The correlation without lag; `None` when it cannot be told."""
    verdict: str
    """As `gemba.work.correlate.Pairing` has it; empty when it cannot be told."""
    said: str
    """The same in a sentence, or why it cannot be told."""


def conflicts(desk: Desk) -> tuple[Conflict, ...]:
    """The conflicts that are not decided, the oldest first."""
    with desk.reader() as reader:
        entries = [entry for entry in as_declared(reader, METRIC_CONFLICTS) if not is_over(METRIC_CONFLICTS, entry)]
        titles = {measure.uid: measure.title for measure in reader.find(Measure)}
    return tuple(_conflict(desk, entry, titles) for entry in entries)


def _conflict(desk: Desk, entry: RegisterEntry, titles: dict[Uid, str]) -> Conflict:
    first, second = (entry.fields[code].partition(":")[2] for code in ("first", "second"))
    at, verdict = None, ""
    try:
        pairing = correlate(desk, first, second, 0)
        at, verdict, said = pairing.lags[0], pairing.verdict, words_of(pairing)
    except Refusal as error:  # what cannot be compared is told beside its conflict
        said = sentence(error)
    return Conflict(
        entry=entry.uid,
        number=entry.number,
        title=entry.title,
        first=titles.get(first, first),
        second=titles.get(second, second),
        measures=(first, second),
        at=at,
        verdict=verdict,
        said=said,
    )


def conflicts_view(desk: Desk, asked: Asked) -> RegisterView:
    """What the figures say of every conflict that is not decided."""
    del asked
    found = conflicts(desk)
    return RegisterView(
        register="metric_conflict",
        title=text("What the figures say"),
        facts=found,
        parts=tuple(_parts(found)),
        gaps=tuple(
            Gap("not_seen", text("The figures do not show “{title}” yet.", title=one.title), about, "plain")
            for one in found
            if one.verdict != "trade_off"
            for about in [f"register_entry:{one.entry}"]
        ),
    )


def _parts(found: tuple[Conflict, ...]) -> Iterator[Part]:
    if not found:
        yield Words(text("No conflict waits for a decision."), "quiet")
        return
    spoken = text("Spearman's correlation of the two measures of every conflict, with its interval of 95 %.")
    yield Drawing(draw_spans([_span(one) for one in found], -1.0, 1.0, line=0.0, spoken=spoken), spoken)
    yield Table(
        (text("Conflict"), text("First measure"), text("Second measure"), text("Spearman"), "n", text("What it says")),
        tuple(_row(one) for one in found),
        (0, 26, 26, 30, 8, 34),
        numbers=(4,),
    )


def _row(one: Conflict) -> tuple[str | Cell, ...]:
    """The correlation and the periods in common lead to both measures."""
    told = f"{score(one.at.r, 2)} ({interval(one.at.low, one.at.high, 2)})" if one.at else "–"
    both = tuple(f"measure:{uid}" for uid in one.measures) if one.at else ()
    n = str(one.at.n) if one.at else "–"
    entry = Cell(f"{one.number} · {one.title}", records=entries_of([one.entry]))
    return entry, one.first, one.second, Cell(told, records=both), Cell(n, records=both), one.said


def _span(one: Conflict) -> Span:
    if one.at is None or one.at.r is None:
        return Span(one.title, one.said)
    told = f"{score(one.at.r, 2)} ({interval(one.at.low, one.at.high, 2)})"
    colour = {"trade_off": "poor", "together": "good"}.get(one.verdict, "muted")
    return Span(one.title, told, one.at.r, one.at.low, one.at.high, colour)
