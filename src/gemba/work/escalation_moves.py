"""Move an escalation on: to the next tier, past a tier, answered, with a next step."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from gemba.domain.change import Change
from gemba.domain.escalation_moves import Move, is_answered, moment_after, moves
from gemba.domain.escalation_tiers import Rung, above
from gemba.domain.escalation_words import says_nothing
from gemba.domain.escalations import Escalation, EscalationStep, EscalationStepSort
from gemba.domain.record import Uid
from gemba.errors import Refusal
from gemba.store.unit import Unit
from gemba.work.desk import Desk
from gemba.work.escalation_tiers import Ladders
from gemba.work.escalations import demand_next
from gemba.work.records import known


class Moving:
    """One escalation in a unit of work: what it was, which tiers there are, and what is written next.

    Args:
        desk: who does it, where.
        unit: that is under way.
        uid: of the escalation.
        move: what is to be done.

    Raises:
        Refusal: it is unknown, or the move is not open to it.
    """

    def __init__(self, desk: Desk, unit: Unit, uid: Uid, move: Move) -> None:
        self.before = known(unit, Escalation, uid)
        self._desk, self._unit = desk, unit
        self._ladders = Ladders(unit)
        self.steps = unit.find(EscalationStep, escalation=uid)
        self.now = moment_after(self.steps, desk.clock())
        self.today = self._ladders.today(self.before.place, desk.clock())
        if move not in moves(self.before, self.today):
            raise Refusal(f"work.escalation_is_{self.before.state.value}", number=self.before.number)

    def rungs(self) -> tuple[Rung, ...]:
        """The tiers that apply now."""
        return self._ladders.of(self.before.sort, self.before.severity, self.before.place, self.now)

    def end_of(self, day: date) -> datetime:
        """When a day ends at the place, in UTC."""
        zone = self._ladders.zone(self.before.place)
        midnight = datetime.combine(day + timedelta(days=1), time(), zone)
        return midnight.astimezone(self.now.tzinfo)

    def write(self, sort: EscalationStepSort, said: str, *, uid: Uid = "", **fields: Any) -> Escalation:
        """Write down a step, and set what it changes."""
        after = self._unit.change(Escalation, self.before.uid, **fields) if fields else self.before
        self.note(sort, said, after.tier, after.owner, after.due_at, uid=uid)
        self.before = after
        return after

    def note(
        self,
        sort: EscalationStepSort,
        said: str,
        tier: int,
        owner: str,
        due_at: datetime | None = None,
        *,
        uid: Uid = "",
    ) -> None:
        """Write down a step that changes nothing of the escalation itself."""
        step = EscalationStep(
            uid=uid or self._desk.ids(),
            escalation=self.before.uid,
            sort=sort,
            tier=tier,
            owner=owner,
            text=said.strip(),
            due_at=due_at,
            happened_at=self.now,
            person=self._desk.person.uid,
        )
        self._unit.put(step)
        self.steps.append(step)
        self.now = moment_after(self.steps, self.now)

    def to(self, rung: Rung, said: str, **fields: Any) -> Escalation:
        """Raise it to a tier, whose clock begins now."""
        due = self.now + timedelta(hours=rung.hours)
        fields |= {"tier": rung.tier, "owner": rung.owner, "forum": rung.forum or self.before.forum, "due_at": due}
        return self.write(EscalationStepSort.STEPPED, said, **fields)


def step(desk: Desk, escalation: Uid, tried: str, *, next_step: str = "", next_by: date | None = None) -> Change:
    """Raise an escalation to the next tier.

    Args:
        desk: who does it, where.
        escalation: uid of one that is open.
        tried: what was tried since.
        next_step: what happens next, if that is known.
        next_by: until when.

    Raises:
        Refusal: it is not open, what was tried says nothing, or it stands on the last tier.
    """
    if says_nothing(tried):
        raise Refusal("work.escalation_tried_since")
    with desk.unit() as unit:
        moving = Moving(desk, unit, escalation, Move.STEP)
        higher = above(moving.rungs(), moving.before.tier)
        if not higher:
            raise last_tier(moving.before)
        demand_next(next_by, moving.today)
        moving.to(higher[0], tried, next_step=next_step.strip(), next_by=next_by)
        return unit.change_made(escalation)


def skip(desk: Desk, escalation: Uid, reason: str, *, to: int | None = None) -> Change:
    """Raise an escalation past a tier: a way that is open to everybody. The tier that is passed over is told.

    Args:
        desk: who does it, where.
        escalation: uid of one that is open.
        reason: why the next tier is not asked.
        to: number of the tier that is asked instead; the one after the next when left out.

    Raises:
        Refusal: it is not open, there is no reason, or there is no such tier past another one.
    """
    if says_nothing(reason):
        raise Refusal("work.escalation_skip_reason")
    with desk.unit() as unit:
        moving = Moving(desk, unit, escalation, Move.SKIP)
        higher = above(moving.rungs(), moving.before.tier)
        if not higher:
            raise last_tier(moving.before)
        fitting = [at for at, rung in enumerate(higher) if at and to in {None, rung.tier}]
        if not fitting:
            known_tiers = ", ".join(str(rung.tier) for rung in higher[1:]) or "–"
            raise Refusal("work.escalation_skip_to", number=moving.before.number, tiers=known_tiers)
        for passed in higher[: fitting[0]]:
            moving.note(EscalationStepSort.SKIPPED, reason, passed.tier, passed.owner)
        moving.to(higher[fitting[0]], reason, next_step="", next_by=None)
        return unit.change_made(escalation)


def tried(desk: Desk, escalation: Uid, what: str) -> Change:
    """Write down what was tried meanwhile.

    Raises:
        Refusal: it is not open, or that says nothing.
    """
    if says_nothing(what):
        raise Refusal("work.escalation_tried_since")
    with desk.unit() as unit:
        moving = Moving(desk, unit, escalation, Move.TRIED)
        moving.write(EscalationStepSort.TRIED, what)
        return unit.change_made(escalation)


def answer(desk: Desk, escalation: Uid, said: str, *, next_step: str, next_by: date) -> Change:
    """The present tier answers without deciding yet: what it says, what happens next, and until when.

    From then on the clock runs out at the end of that day at the place.

    Raises:
        Refusal: it is not open, the answer or the next step says nothing, or the day has passed or is too far away.
    """
    if says_nothing(said):
        raise Refusal("work.escalation_answer")
    if says_nothing(next_step):
        raise Refusal("work.escalation_next_step")
    with desk.unit() as unit:
        moving = Moving(desk, unit, escalation, Move.ANSWER)
        demand_next(next_by, moving.today)
        due = moving.end_of(next_by)
        fields: dict[str, Any] = {"next_step": next_step.strip(), "next_by": next_by, "due_at": due}
        moving.write(EscalationStepSort.ANSWERED, said, **fields)
        return unit.change_made(escalation)


def set_next(desk: Desk, escalation: Uid, next_step: str, next_by: date) -> Change:
    """Say what happens next and until when; a tier that has not answered yet keeps its clock.

    Raises:
        Refusal: it is not open, the step says nothing, or the day has passed or is too far away.
    """
    if says_nothing(next_step):
        raise Refusal("work.escalation_next_step")
    with desk.unit() as unit:
        moving = Moving(desk, unit, escalation, Move.NEXT)
        demand_next(next_by, moving.today)
        fields: dict[str, Any] = {"next_step": next_step.strip(), "next_by": next_by}
        if is_answered(moving.steps):
            fields["due_at"] = moving.end_of(next_by)
        unit.change(Escalation, escalation, **fields)
        return unit.change_made(escalation)


def last_tier(one: Escalation) -> Refusal:
    """That there is nobody above, and what to do."""
    return Refusal("work.escalation_last_tier", number=one.number, owner=one.owner, forum=one.forum or one.owner)
