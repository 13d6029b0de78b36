"""How decisions stand to goals: how many of each verdict, counted by the database.

One verdict counts for each audit, decision and goal: what both auditors agreed on, else what the lead auditor said;
what a second auditor said never counts by itself. Where two led the same audit one after the other and both judged a
case, the one who leads it now counts, else the later. Only audits that are concluded count, and in them only what was
handed in: until then one auditor must not learn what the other said, and the auditee has not answered. What is still
under way is told apart, without verdicts (`under_way`). Cancelled audits never count, nor does one that a concluded
audit corrects.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, FromClause, Select, and_, case, exists, func, or_, select, tuple_

from gemba.domain.judgements import AlignmentVerdict
from gemba.domain.programmes import AuditState
from gemba.domain.record import Uid
from gemba.errors import Refusal
from gemba.store.audit_tables import agreed_verdict, audit, judgement
from gemba.store.goal_tables import decision
from gemba.store.list_filters import places_below, unindexed
from gemba.store.reading import Reader

LEAD = judgement.alias("lead")
_other = judgement.alias("other")
_agreed = agreed_verdict.alias("agreed")
_later = audit.alias("later")


def _counting(field: str) -> ColumnElement[Any]:
    """What both agreed on, where they did; else what the lead auditor said."""
    return case((_agreed.c.uid.is_not(None), _agreed.c[field]), else_=LEAD.c[field])


counting: ColumnElement[Any] = func.coalesce(_agreed.c.verdict, LEAD.c.verdict)
"""The verdict that counts, of a row of `SOURCE`."""
_EXCEPTION = _counting("exception")
BY: Mapping[str, ColumnElement[Any]] = {
    "goal": LEAD.c.goal,
    "place": LEAD.c.place,
    "quarter": LEAD.c.quarter,
    "audit": LEAD.c.audit,
    "auditor": LEAD.c.auditor,
    "confidence": LEAD.c.confidence,
    "constraint": _counting("constraint"),
    "cause": _counting("cause"),
    "exception": case((_EXCEPTION != "", "yes"), else_="no"),
}
"""What may be counted apart: versions of goals by uid, places of decisions, and what was said of each case."""


class Which(msgspec.Struct, frozen=True, kw_only=True):
    """Which verdicts are meant; what is left out leaves nothing out."""

    quarters: tuple[str, ...] = ()
    """Of the decisions, `2026-Q4`."""
    goals: tuple[Uid, ...] | None = None
    """Versions and adaptations, by uid; an empty tuple means none at all."""
    place: Uid | None = None
    """With all below it."""
    audit: Uid | None = None
    auditor: Uid | None = None
    """Lead auditor."""
    verdicts: tuple[str, ...] = ()
    constraint: str | None = None
    cause: str | None = None
    unfinished: bool = False
    """Also audits that are not concluded; only for an audit's own report, once both auditors have handed in."""


class Tally(msgspec.Struct, frozen=True):
    """How many verdicts of each sort."""

    aligned: int = 0
    part: int = 0
    contrary: int = 0
    cannot_tell: int = 0

    @property
    def judged(self) -> int:
        """Those with evidence either way: what a rate is a share of."""
        return self.aligned + self.part + self.contrary

    @property
    def whole(self) -> int:
        """All verdicts."""
        return self.judged + self.cannot_tell

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.aligned + other.aligned,
            self.part + other.part,
            self.contrary + other.contrary,
            self.cannot_tell + other.cannot_tell,
        )


class Behind(msgspec.Struct, frozen=True):
    """One verdict that counts, and the records that it stands in."""

    audit: Uid
    decision: Uid
    goal: Uid
    judgement: Uid
    """The lead auditor's."""
    agreed: Uid | None
    """What both agreed on, where they did."""
    verdict: str
    place: Uid
    quarter: str


class UnderWay(msgspec.Struct, frozen=True):
    """What does not count yet: only how many, never which verdicts."""

    audits: int
    verdicts: int


Tallies = dict[tuple[str, ...], Tally]
"""By the values that were counted apart, in the order in which they were asked for."""


def tallies(reader: Reader, which: Which, by: Sequence[str]) -> Tallies:
    """Count the verdicts that count.

    Args:
        reader: of the store.
        which: those that are meant.
        by: what is counted apart (`BY`).

    Raises:
        Refusal: `store.unknown_alignment_category`.
    """
    for name in by:
        if name not in BY:
            raise Refusal("store.unknown_alignment_category", category=name, known=", ".join(BY))
    width = len(by)
    rows = reader.connection.execute(_asked(reader, which, by))
    found = {tuple(row[:width]): Tally(*(int(n or 0) for n in row[width:])) for row in rows}
    return {key: tally for key, tally in found.items() if tally.whole}


def _asked(reader: Reader, which: Which, by: Sequence[str]) -> Select[Any]:
    """The question; by goal and place in the order of the index first, so that few rows are left to be sorted."""
    if set(by) == {"goal", "place"}:
        parts = _asked(reader, which, ("quarter", *by)).subquery("parts")
        keys = [parts.c[f"by_{name}"] for name in by]
        sums = [func.sum(parts.c[verdict.value]) for verdict in AlignmentVerdict]
        return select(*keys, *sums).group_by(*keys)
    columns = [BY[name].label(f"by_{name}") for name in by]
    each = [
        func.sum(case((counting == verdict.value, 1), else_=0)).label(verdict.value) for verdict in AlignmentVerdict
    ]
    return select(*columns, *each).select_from(SOURCE).where(*meant(reader, which)).group_by(*columns)


def records_behind(reader: Reader, which: Which, *, most: int = 200) -> list[Behind]:
    """The verdicts that are counted, the newest decision first."""
    columns = (LEAD.c.audit, LEAD.c.decision, LEAD.c.goal, LEAD.c.uid, _agreed.c.uid, counting)
    source = SOURCE.join(decision, decision.c.uid == LEAD.c.decision)
    asked = (
        select(*columns, LEAD.c.place, LEAD.c.quarter)
        .select_from(source)
        .where(*meant(reader, which))
        .order_by(decision.c.decided_on.desc(), LEAD.c.id.desc())
        .limit(most)
    )
    return [Behind(*row) for row in reader.connection.execute(asked)]


def under_way(reader: Reader, which: Which) -> UnderWay:
    """What is judged in audits that are neither concluded nor cancelled."""
    ended = (AuditState.CONCLUDED, AuditState.CANCELLED)
    open_ones = audit.c.state.not_in([state.value for state in ended])
    few = LEAD.c.audit.in_(select(audit.c.uid).where(open_ones))
    held = [LEAD.c.is_lead.is_(True), few, *_led(open_ones), *_narrowed(reader, which)]
    asked = select(func.count(LEAD.c.audit.distinct()), func.count()).select_from(LEAD).where(*held)
    audits, verdicts = reader.connection.execute(asked).one()
    return UnderWay(audits, verdicts)


def quarters(reader: Reader) -> list[str]:
    """The quarters in which something counts, the oldest first."""
    asked = select(LEAD.c.quarter).distinct().where(LEAD.c.is_lead.is_(True), *_led(_audits(Which())))
    return sorted(reader.connection.scalars(asked))


SOURCE: FromClause = LEAD.outerjoin(
    _agreed,
    and_(
        _agreed.c.audit == LEAD.c.audit,
        _agreed.c.decision == LEAD.c.decision,
        _agreed.c.goal == LEAD.c.goal,
    ),
)

_NOW = select(audit.c.auditor).where(audit.c.uid == LEAD.c.audit).correlate(LEAD).scalar_subquery()
_ALONE = ~exists().where(
    _other.c.audit == LEAD.c.audit,
    _other.c.decision == LEAD.c.decision,
    _other.c.goal == LEAD.c.goal,
    _other.c.auditor != LEAD.c.auditor,
    _other.c.is_lead.is_(True),
    or_(
        _other.c.auditor == _NOW,
        _other.c.judged_at > LEAD.c.judged_at,
        and_(_other.c.judged_at == LEAD.c.judged_at, _other.c.auditor > LEAD.c.auditor),
    ),
)
"""Of one who led the audit before: no other lead auditor's judgement of the same case comes before this one."""


def meant(reader: Reader, which: Which) -> list[ColumnElement[bool]]:
    """The conditions on a row of `SOURCE`."""
    held = [LEAD.c.is_lead.is_(True), *_led(_audits(which))]
    if not which.unfinished:
        held.append(LEAD.c.handed_in_at.is_not(None))
    if which.verdicts:
        held.append(counting.in_(which.verdicts))
    if which.constraint is not None:
        held.append(BY["constraint"] == which.constraint)
    if which.cause is not None:
        held.append(BY["cause"] == which.cause)
    return [*held, *_narrowed(reader, which)]


def _narrowed(reader: Reader, which: Which) -> list[ColumnElement[bool]]:
    held: list[ColumnElement[bool]] = []
    if which.quarters:
        held.append(LEAD.c.quarter.in_(which.quarters))
    if which.goals is not None:
        held.append(LEAD.c.goal.in_(which.goals))
    if which.place is not None:
        held.append(LEAD.c.place.in_(places_below(reader, (which.place,))))
    if which.audit is not None:
        held.append(LEAD.c.audit == which.audit)
    if which.auditor is not None:
        held.append(LEAD.c.auditor == which.auditor)
    return held


def _audits(which: Which) -> ColumnElement[bool]:
    """Those that count: not one whose place a later one has taken, unless it is asked for by itself."""
    state = audit.c.state
    held = state != AuditState.CANCELLED.value if which.unfinished else state == AuditState.CONCLUDED.value
    if which.audit is not None:
        return held
    later = select(_later.c.corrects).where(
        _later.c.corrects.is_not(None), _later.c.state == AuditState.CONCLUDED.value
    )
    return and_(held, audit.c.uid.not_in(later))


def _led(audits: ColumnElement[bool]) -> list[ColumnElement[bool]]:
    """Judgements of those who lead such audits now; of others only where nobody else's comes before.

    The audits are few beside the judgements: they are listed once, and each judgement is looked up among them.
    """
    of, by = unindexed(LEAD.c.audit), unindexed(LEAD.c.auditor)
    leads_now = tuple_(of, by).in_(select(audit.c.uid, audit.c.auditor).where(audits))
    return [or_(leads_now, and_(of.in_(select(audit.c.uid).where(audits)), _ALONE))]
