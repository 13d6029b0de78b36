"""What a record says and what its row gives back are the same, or checking would find faults where there are none."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, create_engine, insert, select
from tests.domain.test_nouns import records

from gemba.domain.nouns import NOUNS
from gemba.store.projection import columns_of
from gemba.store.table_parts import metadata
from gemba.store.tables import TABLES


@pytest.fixture(scope="module")
def memory() -> Iterator[Connection]:
    """A database in memory, for all nouns and examples."""
    engine = create_engine("sqlite://")
    with engine.connect() as connection:
        metadata.create_all(connection)
        connection.commit()
        yield connection
    engine.dispose()


@pytest.mark.parametrize("noun", NOUNS)
@settings(max_examples=25)
@given(data=st.data())
def test_a_row_gives_back_what_the_record_says(noun, memory, data):
    said = columns_of(data.draw(records(NOUNS[noun])))
    table = TABLES[noun]
    try:
        memory.execute(insert(table), said)
        row = dict(memory.execute(select(table)).mappings().one())
    finally:
        memory.rollback()
    assert {name: row[name] for name in said} == said
