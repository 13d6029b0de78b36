"""The tables of numbers over time, and of what is kept for how long."""

from __future__ import annotations

from sqlalchemy import Column, Date, Float

from gemba.store.table_parts import count, indexed_by, json, moment, noun_table, of, words, yes

measure = noun_table(
    "measure",
    words("code"),
    words("title"),
    words("sort"),
    of("place", "place", optional=True),
    json("filters"),
    json("of"),
    of("exposure", "measure", optional=True),
    *(words(name) for name in ("period", "unit", "direction")),
    yes("is_customer"),
    words("chart"),
    json("rules"),
    Column("false_alarms", Float),
    count("false_alarm_points"),
    yes("triggers_review"),
    yes("retired"),
    moment("made_at"),
    of("person", "person"),
    indexed_by("code"),
)

measure_value = noun_table(
    "measure_value",
    of("measure", "measure"),
    Column("begins", Date, nullable=False),
    Column("value", Float, nullable=False),
    Column("size", Float),
    of("person", "person"),
    indexed_by("measure", "begins"),
)

frozen_baseline = noun_table(
    "frozen_baseline",
    of("measure", "measure"),
    words("chart"),
    *(Column(name, Date, nullable=False) for name in ("begins", "ends", "holds_from")),
    count("points"),
    json("figures"),
    yes("provisional"),
    words("reason"),
    moment("frozen_at"),
    of("person", "person"),
    indexed_by("measure", "holds_from"),
)

signal = noun_table(
    "signal",
    of("measure", "measure"),
    words("rule"),
    Column("begins", Date, nullable=False),
    Column("seen", Date, nullable=False),
    Column("value", Float, nullable=False),
    Column("limit", Float),
    words("state"),
    Column("snoozed_until", Date),
    words("reason"),
    of("review", "complaint_review", optional=True),
    moment("raised_at"),
    of("person", "person"),
    indexed_by("measure", "rule"),
    indexed_by("state", "raised_at"),
)

suggestion = noun_table(
    "suggestion",
    of("complaint", "complaint"),
    words("facet"),
    words("suggested"),
    Column("confidence", Float, nullable=False),
    words("model"),
    words("final"),
    moment("decided_at"),
    of("person", "person"),
    indexed_by("complaint"),
    indexed_by("facet", "decided_at"),
)

retention_rule = noun_table(
    "retention_rule",
    of("place", "place", optional=True),
    words("purpose"),
    count("days"),
    words("basis"),
    yes("needs_consent"),
    yes("retired"),
    moment("made_at"),
    of("person", "person"),
)

disclosure = noun_table(
    "disclosure",
    words("about"),
    count("records"),
    words("sha256"),
    words("reason"),
    moment("disclosed_at"),
    of("person", "person"),
)
