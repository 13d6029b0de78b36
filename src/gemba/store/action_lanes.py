"""The board of open actions: each lane, what matters most to customers first. The read side."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from heapq import nsmallest
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from gemba.domain.actions import Action, ActionState, Lane
from gemba.domain.record import Uid
from gemba.store.list_filters import places_below
from gemba.store.reading import Reader
from gemba.store.tables import action

_IMPACT = func.coalesce(action.c.impact, 0)
_WORTH = func.coalesce(action.c.impact * action.c.reach * action.c.confidence * 1.0 / action.c.effort, 0.0)
_ORDER = (action.c.impact.desc().nulls_last(), _WORTH.desc(), action.c.due, action.c.id)
_INDEXES = {"owner": "ix_action_owner_id_state_place", "place": "ix_action_place_id_state", "goal": "ix_action_goal"}
"""Of what leaves few actions of many: where those few are found. SQLite, which knows no numbers, guesses wrong."""
_GROUPS = {"owner": action.c.owner, "place": action.c.place, "goal": action.c.goal}


def counted(reader: Reader, where: Mapping[str, str]) -> dict[Lane, int]:
    """Open actions by lane.

    Args:
        reader: of the store.
        where: `place` (and below), `owner`, `goal` (`-` for none), `older` (days since it was added), `late` (`yes`),
            `resting` (`no` leaves out what is let rest today, `yes` leaves only that).
    """
    asked = select(action.c.lane, func.count()).where(*_open(reader, where)).group_by(action.c.lane)
    found: dict[str, int] = {row[0]: row[1] for row in reader.connection.execute(_by_index(asked, where))}
    return {lane: found.get(lane.value, 0) for lane in Lane}


def first(reader: Reader, lane: Lane, where: Mapping[str, str], most: int, after: Uid = "") -> list[Action]:
    """The first open actions of a lane: the highest impact, then the highest priority, then the earliest due.

    What is not rated comes last.

    Args:
        reader: of the store.
        lane: the lane.
        where: as `counted` takes it.
        most: actions.
        after: uid of the last that is known already; the ones behind it are given.
    """
    asked = select(action.c.id).where(*_open(reader, where), action.c.lane == lane.value)
    return _read(reader, _by_index(_behind(reader, asked, after), where).order_by(*_ORDER).limit(most))


def done_since(reader: Reader, since: date, where: Mapping[str, str], most: int, after: Uid = "") -> list[Action]:
    """Actions that were done since a day, the last first; those that were merged into others are no work done.

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
    return _read(reader, asked.order_by(action.c.done_at.desc(), action.c.id.desc()).limit(most))


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
    column = _GROUPS[by]
    is_plain = not any(where.get(name) for name in (*_GROUPS, "older", "late"))
    # What rests is few: counted along, an index holds all that is asked for.
    some = [action.c.state == ActionState.OPEN.value] if is_plain else _open(reader, where)
    asked = select(column, func.count().label("n")).where(*some).group_by(column)
    rows = reader.connection.execute(asked.order_by(func.count().desc(), column).limit(most))
    return [(row[0] or "-", row[1]) for row in rows]


def at_once(
    reader: Reader, where: Mapping[str, str], since: date, most: int
) -> tuple[dict[Lane, int], dict[Lane, list[Uid]], int, list[Uid]]:
    """What `counted`, `first`, `count_done_since` and `done_since` tell, looked at once; for what leaves few of many.

    Args:
        reader: of the store.
        where: as `counted` takes it.
        since: the first day of what was done lately.
        most: actions of each lane.

    Returns:
        How many are open by lane, the first of each, how many were done lately, and the last of them.
    """
    of = action.c
    parts = (of.impact, of.reach, of.confidence, of.effort)
    is_open, is_done = and_(*_open(reader, where)), and_(*_done(reader, since, where))
    asked = select(of.id, of.uid, of.state, of.lane, *parts, of.due, of.done_at)
    # Narrowed outside of the alternative, too, so that one index finds both.
    asked = asked.where(of.merged_into.is_(None), *_anyhow(reader, where), or_(is_open, is_done))
    rows = reader.connection.execute(_by_index(asked, where)).all()
    done = sorted((row for row in rows if row.state == ActionState.DONE.value), key=_lately, reverse=True)
    counts, firsts = dict.fromkeys(Lane, 0), {}
    for lane in Lane:
        stand = [row for row in rows if row.lane == lane.value and row.state == ActionState.OPEN.value]
        counts[lane] = len(stand)
        firsts[lane] = [row.uid for row in nsmallest(most, stand, key=_rank)]
    return counts, firsts, len(done), [row.uid for row in done[:most]]


def _rank(row: Any) -> tuple[bool, float, float, date, int]:
    """As `_ORDER` has it."""
    is_rated = None not in {row.impact, row.reach, row.confidence, row.effort}
    worth = row.impact * row.reach * row.confidence / row.effort if is_rated else 0.0
    return (row.impact is None, -(row.impact or 0), -worth, row.due, row.id)


def _lately(row: Any) -> tuple[datetime, int]:
    return (row.done_at, row.id)


def open_at(reader: Reader, place: Uid, most: int = 500) -> list[Action]:
    """The newest open actions of a place."""
    is_open = (action.c.state == ActionState.OPEN.value, action.c.merged_into.is_(None))
    asked = select(action.c.id).where(*is_open, action.c.place == place)
    return _read(reader, asked.order_by(action.c.id.desc()).limit(most))


def _read(reader: Reader, asked: Select[Any]) -> list[Action]:
    """The actions with these keys, in this order: keys stand in the index, so that no other row is looked at."""
    keys = list(reader.connection.scalars(asked))
    rows = reader.connection.execute(select(action.c.id, action.c.uid).where(action.c.id.in_(keys)))
    uids = {row.id: row.uid for row in rows}
    return list(reader.many(Action, [uids[key] for key in keys]))


def _by_index(asked: Select[Any], where: Mapping[str, str]) -> Select[Any]:
    """Let SQLite begin with what leaves the fewest actions; other databases know by themselves."""
    index = next((_INDEXES[name] for name in _INDEXES if where.get(name) not in {None, "", "-"}), "")
    return asked.with_hint(action, f"INDEXED BY {index}", "sqlite") if index else asked


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
    found: list[ColumnElement[bool]] = [action.c.state == ActionState.OPEN.value, action.c.merged_into.is_(None)]
    today = reader.clock().date()
    if where.get("late") == "yes":
        found.append(action.c.due < today)
    rests = action.c.snoozed_until > today
    if where.get("resting") == "no":
        found.append(or_(action.c.snoozed_until.is_(None), ~rests))
    elif where.get("resting") == "yes":
        found.append(rests)
    return [*found, *_anyhow(reader, where)]


def _done(reader: Reader, since: date, where: Mapping[str, str]) -> list[ColumnElement[bool]]:
    begins = datetime(since.year, since.month, since.day, tzinfo=UTC)
    is_done = [action.c.state == ActionState.DONE.value, action.c.merged_into.is_(None), action.c.done_at >= begins]
    return [*is_done, *_anyhow(reader, where)]


def _anyhow(reader: Reader, where: Mapping[str, str]) -> list[ColumnElement[bool]]:
    """What an action is narrowed by, open or done."""
    found: list[ColumnElement[bool]] = []
    if where.get("place"):
        found.append(action.c.place.in_(_below(reader, where["place"])))
    if where.get("owner"):
        found.append(action.c.owner == where["owner"])
    if where.get("goal"):
        goal = where["goal"]
        found.append(action.c.goal.is_(None) if goal == "-" else action.c.goal == goal)
    if where.get("older"):
        found.append(action.c.added_at < reader.clock() - timedelta(days=int(where["older"])))
    return found


def _below(reader: Reader, place: Uid) -> list[Uid]:
    return places_below(reader, (place,))
