"""What a huddle at a place talks about: customers' words, clocks that run out, and what was promised and done."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import or_, select

from gemba.domain.actions import Action, ActionState
from gemba.domain.complaints import Complaint
from gemba.domain.record import Uid
from gemba.store.complaint_filters import to_run_out
from gemba.store.complaint_tables import complaint
from gemba.store.list_filters import places_below, unindexed
from gemba.store.reading import Reader
from gemba.store.tables import action


def spoken_lately(reader: Reader, place: Uid, since: datetime, most: int) -> list[Complaint]:
    """The newest complaints at a place and below it."""
    asked = (
        select(complaint.c.uid)
        .where(complaint.c.received_at >= since, unindexed(complaint.c.place.in_(places_below(reader, (place,)))))
        .order_by(complaint.c.received_at.desc(), complaint.c.id.desc())
        .limit(most)
    )
    return list(reader.many(Complaint, list(reader.connection.scalars(asked))))


def running_out(reader: Reader, place: Uid, before: datetime, most: int) -> list[Complaint]:
    """The complaints at a place whose customers must be told before a moment, the most urgent first."""
    asked = (
        select(complaint.c.uid)
        .where(to_run_out(before), complaint.c.place.in_(places_below(reader, (place,))))
        .order_by(complaint.c.due_at, complaint.c.id)
        .limit(most)
    )
    return list(reader.many(Complaint, list(reader.connection.scalars(asked))))


def moved_actions(reader: Reader, place: Uid, since: datetime) -> list[Action]:
    """The actions at a place that were done or promised since a moment: the done ones first, then the newest."""
    here = action.c.place.in_(places_below(reader, (place,)))
    asked = (
        select(action.c.uid)
        .where(here, or_(action.c.done_at >= since, action.c.added_at >= since))
        .order_by(action.c.added_at.desc(), action.c.id.desc())
    )
    found = list(reader.many(Action, list(reader.connection.scalars(asked))))
    return sorted(found, key=lambda each: each.state is not ActionState.DONE)
