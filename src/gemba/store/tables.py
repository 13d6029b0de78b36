"""One table for each noun: its columns are the fields of the frozen value, and `id` for lists and joins.

What stands in these tables is a function of the journal (`gemba.store.projection`). A column that is no field of its
noun is local: it serves this store and never travels.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Boolean, Column, Date, Float, ForeignKey, Index, Integer, MetaData, String, Table, Text, text

from gemba.domain.nouns import NAMES, NOUNS
from gemba.domain.record import Record
from gemba.store.columns import Json, Key, UtcDateTime

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def indexed_by(*columns: str) -> Index:
    """An index over these columns; its name follows from them."""
    return Index(None, *columns)


def _noun(name: str, *columns: Column[Any] | Index) -> Table:
    """A noun's table, with the local key and the travelling uid that each has."""
    return Table(
        name,
        metadata,
        Column("id", Key, primary_key=True),
        Column("uid", String(36), nullable=False, unique=True),
        *columns,
    )


def _words(name: str, *, optional: bool = False) -> Column[Any]:
    return Column(name, Text, nullable=optional)


def _later(name: str, kind: Any, value: str) -> Column[Any]:
    """A column that a later schema version added: rows that were there before have `value`."""
    return Column(name, kind, nullable=False, server_default=text(f"'{value}'"))


def _count(name: str) -> Column[Any]:
    return Column(name, Integer, nullable=False)


def _moment(name: str, *, optional: bool = False) -> Column[Any]:
    return Column(name, UtcDateTime, nullable=optional)


def _yes(name: str) -> Column[Any]:
    return Column(name, Boolean, nullable=False)


def _of(name: str, noun: str, *, optional: bool = False) -> Column[Any]:
    """A reference to the record of another noun, by uid."""
    return Column(name, String(36), ForeignKey(f"{noun}.uid"), nullable=optional)


place = _noun(
    "place",
    _words("name"),
    _words("level"),
    _of("parent", "place", optional=True),
    _words("zone"),
    indexed_by("parent"),
    indexed_by("name", "uid"),
)

person = _noun("person", _words("name"), _words("role"))

template = _noun(
    "template",
    _words("form_id"),
    _words("version"),
    _words("title"),
    _words("kind"),
    _words("source"),
    _words("source_name"),
    _words("xform"),
    Column("languages", Json, nullable=False),
    _count("questions"),
    _moment("imported_at"),
    _yes("retired"),
    _later("repaired", Text, ""),
    _later("files", Json, "{}"),
    _later("overlay", Text, ""),
    _later("region", Text, ""),
    _of("core", "template", optional=True),
    indexed_by("form_id"),
    indexed_by("core"),
)

_ASSESSMENT_SORTS = ("started_at", "number", "title", "due", "concluded_at", "score")

assessment = _noun(
    "assessment",
    _words("number"),
    _of("template", "template"),
    _words("kind"),
    _words("title"),
    _of("place", "place"),
    _of("person", "person"),
    _words("state"),
    _moment("started_at"),
    Column("due", Date),
    _moment("concluded_at", optional=True),
    Column("score", Float),
    _words("grade", optional=True),
    _of("corrects", "assessment", optional=True),
    # Local: how far the own journal has come with anything of this assessment; custody is read off it.
    Column("touched", Key, nullable=False, server_default=text("0")),
    _later("seed", Text, ""),
    indexed_by("template"),
    indexed_by("person"),
    indexed_by("corrects"),
    # One for each sort, with the columns that filters test on the way (gemba.store.list_of).
    *(indexed_by(sort, "id", "state", "place") for sort in _ASSESSMENT_SORTS),
    indexed_by("state", "id", "place"),
    indexed_by("place", "id", "state"),
)

answer = _noun(
    "answer",
    _of("assessment", "assessment"),
    _words("path"),
    _words("value"),
    _words("note"),
    _words("origin"),
    indexed_by("assessment"),
)

evidence = _noun(
    "evidence",
    _of("assessment", "assessment"),
    _words("path"),
    _of("finding", "finding", optional=True),
    _words("sha256"),
    _words("name"),
    _words("media_type"),
    _count("size"),
    _count("width"),
    _count("height"),
    _moment("added_at"),
    _of("person", "person"),
    _yes("removed"),
    _later("marks", Json, "[]"),
    _later("likeness", Text, ""),
    _moment("taken_at", optional=True),
    indexed_by("assessment"),
    indexed_by("finding"),
    indexed_by("sha256"),
    indexed_by("likeness"),
)

finding = _noun(
    "finding",
    _words("number"),
    _of("assessment", "assessment"),
    _of("place", "place"),
    _words("path"),
    _words("criterion"),
    _words("grade"),
    _words("text"),
    _words("state"),
    _moment("raised_at"),
    _of("person", "person"),
    indexed_by("assessment"),
    *(indexed_by(sort, "id", "state", "grade", "place") for sort in ("raised_at", "number")),
    indexed_by("grade", "id", "state", "place"),
    indexed_by("state", "id", "grade", "place"),
    indexed_by("place", "id", "state", "grade"),
    indexed_by("person"),
)

action = _noun(
    "action",
    _words("number"),
    _of("finding", "finding"),
    _of("assessment", "assessment"),
    _of("place", "place"),
    _words("sort"),
    _words("text"),
    _words("owner"),
    Column("due", Date, nullable=False),
    _words("state"),
    _moment("done_at", optional=True),
    _words("proof"),
    _moment("added_at"),
    _of("person", "person"),
    indexed_by("finding"),
    indexed_by("assessment"),
    *(indexed_by(sort, "id", "state", "place") for sort in ("due", "number", "owner")),
    indexed_by("state", "id", "place"),
    indexed_by("place", "id", "state"),
)

conclusion = _noun(
    "conclusion",
    _of("assessment", "assessment"),
    Column("score", Float),
    _words("grade"),
    Column("sections", Json, nullable=False),
    Column("critical", Json, nullable=False),
    _count("unanswered"),
    _words("summary"),
    _moment("concluded_at"),
    _of("person", "person"),
    _later("scales", Json, "{}"),
    Column("core_score", Float),
    Column("seconds", Integer),
    indexed_by("assessment"),
)

report = _noun(
    "report",
    _of("assessment", "assessment"),
    _words("report"),
    _words("sha256"),
    _words("name"),
    _moment("issued_at"),
    _of("person", "person"),
    indexed_by("assessment"),
)

draft_migration = _noun(
    "draft_migration",
    _of("assessment", "assessment"),
    _of("before", "template"),
    _of("after", "template"),
    Column("moved", Json, nullable=False),
    Column("pointers", Json, nullable=False),
    _moment("moved_at"),
    _of("person", "person"),
    _moment("undone_at", optional=True),
    indexed_by("assessment"),
)

bank_item = _noun(
    "bank_item",
    _words("title"),
    Column("tags", Json, nullable=False),
    Column("survey", Json, nullable=False),
    Column("choices", Json, nullable=False),
    _moment("saved_at"),
    _of("person", "person"),
    _yes("removed"),
)

erasure = _noun(
    "erasure",
    _words("noun"),
    Column("entity", String(36), nullable=False),
    Column("blobs", Json, nullable=False),
    _words("reason"),
    _moment("ordered_at"),
    _of("person", "person"),
    indexed_by("entity"),
)

settlement = _noun(
    "settlement",
    _words("noun"),
    Column("entity", String(36), nullable=False),
    Column("fields", Json, nullable=False),
    Column("sides", Json, nullable=False),
    Column("chosen", Json, nullable=False),
    _words("reason"),
    _moment("settled_at"),
    _of("person", "person"),
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
