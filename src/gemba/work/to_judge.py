"""What an auditor has to judge: the sampled decisions, and for each the goals that held where and when it was taken."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from gemba.domain.decisions import Decision
from gemba.domain.goals import Goal
from gemba.domain.judgements import Judgement
from gemba.domain.programmes import Audit
from gemba.domain.record import Uid
from gemba.domain.samples import Sample, SampleItem
from gemba.store.reading import Reader
from gemba.store.same_people import entries_of
from gemba.work.goals_in_force import goals_of, in_force
from gemba.work.independence import took


class Case(msgspec.Struct, frozen=True):
    """One sampled decision with what it is judged against."""

    item: SampleItem
    decision: Decision
    goals: tuple[Goal, ...]
    """Those that held, in the version and adaptation of its place and day."""
    is_own: bool
    """True when this auditor took it: then somebody else has to judge it."""


class Progress(msgspec.Struct, frozen=True):
    """How far an auditor has come."""

    judged: int
    owed: int
    """Pairs of decision and goal."""
    first_left: tuple[str, str] | None
    """Number of the decision and title of the goal that come next; `None` when all is judged."""
    own: int = 0
    """Decisions that this auditor took, and so leaves to another."""

    @property
    def left(self) -> int:
        """Pairs that are not judged."""
        return self.owed - self.judged


def sample_of(reader: Reader, audit: Uid) -> Sample | None:
    """The sample that counts: the latest that no other takes the place of."""
    drawn = reader.find(Sample, audit=audit)
    replaced = {one.replaces for one in drawn}
    standing = [one for one in drawn if one.uid not in replaced]
    return max(standing, key=lambda one: (one.drawn_at, one.uid)) if standing else None


def goals_for(reader: Reader, audit: Audit, decision: Decision) -> tuple[Goal, ...]:
    """The goals that a decision of this audit is judged against, by code."""
    held = in_force(reader, decision.place, decision.decided_on)
    if not audit.goals:
        return held
    lines = goals_of(reader).lines
    return tuple(goal for goal in held if lines.code(goal.uid) in audit.goals)


def cases(reader: Reader, audit: Audit, auditor: Uid) -> tuple[Case, ...]:
    """What an auditor judges, in the order of the draw: the lead all of it, the second what both judge."""
    sample = sample_of(reader, audit.uid)
    if sample is None:
        return ()
    items = sorted(reader.find(SampleItem, sample=sample.uid), key=lambda item: item.position)
    if auditor != audit.auditor:
        items = [item for item in items if item.is_double and auditor == audit.second]
    decisions = {one.uid: one for one in reader.many(Decision, [item.decision for item in items])}
    entries = entries_of(reader, auditor)
    return tuple(
        Case(item, one, goals_for(reader, audit, one), took(one, entries))
        for item in items
        if (one := decisions.get(item.decision)) is not None
    )


def said_by(reader: Reader, audit: Uid, auditor: Uid) -> dict[tuple[Uid, Uid], Judgement]:
    """What one auditor judged, by decision and goal, without what was taken back.

    It shows an auditor what is their own; for the other's words ask `gemba.work.blind.visible_judgements`.
    """
    found = reader.find(Judgement, audit=audit, auditor=auditor)
    return {(one.decision, one.goal): one for one in found if not one.taken_back}


def left_to_judge(owed: Sequence[Case], said: Mapping[tuple[Uid, Uid], Judgement]) -> list[tuple[Case, Goal]]:
    """What an auditor has not judged yet, in the order of the draw; own decisions are not theirs to judge."""
    mine = [(case, goal) for case in owed if not case.is_own for goal in case.goals]
    return [(case, goal) for case, goal in mine if (case.decision.uid, goal.uid) not in said]


def progress_of(owed: Sequence[Case], said: Mapping[tuple[Uid, Uid], Judgement]) -> Progress:
    """How far an auditor has come with these cases."""
    every = sum(len(case.goals) for case in owed if not case.is_own)
    left = left_to_judge(owed, said)
    first = (left[0][0].decision.number, left[0][1].title) if left else None
    return Progress(every - len(left), every, first, sum(case.is_own for case in owed))
