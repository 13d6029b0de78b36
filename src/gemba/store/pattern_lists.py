"""Patterns and their transfers as lists, and how patterns did where they were carried. The read side."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, case, exists, func, literal, or_, select

from gemba.domain.actions import ActionState, Lane
from gemba.domain.effects import EffectResult
from gemba.domain.patterns import Pattern
from gemba.domain.record import Uid
from gemba.domain.transfer_states import LAST, TransferState
from gemba.store.improvement_tables import effect_check, pattern, transfer
from gemba.store.lines import Line
from gemba.store.list_filters import Filter, PlaceFilter, Told, YesNo
from gemba.store.list_of import ListOf
from gemba.store.list_sorts import Named, Sort
from gemba.store.reading import Reader
from gemba.store.tables import action, place


class PatternLine(Line, frozen=True, kw_only=True):
    """One pattern in a list."""

    number: str
    title: str
    problem: str
    place: str | None
    """Where it worked."""
    step: str
    cause: str
    owner: str
    retired: bool
    carried: int
    """Transfers to other places."""
    holding: int
    """Of them those that were seen to hold after 90 days."""
    known: int
    """Of how many the outcome is known: held, held in part, or as before."""
    made_at: datetime


class TransferLine(Line, frozen=True, kw_only=True):
    """One transfer in a list."""

    number: str
    pattern: Uid
    pattern_title: str
    place: str
    place_uid: Uid
    owner: str
    due: date
    live_on: date | None
    state: str
    adapted: str
    stopped_because: str
    action: Uid
    made_at: datetime


def _looked(result: EffectResult) -> ColumnElement[bool]:
    """Whether the look after 90 days saw this of the present go-live."""
    here = and_(effect_check.c.action == action.c.uid, effect_check.c.days == LAST)
    return exists().where(here, effect_check.c.result == result.value, effect_check.c.looked_at >= action.c.live_on)


def _standing() -> ColumnElement[str]:
    """The state of a transfer, as `gemba.domain.transfer_states.transfer_state` tells it."""
    is_open = action.c.state == ActionState.OPEN.value
    return case(
        (transfer.c.stopped_because != "", literal(TransferState.STOPPED.value)),
        (and_(is_open, action.c.reopened > 0), literal(TransferState.REGRESSED.value)),
        (and_(is_open, action.c.lane == Lane.TODO.value), literal(TransferState.PROPOSED.value)),
        (is_open, literal(TransferState.ADAPTING.value)),
        (_looked(EffectResult.HOLDS), literal(TransferState.HOLDS.value)),
        else_=literal(TransferState.LIVE.value),
    )


def _told(_: Reader) -> ColumnElement[str]:
    at = select(_standing()).where(action.c.uid == transfer.c.action)
    return at.correlate(transfer).scalar_subquery()


_CARRIED = select(func.count()).where(transfer.c.pattern == pattern.c.uid).correlate(pattern).scalar_subquery()


def _standing_so(condition: ColumnElement[bool]) -> ColumnElement[int]:
    """Of the transfers of a pattern those of which something holds."""
    of = select(func.count()).select_from(transfer.join(action, transfer.c.action == action.c.uid))
    return of.where(transfer.c.pattern == pattern.c.uid, condition).correlate(pattern).scalar_subquery()


_KNOWN = or_(
    _standing().in_([TransferState.HOLDS.value, TransferState.REGRESSED.value]),
    and_(_standing() == TransferState.LIVE.value, _looked(EffectResult.PARTLY)),
)

PATTERNS = ListOf(
    PatternLine,
    pattern,
    source=pattern.outerjoin(place, pattern.c.place == place.c.uid),
    columns={
        **{name: pattern.c[name] for name in PatternLine.__struct_fields__ if name in pattern.c},
        "place": place.c.name,
        "carried": _CARRIED,
        "holding": _standing_so(_standing() == TransferState.HOLDS.value),
        "known": _standing_so(_KNOWN),
    },
    sorts={
        "made_at": Sort(pattern, pattern.c.made_at, "made_at"),
        "number": Sort(pattern, pattern.c.number, "number"),
    },
    filters={
        "retired": YesNo(pattern.c.retired),
        "step": Filter(pattern.c.step),
        "cause": Filter(pattern.c.cause),
        "place": PlaceFilter(pattern.c.place),
    },
)
"""What worked."""

TRANSFERS = ListOf(
    TransferLine,
    transfer,
    source=transfer.join(action, transfer.c.action == action.c.uid)
    .join(place, transfer.c.place == place.c.uid)
    .join(pattern, transfer.c.pattern == pattern.c.uid),
    columns={
        **{name: transfer.c[name] for name in TransferLine.__struct_fields__ if name in transfer.c},
        "pattern_title": pattern.c.title,
        "place": place.c.name,
        "place_uid": place.c.uid,
        "owner": action.c.owner,
        "due": action.c.due,
        "live_on": action.c.live_on,
        "state": _standing(),
    },
    sorts={
        "made_at": Sort(transfer, transfer.c.made_at, "made_at"),
        "place": Named(transfer, transfer.c.place, "place", place),
    },
    filters={
        "state": Told(transfer.c.uid, _told),
        "place": PlaceFilter(transfer.c.place),
        "pattern": Filter(transfer.c.pattern),
    },
    scanned=("number", "pattern_title", "place", "owner"),
)
"""Where patterns were carried to."""


def coded(reader: Reader, steps: Collection[str], causes: Collection[str]) -> list[Pattern]:
    """Patterns that answer one of the steps or one of the causes, and are not retired."""
    near = or_(pattern.c.step.in_(steps), pattern.c.cause.in_(causes))
    asked = select(pattern.c.uid).where(near, pattern.c.retired.is_(False))
    return list(reader.many(Pattern, list(reader.connection.scalars(asked))))


def of_keys(reader: Reader, keys: Collection[int]) -> dict[int, Uid]:
    """The uids of the patterns with these local keys; those that are retired are left out."""
    asked = select(pattern.c.id, pattern.c.uid).where(pattern.c.id.in_(keys), pattern.c.retired.is_(False))
    return {row[0]: row[1] for row in reader.connection.execute(asked)}
