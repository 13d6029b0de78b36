"""Recurrence while a finding is written: the same step and cause at this place within the last twelve months."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

import msgspec

from gemba.domain.actions import Action, ActionState, Effect
from gemba.domain.findings import Finding, FindingGrade, FindingState
from gemba.domain.places import Place
from gemba.domain.record import Uid
from gemba.domain.vocabularies import Facet
from gemba.store import same_again
from gemba.store.reading import Reader
from gemba.wording import plural, text
from gemba.work.codes import code_of
from gemba.work.records import known
from gemba.work.told_by_leavers import Interview, named_by_leavers

MONTHS = 12
_SINCE = timedelta(days=365)
_SHOWN = 5
MOST = 200
"""How far is counted: beyond that it is a flood, whatever its number."""


class Answered(msgspec.Struct, frozen=True):
    """What was done about an earlier finding."""

    uid: Uid
    number: str
    text: str
    owner: str
    state: ActionState
    done_on: date | None
    helped: Effect
    came_back: bool
    """Done, and yet the same was found again after it."""


class Earlier(msgspec.Struct, frozen=True):
    """A finding of the same."""

    uid: Uid
    number: str
    grade: FindingGrade
    text: str
    place: str
    raised_at: datetime
    state: FindingState
    actions: tuple[Answered, ...]


class SeenBefore(msgspec.Struct, frozen=True):
    """How often the same was found here."""

    step: str
    cause: str
    place: Uid
    months: int
    count: int
    is_more: bool
    """There are more than were counted."""
    earlier: tuple[Earlier, ...]
    """The newest of them, the newest first."""
    leavers: tuple[Interview, ...] = ()
    """Exit interviews that named the same, the newest first: a source of its own."""


def seen_before(
    reader: Reader, place: Uid, step: str = "", cause: str = "", *, again: Finding | None = None, now: bool = False
) -> SeenBefore:
    """Findings of the same step and cause at a place and below it, of the last twelve months.

    Where only one of the two is known, that one counts; where neither is, nothing is the same.

    Args:
        reader: of the store.
        place: uid of the place.
        step: code or title of the process step; empty when not told.
        cause: code or title of the cause; empty when not told.
        again: a finding that is there already: what came in the twelve months before it.
        now: it is being found again while one asks.

    Raises:
        Refusal: the place is unknown, or the vocabulary has no such step or cause.
    """
    known(reader, Place, place)
    step, cause = code_of(reader, Facet.STEP, step), code_of(reader, Facet.CAUSE, cause)
    until = again.raised_at if again is not None else reader.clock()
    span = same_again.Span(until - _SINCE, until, again.uid if again is not None else "")
    found = same_again.seen(reader, place, step, cause, span, shown=_SHOWN, most=MOST)
    names = {one.uid: one.name for one in reader.find(Place)} if found.newest else {}
    latest = until if again is not None or now else None
    earlier = []
    for one in reader.many(Finding, list(found.newest)):
        earlier.append(_earlier(reader, one, names.get(one.place, ""), latest))
        latest = latest or one.raised_at
    told = named_by_leavers(reader, place, step, cause, ((until - _SINCE).date(), until.date()))
    return SeenBefore(step, cause, place, MONTHS, found.count, found.count >= MOST, tuple(earlier), told)


def recurrence_words(seen: SeenBefore, day: Callable[[date], str] = date.isoformat) -> str:
    """The answer in one sentence; empty when it was never found here. `day` writes days."""
    if not seen.count:
        return ""
    if seen.step and seen.cause:
        same = text("The same step and cause at this place")
    else:
        same = text("The same step at this place") if seen.step else text("The same cause at this place")
    often = plural("{n} time", "{n} times", seen.count)
    often = text("more than {n} times", n=MOST - 1) if seen.is_more else often
    last = day(seen.earlier[0].raised_at.date())
    return text("{same}: {often} in the last 12 months, last on {day}.", same=same, often=often, day=last)


def done_words(earlier: Earlier, day: Callable[[date], str] = date.isoformat) -> str:
    """What was done about an earlier finding, in one line. `day` writes days."""
    return "; ".join(_action_words(one, day) for one in earlier.actions) or text("Nothing was done about it.")


def _earlier(reader: Reader, finding: Finding, place: str, latest: datetime | None) -> Earlier:
    """One of them; `latest` is when the same was found last, if that is another finding than this."""
    actions = sorted(reader.find(Action, finding=finding.uid), key=lambda one: one.number)
    return Earlier(
        finding.uid,
        finding.number,
        finding.grade,
        finding.text,
        place,
        finding.raised_at,
        finding.state,
        tuple(_answered(one, latest) for one in actions),
    )


def _answered(action: Action, latest: datetime | None) -> Answered:
    done = action.done_at if action.state is ActionState.DONE else None
    back = done is not None and latest is not None and latest > done
    return Answered(
        action.uid,
        action.number,
        action.text,
        action.owner,
        action.state,
        done.date() if done is not None else None,
        action.effect,
        back,
    )


def _action_words(one: Answered, day: Callable[[date], str]) -> str:
    if one.state is not ActionState.DONE or one.done_on is None:
        return text("{number} is still open ({owner})", number=one.number, owner=one.owner)
    if one.came_back:
        return text("{number} was done on {day}, but it came back", number=one.number, day=day(one.done_on))
    return text("{number} was done on {day}", number=one.number, day=day(one.done_on))
