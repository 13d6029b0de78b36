from __future__ import annotations

import itertools
import random
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gemba.domain.decisions import Decision
from gemba.domain.goals import Goal
from gemba.domain.judgements import (
    AgreedVerdict,
    AlignmentVerdict,
    Confidence,
    Constraint,
    Judgement,
    agreed_uid,
    judgement_uid,
)
from gemba.domain.people import Person
from gemba.domain.places import Level, Place
from gemba.domain.programmes import Audit, AuditState
from gemba.domain.quarters import quarter_of
from gemba.errors import Refusal
from gemba.store import alignment_counts
from gemba.store.alignment_counts import BY, Tally, Which

pytestmark = pytest.mark.on_both
QUARTERS = ("2026-Q1", "2026-Q2")
NOT_TOLD = {"assessment": None, "planned_on": date(2026, 7, 1)}


class World:
    """Audits, decisions and what was said of them, kept in a store and as a plain list."""

    def __init__(self, store, records) -> None:
        self.store, self.records = store, records
        self.region = Place(uid=records.uid(), name="North", level=Level.REGION)
        self.sites = [Place(uid=records.uid(), name=f"Site {n}", parent=self.region.uid) for n in range(2)]
        self.sites.append(Place(uid=records.uid(), name="Far"))
        self.sites.append(Place(uid=records.uid(), name="Desk", level=Level.AREA, parent=self.sites[0].uid))
        self.people = [Person(uid=records.uid(), name=f"Auditor {n}") for n in range(3)]
        self.goals = [self.goal(n) for n in range(3)]
        self.put(records.person, self.region, *self.sites, *self.people, *self.goals)
        self.audits: dict[str, Audit] = {}
        self.decisions: dict[str, Decision] = {}
        self.judgements: list[Judgement] = []
        self.agreements: list[AgreedVerdict] = []

    def put(self, *things: Any) -> None:
        with self.store.unit(self.records.person.uid) as unit:
            for thing in things:
                unit.put(thing)

    def goal(self, n: int) -> Goal:
        said = {"title": "t", "statement": "s", "need": "n", "valid_from": date(2020, 1, 1)}
        made = {"made_at": self.records.time(), "person": self.records.person.uid}
        return Goal(uid=self.records.uid(), code=f"goal{n}", version=1, **said, **made)

    def audit(self, state: AuditState, auditor: int = 0, **fields: Any) -> str:
        made = Audit(
            uid=self.records.uid(), number="Q", title="A", place=self.region.uid, quarter="2026-Q1",
            begins=date(2026, 1, 1), ends=date(2026, 3, 31), planned_on=date(2026, 4, 1), state=state,
            auditor=self.people[auditor].uid, made_at=self.records.time(), person=self.records.person.uid, **fields,
        )  # fmt: skip
        self.audits[made.uid] = made
        self.put(made)
        return made.uid

    def decision(self, site: int = 0, on: date = date(2026, 2, 1)) -> str:
        made = Decision(
            uid=self.records.uid(), number="D", title="d", role="Lead", place=self.sites[site].uid, decided_on=on,
            recorded_at=self.records.time(), person=self.records.person.uid,
        )  # fmt: skip
        self.decisions[made.uid] = made
        self.put(made)
        return made.uid

    def judged(self, audit: str, decision: str, verdict: str = "aligned", goal: int = 0, auditor: int = 0,
               handed_in: bool = True, **fields: Any) -> str:  # fmt: skip
        about, by = self.decisions[decision], self.people[auditor].uid
        made = Judgement(
            uid=judgement_uid(audit, decision, self.goals[goal].uid, by), audit=audit, decision=decision,
            goal=self.goals[goal].uid, place=about.place, quarter=quarter_of(about.decided_on), auditor=by,
            verdict=AlignmentVerdict(verdict), judged_at=fields.pop("judged_at", self.records.time()),
            handed_in_at=self.records.time() if handed_in else None, person=by, **fields,
        )  # fmt: skip
        self.judgements.append(made)
        self.put(made)
        return made.uid

    def agree(self, audit: str, decision: str, verdict: str, goal: int = 0, **fields: Any) -> str:
        uid = agreed_uid(audit, decision, self.goals[goal].uid)
        made = AgreedVerdict(
            uid=uid, audit=audit, decision=decision, goal=self.goals[goal].uid, verdict=AlignmentVerdict(verdict),
            reason="looked at together", agreed_at=self.records.time(), person=self.records.person.uid, **fields,
        )  # fmt: skip
        self.agreements.append(made)
        self.put(made)
        return uid

    def counted(self, which: Which, by: tuple[str, ...]) -> dict[tuple[str, ...], Tally]:
        """The same, one record after the other."""
        found: dict[tuple[str, ...], Tally] = {}
        for one in self.judgements:
            about, agreed = self.audits[one.audit], self._agreed(one)
            said = agreed or one
            if about.state is not AuditState.CONCLUDED and not (
                which.unfinished and about.state is not AuditState.CANCELLED
            ):
                continue
            if not one.is_lead or self._behind(one) or (one.handed_in_at is None and not which.unfinished):
                continue
            values = {"goal": one.goal, "place": one.place, "quarter": one.quarter, "audit": one.audit,
                      "auditor": one.auditor, "confidence": one.confidence.value, "cause": said.cause,
                      "constraint": said.constraint.value, "exception": "yes" if said.exception else "no"}  # fmt: skip
            wanted = {"goal": which.goals, "quarter": which.quarters or None, "place": self._below(which.place)}
            alone = {"audit": which.audit, "auditor": which.auditor, "constraint": which.constraint}
            if any(values[name] not in of for name, of in wanted.items() if of is not None):
                continue
            if any(values[name] != of for name, of in {**alone, "cause": which.cause}.items() if of is not None):
                continue
            if which.verdicts and said.verdict.value not in which.verdicts:
                continue
            key = tuple(values[name] for name in by)
            found[key] = found.get(key, Tally()) + Tally(**{said.verdict.value: 1})
        return found

    def _agreed(self, one: Judgement) -> AgreedVerdict | None:
        same = [a for a in self.agreements if (a.audit, a.decision, a.goal) == (one.audit, one.decision, one.goal)]
        return same[0] if same else None

    def _behind(self, one: Judgement) -> bool:
        case = (one.audit, one.decision, one.goal)
        leads = [each for each in self.judgements if each.is_lead and (each.audit, each.decision, each.goal) == case]
        now = self.audits[one.audit].auditor
        best = max(leads, key=lambda each: (each.auditor == now, each.judged_at, each.auditor))
        return best is not one

    def _below(self, place: str | None) -> set[str] | None:
        if place is None:
            return None
        found = {place}
        for _ in range(3):
            found |= {each.uid for each in self.sites if each.parent in found}
        return found

    def fill(self, seed: int) -> None:
        chance = random.Random(seed)
        states = [*([AuditState.CONCLUDED] * 3), AuditState.OPEN, AuditState.RESPONDING, AuditState.CANCELLED]
        days = [date(2026, 2, 3), date(2026, 5, 6)]
        decisions = [self.decision(chance.randrange(4), chance.choice(days)) for _ in range(8)]
        for state in states:
            audit = self.audit(state, chance.randrange(2))
            for decision, goal in itertools.product(decisions, range(3)):
                if chance.random() < 0.5:
                    self._said(chance, audit, decision, goal)

    def _said(self, chance: random.Random, audit: str, decision: str, goal: int) -> None:
        for auditor in range(3):
            if chance.random() < 0.6:
                self.judged(
                    audit, decision, chance.choice(list(AlignmentVerdict)), goal, auditor,
                    handed_in=chance.random() < 0.8, is_lead=chance.random() < 0.7,
                    judged_at=self.records.time() + timedelta(hours=chance.randrange(2)),
                    constraint=chance.choice([Constraint.NONE, Constraint.STAFF, Constraint.RULE]),
                    cause=chance.choice(["", "queue"]), exception=chance.choice(["", "storm"]),
                    confidence=chance.choice(list(Confidence)),
                )  # fmt: skip
        if chance.random() < 0.3:
            verdict, constraint = chance.choice(list(AlignmentVerdict)), chance.choice(list(Constraint))
            self.agree(audit, decision, verdict, goal, constraint=constraint, cause=chance.choice(["", "queue"]))


@pytest.fixture
def world(store, records):
    return World(store, records)


def count(world, by=(), **which):
    with world.store.reader() as reader:
        return alignment_counts.tallies(reader, Which(**which), by)


def test_counts_equal_those_made_record_by_record(world):
    world.fill(3)
    places = [None, world.region.uid, *(site.uid for site in world.sites)]

    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    @given(
        by=st.lists(st.sampled_from(list(BY)), max_size=4, unique=True).map(tuple),
        which=st.builds(
            Which,
            quarters=st.sampled_from([(), ("2026-Q1",), QUARTERS]),
            goals=st.sampled_from([None, (), (world.goals[0].uid,), (world.goals[0].uid, world.goals[2].uid)]),
            place=st.sampled_from(places),
            audit=st.sampled_from([None, None, *world.audits]),
            auditor=st.sampled_from([None, None, *(person.uid for person in world.people)]),
            verdicts=st.sampled_from([(), ("contrary", "part")]),
            constraint=st.sampled_from([None, "", "staff"]),
            cause=st.sampled_from([None, "", "queue"]),
            unfinished=st.booleans(),
        ),
    )
    def same(by, which):
        with world.store.reader() as reader:
            assert alignment_counts.tallies(reader, which, by) == world.counted(which, by)
            behind = alignment_counts.records_behind(reader, which)
        whole = world.counted(which, ())
        assert len(behind) == (whole[()].whole if whole else 0)
        assert len({(one.audit, one.decision, one.goal) for one in behind}) == len(behind)

    same()


def test_what_both_agreed_on_counts_and_a_second_opinion_alone_never_does(world):
    audit = world.audit(AuditState.CONCLUDED)
    told, alone = world.decision(), world.decision()
    lead = world.judged(audit, told, "aligned", constraint=Constraint.STAFF)
    world.judged(audit, told, "contrary", auditor=1, is_lead=False)
    world.judged(audit, alone, "contrary", auditor=1, is_lead=False)
    assert count(world) == {(): Tally(aligned=1)}
    assert count(world, ["constraint"]) == {("staff",): Tally(aligned=1)}
    agreed = world.agree(audit, told, "part")
    assert count(world, ["constraint"]) == {("",): Tally(part=1)}
    with world.store.reader() as reader:
        (behind,) = alignment_counts.records_behind(reader, Which())
    assert (behind.judgement, behind.agreed, behind.verdict) == (lead, agreed, "part")


@pytest.mark.parametrize("state", [AuditState.PLANNED, AuditState.OPEN, AuditState.RESPONDING])
def test_what_is_not_concluded_is_told_apart_without_verdicts(world, state):
    audit = world.audit(state)
    world.judged(audit, world.decision(), "contrary")
    assert count(world) == {}
    assert count(world, unfinished=True) == {(): Tally(contrary=1)}
    with world.store.reader() as reader:
        waits = alignment_counts.under_way(reader, Which(quarters=("2026-Q1",)))
        assert alignment_counts.quarters(reader) == []
    assert (waits.audits, waits.verdicts) == (1, 1)
    assert not hasattr(waits, "contrary")


def test_cancelled_audits_never_count(world):
    audit = world.audit(AuditState.CANCELLED)
    world.judged(audit, world.decision(), "contrary")
    assert count(world) == count(world, unfinished=True) == {}
    with world.store.reader() as reader:
        assert alignment_counts.under_way(reader, Which()).audits == 0


def test_an_audit_counts_until_the_one_that_corrects_it_is_concluded(world):
    first, decision = world.audit(AuditState.CONCLUDED), world.decision()
    second = world.audit(AuditState.RESPONDING, corrects=first)
    world.judged(first, decision, "contrary")
    world.judged(second, decision, "aligned")
    assert count(world) == {(): Tally(contrary=1)}
    with world.store.unit(world.records.person.uid) as unit:
        unit.change(Audit, second, state=AuditState.CONCLUDED)
    assert count(world) == {(): Tally(aligned=1)}
    assert count(world, audit=first) == {(): Tally(contrary=1)}


def test_who_leads_now_counts_where_two_led_one_after_the_other(world):
    audit, decision = world.audit(AuditState.CONCLUDED, auditor=1), world.decision()
    world.judged(audit, decision, "contrary", auditor=1)
    world.judged(audit, decision, "aligned", auditor=0, judged_at=world.records.time() + timedelta(days=1))
    assert count(world) == {(): Tally(contrary=1)}


def test_the_newest_decisions_come_first_and_no_more_than_asked_for(world):
    audit = world.audit(AuditState.CONCLUDED)
    made = [world.decision(on=date(2026, 1, day)) for day in (5, 9, 7)]
    for decision in made:
        world.judged(audit, decision)
    with world.store.reader() as reader:
        found = alignment_counts.records_behind(reader, Which(), most=2)
        assert alignment_counts.quarters(reader) == ["2026-Q1"]
    assert [one.decision for one in found] == [made[1], made[2]]


def test_other_categories_are_refused(world):
    with pytest.raises(Refusal, match="weather"):
        count(world, ["weather"])
