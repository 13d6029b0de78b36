"""One table for each noun: its columns are the fields of the frozen value, and `id` for lists and joins.

What stands in these tables is a function of the journal (`gemba.store.projection`). A column that is no field of its
noun is local: it serves this store and never travels.
"""

from __future__ import annotations

from sqlalchemy import Column, Date, Float, Index, Integer, String, Table, Text, text

from gemba.domain.nouns import NAMES, NOUNS
from gemba.domain.record import Record
from gemba.store import (  # noqa: F401 - they lay their tables in `metadata`
    audit_tables,
    complaint_tables,
    goal_tables,
    improvement_tables,
    map_tables,
    measure_tables,
)
from gemba.store.columns import Json, Key
from gemba.store.table_parts import count, indexed_by, later, metadata, moment, noun_table, of, words, yes

place = noun_table(
    "place",
    words("name"),
    words("level"),
    of("parent", "place", optional=True),
    words("zone"),
    of("merged_into", "place", optional=True),
    indexed_by("parent"),
    indexed_by("name", "uid"),
    indexed_by("merged_into"),
)

person = noun_table(
    "person",
    words("name"),
    words("role"),
    Column("left_on", Date),
    of("same_as", "person", optional=True),
    indexed_by("same_as"),
)

template = noun_table(
    "template",
    words("form_id"),
    words("version"),
    words("title"),
    words("kind"),
    words("source"),
    words("source_name"),
    words("xform"),
    Column("languages", Json, nullable=False),
    count("questions"),
    moment("imported_at"),
    yes("retired"),
    later("repaired", Text, ""),
    later("files", Json, "{}"),
    later("overlay", Text, ""),
    later("region", Text, ""),
    of("core", "template", optional=True),
    indexed_by("form_id"),
    indexed_by("core"),
)

_ASSESSMENT_SORTS = ("started_at", "number", "title", "due", "concluded_at", "score")

assessment = noun_table(
    "assessment",
    words("number"),
    of("template", "template"),
    words("kind"),
    words("title"),
    of("place", "place"),
    of("person", "person"),
    words("state"),
    moment("started_at"),
    Column("due", Date),
    moment("concluded_at", optional=True),
    Column("score", Float),
    words("grade", optional=True),
    of("corrects", "assessment", optional=True),
    # Local: how far the own journal has come with anything of this assessment; custody is read off it.
    Column("touched", Key, nullable=False, server_default=text("0")),
    later("seed", Text, ""),
    later("subject", Text, ""),
    indexed_by("template"),
    indexed_by("subject"),
    indexed_by("person"),
    indexed_by("corrects"),
    # One for each sort, with the columns that filters test on the way (gemba.store.list_of).
    *(indexed_by(sort, "id", "state", "place") for sort in _ASSESSMENT_SORTS),
    indexed_by("state", "id", "place"),
    indexed_by("place", "id", "state"),
)

answer = noun_table(
    "answer",
    of("assessment", "assessment"),
    words("path"),
    words("value"),
    words("note"),
    words("origin"),
    indexed_by("assessment"),
)

evidence = noun_table(
    "evidence",
    of("assessment", "assessment", optional=True),
    words("path"),
    of("finding", "finding", optional=True),
    words("sha256"),
    words("name"),
    words("media_type"),
    count("size"),
    count("width"),
    count("height"),
    moment("added_at"),
    of("person", "person"),
    yes("removed"),
    later("marks", Json, "[]"),
    later("likeness", Text, ""),
    moment("taken_at", optional=True),
    later("subject", Text, ""),
    later("stance", Text, ""),
    of("beside", "evidence", optional=True),
    indexed_by("assessment"),
    indexed_by("finding"),
    indexed_by("subject"),
    indexed_by("sha256"),
    indexed_by("likeness"),
    indexed_by("beside"),
)

finding = noun_table(
    "finding",
    words("number"),
    of("assessment", "assessment"),
    of("place", "place"),
    words("path"),
    words("criterion"),
    words("grade"),
    words("text"),
    words("state"),
    moment("raised_at"),
    of("person", "person"),
    later("step", Text, ""),
    later("cause", Text, ""),
    later("subject", Text, ""),
    of("goal", "goal", optional=True),
    later("contained", Text, ""),
    moment("contained_at", optional=True),
    later("similar", Text, ""),
    later("similar_note", Text, ""),
    indexed_by("assessment"),
    indexed_by("step", "cause"),
    indexed_by("place", "step", "cause", "id"),
    indexed_by("goal"),
    indexed_by("subject"),
    *(indexed_by(sort, "id", "state", "grade", "place") for sort in ("raised_at", "number")),
    indexed_by("grade", "id", "state", "place"),
    indexed_by("state", "id", "grade", "place"),
    indexed_by("place", "id", "state", "grade"),
    indexed_by("person"),
)

action = noun_table(
    "action",
    words("number"),
    of("finding", "finding", optional=True),
    of("assessment", "assessment", optional=True),
    of("place", "place"),
    words("sort"),
    words("text"),
    words("owner"),
    Column("due", Date, nullable=False),
    words("state"),
    moment("done_at", optional=True),
    words("proof"),
    moment("added_at"),
    of("person", "person"),
    of("analysis", "cause_analysis", optional=True),
    later("lane", Text, "todo"),
    later("waits_for", Text, ""),
    *(Column(name, Integer) for name in ("impact", "reach", "confidence", "effort")),
    Column("live_on", Date),
    later("effect", Text, ""),
    moment("verified_at", optional=True),
    later("verification", Text, ""),
    later("similar", Text, ""),
    later("similar_note", Text, ""),
    later("reopened", Integer, "0"),
    later("reopened_because", Text, ""),
    Column("snoozed_until", Date),
    later("snoozed_because", Text, ""),
    of("goal", "goal", optional=True),
    of("merged_into", "action", optional=True),
    indexed_by("goal"),
    indexed_by("merged_into"),
    indexed_by("state", "due", "id", "place", "snoozed_until"),
    # All that a lane is ordered and narrowed by, so that the board is read without looking at a single action.
    Index(
        "ix_action_board",
        *("state", "lane", "impact", "reach", "confidence", "effort", "due", "id", "merged_into", "snoozed_until"),
        *("owner", "place", "goal", "added_at"),
    ),
    Index("ix_action_done", "state", "done_at", "merged_into", "id", "owner", "place", "goal", "added_at"),
    indexed_by("finding"),
    indexed_by("assessment"),
    indexed_by("analysis"),
    *(indexed_by(sort, "id", "state", "place") for sort in ("due", "number", "owner")),
    indexed_by("state", "id", "place"),
    indexed_by("place", "id", "state"),
)

conclusion = noun_table(
    "conclusion",
    of("assessment", "assessment"),
    Column("score", Float),
    words("grade"),
    Column("sections", Json, nullable=False),
    Column("critical", Json, nullable=False),
    count("unanswered"),
    words("summary"),
    moment("concluded_at"),
    of("person", "person"),
    later("scales", Json, "{}"),
    Column("core_score", Float),
    Column("seconds", Integer),
    later("said", Json, "{}"),
    indexed_by("assessment"),
)

report = noun_table(
    "report",
    of("assessment", "assessment", optional=True),
    words("report"),
    words("sha256"),
    words("name"),
    moment("issued_at"),
    of("person", "person"),
    later("subject", Text, ""),
    indexed_by("assessment"),
    indexed_by("subject"),
)

draft_migration = noun_table(
    "draft_migration",
    of("assessment", "assessment"),
    of("before", "template"),
    of("after", "template"),
    Column("moved", Json, nullable=False),
    Column("pointers", Json, nullable=False),
    moment("moved_at"),
    of("person", "person"),
    moment("undone_at", optional=True),
    indexed_by("assessment"),
)

bank_item = noun_table(
    "bank_item",
    words("title"),
    Column("tags", Json, nullable=False),
    Column("survey", Json, nullable=False),
    Column("choices", Json, nullable=False),
    moment("saved_at"),
    of("person", "person"),
    yes("removed"),
)

erasure = noun_table(
    "erasure",
    words("noun"),
    Column("entity", String(36), nullable=False),
    Column("blobs", Json, nullable=False),
    words("reason"),
    moment("ordered_at"),
    of("person", "person"),
    indexed_by("entity"),
)

settlement = noun_table(
    "settlement",
    words("noun"),
    Column("entity", String(36), nullable=False),
    Column("fields", Json, nullable=False),
    Column("sides", Json, nullable=False),
    Column("chosen", Json, nullable=False),
    words("reason"),
    moment("settled_at"),
    of("person", "person"),
    indexed_by("entity"),
)

TABLES: dict[str, Table] = {name: metadata.tables[name] for name in NOUNS}
"""The table of each noun."""

REFERENCES: dict[str, dict[str, str]] = {
    name: {key.parent.name: key.column.table.name for key in table.foreign_keys} for name, table in TABLES.items()
}
"""Of each noun: its fields that name another record, and the noun that they name."""


def table_of(noun: type[Record]) -> Table:
    """The table that keeps records of this class."""
    return TABLES[NAMES[noun]]
