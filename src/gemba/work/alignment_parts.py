"""The quarter's conclusion over all audits in words, tables and drawings."""

from __future__ import annotations

from collections.abc import Iterator

from gemba.domain.quarters import days_of
from gemba.reports.chart_facts import ChartFacts
from gemba.reports.chart_numbers import figure
from gemba.reports.charts import chart_drawing
from gemba.reports.sheet_facts import Cell, Drawing, Figures, Heading, Notice, Part, Table, Words
from gemba.wording import text
from gemba.work.alignment_facts import FEWEST
from gemba.work.alignment_report import AlignmentReport
from gemba.work.alignment_words import outcome_words, rate_words, shift_words, under_way_words
from gemba.work.drift_auditors import AuditorRates, auditor_warning, chance
from gemba.work.drift_causes import Causes
from gemba.work.drift_files import goal_key, heat_parts
from gemba.work.drift_pictures import trend_drawing
from gemba.work.drift_trend import Outcome

_WIDE = 174.0
_MOST_SITES = 96
"""Sites of which a whole heat map is printed; of more only what is marked."""
_LISTED = 20
_SHORT = 10
"""Rows up to which a heat map stands on the page on which something else ends."""


def alignment_parts(made: AlignmentReport) -> Iterator[Part]:
    """The document's parts."""
    begins, ends = days_of(made.quarter)
    yield Words(text("Decisions from {first} to {last}.", first=begins, last=ends), "quiet")
    yield from overview(made)
    if not made.goals.whole.whole:
        return
    yield from _goals(made)
    yield from _drift(made)
    yield Heading(text("From quarter to quarter"), new_page=len(made.trends) > _SHORT // 2)
    yield Words(text("Points are rates, bars behind them 95 % intervals; quarters with too few decisions are empty."))
    yield Drawing(trend_drawing(made.trends).picture)
    yield from _outcomes(made.outcomes)
    yield from _funnel(made.funnel)
    yield from _auditors(made.auditors, made.agreement)
    yield from cause_parts(made.causes)
    yield from _method()


def overview(made: AlignmentReport) -> Iterator[Part]:
    """The rate of all together, and what keeps it from being more."""
    whole = made.goals.whole
    yield Figures(
        (
            (figure(whole.rate, percent=True) if whole.rate is not None else "–", text("aligned")),
            (figure(whole.with_part, percent=True), text("aligned or in part")),
            (figure(whole.judged), text("judged")),
            (figure(whole.cannot_tell), text("cannot be told")),
            (figure(made.audits), text("audits concluded")),
        )
    )
    lines = [text("All together: {rate} aligned.", rate=rate_words(whole))] if whole.whole else []
    lines.append(text("Since {before}: {change}.", before=made.changes.before, change=shift_words(made.changes.whole)))
    yield Notice(tuple(lines))
    warnings = [one for one in (under_way_words(made.goals.under_way), auditor_warning(made.auditors)) if one]
    if not whole.whole:
        warnings.append(text("Nothing that counts was judged of this quarter."))
    if warnings:
        yield Notice(tuple(warnings), "fair")


def _goals(made: AlignmentReport) -> Iterator[Part]:
    yield Heading(text("By goal"))
    yield goal_table(made)
    yield _count_table(made)
    if made.weighted:
        yield Heading(text("As the samples weigh it"), 1)
        rows = tuple(
            (
                *(one.title, figure(one.n), figure(one.plain, percent=True), figure(one.rate, percent=True)),
                f"{figure(one.low, percent=True)} – {figure(one.high, percent=True)}",
            )
            for one in made.weighted
        )
        heads = (text("Goal"), "n", text("Plain"), text("Weighted"), text("Interval (95 %)"))
        yield Table(heads, rows, (0, 16, 22, 24, 42), numbers=(1, 2, 3, 4))


def goal_table(made: AlignmentReport) -> Table:
    """Rates and changes by goal."""
    changed = {one.key: shift_words(one) for one in made.changes.groups}
    rows = tuple((one.title, rate_words(one), changed.get(one.key, "–")) for one in made.goals.groups)
    heads = (text("Goal"), text("Rate (95 %)"), text("Since {quarter}", quarter=made.changes.before))
    note = text("Rate: aligned of those with evidence either way; fewer than {n} give none.", n=FEWEST)
    return Table(heads, rows, (0, 46, 70), note=note)


def _count_table(made: AlignmentReport) -> Table:
    """What the rates are made of."""
    rows = tuple(
        (one.title, *map(figure, (one.aligned, one.part, one.contrary, one.cannot_tell, one.excepted)))
        for one in made.goals.groups
    )
    heads = (
        *(text("Goal"), text("Aligned"), text("In part"), text("Contrary")),
        *(text("Cannot be told"), text("Justified exceptions")),
    )
    note = text("Justified exceptions are in part or contrary; they stay what they are.")
    return Table(heads, rows, (0, 20, 20, 20, 28, 34), numbers=(1, 2, 3, 4, 5), note=note)


def _drift(made: AlignmentReport) -> Iterator[Part]:
    sites = made.sites
    if len(made.regions.rows) > 2:
        yield Heading(text("Goals by regions"), new_page=len(made.regions.rows) > _SHORT)
        yield Words(goal_key(made.regions), "quiet")
        yield from heat_parts(made.regions)
    if len(sites.rows) - 1 <= _MOST_SITES:
        yield Heading(text("Goals by sites"), new_page=len(sites.rows) > _SHORT)
        yield from heat_parts(sites)
        return
    marked = sites.marked()
    yield Heading(text("Sites that stand out"), new_page=True)
    by_chance = text(
        "{marked} of the cells of {sites} sites are marked; chance alone would mark about {chance}, were all alike.",
        marked=len(marked),
        sites=len(sites.rows) - 1,
        chance=f"{sites.by_chance():.1f}",
    )
    yield Words(by_chance)
    rows = tuple(
        (
            *(one.rate.title, dict(sites.goals)[one.goal], rate_words(one.rate)),
            Cell(text("below"), "poor") if one.mark == "below" else Cell(text("above"), "good"),
        )
        for one in marked[:_LISTED]
    )
    if rows:
        yield Table((text("Site"), text("Goal"), text("Rate (95 %)"), ""), rows, (44, 0, 46, 24))


def _outcomes(found: tuple[Outcome, ...]) -> Iterator[Part]:
    if not found:
        return
    yield Heading(text("Goals beside what customers say"))
    rows = tuple((one.goal_title, one.measure_title, outcome_words(one)) for one in found)
    yield Table((text("Goal"), text("Customers' measure"), text("Do they move together?")), rows, (44, 50, 0))


def _funnel(found: ChartFacts) -> Iterator[Part]:
    yield Heading(text("Sites by the spread that their size has"))
    if not found.points:
        yield Words(found.reason, "quiet")
        return
    yield Drawing(chart_drawing(found, _WIDE, 80.0), found.reason)
    told = [signal.sentence for signal in found.signals]
    if told:
        rest = [text("and {n} more …", n=len(told) - _LISTED)] if len(told) > _LISTED else []
        yield Notice((*told[:_LISTED], *rest))
    else:
        yield Words(text("No site lies beyond the limits: what is seen is what chance makes."))
    for note in found.notes:
        yield Words(note, "quiet")


def _auditors(found: AuditorRates, agreement: str) -> Iterator[Part]:
    yield Heading(text("Do auditors judge alike?"))
    yield Words(agreement)
    if len(found.auditors) < 2:
        yield Words(text("One auditor judged all of it, so this cannot be told."), "quiet")
        return
    test = text(
        "{n:auditor|auditors}; chance of such differences if they judged alike: {p}.",
        n=len(found.auditors),
        p=chance(found.p),
    )
    yield Words(test)
    moved = [one for one in found.sites if one.adjusted is not None][:10]
    if not moved:
        return
    rows = tuple(
        (
            *(one.plain.title, figure(one.plain.judged), rate_words(one.plain), figure(one.adjusted, percent=True)),
            *(f"{figure(one.low, percent=True)} – {figure(one.high, percent=True)}", figure(one.auditors)),
        )
        for one in moved
    )
    heads = (text("Site"), "n", text("Plain"), text("Adjusted"), text("Interval (95 %)"), text("Auditors"))
    note = text(
        "The sites that the adjustment moves most. Where one auditor alone has judged "
        "({n:site|sites}), site and auditor "
        "cannot be told apart.",
        n=found.alone,
    )
    yield Table(heads, rows, (0, 14, 44, 22, 36, 20), numbers=(1, 3, 5), note=note)


def cause_parts(found: Causes, most: int = 15) -> Iterator[Part]:
    """What comes back at several sites."""
    yield Heading(text("Why: the same at several sites"))
    if not found.groups:
        yield Words(text("No constraint or cause comes back at two sites or more."), "quiet")
        return
    rows = tuple(
        (
            *(one.goal_title, one.constraint_title, one.cause_title or "–", figure(one.cases), figure(one.before)),
            *(figure(one.site_count), "–" if one.q is None else f"{one.q:.3f}"),
            Cell(text("systemic"), "poor") if one.verdict == "systemic" else Cell(text("not enough"), "plain"),
        )
        for one in found.groups[:most]
    )
    heads = (
        *(text("Goal"), text("Forced by"), text("Behind it"), text("Cases"), text("Before")),
        *(text("Sites"), "q", text("Proposal")),
    )
    note = text(
        "Of {n:departure|departures} {unnamed} name neither constraint nor cause and {alone} come at "
        "one site only. Before: the "
        "four quarters before. q: share of false alarms if it is called more frequent than before. A person decides; "
        "this proposes.",
        n=found.departures,
        unnamed=found.unnamed,
        alone=found.at_one_site,
    )
    yield Table(heads, rows, (0, 28, 30, 13, 14, 11, 13, 28), numbers=(3, 4, 5, 6), note=note)


def _method() -> Iterator[Part]:
    yield Heading(text("How it is made"))
    yield Words(
        text(
            "One verdict counts for each audit, decision and goal: what both auditors agreed on, else what the lead "
            "auditor said; a second opinion never counts by itself. Only concluded audits count. Intervals are "
            "Wilson's at 95 %, differences Newcombe's; of what is compared at once at most one alarm in ten may be "
            "false."
        ),
        "small",
    )
