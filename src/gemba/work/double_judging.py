"""What two auditors judged apart: where they differ, and how they settle it together; never by a clock."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import msgspec

from gemba.domain.change import Change
from gemba.domain.decisions import Decision
from gemba.domain.goals import Goal
from gemba.domain.judgements import AgreedVerdict, AlignmentVerdict, Constraint, Judgement, agreed_uid
from gemba.domain.people import Person
from gemba.domain.programmes import Audit, AuditState
from gemba.domain.record import Uid
from gemba.domain.samples import SampleItem
from gemba.domain.vocabularies import Facet
from gemba.errors import Refusal
from gemba.store.conflicts import OpenConflict, count, open_conflicts
from gemba.store.reading import Reader
from gemba.wording import plural, text
from gemba.work.blind import has_handed_in, is_blind
from gemba.work.codes import code_of
from gemba.work.desk import Desk
from gemba.work.judgement_rules import NEEDS_CONSTRAINT
from gemba.work.records import known
from gemba.work.samples_apart import standing
from gemba.work.to_judge import cases, said_by, sample_of

_Said = tuple[Mapping[tuple[Uid, Uid], Judgement], ...]


class Pair(msgspec.Struct, frozen=True):
    """One decision against one goal, judged by both."""

    decision: Decision
    goal: Goal
    lead: Judgement
    second: Judgement
    agreed: AgreedVerdict | None

    @property
    def differs(self) -> bool:
        """Whether they came to different verdicts."""
        return self.lead.verdict is not self.second.verdict


class Doubles(msgspec.Struct, frozen=True):
    """Where the double judging of an audit stands; it says nothing of any verdict while it is blind."""

    waiting_for: tuple[str, ...]
    """Names of auditors who have not handed in, as far as is known here."""
    missing: int
    """Pairs of decision and goal of which not both judgements are here, though both have handed in."""
    pairs: tuple[Pair, ...]
    """Empty while it is blind."""
    conflicts: tuple[OpenConflict, ...]
    """Verdicts and agreements that two laptops set differently."""

    @property
    def unsettled(self) -> tuple[Pair, ...]:
        """What differs and is not agreed on."""
        return tuple(one for one in self.pairs if one.differs and one.agreed is None)

    @property
    def is_settled(self) -> bool:
        """Whether nothing of it stands in the way of a conclusion."""
        return not (self.waiting_for or self.missing or self.unsettled or self.conflicts)


class Settling(msgspec.Struct, frozen=True, kw_only=True):
    """What both agreed on."""

    verdict: AlignmentVerdict
    reason: str
    present: str
    """Who agreed, by role."""
    constraint: Constraint | None = None
    """As the judgement with this verdict says when it is not said."""
    exception: str | None = None
    exception_until: date | None = None
    cause: str | None = None


def doubles(reader: Reader, audit: Uid) -> Doubles:
    """Where the double judging of an audit stands.

    Raises:
        Refusal: there is no such audit.
    """
    of = known(reader, Audit, audit)
    sample = sample_of(reader, audit)
    if of.second is None or sample is None or not sample.double_count:
        return Doubles((), 0, (), ())
    if is_blind(reader, of):
        lacking = [one for one in (of.auditor, of.second) if not has_handed_in(reader, audit, one)]
        return Doubles(tuple(_name(reader, one) for one in lacking), 0, (), ())
    both = _both(reader, of)
    pairs = _pairs(reader, of, both)
    said = [uid for one in pairs for uid in (one.lead.uid, one.second.uid)]
    said += [one.agreed.uid for one in pairs if one.agreed is not None]
    conflicts = tuple(open_conflicts(reader, said)) if said and count(reader) else ()
    return Doubles((), _missing(reader, of, both, pairs), pairs, conflicts)


def unsettled(reader: Reader, audit: Uid) -> tuple[str, ...]:
    """What keeps an audit from being concluded, in words; empty when nothing of the double judging does."""
    found = doubles(reader, audit)
    apart = len(standing(reader, audit))
    told = [text("{n} samples were drawn apart, on several laptops: agree on one.", n=apart)] if apart > 1 else []
    told += [text("{name} has not handed in.", name=name) for name in found.waiting_for]
    for n, one, many in (
        (
            found.missing,
            "{n} verdict of the other auditor is not here yet; take in their pack.",
            "{n} verdicts of the other auditor are not here yet; take in their pack.",
        ),
        (len(found.unsettled), "{n} disagreement is not settled.", "{n} disagreements are not settled."),
        (
            len(found.conflicts),
            "{n} verdict was set differently on two laptops; settle the conflict.",
            "{n} verdicts were set differently on two laptops; settle the conflicts.",
        ),
    ):
        if n:
            told.append(plural(one, many, n))
    return tuple(told)


def settle(desk: Desk, audit: Uid, decision: Uid, goal: Uid, settling: Settling) -> Change:
    """Keep what both auditors agreed on for a decision that they judged differently, or what they agree on now instead.

    Raises:
        Refusal: it is still blind, they did not judge it differently, the audit is over, the person is none of its
            auditors, or a reason, who was present, or what the verdict needs is missing.
    """
    with desk.unit() as unit:
        of = known(unit, Audit, audit)
        _demand_may_settle(unit, desk, of, settling)
        pair = next(
            (one for one in _pairs(unit, of, _both(unit, of)) if (one.decision.uid, one.goal.uid) == (decision, goal)),
            None,
        )
        if pair is None or not pair.differs:
            raise Refusal("work.nothing_to_settle", number=of.number)
        cause = settling.cause if settling.cause is None else code_of(unit, Facet.CAUSE, settling.cause)
        made = _agreed(desk, pair, msgspec.structs.replace(settling, cause=cause))
        unit.keep(made)
        return unit.change_made(made.uid)


def _demand_may_settle(reader: Reader, desk: Desk, audit: Audit, settling: Settling) -> None:
    if desk.person.uid not in (audit.auditor, audit.second):
        raise Refusal("work.not_its_auditor", name=desk.person.name, number=audit.number)
    if audit.state not in (AuditState.OPEN, AuditState.RESPONDING):
        raise Refusal(f"work.audit_is_{audit.state.value}", number=audit.number)
    if is_blind(reader, audit):
        raise Refusal("work.still_blind", number=audit.number)
    if not settling.reason.strip():
        raise Refusal("work.agreed_without_reason")
    if not settling.present.strip():
        raise Refusal("work.agreed_by_nobody")


def _agreed(desk: Desk, pair: Pair, settling: Settling) -> AgreedVerdict:
    sides = (pair.lead, pair.second)
    like = next((one for one in sides if one.verdict is settling.verdict), None)
    told = {
        name: getattr(settling, name) if getattr(settling, name) is not None else getattr(like, name, None)
        for name in ("constraint", "exception", "exception_until", "cause")
    }
    constraint = told["constraint"] or next((one.constraint for one in sides if one.constraint), Constraint.NONE)
    if settling.verdict not in NEEDS_CONSTRAINT:
        constraint = Constraint.NONE
    elif constraint is Constraint.NONE:
        raise Refusal("work.judgement_without_constraint", decision=pair.decision.number)
    exception = (told["exception"] or "").strip()
    if exception and told["exception_until"] is None:
        raise Refusal("work.exception_without_expiry", decision=pair.decision.number)
    return AgreedVerdict(
        uid=agreed_uid(pair.lead.audit, pair.decision.uid, pair.goal.uid),
        audit=pair.lead.audit,
        decision=pair.decision.uid,
        goal=pair.goal.uid,
        verdict=settling.verdict,
        constraint=constraint,
        exception=exception,
        exception_until=told["exception_until"] if exception else None,
        cause=told["cause"] or "",
        reason=settling.reason.strip(),
        judgements=tuple(sorted(one.uid for one in sides)),
        present=settling.present.strip(),
        agreed_at=desk.clock(),
        person=desk.person.uid,
    )


def _both(reader: Reader, audit: Audit) -> _Said:
    """What the lead said, and what the second."""
    return tuple(said_by(reader, audit.uid, one) if one else {} for one in (audit.auditor, audit.second))


def _missing(reader: Reader, audit: Audit, both: _Said, pairs: Sequence[Pair]) -> int:
    """Pairs that one has judged and the other not, as far as is known here; all of them where nobody's are here.

    What neither was asked to judge is not missing: a goal may be written down for days that were judged before.
    """
    owed = {(decision, goal.uid) for decision, goals in _double_cases(reader, audit) for goal in goals}
    said = {key for said in both for key in said}
    return len((owed & said or owed) - {(one.decision.uid, one.goal.uid) for one in pairs})


def _double_cases(reader: Reader, audit: Audit) -> list[tuple[Uid, tuple[Goal, ...]]]:
    """What both judge: not what one of them took, and so leaves to the other."""
    if audit.second is None:
        return []
    own = {case.decision.uid for case in cases(reader, audit, audit.auditor) if case.is_own}
    return [
        (case.decision.uid, case.goals)
        for case in cases(reader, audit, audit.second)
        if not case.is_own and case.decision.uid not in own
    ]


def _pairs(reader: Reader, audit: Audit, both: _Said) -> tuple[Pair, ...]:
    """All pairs that both judged, in the order of the draw."""
    sample = sample_of(reader, audit.uid)
    if audit.second is None or sample is None or is_blind(reader, audit):
        return ()
    lead, second = both
    double = {one.decision: one.position for one in reader.find(SampleItem, sample=sample.uid) if one.is_double}
    keys = [key for key in lead if key in second and key[0] in double]
    decisions = {one.uid: one for one in reader.many(Decision, [decision for decision, _ in keys])}
    goals = {one.uid: one for one in reader.many(Goal, sorted({goal for _, goal in keys}))}
    agreed = {(one.decision, one.goal): one for one in reader.find(AgreedVerdict, audit=audit.uid)}
    made = [Pair(decisions[key[0]], goals[key[1]], lead[key], second[key], agreed.get(key)) for key in keys]
    return tuple(sorted(made, key=lambda one: (double[one.decision.uid], one.goal.code, one.goal.uid)))


def _name(reader: Reader, uid: Uid) -> str:
    found = reader.get(Person, uid)
    return uid if found is None else found.name
