"""From finding to verified change: checks of effect, rotations and promises, observations, times."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

# A migration never imports the program: it must still do the same in ten years.
revision = "0008"
down_revision = "0007"
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
    "rotation": (
        "number text, leader >person, place >place, role text, quarter text, planned_on date, until date, "
        "shift text, journey text, focus text, state text, assessment? >assessment, arrived_at? moment, "
        "left_at? moment, note text, made_at moment, person >person"
    ),
    "commitment": (
        "number text, said text, text text, to text, place >place, role text, leader? >person, rotation? "
        ">rotation, assessment? >assessment, action? >action, step text, made_on date, due date, state text, "
        "kept_on? date, outcome text, made_at moment, person >person"
    ),
    "observation": (
        "assessment >assessment, place >place, sort text, is_positive bool, text text, question text, answer "
        "text, coaching text, step text, cause text, finding? >finding, alert? >go_and_see, removed bool, "
        "noted_at moment, person >person"
    ),
    "time_study": (
        "number text, title text, place >place, process_map? >process_map, role text, precision real, "
        "confidence real, demand? real, available? real, lead_time? real, note text, begun_at moment, "
        "ended_at? moment, person >person"
    ),
    "time_element": (
        "study >time_study, position real, title text, category text, step text, on_path bool, removed bool, "
        "made_at moment, person >person"
    ),
    "time_reading": (
        "study >time_study, element >time_element, cycle int, seconds real, left_out text, read_at moment, "
        "person >person"
    ),
    "effect_check": (
        "action >action, place >place, days int, due date, assessment? >assessment, result text, note text, "
        "looked_at? moment, made_at moment, person >person"
    ),
}
"""Columns of each table as `name kind`: `?` for one that may be empty, `>noun` for a reference."""

_INDEXES = (
    ("rotation", "assessment"),
    ("rotation", "leader", "quarter"),
    ("rotation", "number", "id", "state", "place"),
    ("rotation", "place", "planned_on", "id", "state"),
    ("rotation", "planned_on", "id", "state", "place"),
    ("rotation", "quarter", "id", "state", "place"),
    ("rotation", "state", "planned_on", "id"),
    ("commitment", "action"),
    ("commitment", "assessment"),
    ("commitment", "due", "id", "state", "place"),
    ("commitment", "leader"),
    ("commitment", "made_on", "id", "state", "place"),
    ("commitment", "number", "id", "state", "place"),
    ("commitment", "place", "made_on", "id", "state"),
    ("commitment", "rotation"),
    ("commitment", "state", "due", "id"),
    ("observation", "assessment"),
    ("observation", "finding"),
    ("observation", "noted_at", "id", "sort", "place", "is_positive"),
    ("observation", "place", "noted_at", "id", "sort"),
    ("observation", "step", "cause"),
    ("time_study", "begun_at", "id", "place"),
    ("time_study", "process_map"),
    ("time_element", "study", "position"),
    ("time_reading", "element"),
    ("time_reading", "study", "cycle"),
    ("effect_check", "action"),
    ("effect_check", "assessment"),
    ("effect_check", "result", "due", "id", "place"),
)

_MORE = {
    "finding": "contained text '', contained_at? moment, similar text '', similar_note text ''",
    "action": (
        "lane text 'todo', waits_for text '', impact? int, reach? int, confidence? int, effort? int, live_on? date, "
        "effect text '', verified_at? moment, verification text '', similar text '', similar_note text '', "
        "reopened int '0', reopened_because text '', snoozed_until? date, snoozed_because text ''"
    ),
}
"""Columns of tables that were there before, each with what its rows have from now on."""
_REFERENCES = (("goal", "goal"), ("merged_into", "action"))
"""References that an action gains."""
_NEW_INDEXES = (
    ("finding", "place", "step", "cause", "id"),
    ("action", "goal"),
    ("action", "merged_into"),
    ("action", "lane", "state", "due", "id"),
)
_SEARCHED = {
    "commitment": ("number", "said", "text"),
    "observation": ("text", "answer"),
}


def upgrade() -> None:
    """Lay the tables; actions and findings tell more."""
    for table, columns in _MORE.items():
        for column in columns.split(", "):
            field, kind, *preset = column.split(" ")
            given = {"server_default": sa.text(preset[0])} if preset else {}
            op.add_column(table, sa.Column(field.rstrip("?"), _KINDS[kind], nullable=field.endswith("?"), **given))
    with op.batch_alter_table("action", recreate="auto") as altered:  # SQLite adds no reference that has a name
        for field, noun in _REFERENCES:
            altered.add_column(sa.Column(field, sa.String(length=36), nullable=True))
            altered.create_foreign_key(op.f(f"fk_action_{field}_{noun}"), noun, [field], ["uid"])
    for name, columns in _TABLES.items():
        _lay(name, columns)
    for table, *indexed in (*_INDEXES, *_NEW_INDEXES):
        op.create_index(op.f(f"ix_{table}_{'_'.join(indexed)}"), table, indexed)
    for noun, fields in _SEARCHED.items():
        _lay_search(noun, fields)


def downgrade() -> None:
    """Take them away."""
    for noun in _SEARCHED:
        op.drop_table(f"{noun}_search")
    for table, *indexed in _NEW_INDEXES:
        op.drop_index(op.f(f"ix_{table}_{'_'.join(indexed)}"), table)
    for name in reversed(_TABLES):
        op.drop_table(name)
    with op.batch_alter_table("action", recreate="auto") as altered:
        for field, noun in _REFERENCES:
            altered.drop_constraint(op.f(f"fk_action_{field}_{noun}"), type_="foreignkey")
            altered.drop_column(field)
    for table, columns in _MORE.items():
        for column in columns.split(", "):
            op.drop_column(table, column.split(" ")[0].rstrip("?"))


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
