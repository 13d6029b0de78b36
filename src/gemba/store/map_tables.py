"""The tables of the way of the work, of what is measured beside complaints, and of registers."""

from __future__ import annotations

from sqlalchemy import Column, Date, Float, Integer

from gemba.store.table_parts import count, indexed_by, json, moment, noun_table, of, words, yes

process_map = noun_table(
    "process_map",
    words("title"),
    of("place", "place", optional=True),
    *(words(name) for name in ("begins_with", "ends_with", "owner")),
    Column("review_by", Date),
    Column("demand", Float),
    Column("available", Float),
    yes("retired"),
    moment("made_at"),
    of("person", "person"),
)

process_step = noun_table(
    "process_step",
    of("process_map", "process_map"),
    Column("position", Float, nullable=False),
    *(words(name) for name in ("code", "title", "sort", "owner")),
    *(Column(name, Float) for name in ("cycle", "wait", "value_adding", "rework")),
    yes("hand_off"),
    Column("people", Integer),
    words("evidence"),
    yes("removed"),
    indexed_by("process_map"),
)

pin = noun_table(
    "pin",
    of("step", "process_step"),
    words("sort"),
    words("pinned"),
    words("text"),
    words("severity"),
    yes("removed"),
    moment("pinned_at"),
    of("person", "person"),
    indexed_by("step"),
)

go_and_see = noun_table(
    "go_and_see",
    words("question"),
    of("place", "place", optional=True),
    *(words(name) for name in ("step", "sort", "origin", "state")),
    of("assessment", "assessment", optional=True),
    words("seen"),
    moment("seen_at", optional=True),
    moment("raised_at"),
    of("person", "person"),
    indexed_by("state", "place"),
    indexed_by("assessment"),
    indexed_by("origin"),
)

survey = noun_table(
    "survey",
    words("instrument"),
    of("place", "place", optional=True),
    words("segment"),
    Column("begins", Date, nullable=False),
    Column("ends", Date, nullable=False),
    json("counts"),
    Column("asked", Integer),
    count("asked_often"),
    words("source"),
    moment("imported_at"),
    of("person", "person"),
    indexed_by("instrument", "begins"),
)

discrepancy = noun_table(
    "discrepancy",
    of("complaint", "complaint", optional=True),
    of("place", "place", optional=True),
    words("step"),
    words("what"),
    Column("told", Float, nullable=False),
    Column("logged", Float, nullable=False),
    words("unit"),
    words("explanation"),
    moment("settled_at", optional=True),
    moment("noted_at"),
    of("person", "person"),
    indexed_by("complaint"),
)

risk = noun_table(
    "risk",
    of("process_map", "process_map", optional=True),
    *(words(name) for name in ("step", "mode", "effect", "cause")),
    *(count(name) for name in ("technical", "customer", "occurrence", "detection")),
    *(words(name) for name in ("control", "owner", "action")),
    Column("review_by", Date),
    yes("retired"),
    moment("judged_at"),
    of("person", "person"),
    indexed_by("process_map"),
    indexed_by("step"),
)

register_entry = noun_table(
    "register_entry",
    *(words(name) for name in ("register", "number", "title")),
    of("place", "place", optional=True),
    *(words(name) for name in ("step", "owner", "state")),
    Column("review_by", Date),
    json("fields"),
    json("links"),
    moment("made_at"),
    moment("changed_at"),
    of("person", "person"),
    indexed_by("register", "made_at", "id", "state"),
    indexed_by("register", "review_by"),
)
