"""Bodies and meetings for tests."""

from __future__ import annotations

from datetime import date, timedelta

import msgspec

from gemba.domain.governance import BodyMember, GovernanceBody, Meeting
from gemba.work import bodies, meetings
from gemba.work.bodies import BodyDraft, Cadence
from gemba.work.desk import Desk

SEATS = ("Head of service", "Site lead", "Head of operations")
MONDAY = date(2026, 3, 2)
"""The day on which the clock of tests begins."""


def later(desk: Desk, days: float) -> Desk:
    """The desk so many days from now."""
    return msgspec.structs.replace(desk, clock=lambda: desk.clock() + timedelta(days=days))


def council(desk: Desk, place: str | None = None, /, **fields: object) -> str:
    """A council of three seats that meets each Monday and takes escalations and late actions."""
    draft = BodyDraft(
        title="Service council",
        purpose="Decides what sites cannot settle.",
        place=place,
        takes=("escalation", "action", "commitment"),
        quorum=2,
        cadence=Cadence(rule="FREQ=WEEKLY;BYDAY=MO", at="09:00", minutes=60),
        seats=SEATS,
    )
    return bodies.add(desk, msgspec.structs.replace(draft, **fields)).uid


def kept(desk: Desk, uid: str) -> Meeting:
    """A meeting as it is kept."""
    with desk.reader() as reader:
        found = reader.get(Meeting, uid)
    assert found is not None
    return found


def body_of(desk: Desk, uid: str) -> GovernanceBody:
    """A body as it is kept."""
    with desk.reader() as reader:
        found = reader.get(GovernanceBody, uid)
    assert found is not None
    return found


def seats_of(desk: Desk, body: str) -> list[BodyMember]:
    """The seats of a body."""
    with desk.reader() as reader:
        return reader.find(BodyMember, body=body)


def planned(desk: Desk, body: str, day: date | None = None, *words: str) -> str:
    """A meeting that is planned."""
    return meetings.plan(desk, body, day, words=words).uid
