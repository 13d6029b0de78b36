"""Complaints over time: how many in each day, week, month or quarter, by category, and which they are.

Periods are calendar periods of a zone (weeks begin on Monday); their bounds are worked out as moments here, so that
questions over the index of `received_at` count them, in SQLite and PostgreSQL alike. Codes are counted as they
were coded and then taken together under today's.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
from sqlalchemy import ColumnElement, and_, bindparam, case, func, select

from gemba.domain.measures import Period
from gemba.domain.record import Uid
from gemba.domain.vocabularies import Facet
from gemba.errors import Refusal
from gemba.store import vocabularies
from gemba.store.columns import UtcDateTime
from gemba.store.complaint_conditions import FACETS, conditions
from gemba.store.complaint_tables import complaint
from gemba.store.list_filters import unindexed
from gemba.store.reading import Reader

CATEGORIES = (*FACETS, "severity", "place", "source")
"""What `by` may name."""
MOST_PERIODS = 4_000
"""Eleven years of days."""

SILENT = timedelta(days=60)
"""Time without a single complaint after which a register counts as no longer kept."""

_WALKED = ("step", "cause", "place")
_MONTHS = {Period.MONTH: 1, Period.QUARTER: 3}
_DAYS = {Period.DAY: 1, Period.WEEK: 7}


class Counted(msgspec.Struct, frozen=True):
    """Counts over periods without a gap."""

    period: Period
    zone: str
    """In whose calendar the periods begin and end."""
    begins: tuple[date, ...]
    """First day of each period."""
    groups: dict[str, tuple[int, ...]]
    """By category, the most frequent first; under an empty name when no category was asked for."""
    unfinished: bool
    """True when the last period is not over yet."""

    @property
    def whole(self) -> tuple[int, ...]:
        """All categories together."""
        return tuple(map(sum, zip(*self.groups.values(), strict=True)))


def counts(  # noqa: PLR0913 - a question is asked in one go
    reader: Reader,
    filters: Mapping[str, str],
    period: Period,
    *,
    place: Uid | None = None,
    begins: date | None = None,
    ends: date | None = None,
    zone: str = "UTC",
    by: str = "",
    duplicates: bool = True,
) -> Counted:
    """Count complaints by period.

    Args:
        reader: of the store.
        filters: which complaints, as `complaint_conditions.conditions` takes them.
        period: how long each is.
        place: only there and below.
        begins: first day; the first complaint's when left out.
        ends: last day; today when left out. The period it lies in is counted to that day only.
        zone: IANA name of the calendar.
        by: one of `CATEGORIES`, to count each of its values apart.
        duplicates: also those linked to another that says the same.

    Raises:
        Refusal: `store.unknown_filter`, `store.unknown_category`, `store.too_many_periods`.
    """
    _check_category(by)
    meant = conditions(reader, filters, place=place, duplicates=duplicates)
    calendar = _calendar(reader, meant, period, begins, ends, zone)
    if not calendar.days:
        return Counted(period, zone, (), {}, unfinished=False)
    found = _asked(reader, meant, calendar.bounds, by)
    return Counted(period, zone, calendar.days, found, unfinished=calendar.unfinished)


def parts(  # noqa: PLR0913 - as `counts`
    reader: Reader,
    filters: Mapping[str, str],
    of: Mapping[str, str],
    period: Period,
    *,
    place: Uid | None = None,
    begins: date | None = None,
    ends: date | None = None,
    zone: str = "UTC",
) -> tuple[Counted, Counted]:
    """Count a part of some complaints, and those that it is a part of, in one pass over both.

    Args:
        reader: of the store.
        filters: which complaints of those that `of` means; no field of it may be named here.
        of: the whole.
        period: as for `counts`, and so are the others.
        place: only there and below.
        begins: first day; that of the first one of the part when left out.
        ends: last day.
        zone: IANA name of the calendar.

    Returns:
        The part and the whole, over the same periods.
    """
    meant = conditions(reader, {**of, **filters}, place=place)
    calendar = _calendar(reader, meant, period, begins, ends, zone)
    if not calendar.days:
        nothing = Counted(period, zone, (), {}, unfinished=False)
        return nothing, nothing
    hit = case((and_(*(unindexed(condition) for condition in conditions(reader, filters))), 1), else_=0)
    asked = (
        select(func.count(), func.sum(hit)).select_from(complaint).where(*_inside(conditions(reader, of, place=place)))
    )
    part, every = [0] * len(calendar.days), [0] * len(calendar.days)
    for at, during in enumerate(_each(calendar.bounds)):
        whole, hits = reader.connection.execute(asked, during).one()
        every[at], part[at] = whole, int(hits or 0)
    return (
        Counted(period, zone, calendar.days, {"": tuple(part)}, unfinished=calendar.unfinished),
        Counted(period, zone, calendar.days, {"": tuple(every)}, unfinished=calendar.unfinished),
    )


class _Calendar(msgspec.Struct, frozen=True):
    """The periods that are counted."""

    days: tuple[date, ...]
    """First days."""
    bounds: tuple[datetime, ...] = ()
    unfinished: bool = False


def _calendar(
    reader: Reader,
    meant: list[ColumnElement[bool]],
    period: Period,
    begins: date | None,
    ends: date | None,
    zone: str,
) -> _Calendar:
    today = reader.clock().astimezone(_zone(zone)).date()
    last = min(ends, today) if ends is not None else today
    first = begins or _first(reader, meant, zone) or last
    days = spans(period, first, last)
    if not days:
        return _Calendar(())
    over = after(period, days[-1])
    bounds = [*(_moment(day, zone) for day in days), _moment(min(over, last + timedelta(days=1)), zone)]
    return _Calendar(tuple(days), tuple(bounds), over > today or last + timedelta(days=1) < over)


def totals(
    reader: Reader, filters: Mapping[str, str], by: str, *, place: Uid | None = None, during: tuple[datetime, datetime]
) -> dict[str, int]:
    """How many complaints each value of a category has in a stretch, the most frequent first."""
    _check_category(by)
    meant = [unindexed(condition) for condition in (*conditions(reader, filters, place=place), *_within(*during))]
    number = func.count().label("number")
    if by in _WALKED and set(filters) <= set(_WALKED):
        # In the order of the index of step, cause and place nothing has to be sorted but what was counted.
        keys = [complaint.c[name] for name in _WALKED]
        parts = select(*keys, number).where(*meant).group_by(*keys).subquery()
        asked = select(parts.c[by], func.sum(parts.c.number)).group_by(parts.c[by])
    else:
        asked = select(complaint.c[by], number).where(*meant).group_by(complaint.c[by])
    today = vocabularies.crosswalk(reader, Facet(by)) if by in FACETS else {}
    found: dict[str, int] = {}
    for name, hits in reader.connection.execute(asked):
        said = today.get(name or "", name or "")
        found[said] = found.get(said, 0) + int(hits)
    return dict(sorted(found.items(), key=lambda each: (-each[1], each[0])))


def moments(
    reader: Reader,
    filters: Mapping[str, str],
    *,
    place: Uid | None = None,
    during: tuple[datetime | None, datetime | None] = (None, None),
    most: int = 5_000,
) -> list[datetime]:
    """When each complaint was received, the oldest first: for times between rare events.

    Args:
        reader: of the store.
        filters: which complaints.
        place: only there and below.
        during: from when, and before when.
        most: the newest so many.
    """
    meant = [*conditions(reader, filters, place=place), *_within(*during)]
    asked = select(complaint.c.received_at).where(*meant).order_by(complaint.c.received_at.desc()).limit(most)
    return list(reversed(reader.connection.scalars(asked).all()))


def records_behind(
    reader: Reader,
    filters: Mapping[str, str],
    during: tuple[datetime, datetime],
    *,
    place: Uid | None = None,
    most: int = 200,
) -> list[Uid]:
    """The uids of the complaints that a point counts, the oldest first."""
    meant = [*conditions(reader, filters, place=place), *_within(*during)]
    asked = select(complaint.c.uid).where(*meant).order_by(complaint.c.received_at, complaint.c.id).limit(most)
    return list(reader.connection.scalars(asked))


def silent_since(reader: Reader) -> date | None:
    """The day after which nothing was received at all, when that is long ago: the register is not kept up to now.

    Returns:
        `None` while it is kept, or empty: then days without a complaint are days without a complaint.
    """
    newest = reader.connection.scalar(select(func.max(complaint.c.received_at)))
    if newest is None or reader.clock() - newest < SILENT:
        return None
    day: date = newest.date()
    return day


def stretch(period: Period, begins: date, zone: str) -> tuple[datetime, datetime]:
    """The moments from which and before which a period lasts."""
    return _moment(begins, zone), _moment(after(period, begins), zone)


def spans(period: Period, first: date, last: date) -> list[date]:
    """The first days of all periods from that of one day to that of another.

    Raises:
        Refusal: `store.too_many_periods`.
    """
    found, day = [], first_day(period, first)
    while day <= last:
        found.append(day)
        day = after(period, day)
        if len(found) > MOST_PERIODS:
            raise Refusal("store.too_many_periods", most=MOST_PERIODS)
    return found


def first_day(period: Period, day: date) -> date:
    """The first day of the period that a day lies in."""
    if period is Period.WEEK:
        return day - timedelta(days=day.weekday())
    if period is Period.DAY:
        return day
    return day.replace(month=day.month - (day.month - 1) % _MONTHS[period], day=1)


def after(period: Period, day: date) -> date:
    """The first day of the period that follows the one beginning on a day."""
    if period in _DAYS:
        return day + timedelta(days=_DAYS[period])
    month = day.month - 1 + _MONTHS[period]
    return date(day.year + month // 12, month % 12 + 1, 1)


def _asked(reader: Reader, meant: list[ColumnElement[bool]], bounds: Sequence[datetime], by: str) -> dict[str, Any]:
    """The one question, and its answer with zeros where nothing was."""
    # One question a period: SQLite sorts what it groups, and many small sorts cost a third less than a large one.
    keys = [complaint.c[by]] if by else []
    asked = select(*keys, func.count()).select_from(complaint).where(*_inside(meant)).group_by(*keys)
    today = vocabularies.crosswalk(reader, Facet(by)) if by in FACETS else {}
    found: dict[str, list[int]] = {} if by else {"": [0] * (len(bounds) - 1)}
    for at, during in enumerate(_each(bounds)):
        for *name, hits in reader.connection.execute(asked, during):
            said = str(name[0] or "") if name else ""
            found.setdefault(today.get(said, said), [0] * (len(bounds) - 1))[at] += hits
    return {name: tuple(found[name]) for name in sorted(found, key=lambda each: (-sum(found[each]), each))}


def _each(bounds: Sequence[datetime]) -> Iterator[dict[str, datetime]]:
    """The bounds of each period, as `_inside` asks for them."""
    return ({"begins": begins, "ends": ends} for begins, ends in itertools.pairwise(bounds))


def _inside(meant: list[ColumnElement[bool]]) -> list[ColumnElement[bool]]:
    """What is meant, within a period that is given with each question; by the index of `received_at`."""
    begins, ends = bindparam("begins", type_=UtcDateTime()), bindparam("ends", type_=UtcDateTime())
    within = [complaint.c.received_at >= begins, complaint.c.received_at < ends]
    return [*within, *(unindexed(condition) for condition in meant)]


def _within(begins: datetime | None, ends: datetime | None) -> list[ColumnElement[bool]]:
    from_then = [] if begins is None else [complaint.c.received_at >= begins]
    return from_then if ends is None else [*from_then, complaint.c.received_at < ends]


def _first(reader: Reader, meant: list[ColumnElement[bool]], zone: str) -> date | None:
    # Along the index of `received_at`, which tells all that is asked about: by another one all hits would be sorted.
    along = [unindexed(condition) for condition in meant]
    oldest = select(complaint.c.received_at).where(*along).order_by(complaint.c.received_at).limit(1)
    found: datetime | None = reader.connection.scalar(oldest)
    return None if found is None else found.astimezone(_zone(zone)).date()


def _moment(day: date, zone: str) -> datetime:
    return datetime.combine(day, time(), _zone(zone)).astimezone(UTC)


def _zone(zone: str) -> ZoneInfo:
    return ZoneInfo(zone)


def _check_category(by: str) -> None:
    if by and by not in CATEGORIES:
        raise Refusal("store.unknown_category", category=by, known=", ".join(CATEGORIES))
