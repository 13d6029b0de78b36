"""Heads tell their noun, so that a record has nothing to do with one of another noun that borrows its uid."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

# A migration never imports the program: it must still do the same in ten years.
revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Give each head the noun of its operation."""
    op.rename_table("head", "head_before")
    _make_head(sa.Column("noun", sa.Text(), nullable=False), key=("entity", "noun", "field", "operation"))
    op.execute(
        "INSERT INTO head(entity, noun, field, operation) SELECT h.entity, o.noun, h.field, h.operation "
        "FROM head_before h JOIN operation o ON o.uid = h.operation"
    )
    op.drop_table("head_before")


def downgrade() -> None:
    """Take the noun away; an operation has but one."""
    op.rename_table("head", "head_before")
    _make_head(key=("entity", "field", "operation"))
    op.execute("INSERT INTO head SELECT entity, field, operation FROM head_before")
    op.drop_table("head_before")


def _make_head(*more: sa.Column[str], key: tuple[str, ...]) -> None:
    op.create_table(
        "head",
        sa.Column("entity", sa.String(length=36), nullable=False),
        *more,
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("operation", sa.String(length=36), nullable=False),
        sa.PrimaryKeyConstraint(*key, name=op.f("pk_head")),
    )
