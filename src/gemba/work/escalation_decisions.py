"""Decide an escalation, open it again, withdraw it, and mend what is written of it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import msgspec

from gemba.domain.change import Change
from gemba.domain.escalation_moves import Move
from gemba.domain.escalation_tiers import NEEDS_FORUM, rung_at
from gemba.domain.escalation_words import says_nothing
from gemba.domain.escalations import Escalation, EscalationState, EscalationStepSort
from gemba.domain.record import Uid
from gemba.errors import Refusal
from gemba.store.unit import Unit
from gemba.work.desk import Desk
from gemba.work.escalation_moves import Moving
from gemba.work.escalations import demand_sides
from gemba.work.records import known

WRITTEN = ("title", "tried", "asked", "customer_side", "other_side", "outcome")
"""What may be worded anew; what stood there before stays in the history of the record."""


class Ruling(msgspec.Struct, frozen=True, kw_only=True):
    """What was decided."""

    outcome: str
    decided_by: str = ""
    """Role or body; the forum, or else the owner of the tier, when empty."""
    expires: date | None = None
    """Last day on which it holds."""
    customer_side: str = ""
    """What speaks for the customer, where it was not written before."""
    other_side: str = ""


def decide(desk: Desk, escalation: Uid, ruling: Ruling) -> Change:
    """Decide an escalation.

    Raises:
        Refusal: it is not open, the decision says nothing or has run out already; or, where a forum decides, a side,
            the forum or the last day is missing.
    """
    with desk.unit() as unit:
        decide_in(desk, unit, escalation, ruling)
        return unit.change_made(escalation)


def decide_in(desk: Desk, unit: Unit, escalation: Uid, ruling: Ruling) -> None:
    """The same within another use case's unit."""
    if says_nothing(ruling.outcome):
        raise Refusal("work.escalation_outcome")
    moving = Moving(desk, unit, escalation, Move.DECIDE)
    sides = {
        name: getattr(ruling, name).strip() or getattr(moving.before, name) for name in ("customer_side", "other_side")
    }
    by = ruling.decided_by.strip() or _who_decides(moving.before)
    if moving.before.sort in NEEDS_FORUM:
        _demand_hearing(ruling, sides)
    if ruling.expires is not None and ruling.expires < moving.today:
        raise Refusal("work.escalation_expired", day=ruling.expires)
    fields: dict[str, Any] = {
        **sides,
        "state": EscalationState.DECIDED,
        "outcome": ruling.outcome.strip(),
        "decided_by": by,
        "decided_at": moving.now,
        "expires": ruling.expires,
        "due_at": None,
        "next_step": "",
        "next_by": None,
    }
    moving.write(EscalationStepSort.DECIDED, ruling.outcome, **fields)


def reopen(desk: Desk, escalation: Uid, reason: str) -> Change:
    """Open an escalation again on the tier on which it stood; the clock of that tier begins anew.

    What was decided stays in its history.

    Raises:
        Refusal: it is open, or there is no reason.
    """
    if says_nothing(reason):
        raise Refusal("work.escalation_reopen_reason")
    with desk.unit() as unit:
        moving = Moving(desk, unit, escalation, Move.REOPEN)
        rungs = moving.rungs()
        rung = rung_at(rungs, moving.before.tier) or rungs[-1]
        fields: dict[str, Any] = {
            "state": EscalationState.OPEN,
            "outcome": "",
            "decided_by": "",
            "decided_at": None,
            "expires": None,
            "tier": rung.tier,
            "owner": rung.owner,
            "due_at": moving.now + timedelta(hours=rung.hours),
        }
        moving.write(EscalationStepSort.REOPENED, reason, **fields)
        return unit.change_made(escalation)


def withdraw(desk: Desk, escalation: Uid, reason: str) -> Change:
    """Withdraw an escalation that needs no decision any more, or a decision that has run out and is not needed again.

    Raises:
        Refusal: it is neither, or there is no reason.
    """
    if says_nothing(reason):
        raise Refusal("work.escalation_withdraw_reason")
    with desk.unit() as unit:
        moving = Moving(desk, unit, escalation, Move.WITHDRAW)
        fields: dict[str, Any] = {
            "state": EscalationState.WITHDRAWN,
            "decided_at": moving.now,
            "due_at": None,
            "next_step": "",
            "next_by": None,
        }
        moving.write(EscalationStepSort.WITHDRAWN, reason, **fields)
        return unit.change_made(escalation)


def reword(desk: Desk, escalation: Uid, **written: str) -> Change:
    """Word anew what is written of an escalation, for instance without a person's name.

    Args:
        desk: who does it, where.
        escalation: its uid.
        written: fields of `WRITTEN` with their new words.

    Raises:
        Refusal: what may not be empty says nothing.
    """
    unknown = written.keys() - set(WRITTEN)
    if unknown:
        raise TypeError(f"not written by people: {sorted(unknown)}")
    with desk.unit() as unit:
        before = known(unit, Escalation, escalation)
        after = msgspec.structs.replace(before, **{name: words.strip() for name, words in written.items()})
        if not after.title:
            raise Refusal("work.escalation_title")
        if says_nothing(after.tried):
            raise Refusal("work.escalation_tried")
        if says_nothing(after.asked):
            raise Refusal("work.escalation_asked")
        if before.state is EscalationState.DECIDED:
            _demand_still_sound(after)
        unit.change(Escalation, escalation, **{name: getattr(after, name) for name in written})
        return unit.change_made(escalation)


def _demand_still_sound(after: Escalation) -> None:
    if says_nothing(after.outcome):
        raise Refusal("work.escalation_outcome")
    if after.sort in NEEDS_FORUM:
        demand_sides(after.customer_side, after.other_side)


def _demand_hearing(ruling: Ruling, sides: dict[str, str]) -> None:
    demand_sides(sides["customer_side"], sides["other_side"])
    if ruling.expires is None:
        raise Refusal("work.escalation_without_expiry")


def _who_decides(one: Escalation) -> str:
    return one.forum if one.sort in NEEDS_FORUM and one.forum else one.owner
