"""What is known of sites when audits are chosen by risk: counted by the database, one question for all sites each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, time

from sqlalchemy import Table, and_, case, func, select

from gemba.domain.audit_risk import SiteSigns
from gemba.domain.complaints import Severity
from gemba.domain.measures import SignalState
from gemba.domain.programmes import AuditState
from gemba.domain.quarters import days_of, quarters_until
from gemba.domain.record import Uid
from gemba.store import alignment_counts
from gemba.store.audit_tables import audit
from gemba.store.complaint_tables import complaint
from gemba.store.goal_tables import boundary, decision, goal
from gemba.store.measure_tables import measure, signal
from gemba.store.reading import Reader
from gemba.store.tables import place as places

Counts = Mapping[Uid, float]
"""By site."""

_YEAR = 5
"""Quarters: the one that is planned and the four before it."""


def signs(reader: Reader, quarter: str, sites: Mapping[Uid, Uid]) -> list[SiteSigns]:
    """What is known of each site, in the order of their uids.

    Args:
        reader: of the store.
        quarter: that is planned.
        sites: of every place that counts, the site that it belongs to.
    """
    complaints, severe = _complaints(reader, quarter, sites)
    judged, aligned = _verdicts(reader, quarter, sites)
    now, before, deciders = _decided(reader, quarter, sites)
    counted: dict[str, Counts] = {
        "open_signals": _signals(reader, sites),
        "complaints": complaints,
        "severe": severe,
        "judged": judged,
        "aligned": aligned,
        "boundaries": _new_above(reader, quarter, sites, boundary),
        "goals": _new_above(reader, quarter, sites, goal),
        "deciders": deciders,
        "decisions": now,
    }
    since = _quarters_since(reader, quarter, sites)
    return [
        SiteSigns(
            site=site,
            quarters_since=since.get(site),
            decisions_before=before.get(site, 0) / (_YEAR - 1),
            **{name: int(counts.get(site, 0)) for name, counts in counted.items()},
        )
        for site in sorted(set(sites.values()))
    ]


def _signals(reader: Reader, sites: Mapping[Uid, Uid]) -> Counts:
    asked = (
        select(measure.c.place, func.count())
        .select_from(signal.join(measure, signal.c.measure == measure.c.uid))
        .where(signal.c.state != SignalState.CLOSED.value, measure.c.place.is_not(None))
        .group_by(measure.c.place)
    )
    return _added((tuple(row) for row in reader.connection.execute(asked)), sites)


def _complaints(reader: Reader, quarter: str, sites: Mapping[Uid, Uid]) -> tuple[Counts, Counts]:
    begins, ends = days_of(quarters_until(quarter, 2)[0])[0], days_of(quarter)[1]
    held = and_(
        complaint.c.received_at >= datetime.combine(begins, time.min, UTC),
        complaint.c.received_at <= datetime.combine(ends, time.max, UTC),
        complaint.c.place.is_not(None),
        complaint.c.duplicate_of.is_(None),
    )
    bad = case((complaint.c.severity.in_((Severity.HIGH.value, Severity.CRITICAL.value)), 1), else_=0)
    asked = select(complaint.c.place, func.count(), func.sum(bad)).where(held).group_by(complaint.c.place)
    rows = [tuple(row) for row in reader.connection.execute(asked)]
    return _added(((row[0], row[1]) for row in rows), sites), _added(((row[0], row[2]) for row in rows), sites)


def _verdicts(reader: Reader, quarter: str, sites: Mapping[Uid, Uid]) -> tuple[Counts, Counts]:
    before = quarters_until(quarter, _YEAR)[:-1]
    found = alignment_counts.tallies(reader, alignment_counts.Which(quarters=before), ("place",))
    judged = _added(((key[0], tally.judged) for key, tally in found.items()), sites)
    return judged, _added(((key[0], tally.aligned) for key, tally in found.items()), sites)


def _quarters_since(reader: Reader, quarter: str, sites: Mapping[Uid, Uid]) -> dict[Uid, int]:
    """Audits of a site itself, of what lies in it, and of what it lies in count."""
    held = and_(audit.c.state == AuditState.CONCLUDED.value, audit.c.quarter < quarter)
    asked = select(audit.c.place, func.max(audit.c.quarter)).where(held).group_by(audit.c.place)
    last: dict[Uid, str] = {row[0]: row[1] for row in reader.connection.execute(asked)}
    parents = _parents(reader)
    found: dict[Uid, str] = {}
    for place, site in sites.items():
        for each in (place, *_above(parents, place)):
            found[site] = max(found.get(site, ""), last.get(each, ""))
    return {site: _index(quarter) - _index(one) for site, one in found.items() if one}


def _new_above(reader: Reader, quarter: str, sites: Mapping[Uid, Uid], table: Table) -> Counts:
    """Boundaries or goals that began to hold at a site, in it, or above it, in the quarter or the one before."""
    begins, ends = days_of(quarters_until(quarter, 2)[0])[0], days_of(quarter)[1]
    columns = table.c
    held = and_(columns.valid_from >= begins, columns.valid_from <= ends, columns.place.is_not(None))
    asked = select(columns.place, func.count()).where(held).group_by(columns.place)
    new: dict[Uid, int] = {row[0]: row[1] for row in reader.connection.execute(asked)}
    if not new:
        return {}
    parents = _parents(reader)
    found = Counter(_added(new.items(), sites))
    for site in set(sites.values()):
        found[site] += sum(new.get(one, 0) for one in _above(parents, site))
    return found


def _decided(reader: Reader, quarter: str, sites: Mapping[Uid, Uid]) -> tuple[Counts, Counts, Counts]:
    """Decisions of the quarter, those of the four before it, and people who had not decided there in the year before.

    All in one walk over the decisions of a year and a half; a place where nobody decided before has no new people.
    """
    begins, ends = days_of(quarter)
    first, recent = (days_of(quarters_until(quarter, count)[0])[0] for count in (_YEAR, 2))
    day = decision.c.decided_on
    asked = (
        select(
            decision.c.place,
            decision.c.decider,
            func.min(day),
            func.sum(case((day >= begins, 1), else_=0)),
            func.sum(case((and_(day >= first, day < begins), 1), else_=0)),
        )
        .where(day >= days_of(quarters_until(quarter, _YEAR + 1)[0])[0], day <= ends)
        .group_by(decision.c.place, decision.c.decider)
    )
    rows = [tuple(row) for row in reader.connection.execute(asked)]
    known = {place for place, _, earliest, _, _ in rows if earliest < recent}
    new = ((row[0], 1) for row in rows if row[1] is not None and row[2] >= recent and row[0] in known)
    now, before = _added(((row[0], row[3]) for row in rows), sites), _added(((row[0], row[4]) for row in rows), sites)
    return now, before, _added(new, sites)


def _added(rows: Iterable[tuple[Uid, float]], sites: Mapping[Uid, Uid]) -> dict[Uid, float]:
    """Counts by place as counts by site; places outside are left out."""
    found: dict[Uid, float] = {}
    for place, count in rows:
        if place in sites:
            found[sites[place]] = found.get(sites[place], 0.0) + float(count)  # PostgreSQL adds up to decimals
    return found


def _parents(reader: Reader) -> dict[Uid, Uid | None]:
    return {row[0]: row[1] for row in reader.connection.execute(select(places.c.uid, places.c.parent))}


def _above(parents: Mapping[Uid, Uid | None], place: Uid) -> list[Uid]:
    """What a place belongs to; a tree that runs in a circle is walked once."""
    found: list[Uid] = []
    at = parents.get(place)
    while at is not None and at not in found:
        found.append(at)
        at = parents.get(at)
    return found


def _index(quarter: str) -> int:
    year, _, number = quarter.partition("-Q")
    return 4 * int(year) + int(number)
