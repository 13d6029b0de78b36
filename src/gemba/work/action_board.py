"""The board of actions: moved between lanes with limits, rated, given to others, merged, and let rest for a while."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

import msgspec

from gemba.domain.actions import Action, ActionState, Lane
from gemba.domain.change import Change
from gemba.domain.priority import HIGHEST, priority
from gemba.domain.record import Uid
from gemba.errors import Refusal
from gemba.store import action_lanes
from gemba.store.reading import Reader
from gemba.wording import text
from gemba.work.action_rules import demand_owner
from gemba.work.action_states import settle
from gemba.work.desk import Desk
from gemba.work.records import known

LIMITS = "board.limits"
"""Setting: the most open actions by lane."""
LONGEST_REST = timedelta(days=92)
"""A quarter: what rests longer is not wanted, and is better ended."""
_SHOWN = 50


class Column(msgspec.Struct, frozen=True):
    """One lane as it is shown."""

    lane: Lane
    count: int
    limit: int | None
    """The most that it may hold; `None` for any number."""
    cards: tuple[Action, ...]
    """The first of them, what matters most to customers first."""

    @property
    def is_full(self) -> bool:
        """True when nothing more may come into it."""
        return self.limit is not None and self.count >= self.limit


def board(reader: Reader, where: Mapping[str, str] | None = None, most: int = _SHOWN) -> tuple[Column, ...]:
    """The lanes with their first cards.

    Args:
        reader: of the store.
        where: `place` (and below), `owner`, `goal`; limits count all that are here.
        most: cards of a lane.
    """
    meant = dict(where or {})
    counts, limits = action_lanes.counted(reader, meant), limits_of(reader)
    return tuple(
        Column(lane, counts[lane], limits.get(lane), tuple(action_lanes.first(reader, lane, meant, most)))
        for lane in Lane
    )


def limits_of(reader: Reader) -> dict[Lane, int]:
    """The most open actions by lane, where there is a limit."""
    kept = reader.setting(LIMITS) or {}
    return {lane: int(kept[lane.value]) for lane in Lane if kept.get(lane.value)}


def set_limit(desk: Desk, lane: Lane, most: int | None) -> Change:
    """Set how many open actions a lane may hold; `None` lifts the limit. What is in it stays.

    Raises:
        Refusal: the limit is below 1.
    """
    if most is not None and most < 1:
        raise Refusal("work.lane_limit", limit=most)
    with desk.unit() as unit:
        kept = {one.value: limit for one, limit in limits_of(unit).items() if one is not lane}
        unit.set_setting(LIMITS, kept if most is None else {**kept, lane.value: most})
        return Change(topics=frozenset({"action"}), uids=frozenset())


def move(desk: Desk, action: Uid, lane: Lane, waits_for: str = "") -> Change:
    """Put an open action into a lane.

    Raises:
        Refusal: it is not open, the lane is full, or nobody says what it waits for.
    """
    if lane is Lane.WAITING and not waits_for.strip():
        raise Refusal("work.waits_for_nothing")
    with desk.unit() as unit:
        about = _open(unit, action)
        limit = limits_of(unit).get(lane)
        if about.lane is not lane and limit is not None and action_lanes.counted(unit, {})[lane] >= limit:
            raise Refusal("work.lane_full", lane=lane_title(lane), limit=limit)
        unit.change(Action, action, lane=lane, waits_for=waits_for.strip() if lane is Lane.WAITING else "")
        return unit.change_made(action)


def rate(desk: Desk, action: Uid, *, impact: int, reach: int, confidence: int, effort: int) -> Change:
    """Rate an action, each part from 1 to 5.

    Raises:
        Refusal: a part lies outside, or the action is not open.
    """
    said = {"impact": impact, "reach": reach, "confidence": confidence, "effort": effort}
    for name, value in said.items():
        if not 1 <= value <= HIGHEST:
            raise Refusal("work.rating", part=name, value=value, highest=HIGHEST)
    with desk.unit() as unit:
        _open(unit, action)
        unit.change(Action, action, **said)
        return unit.change_made(action)


def assign(desk: Desk, actions: Sequence[Uid], owner: str) -> Change:
    """Give open actions to another owner, all of them or none.

    Raises:
        Refusal: the owner is empty or left, or one of them is not open.
    """
    with desk.unit() as unit:
        demand_owner(unit, owner, desk.clock().date())
        for uid in dict.fromkeys(actions):
            if _open(unit, uid).owner != owner.strip():
                unit.change(Action, uid, owner=owner.strip())
        return unit.change_made("")


def merge(desk: Desk, action: Uid, into: Uid) -> Change:
    """Let an action that says the same as another go on in that one; both stay on record.

    Raises:
        Refusal: one of them is not open, both are one, or the other was merged itself.
    """
    if action == into:
        raise Refusal("work.merged_with_itself")
    with desk.unit() as unit:
        about, other = _open(unit, action), _open(unit, into)
        proof = text("It goes on in {number}.", number=other.number)
        unit.change(Action, action, merged_into=into, state=ActionState.DONE, done_at=desk.clock(), proof=proof)
        settle(unit, about.finding)
        return unit.change_made(into)


def snooze(desk: Desk, action: Uid, until: date | None, because: str = "") -> Change:
    """Let an open action rest until a day, with the reason; `None` wakes it. It comes back by itself.

    Raises:
        Refusal: there is no reason, the day has passed or is more than a quarter away, or it is not open.
    """
    today = desk.clock().date()
    if until is not None and not because.strip():
        raise Refusal("work.snoozed_without_reason")
    if until is not None and not today < until <= today + LONGEST_REST:
        raise Refusal("work.snoozed_until", day=until, last=today + LONGEST_REST)
    with desk.unit() as unit:
        _open(unit, action)
        unit.change(Action, action, snoozed_until=until, snoozed_because=because.strip() if until else "")
        return unit.change_made(action)


def rests(action: Action, today: date) -> bool:
    """Whether an action is let rest today."""
    return action.snoozed_until is not None and action.snoozed_until > today


def priority_words(action: Action) -> str:
    """The priority as people read it: impact first."""
    worth = priority(action)
    if worth is None:
        return text("not rated")
    return text("impact {impact} · {worth}", impact=action.impact, worth=f"{worth:.1f}")


def lane_title(lane: Lane) -> str:
    """What a lane is called."""
    return {Lane.TODO: text("To do"), Lane.DOING: text("Doing"), Lane.WAITING: text("Waiting")}[lane]


def _open(reader: Reader, action: Uid) -> Action:
    about = known(reader, Action, action)
    if about.state is not ActionState.OPEN:
        raise Refusal("work.action_not_open", number=about.number)
    return about
