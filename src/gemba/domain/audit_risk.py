"""How much speaks for auditing a site now: stated parts, stated weights, one number that anybody can count again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from types import MappingProxyType

import msgspec

from gemba.domain.record import Uid
from gemba.errors import Refusal

WEIGHTS: Mapping[str, float] = MappingProxyType({"signals": 2, "severity": 1, "drift": 3, "since": 3, "changes": 1})
"""Parts in the order in which they are shown, with the weight that each has unless somebody chose another."""

WEIGHT, TOLD = "weight.", "told."
"""What stands before a weight, and before a number behind a part, among the kept parts."""

_SIGNALS, _QUARTERS, _CHANGES = 3, 8, 4
"""So many open signals, quarters without an audit, and changes make their part full."""
_LEAST_JUDGED, _LEAST_COMPLAINTS = 5, 10
"""Below these a share says nothing."""
_UNKNOWN = 0.5


class SiteSigns(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of a site when the quarter is planned, all counted with what lies below it."""

    site: Uid
    open_signals: int = 0
    """Signals on charts of the site that nobody has closed."""
    complaints: int = 0
    """Received in the quarter and the one before."""
    severe: int = 0
    """Of these high or critical."""
    judged: int = 0
    """Verdicts of the four quarters before that say aligned, in part or contrary."""
    aligned: int = 0
    quarters_since: int | None = None
    """Quarters between the last audited one and this; `None` when it was never audited."""
    boundaries: int = 0
    """New decision boundaries for the site or above it, in the quarter or the one before; those of all places not."""
    goals: int = 0
    """New goals, versions and adaptations, likewise."""
    deciders: int = 0
    """People who decided there in the quarter or the one before, and not in the year before that."""
    decisions: int = 0
    """Of the quarter."""
    decisions_before: float = 0.0
    """Mean of the four quarters before."""

    @property
    def is_volume_new(self) -> bool:
        """True when half as many decisions again, or less than half, are taken than before."""
        return self.decisions_before > 0 and not 0.5 <= self.decisions / self.decisions_before <= 1.5

    @property
    def changes(self) -> int:
        """All changes together."""
        return self.boundaries + self.goals + self.deciders + self.is_volume_new


class SiteRisk(msgspec.Struct, frozen=True):
    """A site, what speaks for auditing it, and how much."""

    signs: SiteSigns
    risk: float
    """0 to 100, to one decimal."""
    parts: dict[str, float]
    """As an audit keeps them: each part 0 to 1, its weight, and the numbers behind it."""

    @property
    def site(self) -> Uid:
        """Uid of the place."""
        return self.signs.site


def parts_of(signs: SiteSigns) -> dict[str, float]:
    """Each part of the risk from 0 to 1, to two decimals."""
    severe = signs.severe / signs.complaints if signs.complaints >= _LEAST_COMPLAINTS else 0.0
    drift = 1 - signs.aligned / signs.judged if signs.judged >= _LEAST_JUDGED else _UNKNOWN
    since = 1.0 if signs.quarters_since is None else min(1.0, max(0, signs.quarters_since) / _QUARTERS)
    found = {
        "signals": min(1.0, signs.open_signals / _SIGNALS),
        "severity": severe,
        "drift": drift,
        "since": since,
        "changes": min(1.0, signs.changes / _CHANGES),
    }
    return {code: round(value, 2) for code, value in found.items()}


def risk_of(signs: SiteSigns, weights: Mapping[str, float] = WEIGHTS) -> SiteRisk:
    """A site's risk: the weighted mean of its parts, times 100."""
    parts = parts_of(signs)
    whole = sum(weights[code] for code in WEIGHTS)
    risk = round(100 * sum(weights[code] * parts[code] for code in WEIGHTS) / whole, 1)
    kept = parts | {f"{WEIGHT}{code}": float(weights[code]) for code in WEIGHTS} | _told(signs)
    return SiteRisk(signs, risk, kept)


def ranked(risks: Iterable[SiteRisk], quarter: str) -> list[SiteRisk]:
    """The riskiest first; equal ones in an order that follows from the quarter, so that no site is always the last."""
    return sorted(risks, key=lambda one: (-one.risk, _chance(quarter, one.site)))


def checked_weights(weights: Mapping[str, float]) -> dict[str, float]:
    """All weights, those that are not named as they are.

    Raises:
        Refusal: a part is unknown, a weight is not 0 to 100, or all are 0.
    """
    for code, weight in weights.items():
        if code not in WEIGHTS:
            raise Refusal("domain.risk_part", part=code, known=", ".join(WEIGHTS))
        if not 0 <= weight <= 100:
            raise Refusal("domain.risk_weight", part=code, weight=weight)
    found = {**WEIGHTS, **weights}
    if not any(found.values()):
        raise Refusal("domain.risk_weights_none")
    return found


def _told(signs: SiteSigns) -> dict[str, float]:
    numbers = {name: getattr(signs, name) for name in signs.__struct_fields__ if name != "site"}
    return {f"{TOLD}{name}": float(value) for name, value in numbers.items() if value is not None}


def _chance(quarter: str, site: Uid) -> str:
    return hashlib.sha256(f"{quarter}\0{site}".encode()).hexdigest()
