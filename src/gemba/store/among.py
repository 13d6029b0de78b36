"""Asking for the rows of many records at once, with one value in the question however many they are."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import msgspec
from sqlalchemy import Column, ColumnElement, Connection, String, any_, func, select
from sqlalchemy.dialects.postgresql import ARRAY

_BETWEEN = "\x1f"
"""Stands in no uid, hash or name of a setting."""


def among(on: Connection, column: Column[Any], texts: Collection[str]) -> ColumnElement[bool]:
    """True where a column of texts holds one of these: an array for PostgreSQL, a JSON list for SQLite.

    A list of a thousand placeholders would have to be spelled, parsed and planned anew for every number of them.
    """
    if on.dialect.name == "postgresql":
        # One text, taken apart there: the driver would spell an array item by item.
        return column == any_(func.string_to_array(_BETWEEN.join(texts), _BETWEEN, type_=ARRAY(String)))
    given = func.json_each(msgspec.json.encode(list(texts)).decode()).table_valued("value")
    return column.in_(select(given.c.value))
