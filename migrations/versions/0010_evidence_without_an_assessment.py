"""Photos and files may stand for something behind which there is no assessment: an action, a promise, a step."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

# A migration never imports the program: it must still do the same in ten years.
revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_UID = sa.String(length=36)
_LEFT = "SELECT uid FROM evidence WHERE assessment IS NULL"


def upgrade() -> None:
    """Let evidence stand without an assessment."""
    _assessment(may_be_empty=True)


def downgrade() -> None:
    """Take away all evidence that has none; the kept bytes and the operations stay."""
    op.execute(f"UPDATE evidence SET beside = NULL WHERE beside IN ({_LEFT})")  # noqa: S608 - words of this file
    op.execute("DELETE FROM evidence WHERE assessment IS NULL")
    _assessment(may_be_empty=False)


def _assessment(*, may_be_empty: bool) -> None:
    with op.batch_alter_table("evidence") as altered:
        altered.alter_column("assessment", existing_type=_UID, nullable=may_be_empty)
