"""Who has to answer an escalation, tier by tier: as places have set it, or as shipped where nobody has."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

import msgspec

from gemba.domain.escalations import EscalationSort, EscalationTier
from gemba.domain.record import Uid

SEVERITIES = ("low", "medium", "high")
"""How hard the customer feels it."""
LONGEST = 24 * 92
"""Hours: what may rest longer than a quarter is no escalation."""
MOST_TIERS = 9
NEEDS_FORUM = frozenset({EscalationSort.CONFLICT, EscalationSort.COMPLIANCE})
"""Sorts that are decided by a forum after hearing both sides, and only until a day."""


class Rung(msgspec.Struct, frozen=True, kw_only=True):
    """One tier as it applies to an escalation."""

    tier: int
    owner: str
    """Role."""
    hours: int
    forum: str = ""
    source: Uid | None = None
    """The tier that somebody has set; `None` for a shipped one."""
    place: Uid | None = None
    """Where that was set."""


_OWNERS: dict[EscalationSort, tuple[str, ...]] = {
    EscalationSort.OPERATIONAL: ("Site lead", "Regional lead", "Executive sponsor"),
    EscalationSort.CONFLICT: ("Regional lead", "Owner of customer commitments", "Executive sponsor"),
    EscalationSort.COMPLIANCE: ("Regional lead", "Risk and compliance lead", "Executive sponsor"),
    EscalationSort.DIVERGENCE: ("Process owner", "Regional lead", "Executive sponsor"),
}
_FORUMS = {
    EscalationSort.OPERATIONAL: "Operations review",
    EscalationSort.CONFLICT: "Customer commitments forum",
    EscalationSort.COMPLIANCE: "Risk and compliance forum",
    EscalationSort.DIVERGENCE: "Measurement review",
}
_HOURS = {"high": (24, 24, 48), "medium": (72, 72, 120), "low": (168, 168, 336)}


def shipped(sort: EscalationSort, severity: str) -> tuple[Rung, ...]:
    """The tiers that apply where nobody has set any."""
    hours = _HOURS.get(severity, _HOURS["medium"])
    return tuple(
        Rung(tier=at, owner=owner, hours=limit, forum=_FORUMS[sort])
        for at, (owner, limit) in enumerate(zip(_OWNERS[sort], hours, strict=True), 1)
    )


def ladder(
    tiers: Iterable[EscalationTier], sort: EscalationSort, severity: str, places: Sequence[Uid], day: date
) -> tuple[Rung, ...]:
    """The tiers that apply, the first first; those that are shipped when none is set anywhere above.

    Each tier is that of the nearest place that has it; there one for this severity stands before one for all, and the
    one that holds since last before older ones. A gap in the numbers is left as it is.

    Args:
        tiers: all that there are.
        sort: of the escalation.
        severity: of the escalation.
        places: where it happened and all places above, the nearest first.
        day: on which it is asked for.
    """
    rank = {place: at for at, place in enumerate((*places, None))}
    chosen: dict[int, EscalationTier] = {}
    for one in tiers:
        fits = one.sort is sort and one.severity in {"", severity} and one.place in rank
        if not fits or one.retired or one.valid_from > day:
            continue
        before = chosen.get(one.tier)
        if before is None or _nearness(one, rank) < _nearness(before, rank) or _is_newer(one, before, rank):
            chosen[one.tier] = one
    if not chosen:
        return shipped(sort, severity)
    return tuple(_rung(chosen[tier]) for tier in sorted(chosen))


def rung_at(rungs: Sequence[Rung], tier: int) -> Rung | None:
    """The tier of this number; `None` when there is none."""
    return next((rung for rung in rungs if rung.tier == tier), None)


def above(rungs: Sequence[Rung], tier: int) -> tuple[Rung, ...]:
    """The tiers above one, the next first."""
    return tuple(rung for rung in rungs if rung.tier > tier)


def first_gap(rungs: Sequence[Rung]) -> int | None:
    """The lowest number that is left out below the highest tier; `None` when they count on without a gap."""
    numbers = {rung.tier for rung in rungs}
    return next((at for at in range(1, max(numbers, default=0)) if at not in numbers), None)


def _nearness(one: EscalationTier, rank: dict[Uid | None, int]) -> tuple[int, bool]:
    return rank[one.place], not one.severity


def _is_newer(one: EscalationTier, before: EscalationTier, rank: dict[Uid | None, int]) -> bool:
    alike = _nearness(one, rank) == _nearness(before, rank)
    return alike and (one.valid_from, one.made_at, one.uid) > (before.valid_from, before.made_at, before.uid)


def _rung(one: EscalationTier) -> Rung:
    forum = one.forum or _FORUMS[one.sort]
    return Rung(tier=one.tier, owner=one.owner, hours=one.hours, forum=forum, source=one.uid, place=one.place)
