"""The tables of what follows from findings: effect, rotations and promises, observations, times."""

from __future__ import annotations

from sqlalchemy import Column, Date, Float, Integer

from gemba.store.table_parts import count, indexed_by, json, moment, noun_table, of, words, yes

effect_check = noun_table(
    "effect_check",
    of("action", "action"),
    of("place", "place"),
    count("days"),
    Column("due", Date, nullable=False),
    of("assessment", "assessment", optional=True),
    *(words(name) for name in ("result", "note")),
    moment("looked_at", optional=True),
    moment("made_at"),
    of("person", "person"),
    *(indexed_by(name) for name in ("action", "assessment")),
    indexed_by("result", "due", "id", "place"),
)

rotation = noun_table(
    "rotation",
    words("number"),
    of("leader", "person"),
    of("place", "place"),
    *(words(name) for name in ("role", "quarter")),
    Column("planned_on", Date, nullable=False),
    Column("until", Date, nullable=False),
    *(words(name) for name in ("shift", "journey", "focus", "state")),
    of("assessment", "assessment", optional=True),
    moment("arrived_at", optional=True),
    moment("left_at", optional=True),
    words("note"),
    moment("made_at"),
    of("person", "person"),
    *(indexed_by(sort, "id", "state", "place") for sort in ("planned_on", "number", "quarter")),
    indexed_by("leader", "quarter"),
    indexed_by("place", "planned_on", "id", "state"),
    indexed_by("state", "planned_on", "id"),
    indexed_by("assessment"),
)

commitment = noun_table(
    "commitment",
    *(words(name) for name in ("number", "said", "text", "to")),
    of("place", "place"),
    words("role"),
    of("leader", "person", optional=True),
    of("rotation", "rotation", optional=True),
    of("assessment", "assessment", optional=True),
    of("action", "action", optional=True),
    words("step"),
    Column("made_on", Date, nullable=False),
    Column("due", Date, nullable=False),
    words("state"),
    Column("kept_on", Date),
    words("outcome"),
    moment("made_at"),
    of("person", "person"),
    *(indexed_by(name) for name in ("rotation", "assessment", "action", "leader")),
    *(indexed_by(sort, "id", "state", "place") for sort in ("due", "number", "made_on")),
    indexed_by("place", "made_on", "id", "state"),
    indexed_by("state", "due", "id"),
)

route = noun_table(
    "route",
    words("title"),
    of("place", "place"),
    *(words(name) for name in ("purpose", "layer")),
    json("walkers"),
    yes("in_turns"),
    of("template", "template", optional=True),
    of("schedule", "schedule", optional=True),
    yes("retired"),
    moment("made_at"),
    of("person", "person"),
    *(indexed_by(name) for name in ("place", "title")),
)

route_stop = noun_table(
    "route_stop",
    of("route", "route"),
    Column("position", Float, nullable=False),
    words("title"),
    of("place", "place", optional=True),
    *(words(name) for name in ("step", "look_for")),
    Column("minutes", Integer),
    yes("removed"),
    moment("made_at"),
    of("person", "person"),
    indexed_by("route", "position"),
)

observation = noun_table(
    "observation",
    of("assessment", "assessment"),
    of("place", "place"),
    words("sort"),
    yes("is_positive"),
    *(words(name) for name in ("text", "question", "answer", "coaching", "step", "cause")),
    of("finding", "finding", optional=True),
    of("alert", "go_and_see", optional=True),
    yes("removed"),
    moment("noted_at"),
    of("person", "person"),
    of("stop", "route_stop", optional=True),
    *(indexed_by(name) for name in ("assessment", "finding", "stop")),
    indexed_by("noted_at", "id", "sort", "place", "is_positive"),
    indexed_by("place", "noted_at", "id", "sort"),
    indexed_by("step", "cause"),
)

time_study = noun_table(
    "time_study",
    *(words(name) for name in ("number", "title")),
    of("place", "place"),
    of("process_map", "process_map", optional=True),
    words("role"),
    *(Column(name, Float, nullable=False) for name in ("precision", "confidence")),
    *(Column(name, Float) for name in ("demand", "available", "lead_time")),
    words("note"),
    moment("begun_at"),
    moment("ended_at", optional=True),
    of("person", "person"),
    indexed_by("begun_at", "id", "place"),
    indexed_by("process_map"),
)

time_element = noun_table(
    "time_element",
    of("study", "time_study"),
    Column("position", Float, nullable=False),
    *(words(name) for name in ("title", "category", "step")),
    yes("on_path"),
    yes("removed"),
    moment("made_at"),
    of("person", "person"),
    indexed_by("study", "position"),
)

time_reading = noun_table(
    "time_reading",
    of("study", "time_study"),
    of("element", "time_element"),
    count("cycle"),
    Column("seconds", Float, nullable=False),
    words("left_out"),
    moment("read_at"),
    of("person", "person"),
    indexed_by("study", "cycle"),
    indexed_by("element"),
)

governance_body = noun_table(
    "governance_body",
    *(words(name) for name in ("title", "purpose")),
    of("place", "place", optional=True),
    of("schedule", "schedule", optional=True),
    json("takes"),
    Column("quorum", Integer),
    yes("retired"),
    moment("made_at"),
    of("person", "person"),
    indexed_by("title"),
)

body_member = noun_table(
    "body_member",
    of("body", "governance_body"),
    words("role"),
    of("member", "person", optional=True),
    yes("is_chair"),
    Column("begins", Date, nullable=False),
    Column("ends", Date),
    moment("made_at"),
    of("person", "person"),
    *(indexed_by(name) for name in ("body", "ends")),
)

meeting = noun_table(
    "meeting",
    words("number"),
    of("body", "governance_body"),
    Column("planned_on", Date, nullable=False),
    Column("held_on", Date),
    json("agenda"),
    *(words(name) for name in ("present", "minutes")),
    json("decided"),
    *(words(name) for name in ("state", "reason")),
    moment("made_at"),
    of("person", "person"),
    indexed_by("body", "planned_on"),
    indexed_by("planned_on", "id", "state"),
)

pattern = noun_table(
    "pattern",
    *(words(name) for name in ("number", "title", "problem", "context", "capability", "data", "how", "proof")),
    of("place", "place", optional=True),
    *(words(name) for name in ("step", "cause")),
    of("action", "action", optional=True),
    json("links"),
    words("owner"),
    yes("retired"),
    moment("made_at"),
    of("person", "person"),
    indexed_by("step", "cause"),
    indexed_by("made_at", "id", "retired"),
    indexed_by("number", "id"),
)

transfer = noun_table(
    "transfer",
    words("number"),
    of("pattern", "pattern"),
    of("place", "place"),
    of("action", "action"),
    *(words(name) for name in ("adapted", "stopped_because")),
    moment("made_at"),
    of("person", "person"),
    *(indexed_by(name) for name in ("pattern", "action")),
    indexed_by("place", "id"),
    indexed_by("made_at", "id"),
)
