"""Whether what was closed stays away: the same step, cause and place within 90 days."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import timedelta

import msgspec

from gemba.domain.places import Place
from gemba.domain.record import Uid
from gemba.domain.vocabularies import Facet
from gemba.methods.proportions import Interval, wilson
from gemba.methods.survival import kaplan_meier_counted
from gemba.store import vocabularies
from gemba.store.follow_returns import Closing, ReturnCounts, after_complaints, closings, codes_of, next_after
from gemba.store.list_filters import places_below
from gemba.store.reading import Reader
from gemba.work.desk import Desk
from gemba.work.which_complaints import ALL, Which

DAYS = 90
_DAY = 24


class Returned(msgspec.Struct, frozen=True):
    """One action that was done, and what came after it."""

    closing: Closing
    place: str
    complaint: Uid | None
    """The first complaint of the same within the days; `None` when there was none."""
    days: float | None
    """After so many days."""
    is_over: bool
    """True once the days have passed."""


class Share(msgspec.Struct, frozen=True):
    """How many came back."""

    closed: int
    returned: int
    watched: int
    """Not back so far, and the days are not over: they are counted for as long as they were watched."""
    share: float | None
    """Estimated share that is back within the days (Kaplan-Meier); `None` while nothing is closed."""
    low: float | None
    high: float | None
    plain: Interval | None
    """Share of those whose days are over or that are back, with Wilson's interval; flattering or damning while many
    are still watched."""


class CellReturn(msgspec.Struct, frozen=True):
    """Closed complaints of one step and cause at one place."""

    step: str
    cause: str
    place: str
    place_uid: Uid
    of: Share


class Recurrence(msgspec.Struct, frozen=True):
    """The answer."""

    days: int
    actions: Share
    after_actions: tuple[Returned, ...]
    complaints: Share | None
    """After closed complaints; `None` when that was not asked for."""
    cells: tuple[CellReturn, ...]
    """Where closed complaints come back, the most returns first."""


def recurrence(
    desk: Desk,
    which: Which = ALL,
    *,
    days: int = DAYS,
    after_complaints_too: bool = True,
    most: int = 50,
) -> Recurrence:
    """What came back within so many days of a closed action, and of a closed complaint.

    Args:
        desk: who asks, where.
        which: the closed complaints; of actions those at that place, done on those days, of that step and cause.
        days: within which a return counts.
        after_complaints_too: also look after every closed complaint.
        most: cells given out.
    """
    with desk.reader() as reader:
        names = {one.uid: one.name for one in reader.find(Place)}
        done = [one for one in _wanted(reader, which) if which.has_day(one.done_at.date())]
        after = [_look(reader, one, names, days) for one in done]
        found = after_complaints(reader, which.filters, **which.range()) if after_complaints_too else {}
        titles = {facet: vocabularies.titles(reader, facet) for facet in (Facet.STEP, Facet.CAUSE)}
    actions = share_of(*_counts_of(after, desk, days), days)
    cells = [
        CellReturn(
            titles[Facet.STEP].get(step, step),
            titles[Facet.CAUSE].get(cause, cause),
            names.get(where, where),
            where,
            share_of(counts.returned, counts.quiet, days),
        )
        for (step, cause, where), counts in found.items()
    ]
    cells.sort(key=lambda cell: (-cell.of.returned, cell.step, cell.cause, cell.place))
    whole = _together(found.values())
    return Recurrence(
        days,
        actions,
        tuple(after),
        share_of(whole.returned, whole.quiet, days) if after_complaints_too else None,
        tuple(cells[:most]),
    )


def share_of(returned: Mapping[int, int], quiet: Mapping[int, int], days: int) -> Share:
    """The share that is back within so many days, from counts by whole hours.

    Args:
        returned: by hours until the next came.
        quiet: by hours that have passed without.
        days: a later return counts as none.
    """
    limit = days * _DAY
    back: dict[float, int] = {hours: n for hours, n in returned.items() if hours <= limit}
    late = sum(returned.values()) - sum(back.values())
    watched: dict[float, int] = {hours: n for hours, n in quiet.items() if hours < limit}
    over = sum(quiet.values()) - sum(watched.values()) + late
    n, k, w = sum(returned.values()) + sum(quiet.values()), sum(back.values()), sum(watched.values())
    if not n:
        return Share(0, 0, 0, None, None, None, None)
    curve = kaplan_meier_counted(back, {**watched, limit: over})
    at = curve.interval_at(limit)
    plain = wilson(k, n - w) if n > w else None
    return Share(n, k, w, 1 - curve.still_open(limit), _number(1 - at.high), _number(1 - at.low), plain)


def _wanted(reader: Reader, which: Which) -> list[Closing]:
    below = set(places_below(reader, (which.place,))) if which.place else None
    found = [one for one in closings(reader) if below is None or one.place in below]
    for facet in (Facet.STEP, Facet.CAUSE):
        said = which.filters.get(facet.value)
        if said:
            meant = {code for each in said.split(",") for code in vocabularies.meant_by(reader, facet, each.strip())}
            found = [one for one in found if getattr(one, facet.value) in meant]
    return found


def _look(reader: Reader, closing: Closing, names: Mapping[Uid, str], days: int) -> Returned:
    found = next_after(reader, closing, codes_of(reader, closing.step, closing.cause))
    waited = (found[1] - closing.done_at) / timedelta(days=1) if found else None
    is_back = waited is not None and waited <= days
    return Returned(
        closing,
        names.get(closing.place, closing.place),
        found[0] if found and is_back else None,
        round(waited, 2) if waited is not None and is_back else None,
        reader.clock() - closing.done_at >= timedelta(days=days),
    )


def _counts_of(after: Iterable[Returned], desk: Desk, days: int) -> tuple[dict[int, int], dict[int, int]]:
    back, quiet = Counter[int](), Counter[int]()
    now = desk.clock()
    for one in after:
        if one.days is not None:
            back[int(one.days * _DAY)] += 1
        else:
            waited = days * _DAY if one.is_over else int((now - one.closing.done_at) / timedelta(hours=1))
            quiet[max(0, waited)] += 1
    return dict(back), dict(quiet)


def _together(many: Iterable[ReturnCounts]) -> ReturnCounts:
    back, quiet = Counter[int](), Counter[int]()
    for one in many:
        back.update(one.returned)
        quiet.update(one.quiet)
    return ReturnCounts(dict(back), dict(quiet))


def _number(value: float) -> float | None:
    return None if value != value else max(0.0, value)  # noqa: PLR0124 - nan is the only number that differs from itself
