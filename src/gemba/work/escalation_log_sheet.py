"""The leaders' log of escalations as one document: steps and conditions, never a person."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from zoneinfo import ZoneInfo

from gemba import wording
from gemba.domain.escalations import EscalationSort, EscalationState
from gemba.reports.chart_numbers import figure
from gemba.reports.facts import Rendered
from gemba.reports.sheet import render
from gemba.reports.sheet_facts import Figures, Heading, Notice, Part, SheetFacts, Table, Words
from gemba.store.escalation_log import LogLine
from gemba.wording import plural, text
from gemba.work.desk import Desk
from gemba.work.escalation_log import LogFacts, age_days, demand_no_names
from gemba.work.escalation_tiers import zone_of
from gemba.work.escalation_words import left_words, severity_words, sort_short

_LONGEST = 420
"""Letters of a text in a cell: a row stays on its page."""


def log_pdf(desk: Desk, facts: LogFacts, out: Path, *, are_no_names: bool = False) -> Rendered:
    """Write the log as a PDF.

    Args:
        desk: where the records are.
        facts: what it tells.
        out: the PDF.
        are_no_names: somebody has looked at what may be names.

    Raises:
        Refusal: a text names a person, or may and nobody has looked.
        Trouble: the file cannot be written.
    """
    with desk.reader() as reader:
        demand_no_names(reader, facts, are_no_names=are_no_names)
    return render(sheet_of(facts), out, language=wording.language())


def sheet_of(facts: LogFacts) -> SheetFacts:
    """The document's facts."""
    return SheetFacts(
        number=f"{facts.begins} – {facts.ends}",
        title=text("Leadership escalation log"),
        kind_title=text("Leadership escalation log"),
        place=facts.place or text("All places"),
        when=facts.when,
        zone=facts.zone,
        parts=tuple(_parts(facts)),
    )


def _parts(facts: LogFacts) -> Iterator[Part]:
    zone = zone_of(facts.zone)
    if facts.last_review is None:
        yield Words(text("No review has been held before."), "quiet")
    else:
        day = facts.last_review.astimezone(zone).date()
        yield Words(text("The last review was held on {day}.", day=day.isoformat()), "quiet")
    yield Figures(
        (
            (figure(len(facts.open)), text("wait for a decision")),
            (figure(len(facts.overdue)), text("of them overdue")),
            (figure(len(facts.carried_over)), text("of them carried over")),
            (figure(len(facts.decided)), text("decided in this time")),
        )
    )
    oldest = max(facts.carried_over, key=lambda line: line.looked_at, default=None)
    if oldest is not None:
        yield Notice((_longest_carried(oldest, facts, zone),), "poor" if oldest.looked_at > 2 else "fair")
    yield Heading(text("Decisions asked for"))
    if not facts.open:
        yield Words(text("Nothing waits for a decision."), "quiet")
    for severity, some in groupby(facts.open, key=lambda line: line.severity):
        lines = list(some)
        yield Heading(text("Severity {severity}: {n}", severity=severity_words(severity), n=len(lines)), 1)
        yield _open_table(lines, facts, zone)
    yield Heading(text("Decided or withdrawn"))
    if not facts.closed:
        yield Words(text("Nothing was decided in this time."), "quiet")
        return
    yield _closed_table(facts, zone)


def _open_table(lines: list[LogLine], facts: LogFacts, zone: ZoneInfo) -> Part:
    heads = (text("Escalation"), text("Decision asked for"), text("With"), text("Days"), text("Carried over"))
    rows = tuple(
        (
            _what(line),
            shortened(line.asked),
            _with(line, facts),
            figure(age_days(line, facts.when)),
            _carried(line, zone),
        )
        for line in lines
    )
    return Table(heads, rows, (0, 50, 36, 10, 24), numbers=(3,))


def _closed_table(facts: LogFacts, zone: ZoneInfo) -> Part:
    heads = (text("Escalation"), text("Decision asked for"), text("Decided"), text("On"), text("After days"))
    rows = tuple(
        (
            f"{_what(line)} · {severity_words(line.severity)}",
            shortened(line.asked),
            _decided(line),
            line.decided_at.astimezone(zone).date().isoformat() if line.decided_at else "",
            figure(age_days(line, facts.when)),
        )
        for line in facts.closed
    )
    return Table(heads, rows, (0, 44, 48, 20, 14), numbers=(4,))


def _what(line: LogLine) -> str:
    return "\n".join((line.number, shortened(line.title), f"{line.place} · {sort_short(EscalationSort(line.sort))}"))


def _with(line: LogLine, facts: LogFacts) -> str:
    said = [text("Tier {tier}: {owner}", tier=line.tier, owner=line.owner)]
    if line.due_at is not None and line.due_at <= facts.when:
        said.append(left_words(line.due_at, facts.when))
    if line.next_step:
        by = line.next_by.isoformat() if line.next_by else "–"
        said.append(text("next: {step}, by {day}", step=shortened(line.next_step, 140), day=by))
    return "\n".join(said)


def _carried(line: LogLine, zone: ZoneInfo) -> str:
    since = line.raised_at.astimezone(zone).date().isoformat()
    if not line.looked_at:
        return text("new, since {day}", day=since)
    return plural("once, since {day}", "{n} times, since {day}", line.looked_at, day=since)


def _decided(line: LogLine) -> str:
    if line.state == EscalationState.WITHDRAWN:
        return text("Withdrawn.")
    said = [shortened(line.outcome), text("By: {by}", by=line.decided_by)]
    if line.expires is not None:
        said.append(text("Holds until {day}", day=line.expires.isoformat()))
    return "\n".join(said)


def _longest_carried(line: LogLine, facts: LogFacts, zone: ZoneInfo) -> str:
    return text(
        "{number} was carried over {n:time|times} and has waited for {days:day|days}, since {day}: {title}",
        number=line.number,
        n=line.looked_at,
        days=age_days(line, facts.when),
        day=line.raised_at.astimezone(zone).date().isoformat(),
        title=shortened(line.title),
    )


def shortened(words: str, most: int = _LONGEST) -> str:
    """Words in one line, cut at a blank where they are too long for a cell, with dots that say so."""
    plain = " ".join(words.split())
    if len(plain) <= most:
        return plain
    cut = plain[: most - 2]
    blank = cut.rfind(" ")
    return f"{cut[:blank] if blank > most // 2 else cut} …"
