"""Escalations in words, for the command line."""

from __future__ import annotations

from collections.abc import Sequence

from gemba.cli.saying import table
from gemba.domain.complaint_clock import ClockState
from gemba.domain.escalations import EscalationSort, EscalationState
from gemba.store.escalation_lists import EXPIRED, EscalationLine
from gemba.wording import text
from gemba.work.escalation_facts import EscalationFacts, standing_words
from gemba.work.escalation_words import (
    clock_words,
    hours_words,
    severity_words,
    sort_short,
    sort_words,
    state_words,
)


def words_of(facts: EscalationFacts) -> str:
    """One escalation."""
    one = facts.escalation
    rows = [
        (text("Number"), one.number),
        (text("Uid"), one.uid),
        (text("What"), one.title),
        (text("Place"), facts.place),
        (text("Sort"), sort_words(one.sort)),
        (text("Severity"), severity_words(one.severity)),
        (text("State"), state_words(one.state)),
        (text("Tier"), text("{tier} of {all}: {owner}", tier=one.tier, all=_highest(facts), owner=one.owner)),
        (text("Forum"), one.forum),
        (text("Clock"), standing_words(facts)),
        (text("Next step"), " · ".join(str(part) for part in (one.next_step, one.next_by) if part)),
        (text("Tried"), one.tried),
        (text("Asked for"), one.asked),
        (text("For the customer"), one.customer_side),
        (text("Against it"), one.other_side),
        (text("Decided"), " · ".join(part for part in (one.outcome, one.decided_by) if part)),
        (text("Holds until"), one.expires),
        (text("Carried over"), facts.carried),
        *((text("About"), f"{link.noun} {link.title or link.uid}") for link in facts.links),
    ]
    lines = [f"{name}: {value}" for name, value in rows if value]
    if facts.are_shipped:
        lines.append(text("Nobody has set tiers for this place; the shipped ones apply (gemba escalation tiers)."))
    lines.append("")
    lines += [f"{step.when}  {step.what}: {step.text}".removesuffix(": ") for step in facts.steps]
    return "\n".join(lines)


def table_of(lines: Sequence[EscalationLine]) -> str:
    """Escalations in a list."""
    heads = [
        text(name) for name in ("Number", "Clock", "Due (UTC)", "Tier", "With", "Severity", "Sort", "Place", "What")
    ]
    rows = [
        (
            one.number,
            _clock(one),
            f"{one.due_at:%Y-%m-%d %H:%M}" if one.due_at else "",
            one.tier,
            one.owner,
            severity_words(one.severity),
            sort_short(EscalationSort(one.sort)),
            one.place,
            one.title,
        )
        for one in lines
    ]
    return table(rows, heads)


def _clock(one: EscalationLine) -> str:
    if one.clock == EXPIRED:
        return text("decision has run out")
    return clock_words(ClockState(one.clock)) or state_words(EscalationState(one.state))


def tier_row(tier: int, owner: str, hours: int, forum: str) -> tuple[str, str, str, str]:
    """A tier in a table."""
    return str(tier), owner, hours_words(hours), forum


def _highest(facts: EscalationFacts) -> int:
    return max((rung.tier for rung in facts.rungs), default=facts.escalation.tier)
