"""The promise ledger as a list, what is overdue in it, and what share was kept. The read side."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ColumnElement, and_, case, func, literal, or_, select

from gemba.domain.actions import ActionState
from gemba.domain.promises import OVERDUE, Kept
from gemba.domain.record import Uid
from gemba.domain.rotations import Commitment, CommitmentState
from gemba.store.improvement_tables import commitment
from gemba.store.lines import Line
from gemba.store.list_filters import Filter, PlaceFilter, Scanned, Told, places_below
from gemba.store.list_of import ListOf
from gemba.store.list_sorts import Named, Sort
from gemba.store.reading import Reader
from gemba.store.tables import action, place

OPEN = commitment.c.state == CommitmentState.OPEN.value
_KEPT = commitment.c.state == CommitmentState.KEPT.value


class CommitmentLine(Line, frozen=True, kw_only=True):
    """One promise in a list."""

    number: str
    said: str
    text: str
    to: str
    place: str
    place_uid: Uid
    role: str
    made_on: date
    due: date
    state: str
    """`overdue` for an open one whose day has passed."""
    kept_on: date | None
    outcome: str
    action: Uid | None
    action_is_done: bool
    """The action that keeps it is done: it is proposed that the promise is kept."""


def _standing(reader: Reader) -> ColumnElement[str]:
    late = and_(OPEN, commitment.c.due < reader.clock().date())
    return case((late, literal(OVERDUE)), else_=commitment.c.state)


COMMITMENTS = ListOf(
    CommitmentLine,
    commitment,
    source=commitment.join(place, commitment.c.place == place.c.uid).outerjoin(
        action, commitment.c.action == action.c.uid
    ),
    columns={
        **{name: commitment.c[name] for name in CommitmentLine.__struct_fields__ if name in commitment.c},
        "place": place.c.name,
        "place_uid": place.c.uid,
        "state": _standing,
        "action_is_done": func.coalesce(action.c.state == ActionState.DONE.value, False),
    },
    sorts={
        "due": Sort(commitment, commitment.c.due, "due"),
        "made_on": Sort(commitment, commitment.c.made_on, "made_on"),
        "number": Sort(commitment, commitment.c.number, "number"),
        "place": Named(commitment, commitment.c.place, "place", place),
    },
    filters={
        "place": PlaceFilter(commitment.c.place),
        "state": Told(commitment.c.state, _standing),
        "role": Scanned(commitment.c.role),
        "rotation": Filter(commitment.c.rotation),
        "assessment": Filter(commitment.c.assessment),
        "action": Filter(commitment.c.action),
    },
)
"""What was promised to the frontline and to customers."""


def overdue(reader: Reader, today: date, most: int = 20) -> list[Commitment]:
    """The open promises whose day has passed, the oldest first."""
    asked = select(commitment.c.uid).where(OPEN, commitment.c.due < today)
    asked = asked.order_by(commitment.c.due, commitment.c.id).limit(most)
    return list(reader.many(Commitment, list(reader.connection.scalars(asked))))


def how_many_overdue(reader: Reader, today: date) -> int:
    """How many there are of them."""
    asked = select(func.count()).select_from(commitment).where(OPEN, commitment.c.due < today)
    return reader.connection.scalar(asked) or 0


def kept_already(reader: Reader, most: int = 20) -> list[Commitment]:
    """The open promises whose action is done: somebody has to look whether they are kept; the oldest first."""
    asked = select(commitment.c.uid).join(action, commitment.c.action == action.c.uid)
    asked = asked.where(OPEN, action.c.state == ActionState.DONE.value)
    asked = asked.order_by(commitment.c.due, commitment.c.id).limit(most)
    return list(reader.many(Commitment, list(reader.connection.scalars(asked))))


def kept_by(reader: Reader, by: str, today: date, within: Uid | None = None) -> dict[str, Kept]:
    """Promises counted by `place` (its uid) or `role`; the empty key counts all of them."""
    column = commitment.c[by]
    late = and_(OPEN, commitment.c.due < today)
    stands = case((late, literal(OVERDUE)), else_=commitment.c.state).label("stands")
    in_time = func.sum(case((and_(_KEPT, commitment.c.kept_on <= commitment.c.due), 1), else_=0))
    asked = select(column, stands, func.count(), in_time).group_by(column, stands)
    if within is not None:
        asked = asked.where(commitment.c.place.in_(places_below(reader, (within,))))
    found: dict[str, dict[str, int]] = {"": dict.fromkeys(Kept.__struct_fields__, 0)}
    for key, state, count, soon in reader.connection.execute(asked):
        for told in (found.setdefault(key, dict.fromkeys(Kept.__struct_fields__, 0)), found[""]):
            told[state] += count
            told["in_time"] += soon or 0
    return {key: Kept(**counts) for key, counts in found.items()}


def at_place(reader: Reader, within: Uid, since: date) -> list[Commitment]:
    """The promises at a place and below it that are open, or were made or kept since a day; the last made first."""
    here = commitment.c.place.in_(places_below(reader, (within,)))
    recent = or_(OPEN, commitment.c.made_on >= since, commitment.c.kept_on >= since)
    asked = select(commitment.c.uid).where(here, recent)
    asked = asked.order_by(commitment.c.made_on.desc(), commitment.c.id.desc())
    return list(reader.many(Commitment, list(reader.connection.scalars(asked))))
