"""From single events to counts a period: every period between first and last is there, also those without an event."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from gemba.methods.checking import enough

Month = tuple[int, int]
"""Year and month."""


@dataclass(frozen=True, slots=True)
class Counts:
    """Counts of each group over the same months, in time order."""

    months: tuple[Month, ...]
    groups: Mapping[str, tuple[int, ...]]
    """By name, sorted."""

    @property
    def whole(self) -> tuple[int, ...]:
        """All groups together."""
        return tuple(map(sum, zip(*self.groups.values(), strict=True)))


def counts_by_month(days: Iterable[date], groups: Iterable[str]) -> Counts:
    """Count events by calendar month and group.

    Args:
        days: the day of each event, in any order.
        groups: the group (place, category) of each event.

    Raises:
        Refusal: `methods.too_few` without any event.
    """
    by_day = Counter(zip(days, groups, strict=True))
    enough(by_day, 1)
    found: dict[str, Counter[Month]] = {}
    for (day, group), count in by_day.items():
        found.setdefault(group, Counter())[day.year, day.month] += count
    seen = {month for counts in found.values() for month in counts}
    months = tuple(months_between(min(seen), max(seen)))
    return Counts(months, {name: tuple(found[name][month] for month in months) for name in sorted(found)})


def months_between(first: Month, last: Month) -> list[Month]:
    """All months from one to another, both included."""
    begin, end = first[0] * 12 + first[1] - 1, last[0] * 12 + last[1]
    return [(at // 12, at % 12 + 1) for at in range(begin, end)]
