"""Closed work as a list: actions that are over, and transfers among them. The read side."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, case, exists, func, literal, or_, select

from gemba.domain.actions import ActionSort, ActionState, Effect
from gemba.domain.effects import EffectResult
from gemba.domain.record import Uid
from gemba.store.improvement_tables import effect_check, transfer
from gemba.store.lines import Line
from gemba.store.list_filters import Filter, PlaceFilter, Told
from gemba.store.list_of import ListOf, Query
from gemba.store.list_sorts import Named, Phase, Sort
from gemba.store.reading import Reader
from gemba.store.tables import action, evidence, place

TRANSFER = "transfer"


class ArchiveLine(Line, frozen=True, kw_only=True):
    """One piece of closed work in a list."""

    number: str
    text: str
    what: str
    """Sort of the action, or `transfer`."""
    place: str
    place_uid: Uid
    owner: str
    done_at: datetime | None
    live_on: date | None
    effect: str
    holds: int
    """Looks that saw it hold."""
    looks: int
    """Looks that were taken."""
    photos: int
    """Of after the change."""


_CLOSED = and_(
    action.c.state == ActionState.DONE.value,
    action.c.merged_into.is_(None),
    or_(action.c.sort == ActionSort.CORRECTION.value, action.c.effect != Effect.UNKNOWN.value),
)
"""Done; what is more than a correction was also seen to help, or is not carried on."""


def _what(_: Reader) -> ColumnElement[str]:
    carried = exists().where(transfer.c.action == action.c.uid)
    return case((carried, literal(TRANSFER)), else_=action.c.sort)


def _looks(*conditions: ColumnElement[bool]) -> ColumnElement[int]:
    counted = select(func.count()).where(effect_check.c.action == action.c.uid, *conditions)
    return counted.correlate(action).scalar_subquery()


class _ByDay(Sort, frozen=True):
    """By the day on which it was closed; walks the index of what is done and not merged."""

    def _phase(self, descending: bool, *conditions: ColumnElement[bool]) -> Phase:  # noqa: FBT001 - as its base
        done = (action.c.state == ActionState.DONE.value, action.c.merged_into.is_(None))
        return super()._phase(descending, *done, *conditions)


class _What(Filter, frozen=True):
    """Accepts sorts of actions, and transfers: there are few of them, so they are looked up."""

    def condition(self, reader: Reader, values: tuple[str, ...]) -> ColumnElement[bool]:  # noqa: ARG002 - others read
        """The condition on a row."""
        carried = action.c.uid.in_(select(transfer.c.action))
        sorts = [value for value in values if value != TRANSFER]
        plain = and_(action.c.sort.in_(sorts), ~carried)
        if TRANSFER not in values:
            return plain
        return or_(carried, plain) if sorts else carried

    def choices(self, reader: Reader) -> list[tuple[Any, int]]:
        """The values that occur, with the number of rows."""
        return Told(self.column, _what).choices(reader)


class _Closed(ListOf[ArchiveLine]):
    """A list of those actions only that are over."""

    def _conditions(self, reader: Reader, query: Query) -> list[ColumnElement[bool]]:
        return [_CLOSED, *super()._conditions(reader, query)]

    def _counted(
        self, reader: Reader, query: Query, few: int
    ) -> Iterator[tuple[ColumnElement[bool], int, ColumnElement[Any] | None]]:
        yield _CLOSED, few, None
        yield from super()._counted(reader, query, few)


ARCHIVE = _Closed(
    ArchiveLine,
    action,
    source=action.join(place, action.c.place == place.c.uid),
    columns={
        **{name: action.c[name] for name in ArchiveLine.__struct_fields__ if name in action.c},
        "what": _what,
        "place": place.c.name,
        "place_uid": place.c.uid,
        "holds": _looks(effect_check.c.result == EffectResult.HOLDS.value),
        "looks": _looks(effect_check.c.result != EffectResult.DUE.value),
        "photos": select(func.count())
        .where(
            evidence.c.subject == literal("action:") + action.c.uid, evidence.c.removed.is_(False), evidence.c.width > 0
        )
        .correlate(action)
        .scalar_subquery(),
    },
    sorts={
        "done_at": _ByDay(action, action.c.done_at, "done_at"),
        "number": Sort(action, action.c.number, "number"),
        "place": Named(action, action.c.place, "place", place),
    },
    filters={
        "place": PlaceFilter(action.c.place),
        "what": _What(action.c.sort),
        "effect": Filter(action.c.effect),
        "goal": Filter(action.c.goal),
    },
)
"""Corrections, corrective actions, improvements and transfers that are over."""
