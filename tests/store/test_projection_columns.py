"""What a record says and what its row gives back are the same, or checking would find faults where there are none."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine, insert, select
from tests.domain.test_nouns import records

from gemba.domain.nouns import NOUNS
from gemba.store.projection import columns_of
from gemba.store.tables import TABLES


@pytest.mark.parametrize("noun", NOUNS)
@settings(max_examples=25)
@given(st.data())
def test_a_row_gives_back_what_the_record_says(noun, data):
    said = columns_of(data.draw(records(NOUNS[noun])))
    engine = create_engine("sqlite://")
    table = TABLES[noun]
    with engine.begin() as connection:
        table.create(connection)
        connection.execute(insert(table).values(said))
        row = dict(connection.execute(select(table)).mappings().one())
    engine.dispose()
    assert {name: row[name] for name in said} == said
