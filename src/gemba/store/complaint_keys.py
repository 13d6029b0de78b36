"""The complaints that are meant, one after the other, however many there are."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import msgspec
from sqlalchemy import ColumnElement, func, select

from gemba.domain.complaints import Complaint
from gemba.domain.record import Uid
from gemba.store.complaint_conditions import conditions
from gemba.store.complaint_tables import complaint
from gemba.store.reading import Reader

_AT_ONCE = 500


class Meant(msgspec.Struct, frozen=True):
    """Which complaints: as `gemba.store.complaint_conditions.conditions` takes them."""

    filters: dict[str, str] = {}
    place: Uid | None = None
    """That place and all below it."""
    begins: date | None = None
    """First day of receipt."""
    ends: date | None = None
    """Last day, included."""

    def conditions(self, reader: Reader) -> list[ColumnElement[bool]]:
        """The conditions on a row of `complaint`."""
        return conditions(reader, self.filters, place=self.place, begins=self.begins, ends=self.ends)


def complaints(reader: Reader, meant: Meant) -> Iterator[Complaint]:
    """These complaints, the earliest received first."""
    asked = select(complaint.c.uid).where(*meant.conditions(reader))
    uids = list(reader.connection.scalars(asked.order_by(complaint.c.received_at, complaint.c.id)))
    for start in range(0, len(uids), _AT_ONCE):
        yield from reader.many(Complaint, uids[start : start + _AT_ONCE])


def count(reader: Reader, meant: Meant) -> int:
    """How many there are."""
    asked = select(func.count()).select_from(complaint).where(*meant.conditions(reader))
    return reader.connection.scalar(asked) or 0
