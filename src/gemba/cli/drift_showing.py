"""What `gemba drift` says: tables for people."""

from __future__ import annotations

from collections.abc import Sequence

from gemba.cli.saying import table
from gemba.reports.chart_facts import ChartFacts
from gemba.reports.chart_numbers import figure
from gemba.wording import plural, text
from gemba.work.alignment_facts import Rate, Rates
from gemba.work.alignment_weights import WeightedRate
from gemba.work.alignment_words import (
    counts_words,
    outcome_words,
    rate_words,
    shift_words,
    under_way_words,
    verdict_title,
)
from gemba.work.drift_auditors import AuditorRates, auditor_warning, chance
from gemba.work.drift_causes import Causes
from gemba.work.drift_changes import Shifts
from gemba.work.drift_records import CaseBehind
from gemba.work.drift_trend import Outcome, Trend

_SHOWN = 40


def nothing() -> str:
    """What to do while nothing counts."""
    return text("Nothing counts yet: conclude an alignment audit whose decisions are judged.")


def rates_shown(found: Rates) -> str:
    """Rates of groups, all together last."""
    waiting = under_way_words(found.under_way)
    if not found.groups:
        return "\n".join([nothing(), *([waiting] if waiting else [])])
    heads = ("", text("Rate (95 %)"), text("Aligned or in part"), text("Made of"), text("Exceptions"))
    rows = [_rate_row(one.title, one) for one in found.groups]
    rows.append(_rate_row(text("All together"), found.whole))
    return "\n".join([table(rows, heads), *([waiting] if waiting else [])])


def _rate_row(title: str, one: Rate) -> list[str]:
    return [title, rate_words(one), figure(one.with_part, percent=True), counts_words(one), figure(one.excepted)]


def trends_shown(found: Sequence[Trend]) -> str:
    """Goals by quarters."""
    if not found:
        return nothing()
    heads = ("", *(one.key for one in found[0].quarters))
    return table([[one.title, *(figure(at.rate, percent=True) for at in one.quarters)] for one in found], heads)


def outcomes_shown(found: Sequence[Outcome]) -> str:
    """Goals beside customers' measures; empty when no goal names one."""
    return "".join(f"\n{one.goal_title} · {one.measure_title}: {outcome_words(one)}" for one in found)


def shifts_shown(found: Shifts) -> str:
    """What changed."""
    if not found.groups:
        return nothing()
    heads = ("", found.before, found.quarter, text("Change"))
    rows = [[one.title, rate_words(one.before), rate_words(one.now), shift_words(one)] for one in found.groups]
    whole = found.whole
    rows.append([text("All together"), rate_words(whole.before), rate_words(whole.now), shift_words(whole)])
    return table(rows, heads)


def funnel_shown(found: ChartFacts) -> str:
    """What stands out, then the smallest and largest sites."""
    lines = [found.reason, *(signal.sentence for signal in found.signals)]
    if found.points and not found.signals:
        lines.append(text("No site lies beyond the limits: what is seen is what chance makes."))
    rows = [
        [
            *(point.label, figure(point.size), figure(point.value, percent=True)),
            f"{figure(point.lower, percent=True)} – {figure(point.upper, percent=True)}",
        ]
        for point in reversed(found.points[-_SHOWN:])
    ]
    shown = table(rows, (text("Site"), text("Judged"), text("Rate"), text("Limits"))) if rows else ""
    return "\n".join([*lines, *found.notes, shown])


def auditors_shown(found: AuditorRates) -> str:
    """Auditors, then the sites that the adjustment moves most."""
    if not found.auditors:
        return nothing()
    lines = [
        auditor_warning(found) or text("Auditors do not differ more than chance makes (p = {p}).", p=chance(found.p))
    ]
    lines.append(
        table([[one.title, rate_words(one)] for one in found.auditors], (text("Auditor"), text("Rate (95 %)")))
    )
    rows = [
        [one.plain.title, rate_words(one.plain), figure(one.adjusted, percent=True), figure(one.auditors)]
        for one in found.sites[:_SHOWN]
    ]
    lines.append(table(rows, (text("Site"), text("Plain"), text("Adjusted"), text("Auditors"))))
    if found.alone:
        lines.append(alone_words(found))
    return "\n".join(lines)


def alone_words(found: AuditorRates) -> str:
    """That site and auditor cannot be told apart where one auditor judged alone."""
    return plural(
        "{n} site was judged by one auditor alone: site and auditor cannot be told apart there.",
        "{n} sites were judged by one auditor alone: site and auditor cannot be told apart there.",
        found.alone,
    )


def causes_shown(found: Causes) -> str:
    """What comes back at two sites or more."""
    if not found.departures:
        return text("No decision departs from what was promised, as far as was judged.")
    heads = (text("Goal"), text("Forced by"), text("Behind it"), text("Cases"), text("Before"), text("Sites"), "q", "")
    rows = [
        [
            *(one.goal_title, one.constraint_title, one.cause_title or "–", figure(one.cases), figure(one.before)),
            *(figure(one.site_count), "–" if one.q is None else f"{one.q:.3f}", one.verdict.replace("_", " ")),
        ]
        for one in found.groups
    ]
    told = text(
        "{n:departure|departures}; {unnamed} name neither constraint nor cause, {alone} come at one site only.",
        n=found.departures,
        unnamed=found.unnamed,
        alone=found.at_one_site,
    )
    return "\n".join([told, table(rows, heads)]) if rows else told


def weights_shown(found: Sequence[WeightedRate]) -> str:
    """Weighted beside plain."""
    if not found:
        return text("No sample weighs its decisions unevenly: the plain rates are the estimates.")
    rows = [
        [
            *(one.title, figure(one.n), figure(one.plain, percent=True), figure(one.rate, percent=True)),
            *(f"{figure(one.low, percent=True)} – {figure(one.high, percent=True)}", figure(one.unweighted)),
        ]
        for one in found
    ]
    heads = ("", "n", text("Plain"), text("Weighted"), text("Interval (95 %)"), text("In no sample"))
    return table(rows, heads)


def cases_shown(found: Sequence[CaseBehind]) -> str:
    """Cases as a list."""
    if not found:
        return text("Nothing stands behind it.")
    heads = (text("Decision"), text("What"), text("Day"), text("Place"), text("Goal"), text("Verdict"), text("Audit"))
    rows = [
        [one.number, one.title, one.decided_on, one.place, one.goal, verdict_title(one.verdict), one.audit_number]
        for one in found
    ]
    return table(rows, heads)
