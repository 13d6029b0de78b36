"""An action that was verified, its pattern, and places that it may be carried to."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import msgspec
from tests.conftest import Clock

from gemba.domain.actions import ActionSort, Effect
from gemba.domain.effects import EffectCheck, EffectResult
from gemba.domain.findings import Finding, FindingGrade
from gemba.domain.places import Level
from gemba.domain.record import Uid
from gemba.domain.templates import Template
from gemba.domain.vocabularies import Facet
from gemba.work import conduct, effect_checks, follow_action, transfers
from gemba.work.desk import Desk
from gemba.work.places import add_place
from gemba.work.transfers import Wanted
from gemba.work.verify_action import Verified, verify
from gemba.work.vocabularies import Words, release

HELPED = Verified(
    effect=Effect.EFFECTIVE, how="Waits fell from 24 to 9 minutes.", similar="no", similar_note="Both branches."
)


class Later:
    """A clock that can be set ahead."""

    def __init__(self, clock: Clock) -> None:
        self._clock, self.ahead = clock, timedelta()

    def __call__(self) -> datetime:
        return self._clock() + self.ahead

    def go(self, days: int) -> None:
        self.ahead += timedelta(days=days)


def later_desk(desk: Desk) -> tuple[Desk, Later]:
    """The same desk with a clock that can be set ahead."""
    clock = Later(desk.clock)
    return msgspec.structs.replace(desk, clock=clock), clock


def sites(desk: Desk) -> tuple[Uid, Uid, Uid]:
    """Two sites of one region, and one of no region."""
    north = add_place(desk, "North", level=Level.REGION).uid
    ones = [add_place(desk, name, parent=north).uid for name in ("Harbour branch", "Mill branch")]
    return ones[0], ones[1], add_place(desk, "Island branch").uid


def speak(desk: Desk) -> None:
    """Steps and causes."""
    release(desk, Facet.STEP, Words(terms={"counter": "Counter", "apply": "Application"}))
    release(desk, Facet.CAUSE, Words(terms={"capacity": "Too few people", "hand_off": "Lost between two"}))


def found(desk: Desk, place: Uid, step: str = "counter", cause: str = "capacity", text: str = "") -> Uid:
    """A finding with step and cause."""
    with desk.reader() as reader:
        template = reader.find(Template, kind="area_audit")[0].uid
    walk = conduct.start(desk, template, place).uid
    made = Finding(
        uid=desk.ids(), number=f"F-{desk.ids()[-6:]}", assessment=walk, place=place, criterion="Nobody waits long",
        grade=FindingGrade.MAJOR, text=text or "At noon one counter serves everybody.", raised_at=desk.clock(),
        person=desk.person.uid, step=step, cause=cause,
    )  # fmt: skip
    with desk.unit() as unit:
        unit.put(made)
    return made.uid


def verified(desk: Desk, finding: Uid, text: str = "A second counter opens from eleven to two.") -> Uid:
    """An improvement that was done and seen to help."""
    due = desk.clock().date() + timedelta(days=9)
    action = follow_action.add(
        desk, finding, text=text, owner="Branch manager", due=due, sort=ActionSort.IMPROVEMENT
    ).uid
    follow_action.done(desk, action, "The roster shows two at noon.")
    verify(desk, action, HELPED)
    return action


def look(desk: Desk, clock: Later, action: Uid, *results: EffectResult) -> None:
    """Look at an action after 30, 60 and 90 days, as far as results are given."""
    begun = desk.clock()
    for days, result in zip((30, 60, 90), results, strict=False):
        clock.go(days - (desk.clock() - begun).days)
        with desk.reader() as reader:
            checks = [one for one in reader.find(EffectCheck, action=action) if one.result is EffectResult.DUE]
        check = min(checks, key=lambda one: one.due)
        effect_checks.look(desk, check.uid, result, "" if result is EffectResult.HOLDS else "Waits are up again.")


def carry(desk: Desk, pattern: Uid, place: Uid, owner: str = "Branch manager", **said: str) -> Uid:
    """A transfer with a month's time; gives its uid."""
    due: date = desk.clock().date() + timedelta(days=30)
    return transfers.carry(desk, Wanted(pattern=pattern, place=place, owner=owner, due=due, **said)).uid
