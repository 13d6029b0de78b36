"""Escalations of the demonstration: overdue on the second tier, running, decided, and a decision that has run out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import msgspec

from gemba.domain.escalations import EscalationSort
from gemba.domain.findings import Finding, FindingGrade
from gemba.domain.record import Uid
from gemba.wording import text
from gemba.work.desk import Desk
from gemba.work.escalation_decisions import Ruling, decide
from gemba.work.escalation_log import hold_review
from gemba.work.escalation_moves import answer, step
from gemba.work.escalations import Case, escalate


def go_up(desk: Desk, sites: Sequence[Uid]) -> None:
    """Raise some escalations at these sites, and move them on as they would have been."""
    _run_out(desk, sites[1])
    _overdue(desk, sites[0])
    _decided(desk, sites[2])
    _running(desk, sites[-1])


def _then(desk: Desk, days: float) -> Desk:
    """The desk as it was some days ago."""
    return msgspec.structs.replace(desk, clock=lambda: desk.clock() - timedelta(days=days))


def _overdue(desk: Desk, site: Uid) -> None:
    with desk.reader() as reader:
        found = next((one for one in reader.find(Finding, place=site) if one.grade is FindingGrade.MAJOR), None)
    case = Case(
        title=text("Two of three counters closed at noon"),
        place=site,
        severity="high",
        tried=text("Lunch breaks were moved twice; with one colleague ill the second counter stays closed."),
        asked=text("May the branch call in a colleague of the service centre from eleven to two?"),
        subject=f"finding:{found.uid}" if found else "",
    )
    uid = escalate(_then(desk, 34), case).uid
    step(_then(desk, 32), uid, text("The site lead asked two branches nearby; neither could spare anybody."))
    hold_review(_then(desk, 30))
    next_by = (desk.clock() - timedelta(days=3)).date()
    said = text("The region counts visits by hour for a month, then decides.")
    answer(_then(desk, 29), uid, said, next_step=text("Count visits by hour at all branches"), next_by=next_by)
    hold_review(_then(desk, 2))


def _run_out(desk: Desk, site: Uid) -> None:
    case = Case(
        sort=EscalationSort.CONFLICT,
        title=text("Refunds only with the receipt"),
        place=site,
        tried=text("For four weeks refunds without a receipt were decided by the shift lead, case by case."),
        asked=text("May the branch ask for the receipt, though refunds without questions are promised?"),
        customer_side=text("Promised is a refund without questions within fourteen days."),
        other_side=text("Goods of other chains came back, eleven in one month."),
    )
    uid = escalate(_then(desk, 60), case).uid
    ends = (desk.clock() - timedelta(days=2)).date()
    outcome = text("A receipt or the customer's card; what neither has goes to the shift lead.")
    decide(_then(desk, 55), uid, Ruling(outcome=outcome, expires=ends))


def _decided(desk: Desk, site: Uid) -> None:
    case = Case(
        title=text("Call-backs promised within two hours come the next day"),
        place=site,
        tried=text("A list of call-backs hangs at the desk; after four o'clock nobody works through it."),
        asked=text("May call-backs after four be promised for the next morning?"),
    )
    uid = escalate(_then(desk, 9), case).uid
    decide(_then(desk, 7), uid, Ruling(outcome=text("Yes, with an hour named. The promise on the website is changed.")))


def _running(desk: Desk, site: Uid) -> None:
    case = Case(
        sort=EscalationSort.COMPLIANCE,
        title=text("Parcels handed to neighbours"),
        place=site,
        tried=text("Customers were asked to sign beforehand; most say that they have no time for it."),
        asked=text("May parcels of low value be handed to a neighbour without a signature?"),
        customer_side=text("They come three times before they meet somebody at the kiosk."),
        other_side=text("Liability passes to us with every parcel that is handed over without a signature."),
    )
    escalate(_then(desk, 1), case)
