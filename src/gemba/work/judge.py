"""Judge how sampled decisions stand to the goals that held for them, and hand in what was judged."""

from __future__ import annotations

import msgspec

from gemba.domain.change import Change
from gemba.domain.decisions import Decision
from gemba.domain.judgements import Judgement, judgement_uid
from gemba.domain.programmes import Audit, AuditState
from gemba.domain.quarters import quarter_of
from gemba.domain.record import Uid
from gemba.errors import Refusal
from gemba.store.judged import handed_in_at, place_in_sample
from gemba.store.reading import Reader
from gemba.store.same_people import entries_of
from gemba.store.unit import Unit
from gemba.work.desk import Desk
from gemba.work.independence import took
from gemba.work.judgement_rules import Said, complete
from gemba.work.records import known
from gemba.work.to_judge import cases, goals_for, progress_of, said_by, sample_of


def judge(desk: Desk, audit: Uid, decision: Uid, goal: Uid, said: Said) -> Change:
    """Keep what the person at the desk says of a decision against a goal, or what they say now instead.

    Args:
        desk: who judges, where.
        audit: an open one of which the person is lead or second auditor.
        decision: of its sample.
        goal: the version that held where and when the decision was taken.
        said: the verdict with its evidence.

    Raises:
        Refusal: the audit is not open, the person is not its auditor or took the decision, the decision was not drawn
            (for this auditor), the goal did not hold for it, something that the verdict needs is missing, or the
            person has handed in.
    """
    with desk.unit() as unit:
        about = _may_judge(unit, desk, audit)
        subject = _in_sample(unit, desk, about, decision)
        _in_force(unit, about, subject, goal)
        uid = judgement_uid(audit, decision, goal, desk.person.uid)
        told = complete(unit, about, subject, uid, said)
        before = unit.get(Judgement, uid)
        fields = {**msgspec.structs.asdict(told), "taken_back": False, "is_lead": desk.person.uid == about.auditor}
        if before is not None:
            if any(getattr(before, name) != value for name, value in fields.items()):
                unit.change(Judgement, uid, **fields, judged_at=desk.clock(), person=desk.person.uid)
            return unit.change_made(uid)
        unit.put(
            Judgement(
                uid=uid,
                audit=audit,
                decision=decision,
                goal=goal,
                place=subject.place,
                quarter=quarter_of(subject.decided_on),
                auditor=desk.person.uid,
                judged_at=desk.clock(),
                person=desk.person.uid,
                **fields,
            )
        )
        return unit.change_made(uid)


def take_back(desk: Desk, audit: Uid, decision: Uid, goal: Uid) -> Change:
    """Undo a judgement of one's own: the decision counts as not judged against the goal.

    Raises:
        Refusal: nothing was judged there, the audit is not open, or the person has handed in.
    """
    with desk.unit() as unit:
        _may_judge(unit, desk, audit)
        uid = judgement_uid(audit, decision, goal, desk.person.uid)
        if not known(unit, Judgement, uid).taken_back:
            unit.change(Judgement, uid, taken_back=True, is_lead=False)
        return unit.change_made(uid)


def hand_in(desk: Desk, audit: Uid) -> Change:
    """Let go of all judgements of one's own: they change no more, and once both have handed in each sees the other's.

    Raises:
        Refusal: something is not judged yet, the audit is not open, the person is not its auditor, or has handed in.
    """
    with desk.unit() as unit:
        about = _may_judge(unit, desk, audit)
        _demand_sample(unit, about)
        said = said_by(unit, audit, desk.person.uid)
        owed = cases(unit, about, desk.person.uid)
        done = progress_of(owed, said)
        if done.first_left is not None:
            decision, goal = done.first_left
            raise Refusal("work.not_all_judged", left=done.left, all=done.owed, decision=decision, goal=goal)
        if not said:
            raise Refusal("work.nothing_to_judge", number=about.number)
        now = desk.clock()
        for one in said.values():
            unit.change(Judgement, one.uid, handed_in_at=now)
        leads = desk.person.uid == about.auditor
        unit.change(Audit, audit, **{"lead_handed_in_at" if leads else "second_handed_in_at": now})
        return unit.change_made(audit)


def opened(reader: Reader, audit: Uid, *states: AuditState) -> Audit:
    """The audit, if it is in one of these states (open when none is named).

    Raises:
        Refusal: it is not opened yet, with the auditee, concluded or cancelled.
    """
    found = known(reader, Audit, audit)
    if found.state in (states or (AuditState.OPEN,)):
        return found
    raise Refusal(f"work.audit_is_{found.state.value}", number=found.number)


def _may_judge(unit: Unit, desk: Desk, audit: Uid) -> Audit:
    about = opened(unit, audit)
    if desk.person.uid not in (about.auditor, about.second):
        raise Refusal("work.not_its_auditor", name=desk.person.name, number=about.number)
    at = handed_in_at(unit, audit, desk.person.uid)
    if at is not None:
        raise Refusal("work.handed_in", number=about.number, day=at.date().isoformat())
    return about


def _demand_sample(reader: Reader, audit: Audit) -> Uid:
    sample = sample_of(reader, audit.uid)
    if sample is None:
        raise Refusal("work.audit_without_sample", number=audit.number)
    return sample.uid


def _in_sample(unit: Unit, desk: Desk, audit: Audit, decision: Uid) -> Decision:
    """The decision, if this auditor judges it."""
    sample = _demand_sample(unit, audit)
    subject = known(unit, Decision, decision)
    drawn = place_in_sample(unit, sample, decision)
    if drawn is None:
        raise Refusal("work.not_in_sample", decision=subject.number, number=audit.number)
    if desk.person.uid != audit.auditor and not drawn[1]:
        raise Refusal("work.not_in_double_share", decision=subject.number)
    if took(subject, entries_of(unit, desk.person.uid)):
        raise Refusal("work.judges_own", decision=subject.number, name=desk.person.name)
    return subject


def _in_force(unit: Unit, audit: Audit, subject: Decision, goal: Uid) -> None:
    held = goals_for(unit, audit, subject)
    if goal not in {one.uid for one in held}:
        titles = ", ".join(one.title for one in held) or "–"
        day = subject.decided_on.isoformat()
        raise Refusal("work.goal_did_not_hold", decision=subject.number, day=day, known=titles)
