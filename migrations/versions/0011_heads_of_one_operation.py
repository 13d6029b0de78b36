"""Of a record that one operation alone has made no heads are written; operations on complaints have an index.

PostgreSQL no longer looks the assessment of each answer up, which the program has done.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

# A migration never imports the program: it must still do the same in ten years.
revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_ON_COMPLAINTS = "noun = 'complaint'"
_OTHERS = """SELECT 1 FROM operation
    WHERE operation.entity = head.entity AND operation.uid <> head.operation AND operation.noun = head.noun"""
_TELLING = {
    "sqlite": "json_extract(CAST(operation.header AS TEXT), '$.fields')",
    "postgresql": "CAST(CAST(convert_from(operation.header, 'UTF8') AS json) -> 'fields' AS text)",
}
"""The names of the fields that an operation sets, as JSON."""
_KNOWN = """SELECT 1 FROM head WHERE head.entity = operation.entity AND head.noun = operation.noun"""
_WAITS = """SELECT 1 FROM waiting WHERE waiting.operation = operation.uid"""
_REFERENCE = "fk_answer_assessment_assessment"


def upgrade() -> None:
    """Take away what the journal says as well."""
    held = sa.text(_ON_COMPLAINTS)
    op.create_index("ix_operation_on_complaint", "operation", ["entity"], sqlite_where=held, postgresql_where=held)
    op.execute(f"DELETE FROM head WHERE NOT EXISTS ({_OTHERS})")  # noqa: S608 - words of this file
    if op.get_bind().dialect.name == "postgresql":
        op.drop_constraint(_REFERENCE, "answer")


def downgrade() -> None:
    """Write the heads of records again of which nothing is written."""
    fields = _TELLING[op.get_bind().dialect.name]
    op.execute(
        "INSERT INTO head (entity, noun, operation, fields) "  # noqa: S608 - words of this file
        f"SELECT entity, noun, uid, {fields} FROM operation "
        f"WHERE NOT EXISTS ({_KNOWN}) AND NOT EXISTS ({_WAITS}) AND {fields} <> '[]'"
    )
    op.drop_index("ix_operation_on_complaint", "operation")
    if op.get_bind().dialect.name == "postgresql":
        op.create_foreign_key(_REFERENCE, "answer", "assessment", ["assessment"], ["uid"])
