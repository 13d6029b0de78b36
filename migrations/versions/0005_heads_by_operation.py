"""Heads are kept by operation; conflicts, and what was erased, in tables of their own."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby, islice
from typing import Any

import sqlalchemy as sa
from alembic import op

# A migration never imports the program: it must still do the same in ten years.
revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_AT_ONCE = 5000
_RECORD = ("entity", "noun")


def upgrade() -> None:
    """Gather the fields of each operation; note where several operations stand against each other."""
    _set_aside()
    _make("head", (*_RECORD, "operation"), sa.Column("fields", sa.Text(), nullable=False))
    _copy((*_RECORD, "operation", "field"), _gathered, ("entity", "noun", "operation", "fields"))
    _make("conflict", (*_RECORD, "field", "operation"))
    op.execute(
        "INSERT INTO conflict (entity, noun, field, operation) SELECT h.entity, h.noun, h.field, h.operation "
        "FROM head_before h JOIN (SELECT entity, noun, field FROM head_before GROUP BY entity, noun, field "
        "HAVING count(*) > 1) s ON s.entity = h.entity AND s.noun = h.noun AND s.field = h.field"
    )
    op.drop_table("head_before")
    _make("erased", (*_RECORD, "operation"))
    _make("erased_blob", ("sha256", "operation"))
    op.create_index(op.f("ix_blob_held_at_pack"), "blob", ["held_at", "pack"])


def downgrade() -> None:
    """Spread the fields again."""
    op.drop_index(op.f("ix_blob_held_at_pack"), "blob")
    op.drop_table("erased_blob")
    op.drop_table("erased")
    op.drop_table("conflict")
    _set_aside()
    _make("head", (*_RECORD, "field", "operation"), with_rowid=True)
    _copy((*_RECORD, "operation", "fields"), _spread, (*_RECORD, "field", "operation"))
    op.drop_table("head_before")


def _set_aside() -> None:
    op.rename_table("head", "head_before")
    if op.get_bind().dialect.name == "postgresql":  # where the name of a key is taken as long as its table is there
        op.execute("ALTER TABLE head_before RENAME CONSTRAINT pk_head TO pk_head_before")


def _make(table: str, key: tuple[str, ...], *more: sa.Column[Any], with_rowid: bool = False) -> None:
    kinds: dict[str, Any] = {"noun": sa.Text(), "field": sa.Text(), "sha256": sa.String(length=64)}
    op.create_table(
        table,
        *(sa.Column(name, kinds.get(name, sa.String(length=36)), nullable=False) for name in key),
        *more,
        sa.PrimaryKeyConstraint(*key, name=op.f(f"pk_{table}")),
        sqlite_with_rowid=with_rowid,
    )


def _copy(
    order: tuple[str, ...], change: Callable[[Iterable[Any]], Iterator[tuple[str, ...]]], columns: tuple[str, ...]
) -> None:
    """Fill `head` from `head_before`, a few thousand rows at a time."""
    before, head = _table("head_before", order), _table("head", columns)
    rows = change(op.get_bind().execute(sa.select(before).order_by(*before.columns)).all())
    while some := [dict(zip(columns, row, strict=True)) for row in islice(rows, _AT_ONCE)]:
        op.get_bind().execute(sa.insert(head), some)


def _table(name: str, columns: tuple[str, ...]) -> Any:
    return sa.table(name, *(sa.column(column) for column in columns))


def _gathered(rows: Iterable[Any]) -> Iterator[tuple[str, ...]]:
    for operation, some in groupby(rows, key=lambda row: (row.entity, row.noun, row.operation)):
        yield *operation, json.dumps([row.field for row in some], separators=(",", ":"))


def _spread(rows: Iterable[Any]) -> Iterator[tuple[str, ...]]:
    for row in rows:
        fields = json.loads(row.fields) if row.fields.startswith("[") else [row.fields]
        yield from ((row.entity, row.noun, field, row.operation) for field in fields)
