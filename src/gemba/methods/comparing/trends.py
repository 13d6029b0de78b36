"""Group means period by period: the picture that must be looked at before differences in differences are believed."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from gemba.methods.checking import enough, paired


class Ordered(Protocol):
    """A period: a number, a date, or a text that sorts in time order."""

    def __lt__(self, other: Any, /) -> bool: ...

    def __hash__(self) -> int: ...


Period = TypeVar("Period", bound=Ordered)


@dataclass(frozen=True, slots=True)
class PeriodMeans:
    """Both groups in one period; nan for a group without a row."""

    treated: float
    untreated: float
    treated_rows: int
    untreated_rows: int

    @property
    def gap(self) -> float:
        """Treated less untreated; it should stay level before the change."""
        return self.treated - self.untreated


def trends(outcomes: Sequence[float], treated: Sequence[bool], periods: Sequence[Period]) -> dict[Period, PeriodMeans]:
    """Means of both groups in every period, in time order.

    Raises:
        Refusal: `methods.too_few` without rows, `methods.lengths`.
    """
    enough(outcomes, 1)
    paired(outcomes, treated)
    paired(outcomes, periods)
    groups: dict[Period, tuple[list[float], list[float]]] = {period: ([], []) for period in sorted(set(periods))}
    for outcome, has_it, period in zip(outcomes, treated, periods, strict=True):
        groups[period][int(has_it)].append(outcome)
    return {
        period: PeriodMeans(_mean(with_it), _mean(without), len(with_it), len(without))
        for period, (without, with_it) in groups.items()
    }


def _mean(values: Sequence[float]) -> float:
    return math.fsum(values) / len(values) if values else math.nan
