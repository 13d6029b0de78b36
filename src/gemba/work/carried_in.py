"""What a walk can be asked to look at: questions, open signals, promises and actions of the place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

import msgspec

from gemba.domain.actions import Action
from gemba.domain.measures import SignalState
from gemba.domain.process_maps import AlertState, GoAndSee
from gemba.domain.promises import standing as promise_standing
from gemba.domain.record import Uid
from gemba.domain.rotations import Commitment
from gemba.store.commitment_lists import at_place
from gemba.store.list_filters import places_below
from gemba.store.unit import Unit
from gemba.store.walk_lists import open_actions
from gemba.wording import text
from gemba.work.alerts import alerts
from gemba.work.desk import Desk
from gemba.work.go_and_see import OPEN, carry_in, offered, proposed

AHEAD = 14
"""Days before its day from which a promise is due to be looked at."""
MOST = 20
"""Of each sort."""


class Carried(msgspec.Struct, frozen=True):
    """Something that a walk can be asked to look at."""

    key: str
    """`go_and_see:uid` of a question that waits, else `sort:uid` of what a question would be made from."""
    sort: str
    """`go_and_see`, `signal`, `commitment` or `action`."""
    question: str
    number: str = ""
    """Of the promise or action; code of the signal's measure."""
    owner: str = ""
    due: date | None = None
    is_late: bool = False


def carried_in(desk: Desk, place: Uid) -> list[Carried]:
    """What waits at a place: questions first, then signals, promises that are due, and open actions.

    What a question was made from already is not told twice.
    """
    signals = [one for one in alerts(desk, states=(SignalState.OPEN,)) if one.place_uid is not None]
    with desk.reader() as reader:
        here = set(places_below(reader, (place,)))
        asked = {one.origin for one in reader.find(GoAndSee) if one.state in OPEN}
        today = desk.clock().date()
        found = [Carried(f"go_and_see:{one.uid}", "go_and_see", one.question) for one in offered(reader, place)]
        near = [one for one in signals if one.place_uid in here and one.uid not in asked]
        found += [
            Carried(f"signal:{one.uid}", "signal", proposed(reader, "signal", one.uid).question, one.code)
            for one in near[:MOST]
        ]
        promises = [one for one in at_place(reader, place, today) if one.uid not in asked]
        found += list(_promises(promises, today.toordinal()))[:MOST]
        open_ones = [one for one in open_actions(reader, place, MOST) if one.uid not in asked]
        found += [_action(one, is_late=one.due < today) for one in open_ones]
    return found


def take_along_in(unit: Unit, desk: Desk, assessment: Uid, keys: Sequence[str]) -> None:
    """Let a walk carry what is chosen of `carried_in`; what is no question yet becomes one.

    Raises:
        Refusal: one of them is unknown.
    """
    for key in keys:
        sort, _, uid = key.partition(":")
        if sort == "go_and_see":
            carry_in(unit, assessment, [uid])
            continue
        about = proposed(unit, sort, uid)
        unit.put(
            GoAndSee(
                uid=desk.ids(),
                question=about.question,
                place=about.place,
                step=about.step,
                sort=sort,
                origin=uid,
                state=AlertState.CARRIED,
                assessment=assessment,
                raised_at=desk.clock(),
                person=desk.person.uid,
            )
        )


def carried_title(sort: str) -> str:
    """What something that is carried in is called."""
    titles = {
        "go_and_see": text("Go and see"),
        "signal": text("Signal"),
        "commitment": text("Promise"),
        "action": text("Action"),
    }
    return titles[sort]


def _promises(promises: Sequence[Commitment], today: int) -> Iterator[Carried]:
    for one in sorted(promises, key=lambda each: (each.due, each.number)):
        late = today > one.due.toordinal()
        if promise_standing(one, one.due) != "open" or one.due.toordinal() > today + AHEAD:
            continue
        words = text("Was it kept? {promise}", promise=one.text)
        yield Carried(f"commitment:{one.uid}", "commitment", words, one.number, one.role, one.due, late)


def _action(one: Action, *, is_late: bool) -> Carried:
    words = text("How far is it? {action}", action=one.text)
    return Carried(f"action:{one.uid}", "action", words, one.number, one.owner, one.due, is_late)
