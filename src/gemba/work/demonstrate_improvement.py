"""What is made of the complaints of the demonstration: charts, a map of the work, a review with its cause."""

from __future__ import annotations

from datetime import date, timedelta

from gemba.domain.actions import ActionSort
from gemba.domain.causes import CauseDomain, CauseSort
from gemba.domain.complaints import Complaint
from gemba.domain.record import Uid
from gemba.wording import text
from gemba.work import (
    analyse_cause,
    baselines,
    draw_review,
    follow_action,
    go_and_see,
    measures,
    process_maps,
    signals,
)
from gemba.work.analyse_cause import About
from gemba.work.demonstrate_times import take_times
from gemba.work.desk import Desk
from gemba.work.draw_review import Wanted
from gemba.work.measures import NewMeasure

_HOUR = 3600.0
_DAY = 24 * _HOUR
_SEED = 7


def improve(desk: Desk, sites: list[Uid], complaints: list[Complaint]) -> None:
    """Chart, map, review and follow what was complained of.

    Args:
        desk: of the demonstration store.
        sites: the places.
        complaints: what was complained of, the earliest first.
    """
    today = desk.clock().date()
    _measure(desk, today, sites[0])
    _map(desk, today)
    take_times(desk, sites[0])
    _review(desk, sites, complaints, today)
    signals.scan(desk)


def _measure(desk: Desk, today: date, site: Uid) -> None:
    everything = measures.add(desk, NewMeasure(code="complaints", title=text("All complaints"))).uid
    lost = NewMeasure(
        code="lost-papers",
        title=text("Applications lost between branch and office"),
        filters={"step": "apply", "cause": "hand_off"},
        triggers_review=True,
    )
    measures.add(desk, lost)
    fees = NewMeasure(
        code="untold-fees",
        title=text("Fees that nobody told of"),
        filters={"step": "pay", "cause": "fee"},
        place=site,
        chart="c",
    )
    measures.add(desk, fees)
    high = NewMeasure(code="high-share", title=text("Share of severe complaints"), filters={"severity": "high"}, of={})
    measures.add(desk, high)
    begins = today - timedelta(days=today.weekday(), weeks=50)
    reason = text("The months before the new application form")
    baselines.freeze(desk, everything, reason=reason, begins=begins, ends=begins + timedelta(weeks=30))


def _map(desk: Desk, today: date) -> None:
    made = process_maps.make_map(
        desk,
        text("A loan, from the wish to the money"),
        begins_with=text("A customer asks for a loan"),
        ends_with=text("The money is in the account"),
        owner=text("Head of lending operations"),
        review_by=today + timedelta(days=60),
    ).uid
    steps = (
        ("advise", text("Advise in the branch"), 1800.0, _DAY, 1500.0, False, text("Head of advice")),
        ("apply", text("Take the application"), 2400.0, 2 * _HOUR, 900.0, False, text("Branch operations lead")),
        ("check", text("Check and decide"), 2700.0, 3 * _DAY, 1200.0, True, text("Head of lending operations")),
        ("contract", text("Make the contract"), 900.0, 1 * _DAY, 600.0, True, ""),
        ("set_up", text("Pay out"), 300.0, 4 * _HOUR, 300.0, False, text("Head of payments")),
    )
    for code, title, cycle, wait, value_adding, hand_off, owner in steps:
        process_maps.add_step(
            *(desk, made, title),
            code=code,
            cycle=cycle,
            wait=wait,
            value_adding=value_adding,
            hand_off=hand_off,
            owner=owner,
        )


def _review(desk: Desk, sites: list[Uid], complaints: list[Complaint], today: date) -> None:
    lost = [one for one in complaints if (one.step, one.cause) == ("apply", "hand_off")]
    wanted = Wanted(begins=today - timedelta(days=91), ends=today, title=text("The last quarter"))
    review = draw_review.draw(desk, wanted).uid
    about = About(review=review, complaint=lost[-1].uid, step="apply", cause="hand_off")
    problem = text("Application papers of three branches are lost between branch and office, about three a week.")
    analysis = analyse_cause.begin(desk, problem, about).uid
    analyse_cause.revise(
        desk,
        analysis,
        contained=text("Branches scan every application and keep the papers for thirty days."),
        whys=(
            text("The papers lie in the branch after the office has asked for them."),
            text("The office asks by e-mail, and the branch has no list of what was asked."),
            text("The new form took the place of the old folder, and nobody follows a single application."),
        ),
        domain=CauseDomain.PROCESS,
        sort=CauseSort.SYSTEM,
        escape=text("Nobody counts applications at the hand-off."),
    )
    analyse_cause.finish(desk, analysis)
    follow_action.add_for_analysis(
        desk,
        analysis,
        place=sites[0],
        text=text("One number for each application, from the counter to the contract, seen by both."),
        owner=text("Head of lending operations"),
        due=today + timedelta(days=21),
        sort=ActionSort.CORRECTIVE,
    )
    go_and_see.raise_alert(desk, "", sort="complaint", origin=lost[-1].uid)
    go_and_see.raise_alert(
        desk, text("How long does a customer wait at noon, and who sees it?"), place=sites[0], step="help"
    )
