"""What customers report against what a system has logged: both are kept, the difference is looked into."""

from __future__ import annotations

import math
from collections.abc import Sequence

import msgspec

from gemba.domain.change import Change
from gemba.domain.complaints import Complaint
from gemba.domain.follow_through import Discrepancy
from gemba.domain.places import Place
from gemba.domain.record import Uid
from gemba.errors import Refusal
from gemba.methods.medians import Median, median_of
from gemba.methods.proportions import Interval, wilson
from gemba.store.list_filters import places_below
from gemba.work.desk import Desk
from gemba.work.records import known


class Told(msgspec.Struct, frozen=True):
    """One comparison to be noted."""

    what: str
    told: float
    logged: float
    unit: str
    complaint: Uid | None = None
    place: Uid | None = None
    """That of the complaint when left out."""
    step: str = ""


class DiscrepancyLine(msgspec.Struct, frozen=True):
    """One discrepancy with the names of what it is about."""

    discrepancy: Discrepancy
    difference: float
    """Told less logged."""
    place: str
    number: str
    """Of the complaint."""


class Summary(msgspec.Struct, frozen=True):
    """All comparisons of one thing in one unit."""

    what: str
    unit: str
    n: int
    open: int
    """Not explained yet."""
    median: float
    """Of told less logged."""
    low: float | None
    """Of the median's interval; `None` below six comparisons."""
    high: float | None
    told_more: int
    """Where customers told of more than was logged."""
    share: Interval
    """Of that share."""


def note(desk: Desk, about: Told) -> Change:
    """Note what was told and what was logged.

    Raises:
        Refusal: `work.discrepancy_without_what`, `work.discrepancy_number`, or the complaint or place is unknown.
    """
    if not about.what.strip():
        raise Refusal("work.discrepancy_without_what")
    if not (math.isfinite(about.told) and math.isfinite(about.logged)):
        raise Refusal("work.discrepancy_number")
    with desk.unit() as unit:
        of = known(unit, Complaint, about.complaint) if about.complaint else None
        if about.place:
            known(unit, Place, about.place)
        made = Discrepancy(
            uid=desk.ids(),
            complaint=about.complaint,
            place=about.place or (of.place if of else None),
            step=about.step or (of.step if of else ""),
            what=about.what.strip(),
            told=about.told,
            logged=about.logged,
            unit=about.unit.strip(),
            noted_at=desk.clock(),
            person=desk.person.uid,
        )
        unit.put(made)
        return unit.change_made(made.uid)


def settle(desk: Desk, uid: Uid, explanation: str) -> Change:
    """Say why told and logged differ; saying it again replaces what was said.

    Raises:
        Refusal: `work.discrepancy_without_reason`, or the record is unknown.
    """
    if not explanation.strip():
        raise Refusal("work.discrepancy_without_reason")
    with desk.unit() as unit:
        known(unit, Discrepancy, uid)
        unit.change(Discrepancy, uid, explanation=explanation.strip(), settled_at=desk.clock())
        return unit.change_made(uid)


def discrepancies(desk: Desk, *, place: Uid | None = None, only_open: bool = False) -> tuple[DiscrepancyLine, ...]:
    """The discrepancies, the newest first."""
    with desk.reader() as reader:
        names = {one.uid: one.name for one in reader.find(Place)}
        below = set(places_below(reader, (place,))) if place else None
        found = [
            one
            for one in reader.find(Discrepancy)
            if (below is None or one.place in below) and not (only_open and one.settled_at)
        ]
        numbers = {
            one.uid: one.number for one in reader.many(Complaint, [each.complaint for each in found if each.complaint])
        }
    found.sort(key=lambda one: (one.noted_at, one.uid), reverse=True)
    return tuple(
        DiscrepancyLine(
            one, one.told - one.logged, names.get(one.place or "", ""), numbers.get(one.complaint or "", "")
        )
        for one in found
    )


def summaries(lines: Sequence[DiscrepancyLine]) -> tuple[Summary, ...]:
    """How much customers and systems differ, by what was compared, the most frequent first."""
    groups: dict[tuple[str, str], list[DiscrepancyLine]] = {}
    for line in lines:
        groups.setdefault((line.discrepancy.what, line.discrepancy.unit), []).append(line)
    found = [_summary(what, unit, some) for (what, unit), some in groups.items()]
    return tuple(sorted(found, key=lambda one: (-one.n, one.what)))


def _summary(what: str, unit: str, lines: Sequence[DiscrepancyLine]) -> Summary:
    middle: Median = median_of([line.difference for line in lines])
    more = sum(line.difference > 0 for line in lines)
    low, high = (middle.interval.low, middle.interval.high) if middle.interval else (None, None)
    still = sum(line.discrepancy.settled_at is None for line in lines)
    return Summary(what, unit, len(lines), still, middle.value, low, high, more, wilson(more, len(lines)))
