"""The board of open actions: each lane, what matters most to customers first. The read side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from gemba.domain.actions import Action, ActionState, Lane
from gemba.domain.record import Uid
from gemba.store.list_filters import places_below, unindexed
from gemba.store.reading import Reader
from gemba.store.tables import action

_IMPACT = func.coalesce(action.c.impact, 0)
_WORTH = func.coalesce(action.c.impact * action.c.reach * action.c.confidence * 1.0 / action.c.effort, 0.0)
_ORDER = (action.c.impact.desc().nulls_last(), _WORTH.desc(), action.c.due, action.c.id)
_GROUPS = {"owner": action.c.owner, "place": action.c.place, "goal": action.c.goal}
# The indexes of the board begin with the state, and hold all that is asked for here: other columns are written so that
# SQLite, which knows no numbers, does not look single actions up by an index of theirs.
_AT_ONCE = 500
_UNMERGED = unindexed(action.c.merged_into).is_(None)


def counted(reader: Reader, where: Mapping[str, str]) -> dict[Lane, int]:
    """Open actions by lane.

    Args:
        reader: of the store.
        where: `place` (and below), `owner`, `goal` (`-` for none), `older` (days since it was added), `late` (`yes`),
            `resting` (`no` leaves out what is let rest today, `yes` leaves only that).
    """
    asked = select(action.c.lane, func.count()).where(*_open(reader, where)).group_by(action.c.lane)
    found: dict[str, int] = {row[0]: row[1] for row in reader.connection.execute(asked)}
    return {lane: found.get(lane.value, 0) for lane in Lane}


def first(reader: Reader, lane: Lane, where: Mapping[str, str], most: int, after: Uid = "") -> list[int]:
    """Keys (`read`) of the first open actions of a lane.

    The highest impact comes first, then the highest priority, then the earliest due; what is not rated comes last.

    Args:
        reader: of the store.
        lane: the lane.
        where: as `counted` takes it.
        most: actions.
        after: uid of the last that is known already; the ones behind it are given.
    """
    asked = select(action.c.id).where(*_open(reader, where), action.c.lane == lane.value)
    return list(reader.connection.scalars(_behind(reader, asked, after).order_by(*_ORDER).limit(most)))


def done_since(reader: Reader, since: date, where: Mapping[str, str], most: int, after: Uid = "") -> list[int]:
    """Keys (`read`) of actions that were done since a day, the last first.

    Those that were merged into others are no work done.

    Args:
        reader: of the store.
        since: the first day.
        where: as `counted` takes it; what is about open actions alone is passed over.
        most: actions.
        after: uid of the last that is known already.
    """
    asked = select(action.c.id).where(*_done(reader, since, where))
    if after:
        known = reader.connection.execute(select(action.c.done_at, action.c.id).where(action.c.uid == after)).one()
        is_earlier = and_(action.c.done_at == known.done_at, action.c.id < known.id)
        asked = asked.where(or_(action.c.done_at < known.done_at, is_earlier))
    return list(reader.connection.scalars(asked.order_by(action.c.done_at.desc(), action.c.id.desc()).limit(most)))


def read(reader: Reader, keys: Sequence[int]) -> list[Action]:
    """The actions with these keys, in this order: keys stand in the indexes, so that no other row is looked at."""
    uids: dict[int, Uid] = {}
    for start in range(0, len(keys), _AT_ONCE):
        some = keys[start : start + _AT_ONCE]
        rows = reader.connection.execute(select(action.c.id, action.c.uid).where(action.c.id.in_(some)))
        uids |= {row.id: row.uid for row in rows}
    return list(reader.many(Action, [uids[key] for key in keys]))


def count_done_since(reader: Reader, since: date, where: Mapping[str, str]) -> int:
    """How many were done since a day."""
    asked = select(func.count()).select_from(action).where(*_done(reader, since, where))
    return int(reader.connection.scalar(asked) or 0)


def groups(reader: Reader, by: str, where: Mapping[str, str], most: int) -> list[tuple[str, int]]:
    """Owners, places or goals of open actions with how many they have, the most first; `-` for no goal.

    Args:
        reader: of the store.
        by: `owner`, `place` or `goal`.
        where: as `counted` takes it.
        most: groups.
    """
    return [(key, sum(counts.values())) for key, counts in list(counted_apart(reader, by, where).items())[:most]]


def counted_apart(reader: Reader, by: str, where: Mapping[str, str]) -> dict[str, dict[Lane, int]]:
    """The same by lane, all of them.

    Args:
        reader: of the store.
        by: `owner`, `place` or `goal`.
        where: as `counted` takes it.
    """
    column = _GROUPS[by]
    asked = select(column, action.c.lane, func.count()).where(*_open(reader, where)).group_by(column, action.c.lane)
    found: dict[str, dict[Lane, int]] = {}
    for key, lane, count in reader.connection.execute(asked):
        found.setdefault(key or "-", dict.fromkeys(Lane, 0))[Lane(lane)] = count
    return dict(sorted(found.items(), key=lambda one: (-sum(one[1].values()), one[0])))


def count_done_apart(reader: Reader, by: str, since: date, where: Mapping[str, str]) -> dict[str, int]:
    """How many were done since a day, by owner, place or goal."""
    column = _GROUPS[by]
    asked = select(column, func.count()).where(*_done(reader, since, where)).group_by(column)
    return {key or "-": count for key, count in reader.connection.execute(asked)}


def open_at(reader: Reader, place: Uid, most: int = 500) -> list[Action]:
    """The newest open actions of a place."""
    is_open = (action.c.state == ActionState.OPEN.value, action.c.merged_into.is_(None))
    asked = select(action.c.id).where(*is_open, action.c.place == place)
    return read(reader, list(reader.connection.scalars(asked.order_by(action.c.id.desc()).limit(most))))


def _behind(reader: Reader, asked: Select[Any], after: Uid) -> Select[Any]:
    """Only what comes behind an action in the order of the board."""
    if not after:
        return asked
    key = select(_IMPACT.label("impact"), _WORTH.label("worth"), action.c.due, action.c.id)
    at = reader.connection.execute(key.where(action.c.uid == after)).one()
    later = or_(action.c.due > at.due, and_(action.c.due == at.due, action.c.id > at.id))
    less = or_(at.worth > _WORTH, and_(at.worth == _WORTH, later))
    return asked.where(or_(at.impact > _IMPACT, and_(at.impact == _IMPACT, less)))


def _open(reader: Reader, where: Mapping[str, str]) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [action.c.state == ActionState.OPEN.value, _UNMERGED]
    today = reader.clock().date()
    if where.get("late") == "yes":
        found.append(unindexed(action.c.due) < today)
    rests = action.c.snoozed_until > today
    if where.get("resting") == "no":
        found.append(or_(action.c.snoozed_until.is_(None), ~rests))
    elif where.get("resting") == "yes":
        found.append(rests)
    return [*found, *_anyhow(reader, where)]


def _done(reader: Reader, since: date, where: Mapping[str, str]) -> list[ColumnElement[bool]]:
    begins = datetime(since.year, since.month, since.day, tzinfo=UTC)
    is_done = [action.c.state == ActionState.DONE.value, _UNMERGED, action.c.done_at >= begins]
    return [*is_done, *_anyhow(reader, where)]


def _anyhow(reader: Reader, where: Mapping[str, str]) -> list[ColumnElement[bool]]:
    """What an action is narrowed by, open or done."""
    found: list[ColumnElement[bool]] = []
    if where.get("place"):
        found.append(unindexed(action.c.place).in_(_below(reader, where["place"])))
    if where.get("owner"):
        found.append(unindexed(action.c.owner) == where["owner"])
    if where.get("goal"):
        goal, column = where["goal"], unindexed(action.c.goal)
        found.append(column.is_(None) if goal == "-" else column == goal)
    if where.get("older"):
        found.append(action.c.added_at < reader.clock() - timedelta(days=int(where["older"])))
    return found


def _below(reader: Reader, place: Uid) -> list[Uid]:
    return places_below(reader, (place,))
