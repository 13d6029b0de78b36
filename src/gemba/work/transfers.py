"""Carry a pattern to another place: an action of that place, with its own checks; or stop, and say why."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec

from gemba.domain.actions import Action, ActionSort, ActionState, Effect
from gemba.domain.change import Change
from gemba.domain.escalation_words import says_nothing
from gemba.domain.patterns import Pattern, Transfer
from gemba.domain.places import Place
from gemba.domain.record import Uid
from gemba.errors import Refusal
from gemba.store.reading import Reader
from gemba.store.unit import Unit
from gemba.wording import text
from gemba.work.desk import Desk
from gemba.work.place_merging import goes_on_at
from gemba.work.records import known
from gemba.work.rotations import today_at

_FURTHEST = 730
"""Days ahead that a due day may lie."""


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """A pattern that is to be carried to a place."""

    pattern: Uid
    place: Uid
    owner: str
    """Name or role of the one who answers for it there."""
    due: date
    adapted: str = ""
    """What is done otherwise there, and why."""


def carry(desk: Desk, wanted: Wanted) -> Change:
    """Carry a pattern to another place, or to the one that this goes on in; the change's uid is the transfer's.

    Raises:
        Refusal: pattern or place are unknown, the pattern is retired, comes from there or is being carried there
            already, nobody answers for it, or the day has passed or lies too far away.
    """
    with desk.unit() as unit:
        return unit.change_made(carry_in(desk, unit, wanted).uid)


def carry_in(desk: Desk, unit: Unit, wanted: Wanted) -> Transfer:
    """The same within another use case's unit."""
    pattern, place = known(unit, Pattern, wanted.pattern), goes_on_at(unit, wanted.place)
    _demand(desk, unit, wanted, pattern, place)
    origin = unit.get(Action, pattern.action) if pattern.action else None
    action = Action(
        uid=desk.ids(),
        number=unit.number(Action),
        place=place.uid,
        sort=ActionSort.IMPROVEMENT,
        text=text("Take over “{title}”", title=pattern.title),
        owner=wanted.owner.strip(),
        due=wanted.due,
        goal=origin.goal if origin else None,
        added_at=desk.clock(),
        person=desk.person.uid,
    )
    unit.put(action)
    made = Transfer(
        uid=desk.ids(),
        number=unit.number(Transfer),
        pattern=pattern.uid,
        place=place.uid,
        action=action.uid,
        adapted=wanted.adapted.strip(),
        made_at=desk.clock(),
        person=desk.person.uid,
    )
    unit.put(made)
    return made


def adapt(desk: Desk, transfer: Uid, adapted: str) -> Change:
    """Say what is done otherwise there, and why.

    Raises:
        Refusal: nothing is said, or it is not carried on.
    """
    if says_nothing(adapted):
        raise Refusal("work.transfer_adapted")
    with desk.unit() as unit:
        _carried_on(unit, transfer)
        unit.change(Transfer, transfer, adapted=adapted.strip())
        return unit.change_made(transfer)


def stop(desk: Desk, transfer: Uid, because: str) -> Change:
    """Carry it on no more: its action rests with the reason, and its checks ask no more.

    Raises:
        Refusal: there is no reason, or it was stopped already.
    """
    if says_nothing(because):
        raise Refusal("work.transfer_because")
    why = because.strip()
    with desk.unit() as unit:
        one = _carried_on(unit, transfer)
        unit.change(Transfer, transfer, stopped_because=why)
        action = known(unit, Action, one.action)
        said = text("Not carried on: {why}", why=why)
        now = desk.clock()
        ended: dict[str, Any] = {"state": ActionState.DONE, "live_on": None}
        ended |= {"effect": Effect.NOT_EFFECTIVE, "verified_at": now}
        if action.state is ActionState.OPEN:
            ended |= {"done_at": now, "proof": said}
        unit.change(Action, one.action, verification=said, **ended)
        return unit.change_made(transfer)


def _demand(desk: Desk, reader: Reader, wanted: Wanted, pattern: Pattern, place: Place) -> None:
    if pattern.retired:
        raise Refusal("work.pattern_retired", number=pattern.number)
    if pattern.place is not None and place.uid == goes_on_at(reader, pattern.place).uid:
        raise Refusal("work.transfer_home", number=pattern.number, place=place.name)
    for other in reader.find(Transfer, pattern=pattern.uid):
        if other.place == place.uid and not other.stopped_because:
            raise Refusal("work.transfer_already", number=other.number, place=place.name)
    if not wanted.owner.strip():
        raise Refusal("work.action_without_owner")
    days = (wanted.due - today_at(place, desk.clock())).days
    if not 0 <= days <= _FURTHEST:
        raise Refusal("work.transfer_due", day=wanted.due, most=_FURTHEST)


def _carried_on(reader: Reader, transfer: Uid) -> Transfer:
    one = known(reader, Transfer, transfer)
    if one.stopped_because:
        raise Refusal("work.transfer_stopped", number=one.number, why=one.stopped_because)
    return one
