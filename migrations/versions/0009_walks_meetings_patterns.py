"""Walks with routes and stops, bodies that meet, patterns and where they went; photos before and after; who is who."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

# A migration never imports the program: it must still do the same in ten years.
revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_KINDS: dict[str, Any] = {
    "text": sa.Text(),
    "moment": sa.DateTime(timezone=True),
    "date": sa.Date(),
    "int": sa.Integer(),
    "real": sa.Float(),
    "bool": sa.Boolean(),
}

_TABLES = {
    "route": (
        "title text, place >place, purpose text, layer text, walkers text, in_turns bool, template? "
        ">template, schedule? >schedule, retired bool, made_at moment, person >person"
    ),
    "route_stop": (
        "route >route, position real, title text, place? >place, step text, look_for text, minutes? int, "
        "removed bool, made_at moment, person >person"
    ),
    "governance_body": (
        "title text, purpose text, place? >place, schedule? >schedule, takes text, quorum? int, retired bool, "
        "made_at moment, person >person"
    ),
    "body_member": (
        "body >governance_body, role text, member? >person, is_chair bool, begins date, ends? date, made_at "
        "moment, person >person"
    ),
    "meeting": (
        "number text, body >governance_body, planned_on date, held_on? date, agenda text, present text, "
        "minutes text, decided text, state text, reason text, made_at moment, person >person"
    ),
    "pattern": (
        "number text, title text, problem text, context text, capability text, data text, how text, proof "
        "text, place? >place, step text, cause text, action? >action, links text, owner text, retired bool, "
        "made_at moment, person >person"
    ),
    "transfer": (
        "number text, pattern >pattern, place >place, action >action, adapted text, stopped_because text, "
        "made_at moment, person >person"
    ),
}
"""Columns of each table as `name kind`: `?` for one that may be empty, `>noun` for a reference."""

_INDEXES = (
    ("route", "place"),
    ("route", "title"),
    ("route_stop", "route", "position"),
    ("governance_body", "title"),
    ("body_member", "body"),
    ("body_member", "ends"),
    ("meeting", "body", "planned_on"),
    ("meeting", "planned_on", "id", "state"),
    ("pattern", "made_at", "id", "retired"),
    ("pattern", "number", "id"),
    ("pattern", "step", "cause"),
    ("transfer", "action"),
    ("transfer", "made_at", "id"),
    ("transfer", "pattern"),
    ("transfer", "place", "id"),
    ("action", "state", "done_at", "merged_into", "id"),
)
_BOARD = ("state", "lane", "impact", "reach", "confidence", "effort", "due", "id", "merged_into", "snoozed_until")
"""All that a lane of the board of actions is ordered by."""
_REFERENCES = (
    ("observation", "stop", "route_stop"),
    ("evidence", "beside", "evidence"),
    ("person", "same_as", "person"),
    ("place", "merged_into", "place"),
)
"""References that tables which were there before gain, each with its index."""
_PRESET = (("conclusion", "said", "{}"), ("schedule", "auditors", "[]"))
"""Lists and mappings that tables which were there before gain, with what stands in them from the first."""
_SEARCHED = {"pattern": ("number", "title", "problem", "context", "how", "proof")}


def upgrade() -> None:
    """Lay the tables; observations name their stop, photos of after those of before, people when they left."""
    for name, columns in _TABLES.items():
        _lay(name, columns)
    op.add_column("person", sa.Column("left_on", sa.Date(), nullable=True))
    for table, field, value in _PRESET:
        op.add_column(table, sa.Column(field, sa.Text(), nullable=False, server_default=sa.text(f"'{value}'")))
    for table, field, noun in _REFERENCES:
        with op.batch_alter_table(table, recreate="auto") as altered:  # SQLite adds no reference that has a name
            altered.add_column(sa.Column(field, sa.String(length=36), nullable=True))
            altered.create_foreign_key(op.f(f"fk_{table}_{field}_{noun}"), noun, [field], ["uid"])
    for table, *indexed in (*_INDEXES, *((table, field) for table, field, _ in _REFERENCES)):
        op.create_index(op.f(f"ix_{table}_{'_'.join(indexed)}"), table, indexed)
    op.create_index("ix_action_board", "action", list(_BOARD))
    for noun, fields in _SEARCHED.items():
        _lay_search(noun, fields)


def downgrade() -> None:
    """Take them away."""
    op.drop_index("ix_action_board", "action")
    op.drop_index(op.f("ix_action_state_done_at_merged_into_id"), "action")
    for noun in _SEARCHED:
        op.drop_table(f"{noun}_search")
    for table, field, noun in reversed(_REFERENCES):
        op.drop_index(op.f(f"ix_{table}_{field}"), table)
        with op.batch_alter_table(table, recreate="auto") as altered:
            altered.drop_constraint(op.f(f"fk_{table}_{field}_{noun}"), type_="foreignkey")
            altered.drop_column(field)
    for table, field, _ in reversed(_PRESET):
        with op.batch_alter_table(table, recreate="auto") as altered:
            altered.drop_column(field)
    with op.batch_alter_table("person", recreate="auto") as altered:
        altered.drop_column("left_on")
    for name in reversed(_TABLES):
        op.drop_table(name)


def _lay(name: str, columns: str) -> None:
    made: list[Any] = [sa.Column("id", _KEY, nullable=False), sa.Column("uid", sa.String(length=36), nullable=False)]
    for column in columns.split(", "):
        field, kind = column.split(" ")
        bare = field.rstrip("?")
        refers = kind.startswith(">")
        what = sa.String(length=36) if refers else _KINDS[kind]
        made.append(sa.Column(bare, what, nullable=field.endswith("?")))
        if refers:
            key = op.f(f"fk_{name}_{bare}_{kind[1:]}")
            made.append(sa.ForeignKeyConstraint([bare], [f"{kind[1:]}.uid"], name=key))
    op.create_table(
        name,
        *made,
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
        sa.UniqueConstraint("uid", name=op.f(f"uq_{name}_uid")),
    )


def _lay_search(noun: str, fields: tuple[str, ...]) -> None:
    """The index that finds words; the program fills it."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"CREATE TABLE {noun}_search (id BIGINT NOT NULL PRIMARY KEY, words TSVECTOR NOT NULL)")
        op.execute(f"CREATE INDEX ix_{noun}_search_words ON {noun}_search USING gin (words)")
        return
    op.execute(
        f"CREATE VIRTUAL TABLE {noun}_search USING fts5({', '.join(fields)}, content='{noun}', content_rowid='id', "
        "tokenize='unicode61 remove_diacritics 2', prefix='2 3')"
    )
