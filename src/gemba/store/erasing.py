"""Erasures: what they take out of the journal, and which records and kept bytes they hold for.

An erasure holds from the moment at which it stands in the journal, for what is here and for what comes later, whatever
the order. That is why it is noted apart from its own record (`erased`, `erased_blob`): nothing that is said later about
that record makes it hold for less.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any

import msgspec
from sqlalchemy import Connection, bindparam, delete, select, update

from gemba.domain.erasures import Erasure
from gemba.domain.nouns import PERSONAL_FIELDS
from gemba.domain.record import Uid
from gemba.store import journal_tables as tables
from gemba.store.among import among, ask
from gemba.store.bulk import insert_many
from gemba.store.heads import Subject
from gemba.store.operations import Header, Operation, blanked, values_in
from gemba.store.reading import Reader
from gemba.store.upserting import upsert

NOUN = "erasure"
UNFINISHED = "erasing:"
"""With the operation: a setting that is there from the erasure until its files are gone from the disk."""

_RANGE = (UNFINISHED, UNFINISHED + "~")
_HASH = re.compile("[0-9a-f]{64}")
_AT_ONCE = 5000
_ERASED = select(tables.erased.c.noun, tables.erased.c.entity)
_ERASED_ONE = _ERASED.where(tables.erased.c.entity == bindparam("of"))
_LESS = update(tables.operation).where(tables.operation.c.uid == bindparam("of")).values(payload=bindparam("rest"))
_ON_ONE = (tables.operation.c.entity == bindparam("of_entity")) & (tables.operation.c.noun == bindparam("of_noun"))
_SAID = select(tables.operation.c.uid, tables.operation.c.header, tables.operation.c.payload).where(_ON_ONE)
_NOTHING_PERSONAL = (
    update(tables.operation).where(_ON_ONE, tables.operation.c.personal.is_not(None)).values(personal=None)
)
_NO_DISPUTES = delete(tables.conflict).where(
    tables.conflict.c.entity == bindparam("of_entity"),
    tables.conflict.c.noun == bindparam("of_noun"),
    tables.conflict.c.field.in_(bindparam("fields", expanding=True)),
)
"""Built once: a sweep asks them for each of many thousands of records."""


def subject_of(values: Mapping[str, Any]) -> Subject | None:
    """The record that an erasure is about; `None` for one that erases nothing: an erasure is never itself erased."""
    noun, entity = values.get("noun"), values.get("entity")
    return (noun, entity) if noun and entity and noun != NOUN else None


def fetch(connection: Connection, subjects: Collection[Subject]) -> dict[Subject, bool]:
    """Of each record whether it is erased."""
    found, entities = dict.fromkeys(subjects, False), sorted({entity for _, entity in subjects})
    table = tables.erased
    for start in range(0, len(entities), _AT_ONCE):
        part = entities[start : start + _AT_ONCE]
        if len(part) == 1:
            rows = connection.execute(_ERASED_ONE, {"of": part[0]})
        else:
            rows = ask(connection, _ERASED, table.c.entity, part)
        for noun, entity in rows:
            if (noun, entity) in found:
                found[noun, entity] = True
    return found


def note(connection: Connection, operation: Operation) -> None:
    """Note what an erasure holds for, and that its files are not gone yet."""
    subject, uid = subject_of(operation.values), operation.header.id
    if subject is None:
        return
    noun, entity = subject
    insert_many(connection, tables.erased, [{"entity": entity, "noun": noun, "operation": uid}])
    blobs = sorted({one for one in operation.values.get("blobs", ()) if _HASH.fullmatch(one)})
    insert_many(connection, tables.erased_blob, [{"sha256": one, "operation": uid} for one in blobs])
    row = {"key": UNFINISHED + uid, "value": True}
    connection.execute(upsert(connection, tables.setting).values(row).on_conflict_do_nothing())


def take_out(connection: Connection, subject: Subject) -> list[Uid]:
    """Take what is personal out of all operations on a record.

    Returns:
        The operations that it was taken out of.
    """
    noun, entity = subject
    on_one = {"of_entity": entity, "of_noun": noun}
    rows = connection.execute(_SAID, on_one).all()
    less = [{"of": row.uid, "rest": rest} for row in rows if (rest := _rest(row)) != row.payload]
    connection.execute(_NOTHING_PERSONAL, on_one)
    if less:
        connection.execute(_LESS, less)
    apart = sorted(PERSONAL_FIELDS.get(noun, ()))
    connection.execute(_NO_DISPUTES, {"of_entity": entity, "of_noun": noun, "fields": apart})
    return [row.uid for row in rows]


def _rest(row: Any) -> bytes | None:
    """What is left of a payload."""
    header, values = msgspec.json.decode(row.header, type=Header), values_in(row.payload)
    return blanked(Operation(header, row.header, row.payload, b"", None, values)).payload


def is_erased(reader: Reader, noun: str, entity: Uid) -> bool:
    """True when nothing personal is kept of a record, here or later; the record need not be here."""
    return fetch(reader.connection, [(noun, entity)])[noun, entity]


def subjects(reader: Reader) -> set[Subject]:
    """All records that are erased."""
    table = tables.erased
    return {(noun, entity) for noun, entity in reader.connection.execute(select(table.c.noun, table.c.entity))}


def erased_blobs(reader: Reader) -> set[str]:
    """SHA-256 of the kept bytes that are gone for good."""
    return set(reader.connection.scalars(select(tables.erased_blob.c.sha256).distinct()))


def unfinished(reader: Reader) -> list[Uid]:
    """The erasures (as operations) whose files may lie on the disk still."""
    key = tables.setting.c.key
    # A range, so that the key's index is used.
    return [one[len(UNFINISHED) :] for one in reader.connection.scalars(select(key).where(key.between(*_RANGE)))]


def carried_out(reader: Reader) -> list[Uid]:
    """The erasures (as records) of which nothing is left here, neither in the journal nor on the disk."""
    table, left = tables.operation, unfinished(reader)
    asked = select(table.c.entity).where(among(reader.connection, table.c.uid, left))
    not_yet = set(reader.connection.scalars(asked)) if left else set()
    return [one.uid for one in erasures(reader) if one.uid not in not_yet]


def blobs_of_erasures(reader: Reader, operations: Collection[Uid]) -> list[str]:
    """SHA-256 of the kept bytes that these erasures take away."""
    table = tables.erased_blob
    asked = select(table.c.sha256).where(among(reader.connection, table.c.operation, operations)).distinct()
    return sorted(reader.connection.scalars(asked))


def finished(connection: Connection, operations: Collection[Uid]) -> None:
    """Note that nothing of these erasures is left on the disk."""
    keys = [UNFINISHED + uid for uid in operations]
    connection.execute(delete(tables.setting).where(among(connection, tables.setting.c.key, keys)))


def gone_among(connection: Connection, sha256s: Collection[str]) -> str:
    """One of these kept bytes that is gone for good; empty when none is."""
    table = tables.erased_blob
    asked = select(table.c.sha256).where(table.c.sha256.in_(sorted(sha256s))).limit(1)
    return (connection.scalar(asked) or "") if sha256s else ""


def gone(connection: Connection, sha256s: Collection[str]) -> set[str]:
    """Those of these kept bytes that are gone for good."""
    table = tables.erased_blob
    return set(connection.scalars(select(table.c.sha256).where(table.c.sha256.in_(sorted(sha256s)))))


def erasures(reader: Reader) -> list[Erasure]:
    """All erasures, in the order in which they came here."""
    return reader.find(Erasure)
