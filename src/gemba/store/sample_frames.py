"""The decisions that a sample is drawn from: those of a place and all below it, decided in a period."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, func, literal, select

from gemba.domain.record import Uid
from gemba.errors import Refusal
from gemba.store.among import among
from gemba.store.audit_tables import audit, judgement, sample, sample_item
from gemba.store.goal_tables import decision
from gemba.store.list_filters import places_below, unindexed
from gemba.store.reading import Reader

FILTERS = ("scenario", "role", "standing", "segment", "source", "place", "goal")
"""What a frame may be narrowed by; several values of one are written with commas between them."""
_BETWEEN = "\x1e"
"""Stands in no uid, code or role."""
_MANY = 0.2
"""Share of all decisions from which on it is quicker to look at each of them than to find them by an index."""
STRATA = ("place", "scenario", "role", "goal")
"""What strata may be made of."""


class Scope(msgspec.Struct, frozen=True, kw_only=True):
    """Which decisions may be drawn."""

    place: Uid
    begins: date
    ends: date
    filters: Mapping[str, tuple[str, ...]] = {}
    """Values by field of `FILTERS`; goals and places by uid."""
    strata: str = ""
    """One of `STRATA`; empty for none."""


class Standing(msgspec.Struct, frozen=True):
    """What a decision says now that decides whether it is in a frame."""

    decided_on: date
    place: Uid
    recorded_at: datetime


def frame(reader: Reader, scope: Scope) -> dict[Uid, str]:
    """The decisions of a scope, each with what its stratum is made of: a place or goal by uid, else the words.

    Raises:
        Refusal: `store.unknown_filter`, `store.unknown_strata`.
    """
    if scope.strata and scope.strata not in STRATA:
        raise Refusal("store.unknown_strata", strata=scope.strata, known=", ".join(STRATA))
    of = decision.c
    column = func.coalesce(of[scope.strata], "") if scope.strata else literal("")
    # One text of all, twice in the same order: a row of its own for each of 200,000 decisions takes four times as long.
    told = [func.aggregate_strings(each, _BETWEEN) for each in ((of.uid, column) if scope.strata else (of.uid,))]
    uids, *strata = reader.connection.execute(select(*told).where(*_conditions(reader, scope))).one()
    if not uids:
        return {}
    if not scope.strata:
        return dict.fromkeys(uids.split(_BETWEEN), "")
    return dict(zip(uids.split(_BETWEEN), strata[0].split(_BETWEEN), strict=True))


def standing_now(reader: Reader, uids: Collection[Uid]) -> dict[Uid, Standing]:
    """What these decisions say now; those that are not here are left out."""
    of = decision.c
    held = among(reader.connection, of.uid, uids)
    asked = select(of.uid, of.decided_on, of.place, of.recorded_at).where(held)
    return {row[0]: Standing(*row[1:]) for row in reader.connection.execute(asked)}


def below(reader: Reader, place: Uid) -> frozenset[Uid]:
    """A place and all below it."""
    return frozenset(places_below(reader, (place,)))


def seed_used(reader: Reader, seed: str, place: Uid, quarter: str, frame_sha256: str) -> str | None:
    """Number of an audit of the place and quarter that drew with this seed from another frame; `None` if none did."""
    asked = (
        select(audit.c.number)
        .join(sample, sample.c.audit == audit.c.uid)
        .where(sample.c.seed == seed, audit.c.place == place, audit.c.quarter == quarter)
        .where(sample.c.frame_sha256 != frame_sha256)
    )
    return reader.connection.scalar(asked.limit(1))


def judged(reader: Reader, of_audit: Uid) -> int:
    """How many judgements an audit has."""
    asked = select(func.count()).select_from(judgement).where(judgement.c.audit == of_audit)
    return reader.connection.scalar(asked) or 0


def drawn(reader: Reader, of_sample: Uid) -> list[Uid]:
    """The decisions of a sample in the order in which they are judged."""
    asked = select(sample_item.c.decision).where(sample_item.c.sample == of_sample).order_by(sample_item.c.position)
    return list(reader.connection.scalars(asked))


def _conditions(reader: Reader, scope: Scope) -> list[ColumnElement[bool]]:
    of = decision.c
    found = _period(reader, scope, of.place, of.decided_on)
    counted = select(func.count()).select_from(decision)
    whole = reader.connection.scalar(counted) or 0
    if (reader.connection.scalar(counted.where(*found)) or 0) > _MANY * whole:
        found = _period(reader, scope, unindexed(of.place), unindexed(of.decided_on))
    for field, values in scope.filters.items():
        if field not in FILTERS:
            raise Refusal("store.unknown_filter", filter=field, known=", ".join(FILTERS))
        if field == "place":
            found.append(of.place.in_(places_below(reader, values)))
        else:
            found.append(among(reader.connection, of[field], values))
    return found


def _period(
    reader: Reader, scope: Scope, place: ColumnElement[Any], day: ColumnElement[Any]
) -> list[ColumnElement[bool]]:
    return [place.in_(places_below(reader, (scope.place,))), day >= scope.begins, day <= scope.ends]
