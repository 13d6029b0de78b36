"""What the list of complaints is narrowed by and sorted by beyond what every list has."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, case, false, func, literal, not_, or_, select

from gemba.domain.complaint_clock import SOON, ClockState
from gemba.domain.complaint_steps import UNTOLD
from gemba.domain.vocabularies import Facet
from gemba.store import vocabularies
from gemba.store.complaint_conditions import NOT, one_of, tagged
from gemba.store.complaint_tables import complaint
from gemba.store.lines import Line
from gemba.store.list_filters import Filter, PlaceFilter, Scanned, unindexed
from gemba.store.list_sorts import Named, Phase, Sort
from gemba.store.reading import Reader

_UNTOLD = unindexed(complaint.c.state).in_([state.value for state in UNTOLD])
"""Tested, not looked up: the index of clocks that run has the fewer rows."""
_NOBODY_TOLD = and_(complaint.c.told_at.is_(None), complaint.c.closed_at.is_(None))
"""What the index of clocks that run holds (`gemba.store.complaint_tables`)."""
WAITING = and_(_NOBODY_TOLD, _UNTOLD)
"""The customer waits (`gemba.domain.complaint_steps.waits`)."""
WAITS = and_(complaint.c.due_at.is_not(None), WAITING)
"""The customer waits, and there is a target."""
_ANSWERED = func.coalesce(complaint.c.told_at, complaint.c.closed_at)


def to_run_out(before: Any) -> ColumnElement[bool]:
    """The condition on a complaint whose clock runs out before a moment, or has run out: it is not stopped."""
    return and_(WAITS, complaint.c.due_at < before, complaint.c.paused.is_(False))


def clock_conditions(reader: Reader) -> dict[ClockState, ColumnElement[bool]]:
    """The conditions on complaints whose clocks stand so (`gemba.domain.complaint_clock.state`), but for those without.

    Args:
        reader: whose clock says what is overdue.
    """
    now, due = reader.clock(), complaint.c.due_at
    runs = and_(WAITS, complaint.c.paused.is_(False))
    told = and_(due.is_not(None), not_(WAITS))
    return {
        ClockState.OVERDUE: and_(runs, due <= now),
        ClockState.SOON: and_(runs, due > now, due <= now + SOON),
        ClockState.RUNNING: and_(runs, due > now + SOON),
        ClockState.PAUSED: and_(WAITS, complaint.c.paused.is_(True)),
        ClockState.MET: and_(told, due >= _ANSWERED),
        ClockState.MISSED: and_(told, due < _ANSWERED),
    }


def clock_column(reader: Reader) -> ColumnElement[str]:
    """How the clock of a complaint stands now."""
    known = clock_conditions(reader).items()
    return case(*((held, literal(state.value)) for state, held in known), else_=literal(ClockState.NONE.value))


class ClockFilter(Filter, frozen=True):
    """Accepts complaints whose clock stands so."""

    def condition(self, reader: Reader, values: tuple[str, ...]) -> ColumnElement[bool]:
        """The condition on a row; words that are no state of a clock let nothing through."""
        known = clock_conditions(reader)
        return or_(false(), *(known[state] for state in known if state.value in values))

    def choices(self, reader: Reader) -> list[tuple[Any, int]]:
        """Those states in which a clock runs or stands, with the number of rows."""
        asked, known = select(func.count()).select_from(complaint), clock_conditions(reader)
        shown = (ClockState.OVERDUE, ClockState.SOON, ClockState.RUNNING, ClockState.PAUSED)
        return [(state.value, reader.connection.scalar(asked.where(known[state])) or 0) for state in shown]


class CodeFilter(Scanned, frozen=True):
    """Accepts complaints that are tagged with one of today's codes, or with an older one that it stands for.

    `!code` leaves those with this code out, `!` alone those that are not coded.
    """

    facet: Facet

    def condition(self, reader: Reader, values: tuple[str, ...]) -> ColumnElement[bool]:
        """The condition on a row."""
        return tagged(reader, self.facet, values)

    def choices(self, reader: Reader) -> list[tuple[Any, int]]:
        """Today's codes as far as they are in use, with the number of rows, the most frequent first."""
        today = vocabularies.crosswalk(reader, self.facet)
        counted: dict[str, int] = {}
        for code, count in Filter.choices(self, reader):
            counted[today.get(code, code)] = counted.get(today.get(code, code), 0) + count
        return sorted(counted.items(), key=lambda one: (-one[1], one[0]))


class OneOf(Scanned, frozen=True):
    """Accepts rows whose column has one of the values; `!value` leaves those with this value out."""

    def condition(self, reader: Reader, values: tuple[str, ...]) -> ColumnElement[bool]:  # noqa: ARG002 - others read
        """The condition on a row."""
        return one_of(self.column, values)


class PlaceIfAny(PlaceFilter, frozen=True):
    """Accepts complaints at one of the places or anywhere below them; those without a place are not offered.

    `!uid` leaves those out that are recorded at just this place.
    """

    def condition(self, reader: Reader, values: tuple[str, ...]) -> ColumnElement[bool]:
        """The condition on a row."""
        within = tuple(value for value in values if not value.startswith(NOT))
        held = [PlaceFilter.condition(self, reader, within)] if within else []
        left_out = [value for value in values if value.startswith(NOT)]
        return and_(*held, *([one_of(self.column, left_out)] if left_out else []))

    def choices(self, reader: Reader) -> list[tuple[Any, int]]:
        """The places that occur, with the number of rows, the most frequent first."""
        return [(uid, count) for uid, count in PlaceFilter.choices(self, reader) if uid is not None]


class Received(Filter, frozen=True):
    """Accepts complaints received in a month (`2026-03`, UTC), or from one moment on and before another (`A..B`)."""

    def condition(self, reader: Reader, values: tuple[str, ...]) -> ColumnElement[bool]:  # noqa: ARG002 - others read
        """The condition on a row; words that are neither let nothing through."""
        stretches = [stretch for value in values if (stretch := received_within(value)) is not None]
        return or_(false(), *(and_(self.column >= begins, self.column < ends) for begins, ends in stretches))

    def choices(self, reader: Reader) -> list[tuple[Any, int]]:
        """The last two years' months, uncounted (-1), the newest first."""
        now = reader.clock()
        last = 12 * now.year + now.month - 1
        return [(f"{each // 12:04d}-{each % 12 + 1:02d}", -1) for each in range(last, last - 24, -1)]


def received_within(value: str) -> tuple[datetime, datetime] | None:
    """From when and before when a value of `Received` holds; `None` when it is none."""
    begins, _, ends = value.partition("..")
    try:
        if ends:
            return _moment(begins), _moment(ends)
        first = datetime.strptime(value, "%Y-%m").replace(tzinfo=UTC)
        return first, (first + timedelta(days=31)).replace(day=1)
    except (ValueError, OverflowError):
        return None


def _moment(words: str) -> datetime:
    found = datetime.fromisoformat(words)
    return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)


class Linked(Filter, frozen=True):
    """Accepts `yes` for complaints that are linked to another that says the same, `no` for all others."""

    def condition(self, reader: Reader, values: tuple[str, ...]) -> ColumnElement[bool]:  # noqa: ARG002 - others read
        """The condition on a row."""
        parts = [self.column.is_not(None) if value == "yes" else self.column.is_(None) for value in values]
        return or_(false(), *parts)

    def choices(self, reader: Reader) -> list[tuple[Any, int]]:  # noqa: ARG002 - others read
        """Both, uncounted (-1)."""
        return [("yes", -1), ("no", -1)]


class NamedIfAny(Named, frozen=True):
    """Sorts by the name of the record that the column refers to; rows without one come last, whichever way."""

    def phases(self, *, descending: bool) -> Iterator[Phase]:
        """All rows."""
        yield from Named.phases(self, descending=descending)
        yield self._bare(descending)

    def phases_after(self, last: Line, *, descending: bool) -> Iterator[Phase]:
        """The rows that follow a line."""
        if getattr(last, f"{self.field}_uid") is None:
            yield self._bare(descending, self._beyond(last, descending))
            return
        yield from Named.phases_after(self, last, descending=descending)
        yield self._bare(descending)

    def _bare(self, descending: bool, *conditions: ColumnElement[bool]) -> Phase:  # noqa: FBT001 - internal
        held = (self.column.is_(None), *conditions)
        return Phase(held, (self.table.c.id,), descending, self.table, self.table)


class ByClock(Sort, frozen=True):
    """Sorts by when the clock runs out; complaints whose customers do not wait come last, whichever way."""

    def phases(self, *, descending: bool) -> Iterator[Phase]:
        """All rows."""
        yield self._waiting(descending)
        yield self._bare(descending)

    def phases_after(self, last: Line, *, descending: bool) -> Iterator[Phase]:
        """The rows that follow a line."""
        if not getattr(last, "waits"):  # noqa: B009 - the field of another class of lines
            yield self._bare(descending, self._beyond(last, descending))
            return
        follows = next(Sort.phases_after(self, last, descending=descending))
        yield self._waiting(descending, *follows.conditions)
        yield self._bare(descending)

    def _waiting(self, descending: bool, *conditions: ColumnElement[bool]) -> Phase:  # noqa: FBT001 - internal
        return self._phase(descending, WAITS, *conditions)

    def _bare(self, descending: bool, *conditions: ColumnElement[bool]) -> Phase:  # noqa: FBT001 - internal
        return Phase((not_(WAITS), *conditions), (self.table.c.id,), descending, self.table, self.table)
