"""The time between two moments, in whole hours, as SQLite and PostgreSQL each reckon it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Integer
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement


class _Hours(FunctionElement[int]):
    """Whole hours from the first moment to the second, rounded down."""

    name = "whole_hours"
    inherit_cache = True
    type = Integer()


@compiles(_Hours, "sqlite")
def _by_julian_days(element: _Hours, compiler: SQLCompiler, **options: Any) -> str:
    """A thousandth of an hour is added because Julian days are binary fractions: 72 hours must not become 71."""
    begin, end = (compiler.process(each, **options) for each in element.clauses)
    return f"CAST((julianday({end}) - julianday({begin})) * 24 + 0.001 AS INTEGER)"


@compiles(_Hours, "postgresql")
def _by_epoch(element: _Hours, compiler: SQLCompiler, **options: Any) -> str:
    begin, end = (compiler.process(each, **options) for each in element.clauses)
    return f"TRUNC(EXTRACT(EPOCH FROM ({end} - {begin})) / 3600 + 0.001)::bigint"


def hours(begin: ColumnElement[Any], end: ColumnElement[Any]) -> ColumnElement[int]:
    """Whole hours from one moment to another; negative when the second lies before the first.

    Between both ends of nothing there are none: NULL when either is NULL.
    """
    return _Hours(begin, end)
