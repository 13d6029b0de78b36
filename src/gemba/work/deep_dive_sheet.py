"""The deep-dive pack as a document: what the facts are in words, tables and drawings."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from gemba import wording
from gemba.domain.follow_through import Instrument
from gemba.methods.charts.pareto import Pareto
from gemba.reports.chart_facts import ChartFacts, PointFacts
from gemba.reports.chart_numbers import figure
from gemba.reports.charts import chart_drawing
from gemba.reports.facts import Rendered
from gemba.reports.sheet import render
from gemba.reports.sheet_facts import Cell, Drawing, Figures, Heading, Notice, Part, SheetFacts, Table, Words
from gemba.reports.waiting_curves import draw_curve
from gemba.store.follow_times import Stage
from gemba.wording import text
from gemba.work.chart_facts import chart_of
from gemba.work.correlate import Pairing
from gemba.work.deep_dive import OTHER, DeepDive
from gemba.work.desk import Desk
from gemba.work.follow_words import (
    done_somewhere,
    instrument_title,
    interval,
    priority_title,
    score,
    share,
    verdict,
    within,
)
from gemba.work.lag_curves import curve_of, stage_title
from gemba.work.lags import Lag
from gemba.work.risks import RiskLine
from gemba.work.survey_scores import SurveyScore

_WIDE, _HIGH = 174.0, 62.0
_TONES = {"H": "poor", "M": "fair", "L": "plain"}


def deep_dive_pdf(desk: Desk, facts: DeepDive, out: Path) -> Rendered:
    """Write the pack.

    Raises:
        Trouble: the file cannot be written.
    """
    sheet = SheetFacts(
        number=f"{facts.begins} – {facts.ends}",
        title=text("Deep dive: recurring failure modes"),
        kind_title=text("Quarterly deep dive"),
        place=facts.place or text("All places"),
        when=facts.when,
        zone=desk.zone,
        parts=tuple(_parts(desk, facts)),
    )
    return render(sheet, out, language=wording.language())


def _parts(desk: Desk, facts: DeepDive) -> Iterator[Part]:
    days = text("Complaints received from {first} to {last}.", first=facts.begins, last=facts.ends)
    yield Words(days, "quiet")
    yield Figures(
        (
            (figure(facts.complaints), text("complaints")),
            (figure(facts.complaints_before), text("in the same time before")),
            (figure(facts.mode_count), text("failure modes")),
            (figure(len(facts.elsewhere)), text("issues at two sites or more")),
        )
    )
    if facts.uncoded:
        yield Notice(
            (
                text(
                    "{n} of {all:complaint|complaints} lack step, cause or place and are in no mode.",
                    n=facts.uncoded,
                    all=facts.complaints,
                ),
            ),
            "fair",
        )
    yield from _modes(facts)
    yield from _lags(facts)
    yield from _returns(facts)
    yield from _elsewhere(facts)
    yield from _surveys(facts)
    yield from _discrepancies(facts)
    yield from _risks(facts)
    yield from _pairs(desk, facts)


def _modes(facts: DeepDive) -> Iterator[Part]:
    yield Heading(text("Recurring failure modes"))
    if not facts.modes:
        yield Words(text("No complaint of this time is coded with step, cause and place yet."), "quiet")
        return
    for title, made in ((text("By count"), facts.by_count), (text("By count and severity"), facts.by_weight)):
        yield Heading(title, 1)
        yield Drawing(chart_drawing(_bars(title, made), _WIDE, 90.0), _few(made))
    yield Table(
        (text("Step"), text("Cause"), text("Now"), text("Before"), text("Sites"), text("Weight")),
        tuple(
            (mode.step, mode.cause, figure(mode.count), figure(mode.before), figure(mode.sites), figure(mode.weight))
            for mode in facts.modes
        ),
        (0, 50, 14, 16, 14, 18),
        numbers=(2, 3, 4, 5),
        note=text("Weight: 1 for low, 3 for medium, 9 for high, 27 for critical. Before: the same number of days."),
    )


def _bars(title: str, made: Pareto) -> ChartFacts:
    return ChartFacts(
        title=title,
        kind="pareto",
        kind_title=text("Pareto chart"),
        proposed="pareto",
        reason="",
        axis=title,
        bars=True,
        vital=made.vital,
        points=tuple(
            PointFacts(
                label=text("All others") if bar.name == OTHER else bar.name,
                key=bar.name,
                value=bar.amount,
                centre=bar.cumulated,
            )
            for bar in made.bars
        ),
    )


def _few(made: Pareto) -> str:
    if made.bars and made.bars[-1].name == OTHER and made.vital == len(made.bars):
        return text("More than {n:mode makes|modes make} 80 %.", n=len(made.bars) - 1)
    return wording.plural("{n} mode makes 80 %.", "{n} modes make 80 %.", made.vital)


def _lags(facts: DeepDive) -> Iterator[Part]:
    yield Heading(text("From feedback to change"))
    whole = {lag.stage: lag for lag in facts.lags.whole()}
    if not whole:
        yield Words(text("There are no complaints of this time."), "quiet")
        return
    yield Words(text("What is still open counts as waiting until today; it is never dropped."), "quiet")
    yield Table(
        (text("Stage"), "n", text("Still open"), text("Half within (days)"), text("90 % within (days)")),
        tuple(_lag_row(lag) for lag in whole.values()),
        (0, 16, 20, 44, 44),
        numbers=(1, 2),
    )
    changed = whole.get(Stage.CHANGED)
    if changed is not None and changed.curve:
        curve = curve_of(changed)
        yield Drawing(draw_curve(curve, _WIDE, _HIGH).picture, curve.title)


def _lag_row(lag: Lag) -> tuple[str, ...]:
    return stage_title(lag.stage), figure(lag.n), figure(lag.open), within(lag.median), within(lag.ninetieth)


def _returns(facts: DeepDive) -> Iterator[Part]:
    found = facts.recurrence
    yield Heading(text("What came back within {days} days", days=found.days))
    if not found.actions.closed:
        yield Words(text("No action on a coded cause is done yet."), "quiet")
        return
    yield Words(
        text(
            "After {closed} done actions {returned} came back, {watched} are still watched: {share}.",
            closed=found.actions.closed,
            returned=found.actions.returned,
            watched=found.actions.watched,
            share=share(found.actions),
        )
    )
    back = [one for one in found.after_actions if one.days is not None]
    if back:
        yield Table(
            (text("Action"), text("What was done"), text("Place"), text("Back after")),
            tuple(
                (one.closing.number, one.closing.text, one.place, text("{days} days", days=figure(one.days)))
                for one in back[:12]
            ),
            (30, 0, 36, 24),
        )


def _elsewhere(facts: DeepDive) -> Iterator[Part]:
    if not facts.elsewhere:
        return
    yield Heading(text("The same at several sites"))
    yield Table(
        (text("Step and cause"), text("Sites"), text("Done somewhere"), text("Nothing done yet at")),
        tuple(
            (
                f"{issue.step_title} · {issue.cause_title}",
                ", ".join(f"{at.name} ({at.count})" for at in issue.sites[:5]),
                done_somewhere(issue),
                ", ".join(issue.untouched[:5]) or "–",
            )
            for issue in facts.elsewhere
        ),
        (44, 44, 0, 36),
    )


def _surveys(facts: DeepDive) -> Iterator[Part]:
    if not facts.surveys:
        return
    yield Heading(text("What surveys say"))
    for found in facts.surveys:
        yield Heading(instrument_title(found.instrument), 1)
        yield Table(
            (text("Period"), "n", text("Score"), text("Interval (95 %)"), text("Asked too often")),
            tuple(_score_row(one) for one in found.groups[-12:]),
            (0, 18, 24, 44, 34),
            numbers=(1, 2, 4),
            note=text("No score is told below ten answers.") + _scale(found.instrument),
        )


def _scale(instrument: Instrument) -> str:
    return {
        Instrument.NPS: " " + text("Net promoter score: -100 to 100."),
        Instrument.CES: " " + text("Customer effort: mean of 1 to 7, 7 is easy."),
        Instrument.CSAT: " " + text("Customer satisfaction: percent of the two best of five."),
    }[instrument]


def _score_row(one: SurveyScore) -> tuple[str, ...]:
    often = figure(one.asked_often) if one.asked_often else "–"
    return one.title, figure(one.n), score(one.value), interval(one.low, one.high, 1), often


def _discrepancies(facts: DeepDive) -> Iterator[Part]:
    if not facts.discrepancies:
        return
    yield Heading(text("Told against logged, not explained yet"))
    yield Table(
        (text("What"), text("Open"), text("Median difference"), text("Interval (95 %)"), text("Told more")),
        tuple(
            (
                f"{one.what} ({one.unit})" if one.unit else one.what,
                figure(one.open),
                score(one.median),
                interval(one.low, one.high, 1),
                figure(one.told_more / one.n, percent=True),
            )
            for one in facts.discrepancies
        ),
        (0, 18, 34, 40, 26),
        numbers=(1, 2, 4),
    )


def _risks(facts: DeepDive) -> Iterator[Part]:
    yield Heading(text("Risks"))
    if not facts.risks:
        yield Words(text("No risks are written down yet."), "quiet")
        return
    yield Table(
        (text("Priority"), text("How it fails, and for the customer"), "S", "O", "D", text("Owner"), text("Review by")),
        tuple(_risk_row(line) for line in facts.risks),
        (26, 0, 16, 8, 8, 30, 24),
        numbers=(2, 3, 4),
        note=text("S: severity, the worse of technical and customer; these stand in brackets."),
    )
    gaps = [line for line in facts.risks if line.is_gap_finding]
    if gaps:
        told = ", ".join(f"{line.risk.mode} (+{line.gap})" for line in gaps)
        yield Notice((text("Customers feel these much worse than they are rated: {modes}.", modes=told),), "poor")


def _risk_row(line: RiskLine) -> tuple[str | Cell, ...]:
    risk = line.risk
    return (
        Cell(priority_title(line.priority), _TONES[line.priority]),  # type: ignore[arg-type]
        f"{risk.mode}: {risk.effect}",
        f"{line.severity} ({risk.technical}/{risk.customer})",
        str(risk.occurrence),
        str(risk.detection),
        risk.owner or "–",
        (text("due") + " " if line.overdue else "") + (risk.review_by.isoformat() if risk.review_by else "–"),
    )


def _pairs(desk: Desk, facts: DeepDive) -> Iterator[Part]:
    if not facts.pairs:
        return
    yield Heading(text("Customers and efficiency side by side"), new_page=True)
    for pair in facts.pairs:
        yield Heading(f"{pair.first.title} · {pair.second.title}", 1)
        first, last = pair.pairs[0].begins, pair.pairs[-1].begins
        for measure in (pair.first, pair.second):
            chart = chart_of(desk, measure.uid, begins=first, ends=last)
            yield Drawing(chart_drawing(chart, _WIDE, 46.0), measure.title)
        yield Notice((verdict(pair),), "poor" if pair.verdict == "trade_off" else "plain")
        yield _correlations(pair)


def _correlations(pair: Pairing) -> Part:
    return Table(
        (text("Outcome follows by"), text("Spearman"), text("Interval (95 %)"), "n"),
        tuple(
            (text("{lag} periods", lag=at.lag), score(at.r, 2), interval(at.low, at.high, 2), figure(at.n))
            for at in pair.lags
        ),
        (0, 30, 50, 20),
        numbers=(1, 3),
    )
