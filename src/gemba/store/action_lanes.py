"""The board of open actions: each lane, what matters most to customers first. The read side."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import ColumnElement, func, select

from gemba.domain.actions import Action, ActionState, Lane
from gemba.domain.record import Uid
from gemba.store.list_filters import places_below
from gemba.store.reading import Reader
from gemba.store.tables import action


def counted(reader: Reader, where: Mapping[str, str]) -> dict[Lane, int]:
    """Open actions by lane.

    Args:
        reader: of the store.
        where: `place` (and below), `owner`, `goal`.
    """
    asked = select(action.c.lane, func.count()).where(*_open(reader, where)).group_by(action.c.lane)
    found: dict[str, int] = {row[0]: row[1] for row in reader.connection.execute(asked)}
    return {lane: found.get(lane.value, 0) for lane in Lane}


def first(reader: Reader, lane: Lane, where: Mapping[str, str], most: int) -> list[Action]:
    """The first open actions of a lane: the highest impact, then the highest priority, then the earliest due.

    What is not rated comes last.
    """
    worth = action.c.impact * action.c.reach * action.c.confidence * 1.0 / action.c.effort
    asked = (
        select(action.c.uid)
        .where(*_open(reader, where), action.c.lane == lane.value)
        .order_by(func.coalesce(action.c.impact, 0).desc(), func.coalesce(worth, 0).desc(), action.c.due, action.c.id)
        .limit(most)
    )
    return list(reader.many(Action, list(reader.connection.scalars(asked))))


def _open(reader: Reader, where: Mapping[str, str]) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [action.c.state == ActionState.OPEN.value, action.c.merged_into.is_(None)]
    if where.get("place"):
        found.append(action.c.place.in_(_below(reader, where["place"])))
    found += [action.c[name] == where[name] for name in ("owner", "goal") if where.get(name)]
    return found


def _below(reader: Reader, place: Uid) -> list[Uid]:
    return places_below(reader, (place,))
