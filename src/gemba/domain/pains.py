"""How much a pain weighs: the scale by which the steps of a map are ranked, shown wherever a rank is."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

COMPLAINT_WEIGHTS: Mapping[str, int] = MappingProxyType({"low": 1, "medium": 2, "high": 4, "critical": 8})
"""By severity, as the customer perceives it; each step up counts twice."""
FINDING_WEIGHTS: Mapping[str, int] = MappingProxyType({"opportunity": 1, "minor": 2, "major": 4})
"""By grade; what was found in order is no pain."""
UNSAID = 2
"""Weight of what is pinned by hand without a severity."""
SEVERITIES = ("low", "medium", "high", "critical")
_AS_SEVERE = {"opportunity": "low", "minor": "medium", "major": "high", "": "medium"}


def severity_of(said: str) -> str:
    """The severity that a severity or a grade stands for; empty for what is no pain."""
    return said if said in SEVERITIES else _AS_SEVERE.get(said, "")


def weighed(counts: Mapping[str, int]) -> int:
    """Count x weight, summed over severities or grades."""
    known = {**COMPLAINT_WEIGHTS, **FINDING_WEIGHTS, "": UNSAID}
    return sum(known.get(said, 0) * n for said, n in counts.items())


def pains(counts: Mapping[str, int]) -> int:
    """How many of these are pains."""
    return sum(n for said, n in counts.items() if severity_of(said))


def worst(counts: Mapping[str, int]) -> str:
    """The worst severity that occurs; empty when there is none."""
    found = {severity_of(said) for said, n in counts.items() if n > 0} - {""}
    return max(found, key=SEVERITIES.index, default="")
