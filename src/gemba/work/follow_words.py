"""Figures of follow-through in words, the same in the window and on paper."""

from __future__ import annotations

from gemba.domain.follow_through import Instrument
from gemba.reports.chart_numbers import figure
from gemba.wording import text
from gemba.work.correlate import Pairing
from gemba.work.elsewhere import Issue
from gemba.work.lags import At
from gemba.work.recurrence import Share


def within(at: At) -> str:
    """Days with their interval; a dash where the curve does not get so far."""
    if at.days is None:
        return "–"
    if at.high is None:
        return text("{days} ({low} or more)", days=figure(at.days), low=figure(at.low))
    return f"{figure(at.days)} ({figure(at.low)} – {figure(at.high)})"


def score(value: float | None, digits: int = 1) -> str:
    """A figure with so many decimals; a dash for none."""
    return "–" if value is None else f"{value:.{digits}f}"


def interval(low: float | None, high: float | None, digits: int = 1) -> str:
    """From where to where; a dash for none."""
    return "–" if low is None or high is None else f"{score(low, digits)} – {score(high, digits)}"


def share(of: Share) -> str:
    """An estimated share of returns with its interval; it cannot be told while the last watched ones decide it."""
    if of.share is None:
        return "–"
    low, high = of.low, of.high
    if low == high:  # all or none came back: the curve has no width there, whatever the number of cases
        low, high = (None, None) if of.plain is None else (of.plain.low, of.plain.high)
    if low is None or high is None:
        return text("the share cannot be told yet")
    return f"{figure(of.share, percent=True)} ({figure(low, percent=True)} – {figure(high, percent=True)})"


def done_somewhere(issue: Issue) -> str:
    """What was done about an issue, each with the sites where; a dash for nothing."""
    sites: dict[str, list[str]] = {}
    for one in issue.countermeasures:
        words = one.text + (f" ({text('came back')})" if one.came_back else "")
        if one.site not in sites.setdefault(words, []):
            sites[words].append(one.site)
    return "; ".join(f"{words} – {', '.join(where)}" for words, where in sites.items()) or "–"


def verdict(pair: Pairing) -> str:
    """What the correlation of two measures allows to be said."""
    return {
        "together": text("Both get better together."),
        "trade_off": text("Trade-off: one gets better as the other gets worse."),
        "unclear": text("The interval holds zero: nothing can be said."),
    }[pair.verdict]


def instrument_title(instrument: Instrument) -> str:
    """What people call the question of a survey."""
    return {
        Instrument.NPS: text("Would recommend (NPS)"),
        Instrument.CES: text("Effort (CES)"),
        Instrument.CSAT: text("Satisfaction (CSAT)"),
    }[instrument]


def priority_title(letter: str) -> str:
    """What a letter of the table of priorities means."""
    return {"H": text("High"), "M": text("Medium"), "L": text("Low")}[letter]
