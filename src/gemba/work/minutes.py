"""Minutes: what was decided on each entry; frozen once the meeting is held. Decisions go on to their records."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import msgspec

from gemba.domain import seats as rules
from gemba.domain.actions import Action, ActionState
from gemba.domain.agendas import record_of
from gemba.domain.change import Change
from gemba.domain.escalation_words import says_nothing
from gemba.domain.governance import BodyMember, GovernanceBody, Meeting, MeetingState
from gemba.domain.record import Uid
from gemba.errors import Refusal
from gemba.store.unit import Unit
from gemba.wording import text
from gemba.work.bodies import today_of
from gemba.work.desk import Desk
from gemba.work.escalation_decisions import Ruling, decide_in
from gemba.work.meetings import planned
from gemba.work.names_in_text import demand_nameless
from gemba.work.records import known

CARRIED = frozenset({"escalation", "action"})
"""Nouns of records that take a decision over."""
BETWEEN = "; "
"""Between the roles that were present."""


class Minutes(msgspec.Struct, frozen=True, kw_only=True):
    """What is written of a meeting that was held."""

    present: tuple[str, ...]
    """Roles: of the seats, and of guests."""
    minutes: str = ""
    decided: dict[str, str] = msgspec.field(default_factory=dict)
    """Decision by entry, beside what was noted before; what has none rolls over."""
    carry: dict[str, date | None] = msgspec.field(default_factory=dict)
    """Entries whose decision goes on to its record at once, each with the last day or the new due date."""
    held_on: date | None = None
    """Today when left out."""
    are_no_names: bool = False
    """Somebody has looked at what may be names."""


def decide(desk: Desk, meeting: Uid, entry: str, decision: str, *, are_no_names: bool = False) -> Change:
    """Note the decision on an entry while a meeting sits; an empty one takes it back.

    Raises:
        Refusal: its day has not come, it is over, it has no such entry, or a person is named.
    """
    with desk.unit() as unit:
        one = planned(unit, meeting)
        _demand_day(one.number, one.planned_on, today_of(unit, desk, _body(unit, one)))
        decided = _decided(one, {entry: decision})
        demand_nameless(unit, (decision,), are_no_names=are_no_names)
        unit.change(Meeting, meeting, decided=decided)
        return unit.change_made(meeting)


def hold(desk: Desk, meeting: Uid, said: Minutes) -> Change:
    """Keep the minutes of a meeting; they are frozen from then on.

    Raises:
        Refusal: its day has not come, nobody of the body was present, something was decided without a quorum, a
            decision is on no entry, a person is named, or a record does not take its decision over; then nothing is.
    """
    with desk.unit() as unit:
        hold_in(desk, unit, meeting, said)
        return unit.change_made(meeting)


def hold_in(desk: Desk, unit: Unit, meeting: Uid, said: Minutes) -> None:
    """The same within another use case's unit."""
    one = planned(unit, meeting)
    body, today = _body(unit, one), today_of(unit, desk, _body(unit, one))
    held_on = said.held_on or today
    _demand_day(one.number, one.planned_on, held_on)
    if held_on > today:
        raise Refusal("work.meeting_ahead", number=one.number, day=held_on)
    roles = roles_of(said.present)
    present = rules.present_seats(unit.find(BodyMember, body=body.uid), roles, held_on)
    if not present:
        raise Refusal("work.nobody_present", number=one.number, body=body.title)
    decided = _decided(one, said.decided)
    if decided and not rules.has_quorum(body, present):
        raise Refusal("work.no_quorum", number=one.number, present=len(present), quorum=body.quorum or 1)
    demand_nameless(unit, (said.minutes, *roles, *decided.values()), are_no_names=said.are_no_names)
    unit.change(
        Meeting,
        meeting,
        held_on=held_on,
        present=BETWEEN.join(roles),
        minutes=said.minutes.strip(),
        decided=decided,
        state=MeetingState.HELD,
    )
    for entry, until in said.carry.items():
        carry_in(desk, unit, meeting, entry, until)


def carry(desk: Desk, meeting: Uid, entry: str, until: date | None = None) -> Change:
    """Let the record of an entry take over what a held meeting decided on it.

    Args:
        desk: who does it, where.
        meeting: that was held.
        entry: of its agenda.
        until: last day on which the decision on an escalation holds; the new due date of an action.

    Raises:
        Refusal: it was not held, nothing was decided on the entry, or the record does not take it over.
    """
    with desk.unit() as unit:
        carry_in(desk, unit, meeting, entry, until)
        return unit.change_made(record_of(entry)[1])


def carry_in(desk: Desk, unit: Unit, meeting: Uid, entry: str, until: date | None = None) -> None:
    """The same within another use case's unit."""
    one = known(unit, Meeting, meeting)
    if one.state is not MeetingState.HELD:
        raise Refusal("work.meeting_not_held", number=one.number)
    decision = one.decided.get(entry, "")
    if not decision:
        raise Refusal("work.entry_undecided", number=one.number)
    noun, uid = record_of(entry)
    if noun == "escalation":
        decide_in(desk, unit, uid, Ruling(outcome=decision, decided_by=_body(unit, one).title, expires=until))
    elif noun == "action":
        _carry_to_action(unit, one, uid, decision, until)
    else:
        raise Refusal("work.decision_not_carried", number=one.number)


def roles_of(present: str | tuple[str, ...]) -> tuple[str, ...]:
    """The roles that were present, each once."""
    said = present.split(BETWEEN.strip()) if isinstance(present, str) else present
    return tuple(dict.fromkeys(role for each in said if (role := " ".join(each.replace(";", " ").split()))))


def _carry_to_action(unit: Unit, meeting: Meeting, uid: Uid, decision: str, until: date | None) -> None:
    """An action has no outcome of its own: what was decided is what is to be done from now on."""
    action = known(unit, Action, uid)
    if action.state is not ActionState.OPEN:
        raise Refusal("work.action_not_open", number=action.number)
    said = text("Decided in {number}: {decision}", number=meeting.number, decision=decision)
    if said in action.text:
        raise Refusal("work.decision_carried", number=action.number, meeting=meeting.number)
    held_on = meeting.held_on or meeting.planned_on
    if until is not None and until < held_on:
        raise Refusal("work.carried_back", number=action.number, day=until, held=held_on)
    due = {} if until is None else {"due": until}
    unit.change(Action, uid, text=f"{action.text}\n{said}", **due)


def _decided(meeting: Meeting, said: Mapping[str, str]) -> dict[str, str]:
    """All decisions, with these new ones; in the order of the agenda.

    Raises:
        Refusal: one is on no entry, or says nothing.
    """
    for entry, words in said.items():
        if entry not in meeting.agenda:
            raise Refusal("work.not_on_agenda", number=meeting.number, entry=entry)
        if words.strip() and says_nothing(words):
            raise Refusal("work.decision_says_nothing", said=words.strip())
    every = {**meeting.decided, **said}
    return {entry: every[entry].strip() for entry in meeting.agenda if every.get(entry, "").strip()}


def _demand_day(number: str, planned_on: date, day: date) -> None:
    if day < planned_on:
        raise Refusal("work.meeting_not_yet", number=number, day=planned_on)


def _body(unit: Unit, meeting: Meeting) -> GovernanceBody:
    return known(unit, GovernanceBody, meeting.body)
