"""What the demonstration promised its customers: goals with their trees, service levels, a region's adaptation."""

from __future__ import annotations

from datetime import timedelta

import msgspec

from gemba.domain.goals import Bound
from gemba.domain.measures import Measure
from gemba.domain.places import Place
from gemba.domain.record import Uid
from gemba.wording import text
from gemba.work import goals, requirements, service_levels
from gemba.work.desk import Desk
from gemba.work.goals import NewAdaptation, NewGoal
from gemba.work.requirements import NewRequirement
from gemba.work.service_levels import NewServiceLevel


def promise(desk: Desk, sites: list[Uid]) -> dict[str, Uid]:
    """Put goals and service levels.

    Args:
        desk: of the demonstration store.
        sites: four places.

    Returns:
        The goals' uids by code.
    """
    long_ago = msgspec.structs.replace(desk, clock=lambda: desk.clock() - timedelta(days=500))
    return _goals(long_ago, desk, sites)


def _goals(then: Desk, desk: Desk, sites: list[Uid]) -> dict[str, Uid]:
    begins = then.clock().date()
    told = (
        (
            "told-first",
            text("Told before you ask"),
            text("When something changes, we tell you before you notice."),
            text("I want to know where I stand without calling."),
            text("Head of service"),
        ),
        (
            "one-visit",
            text("Settled in one visit"),
            text("What you come for is settled in one visit, or we come to you."),
            text("My time counts as much as yours."),
            text("Head of branches"),
        ),
        (
            "kept-dates",
            text("A date is a date"),
            text("A date that we give you is kept."),
            text("I plan my day by what you say."),
            text("Head of operations"),
        ),
        (
            "fair-fees",
            text("No fee for our mistakes"),
            text("You never pay for a mistake of ours."),
            text("I do not want to argue for what is right."),
            text("Head of finance"),
        ),
        (
            "one-voice",
            text("One voice"),
            text("Whoever you ask, you get the same answer."),
            text("I do not want to tell my story twice."),
            "",
        ),
    )
    found = {
        code: goals.add(
            then,
            NewGoal(code=code, title=title, statement=statement, need=need, owner=owner, valid_from=begins),
        ).uid
        for code, title, statement, need, owner in told
    }
    with desk.reader() as reader:
        measures = {measure.code: measure.uid for measure in reader.find(Measure)}
    trees = (
        ("told-first", text("Told in time"), text("complaints answered within 72 hours, of all severe ones"), "", 95.0),
        (
            "kept-dates",
            text("Nothing lost on the way"),
            text("complaints of lost applications a week"),
            "lost-papers",
            1,
        ),
        ("one-visit", text("Settled at once"), text("visits after which nothing is open, of all visits"), "", 85.0),
    )
    for code, driver, measured_by, measure, target in trees:
        requirements.require(
            desk,
            found[code],
            NewRequirement(
                driver=driver,
                measured_by=measured_by,
                measure=measures.get(measure),
                bound=Bound.AT_MOST if measure else Bound.AT_LEAST,
                target=target,
                unit=text("a week") if measure else "%",
                owner=text("Process owner"),
            ),
        )
    with desk.reader() as reader:
        there = reader.get(Place, sites[2])
    if there is not None and there.parent is not None:
        adaptation = NewAdaptation(
            place=there.parent,
            statement=text("What you come for is settled in one visit, or by phone on the next working day."),
            reason=text("The service centre of the region is being rebuilt."),
            valid_to=desk.clock().date() + timedelta(days=75),
        )
        goals.adapt(desk, found["one-visit"], adaptation)
    _levels(desk, found)
    return found


def _levels(desk: Desk, promised: dict[str, Uid]) -> None:
    today = desk.clock().date()
    told = (
        (
            text("Answer to a written question"),
            text("Branches"),
            text("Private customers"),
            48.0,
            24.0,
            41.0,
            "h",
            "told-first",
        ),
        (
            text("Loan decided"),
            text("Back office"),
            text("Branches"),
            5.0,
            3.0,
            7.0,
            text("working days"),
            "kept-dates",
        ),
        (
            text("New card in the post"),
            text("Card centre"),
            text("Private customers"),
            3.0,
            5.0,
            3.0,
            text("working days"),
            "",
        ),
    )
    for title, provider, customer, promised_value, expected, achieved, unit, goal in told:
        service_levels.add(
            desk,
            NewServiceLevel(
                title=title,
                provider=provider,
                customer=customer,
                promised=promised_value,
                expected=expected,
                expected_from=text("Interviews at the counter"),
                achieved=achieved,
                achieved_on=today - timedelta(days=12),
                unit=unit,
                bound=Bound.AT_MOST,
                goal=promised.get(goal),
                owner=text("Process owner"),
                review_by=today + timedelta(days=40),
            ),
        )
