"""What came back after it was closed: the next complaint of the same step, cause and place."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Collection, Mapping
from datetime import date, datetime

import msgspec
from sqlalchemy import and_, func, select

from gemba.domain.actions import ActionState
from gemba.domain.complaints import ComplaintState
from gemba.domain.record import Uid
from gemba.domain.vocabularies import Facet
from gemba.store import vocabularies
from gemba.store.complaint_conditions import conditions
from gemba.store.complaint_tables import cause_analysis, complaint
from gemba.store.reading import Reader
from gemba.store.tables import action, finding

_AT_ONCE = 20_000


class Closing(msgspec.Struct, frozen=True):
    """An action that was done about a step and a cause at a place."""

    action: Uid
    number: str
    text: str
    proof: str
    step: str
    cause: str
    place: Uid
    done_at: datetime


class ReturnCounts(msgspec.Struct, frozen=True):
    """Closed complaints of one step, cause and place, by whole hours until the next one of them came."""

    returned: dict[int, int]
    quiet: dict[int, int]
    """Those after which none came until now: by the hours that have passed."""


Cell = tuple[str, str, Uid]
"""Step, cause, place."""


def closings(reader: Reader, step: str = "", cause: str = "") -> list[Closing]:
    """Actions that are done, with the step and cause of the analysis or finding that they answer; oldest first."""
    of_step = func.coalesce(func.nullif(cause_analysis.c.step, ""), finding.c.step, "").label("step")
    of_cause = func.coalesce(func.nullif(cause_analysis.c.cause, ""), finding.c.cause, "").label("cause")
    source = action.outerjoin(cause_analysis, action.c.analysis == cause_analysis.c.uid).outerjoin(
        finding, action.c.finding == finding.c.uid
    )
    asked = (
        select(
            action.c.uid,
            action.c.number,
            action.c.text,
            action.c.proof,
            of_step,
            of_cause,
            func.coalesce(cause_analysis.c.place, action.c.place),
            action.c.done_at,
        )
        .select_from(source)
        .where(action.c.state == ActionState.DONE, action.c.done_at.is_not(None), of_step != "", of_cause != "")
        .order_by(action.c.done_at, action.c.id)
    )
    found = (Closing(*row) for row in reader.connection.execute(asked))
    return [one for one in found if step in ("", one.step) and cause in ("", one.cause)]


def next_after(reader: Reader, closing: Closing, codes: Mapping[Facet, Collection[str]]) -> tuple[Uid, datetime] | None:
    """The first complaint of the same step, cause and place (or below it) received after an action was done.

    Args:
        reader: of the store.
        closing: the action.
        codes: all codes of any time that its step and its cause are known by.
    """
    filters = {
        facet.value: ",".join(sorted(codes.get(facet) or {getattr(closing, facet.value)}))
        for facet in (Facet.STEP, Facet.CAUSE)
    }
    asked = (
        select(complaint.c.uid, complaint.c.received_at)
        .where(*conditions(reader, filters, place=closing.place), complaint.c.received_at > closing.done_at)
        .order_by(complaint.c.received_at)
        .limit(1)
    )
    row = reader.connection.execute(asked).one_or_none()
    return None if row is None else (row[0], row[1])


def after_complaints(
    reader: Reader,
    filters: Mapping[str, str],
    *,
    place: Uid | None = None,
    begins: date | None = None,
    ends: date | None = None,
) -> dict[Cell, ReturnCounts]:
    """Closed complaints that are coded, by cell and by hours until the next one there; by the codes as they were coded.

    The day range is that of receipt. Of each complaint no more than a moment is held, eight bytes.
    """
    c = complaint.c
    cell = (c.step, c.cause, c.place)
    coded = and_(c.step != "", c.cause != "", c.place.is_not(None))
    came: dict[Cell, array[float]] = {}
    received = select(*cell, c.received_at).where(coded).order_by(c.received_at)
    for some in reader.connection.execute(received).partitions(_AT_ONCE):
        for step, cause, where, at in some:
            came.setdefault((step, cause, where), array("d")).append(at.timestamp())
    closed = and_(c.state == ComplaintState.CLOSED, c.closed_at.is_not(None))
    asked = select(*cell, c.closed_at).where(
        coded, closed, *conditions(reader, filters, place=place, begins=begins, ends=ends)
    )
    now = reader.clock().timestamp()
    found: dict[Cell, ReturnCounts] = {}
    for some in reader.connection.execute(asked).partitions(_AT_ONCE):
        for step, cause, where, at in some:
            one = found.setdefault((step, cause, where), ReturnCounts({}, {}))
            moment, times = at.timestamp(), came[(step, cause, where)]
            after = bisect_right(times, moment)
            is_back = after < len(times)
            counts = one.returned if is_back else one.quiet
            waited = max(0, int((times[after] if is_back else now) - moment) // 3600)
            counts[waited] = counts.get(waited, 0) + 1
    return found


def codes_of(reader: Reader, step: str, cause: str) -> dict[Facet, set[str]]:
    """All codes of any time that mean the same step and the same cause."""
    return {
        Facet.STEP: vocabularies.meant_by(reader, Facet.STEP, step),
        Facet.CAUSE: vocabularies.meant_by(reader, Facet.CAUSE, cause),
    }
