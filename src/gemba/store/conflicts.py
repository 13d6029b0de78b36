"""What several have recorded without knowing of each other: both sides, for a person to decide.

Fields that all have set to the same value are no matter for a person. They keep their several heads until the record
is settled or changed again, and are told of nowhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from itertools import groupby, islice
from typing import Any

import msgspec
from sqlalchemy import select

from gemba.domain.nouns import BIRTH_MARKS
from gemba.domain.record import Uid
from gemba.store import journal_tables as tables
from gemba.store.among import among
from gemba.store.journal import Conflict, conflicts
from gemba.store.operations import values_in
from gemba.store.reading import Reader
from gemba.store.tables import TABLES

_AT_ONCE = 500

_SIDES = select(*(tables.operation.c[name] for name in ("uid", "device", "person", "hlc", "payload", "personal")))
"""What is told of each side."""


class Side(msgspec.Struct, frozen=True):
    """What one of them recorded."""

    operation: Uid
    device: str
    device_name: str
    """What people call the laptop; its id when nobody has told."""
    person: Uid
    person_name: str
    at: datetime
    """By the clock of that laptop, which may be wrong."""
    value: Any
    """JSON value; `None` also when it was erased."""
    shown: bool
    """True for what the record says until the conflict is settled."""


class Disputed(msgspec.Struct, frozen=True):
    """One field in conflict, with every side."""

    field: str
    sides: tuple[Side, ...]


class OpenConflict(msgspec.Struct, frozen=True):
    """A record of which one or more fields are in conflict."""

    noun: str
    entity: Uid
    fields: tuple[Disputed, ...]


def open_conflicts(
    reader: Reader, entities: Iterable[Uid] | None = None, *, limit: int | None = None
) -> list[OpenConflict]:
    """Every record that is in conflict, of these records or of all; at most `limit` of them."""
    found: list[list[Conflict]] = []
    for _, some in groupby(differing(reader, conflicts(reader, entities)), key=lambda one: (one.noun, one.entity)):
        if limit is not None and len(found) >= limit:
            break
        found.append(list(some))
    rows = _operations(reader, {uid for some in found for one in some for uid in one.operations})
    stands, names = _standing(reader, [one for some in found for one in some]), _Names(reader)
    return [
        OpenConflict(some[0].noun, some[0].entity, tuple(_disputed(one, rows, stands, names) for one in some))
        for some in found
    ]


def differing(reader: Reader, found: Iterable[Conflict]) -> Iterator[Conflict]:
    """Those of these conflicts whose sides say different things that matter to people."""
    remaining = (one for one in found if one.field not in BIRTH_MARKS.get(one.noun, ()))
    while some := list(islice(remaining, _AT_ONCE)):
        rows = _operations(reader, {uid for one in some for uid in one.operations})
        yield from (one for one in some if len({_said(rows[uid], one.field) for uid in one.operations}) > 1)


def agreed(reader: Reader, noun: str, entity: Uid) -> dict[str, Any]:
    """The fields of a record that several have set to the same value, with that value."""
    found = [one for one in conflicts(reader, [entity]) if one.noun == noun]
    open_fields = {one.field for one in differing(reader, found)}
    values: dict[str, Any] = {}
    for one in found:
        (row, *_) = _operations(reader, {one.operations[0]}).values()
        said = values_in(row.payload, row.personal)
        if one.field not in open_fields and one.field in said:
            values[one.field] = said[one.field]
    return values


def of_record(reader: Reader, noun: str, entity: Uid) -> OpenConflict | None:
    """The conflict on one record, if there is any."""
    return next((one for one in open_conflicts(reader, [entity]) if one.noun == noun), None)


def moment_of(hlc: str) -> datetime:
    """The moment that a reading of the journal's clock tells."""
    return datetime.fromtimestamp(int(hlc.partition("-")[0], 16) / 1000, UTC)


class _Names:
    """What people and laptops are called, each read once."""

    def __init__(self, reader: Reader) -> None:
        people, others = TABLES["person"], tables.correspondent
        self._people: dict[str, str] = {
            row.uid: row.name for row in reader.connection.execute(select(people.c.uid, people.c.name))
        }
        self._devices: dict[str, str] = {
            row.id: row.name for row in reader.connection.execute(select(others.c.id, others.c.name))
        }
        self._devices[reader.device.id] = reader.device.name

    def person(self, uid: str) -> str:
        """A person's name; empty when that person's record is not here."""
        return self._people.get(uid, "")

    def device(self, device: str) -> str:
        """A laptop's name, or its id."""
        return self._devices.get(device) or device


def _standing(reader: Reader, found: Sequence[Conflict]) -> dict[tuple[str, Uid, str], Any]:
    """What the rows of records say of fields in conflict, as JSON values; asked for once for each noun."""
    stands: dict[tuple[str, Uid, str], Any] = {}
    for noun in {one.noun: None for one in found}:
        table, mine = TABLES[noun], [one for one in found if one.noun == noun]
        fields = sorted({one.field for one in mine})
        asked = select(table.c.uid, *(table.c[field] for field in fields))
        entities = sorted({one.entity for one in mine})
        for start in range(0, len(entities), _AT_ONCE):
            some = among(reader.connection, table.c.uid, entities[start : start + _AT_ONCE])
            for uid, *values in reader.connection.execute(asked.where(some)):
                stands |= {
                    (noun, uid, field): msgspec.to_builtins(each) for field, each in zip(fields, values, strict=True)
                }
    return stands


def _disputed(
    conflict: Conflict, rows: Mapping[Uid, Any], standing: Mapping[tuple[str, Uid, str], Any], names: _Names
) -> Disputed:
    stands = standing.get((conflict.noun, conflict.entity, conflict.field))
    sides = [_side(rows[uid], conflict.field, stands, names) for uid in conflict.operations]
    return Disputed(conflict.field, tuple(sorted(sides, key=lambda side: (not side.shown, side.operation))))


def _side(row: Any, field: str, stands: Any, names: _Names) -> Side:
    value = values_in(row.payload, row.personal).get(field)
    return Side(
        operation=row.uid,
        device=row.device,
        device_name=names.device(row.device),
        person=row.person,
        person_name=names.person(row.person),
        at=moment_of(row.hlc),
        value=value,
        shown=value == stands or _same_moment(value, stands),
    )


def _same_moment(value: Any, stands: Any) -> bool:
    """True when two texts spell one moment: rows give them back with another spelling of the zone."""
    try:
        return datetime.fromisoformat(str(value)) == datetime.fromisoformat(str(stands))
    except (ValueError, TypeError):
        return False


def _operations(reader: Reader, uids: set[Uid]) -> dict[Uid, Any]:
    wanted, found = sorted(uids), dict[Uid, Any]()
    for start in range(0, len(wanted), _AT_ONCE):
        some = among(reader.connection, tables.operation.c.uid, wanted[start : start + _AT_ONCE])
        found |= {row.uid: row for row in reader.connection.execute(_SIDES.where(some))}
    return found


def _said(row: Any, field: str) -> bytes:
    """What an operation says of a field, as it is spelled; nothing when its words are erased."""
    values = values_in(row.payload, row.personal)
    return msgspec.json.encode(values[field], order="sorted") if field in values else b""


def count(reader: Reader) -> int:
    """How many records are in conflict."""
    return len({(one.noun, one.entity) for one in differing(reader, conflicts(reader))})
