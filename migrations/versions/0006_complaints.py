"""Complaints, their reviews and causes, measures and signals, process maps, registers; actions without a finding."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

# A migration never imports the program: it must still do the same in ten years.
revision = "0006"
down_revision = "0005"
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
    "clock_target": (
        "severity text, place? >place, acknowledge_hours? int, tell_hours? int, valid_from date, reason text, "
        "retired bool, person >person"
    ),
    "complaint_review": (
        "number text, title text, place? >place, begins date, ends date, filters text, drawing text, seed "
        "text, frame_count int, frame_sha256 text, count int, drawn text, state text, summary text, drawn_at "
        "moment, concluded_at? moment, person >person"
    ),
    "disclosure": "about text, records int, sha256 text, reason text, disclosed_at moment, person >person",
    "intake": (
        "source text, file_name text, file_sha256 text, reading text, mapping text, columns text, added int, "
        "changed int, unchanged int, refused int, imported_at moment, person >person"
    ),
    "measure": (
        "code text, title text, sort text, place? >place, filters text, of text, exposure? >measure, period "
        "text, unit text, direction text, is_customer bool, chart text, rules text, false_alarms? real, "
        "false_alarm_points int, triggers_review bool, retired bool, made_at moment, person >person"
    ),
    "process_map": (
        "title text, place? >place, begins_with text, ends_with text, owner text, review_by? date, demand? "
        "real, available? real, retired bool, made_at moment, person >person"
    ),
    "register_entry": (
        "register text, number text, title text, place? >place, step text, owner text, state text, review_by? "
        "date, fields text, links text, made_at moment, changed_at moment, person >person"
    ),
    "retention_rule": (
        "place? >place, purpose text, days int, basis text, needs_consent bool, retired bool, made_at moment, "
        "person >person"
    ),
    "survey": (
        "instrument text, place? >place, segment text, begins date, ends date, counts text, asked? int, "
        "asked_often int, source text, imported_at moment, person >person"
    ),
    "vocabulary": (
        "facet text, version int, terms text, parents text, domains text, crosswalk text, reason text, "
        "released_at moment, person >person"
    ),
    "complaint_lot": "intake >intake, rows text, count int, person >person, laid text ''",
    "frozen_baseline": (
        "measure >measure, chart text, begins date, ends date, holds_from date, points int, figures text, "
        "provisional bool, reason text, frozen_at moment, person >person"
    ),
    "go_and_see": (
        "question text, place? >place, step text, sort text, origin text, state text, assessment? "
        ">assessment, seen text, seen_at? moment, raised_at moment, person >person"
    ),
    "measure_value": "measure >measure, begins date, value real, size? real, person >person",
    "process_step": (
        "process_map >process_map, position real, code text, title text, sort text, owner text, cycle? real, "
        "wait? real, value_adding? real, rework? real, hand_off bool, people? int, evidence text, removed "
        "bool"
    ),
    "risk": (
        "process_map? >process_map, step text, mode text, effect text, cause text, technical int, customer "
        "int, occurrence int, detection int, control text, owner text, action text, review_by? date, retired "
        "bool, judged_at moment, person >person"
    ),
    "signal": (
        "measure >measure, rule text, begins date, seen date, value real, limit? real, state text, "
        "snoozed_until? date, reason text, review? >complaint_review, raised_at moment, person >person"
    ),
    "complaint": (
        "number text, source text, key text, received_at moment, occurred_on? date, place? >place, product "
        "text, step text, channel text, segment text, cause text, severity text, customer text, contact text, "
        "words text, language text, summary text, remedy_sought text, consent text, redaction text, "
        "redacted_words text, purpose text, delete_by? date, owner text, state text, acknowledged_at? moment, "
        "assessed_at? moment, investigating_at? moment, decided_at? moment, told_at? moment, closed_at? "
        "moment, reopened_at? moment, reopened int, due_at? moment, paused bool, decision text, answer text, "
        "told_back text, similar text, similar_note text, duplicate_of? >complaint, more text, recorded_at "
        "moment, person >person, lot? >complaint_lot"
    ),
    "pin": (
        "step >process_step, sort text, pinned text, text text, severity text, removed bool, pinned_at "
        "moment, person >person"
    ),
    "cause_analysis": (
        "number text, complaint? >complaint, review? >complaint_review, finding? >finding, place? >place, "
        "step text, cause text, problem text, contained text, whys text, ends_on_person bool, heads text, "
        "domain text, sort text, escape text, steps text, finished_at? moment, begun_at moment, person "
        ">person"
    ),
    "clock_pause": "complaint >complaint, begun_at moment, ended_at? moment, reason text, person >person",
    "discrepancy": (
        "complaint? >complaint, place? >place, step text, what text, told real, logged real, unit text, "
        "explanation text, settled_at? moment, noted_at moment, person >person"
    ),
    "suggestion": (
        "complaint >complaint, facet text, suggested text, confidence real, model text, final text, "
        "decided_at moment, person >person"
    ),
    "cluster_decision": (
        "review >complaint_review, step text, cause text, place? >place, proposed text, clauses text, figures "
        "text, decided text, reason text, analysis? >cause_analysis, decided_at moment, person >person"
    ),
}
"""Columns of each table as `name kind`: `?` for one that may be empty, `>noun` for a reference, `''` for a default."""

_INDEXES = (
    ("complaint_review", "drawn_at", "id", "state"),
    ("intake", "imported_at"),
    ("measure", "code"),
    ("register_entry", "register", "made_at", "id", "state"),
    ("register_entry", "register", "review_by"),
    ("survey", "instrument", "begins"),
    ("vocabulary", "facet", "version"),
    ("complaint_lot", "intake"),
    ("frozen_baseline", "measure", "holds_from"),
    ("go_and_see", "assessment"),
    ("go_and_see", "origin"),
    ("go_and_see", "state", "place"),
    ("measure_value", "measure", "begins"),
    ("process_step", "process_map"),
    ("risk", "process_map"),
    ("risk", "step"),
    ("signal", "measure", "rule"),
    ("signal", "state", "raised_at"),
    ("complaint", "lot"),
    ("complaint", "number", "id"),
    ("complaint", "place", "id"),
    ("complaint", "severity", "id"),
    ("complaint", "state", "id"),
    ("pin", "step"),
    ("cause_analysis", "begun_at", "id"),
    ("cause_analysis", "complaint"),
    ("cause_analysis", "finding"),
    ("cause_analysis", "review"),
    ("cause_analysis", "step", "cause"),
    ("clock_pause", "complaint"),
    ("discrepancy", "complaint"),
    ("suggestion", "complaint"),
    ("suggestion", "facet", "decided_at"),
    ("cluster_decision", "review"),
    ("cluster_decision", "step", "cause"),
)

_ASKED = ["state", "severity", "place", "product", "step", "channel", "segment", "cause", "source"]
"""What lists, counts and charts of complaints ask about."""
_OF_COMPLAINTS = {
    "received": (["received_at", "id", *_ASKED, "duplicate_of"], None),
    "waiting": (["due_at", "id", "paused", "state"], "due_at IS NOT NULL AND told_at IS NULL AND closed_at IS NULL"),
    "linked": (["duplicate_of", "received_at", *_ASKED], "duplicate_of IS NOT NULL"),
}
"""Further indexes of `complaint`: columns, and which rows they hold (all when left out)."""
_TEXTS = {"assessment": ("subject",), "finding": ("step", "cause"), "report": ("subject",)}
"""Columns that what was there before has, with nothing in them."""
_NEW_INDEXES = (("assessment", "subject"), ("finding", "step", "cause"), ("report", "subject"), ("action", "analysis"))
_OPTIONAL = (("action", "finding"), ("action", "assessment"), ("report", "assessment"))
"""References that may be empty from now on."""
_SEARCHED = {
    "complaint": ("number", "key", "summary", "words"),
    "complaint_review": ("number", "title"),
    "cause_analysis": ("number", "problem"),
    "register_entry": ("number", "title"),
}


def upgrade() -> None:
    """Lay the tables, let actions and reports stand without an assessment."""
    for name, columns in _TABLES.items():
        _lay(name, columns)
    for table, *columns in _INDEXES:
        op.create_index(op.f(f"ix_{table}_{'_'.join(columns)}"), table, columns)
    for name, (columns, which) in _OF_COMPLAINTS.items():
        held = None if which is None else sa.text(which)
        op.create_index(op.f(f"ix_complaint_{name}"), "complaint", columns, sqlite_where=held, postgresql_where=held)
    for table, names in _TEXTS.items():
        for name in names:
            op.add_column(table, sa.Column(name, sa.Text(), nullable=False, server_default=sa.text("''")))
    for table, name in _OPTIONAL:
        with op.batch_alter_table(table) as altered:
            altered.alter_column(name, existing_type=sa.String(length=36), nullable=True)
    with op.batch_alter_table("action", recreate="auto") as altered:  # SQLite adds no reference that has a name
        altered.add_column(sa.Column("analysis", sa.String(length=36), nullable=True))
        altered.create_foreign_key(op.f("fk_action_analysis_cause_analysis"), "cause_analysis", ["analysis"], ["uid"])
    for table, *columns in _NEW_INDEXES:
        op.create_index(op.f(f"ix_{table}_{'_'.join(columns)}"), table, columns)
    for noun, fields in _SEARCHED.items():
        _lay_search(noun, fields)
    if op.get_bind().dialect.name == "sqlite":  # words that a row forgets are not left in the index's old pages
        op.execute("INSERT INTO complaint_search(complaint_search, rank) VALUES('secure-delete', 1)")


def downgrade() -> None:
    """Take them away, with every action and report that stands on none of what was there before."""
    for noun in _SEARCHED:
        op.drop_table(f"{noun}_search")
    for table, *columns in _NEW_INDEXES:
        op.drop_index(op.f(f"ix_{table}_{'_'.join(columns)}"), table)
    with op.batch_alter_table("action", recreate="auto") as altered:
        altered.drop_constraint(op.f("fk_action_analysis_cause_analysis"), type_="foreignkey")
        altered.drop_column("analysis")
    for table, name in _OPTIONAL:
        op.execute(f"DELETE FROM {table} WHERE {name} IS NULL")  # noqa: S608 - names of the own tables
        with op.batch_alter_table(table) as altered:
            altered.alter_column(name, existing_type=sa.String(length=36), nullable=False)
    for table, names in _TEXTS.items():
        for name in names:
            op.drop_column(table, name)
    for name in reversed(_TABLES):
        op.drop_table(name)


def _lay(name: str, columns: str) -> None:
    made: list[Any] = [sa.Column("id", _KEY, nullable=False), sa.Column("uid", sa.String(length=36), nullable=False)]
    for column in columns.split(", "):
        field, kind, *default = column.split(" ")
        bare = field.rstrip("?")
        refers = kind.startswith(">")
        what = sa.String(length=36) if refers else _KINDS[kind]
        preset = {"server_default": sa.text("''")} if default else {}
        made.append(sa.Column(bare, what, nullable=field.endswith("?"), **preset))
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
