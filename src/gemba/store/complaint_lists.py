"""The list of complaints. The read side."""

from __future__ import annotations

from sqlalchemy import func

from gemba.domain.complaint_steps import STEPS
from gemba.domain.complaints import ComplaintState, Severity
from gemba.domain.vocabularies import Facet
from gemba.store.complaint_filters import (
    WAITS,
    ByClock,
    ClockFilter,
    CodeFilter,
    Linked,
    NamedIfAny,
    OneOf,
    PlaceIfAny,
    Received,
    clock_column,
)
from gemba.store.complaint_line import ComplaintLine
from gemba.store.complaint_tables import complaint
from gemba.store.list_filters import Filter
from gemba.store.list_of import ListOf
from gemba.store.list_sorts import Ranked, Sort
from gemba.store.tables import place

_BEGINNING = 160
"""Letters of the customer's words in a line that has no summary."""

_BY = ("product", "step", "channel", "segment", "cause")

COMPLAINTS = ListOf(
    ComplaintLine,
    complaint,
    source=complaint.outerjoin(place, complaint.c.place == place.c.uid),
    columns={
        **{name: complaint.c[name] for name in ComplaintLine.__struct_fields__ if name in complaint.c},
        "text": func.coalesce(func.nullif(complaint.c.summary, ""), func.substr(complaint.c.words, 1, _BEGINNING)),
        "place": func.coalesce(place.c.name, ""),
        "place_uid": complaint.c.place,
        "waits": WAITS,
        "clock": clock_column,
    },
    sorts={
        "received_at": Sort(complaint, complaint.c.received_at, "received_at"),
        "due_at": ByClock(complaint, complaint.c.due_at, "due_at"),
        "number": Sort(complaint, complaint.c.number, "number"),
        "severity": Ranked(complaint, complaint.c.severity, "severity", tuple(Severity)[::-1]),
        "state": Ranked(complaint, complaint.c.state, "state", (*STEPS, ComplaintState.REOPENED)),
        "place": NamedIfAny(complaint, complaint.c.place, "place", place),
        **{name: Sort(complaint, complaint.c[name], name) for name in _BY},
    },
    filters={
        "place": PlaceIfAny(complaint.c.place),
        "state": Filter(complaint.c.state),
        "severity": Filter(complaint.c.severity),
        "clock": ClockFilter(complaint.c.due_at),
        **{name: CodeFilter(complaint.c[name], Facet(name)) for name in _BY},
        "source": OneOf(complaint.c.source),
        "received": Received(complaint.c.received_at),
        "linked": Linked(complaint.c.duplicate_of),
    },
)
"""What customers complained of."""
