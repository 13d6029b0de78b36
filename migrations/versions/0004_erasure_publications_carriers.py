"""Erasure, publications, further carriers, scheduled backups and headquarters' stewards."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

# A migration never imports the program: it must still do the same in ten years.
revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_NEW = (
    "web_session",
    "steward",
    "backup_copy",
    "delivery",
    "carrier",
    "quarantined",
    "resend",
    "publication",
    "trusted",
    "identity",
    "settlement",
    "erasure",
)


def upgrade() -> None:
    """Add the columns and tables."""
    op.add_column("operation", sa.Column("personal", sa.LargeBinary(), nullable=True))
    op.add_column("pack", sa.Column("sort", sa.Text(), nullable=False, server_default=sa.text("'journal'")))
    op.add_column("correspondent", sa.Column("revoked_after", sa.Text(), nullable=True))
    op.add_column("correspondent", sa.Column("certified_at", sa.DateTime(timezone=True), nullable=True))
    _lay_publications()
    _lay_carriers()
    _lay_backups()
    _lay_stewards()
    _lay_erasure()
    _lay_settlement()


def downgrade() -> None:
    """Take them away."""
    for table in _NEW:
        op.drop_table(table)
    op.drop_column("correspondent", "certified_at")
    op.drop_column("correspondent", "revoked_after")
    op.drop_column("pack", "sort")
    op.drop_column("operation", "personal")


def _lay_publications() -> None:
    op.create_table(
        "identity",
        sa.Column("recipient", sa.String(length=62), nullable=False),
        sa.Column("secret", sa.Text(), nullable=False),
        sa.Column("use", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("recipient", name=op.f("pk_identity")),
    )
    op.create_table(
        "trusted",
        sa.Column("headquarters", sa.String(length=32), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("headquarters", "role", name=op.f("pk_trusted")),
    )
    op.create_table(
        "publication",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("headquarters", sa.String(length=32), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("version", "headquarters", name=op.f("pk_publication")),
    )
    op.create_table(
        "resend",
        sa.Column("epoch", sa.String(length=13), nullable=False),
        sa.Column("first_seq", sa.Integer(), nullable=False),
        sa.Column("last_seq", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("epoch", "first_seq", name=op.f("pk_resend")),
    )
    op.create_table(
        "quarantined",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("device", sa.String(length=32), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("arrived_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_quarantined")),
    )


def _lay_carriers() -> None:
    op.create_table(
        "carrier",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("options", sa.Text(), nullable=False),
        sa.Column("automatic", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tried_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("trouble", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_carrier")),
    )
    op.create_table(
        "delivery",
        sa.Column("pack", sa.String(length=64), nullable=False),
        sa.Column("carrier", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("parts", sa.Integer(), nullable=False),
        sa.Column("parts_there", sa.Integer(), nullable=False),
        sa.Column("bytes_there", _KEY, nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("queued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("next_try_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("trouble", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("pack", "carrier", name=op.f("pk_delivery")),
    )
    op.create_index("ix_delivery_state", "delivery", ["state"])


def _lay_backups() -> None:
    op.create_table(
        "backup_copy",
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("verified_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("size", _KEY, nullable=False),
        sa.PrimaryKeyConstraint("file", name=op.f("pk_backup_copy")),
    )


def _lay_stewards() -> None:
    op.create_table(
        "steward",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("region", sa.String(length=36), nullable=True),
        sa.Column("password", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("disabled_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_steward")),
    )
    op.create_table(
        "web_session",
        sa.Column("token", sa.String(length=64), nullable=False),
        sa.Column("steward", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("token", name=op.f("pk_web_session")),
    )
    op.create_index("ix_web_session_steward", "web_session", ["steward"])


def _lay_erasure() -> None:
    op.create_table(
        "erasure",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column("noun", sa.Text(), nullable=False),
        sa.Column("entity", sa.String(length=36), nullable=False),
        sa.Column("blobs", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("ordered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["person"], ["person.uid"], name=op.f("fk_erasure_person_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_erasure")),
        sa.UniqueConstraint("uid", name=op.f("uq_erasure_uid")),
    )
    op.create_index("ix_erasure_entity", "erasure", ["entity"])


def _lay_settlement() -> None:
    op.create_table(
        "settlement",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column("noun", sa.Text(), nullable=False),
        sa.Column("entity", sa.String(length=36), nullable=False),
        sa.Column("fields", sa.Text(), nullable=False),
        sa.Column("sides", sa.Text(), nullable=False),
        sa.Column("chosen", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["person"], ["person.uid"], name=op.f("fk_settlement_person_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_settlement")),
        sa.UniqueConstraint("uid", name=op.f("uq_settlement_uid")),
    )
    op.create_index("ix_settlement_entity", "settlement", ["entity"])
