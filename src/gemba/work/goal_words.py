"""Goals and service levels in words, the same in the window, on the command line and on paper."""

from __future__ import annotations

from datetime import date, timedelta

from gemba.domain.goals import Bound
from gemba.domain.judgements import AlignmentVerdict
from gemba.domain.quarters import days_of, quarter_of
from gemba.reports.chart_numbers import figure
from gemba.wording import plural, text
from gemba.work.alignment_words import verdict_title
from gemba.work.latest_values import Latest

NO_BREAK = "\u00a0"


def state_title(code: str) -> str:
    """How a goal, an adaptation or a service level stands."""
    titles = {
        "in_force": text("In force"),
        "later": text("Begins later"),
        "ending": text("Ends soon"),
        "expired": text("Ran out"),
        "retired": text("Retired"),
        "core_ended": text("Its goal ended"),
    }
    return titles.get(code, code)


def state_tone(code: str) -> str:
    """The tone of a state."""
    return {"in_force": "good", "later": "note", "ending": "fair", "expired": "fair", "core_ended": "fair"}.get(
        code, "plain"
    )


def field_title(code: str) -> str:
    """What a field of a goal is called."""
    titles = {
        "title": text("Title"),
        "statement": text("Promise"),
        "need": text("Need behind it"),
        "owner": text("Owner"),
        "anchors": text("What each verdict means"),
        "items": text("Questions of checklists"),
        "links": text("Belongs to it"),
        "valid_from": text("Valid from"),
        "valid_to": text("Valid to"),
    }
    return titles.get(code, code)


def anchor_title(code: str) -> str:
    """The verdict that an anchor is for; one of a newer program stands for itself."""
    return verdict_title(code) if code in set(AlignmentVerdict) else code


def amount(value: float | None, unit: str) -> str:
    """A number with its unit; a dash for none."""
    if value is None:
        return "–"
    return f"{figure(value)}{NO_BREAK}{unit}" if unit else figure(value)


def target_words(bound: Bound, target: float | None, unit: str) -> str:
    """A target with the side that is good."""
    if target is None:
        return text("no target yet")
    told = amount(target, unit)
    return text("at least {amount}", amount=told) if bound is Bound.AT_LEAST else text("at most {amount}", amount=told)


def now_words(now: Latest | None) -> str:
    """The newest value of a measure, and of when it is."""
    if now is None:
        return text("no value yet")
    return text("{amount} in {period}", amount=amount(now.value, now.unit), period=now.period)


def met(*, meets: bool | None) -> tuple[str, str]:
    """Whether a target is met, in a word or two, and the tone of it."""
    if meets is None:
        return text("Cannot tell"), "plain"
    return (text("Met"), "good") if meets else (text("Not met"), "poor")


def gap_title(code: str) -> str:
    """A gap in a word or two."""
    titles = {
        "no_owner": text("No owner"),
        "no_requirement": text("No requirement"),
        "no_measure": text("No measure"),
        "no_target": text("No target"),
        "no_value": text("No value"),
        "measure_retired": text("Measure retired"),
        "other_unit": text("Different units"),
        "unmet": text("Not met"),
        "expired": text("Ran out"),
        "core_ended": text("Its goal ended"),
        "core_changed": text("Its goal changed"),
        "overlap": text("Overlaps"),
        "code_twice": text("Code used twice"),
        "version_twice": text("Changed twice"),
        "promise_short": text("Promised too little"),
        "delivery_short": text("Promise not kept"),
        "not_asked": text("Customer not asked"),
        "not_known": text("Not known what is achieved"),
        "review_overdue": text("Review overdue"),
    }
    return titles.get(code, code)


def runs_out(ends: date | None, today: date) -> str:
    """How long something with a last day still holds."""
    if ends is None:
        return ""
    days = (ends - today).days
    if days < 0:
        return plural("expired yesterday", "expired {n} days ago", -days)
    if days == 0:
        return text("runs out today")
    return plural("runs out tomorrow", "runs out in {n} days", days)


def retiring_words(on: date) -> str:
    """What it means that a goal no longer holds from a day on."""
    quarter = quarter_of(on)
    if on == days_of(quarter)[0]:
        return text(
            "Decisions until {before} are judged against it; those of {quarter} and later are not.",
            before=on - timedelta(days=1),
            quarter=quarter,
        )
    return text(
        "This is within {quarter}: decisions before {day} are still judged against it, those from {day} on are not.",
        quarter=quarter,
        day=on,
    )


def gap_share(share: float | None) -> str:
    """By how much something falls short, or is better."""
    if share is None:
        return "–"
    if abs(share) < 0.0005:
        return text("met exactly")
    percent = min(abs(share), 9.99) * 100
    size = f"{percent:.0f}{NO_BREAK}%" if percent >= 10 else f"{percent:.1f}{NO_BREAK}%"
    return text("{share} short", share=size) if share > 0 else text("{share} better", share=size)
