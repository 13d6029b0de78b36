"""Findings of the same step and cause, by the index of place, step, cause and key."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

import msgspec
from sqlalchemy import ColumnElement, func, select

from gemba.domain.record import Uid
from gemba.domain.vocabularies import Facet
from gemba.store import vocabularies
from gemba.store.list_filters import places_below
from gemba.store.reading import Reader
from gemba.store.tables import finding


class Span(msgspec.Struct, frozen=True):
    """When it counts."""

    since: datetime
    until: datetime
    apart: Uid = ""
    """A finding that does not count: the one that is asked about."""


class Counted(msgspec.Struct, frozen=True):
    """How often, and the newest of them."""

    count: int
    """No more than `most` of the question."""
    newest: tuple[Uid, ...]
    """Uids of findings, the newest first."""


def seen(reader: Reader, place: Uid, step: str, cause: str, span: Span, *, shown: int, most: int) -> Counted:
    """Findings of a step and a cause at a place and below it, whatever the codes were called then.

    Args:
        reader: of the store.
        place: uid; findings of places below it count.
        step: code of today; empty for any.
        cause: code of today; empty for any. With neither nothing is the same.
        span: the moments that count.
        shown: how many are named.
        most: how far is counted; so many of them are looked at, the last that came here first.
    """
    if not step and not cause:
        return Counted(0, ())
    c = finding.c
    meant = [c.place.in_(places_below(reader, (place,))), *_coded(reader, step, cause)]
    # The newest by key, found by the index alone, before the day of each is looked at in its row.
    keys = select(c.id).where(*meant).order_by(c.id.desc()).limit(most)
    when = (c.raised_at >= span.since, c.raised_at <= span.until, c.uid != span.apart)
    asked = select(c.uid, c.raised_at).where(c.id.in_(keys), *when)
    found = reader.connection.execute(asked.order_by(c.raised_at.desc(), c.id.desc())).all()
    return Counted(len(found), tuple(row.uid for row in found[:shown]))


def by_place(reader: Reader, step: str, cause: str, since: datetime) -> dict[Uid, int]:
    """How many findings of a step and a cause there are by place; empty when neither is known."""
    if not step and not cause:
        return {}
    c = finding.c
    asked = select(c.place, func.count()).where(*_coded(reader, step, cause), c.raised_at >= since).group_by(c.place)
    return {row[0]: row[1] for row in reader.connection.execute(asked)}


def _coded(reader: Reader, step: str, cause: str) -> list[ColumnElement[bool]]:
    """Conditions that a finding is coded so, by the codes of any time."""
    said: tuple[tuple[Facet, str], ...] = ((Facet.STEP, step), (Facet.CAUSE, cause))
    codes: dict[Facet, Collection[str]] = {
        facet: sorted(vocabularies.meant_by(reader, facet, code)) for facet, code in said if code
    }
    return [finding.c[facet.value].in_(some) for facet, some in codes.items()]
