"""Meetings of the demonstration: a council with seats, one meeting held, the next one planned."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import msgspec

from gemba.domain.agendas import record_of
from gemba.domain.governance import GovernanceBody, Meeting
from gemba.domain.places import Place
from gemba.domain.record import Uid
from gemba.store.unit import Unit
from gemba.wording import text
from gemba.work.bodies import BodyDraft, Cadence, Seat, add_in, seat_in
from gemba.work.desk import Desk
from gemba.work.meetings import plan_in
from gemba.work.minutes import Minutes, hold_in
from gemba.work.records import known

_BACK = 13
"""Days ago that the last meeting was held."""


def meet(desk: Desk, sites: Sequence[Uid]) -> None:
    """Let a council of the region of these sites meet once, and plan the next time: in one unit of work."""
    then = msgspec.structs.replace(desk, clock=lambda: desk.clock() - timedelta(days=_BACK))
    with desk.unit() as unit:
        region = known(unit, Place, sites[0]).parent
        body = _council(then, unit, region)
        held = plan_in(then, unit, body.uid, then.clock().date(), words=(text("Opening hours on Saturdays"),))
        _hold(then, unit, held)
        plan_in(desk, unit, body.uid)


def _council(then: Desk, unit: Unit, region: Uid | None) -> GovernanceBody:
    begins = then.clock().date()
    draft = BodyDraft(
        title=text("Service council North"),
        purpose=text("Decides what the branches of the region cannot settle, and looks at what was promised."),
        place=region,
        takes=("escalation", "action", "commitment"),
        quorum=2,
        cadence=Cadence(
            rule="FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", starts=begins, at="09:00", minutes=60, zone="Europe/Berlin"
        ),
    )
    body = add_in(then, unit, draft)
    advocate_until = (begins + timedelta(days=_BACK + 40)).replace(day=15)
    for seat in (
        Seat(role=text("Head of service"), member=then.person.uid, is_chair=True, begins=begins),
        Seat(role=text("Branch manager"), begins=begins),
        Seat(role=text("Customer advocate"), begins=begins, ends=max(advocate_until, date(begins.year, 1, 1))),
    ):
        seat_in(then, unit, body, seat)
    return body


def _hold(then: Desk, unit: Unit, meeting: Meeting) -> None:
    said = Minutes(
        present=(text("Head of service"), text("Branch manager"), text("Shift lead as a guest")),
        minutes=text(
            "The figures of the last two weeks were looked at. Visits at noon are counted by hand for a month."
        ),
        decided={
            entry: text("Until four on Saturdays from next month on, for a quarter; then the visits are counted again.")
            for entry in meeting.agenda
            if not record_of(entry)[0]
        },
    )
    hold_in(then, unit, meeting.uid, said)
