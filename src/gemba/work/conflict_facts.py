"""Conflicts as a person reads them: which record it is, where, and what each side says."""

from __future__ import annotations

from typing import Any

import msgspec

from gemba.domain.assessments import Assessment
from gemba.domain.evidence import Evidence
from gemba.domain.nouns import NOUNS
from gemba.domain.places import Place
from gemba.domain.record import Uid
from gemba.store import conflicts
from gemba.store.conflicts import OpenConflict
from gemba.store.reading import Reader
from gemba.work.desk import Desk
from gemba.work.proofs import number_of
from gemba.work.record_titles import title_of


class ConflictFacts(msgspec.Struct, frozen=True):
    """One record in conflict."""

    conflict: OpenConflict
    title: str
    """What the record is called: its number and first words."""
    where: str
    """The audit that it belongs to, and the place."""
    names: dict[Uid, str]
    """What the records that a side names are called (a place that was changed for another)."""


class ConflictsFacts(msgspec.Struct, frozen=True):
    """Those that are read, and how many there are."""

    shown: tuple[ConflictFacts, ...]
    count: int


def read_conflicts(desk: Desk, limit: int) -> ConflictsFacts:
    """The first `limit` records in conflict, and how many there are."""
    with desk.reader() as reader:
        found = conflicts.open_conflicts(reader, limit=limit)
        return ConflictsFacts(
            tuple(ConflictFacts(one, *told_of(reader, one.noun, one.entity), _names(reader, one)) for one in found),
            conflicts.count(reader),
        )


def told_of(reader: Reader, noun: str, uid: Uid) -> tuple[str, str]:
    """What a record is called, and where it belongs: the audit and the place."""
    record = reader.get(NOUNS[noun], uid) if noun in NOUNS else None
    title = title_of(record) or uid if record is not None else uid
    if isinstance(record, Evidence) and record.assessment is None:
        return title, number_of(reader, record)
    owner = getattr(record, "assessment", None)
    audit = record if isinstance(record, Assessment) else reader.get(Assessment, owner) if owner else None
    place = reader.get(Place, audit.place) if audit else None
    parts = [audit.number if audit and audit is not record else "", place.name if place else ""]
    return title, " · ".join(part for part in parts if part)


def _names(reader: Reader, one: OpenConflict) -> dict[Uid, str]:
    """What uids among the values stand for."""
    values: set[Any] = {side.value for field in one.fields for side in field.sides if isinstance(side.value, str)}
    found = {uid: reader.get(Place, uid) for uid in values if len(uid) == 36}
    return {uid: place.name for uid, place in found.items() if place is not None}
