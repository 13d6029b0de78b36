"""Correct a concluded audit: a new one with the same decisions and verdicts that takes its place once concluded."""

from __future__ import annotations

import msgspec

from gemba.domain.assessments import Assessment
from gemba.domain.change import Change
from gemba.domain.evidence import Evidence
from gemba.domain.judgements import judgement_uid
from gemba.domain.programmes import Audit, AuditState
from gemba.domain.record import Uid
from gemba.domain.samples import SampleItem, item_uid
from gemba.errors import Refusal
from gemba.store.unit import Unit
from gemba.work.conclude import correct_in
from gemba.work.desk import Desk
from gemba.work.judge import opened
from gemba.work.open_audit import conduct_uid
from gemba.work.records import known
from gemba.work.standing_verdicts import standing
from gemba.work.to_judge import sample_of


def correct_audit(desk: Desk, audit: Uid, reason: str) -> Change:
    """Begin the correction of a concluded audit: open, with the same sample, verdicts, answers and files.

    The verdicts that counted are the lead auditor's now and may be changed until they are handed in; findings are
    raised anew, for those of the old audit stay with its report. Until the correction is concluded the old one counts.

    Raises:
        Refusal: it is not concluded, no reason is given, the person is not its auditor, or it has a correction.
    """
    if not reason.strip():
        raise Refusal("work.correction_without_reason")
    with desk.unit() as unit:
        old = opened(unit, audit, AuditState.CONCLUDED)
        if desk.person.uid not in (old.auditor, old.second):
            raise Refusal("work.not_its_auditor", name=desk.person.name, number=old.number)
        for other in unit.find(Audit, corrects=audit):
            if other.state is not AuditState.CANCELLED:
                raise Refusal("work.audit_corrected_already", number=old.number, other=other.number)
        new = _audit(unit, desk, old, reason.strip())
        _sample(unit, desk, old, new)
        uids = _judgements(unit, desk, old, new)
        for item in unit.find(Evidence, assessment=new.assessment):
            noun, _, uid = item.subject.partition(":")
            if noun == "judgement" and uid in uids:
                unit.change(Evidence, item.uid, subject=f"judgement:{uids[uid]}")
        return unit.change_made(new.uid)


def _audit(unit: Unit, desk: Desk, old: Audit, reason: str) -> Audit:
    now, uid = desk.clock(), desk.ids()
    conduct = conduct_uid(uid)
    made = msgspec.structs.replace(
        old,
        uid=uid,
        number=unit.number(Audit),
        planned_on=now.date(),
        due=None,
        auditor=desk.person.uid,
        second=None,
        double_share=0.0,
        lead_handed_in_at=None,
        second_handed_in_at=None,
        state=AuditState.OPEN,
        moved_because=reason,
        assessment=conduct,
        corrects=old.uid,
        opened_at=now,
        concluded_at=None,
        made_at=now,
        person=desk.person.uid,
    )
    correct_in(unit, desk, known(unit, Assessment, old.assessment or ""), conduct, f"audit:{uid}")
    unit.put(made)
    return made


def _sample(unit: Unit, desk: Desk, old: Audit, new: Audit) -> None:
    """The same draw; what was judged twice is settled, so nobody judges twice again."""
    drawn = sample_of(unit, old.uid)
    if drawn is None:
        return
    made = msgspec.structs.replace(
        drawn,
        uid=desk.ids(),
        audit=new.uid,
        settings={**drawn.settings, "double_share": "0.0"},
        double_count=0,
        replaces=None,
        reason=new.moved_because,
    )
    unit.put(made)
    for item in unit.find(SampleItem, sample=drawn.uid):
        uid = item_uid(made.uid, item.decision)
        unit.put(msgspec.structs.replace(item, uid=uid, sample=made.uid, is_double=False))


def _judgements(unit: Unit, desk: Desk, old: Audit, new: Audit) -> dict[Uid, Uid]:
    """The verdicts that counted, as the new lead auditor's; new uids by old ones."""
    found: dict[Uid, Uid] = {}
    for one in standing(unit, old):
        uid = judgement_uid(new.uid, one.decision.uid, one.goal.uid, new.auditor)
        found[one.judgement.uid] = uid
        unit.put(
            msgspec.structs.replace(
                one.judgement,
                uid=uid,
                audit=new.uid,
                auditor=new.auditor,
                is_lead=True,
                verdict=one.verdict,
                constraint=one.constraint,
                exception=one.exception,
                exception_until=one.exception_until,
                cause=one.cause,
                note=one.judgement.note or (one.agreed.reason if one.agreed else ""),
                judged_at=desk.clock(),
                handed_in_at=None,
                person=desk.person.uid,
            )
        )
    return found
