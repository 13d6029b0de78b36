"""Parts of the journal that are handed on: all operations on chosen records, whoever made them.

A stretch of one's own journal goes to headquarters as it is. What goes from headquarters to laptops, and from laptop
to laptop, is chosen by record: the records themselves, those that they name, and those that belong to them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from typing import Any, TypeVar

from sqlalchemy import Select, func, select

from gemba.domain.evidence import PROVABLE
from gemba.domain.nouns import BLOB_FIELDS, NOUNS, blobs_in
from gemba.store import journal_tables as tables
from gemba.store import operations
from gemba.store.heads import Subject
from gemba.store.reading import Reader
from gemba.store.tables import REFERENCES, TABLES

ABOUT_OTHERS = frozenset(name for name, noun in NOUNS.items() if {"noun", "entity"} <= set(noun.__struct_fields__))
"""Nouns whose records are about a record of any noun: erasures, settlements."""

_AT_ONCE = 400

T = TypeVar("T")


def last_operation(reader: Reader) -> int:
    """The local number of the last operation that is here; numbers grow with every operation that is written."""
    return reader.connection.scalar(select(func.max(tables.operation.c.id))) or 0


def written_since(reader: Reader, after: int, nouns: Collection[str], *, own: bool) -> set[Subject]:
    """The records of these nouns with operations that came after a local number: of this device, or of anybody."""
    table = tables.operation
    asked = select(table.c.noun, table.c.entity).where(table.c.id > after, table.c.noun.in_(sorted(nouns))).distinct()
    asked = asked.where(table.c.device == reader.device.id) if own else asked
    return {(row.noun, row.entity) for row in reader.connection.execute(asked)}


def shared_since(reader: Reader, after: int, nouns: Collection[str]) -> set[Subject]:
    """The records of these nouns that this device has a part in and that anybody wrote on after a local number."""
    table = tables.operation
    own = select(table.c.noun, table.c.entity).where(table.c.device == reader.device.id).distinct()
    own = own.where(table.c.noun.in_(sorted(nouns)))
    mine = {(row.noun, row.entity) for row in reader.connection.execute(own)}
    found: set[Subject] = set()
    for some in _some(sorted({uid for _, uid in mine})):
        new = select(table.c.noun, table.c.entity).where(table.c.entity.in_(some), table.c.id > after).distinct()
        found |= {(row.noun, row.entity) for row in reader.connection.execute(new)} & mine
    return found


def with_named(reader: Reader, subjects: Iterable[Subject]) -> set[Subject]:
    """These records and all that they name, directly or not: without them they could not stand in any store."""
    found = set(subjects)
    new = found
    while new:
        new = set(_named(reader, new)) - found
        found = found | new
    return found


def with_belonging(reader: Reader, subjects: Iterable[Subject]) -> set[Subject]:
    """These records and all that belong to them: what names them, what names that, and what is about any of them.

    Assessments that correct one of them come along; other records of the library do not.
    """
    found = set(subjects)
    new = found
    while new:
        new = {*(one for one, _ in _naming(reader, new)), *_about(reader, new)} - found
        found = found | new
    return found


def naming(reader: Reader, subjects: Iterable[Subject]) -> dict[Subject, set[Subject]]:
    """For each of these records all that name it, directly or not: whoever wrote one of those has it."""
    found: dict[Subject, set[Subject]] = {subject: set() for subject in subjects}
    new = {subject: {subject} for subject in found}  # for each record of which of those it is to be noted
    while new:
        further: dict[Subject, set[Subject]] = defaultdict(set)
        for one, named in _naming(reader, new):
            for subject in new[named]:
                if one not in found[subject]:
                    found[subject].add(one)
                    further[one].add(subject)
        new = further
    return found


def subject_of(reader: Reader, subject: Subject) -> Subject | None:
    """What an erasure or settlement is about; `None` for records of other nouns, and for one that is not here."""
    noun, uid = subject
    if noun not in ABOUT_OTHERS:
        return None
    table = TABLES[noun]
    row = reader.connection.execute(select(table.c.noun, table.c.entity).where(table.c.uid == uid)).one_or_none()
    return None if row is None else (row.noun, row.entity)


def makers(reader: Reader, subjects: Iterable[Subject]) -> dict[Subject, set[str]]:
    """Who has operations on each of these records, by device id."""
    table = tables.operation
    found: dict[Subject, set[str]] = defaultdict(set)
    wanted = set(subjects)
    for some in _some(sorted({uid for _, uid in wanted})):
        asked = select(table.c.noun, table.c.entity, table.c.device).where(table.c.entity.in_(some)).distinct()
        for noun, entity, device in reader.connection.execute(asked):
            if (noun, entity) in wanted:
                found[noun, entity].add(device)
    return found


def lines(reader: Reader, subjects: Collection[Subject], devices: Collection[str] | None = None) -> Iterator[bytes]:
    """All operations on these records as the lines of a pack, in the order in which they came here.

    Args:
        reader: must stay open.
        subjects: the records.
        devices: only operations of these, if they are given.
    """
    table = tables.operation
    numbers: list[int] = []
    for some in _some(sorted({uid for _, uid in subjects})):
        asked = select(table.c.id, table.c.noun, table.c.entity, table.c.device).where(table.c.entity.in_(some))
        numbers += [
            row.id
            for row in reader.connection.execute(asked)
            if (row.noun, row.entity) in subjects and (devices is None or row.device in devices)
        ]
    for some_numbers in _some(sorted(numbers)):
        yield from _lines(reader, select(table).where(table.c.id.in_(some_numbers)).order_by(table.c.id))


def blobs(reader: Reader, subjects: Iterable[Subject]) -> list[str]:
    """SHA-256 of the kept bytes that these records name."""
    found: dict[str, None] = {}
    for noun, uids in _by_noun(subjects).items():
        table = TABLES[noun]
        for some in _some(uids):
            for field in BLOB_FIELDS.get(noun, ()):
                for value in reader.connection.scalars(select(table.c[field]).where(table.c.uid.in_(some))):
                    found |= dict.fromkeys(sorted(blobs_in(value)))
    return list(found)


def _lines(reader: Reader, asked: Select[Any]) -> Iterator[bytes]:
    for row in reader.connection.execute(asked):
        yield operations.line(row.header, row.payload, row.signature, row.personal)


def _named(reader: Reader, subjects: Iterable[Subject]) -> Iterator[Subject]:
    for noun, uids in _by_noun(subjects).items():
        references = REFERENCES[noun]
        table = TABLES[noun]
        for some in _some(uids) if references else ():
            asked = select(*(table.c[field] for field in references)).where(table.c.uid.in_(some))
            for row in reader.connection.execute(asked):
                yield from (
                    (target, uid) for target, uid in zip(references.values(), row, strict=True) if uid is not None
                )
    shown = TABLES["evidence"]
    for some in _some(sorted(uid for noun, uid in subjects if noun == "evidence")):
        for subject in reader.connection.scalars(select(shown.c.subject).where(shown.c.uid.in_(some))):
            noun, _, uid = subject.partition(":")
            if noun in PROVABLE:  # a proof without what it proves would say nothing; other subjects may be blind yet
                yield noun, uid
    lots = sorted(uid for noun, uid in subjects if noun == "complaint_lot")
    at = TABLES["complaint"].c
    for some in _some(lots):  # its rows are kept bytes; they name the places of all
        asked = select(at.place).where(at.lot.in_(some), at.place.is_not(None)).distinct()
        yield from (("place", uid) for uid in reader.connection.scalars(asked))


def _naming(reader: Reader, subjects: Iterable[Subject]) -> Iterator[tuple[Subject, Subject]]:
    """The records that name one of these as what they belong to, each with that one."""
    wanted = _by_noun(subjects)
    for noun, references in REFERENCES.items():
        table = TABLES[noun]
        for field, target in references.items():
            for some in _some(wanted.get(target, [])):
                asked = select(table.c.uid, table.c[field]).where(table.c[field].in_(some))
                for uid, named in reader.connection.execute(asked):
                    yield (noun, uid), (target, named)
    shown = TABLES["evidence"]
    proved = {f"{noun}:{uid}": (noun, uid) for noun in PROVABLE for uid in wanted.get(noun, [])}
    for some in _some(list(proved)):
        asked = select(shown.c.uid, shown.c.subject).where(shown.c.subject.in_(some))
        for uid, named in reader.connection.execute(asked):
            yield ("evidence", uid), proved[named]


def _about(reader: Reader, subjects: Iterable[Subject]) -> Iterator[Subject]:
    wanted = set(subjects)
    for noun in sorted(ABOUT_OTHERS):
        table = TABLES[noun]
        for some in _some(sorted({uid for _, uid in wanted})):
            asked = select(table.c.uid, table.c.noun, table.c.entity).where(table.c.entity.in_(some))
            for row in reader.connection.execute(asked):
                if (row.noun, row.entity) in wanted:
                    yield noun, row.uid


def _by_noun(subjects: Iterable[Subject]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for noun, uid in sorted(set(subjects)):
        found[noun].append(uid)
    return found


def _some(things: list[T]) -> Iterator[list[T]]:
    """The same, so many at once as one question to the database may name."""
    return (things[start : start + _AT_ONCE] for start in range(0, len(things), _AT_ONCE))
