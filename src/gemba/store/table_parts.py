"""What tables of nouns are made of."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, MetaData, String, Table, Text, text

from gemba.store.columns import Json, Key, UtcDateTime

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


PARTIAL = "where"
"""Under this an index remembers its condition."""


def indexed_by(*columns: str) -> Index:
    """An index over these columns; its name follows from them."""
    return Index(None, *columns)


def partial(name: str, *columns: str, where: str) -> Index:
    """An index of those rows alone for which a condition in SQL holds.

    What PostgreSQL is told of it is put in when tables are made there (`gemba.store.laying`): SQLAlchemy would import
    all of that dialect for it, and every command would wait.
    """
    return Index(name, *columns, sqlite_where=text(where), info={PARTIAL: where})


def noun_table(name: str, *columns: Column[Any] | Index) -> Table:
    """A noun's table, with the local key and the travelling uid that each has."""
    return Table(
        name,
        metadata,
        Column("id", Key, primary_key=True),
        Column("uid", String(36), nullable=False, unique=True),
        *columns,
    )


def words(name: str, *, optional: bool = False) -> Column[Any]:
    """A text."""
    return Column(name, Text, nullable=optional)


def later(name: str, kind: Any, value: str) -> Column[Any]:
    """A column that a later schema version added: rows that were there before have `value`."""
    return Column(name, kind, nullable=False, server_default=text(f"'{value}'"))


def count(name: str) -> Column[Any]:
    """A whole number."""
    return Column(name, Integer, nullable=False)


def moment(name: str, *, optional: bool = False) -> Column[Any]:
    """A moment, in UTC."""
    return Column(name, UtcDateTime, nullable=optional)


def yes(name: str) -> Column[Any]:
    """True or false."""
    return Column(name, Boolean, nullable=False)


def json(name: str) -> Column[Any]:
    """A list or mapping."""
    return Column(name, Json, nullable=False)


def of(name: str, noun: str, *, optional: bool = False) -> Column[Any]:
    """A reference to the record of another noun, by uid."""
    return Column(name, String(36), ForeignKey(f"{noun}.uid"), nullable=optional)
