"""The promise ledger: what they said, what was promised to whom and by when, and what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import msgspec

from gemba.domain.actions import Action
from gemba.domain.assessments import Assessment
from gemba.domain.change import Change
from gemba.domain.escalation_words import says_nothing
from gemba.domain.people import Person
from gemba.domain.places import Place
from gemba.domain.record import Uid
from gemba.domain.rotations import Commitment, CommitmentState, Rotation
from gemba.errors import Refusal
from gemba.store.reading import Reader
from gemba.work.desk import Desk
from gemba.work.place_merging import goes_on_at
from gemba.work.proofs import File, prepared
from gemba.work.records import known
from gemba.work.rotation_words import promise_state_words
from gemba.work.rotations import today_at

FURTHEST = 731
"""Days; what is promised for later than two years is a hope."""


class Word(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody promised."""

    said: str
    """What they said: the pain or wish that it answers."""
    text: str
    """What was promised."""
    to: str
    """To whom, by role: the team, a customer."""
    role: str
    """Who promised, by role."""
    due: date
    place: Uid | None = None
    """That of the rotation or the walk when left out."""
    made_on: date | None = None
    """Today when left out."""
    leader: Uid | None = None
    rotation: Uid | None = None
    assessment: Uid | None = None
    action: Uid | None = None
    """The action that keeps it."""
    step: str = ""


def add(desk: Desk, word: Word) -> Change:
    """Put a promise into the ledger.

    Raises:
        Refusal: words are missing or say nothing, the day lies before it was made or is too far away, it is made
            ahead, or what it names is unknown.
    """
    with desk.unit() as unit:
        rotation = known(unit, Rotation, word.rotation) if word.rotation else None
        assessment = known(unit, Assessment, word.assessment) if word.assessment else None
        place = word.place or (rotation.place if rotation else assessment.place if assessment else "")
        if not place:
            raise Refusal("work.promise_place")
        here = goes_on_at(unit, place)
        today = today_at(here, desk.clock())
        made_on = word.made_on or today
        _demand_words(word)
        _demand_days(made_on, word.due, today)
        if word.leader:
            known(unit, Person, word.leader)
        if word.action:
            known(unit, Action, word.action)
        made = Commitment(
            uid=desk.ids(),
            number=unit.number(Commitment),
            said=word.said.strip(),
            text=word.text.strip(),
            to=word.to.strip(),
            role=word.role.strip(),
            place=here.uid,
            leader=word.leader or (rotation.leader if rotation else None),
            rotation=word.rotation,
            assessment=word.assessment or (rotation.assessment if rotation else None),
            action=word.action,
            step=word.step.strip(),
            made_on=made_on,
            due=word.due,
            made_at=desk.clock(),
            person=desk.person.uid,
        )
        unit.put(made)
        return unit.change_made(made.uid)


def keep(desk: Desk, commitment: Uid, outcome: str, *, on: date | None = None, files: Sequence[File] = ()) -> Change:
    """The promise is kept: say with what. One that was broken may still be kept, late.

    Args:
        desk: who does it, where.
        commitment: its uid.
        outcome: what was done.
        on: the day; today when left out.
        files: photos and files that show it.

    Raises:
        Refusal: it is kept or withdrawn already, nothing is said of what was done, the day does not lie between the
            promise and today, or a file is empty or too large.
        Trouble: a file cannot be read.
    """
    if says_nothing(outcome):
        raise Refusal("work.promise_outcome")
    with desk.reader() as reader:
        _demand_state(reader, commitment, CommitmentState.OPEN, CommitmentState.BROKEN)
    shown = prepared(desk, "commitment", commitment, files)
    with desk.unit() as unit:
        one = _demand_state(unit, commitment, CommitmentState.OPEN, CommitmentState.BROKEN)
        today = today_at(known(unit, Place, one.place), desk.clock())
        day = on or today
        if not one.made_on <= day <= today:
            raise Refusal("work.promise_kept_on", day=day, made=one.made_on, today=today)
        for each in shown:
            unit.put(each)
        unit.change(Commitment, commitment, state=CommitmentState.KEPT, kept_on=day, outcome=outcome.strip())
        return unit.change_made(commitment)


def break_(desk: Desk, commitment: Uid, reason: str) -> Change:
    """The promise is not kept: say why; those to whom it was made will read it.

    Raises:
        Refusal: it is settled already, or there is no reason.
    """
    return _settle(desk, commitment, reason, CommitmentState.BROKEN)


def withdraw(desk: Desk, commitment: Uid, reason: str) -> Change:
    """Nobody needs it any more: say why; it counts neither as kept nor as broken.

    Raises:
        Refusal: it is settled already, or there is no reason.
    """
    return _settle(desk, commitment, reason, CommitmentState.WITHDRAWN)


def link(desk: Desk, commitment: Uid, action: Uid | None) -> Change:
    """Say which action keeps a promise; once that is done, it is proposed that the promise is kept.

    Raises:
        Refusal: promise or action is unknown, or the promise is settled.
    """
    with desk.unit() as unit:
        _demand_state(unit, commitment, CommitmentState.OPEN)
        if action is not None:
            known(unit, Action, action)
        unit.change(Commitment, commitment, action=action)
        return unit.change_made(commitment)


def _settle(desk: Desk, commitment: Uid, reason: str, state: CommitmentState) -> Change:
    with desk.unit() as unit:
        _demand_state(unit, commitment, CommitmentState.OPEN)
        if says_nothing(reason):
            raise Refusal("work.promise_reason")
        unit.change(Commitment, commitment, state=state, outcome=reason.strip())
        return unit.change_made(commitment)


def _demand_state(reader: Reader, commitment: Uid, *states: CommitmentState) -> Commitment:
    one = known(reader, Commitment, commitment)
    if one.state not in states:
        raise Refusal("work.promise_state", number=one.number, state=promise_state_words(one.state))
    return one


def _demand_words(word: Word) -> None:
    for field in ("said", "text", "to", "role"):
        if says_nothing(getattr(word, field)):
            raise Refusal(f"work.promise_{field}")


def _demand_days(made_on: date, due: date, today: date) -> None:
    if made_on > today:
        raise Refusal("work.promise_ahead", day=made_on)
    if due < made_on:
        raise Refusal("work.promise_due", due=due, made=made_on)
    if (due - made_on).days > FURTHEST:
        raise Refusal("work.promise_far", due=due)
