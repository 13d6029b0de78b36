"""Charts in words: their names, why one is proposed, what a rule saw."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from gemba.domain.measures import Measure, Period
from gemba.methods.charts.choosing import Choice, Reason
from gemba.methods.charts.model import ChartSort
from gemba.methods.rules.zones import Rule
from gemba.reports.chart_numbers import figure
from gemba.wording import plural, text


def kind_title(kind: str) -> str:
    """What people call a chart."""
    titles = {
        "auto": text("The one that fits"),
        "run": text("Run chart"),
        "i": text("Individuals (I-MR)"),
        "p": text("p chart (shares)"),
        "np": text("np chart (numbers of equal lots)"),
        "c": text("c chart (counts)"),
        "u": text("u chart (rates)"),
        "laney-p": text("Laney p′ chart (shares that vary more)"),
        "laney-u": text("Laney u′ chart (counts that vary more)"),
        "g": text("g chart (days between)"),
        "t": text("t chart (time between)"),
        "ewma": text("EWMA (weighted mean)"),
        "cusum": text("CUSUM (sums of deviations)"),
        "pareto": text("Pareto chart"),
        "funnel": text("Funnel plot of sites"),
        "mr": text("Moving ranges"),
    }
    return titles.get(kind, kind)


def reason(choice: Choice | None, points: int) -> str:
    """Why a chart is proposed, in a sentence."""
    if choice is None:
        return plural(
            "With {n} point only a run chart says anything.", "With {n} points only a run chart says anything.", points
        )
    shown = figure(choice.figure)
    sentences = {
        Reason.RARE_COUNTS: text(
            "Fewer than one event a period is expected ({figure}), so what lies between events is charted.",
            figure=shown,
        ),
        Reason.RARE_TIMES: text(
            "Fewer than one event a period is expected ({figure}), so the time between events is charted.", figure=shown
        ),
        Reason.FEW: text(
            "One to five events a period are expected ({figure}); the chart is read with its limits only.", figure=shown
        ),
        Reason.COUNTS: text(
            "Five or more events a period are expected ({figure}), and they vary as counts do.", figure=shown
        ),
        Reason.SHARES: text("Shares of a known number, {figure} expected a period, vary as shares do.", figure=shown),
        Reason.LARGE: text(
            "Each period has many items ({figure} on average); the plain limits would be too narrow for real life.",
            figure=shown,
        ),
        Reason.OVERDISPERSED: text(
            "Neighbours differ more than chance counts do (sigma-z {figure}); plain limits would cry wolf.",
            figure=shown,
        ),
        Reason.MEASURED: text("Measured values, one a period: each is compared with its neighbours."),
        Reason.SKEWED: text("Times with a long tail (skewness {figure}): limits are worked out on logarithms.",
                            figure=shown),
    }  # fmt: skip
    return sentences[choice.reason]


def label(period: Period, begins: date) -> str:
    """What stands under a point; ISO 8601, the same in every language."""
    if period is Period.WEEK:
        year, week, _ = begins.isocalendar()
        return f"{year} W{week:02d}"
    if period is Period.MONTH:
        return f"{begins:%Y-%m}"
    if period is Period.QUARTER:
        return f"{begins.year} Q{(begins.month + 2) // 3}"
    return begins.isoformat()


def period_title(period: Period) -> str:
    """A period, for the axis."""
    titles = {
        Period.DAY: text("Day"),
        Period.WEEK: text("Week"),
        Period.MONTH: text("Month"),
        Period.QUARTER: text("Quarter"),
    }
    return titles[period]


def rule_title(rule: str) -> str:
    """What a rule looks for."""
    titles = {
        Rule.N1: text("one point beyond a limit"),
        Rule.N2: text("nine in a row on one side"),
        Rule.N3: text("six in a row rising or falling"),
        Rule.N4: text("fourteen in a row up and down by turns"),
        Rule.N5: text("two of three beyond two sigmas"),
        Rule.N6: text("four of five beyond one sigma"),
        Rule.N7: text("fifteen in a row within one sigma"),
        Rule.N8: text("eight in a row with none within one sigma"),
        Rule.WE1: text("one point beyond a limit"),
        Rule.WE2: text("two of three beyond two sigmas"),
        Rule.WE3: text("four of five beyond one sigma"),
        Rule.WE4: text("eight in a row on one side"),
        Rule.ANHOEJ: text("a run too long, or too few crossings of the centre line"),
    }
    if rule == "misalignment":
        return text("customers see what operations do not measure")
    return titles[Rule(rule)] if rule in set(Rule) else rule


def rules_line(rules: Sequence[str]) -> str:
    """The rules that a chart is read with."""
    return "; ".join(f"{rule}: {rule_title(rule)}" for rule in rules)


def axis(measure: Measure, sort: ChartSort, per: float, *, shares: bool) -> str:
    """What the values are."""
    if sort is ChartSort.G:
        return text("Days between events")
    if sort is ChartSort.T:
        return text("Hours between events")
    if sort is ChartSort.CUSUM:
        return text("Summed deviations, in sigmas")
    if shares and sort is not ChartSort.NP:
        return text("Share")
    if per > 1:
        return text("Per {number}", number=figure(per))
    return measure.unit or text("Number")


def false_alarm_line(share: float, points: int, *, rules: Sequence[str]) -> str:
    """How often a set of rules cries wolf."""
    return plural(
        "With nothing changed, {rules} raises at least one alarm in {share} of series of {points} points (simulated).",
        "With nothing changed, {rules} raise at least one alarm in {share} of series of {points} points (simulated).",
        len(rules),
        rules=" + ".join(rules),
        share=figure(share, percent=True),
        points=points,
    )
