"""Actions that mend what is wrong with goals and service levels: one open for each gap, on however many laptops."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import date

import msgspec

from gemba.domain.actions import Action, ActionSort, ActionState
from gemba.domain.change import Change
from gemba.domain.goal_validity import plain_code
from gemba.domain.goals import Goal, ServiceLevel
from gemba.domain.places import Place
from gemba.domain.record import Uid
from gemba.errors import Refusal
from gemba.store.reading import Reader
from gemba.work.action_rules import demand_owner
from gemba.work.desk import Desk
from gemba.work.goal_gap import Gap
from gemba.work.records import known

_SHORTEST = 8
_MENDING = uuid.UUID("5c2d9b1e-3f64-4f0a-9a7b-6f1f4f0c8e21")


def with_actions(reader: Reader, gaps: tuple[Gap, ...]) -> tuple[Gap, ...]:
    """The same gaps, each with the number of the open action that mends it."""
    return tuple(msgspec.structs.replace(gap, action=_open_number(reader, gap)) for gap in gaps)


def mend(desk: Desk, gap: Gap, *, owner: str, due: date, place: Uid | None = None, words: str = "") -> Change:
    """Have a gap mended: one action, which serves the goal. While it is open there is no other for the same gap.

    Args:
        desk: who asks for it, where.
        gap: as `goal_gaps` found it.
        owner: role or name of the one who answers for it.
        due: until when.
        place: where; that of the goal when left out, else the one place above all.
        words: what is to be done; the words of the gap when left out.

    Raises:
        Refusal: an action is open for it, nobody is named or they left, the day lies behind, or no place is known.
    """
    with desk.unit() as unit:
        number = _open_number(unit, gap)
        if number:
            raise Refusal("work.gap_has_action", number=number)
        today = desk.clock().date()
        demand_owner(unit, owner, today)
        if due < today:
            raise Refusal("work.gap_due", due=due.isoformat())
        action = Action(
            uid=_next_uid(unit, gap),
            number=unit.number(Action),
            place=place or _place_of(unit, gap),
            sort=ActionSort.CORRECTIVE,
            text=words.strip() or gap.words,
            owner=owner.strip(),
            due=due,
            goal=_goal_of(unit, gap),
            added_at=desk.clock(),
            person=desk.person.uid,
        )
        unit.put(action)
        return unit.change_made(action.uid)


def gap_named(gaps: Iterable[Gap], goal: str, code: str, driver: str = "") -> Gap:
    """The one gap that is meant.

    Args:
        gaps: all there are.
        goal: code of the goal, or the beginning of the uid of a goal or service level.
        code: of the gap.
        driver: of the requirement, where several of a goal have the same gap.

    Raises:
        Refusal: there is none, or there are several.
    """
    meant = [gap for gap in gaps if gap.code == code and (gap.goal == plain_code(goal) or _begins(gap.uid, goal))]
    found = [gap for gap in meant if driver.casefold() in gap.about.casefold()]
    if len(found) != 1:
        raise Refusal("work.gaps_named" if found else "work.no_gap_named", goal=goal, gap=code)
    return found[0]


def _begins(uid: Uid, said: str) -> bool:
    return len(said) >= _SHORTEST and uid.startswith(said.lower())


def action_uid(gap: Gap, times: int) -> Uid:
    """The uid of the action that mends a gap for the so-manieth time: the same on every laptop."""
    return str(uuid.uuid5(_MENDING, f"{gap.about}\0{gap.code}\0{times}"))


def _asked(reader: Reader, gap: Gap) -> list[Action]:
    found: list[Action] = []
    while (action := reader.get(Action, action_uid(gap, len(found)))) is not None:
        found.append(action)
    return found


def _open_number(reader: Reader, gap: Gap) -> str:
    asked = _asked(reader, gap)
    return asked[-1].number if asked and asked[-1].state is ActionState.OPEN else ""


def _next_uid(reader: Reader, gap: Gap) -> Uid:
    return action_uid(gap, len(_asked(reader, gap)))


def _goal_of(reader: Reader, gap: Gap) -> Uid | None:
    if gap.noun == "goal":
        return gap.uid
    return known(reader, ServiceLevel, gap.uid).goal


def _place_of(reader: Reader, gap: Gap) -> Uid:
    goal = reader.get(Goal, _goal_of(reader, gap) or "")
    if goal is not None and goal.place is not None:
        return goal.place
    tops = reader.find(Place, parent=None)
    if len(tops) != 1:
        raise Refusal("work.gap_without_place")
    return tops[0].uid
