"""What customers said, for reading by the program: words of a set, words that people have coded, languages not told.

The words of a complaint are its verbatim, or its summary where no verbatim was kept. Sets are bounded: the newest ones.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, func, or_, select

from gemba.domain.causes import CauseDomain
from gemba.domain.record import Uid
from gemba.domain.suggestions import Suggestion
from gemba.domain.vocabularies import Facet
from gemba.store import vocabularies
from gemba.store.complaint_tables import cause_analysis, complaint
from gemba.store.measure_tables import suggestion
from gemba.store.reading import Reader

MOST = 100_000
"""Complaints that are read at once."""
Condition = ColumnElement[bool]
"""On a row of `complaint`."""
_SAID = func.coalesce(func.nullif(complaint.c.words, ""), complaint.c.summary)
_HAS_WORDS = or_(complaint.c.words != "", complaint.c.summary != "")


class Said(NamedTuple):
    """What one customer said."""

    uid: Uid
    number: str
    words: str


class Labelled(NamedTuple):
    """Words that a person has coded."""

    uid: Uid
    words: str
    code: str
    """Today's."""


def said(reader: Reader, conditions: Collection[ColumnElement[bool]], most: int = MOST) -> list[Said]:
    """The words of the newest complaints of a set, the newest first; those without a word are left out."""
    asked = select(complaint.c.uid, complaint.c.number, _SAID).where(*conditions, _HAS_WORDS)
    ordered = asked.order_by(complaint.c.received_at.desc(), complaint.c.id.desc()).limit(most)
    return [Said(*row) for row in reader.connection.execute(ordered)]


def how_many(reader: Reader, conditions: Collection[ColumnElement[bool]]) -> int:
    """How many complaints a set has, with words or without: looking at the words would read every row."""
    asked = select(func.count()).select_from(complaint).where(*conditions)
    return reader.connection.scalar(asked) or 0


def labelled(reader: Reader, facet: Facet, most: int) -> list[Labelled]:
    """The newest complaints that carry a code of a facet and words, sorted by uid; codes are today's."""
    column = complaint.c[facet]
    asked = select(complaint.c.uid, _SAID, column).where(column != "", _HAS_WORDS)
    rows = reader.connection.execute(asked.order_by(complaint.c.received_at.desc(), complaint.c.id.desc()).limit(most))
    today = vocabularies.crosswalk(reader, facet)
    return sorted(Labelled(uid, words, today.get(code, code)) for uid, words, code in rows)


def uncoded(facet: Facet) -> ColumnElement[bool]:
    """The condition that a complaint carries no code of a facet."""
    return complaint.c[facet] == ""


def without_language() -> ColumnElement[bool]:
    """The condition that a complaint's language is not told."""
    return complaint.c.language == ""


def not_linked() -> ColumnElement[bool]:
    """The condition that a complaint is not linked to another that says the same."""
    return complaint.c.duplicate_of.is_(None)


def suggestions(
    reader: Reader, facet: Facet | None = None, begins: date | None = None, ends: date | None = None
) -> list[Suggestion]:
    """What was suggested and decided on these days (UTC, both included); of each complaint and facet the last."""
    table = suggestion
    asked = select(table.c.uid).order_by(table.c.decided_at, table.c.id)
    if facet is not None:
        asked = asked.where(table.c.facet == facet)
    found = list(reader.many(Suggestion, list(reader.connection.scalars(asked))))
    within = [
        one
        for one in found
        if (begins is None or one.decided_at.date() >= begins) and (ends is None or one.decided_at.date() <= ends)
    ]
    return list({(one.complaint, one.facet): one for one in within}.values())


def analysed_domains(reader: Reader, complaints: Collection[Uid]) -> dict[Uid, CauseDomain]:
    """The domain that the last finished cause analysis ended on, of those of these complaints that have one."""
    table = cause_analysis
    finished = and_(table.c.complaint.is_not(None), table.c.finished_at.is_not(None), table.c.domain != "")
    rows = reader.connection.execute(
        select(table.c.complaint, table.c.domain).where(finished).order_by(table.c.finished_at, table.c.id)
    )
    wanted = set(complaints)
    return {uid: CauseDomain(domain) for uid, domain in rows if uid in wanted}
