from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from types import NoneType, UnionType
from typing import Any, get_args, get_type_hints

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Boolean, Date, Float, Integer, MetaData, Table, Text, create_engine, insert, select

from gemba.domain.nouns import BLOB_FIELDS, NOUNS
from gemba.store.columns import Json, UtcDateTime
from gemba.store.projection import columns_of, project
from gemba.store.search_index import SEARCHED
from gemba.store.tables import REFERENCES, TABLES

LOCAL = {"assessment": {"touched"}, "complaint": {"lot"}, "complaint_lot": {"laid"}}
"""Columns that are no field: local to a store."""

NO_REFERENCE = {
    *("report", "survey", "risk", "answer", "intake", "signal", "evidence"),
    *("risk.action", "complaint.decision"),
}
"""Fields that are called as a noun is, and hold something else."""
MORE_REFERENCES = {
    *("step", "intake", "analysis", "review", "lot", "exposure", "duplicate_of"),
    *("replaces", "decider", "auditor", "second", "session", "rater"),
    *("alert", "study", "element", "merged_into", "leader", "body", "member", "stop", "beside", "same_as"),
}
"""Fields that refer to a noun whose name they do not have."""

KINDS = {int: Integer, float: Float, bool: Boolean, datetime: UtcDateTime, date: Date, tuple: Json, dict: Json}


def _plain(annotation: Any) -> Any:
    """The type that stands behind an annotation, without `None`."""
    if isinstance(annotation, UnionType):
        (annotation,) = [part for part in get_args(annotation) if part is not NoneType]
    return getattr(annotation, "__origin__", annotation)


@pytest.mark.parametrize("name", NOUNS)
def test_columns_are_the_fields_of_the_noun(name) -> None:
    table, noun = TABLES[name], NOUNS[name]
    assert set(table.c.keys()) == {"id", *noun.__struct_fields__, *LOCAL.get(name, ())}
    hints = get_type_hints(noun)
    for field in noun.__struct_fields__:
        column, annotation = table.c[field], hints[field]
        assert column.nullable == (isinstance(annotation, UnionType) and NoneType in get_args(annotation)), field
        kind = KINDS.get(_plain(annotation))
        if kind is not None:
            assert isinstance(column.type, kind), field
        else:
            assert issubclass(_plain(annotation), str)
            assert column.type.python_type is str


def test_references_lead_from_noun_to_noun_without_a_circle() -> None:
    """So that existence can be told step by step; a noun may refer to its own kind only where it need not."""
    order = list(NOUNS)
    assert set(REFERENCES) == set(order)
    settled: set[str] = set()
    while len(settled) < len(order):
        ready = {name for name in order if set(REFERENCES[name].values()) - {name} <= settled}
        assert ready - settled
        settled |= ready
    for name, fields in REFERENCES.items():
        assert all(TABLES[name].c[field].nullable for field, target in fields.items() if target == name)


def test_searched_and_kept_fields_are_columns() -> None:
    for name, fields in [*SEARCHED.items(), *BLOB_FIELDS.items()]:
        assert set(fields) <= set(TABLES[name].c.keys())


def test_every_field_that_names_a_record_is_a_reference() -> None:
    for name in NOUNS:
        named = {
            field
            for field in NOUNS[name].__struct_fields__
            if field in {*NOUNS, "parent", "corrects", "core", "before", "after"}
            and f"{name}.{field}" not in NO_REFERENCE
        }
        assert named - NO_REFERENCE == set(REFERENCES[name]) - MORE_REFERENCES


@given(st.datetimes(timezones=st.sampled_from([UTC, timezone(timedelta(hours=5, minutes=45))])), st.lists(st.text()))
def test_moments_and_lists_come_back_exactly(moment, words) -> None:
    table = Table("t", MetaData(), *(c.copy() for c in ()))
    engine = create_engine("sqlite://")
    from sqlalchemy import Column

    table = Table("t", MetaData(), Column("at", UtcDateTime), Column("words", Json), Column("none", UtcDateTime))
    with engine.begin() as connection:
        table.create(connection)
        try:
            utc = moment.astimezone(UTC)
        except OverflowError:
            return
        connection.execute(insert(table).values(at=moment, words=words, none=None))
        assert connection.execute(select(table)).one() == (utc, words, None)
    engine.dispose()


def test_a_moment_without_a_zone_is_a_bug() -> None:
    with pytest.raises(ValueError, match="zone"):
        UtcDateTime().process_bind_param(datetime(2026, 1, 1), create_engine("sqlite://").dialect)  # noqa: DTZ001 - the bug


def test_a_record_goes_to_columns_and_back(records) -> None:
    columns = columns_of(records.template)
    assert columns["languages"] == ["en", "el"]
    assert msgspec.convert(columns, type(records.template)) == records.template
    assert project(("template", records.template.uid), {}, {}, str).record is None
    assert Text is not None
