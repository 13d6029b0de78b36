"""The tables of alignment audits: their programme, what was drawn, judged and agreed on, and how raters agree."""

from __future__ import annotations

from sqlalchemy import Column, Date, Float, Index, Integer

from gemba.store.columns import Json
from gemba.store.table_parts import count, indexed_by, json, later, moment, noun_table, of, partial, words, yes

_COUNTED = ("quarter", "goal", "place", "is_lead", "verdict", "audit", "decision", "auditor", "handed_in_at")
"""All that says which verdict of a case counts; together they are too long to be a name."""

programme = noun_table(
    "programme",
    *(words(name) for name in ("number", "title", "quarter")),
    of("place", "place", optional=True),
    json("goals"),
    *(words(name) for name in ("objective", "risks", "resources", "state", "learned")),
    moment("made_at"),
    moment("closed_at", optional=True),
    of("person", "person"),
    indexed_by("quarter", "id"),
)

schedule = noun_table(
    "schedule",
    *(words(name) for name in ("title", "subject")),
    of("place", "place", optional=True),
    of("template", "template", optional=True),
    *(words(name) for name in ("owner", "rule")),
    Column("starts", Date, nullable=False),
    Column("ends", Date),
    words("at"),
    Column("minutes", Integer),
    *(words(name) for name in ("zone", "working_day")),
    *(json(name) for name in ("week", "closed_on")),
    *(count(name) for name in ("grace_days", "spread_days")),
    words("seed"),
    yes("retired"),
    moment("made_at"),
    of("person", "person"),
    later("auditors", Json, "[]"),
    indexed_by("subject"),
)

audit = noun_table(
    "audit",
    *(words(name) for name in ("number", "title")),
    of("programme", "programme", optional=True),
    of("schedule", "schedule", optional=True),
    of("place", "place"),
    words("quarter"),
    Column("begins", Date, nullable=False),
    Column("ends", Date, nullable=False),
    json("goals"),
    Column("planned_on", Date, nullable=False),
    Column("due", Date),
    of("auditor", "person"),
    of("second", "person", optional=True),
    Column("double_share", Float, nullable=False),
    *(moment(name, optional=True) for name in ("lead_handed_in_at", "second_handed_in_at")),
    Column("risk", Float),
    json("risk_parts"),
    *(words(name) for name in ("independent_because", "state", "moved_because")),
    of("assessment", "assessment", optional=True),
    of("corrects", "audit", optional=True),
    moment("opened_at", optional=True),
    moment("concluded_at", optional=True),
    moment("made_at"),
    of("person", "person"),
    indexed_by("programme"),
    indexed_by("schedule"),
    indexed_by("assessment"),
    indexed_by("corrects"),
    *(indexed_by(sort, "id", "state", "place") for sort in ("planned_on", "number", "quarter")),
    indexed_by("state", "planned_on", "id"),
    indexed_by("place", "quarter", "id", "state"),
)

sample = noun_table(
    "sample",
    of("audit", "audit"),
    words("frame"),
    count("frame_count"),
    words("frame_sha256"),
    Column("begins", Date, nullable=False),
    Column("ends", Date, nullable=False),
    json("filters"),
    count("undated"),
    *(words(name) for name in ("method", "strata")),
    *(json(name) for name in ("sizes", "settings")),
    *(words(name) for name in ("seed", "algorithm")),
    *(count(name) for name in ("count", "double_count")),
    of("replaces", "sample", optional=True),
    words("reason"),
    moment("drawn_at"),
    of("person", "person"),
    indexed_by("audit"),
    indexed_by("seed"),
)

sample_item = noun_table(
    "sample_item",
    of("sample", "sample"),
    of("decision", "decision"),
    words("stratum"),
    count("position"),
    Column("weight", Float, nullable=False),
    yes("is_double"),
    indexed_by("sample", "position"),
    indexed_by("decision"),
)

_IS_EXCEPTED = "exception_until IS NOT NULL"

judgement = noun_table(
    "judgement",
    of("audit", "audit"),
    of("decision", "decision"),
    of("goal", "goal"),
    of("place", "place"),
    words("quarter"),
    of("auditor", "person"),
    yes("is_lead"),
    words("verdict"),
    *(words(name) for name in ("evidence_for", "evidence_against", "constraint", "confidence", "exception")),
    Column("exception_until", Date),
    *(words(name) for name in ("cause", "note")),
    moment("judged_at"),
    moment("handed_in_at", optional=True),
    yes("taken_back"),
    of("person", "person"),
    indexed_by("decision"),
    indexed_by("audit", "decision", "goal", "auditor"),
    # Counted by quarter, goal and place without a look at the rows.
    Index("ix_judgement_counted", *_COUNTED),
    indexed_by("auditor", "quarter", "goal", "place", "verdict"),
    # Only of those that a person let pass until a day.
    partial("ix_judgement_excepted", "exception_until", "id", where=_IS_EXCEPTED),
)

agreed_verdict = noun_table(
    "agreed_verdict",
    of("audit", "audit"),
    of("decision", "decision"),
    of("goal", "goal"),
    *(words(name) for name in ("verdict", "constraint", "exception")),
    Column("exception_until", Date),
    *(words(name) for name in ("cause", "reason")),
    json("judgements"),
    words("present"),
    moment("agreed_at"),
    of("person", "person"),
    indexed_by("audit", "decision", "goal", "verdict"),
)

auditee_response = noun_table(
    "auditee_response",
    of("audit", "audit"),
    of("finding", "finding"),
    *(words(name) for name in ("sort", "text", "role")),
    yes("is_late"),
    *(words(name) for name in ("outcome", "outcome_reason")),
    moment("settled_at", optional=True),
    moment("responded_at"),
    of("person", "person"),
    indexed_by("audit"),
    indexed_by("finding"),
)

calibration_session = noun_table(
    "calibration_session",
    *(words(name) for name in ("number", "title")),
    of("goal", "goal", optional=True),
    json("levels"),
    yes("is_ordered"),
    *(json(name) for name in ("cases", "standards", "anchors", "anchors_after")),
    *(words(name) for name in ("learned", "state")),
    moment("begun_at"),
    moment("closed_at", optional=True),
    of("person", "person"),
    indexed_by("begun_at", "id"),
)

calibration_rating = noun_table(
    "calibration_rating",
    of("session", "calibration_session"),
    words("case"),
    of("rater", "person"),
    count("round"),
    *(words(name) for name in ("level", "note")),
    moment("rated_at"),
    of("person", "person"),
    indexed_by("session", "round"),
)
