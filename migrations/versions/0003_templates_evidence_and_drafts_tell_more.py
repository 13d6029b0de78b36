"""Templates carry files and overlays, evidence its marks, conclusions further scores; drafts can change version."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

# A migration never imports the program: it must still do the same in ten years.
revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_TEXTS = {
    "template": {"repaired": "", "files": "{}", "overlay": "", "region": ""},
    "assessment": {"seed": ""},
    "evidence": {"marks": "[]", "likeness": ""},
    "conclusion": {"scales": "{}"},
}
"""Columns that what was there before has, with what it has in them."""


def upgrade() -> None:
    """Add the columns with what old rows have in them, and two tables."""
    for table, columns in _TEXTS.items():
        for name, value in columns.items():
            op.add_column(table, sa.Column(name, sa.Text(), nullable=False, server_default=sa.text(f"'{value}'")))
    with op.batch_alter_table("template", recreate="always") as table:  # SQLite adds no reference that has a name
        table.add_column(sa.Column("core", sa.String(length=36), nullable=True))
        table.create_foreign_key(op.f("fk_template_core_template"), "template", ["core"], ["uid"])
    op.create_index("ix_template_core", "template", ["core"])
    op.add_column("evidence", sa.Column("taken_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index("ix_evidence_likeness", "evidence", ["likeness"])
    op.add_column("conclusion", sa.Column("core_score", sa.Float(), nullable=True))
    op.add_column("conclusion", sa.Column("seconds", sa.Integer(), nullable=True))
    _lay_draft_migration()
    _lay_bank_item()


def downgrade() -> None:
    """Take them away."""
    op.drop_table("bank_item")
    op.drop_table("draft_migration")
    op.drop_column("conclusion", "seconds")
    op.drop_column("conclusion", "core_score")
    op.drop_index("ix_evidence_likeness", "evidence")
    op.drop_column("evidence", "taken_at")
    op.drop_index("ix_template_core", "template")
    with op.batch_alter_table("template", recreate="always") as table:  # nor does it drop a column that refers
        table.drop_column("core")
    for table, columns in _TEXTS.items():
        for name in columns:
            op.drop_column(table, name)


def _lay_draft_migration() -> None:
    op.create_table(
        "draft_migration",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column("assessment", sa.String(length=36), nullable=False),
        sa.Column("before", sa.String(length=36), nullable=False),
        sa.Column("after", sa.String(length=36), nullable=False),
        sa.Column("moved", sa.Text(), nullable=False),
        sa.Column("pointers", sa.Text(), nullable=False),
        sa.Column("moved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person", sa.String(length=36), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        _reference("draft_migration", "assessment", "assessment"),
        _reference("draft_migration", "before", "template"),
        _reference("draft_migration", "after", "template"),
        _reference("draft_migration", "person", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft_migration")),
        sa.UniqueConstraint("uid", name=op.f("uq_draft_migration_uid")),
    )
    op.create_index("ix_draft_migration_assessment", "draft_migration", ["assessment"])


def _lay_bank_item() -> None:
    op.create_table(
        "bank_item",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("tags", sa.Text(), nullable=False),
        sa.Column("survey", sa.Text(), nullable=False),
        sa.Column("choices", sa.Text(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person", sa.String(length=36), nullable=False),
        sa.Column("removed", sa.Boolean(), nullable=False),
        _reference("bank_item", "person", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bank_item")),
        sa.UniqueConstraint("uid", name=op.f("uq_bank_item_uid")),
    )


def _reference(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.uid"], name=op.f(f"fk_{table}_{column}_{to}"))
