"""What PostgreSQL has otherwise than SQLite, on a new store as the migrations leave it."""

from __future__ import annotations

from sqlalchemy import Connection

_BY_RECORD = (
    "ALTER TABLE operation DROP CONSTRAINT uq_operation_entity_uid",
    "CREATE INDEX ix_operation_entity ON operation USING hash (entity)",
    "ALTER TABLE head DROP CONSTRAINT pk_head, ADD CONSTRAINT pk_head PRIMARY KEY (operation)",
    "CREATE INDEX ix_head_entity ON head USING hash (entity)",
)
_UNCHECKED = "ALTER TABLE answer DROP CONSTRAINT fk_answer_assessment_assessment"
"""Three quarters of all rows are answers. The program lets none take part before its assessment is here, and takes no
record away; `gemba.store.checking` looks for answers without one."""


def suit(connection: Connection) -> None:
    """Look records up by hashes of their uids, and let the server not look for each answer's assessment once more.

    Hashes take a seventh of the room, and all of it stays in memory. The uids of answers come in no order, so that each
    row is written to a page of its own of an index over them. Those of operations follow time: their keys go on at one
    end, and still see to it that nothing is there twice (an operation is about one record, so its uid is enough).
    """
    for statement in (*_BY_RECORD, _UNCHECKED):
        connection.exec_driver_sql(statement)
