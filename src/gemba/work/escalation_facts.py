"""One escalation with all that a person wants to see of it: clock, tiers, history, what it is about."""

from __future__ import annotations

from datetime import date, datetime

import msgspec

from gemba.domain.complaint_clock import ClockState
from gemba.domain.escalation_moves import Move, clock, has_run_out, is_answered, moves
from gemba.domain.escalation_tiers import Rung, above
from gemba.domain.escalations import Escalation, EscalationStep, EscalationStepSort
from gemba.domain.nouns import NOUNS
from gemba.domain.people import Person
from gemba.domain.record import Uid
from gemba.store.reading import Reader
from gemba.wording import text
from gemba.work.complaint_words import moment_words
from gemba.work.escalation_tiers import Ladders
from gemba.work.escalation_words import carried_words, clock_words, left_words, step_words
from gemba.work.records import known


class StepFacts(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that happened, in words."""

    sort: EscalationStepSort
    at: datetime
    when: str
    """By the clocks of the place."""
    what: str
    text: str
    person: str
    """Who wrote it down."""
    due: str = ""
    """Until when the tier has to answer from then on."""


class LinkFacts(msgspec.Struct, frozen=True):
    """A record that it is about."""

    noun: str
    uid: Uid
    title: str
    """Number or title; empty when the record is not here."""


class EscalationFacts(msgspec.Struct, frozen=True, kw_only=True):
    """Everything about one escalation."""

    escalation: Escalation
    place: str
    zone: str
    clock: ClockState
    clock_words: str
    """How long it still runs or has run out; empty when it is open no more."""
    due: str
    """When it runs out, by the clocks of the place."""
    age_days: int
    carried: str
    """How often leaders looked at it, and since when it waits."""
    moves: tuple[Move, ...]
    rungs: tuple[Rung, ...]
    """The tiers that apply now."""
    are_shipped: bool
    """True when nobody has set tiers for this place."""
    next_rung: Rung | None
    is_answered: bool
    has_run_out: bool
    """True for a decision whose last day has passed."""
    steps: tuple[StepFacts, ...]
    """The last first."""
    links: tuple[LinkFacts, ...]


def facts_of(reader: Reader, uid: Uid) -> EscalationFacts:
    """Everything about one escalation.

    Raises:
        Refusal: it is unknown.
    """
    one = known(reader, Escalation, uid)
    ladders, now = Ladders(reader), reader.clock()
    places = ladders.above(one.place)
    zone = places[0].zone if places else "UTC"
    today = ladders.today(one.place, now)
    steps = sorted(reader.find(EscalationStep, escalation=uid), key=lambda each: (each.happened_at, each.uid))
    rungs = ladders.of(one.sort, one.severity, one.place, now)
    higher = above(rungs, one.tier)
    looked_at = sum(step.sort is EscalationStepSort.LOOKED_AT for step in steps)
    return EscalationFacts(
        escalation=one,
        place=places[0].name if places else "",
        zone=zone,
        clock=clock(one, now),
        clock_words=left_words(one.due_at, now),
        due=moment_words(one.due_at, zone) if one.due_at else "",
        age_days=max(0, ((one.decided_at or now) - one.raised_at).days),
        carried=carried_words(looked_at, one.raised_at.astimezone(ladders.zone(one.place)).date()),
        moves=_open_to(moves(one, today), rungs, one.tier),
        rungs=rungs,
        are_shipped=all(rung.source is None for rung in rungs),
        next_rung=higher[0] if higher else None,
        is_answered=is_answered(steps),
        has_run_out=has_run_out(one, today),
        steps=tuple(_step(reader, step, zone) for step in reversed(steps)),
        links=tuple(_links(reader, one)),
    )


def title_of(reader: Reader, noun: str, uid: Uid) -> str:
    """What a record is called: its number or name; empty when it is not here."""
    found = reader.get(NOUNS[noun], uid) if noun in NOUNS else None
    named = (getattr(found, name, "") for name in ("number", "code", "name", "title"))
    return next((str(each) for each in named if each), "")


def about(reader: Reader, noun: str, uid: Uid) -> list[Escalation]:
    """The escalations of a record, the newest first."""
    found = reader.find(Escalation, subject=f"{noun}:{uid}")
    return sorted(found, key=lambda one: (one.raised_at, one.uid), reverse=True)


def one_line(one: Escalation, today: date) -> str:
    """How an escalation stands, in one line."""
    if has_run_out(one, today):
        return text("{number}: the decision has run out", number=one.number)
    said = {
        "open": text("{number}: open, with {owner}", number=one.number, owner=one.owner),
        "decided": text("{number}: decided by {by}", number=one.number, by=one.decided_by),
    }
    return said.get(one.state.value, text("{number}: withdrawn", number=one.number))


def standing_words(facts: EscalationFacts) -> str:
    """How its clock stands, in one line."""
    one = facts.escalation
    if facts.has_run_out:
        return text("the decision held until {day} and is to be decided anew", day=one.expires)
    if not facts.due:
        return ""
    soon = clock_words(facts.clock) if facts.clock is ClockState.SOON else ""
    return " · ".join(part for part in (soon, facts.clock_words, facts.due) if part)


def _open_to(found: tuple[Move, ...], rungs: tuple[Rung, ...], tier: int) -> tuple[Move, ...]:
    """Of the moves those that lead somewhere: past a tier there must be another one."""
    higher = len(above(rungs, tier))
    away = {Move.SKIP} if higher < 2 else set()
    return tuple(move for move in found if move not in away)


def _step(reader: Reader, step: EscalationStep, zone: str) -> StepFacts:
    person = reader.get(Person, step.person)
    return StepFacts(
        sort=step.sort,
        at=step.happened_at,
        when=moment_words(step.happened_at, zone),
        what=step_words(step.sort, step.tier, step.owner),
        text=step.text,
        person=person.name if person else "",
        due=moment_words(step.due_at, zone) if step.due_at and step.sort is not EscalationStepSort.LOOKED_AT else "",
    )


def _links(reader: Reader, one: Escalation) -> list[LinkFacts]:
    found = dict.fromkeys((one.subject, *one.links, f"goal:{one.goal}" if one.goal else ""))
    made = []
    for link in found:
        noun, _, uid = link.partition(":")
        if uid:
            made.append(LinkFacts(noun, uid, title_of(reader, noun, uid)))
    return made
