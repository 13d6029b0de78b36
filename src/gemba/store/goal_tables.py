"""The tables of what was promised, what sites decide by themselves, and what they cannot settle."""

from __future__ import annotations

from sqlalchemy import Column, Date, Float, Integer

from gemba.store.table_parts import count, indexed_by, json, moment, noun_table, of, words, yes

goal = noun_table(
    "goal",
    words("code"),
    count("version"),
    *(words(name) for name in ("title", "statement", "need", "owner")),
    of("place", "place", optional=True),
    of("core", "goal", optional=True),
    of("replaces", "goal", optional=True),
    words("reason"),
    *(json(name) for name in ("anchors", "items", "links")),
    Column("valid_from", Date, nullable=False),
    Column("valid_to", Date),
    Column("retired_on", Date),
    words("retired_because"),
    moment("made_at"),
    of("person", "person"),
    indexed_by("code", "version"),
)

requirement = noun_table(
    "requirement",
    of("goal", "goal"),
    *(words(name) for name in ("driver", "measured_by")),
    of("measure", "measure", optional=True),
    words("bound"),
    Column("target", Float),
    *(words(name) for name in ("unit", "owner")),
    json("items"),
    yes("retired"),
    moment("made_at"),
    of("person", "person"),
    indexed_by("goal"),
)

service_level = noun_table(
    "service_level",
    words("title"),
    of("goal", "goal", optional=True),
    of("place", "place", optional=True),
    *(words(name) for name in ("provider", "customer", "unit", "bound")),
    Column("promised", Float, nullable=False),
    Column("expected", Float),
    words("expected_from"),
    Column("achieved", Float),
    Column("achieved_on", Date),
    of("measure", "measure", optional=True),
    words("owner"),
    Column("review_by", Date),
    Column("valid_from", Date, nullable=False),
    Column("valid_to", Date),
    yes("retired"),
    moment("made_at"),
    of("person", "person"),
    indexed_by("goal"),
)

boundary = noun_table(
    "boundary",
    *(words(name) for name in ("scenario", "title", "role")),
    Column("limit", Float),
    *(words(name) for name in ("unit", "condition", "escalate_to")),
    of("place", "place", optional=True),
    of("goal", "goal", optional=True),
    Column("valid_from", Date, nullable=False),
    Column("valid_to", Date),
    yes("retired"),
    words("reason"),
    moment("made_at"),
    of("person", "person"),
    indexed_by("scenario", "role"),
)

decision = noun_table(
    "decision",
    *(words(name) for name in ("number", "title", "why", "scenario", "role")),
    of("decider", "person", optional=True),
    of("place", "place"),
    Column("decided_on", Date, nullable=False),
    Column("customers", Integer),
    words("segment"),
    of("goal", "goal", optional=True),
    yes("contradicts"),
    of("boundary", "boundary", optional=True),
    Column("amount", Float),
    *(words(name) for name in ("unit", "effect")),
    yes("escalated"),
    words("standing"),
    words("exception"),
    Column("expires", Date),
    *(words(name) for name in ("source", "key")),
    moment("recorded_at"),
    of("person", "person"),
    # One for each sort, with the columns that filters and counts test on the way.
    indexed_by("decided_on", "id", "place", "standing", "role", "scenario", "goal", "contradicts", "exception"),
    indexed_by("number", "id"),
    indexed_by("place", "decided_on", "id", "standing", "role"),
    indexed_by("standing", "decided_on", "id"),
    indexed_by("expires", "id"),
    indexed_by("source", "key"),
)

escalation = noun_table(
    "escalation",
    *(words(name) for name in ("number", "sort", "title")),
    of("place", "place"),
    *(words(name) for name in ("severity", "subject")),
    json("links"),
    of("goal", "goal", optional=True),
    *(words(name) for name in ("tried", "asked", "customer_side", "other_side")),
    count("tier"),
    *(words(name) for name in ("owner", "forum")),
    moment("raised_at"),
    moment("due_at", optional=True),
    words("next_step"),
    Column("next_by", Date),
    *(words(name) for name in ("state", "outcome", "decided_by")),
    moment("decided_at", optional=True),
    Column("expires", Date),
    of("person", "person"),
    indexed_by("subject"),
    *(indexed_by(sort, "id", "state", "sort", "place") for sort in ("raised_at", "number", "due_at")),
    indexed_by("state", "due_at", "id"),
    indexed_by("place", "id", "state"),
    indexed_by("decided_at", "id", "state"),
    indexed_by("expires", "id", "state"),
)

escalation_step = noun_table(
    "escalation_step",
    of("escalation", "escalation"),
    words("sort"),
    count("tier"),
    *(words(name) for name in ("owner", "text")),
    moment("due_at", optional=True),
    moment("happened_at"),
    of("person", "person"),
    indexed_by("escalation", "happened_at"),
    indexed_by("sort", "escalation", "happened_at"),  # how often reviews have looked at each
)

escalation_tier = noun_table(
    "escalation_tier",
    *(words(name) for name in ("sort", "severity")),
    of("place", "place", optional=True),
    count("tier"),
    words("owner"),
    count("hours"),
    words("forum"),
    Column("valid_from", Date, nullable=False),
    yes("retired"),
    words("reason"),
    moment("made_at"),
    of("person", "person"),
    indexed_by("sort", "tier"),
)
