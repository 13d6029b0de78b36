"""A piece of closed work as a document: what was done, the chart before and after, the looks, photos and files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from gemba import wording
from gemba.domain.effects import EffectCheck, EffectResult
from gemba.domain.record import Uid
from gemba.reports.charts import chart_drawing
from gemba.reports.facts import Rendered, Tone
from gemba.reports.sheet import render
from gemba.reports.sheet_facts import (
    Cell,
    Drawing,
    Facts,
    Heading,
    Notice,
    Part,
    PhotoPairs,
    SheetFacts,
    Table,
    Words,
)
from gemba.wording import text
from gemba.work.archive import ArchiveFacts, archive_facts
from gemba.work.archive_words import what_words
from gemba.work.desk import Desk
from gemba.work.effect_words import result_title
from gemba.work.escalation_log_sheet import shortened
from gemba.work.pattern_words import state_words
from gemba.work.proof_facts import pairs_printed

_WIDTH, _HEIGHT = 174.0, 78.0
"""Millimetres of a chart."""
_TONES: dict[EffectResult, Tone] = {
    EffectResult.HOLDS: "good",
    EffectResult.PARTLY: "fair",
    EffectResult.REGRESSED: "poor",
}


def archive_pdf(desk: Desk, uid: Uid, out: Path) -> Rendered:
    """Write a piece of closed work as a PDF.

    Raises:
        Refusal: it is unknown or not over yet.
        Trouble: the file cannot be written.
    """
    return render(sheet_of(desk, archive_facts(desk, uid)), out, language=wording.language())


def sheet_of(desk: Desk, facts: ArchiveFacts) -> SheetFacts:
    """The document's facts."""
    return SheetFacts(
        number=facts.number,
        title=facts.title,
        kind_title=what_words(facts.what),
        place=facts.place,
        when=desk.clock(),
        zone=desk.zone,
        parts=tuple(_parts(desk, facts)),
    )


def _parts(desk: Desk, facts: ArchiveFacts) -> Iterator[Part]:
    days = [
        (text("What it is"), what_words(facts.what)),
        (text("State"), state_words(facts.state) if facts.state else ""),
        (text("Owner"), facts.owner),
        (text("Live since"), facts.live_on.isoformat() if facts.live_on else ""),
        (text("Closed on"), facts.closed_on.isoformat() if facts.closed_on else ""),
        (text("Pattern"), f"{facts.pattern.number} · {facts.pattern.title}" if facts.pattern else ""),
    ]
    yield Facts(tuple((title, shortened(words)) for title, words in (*days, *facts.told) if words))
    yield Heading(text("Outcome"))
    if not facts.outcomes:
        yield Notice((text("No measure belongs to it: whether it helped is told in words only."),), "fair")
    for one in facts.outcomes:
        yield Words(one.title, "strong")
        if one.chart.points:
            yield Drawing(chart_drawing(one.chart, _WIDTH, _HEIGHT), one.chart.subject)
        yield Words(one.words)
        yield Words(one.baseline, "small")
    if facts.checks:
        yield Heading(text("Looked at again"))
        yield _looks(facts.checks)
    if facts.pairs:
        yield Heading(text("Before and after"))
        yield PhotoPairs(pairs_printed(desk, facts.pairs))
    if facts.files:
        yield Heading(text("Files"))
        yield Words("\n".join(f"–  {one.name}" for one in facts.files))


def _looks(checks: tuple[EffectCheck, ...]) -> Table:
    rows = tuple(
        (
            text("{days} days", days=one.days),
            one.looked_at.date().isoformat() if one.looked_at else "",
            Cell(result_title(one.result), _TONES.get(one.result, "plain")),
            shortened(one.note),
        )
        for one in checks
    )
    return Table(
        (text("After"), text("Looked at"), text("Result"), text("What was seen")), rows, (22.0, 26.0, 36.0, 0.0)
    )
