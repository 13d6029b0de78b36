"""The tables of complaints, how they came, how they are reviewed, and why they happened."""

from __future__ import annotations

from sqlalchemy import Column, Date, Index, Integer, Text, text

from gemba.store.table_parts import count, indexed_by, json, moment, noun_table, of, partial, words, yes

vocabulary = noun_table(
    "vocabulary",
    words("facet"),
    count("version"),
    *(json(name) for name in ("terms", "parents", "domains", "crosswalk")),
    words("reason"),
    moment("released_at"),
    of("person", "person"),
    indexed_by("facet", "version"),
)

intake = noun_table(
    "intake",
    words("source"),
    words("file_name"),
    words("file_sha256"),
    *(json(name) for name in ("reading", "mapping", "columns")),
    *(count(name) for name in ("added", "changed", "unchanged", "refused")),
    moment("imported_at"),
    of("person", "person"),
    indexed_by("imported_at"),
)

complaint_lot = noun_table(
    "complaint_lot",
    of("intake", "intake"),
    words("rows"),
    count("count"),
    of("person", "person"),
    # Local: the kept bytes whose rows stand in `complaint`; differs from `rows` while those are still to be laid.
    Column("laid", Text, nullable=False, server_default=text("''")),
    indexed_by("intake"),
)

_ASKED = ("state", "severity", "place", "product", "step", "channel", "segment", "cause", "source")
"""What lists, counts and charts ask about."""
_IS_WAITING = "due_at IS NOT NULL AND told_at IS NULL AND closed_at IS NULL"
_IS_LINKED = "duplicate_of IS NOT NULL"
_IS_TO_BE_DELETED = "delete_by IS NOT NULL"

complaint = noun_table(
    "complaint",
    words("number"),
    words("source"),
    words("key"),
    moment("received_at"),
    Column("occurred_on", Date),
    of("place", "place", optional=True),
    *(words(name) for name in ("product", "step", "channel", "segment", "cause", "severity")),
    *(words(name) for name in ("customer", "contact", "words", "language", "summary", "remedy_sought")),
    *(words(name) for name in ("consent", "redaction", "redacted_words", "purpose")),
    Column("delete_by", Date),
    words("owner"),
    words("state"),
    *(moment(f"{name}_at", optional=True) for name in ("acknowledged", "assessed", "investigating", "decided")),
    *(moment(f"{name}_at", optional=True) for name in ("told", "closed", "reopened")),
    count("reopened"),
    moment("due_at", optional=True),
    yes("paused"),
    *(words(name) for name in ("decision", "answer", "told_back", "similar", "similar_note")),
    of("duplicate_of", "complaint", optional=True),
    json("more"),
    moment("recorded_at"),
    of("person", "person"),
    # Local: the lot that says what no operation says; none for those entered by hand.
    of("lot", "complaint_lot", optional=True),
    indexed_by("lot"),
    indexed_by("number", "id"),
    *(indexed_by(name, "id") for name in ("state", "severity", "place")),
    # The newest first, narrowed and counted by anything that a list or chart asks about, without a look at the rows.
    Index("ix_complaint_received", "received_at", "id", *_ASKED, "duplicate_of"),
    # Only of those whose customers wait, the first to run out first.
    partial("ix_complaint_waiting", "due_at", "id", "paused", "state", where=_IS_WAITING),
    # Only of those linked to another, so that they can be taken off a count.
    partial("ix_complaint_linked", "duplicate_of", "received_at", *_ASKED, where=_IS_LINKED),
    # Only of those with a day by which what tells of a person goes.
    partial("ix_complaint_to_be_deleted", "delete_by", "id", where=_IS_TO_BE_DELETED),
)

clock_pause = noun_table(
    "clock_pause",
    of("complaint", "complaint"),
    moment("begun_at"),
    moment("ended_at", optional=True),
    words("reason"),
    of("person", "person"),
    indexed_by("complaint"),
)

clock_target = noun_table(
    "clock_target",
    words("severity"),
    of("place", "place", optional=True),
    Column("acknowledge_hours", Integer),
    Column("tell_hours", Integer),
    Column("valid_from", Date, nullable=False),
    words("reason"),
    yes("retired"),
    of("person", "person"),
)

complaint_review = noun_table(
    "complaint_review",
    words("number"),
    words("title"),
    of("place", "place", optional=True),
    Column("begins", Date, nullable=False),
    Column("ends", Date, nullable=False),
    json("filters"),
    words("drawing"),
    words("seed"),
    count("frame_count"),
    words("frame_sha256"),
    count("count"),
    words("drawn"),
    words("state"),
    words("summary"),
    moment("drawn_at"),
    moment("concluded_at", optional=True),
    of("person", "person"),
    indexed_by("drawn_at", "id", "state"),
)

cause_analysis = noun_table(
    "cause_analysis",
    words("number"),
    of("complaint", "complaint", optional=True),
    of("review", "complaint_review", optional=True),
    of("finding", "finding", optional=True),
    of("place", "place", optional=True),
    *(words(name) for name in ("step", "cause", "problem", "contained")),
    json("whys"),
    yes("ends_on_person"),
    json("heads"),
    *(words(name) for name in ("domain", "sort", "escape")),
    json("steps"),
    moment("finished_at", optional=True),
    moment("begun_at"),
    of("person", "person"),
    *(indexed_by(name) for name in ("complaint", "review", "finding")),
    indexed_by("begun_at", "id"),
    indexed_by("step", "cause"),
)

cluster_decision = noun_table(
    "cluster_decision",
    of("review", "complaint_review"),
    words("step"),
    words("cause"),
    of("place", "place", optional=True),
    words("proposed"),
    json("clauses"),
    json("figures"),
    words("decided"),
    words("reason"),
    of("analysis", "cause_analysis", optional=True),
    moment("decided_at"),
    of("person", "person"),
    indexed_by("review"),
    indexed_by("step", "cause"),
)
