"""Packs that headquarters has taken in, page by page, and what each of them brought."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from gemba.store import journal_tables as tables
from gemba.store.reading import Reader
from gemba.store.tables import TABLES


class ReceivedLine(msgspec.Struct, frozen=True, kw_only=True):
    """One pack in the list."""

    sha256: str
    device: str
    name: str
    """What the laptop is called; empty when it is not known any more."""
    epoch: str
    first_seq: int
    last_seq: int
    taken_at: datetime

    @property
    def operations(self) -> int:
        """How many changes it claims; none when it brought files, or changes of several laptops."""
        return max(0, self.last_seq - self.first_seq + 1)


class Brought(msgspec.Struct, frozen=True):
    """What stands in the journal from the stretch of a pack, by noun."""

    noun: str
    operations: int
    records: int


class Touched(msgspec.Struct, frozen=True):
    """An assessment that the stretch of a pack is about."""

    uid: str
    number: str
    title: str


def received(
    reader: Reader, *, device: str = "", words: str = "", after: str = "", limit: int = 50
) -> list[ReceivedLine]:
    """A page of packs, the last one that was taken in first.

    Args:
        reader: of headquarters' store.
        device: only those of this laptop.
        words: only those whose hash begins so, or whose laptop's name holds it.
        after: SHA-256 of the last pack of the page before.
        limit: lines.
    """
    taken, laptop = tables.taken_in, tables.correspondent
    newest_first = taken.c.taken_at.desc(), taken.c.sha256.desc()
    asked = select(taken.c.sha256).order_by(*newest_first).limit(limit)
    if device:
        asked = asked.where(taken.c.device == device)
    if words:
        wanted = words.strip().lower().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        named = select(laptop.c.id).where(func.lower(laptop.c.name).like(f"%{wanted}%", escape="\\"))
        asked = asked.where(or_(taken.c.device.in_(named), taken.c.sha256.like(f"{wanted}%", escape="\\")))
    if after:
        at = select(taken.c.taken_at).where(taken.c.sha256 == after).scalar_subquery()
        before = or_(taken.c.taken_at < at, and_(taken.c.taken_at == at, taken.c.sha256 < after))
        asked = asked.where(before)
    # Which ones: from an index alone. Then the few rows themselves, with what their laptops are called.
    page = _lines().where(taken.c.sha256.in_(reader.connection.scalars(asked).all())).order_by(*newest_first)
    return [ReceivedLine(**row) for row in reader.connection.execute(page).mappings()]


def one(reader: Reader, sha256: str) -> ReceivedLine | None:
    """One pack that was taken in."""
    asked = _lines().where(tables.taken_in.c.sha256 == sha256)
    row = reader.connection.execute(asked).mappings().one_or_none()
    return None if row is None else ReceivedLine(**row)


def brought(reader: Reader, pack: ReceivedLine) -> list[Brought]:
    """What stands in the journal from the stretch of a pack, the most frequent first."""
    table = tables.operation
    asked = select(table.c.noun, func.count().label("operations"), func.count(table.c.entity.distinct()).label("some"))
    rows = reader.connection.execute(asked.where(_stretch(pack)).group_by(table.c.noun)).all()
    found = [Brought(row.noun, row.operations, row.some) for row in rows]
    return sorted(found, key=lambda each: (-each.operations, each.noun))


def touched(reader: Reader, pack: ReceivedLine, limit: int = 50) -> list[Touched]:
    """The assessments that a pack's stretch sets anything of, newest first."""
    table, assessment = tables.operation, TABLES["assessment"]
    inside = select(table.c.entity).where(_stretch(pack), table.c.noun == "assessment")
    asked = select(assessment.c.uid, assessment.c.number, assessment.c.title).where(assessment.c.uid.in_(inside))
    rows = reader.connection.execute(asked.order_by(assessment.c.id.desc()).limit(limit))
    return [Touched(row.uid, row.number, row.title) for row in rows]


def _stretch(pack: ReceivedLine) -> ColumnElement[bool]:
    table = tables.operation
    return and_(
        table.c.device == pack.device, table.c.epoch == pack.epoch, table.c.seq.between(pack.first_seq, pack.last_seq)
    )


def _lines() -> Select[Any]:
    taken, laptop = tables.taken_in, tables.correspondent
    columns = [taken.c[name] for name in ReceivedLine.__struct_fields__ if name != "name"]
    name = func.coalesce(laptop.c.name, "").label("name")
    return select(*columns, name).select_from(taken.outerjoin(laptop, taken.c.device == laptop.c.id))
