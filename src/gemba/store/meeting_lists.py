"""The list of meetings, and which come next. The read side."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from sqlalchemy import ColumnElement, and_, case, func, literal, select, text

from gemba.domain.governance import Meeting, MeetingState
from gemba.domain.record import Uid
from gemba.store.improvement_tables import governance_body, meeting
from gemba.store.lines import Line
from gemba.store.list_filters import Filter, Told, places_below
from gemba.store.list_of import ListOf
from gemba.store.list_sorts import Sort
from gemba.store.reading import Reader
from gemba.store.tables import place

WAITS = "waits"
"""What a planned meeting is called whose day has passed: its minutes are missing."""


class MeetingLine(Line, frozen=True, kw_only=True):
    """One meeting in a list."""

    number: str
    body: str
    body_uid: Uid
    place: str
    planned_on: date
    held_on: date | None
    state: str
    """As kept, with `waits` for a planned one whose day has passed."""
    agenda: tuple[str, ...]
    decided: dict[str, str]
    reason: str


_PLANNED = meeting.c.state == MeetingState.PLANNED.value


def _state(reader: Reader) -> ColumnElement[str]:
    late = and_(_PLANNED, meeting.c.planned_on < reader.clock().date())
    return case((late, literal(WAITS)), else_=meeting.c.state)


class _BodyPlace(Filter, frozen=True):
    """Accepts meetings of bodies at one of the places or anywhere below them."""

    indexed: ClassVar[bool] = False

    def condition(self, reader: Reader, values: tuple[str, ...]) -> ColumnElement[bool]:
        """The condition on a row."""
        here = governance_body.c.place.in_(places_below(reader, values))
        return self.column.in_(select(governance_body.c.uid).where(here))

    def choices(self, reader: Reader) -> list[tuple[Any, int]]:
        """The places of bodies, with the number of their meetings, the most frequent first."""
        joined = meeting.join(governance_body, meeting.c.body == governance_body.c.uid)
        counted = select(governance_body.c.place, func.count().label("n")).select_from(joined)
        counted = counted.where(governance_body.c.place.is_not(None)).group_by(governance_body.c.place)
        return [(row[0], row[1]) for row in reader.connection.execute(counted.order_by(text("n DESC")))]


MEETINGS = ListOf(
    MeetingLine,
    meeting,
    source=meeting.join(governance_body, meeting.c.body == governance_body.c.uid).outerjoin(
        place, governance_body.c.place == place.c.uid
    ),
    columns={
        **{name: meeting.c[name] for name in MeetingLine.__struct_fields__ if name in meeting.c},
        "body": governance_body.c.title,
        "body_uid": governance_body.c.uid,
        "place": func.coalesce(place.c.name, ""),
        "state": _state,
    },
    sorts={
        "planned_on": Sort(meeting, meeting.c.planned_on, "planned_on"),
    },
    filters={
        "body": Filter(meeting.c.body),
        "state": Told(meeting.c.state, _state),
        "place": _BodyPlace(meeting.c.body),
    },
    scanned=("number", "body", "place"),
)
"""When bodies met and meet."""


def coming(reader: Reader, last: date, most: int = 20) -> list[Meeting]:
    """The planned meetings up to a day, the first first; those whose minutes are missing among them."""
    asked = select(meeting.c.uid).where(_PLANNED, meeting.c.planned_on <= last)
    asked = asked.order_by(meeting.c.planned_on, meeting.c.id).limit(most)
    return list(reader.many(Meeting, list(reader.connection.scalars(asked))))
