"""Rotations of the demonstration: four leaders by role, two quarters, and what they promised."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date, timedelta

import msgspec

from gemba.domain.assessments import Assessment
from gemba.domain.people import Person, Role
from gemba.domain.quarters import days_of, quarter_of
from gemba.domain.record import Uid
from gemba.domain.templates import Template
from gemba.wording import text
from gemba.work import commitments, conduct, rotations
from gemba.work.commitments import Word
from gemba.work.conclude import conclude, outlook
from gemba.work.demonstrate_filling import fill_in
from gemba.work.desk import Desk
from gemba.work.rotations import Stint


def rotate(desk: Desk, sites: Sequence[Uid]) -> None:
    """Send leaders to these sites, and let them promise."""
    operations, service, sales, _ = _leaders(desk)
    last_quarter = _then(desk, (desk.clock().date() - days_of(quarter_of(desk.clock().date()))[0]).days + 20)
    first = _been(last_quarter, operations, sites[2], text("Phone"), text("early"))
    second = _been(_then(desk, 11), service, sites[1], text("Front counter"), text("late"))
    _existing(desk, sites)
    monday = _next_monday(desk.clock().date())
    rotations.plan(desk, Stint(leader=sales.uid, place=sites[2], role=text("Phone"), planned_on=monday))
    _promises(desk, first, second)


def _leaders(desk: Desk) -> list[Person]:
    roles = (text("Head of operations"), text("Head of service"), text("Head of sales"), text("Head of finance"))
    made = [Person(uid=desk.ids(), name=role, role=Role.LEADER) for role in roles]
    with desk.unit() as unit:
        for person in made:
            unit.put(person)
    return made


def _then(desk: Desk, days: float) -> Desk:
    """The desk as it was some days ago."""
    return msgspec.structs.replace(desk, clock=lambda: desk.clock() - timedelta(days=days))


def _been(then: Desk, leader: Person, site: Uid, role: str, shift: str) -> Uid:
    """A rotation that counts, with its observation record."""
    there = msgspec.structs.replace(then, person=leader)
    today = there.clock().date()
    uid = rotations.plan(there, Stint(leader=leader.uid, place=site, role=role, planned_on=today, shift=shift)).uid
    rotations.begin(there, uid)
    with there.reader() as reader:
        template = next(item for item in reader.find(Template) if item.kind == rotations.RECORD)
    record = conduct.start(there, template.uid, site).uid
    chance = random.Random(site)  # noqa: S311 - a story, not a secret
    fill = conduct.open_sheet(there, record).fill
    conduct.answer_all(there, record, fill_in(fill, chance, 1.0, 0.85, there.clock()))
    for path in outlook(there, record).critical:
        conduct.note(there, record, path, text("Seen once; the team has a work-around."))
    conclude(there, record)
    rotations.finish(there, uid)
    return uid


def _existing(desk: Desk, sites: Sequence[Uid]) -> None:
    """The observations that the person at the desk made already belong to rotations."""
    for site in (sites[0], sites[3]):
        with desk.reader() as reader:
            records = reader.find(Assessment, place=site, kind=rotations.RECORD, person=desk.person.uid)
        if not records:
            continue
        days = (desk.clock() - records[0].started_at).total_seconds() / 86_400 + 0.01
        then = _then(desk, days)
        stint = Stint(leader=desk.person.uid, place=site, role=text("Front counter"), planned_on=then.clock().date())
        uid = rotations.plan(then, stint).uid
        rotations.begin(then, uid)
        if records[0].concluded_at is not None:
            rotations.finish(then, uid, records[0].uid)


def _promises(desk: Desk, first: Uid, second: Uid) -> None:
    """Five promises: two kept, one overdue, one open, one not kept."""
    counter, phone = text("the counter team"), text("the phone team")
    operations, service = text("Head of operations"), text("Head of service")
    today = desk.clock().date()

    def promise(rotation: Uid, to: str, role: str, said: str, promised: str, days: tuple[int, int]) -> Uid:
        made, due = (today + timedelta(days=each) for each in days)
        word = Word(said=said, text=promised, to=to, role=role, due=due, made_on=made, rotation=rotation)
        return commitments.add(desk, word).uid

    kept = promise(
        first,
        phone,
        operations,
        text("We type each address twice."),
        text("The address is taken over from the order."),
        (-60, -30),
    )
    commitments.keep(desk, kept, text("Since the last update the address stands there."), on=today - timedelta(days=34))
    broken = promise(
        first,
        phone,
        operations,
        text("Nobody calls back after four o'clock."),
        text("A second colleague stays until six."),
        (-60, -20),
    )
    commitments.break_(desk, broken, text("Nobody could be hired; call-backs are promised for the next morning now."))
    promise(
        first,
        phone,
        operations,
        text("The price list on the phone desk is of last year."),
        text("The desk gets each new list on the day it holds."),
        (-60, -5),
    )
    soon = promise(
        second,
        counter,
        service,
        text("Customers ask us for the returns desk all day."),
        text("A sign hangs where it is seen from the door."),
        (-11, 3),
    )
    commitments.keep(desk, soon, text("The sign hangs above desk 4."), on=today - timedelta(days=4))
    promise(
        second,
        counter,
        service,
        text("At noon one counter serves everybody."),
        text("Two counters are open from eleven to two."),
        (-11, 20),
    )


def _next_monday(today: date) -> date:
    return today + timedelta(days=7 - today.weekday())
