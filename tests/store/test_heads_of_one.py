"""Heads that the journal tells as well go with revision 0011, and come back word for word when a store goes back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
import pytest
from alembic import command
from sqlalchemy import Engine, select
from tests.store.test_journal import lines_of, take

from gemba.domain.findings import Finding
from gemba.store import heads, schema
from gemba.store import journal_tables as tables
from gemba.store.checking import check
from gemba.store.heads import Stated
from gemba.store.operations import Header

pytestmark = pytest.mark.on_both

Rows = set[tuple[str, str, str, str]]


def test_heads_of_one_operation_go_and_come_back(store, records) -> None:
    assessment = records.begin(store)
    finding = records.finding(store, assessment, text="Über den Gang, 😀")
    with store.unit(records.person.uid) as unit:
        unit.change(Finding, finding.uid, text="Quer über den Gang")
    kept = _heads(store)
    assert {noun for noun, *_ in kept} == {"finding"}, "of all others one operation says everything"
    _go(store, "0010", down=True)
    before = _heads(store)
    assert before == _by_definition(store)
    assert kept < before
    _go(store, "0011")
    assert _heads(store) == kept
    assert check(store, files=False) == []


def test_an_edit_of_a_record_that_one_operation_made_writes_all_its_heads(store, another, records) -> None:
    """On a laptop, and wherever it arrives: alone, after its birth, or before it."""
    finding = records.finding(store, records.begin(store))
    offices = [another("first"), another("second")]
    born = lines_of(store)
    take(offices[0], born, store)
    with store.unit(records.person.uid) as unit:
        unit.change(Finding, finding.uid, text="Later words")
    (edit,) = [line for line in lines_of(store) if line not in born]
    take(offices[0], [edit], store)
    take(offices[1], [edit], store)
    take(offices[1], born, store)
    expected = {row for row in _by_definition(store) if row[1] == finding.uid}
    for each in (store, *offices):
        assert {row for row in _heads(each) if row[1] == finding.uid} == expected
        assert check(each, files=False) == []


def _heads(store: Any) -> Rows:
    with store.reader() as reader:
        rows = reader.connection.execute(select(tables.head)).all()
    return {(row.noun, row.entity, row.operation, ",".join(row.fields)) for row in rows}


def _by_definition(store: Any) -> Rows:
    """Every head of every record, from all operations."""
    by_record: dict[tuple[str, str], list[Stated]] = {}
    with store.reader() as reader:
        for header in reader.connection.scalars(select(tables.operation.c.header)):
            one = msgspec.json.decode(header, type=Header)
            by_record.setdefault((one.noun, one.entity), []).append(Stated(one.id, one.fields, one.parents))
    found: Rows = set()
    for (noun, entity), some in by_record.items():
        by_operation: dict[str, list[str]] = {}
        for field, uids in sorted(heads.from_scratch(some).items()):
            for uid in uids:
                by_operation.setdefault(uid, []).append(field)
        found |= {(noun, entity, uid, ",".join(fields)) for uid, fields in by_operation.items()}
    return found


def _go(store: Any, revision: str, *, down: bool = False) -> None:
    do: Callable[..., None] = command.downgrade if down else command.upgrade
    engine: Engine = store._writing
    with engine.connect() as connection:
        do(schema.configuration(connection), revision)
        connection.commit()
