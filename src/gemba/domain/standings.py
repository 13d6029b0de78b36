"""How a decision stands to the boundaries of its role and scenario: the rule alone.

The nearest place counts: a boundary that a branch has set for itself holds there, not the region's. Of several at one
place the one counts that began last.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from datetime import date
from enum import StrEnum

import msgspec

from gemba.domain.decisions import Boundary, Standing
from gemba.domain.record import Uid


class Why(StrEnum):
    """What a standing rests on."""

    NO_BOUNDARY = "no_boundary"
    """Nothing says how far this role may go in this scenario."""
    ANY_AMOUNT = "any_amount"
    """The boundary sets no limit."""
    NO_AMOUNT = "no_amount"
    """The decision does not say how much."""
    OTHER_UNIT = "other_unit"
    """Decision and boundary count in different units: they cannot be compared."""
    COMPARED = "compared"
    """Amount and limit were held against each other."""


class Stands(msgspec.Struct, frozen=True):
    """How a decision stands, to which boundary, and why."""

    standing: Standing
    why: Why
    boundary: Boundary | None = None


def plain(words: str) -> str:
    """Roles, scenarios and units as they are compared: whatever their case, and one blank between words."""
    return " ".join(words.split()).casefold()


def holds(boundary: Boundary, day: date) -> bool:
    """Whether a boundary is in force on a day."""
    if boundary.retired or day < boundary.valid_from:
        return False
    return boundary.valid_to is None or day <= boundary.valid_to


def nearest(
    boundaries: Iterable[Boundary], role: str, scenario: str, chain: Sequence[Uid], day: date
) -> Boundary | None:
    """The boundary that counts for a role and scenario on a day.

    Args:
        boundaries: any.
        role: who decides.
        scenario: kind of case.
        chain: the place, the one above it, and so on.
        day: of the decision.
    """
    far = {uid: steps for steps, uid in reversed(list(enumerate(chain)))}
    everywhere = len(chain)
    fitting = [
        one
        for one in boundaries
        if holds(one, day)
        and plain(one.role) == plain(role)
        and plain(one.scenario) == plain(scenario)
        and (one.place is None or one.place in far)
    ]
    near = min((everywhere if one.place is None else far[one.place] for one in fitting), default=None)
    at_place = [one for one in fitting if (everywhere if one.place is None else far[one.place]) == near]
    return max(at_place, key=lambda one: (one.valid_from, one.made_at, one.uid), default=None)


def stand(boundary: Boundary | None, amount: float | None, unit: str, *, escalated: bool) -> Stands:
    """How a decision stands to the boundary that counts for it.

    Args:
        boundary: that counts; `None` for none.
        amount: how much was decided; `None` when nobody says.
        unit: of the amount; empty when it goes without saying, which is as the boundary has it.
        escalated: whether it was handed up to be decided.
    """
    if boundary is None:
        return Stands(Standing.UNBOUNDED, Why.NO_BOUNDARY)
    if boundary.limit is None:
        return Stands(Standing.NEEDLESS if escalated else Standing.WITHIN, Why.ANY_AMOUNT, boundary)
    if amount is None:
        return Stands(Standing.UNTOLD, Why.NO_AMOUNT, boundary)
    if unit and plain(unit) != plain(boundary.unit):
        return Stands(Standing.UNTOLD, Why.OTHER_UNIT, boundary)
    return Stands(_compared(amount, boundary.limit, escalated=escalated), Why.COMPARED, boundary)


def _compared(amount: float, limit: float, *, escalated: bool) -> Standing:
    at_limit = math.isclose(amount, limit, rel_tol=1e-9, abs_tol=1e-12)
    if amount > limit and not at_limit:
        return Standing.ESCALATED if escalated else Standing.BEYOND
    if escalated:
        return Standing.NEEDLESS
    return Standing.AT_LIMIT if at_limit else Standing.WITHIN
