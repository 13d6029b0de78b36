"""The decisions that a sample is drawn from: those of a place and all below it, decided in a period."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, and_, func, select

from gemba.domain.record import Uid
from gemba.errors import Refusal
from gemba.store.among import among
from gemba.store.audit_tables import audit, judgement, sample, sample_item
from gemba.store.goal_tables import decision
from gemba.store.list_filters import count_up_to, places_below, unindexed
from gemba.store.reading import Reader

FILTERS = ("scenario", "role", "standing", "segment", "source", "place", "goal")
"""What a frame may be narrowed by; several values of one are written with commas between them."""
_BETWEEN = "\x1e"
"""Stands in no uid, code or role."""
_MANY = 0.2
"""Share of all decisions from which on it is quicker to look at each of them than to find them by an index."""
STRATA = ("place", "scenario", "role", "goal")
"""What strata may be made of."""
_IN_THE_INDEX_OF_PLACES = frozenset({"place", "standing", "role"})
_IN_THE_INDEX_OF_DAYS = _IN_THE_INDEX_OF_PLACES | {"scenario", "goal"}
"""What the indexes of decisions by place and by day hold besides: no row has to be read for it."""


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
    if not _is_many(reader, scope):
        return _told(reader, scope, _conditions(reader, scope, place=decision.c.place, day=decision.c.decided_on))
    fields = {scope.strata, *scope.filters} - {""}
    by_place = fields <= _IN_THE_INDEX_OF_PLACES
    place = decision.c.place if by_place else unindexed(decision.c.place)
    if reader.connection.dialect.name == "sqlite" and (by_place or fields <= _IN_THE_INDEX_OF_DAYS):
        conditions = _conditions(reader, scope, place=place, day=decision.c.decided_on, searched=False)
        return _by_indexes(reader, scope, conditions)
    day = unindexed(decision.c.decided_on)
    return _told(reader, scope, _conditions(reader, scope, place=place, day=day, searched=False))


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


def _is_many(reader: Reader, scope: Scope) -> bool:
    """Whether place and period leave so many decisions that it is quicker to look at all."""
    last = reader.connection.scalar(select(func.max(decision.c.id))) or 0
    most = int(_MANY * last)
    period = and_(*_period(reader, scope, decision.c.place, decision.c.decided_on))
    return count_up_to(reader, decision.c.id, period, most + 1) > most


def _told(reader: Reader, scope: Scope, conditions: list[ColumnElement[bool]]) -> dict[Uid, str]:
    """The frame in one text of all, twice in the same order: a row for each decision takes four times as long."""
    told = [func.aggregate_strings(each, _BETWEEN) for each in (decision.c.uid, *_strata(scope))]
    uids, *strata = reader.connection.execute(select(*told).where(*conditions)).one()
    if not uids:
        return {}
    if not strata:
        return dict.fromkeys(uids.split(_BETWEEN), "")
    return dict(zip(uids.split(_BETWEEN), _same_words(strata[0]), strict=True))


def _by_indexes(reader: Reader, scope: Scope, conditions: list[ColumnElement[bool]]) -> dict[Uid, str]:
    """The same, in the order of the uids, from two indexes that hold all that is asked for.

    The table is not read, which takes a fifth of the time: one index tells the keys of all uids, the other the keys
    that are meant. SQLite would look up the one for each of the other.
    """
    of, ask = decision.c, reader.connection.execute
    uids, keys = ask(select(func.aggregate_strings(of.uid, _BETWEEN), func.json_group_array(of.id))).one()
    told = [func.aggregate_strings(each, _BETWEEN) for each in _strata(scope)]
    meant, *strata = ask(select(func.json_group_array(of.id), *told).where(*conditions)).one()
    some = _keys(meant)
    if not some:
        return {}
    words = dict(zip(some, _same_words(strata[0]), strict=True)) if strata else dict.fromkeys(some, "")
    own = list(map(words.get, _keys(keys)))
    found = dict(zip(uids.split(_BETWEEN), own, strict=True))
    return found if len(some) == len(own) else {uid: word for uid, word in found.items() if word is not None}


def _strata(scope: Scope) -> tuple[ColumnElement[str], ...]:
    return (func.coalesce(decision.c[scope.strata], ""),) if scope.strata else ()


def _same_words(told: str) -> list[str]:
    """The words apart, those that are alike as one object: it is hashed once, however often it is looked up."""
    words = told.split(_BETWEEN)
    return list(map(dict[str, str]().setdefault, words, words))


_keys = msgspec.json.Decoder(list[int]).decode


def _conditions(
    reader: Reader, scope: Scope, *, place: ColumnElement[Any], day: ColumnElement[Any], searched: bool = True
) -> list[ColumnElement[bool]]:
    """What a decision of the frame fulfils.

    Args:
        reader: of the store.
        scope: which decisions are meant.
        place: the column of places, perhaps written so that no index is used for it.
        day: that of days.
        searched: whether indexes may be used for what filters say.
    """
    found = _period(reader, scope, place, day)
    for field, values in scope.filters.items():
        if field not in FILTERS:
            raise Refusal("store.unknown_filter", filter=field, known=", ".join(FILTERS))
        column = decision.c[field] if searched else unindexed(decision.c[field])
        if field == "place":
            found.append(column.in_(places_below(reader, values)))
        else:
            found.append(among(reader.connection, column, values))
    return found


def _period(
    reader: Reader, scope: Scope, place: ColumnElement[Any], day: ColumnElement[Any]
) -> list[ColumnElement[bool]]:
    return [place.in_(places_below(reader, (scope.place,))), day >= scope.begins, day <= scope.ends]
