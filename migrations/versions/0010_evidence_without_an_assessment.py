"""Photos and files may stand for something behind which there is no assessment; the board is read from its indexes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

# A migration never imports the program: it must still do the same in ten years.
revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_UID = sa.String(length=36)
_BEFORE = {
    "ix_action_board": (
        *("state", "lane", "impact", "reach", "confidence", "effort", "due", "id", "merged_into", "snoozed_until"),
    ),
    "ix_action_state_done_at_merged_into_id": ("state", "done_at", "merged_into", "id"),
    "ix_action_lane_state_due_id": ("lane", "state", "due", "id"),
}
"""Indexes of actions that give way to others."""
_NARROWED = ("owner", "place", "goal", "added_at")
"""What the board is narrowed by."""
_NOW = {
    "ix_action_board": (*_BEFORE["ix_action_board"], *_NARROWED),
    "ix_action_done": (*_BEFORE["ix_action_state_done_at_merged_into_id"], *_NARROWED),
    "ix_action_state_due_id_place_snoozed_until": ("state", "due", "id", "place", "snoozed_until"),
}
_OF_FEW = {
    "ix_complaint_to_be_deleted": ("complaint", "delete_by"),
    "ix_judgement_excepted": ("judgement", "exception_until"),
}
"""Indexes over the few rows that have a day: table and column."""
_PACKS = {
    "ix_taken_in_taken_at_sha256_device": ("taken_at", "sha256", "device"),
    "ix_taken_in_device_taken_at_sha256": ("device", "taken_at", "sha256"),
}
"""Indexes of packs that headquarters took in: receipts are large, and lists and counts need none."""
_LEFT = "SELECT uid FROM evidence WHERE assessment IS NULL"
# The uids of records come in no order: an index over whole texts of them is written all over, and grows beyond memory.
_BY_RECORD = (
    "ALTER TABLE operation DROP CONSTRAINT IF EXISTS uq_operation_entity_uid",
    "CREATE INDEX ix_operation_entity ON operation USING hash (entity)",
    "ALTER TABLE head DROP CONSTRAINT pk_head, ADD CONSTRAINT pk_head PRIMARY KEY (operation)",
    "CREATE INDEX ix_head_entity ON head USING hash (entity)",
)
_BY_RECORD_BEFORE = (
    "DROP INDEX ix_head_entity",
    "ALTER TABLE head DROP CONSTRAINT pk_head, ADD CONSTRAINT pk_head PRIMARY KEY (entity, noun, operation)",
    "DROP INDEX ix_operation_entity",
    "ALTER TABLE operation ADD CONSTRAINT uq_operation_entity_uid UNIQUE (entity, uid)",
)


def upgrade() -> None:
    """Let evidence stand without an assessment, and let the indexes of the board hold all that it is narrowed by."""
    _assessment(may_be_empty=True)
    _indexes(_BEFORE, _NOW)
    for name, (table, day) in _OF_FEW.items():
        held = sa.text(f"{day} IS NOT NULL")
        op.create_index(name, table, [day, "id"], sqlite_where=held, postgresql_where=held)
    for name, columns in _PACKS.items():
        op.create_index(name, "taken_in", list(columns))
    _on_postgres(_BY_RECORD)


def downgrade() -> None:
    """Take away all evidence that has none; the kept bytes and the operations stay."""
    op.execute(f"UPDATE evidence SET beside = NULL WHERE beside IN ({_LEFT})")  # noqa: S608 - words of this file
    op.execute("DELETE FROM evidence WHERE assessment IS NULL")
    _assessment(may_be_empty=False)
    _indexes(_NOW, _BEFORE)
    for name, (table, _) in _OF_FEW.items():
        op.drop_index(name, table)
    for name in _PACKS:
        op.drop_index(name, "taken_in")
    _on_postgres(_BY_RECORD_BEFORE)


def _on_postgres(statements: tuple[str, ...]) -> None:
    """What is said to PostgreSQL alone."""
    if op.get_bind().dialect.name == "postgresql":
        for statement in statements:
            op.execute(statement)


def _indexes(old: dict[str, tuple[str, ...]], new: dict[str, tuple[str, ...]]) -> None:
    for name in old:
        op.drop_index(name, "action")
    for name, columns in new.items():
        op.create_index(name, "action", list(columns))


def _assessment(*, may_be_empty: bool) -> None:
    with op.batch_alter_table("evidence") as altered:
        altered.alter_column("assessment", existing_type=_UID, nullable=may_be_empty)
