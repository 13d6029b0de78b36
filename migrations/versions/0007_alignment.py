"""Goals, decisions and boundaries, escalations, audit programmes, samples, judgements, calibration."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

# A migration never imports the program: it must still do the same in ten years.
revision = "0007"
down_revision = "0006"
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
    "goal": (
        "code text, version int, title text, statement text, need text, owner text, place? >place, core? "
        ">goal, replaces? >goal, reason text, anchors text, items text, links text, valid_from date, "
        "valid_to? date, retired_on? date, retired_because text, made_at moment, person >person"
    ),
    "requirement": (
        "goal >goal, driver text, measured_by text, measure? >measure, bound text, target? real, unit text, "
        "owner text, items text, retired bool, made_at moment, person >person"
    ),
    "service_level": (
        "title text, goal? >goal, place? >place, provider text, customer text, unit text, bound text, "
        "promised real, expected? real, expected_from text, achieved? real, achieved_on? date, measure? "
        ">measure, owner text, review_by? date, valid_from date, valid_to? date, retired bool, made_at "
        "moment, person >person"
    ),
    "boundary": (
        "scenario text, title text, role text, limit? real, unit text, condition text, escalate_to text, "
        "place? >place, goal? >goal, valid_from date, valid_to? date, retired bool, reason text, made_at "
        "moment, person >person"
    ),
    "decision": (
        "number text, title text, why text, scenario text, role text, decider? >person, place >place, "
        "decided_on date, customers? int, segment text, goal? >goal, contradicts bool, boundary? >boundary, "
        "amount? real, unit text, effect text, escalated bool, standing text, exception text, expires? date, "
        "source text, key text, recorded_at moment, person >person"
    ),
    "escalation": (
        "number text, sort text, title text, place >place, severity text, subject text, links text, goal? "
        ">goal, tried text, asked text, customer_side text, other_side text, tier int, owner text, forum "
        "text, raised_at moment, due_at? moment, next_step text, next_by? date, state text, outcome text, "
        "decided_by text, decided_at? moment, expires? date, person >person"
    ),
    "escalation_step": (
        "escalation >escalation, sort text, tier int, owner text, text text, due_at? moment, happened_at "
        "moment, person >person"
    ),
    "escalation_tier": (
        "sort text, severity text, place? >place, tier int, owner text, hours int, forum text, valid_from "
        "date, retired bool, reason text, made_at moment, person >person"
    ),
    "programme": (
        "number text, title text, quarter text, place? >place, goals text, objective text, risks text, "
        "resources text, state text, learned text, made_at moment, closed_at? moment, person >person"
    ),
    "schedule": (
        "title text, subject text, place? >place, template? >template, owner text, rule text, starts date, "
        "ends? date, at text, minutes? int, zone text, working_day text, week text, closed_on text, "
        "grace_days int, spread_days int, seed text, retired bool, made_at moment, person >person"
    ),
    "audit": (
        "number text, title text, programme? >programme, schedule? >schedule, place >place, quarter text, "
        "begins date, ends date, goals text, planned_on date, due? date, auditor >person, second? >person, "
        "double_share real, lead_handed_in_at? moment, second_handed_in_at? moment, risk? real, risk_parts text, "
        "independent_because text, state text, moved_because text, assessment? >assessment, corrects? >audit, "
        "opened_at? moment, concluded_at? moment, made_at moment, person >person"
    ),
    "sample": (
        "audit >audit, frame text, frame_count int, frame_sha256 text, begins date, ends date, filters text, "
        "undated int, method text, strata text, sizes text, settings text, seed text, algorithm text, count "
        "int, double_count int, replaces? >sample, reason text, drawn_at moment, person >person"
    ),
    "sample_item": "sample >sample, decision >decision, stratum text, position int, weight real, is_double bool",
    "judgement": (
        "audit >audit, decision >decision, goal >goal, place >place, quarter text, auditor >person, is_lead "
        "bool, verdict text, evidence_for text, evidence_against text, constraint text, confidence text, "
        "exception text, exception_until? date, cause text, note text, judged_at moment, handed_in_at? "
        "moment, taken_back bool, person >person"
    ),
    "agreed_verdict": (
        "audit >audit, decision >decision, goal >goal, verdict text, constraint text, exception text, "
        "exception_until? date, cause text, reason text, judgements text, present text, agreed_at moment, "
        "person >person"
    ),
    "auditee_response": (
        "audit >audit, finding >finding, sort text, text text, role text, is_late bool, outcome text, "
        "outcome_reason text, settled_at? moment, responded_at moment, person >person"
    ),
    "calibration_session": (
        "number text, title text, goal? >goal, levels text, is_ordered bool, cases text, standards text, "
        "anchors text, anchors_after text, learned text, state text, begun_at moment, closed_at? moment, "
        "person >person"
    ),
    "calibration_rating": (
        "session >calibration_session, case text, rater >person, round int, level text, note text, rated_at "
        "moment, person >person"
    ),
}
"""Columns of each table as `name kind`: `?` for one that may be empty, `>noun` for a reference."""

_INDEXES = (
    ("goal", "code", "version"),
    ("requirement", "goal"),
    ("service_level", "goal"),
    ("boundary", "scenario", "role"),
    ("decision", "decided_on", "id", "place", "standing", "role", "scenario", "goal", "contradicts", "exception"),
    ("decision", "expires", "id"),
    ("decision", "number", "id"),
    ("decision", "place", "decided_on", "id", "standing", "role"),
    ("decision", "source", "key"),
    ("decision", "standing", "decided_on", "id"),
    ("escalation", "decided_at", "id", "state"),
    ("escalation", "due_at", "id", "state", "sort", "place"),
    ("escalation", "expires", "id", "state"),
    ("escalation", "number", "id", "state", "sort", "place"),
    ("escalation", "place", "id", "state"),
    ("escalation", "raised_at", "id", "state", "sort", "place"),
    ("escalation", "state", "due_at", "id"),
    ("escalation", "subject"),
    ("escalation_step", "escalation", "happened_at"),
    ("escalation_step", "sort", "escalation", "happened_at"),
    ("escalation_tier", "sort", "tier"),
    ("programme", "quarter", "id"),
    ("schedule", "subject"),
    ("audit", "assessment"),
    ("audit", "corrects"),
    ("audit", "number", "id", "state", "place"),
    ("audit", "place", "quarter", "id", "state"),
    ("audit", "planned_on", "id", "state", "place"),
    ("audit", "programme"),
    ("audit", "quarter", "id", "state", "place"),
    ("audit", "schedule"),
    ("audit", "state", "planned_on", "id"),
    ("sample", "audit"),
    ("sample", "seed"),
    ("sample_item", "decision"),
    ("sample_item", "sample", "position"),
    ("judgement", "audit", "decision", "goal", "auditor"),
    ("judgement", "auditor", "quarter", "goal", "place", "verdict"),
    ("judgement", "decision"),
    ("agreed_verdict", "audit", "decision", "goal", "verdict"),
    ("auditee_response", "audit"),
    ("auditee_response", "finding"),
    ("calibration_session", "begun_at", "id"),
    ("calibration_rating", "session", "round"),
)

_TEXTS = {"finding": ("subject",), "evidence": ("subject", "stance")}
"""Columns that what was there before has, with nothing in them."""
_COUNTED = ["quarter", "goal", "place", "is_lead", "verdict", "audit", "decision", "auditor", "handed_in_at"]
_NEW_INDEXES = (("finding", "goal"), ("finding", "subject"), ("evidence", "subject"))
_SEARCHED = {
    "goal": ("code", "title", "statement", "need"),
    "decision": ("number", "title", "why", "key"),
    "escalation": ("number", "title", "asked"),
    "audit": ("number", "title"),
    "calibration_session": ("number", "title"),
}


def upgrade() -> None:
    """Lay the tables; findings name their goal, findings and evidence what they are about."""
    for name, columns in _TABLES.items():
        _lay(name, columns)
    for table, *columns in _INDEXES:
        op.create_index(op.f(f"ix_{table}_{'_'.join(columns)}"), table, columns)
    op.create_index(op.f("ix_judgement_counted"), "judgement", _COUNTED)
    for table, names in _TEXTS.items():
        for name in names:
            op.add_column(table, sa.Column(name, sa.Text(), nullable=False, server_default=sa.text("''")))
    with op.batch_alter_table("finding", recreate="auto") as altered:  # SQLite adds no reference that has a name
        altered.add_column(sa.Column("goal", sa.String(length=36), nullable=True))
        altered.create_foreign_key(op.f("fk_finding_goal_goal"), "goal", ["goal"], ["uid"])
    for table, *columns in _NEW_INDEXES:
        op.create_index(op.f(f"ix_{table}_{'_'.join(columns)}"), table, columns)
    for noun, fields in _SEARCHED.items():
        _lay_search(noun, fields)


def downgrade() -> None:
    """Take them away."""
    for noun in _SEARCHED:
        op.drop_table(f"{noun}_search")
    for table, *columns in _NEW_INDEXES:
        op.drop_index(op.f(f"ix_{table}_{'_'.join(columns)}"), table)
    with op.batch_alter_table("finding", recreate="auto") as altered:
        altered.drop_constraint(op.f("fk_finding_goal_goal"), type_="foreignkey")
        altered.drop_column("goal")
    for table, names in _TEXTS.items():
        for name in names:
            op.drop_column(table, name)
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
