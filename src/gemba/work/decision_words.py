"""What is said to people of decisions and how they stand."""

from __future__ import annotations

from gemba.domain.decisions import Boundary, Decision, Standing
from gemba.domain.standings import Stands, Why, stand
from gemba.wording import text


def standing_words(standing: Standing | str) -> str:
    """What a standing is called."""
    known = {
        Standing.WITHIN: text("Within the boundary"),
        Standing.AT_LIMIT: text("At the limit"),
        Standing.BEYOND: text("Beyond the boundary"),
        Standing.ESCALATED: text("Escalated rightly"),
        Standing.NEEDLESS: text("Escalated without need"),
        Standing.UNBOUNDED: text("No boundary"),
        Standing.UNTOLD: text("Cannot be told"),
    }
    return known.get(Standing(standing), str(standing)) if standing in set(Standing) else str(standing)


def standing_short(standing: Standing | str) -> str:
    """The same in a word, for columns."""
    known = {
        Standing.WITHIN: text("Within"),
        Standing.AT_LIMIT: text("At the limit"),
        Standing.BEYOND: text("Beyond"),
        Standing.ESCALATED: text("Rightly up"),
        Standing.NEEDLESS: text("Needlessly up"),
        Standing.UNBOUNDED: text("No boundary"),
        Standing.UNTOLD: text("Not told"),
    }
    return known.get(Standing(standing), str(standing)) if standing in set(Standing) else str(standing)


def amount_words(amount: float | None, unit: str = "") -> str:
    """An amount with its unit; nothing where none is said."""
    if amount is None:
        return ""
    said = f"{int(amount):,}" if float(amount).is_integer() else f"{amount:,.10g}"
    return f"{said} {unit}".strip()


def limit_words(boundary: Boundary) -> str:
    """How far a boundary lets its role go."""
    if boundary.limit is None:
        return text("any amount")
    if boundary.limit == 0:
        return text("nothing alone")
    return text("up to {amount}", amount=amount_words(boundary.limit, boundary.unit))


def why_words(stands: Stands, amount: float | None = None, unit: str = "") -> str:
    """Why a decision stands as it does: one sentence, with the way out where there is one."""
    boundary = stands.boundary
    if boundary is None:
        return text("No boundary says how far this role may go in this scenario: that is a gap, not leave.")
    facts = {"role": boundary.role, "title": boundary.title, "limit": limit_words(boundary)}
    if stands.why is Why.ANY_AMOUNT and stands.standing is Standing.NEEDLESS:
        return text("{role} may decide any amount of “{title}”: it need not have gone up.", **facts)
    if stands.why is Why.ANY_AMOUNT:
        return text("{role} may decide any amount of “{title}”.", **facts)
    if stands.why is Why.NO_AMOUNT:
        return text("{role} may decide “{title}” {limit}; the entry does not say how much it was.", **facts)
    if stands.why is Why.OTHER_UNIT:
        facts |= {"unit": unit, "other": boundary.unit or text("no unit")}
        return text("The amount counts {unit}, the boundary {other}: they cannot be compared.", **facts)
    return _compared(stands.standing, facts, amount_words(amount, unit or boundary.unit), boundary.escalate_to)


def _compared(standing: Standing, facts: dict[str, str], amount: str, escalate_to: str) -> str:
    facts = {**facts, "amount": amount, "to": escalate_to or text("the next tier")}
    said = {
        Standing.WITHIN: text("{role} may decide “{title}” {limit}; {amount} is within that.", **facts),
        Standing.AT_LIMIT: text("{role} may decide “{title}” {limit}; {amount} is just that.", **facts),
        Standing.BEYOND: text(
            "{role} may decide “{title}” {limit}; {amount} is more and should have gone to {to}.", **facts
        ),
        Standing.ESCALATED: text("{role} may decide “{title}” {limit}; {amount} is more and went up.", **facts),
        Standing.NEEDLESS: text("{role} may decide “{title}” {limit}; {amount} need not have gone up.", **facts),
    }
    return said.get(standing, "")


def why_of(decision: Decision, boundary: Boundary | None) -> str:
    """Why a decision that is kept stands as it does, by the boundary that it was held against."""
    stands = stand(boundary, decision.amount, decision.unit, escalated=decision.escalated)
    return why_words(stands, decision.amount, decision.unit)


def field_words(code: str) -> str:
    """What a field of a decision is called."""
    known = {
        "key": text("Key: tells records apart"),
        "decided_on": text("Day of the decision"),
        "title": text("What was decided"),
        "place": text("Place"),
        "role": text("Role"),
        "scenario": text("Scenario"),
        "why": text("Why"),
        "amount": text("Amount"),
        "unit": text("Unit"),
        "escalated": text("Handed up"),
        "goal": text("Commitment"),
        "contradicts": text("Contradicts the commitment"),
        "customers": text("Customers touched"),
        "segment": text("Segment"),
        "effect": text("Cost and effect"),
        "exception": text("Exception standard"),
        "expires": text("Holds until"),
        "standing": text("Standing"),
        "decider": text("Decided by"),
    }
    return known.get(code, code)
