"""What sorts, tiers, clocks and steps of escalations are called, for people."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from gemba.domain.complaint_clock import ClockState
from gemba.domain.escalation_moves import Move
from gemba.domain.escalation_tiers import Rung
from gemba.domain.escalations import EscalationSort, EscalationState, EscalationStepSort
from gemba.wording import plural, text

_DAY = timedelta(days=1)


def sort_words(sort: EscalationSort) -> str:
    """What a sort is called."""
    return {
        EscalationSort.OPERATIONAL: text("Operational"),
        EscalationSort.CONFLICT: text("Conflict with a commitment"),
        EscalationSort.COMPLIANCE: text("Customer need against a rule or risk"),
        EscalationSort.DIVERGENCE: text("Customers and figures diverge"),
    }[sort]


def sort_short(sort: EscalationSort) -> str:
    """The same in one word, for lists."""
    return {
        EscalationSort.OPERATIONAL: text("Operational"),
        EscalationSort.CONFLICT: text("Conflict"),
        EscalationSort.COMPLIANCE: text("Compliance"),
        EscalationSort.DIVERGENCE: text("Divergence"),
    }[sort]


def severity_words(severity: str) -> str:
    """What a severity is called; one of a newer program stands for itself."""
    known = {"low": text("low"), "medium": text("medium"), "high": text("high"), "": text("all")}
    return known.get(severity, severity)


def state_words(state: EscalationState) -> str:
    """What a state is called."""
    return {
        EscalationState.OPEN: text("open"),
        EscalationState.DECIDED: text("decided"),
        EscalationState.WITHDRAWN: text("withdrawn"),
    }[state]


def clock_words(state: ClockState) -> str:
    """How the clock of a tier stands."""
    return {
        ClockState.RUNNING: text("running"),
        ClockState.SOON: text("due soon"),
        ClockState.OVERDUE: text("overdue"),
    }.get(state, "")


def move_words(move: Move) -> str:
    """What a move is called on a button."""
    return {
        Move.STEP: text("Next tier"),
        Move.SKIP: text("Skip a tier"),
        Move.TRIED: text("Write what was tried"),
        Move.ANSWER: text("Answer"),
        Move.NEXT: text("Next step"),
        Move.DECIDE: text("Decide"),
        Move.WITHDRAW: text("Withdraw"),
        Move.REOPEN: text("Reopen"),
    }[move]


def step_words(sort: EscalationStepSort, tier: int, owner: str) -> str:
    """What happened, in one line of the history."""
    return {
        EscalationStepSort.RAISED: text("Raised to tier {tier}, {owner}", tier=tier, owner=owner),
        EscalationStepSort.STEPPED: text("Raised to tier {tier}, {owner}", tier=tier, owner=owner),
        EscalationStepSort.SKIPPED: text("Tier {tier}, {owner}, was passed over; to be told", tier=tier, owner=owner),
        EscalationStepSort.TRIED: text("Tried meanwhile"),
        EscalationStepSort.ANSWERED: text("Tier {tier}, {owner}, answered", tier=tier, owner=owner),
        EscalationStepSort.DECIDED: text("Decided"),
        EscalationStepSort.REOPENED: text("Opened again on tier {tier}, {owner}", tier=tier, owner=owner),
        EscalationStepSort.WITHDRAWN: text("Withdrawn"),
        EscalationStepSort.LOOKED_AT: text("A leadership review looked at it; carried over"),
    }[sort]


def rung_words(rung: Rung) -> str:
    """A tier in one line."""
    return text(
        "Tier {tier}: {owner}, within {within}", tier=rung.tier, owner=rung.owner, within=hours_words(rung.hours)
    )


def hours_words(hours: int) -> str:
    """A number of hours; in days where it is whole days, from two on."""
    if hours % 24 == 0 and hours >= 48:
        return plural("{n} day", "{n} days", hours // 24)
    return plural("{n} hour", "{n} hours", hours)


def left_words(due_at: datetime | None, now: datetime) -> str:
    """How long a clock still runs, or for how long it has run out."""
    if due_at is None:
        return ""
    span = abs(due_at - now)
    said = (
        plural("{n} day", "{n} days", span // _DAY)
        if span >= 2 * _DAY
        else plural("{n} hour", "{n} hours", int(span.total_seconds() // 3600))
    )
    return text("{span} left", span=said) if due_at > now else text("overdue for {span}", span=said)


def carried_words(times: int, since: date) -> str:
    """How often it was looked at without a decision: "carried over 3 times, since 12 May"."""
    if not times:
        return text("since {day}", day=since.isoformat())
    return plural("carried over once, since {day}", "carried over {n} times, since {day}", times, day=since.isoformat())
