"""Which decisions a person took: nobody audits those."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ColumnElement, and_, func, or_, select

from gemba.domain.record import Uid
from gemba.store.goal_tables import decision
from gemba.store.list_filters import places_below
from gemba.store.reading import Reader
from gemba.store.same_people import entries_of


def taken_at(reader: Reader, person: Uid, place: Uid, begins: date, ends: date) -> int:
    """How many decisions of a place and all below it, of a period, this person took."""
    asked = (
        select(func.count()).select_from(decision).where(_taken_by(reader, person), *_of(reader, place, begins, ends))
    )
    return reader.connection.scalar(asked) or 0


def imported_at(reader: Reader, person: Uid, place: Uid, begins: date, ends: date) -> int:
    """How many of them this person imported without it being told who took them."""
    entries = entries_of(reader, person)
    held = and_(decision.c.decider.is_(None), decision.c.person.in_(entries), decision.c.source != "")
    asked = select(func.count()).select_from(decision).where(held, *_of(reader, place, begins, ends))
    return reader.connection.scalar(asked) or 0


def roles_at(reader: Reader, person: Uid, place: Uid) -> set[str]:
    """Roles in which this person ever decided at a place or below it, as they were written."""
    below = decision.c.place.in_(places_below(reader, (place,)))
    return set(reader.connection.scalars(select(decision.c.role).distinct().where(_taken_by(reader, person), below)))


def roles_decided(reader: Reader, place: Uid, begins: date, ends: date) -> set[str]:
    """Roles that decided anything at a place and below it in a period."""
    asked = select(decision.c.role).distinct().where(*_of(reader, place, begins, ends))
    return set(reader.connection.scalars(asked))


def _taken_by(reader: Reader, person: Uid) -> ColumnElement[bool]:
    entries = entries_of(reader, person)
    wrote_it_down = and_(decision.c.decider.is_(None), decision.c.person.in_(entries), decision.c.source == "")
    return or_(decision.c.decider.in_(entries), wrote_it_down)


def _of(reader: Reader, place: Uid, begins: date, ends: date) -> tuple[ColumnElement[bool], ...]:
    below = decision.c.place.in_(places_below(reader, (place,)))
    return below, decision.c.decided_on >= begins, decision.c.decided_on <= ends
