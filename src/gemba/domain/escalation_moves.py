"""What may be done with an escalation as it stands, and how its history goes on."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from enum import StrEnum

from gemba.domain.complaint_clock import SOON, ClockState
from gemba.domain.escalations import Escalation, EscalationState, EscalationStep, EscalationStepSort

_A_MOMENT = timedelta(milliseconds=1)


class Move(StrEnum):
    """What somebody may do with an escalation."""

    STEP = "step"
    SKIP = "skip"
    TRIED = "tried"
    ANSWER = "answer"
    NEXT = "next"
    DECIDE = "decide"
    WITHDRAW = "withdraw"
    REOPEN = "reopen"


_WHILE_OPEN = (Move.STEP, Move.SKIP, Move.TRIED, Move.ANSWER, Move.NEXT, Move.DECIDE, Move.WITHDRAW)
BEGINS_A_CLOCK = frozenset(
    {
        EscalationStepSort.RAISED,
        EscalationStepSort.STEPPED,
        EscalationStepSort.REOPENED,
    }
)


def moves(one: Escalation, today: date) -> tuple[Move, ...]:
    """What may be done now.

    A decision that has run out may be withdrawn, too: then nobody is asked to decide anew.

    Args:
        one: as it stands.
        today: the day at its place.
    """
    if one.state is EscalationState.OPEN:
        return _WHILE_OPEN
    return (Move.REOPEN, Move.WITHDRAW) if has_run_out(one, today) else (Move.REOPEN,)


def has_run_out(one: Escalation, today: date) -> bool:
    """True for a decision whose last day has passed: it is to be decided anew."""
    return one.state is EscalationState.DECIDED and one.expires is not None and one.expires < today


def clock(one: Escalation, now: datetime) -> ClockState:
    """How the clock of the present tier stands; `NONE` for what is open no more."""
    if one.state is not EscalationState.OPEN or one.due_at is None:
        return ClockState.NONE
    if now >= one.due_at:
        return ClockState.OVERDUE
    return ClockState.SOON if one.due_at - now <= SOON else ClockState.RUNNING


def moment_after(steps: Iterable[EscalationStep], now: datetime) -> datetime:
    """When the next step happens: now, or right after the last one where the clock of this laptop is behind it."""
    last = max((step.happened_at for step in steps), default=None)
    return now if last is None or now > last else last + _A_MOMENT


def is_answered(steps: Iterable[EscalationStep]) -> bool:
    """True when the present tier has answered: what runs now is the date of the agreed next step."""
    answered = False
    for step in sorted(steps, key=lambda one: (one.happened_at, one.uid)):
        if step.sort in BEGINS_A_CLOCK:
            answered = False
        answered = answered or step.sort is EscalationStepSort.ANSWERED
    return answered
