"""Packs that were taken in on their own signature are noted until those of their operations have been checked."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

# A migration never imports the program: it must still do the same in ten years.
revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Of all that is here already each signature has been checked: the table begins empty."""
    op.create_table(
        "to_prove",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("operation", sa.String(length=36)),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_to_prove")),
    )


def downgrade() -> None:
    """Take the notes away; `gemba check` looks at every signature in any version."""
    op.drop_table("to_prove")
