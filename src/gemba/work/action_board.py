"""The board of actions: moved between lanes with limits, rated, given to others, merged, and let rest for a while."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

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

MOST_OF_A_LANE = 1000
"""The highest limit of a lane."""


def limits_of(reader: Reader) -> dict[Lane, int]:
    """The most open actions by lane, where there is a limit."""
    kept = reader.setting(LIMITS) or {}
    return {lane: int(kept[lane.value]) for lane in Lane if kept.get(lane.value)}


def set_limit(desk: Desk, lane: Lane, most: int | None) -> Change:
    """Set how many open actions a lane may hold; `None` lifts the limit. What is in it stays.

    Raises:
        Refusal: the limit is below 1, or above `MOST_OF_A_LANE`, which limits nothing.
    """
    if most is not None and not 1 <= most <= MOST_OF_A_LANE:
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
    return move_all(desk, (action,), lane, waits_for)


def move_all(desk: Desk, actions: Sequence[Uid], lane: Lane, waits_for: str = "") -> Change:
    """Put open actions into a lane, all of them or none.

    Raises:
        Refusal: as `move` does; a lane is full when it cannot hold all of them.
    """
    if lane is Lane.WAITING and not waits_for.strip():
        raise Refusal("work.waits_for_nothing")
    with desk.unit() as unit:
        about = [_open(unit, uid) for uid in dict.fromkeys(actions)]
        limit, coming = limits_of(unit).get(lane), sum(one.lane is not lane for one in about)
        if coming and limit is not None and action_lanes.counted(unit, {})[lane] + coming > limit:
            raise Refusal("work.lane_full", lane=lane_title(lane), limit=limit)
        for one in about:
            said = waits_for.strip() if lane is Lane.WAITING else ""
            unit.change(Action, one.uid, lane=lane, waits_for=said)
        return unit.change_made(about[0].uid if len(about) == 1 else "")


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
    return merge_all(desk, (action,), into)


def merge_all(desk: Desk, actions: Sequence[Uid], into: Uid) -> Change:
    """Let actions that say the same as another go on in that one, all of them or none.

    Raises:
        Refusal: as `merge` does.
    """
    with desk.unit() as unit:
        for uid in actions:
            demand_mergeable(unit, uid, into)
        proof = text("It goes on in {number}.", number=_open(unit, into).number)
        for uid in dict.fromkeys(actions):
            about = _open(unit, uid)
            unit.change(Action, uid, merged_into=into, state=ActionState.DONE, done_at=desk.clock(), proof=proof)
            settle(unit, about.finding)
        return unit.change_made(into)


def demand_mergeable(reader: Reader, action: Uid, into: Uid) -> None:
    """Demand that an action may go on in another one.

    Raises:
        Refusal: both are one, or the other is not open.
    """
    if action == into:
        raise Refusal("work.merged_with_itself")
    _open(reader, into)


def snooze(desk: Desk, action: Uid, until: date | None, because: str = "") -> Change:
    """Let an open action rest until a day, with the reason; `None` wakes it. It comes back by itself.

    Raises:
        Refusal: there is no reason, the day has passed or is more than a quarter away, or it is not open.
    """
    return snooze_all(desk, (action,), until, because)


def snooze_all(desk: Desk, actions: Sequence[Uid], until: date | None, because: str = "") -> Change:
    """Let open actions rest until a day, or wake them, all of them or none.

    Raises:
        Refusal: as `snooze` does.
    """
    today = desk.clock().date()
    if until is not None and not because.strip():
        raise Refusal("work.snoozed_without_reason")
    if until is not None and not today < until <= today + LONGEST_REST:
        raise Refusal("work.snoozed_until", day=until, last=today + LONGEST_REST)
    with desk.unit() as unit:
        for uid in dict.fromkeys(actions):
            _open(unit, uid)
            unit.change(Action, uid, snoozed_until=until, snoozed_because=because.strip() if until else "")
        return unit.change_made(actions[0] if len(actions) == 1 else "")


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
