"""What the sites of the demonstration decided by themselves, and how far they may."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta

import msgspec

from gemba.domain.people import Person, Role
from gemba.domain.quarters import days_of, quarter_of, quarters_until
from gemba.domain.record import Uid
from gemba.wording import text
from gemba.work import boundaries, decisions
from gemba.work.boundaries import BoundaryDraft
from gemba.work.desk import Desk

QUARTERS = 3
"""Finished quarters of which decisions are told, besides the one that runs."""
_A_QUARTER = 6
"""Decisions of a site."""
_SEED = 11


class _Case(msgspec.Struct, frozen=True):
    """A kind of decision of the demonstration."""

    scenario: str
    role: str
    title: str
    why: str
    most: float
    """The largest amount, in euros or days."""
    unit: str


def decide(desk: Desk, sites: list[Uid]) -> None:
    """Put boundaries and the decisions of a year; goals are there already.

    Args:
        desk: of the demonstration store.
        sites: four places.
    """
    _boundaries(msgspec.structs.replace(desk, clock=lambda: desk.clock() - timedelta(days=500)))
    _decide(desk, sites)


def _boundaries(then: Desk) -> None:
    clerk, lead, region = text("Counter clerk"), text("Branch lead"), text("Region lead")
    told = (
        ("refund", text("Refund of a fee"), clerk, 25.0, "EUR", lead, "fair-fees"),
        ("refund", text("Refund of a fee"), lead, 150.0, "EUR", region, "fair-fees"),
        ("late", text("A date that cannot be kept"), lead, 2.0, text("days"), region, "kept-dates"),
        ("closed_counter", text("A counter is closed"), lead, 1.0, text("days"), region, "one-visit"),
    )
    for scenario, title, role, limit, unit, above, goal in told:
        boundaries.set_boundary(
            then,
            BoundaryDraft(
                scenario=scenario,
                title=title,
                role=role,
                limit=limit,
                unit=unit,
                escalate_to=above,
                goal=goal,
                valid_from=then.clock().date(),
                reason=text("To begin with"),
            ),
        )


def _cases() -> tuple[_Case, ...]:
    clerk, lead = text("Counter clerk"), text("Branch lead")
    days = text("days")
    return (
        _Case(
            "refund", clerk, text("Fee given back at the counter"), text("Our letter had the wrong amount."), 40, "EUR"
        ),
        _Case(
            "refund", lead, text("Fee given back after a complaint"), text("The customer had paid twice."), 190, "EUR"
        ),
        _Case("late", lead, text("Appointment moved to the next week"), text("Two colleagues were ill."), 5, days),
        _Case(
            "closed_counter",
            lead,
            text("One counter closed over noon"),
            text("The plan had one person too few."),
            1,
            days,
        ),
        _Case("receipt", clerk, text("No refund without the receipt"), text("The system asks for its number."), 0, ""),
    )


def _decide(desk: Desk, sites: list[Uid]) -> None:
    chance = random.Random(_SEED)  # noqa: S311 - a story, not a secret
    people = [
        Person(uid=desk.ids(), name=text("Site {n}", n=n + 1), role=Role.PROCESS_OWNER) for n in range(len(sites))
    ]
    with desk.unit() as unit:
        for person in people:
            unit.put(person)
    today = desk.clock().date()
    for quarter in quarters_until(quarter_of(today), QUARTERS + 1):
        begins, ends = days_of(quarter)
        for site, person in zip(sites, people, strict=True):
            for _ in range(_A_QUARTER):
                day = begins + timedelta(days=chance.randrange((min(ends, today) - begins).days + 1))
                _one(_at(desk, person, day), site, chance.choice(_cases()), day, chance)


def _at(desk: Desk, person: Person, day: date) -> Desk:
    """The desk of a person on a day, at noon, or now if that is still to come."""
    noon = datetime.combine(day, datetime.min.time(), desk.clock().tzinfo) + timedelta(hours=12)
    return msgspec.structs.replace(desk, person=person, clock=lambda: min(noon, desk.clock()))


def _one(then: Desk, site: Uid, case: _Case, day: date, chance: random.Random) -> None:
    amount = round(case.most * chance.random() ** 1.5, 0) or 1.0
    decisions.record(
        then,
        title=case.title,
        why=case.why,
        scenario=case.scenario,
        role=case.role,
        place=site,
        decided_on=day,
        customers=chance.randint(1, 12),
        amount=amount if case.unit else None,
        unit=case.unit,
        escalated=chance.random() < 0.12,
    )
