"""Plan a quarter's audits by risk: a proposal of the riskiest sites, and audits of those that a person picks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

import msgspec

from gemba.domain.audit_risk import SiteRisk
from gemba.domain.change import Change
from gemba.domain.programmes import Audit, AuditState, Programme
from gemba.domain.quarters import days_of
from gemba.domain.record import Uid
from gemba.errors import Refusal
from gemba.store.reading import Reader
from gemba.store.unit import Unit
from gemba.work.audit_risk import site_risks
from gemba.work.desk import Desk
from gemba.work.plan_audits import Plan, planned
from gemba.work.programmes import not_closed
from gemba.work.records import known

_WEEKS = 6
"""After the quarter's end, when all of its decisions are there, audits are planned over so many weeks."""
GRACE = timedelta(14)
_SATURDAY = 5
_ASKED_FOR = frozenset({"work.audits_own", "work.independence_in_doubt"})


class Proposed(msgspec.Struct, frozen=True):
    """One site as the programme's table shows it."""

    risk: SiteRisk
    audit: Audit | None = None
    """What is planned there already by this programme."""


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """How the picked sites are planned."""

    sites: tuple[Uid, ...]
    first: date | None = None
    """First day on which an audit may be held; the day after the quarter when left out."""
    last: date | None = None
    """Last day; six weeks after the quarter when left out."""
    auditors: tuple[Uid, ...] = ()
    """Take turns, each where they are independent; whoever plans when left out."""
    second: Uid | None = None
    double_share: float = 0.0
    independent_because: str = ""


def candidates(reader: Reader, programme: Uid, weights: Mapping[str, float] | None = None) -> list[Proposed]:
    """All sites of a programme by risk, the riskiest first, with what is planned there."""
    about = known(reader, Programme, programme)
    there = {
        audit.place: audit
        for audit in reader.find(Audit, programme=programme)
        if audit.state is not AuditState.CANCELLED
    }
    risks = site_risks(reader, about.quarter, about.place, weights)
    return [Proposed(risk, there.get(risk.site)) for risk in risks]


def proposal(found: Sequence[Proposed], count: int) -> tuple[Uid, ...]:
    """The sites that would be picked next: the riskiest at which nothing is planned."""
    return tuple(one.risk.site for one in found if one.audit is None)[: max(0, count)]


def plan_sites(desk: Desk, programme: Uid, wanted: Wanted, weights: Mapping[str, float] | None = None) -> Change:
    """Plan an audit at each of the picked sites; the numbers by which each was chosen stay with it.

    Raises:
        Refusal: the programme is closed, a site is not of it or planned already, the days are backwards, or no auditor
            is independent at a site; then none is planned.
    """
    with desk.unit() as unit:
        about = not_closed(unit, programme)
        found = {one.risk.site: one for one in candidates(unit, programme, weights)}
        days = _days(about, wanted, len(wanted.sites))
        for at, site in enumerate(dict.fromkeys(wanted.sites)):
            if site not in found:
                raise Refusal("work.no_site_of_programme", number=about.number, uid=site)
            taken = found[site].audit
            if taken is not None:
                raise Refusal("work.site_planned", number=taken.number, programme=about.number)
            unit.put(_planned(unit, desk, about, wanted, found[site].risk, days[at], at))
        return unit.change_made(programme)


def _planned(
    unit: Unit, desk: Desk, programme: Programme, wanted: Wanted, risk: SiteRisk, day: date, turn: int
) -> Audit:
    """The audit of a site by the first auditor, from whose turn it is on, who is independent there."""
    auditors = wanted.auditors or (desk.person.uid,)
    refused: Refusal | None = None
    for step in range(len(auditors)):
        lead = auditors[(turn + step) % len(auditors)]
        plan = Plan(
            place=risk.site,
            quarter=programme.quarter,
            planned_on=day,
            due=day + GRACE,
            auditor=lead,
            second=wanted.second,
            double_share=wanted.double_share,
            programme=programme.uid,
            risk=risk.risk,
            risk_parts=risk.parts,
            independent_because=wanted.independent_because,
        )
        try:
            return planned(unit, desk, plan)
        except Refusal as refusal:
            if refusal.code not in _ASKED_FOR:
                raise
            refused = refused or refusal
    assert refused is not None
    raise refused


def _days(programme: Programme, wanted: Wanted, count: int) -> list[date]:
    """Working days, spread evenly: the riskiest site first."""
    after = days_of(programme.quarter)[1] + timedelta(1)
    first = wanted.first or after
    last = wanted.last or max(first, after + timedelta(7 * _WEEKS))
    if last < first:
        raise Refusal("work.programme_days", first=first.isoformat(), last=last.isoformat())
    every = [first + timedelta(at) for at in range((last - first).days + 1)]
    working = [day for day in every if day.weekday() < _SATURDAY] or every
    return [working[at * len(working) // count] for at in range(count)]
