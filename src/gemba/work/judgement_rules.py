"""What a judgement needs before it is kept: evidence, what forced the decision, an exception with its end."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec

from gemba.domain.decisions import Decision
from gemba.domain.evidence import Evidence
from gemba.domain.judgements import AlignmentVerdict, Confidence, Constraint
from gemba.domain.programmes import Audit
from gemba.domain.record import Uid
from gemba.domain.vocabularies import Facet
from gemba.errors import Refusal
from gemba.store.unit import Unit
from gemba.work.codes import code_of

NEEDS_CONSTRAINT = frozenset({AlignmentVerdict.PART, AlignmentVerdict.CONTRARY})
"""Verdicts that say what forced the decision."""


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """What an auditor says of a decision against a goal."""

    verdict: AlignmentVerdict
    evidence_for: str = ""
    evidence_against: str = ""
    constraint: Constraint = Constraint.NONE
    confidence: Confidence = Confidence.MEDIUM
    exception: str = ""
    exception_until: date | None = None
    cause: str = ""
    """Code or title of the vocabulary of causes."""
    note: str = ""


def complete(unit: Unit, audit: Audit, subject: Decision, uid: Uid, said: Said) -> Said:
    """What was said without needless blanks and with the code of its cause, if nothing is missing.

    Args:
        unit: that keeps it.
        audit: that it is said in.
        subject: the decision.
        uid: of the judgement that it makes; files that name it are evidence, too.
        said: as the auditor gave it.

    Raises:
        Refusal: there is no evidence, no note on why nothing can be told, nothing that forced a decision which is not
            aligned, or an exception without reason or end.
    """
    words: dict[str, Any] = {
        name: getattr(said, name).strip() for name in ("evidence_for", "evidence_against", "exception", "note")
    }
    told = msgspec.structs.replace(said, **words, cause=code_of(unit, Facet.CAUSE, said.cause))
    lacks = lacking(subject, told, has_files=_has_files(unit, audit, uid))
    if lacks is not None:
        raise lacks
    return told


def lacking(subject: Decision, told: Said, *, has_files: bool) -> Refusal | None:
    """What a judgement lacks before it can be kept, as the refusal that says so; `None` when it is whole.

    Args:
        subject: the decision.
        told: as it stands.
        has_files: photos or files stand for it.
    """
    number = subject.number
    has_words = bool(told.evidence_for.strip() or told.evidence_against.strip())
    if told.verdict is AlignmentVerdict.CANNOT_TELL:
        if not told.note.strip():
            return Refusal("work.cannot_tell_why", decision=number)
    elif not has_words and not has_files:
        return Refusal("work.judgement_without_evidence", decision=number)
    if told.verdict in NEEDS_CONSTRAINT and told.constraint is Constraint.NONE:
        return Refusal("work.judgement_without_constraint", decision=number)
    return _exception_lacks(subject, told)


def _exception_lacks(subject: Decision, told: Said) -> Refusal | None:
    reason = told.exception.strip()
    if not reason and told.exception_until is None:
        return None
    if told.verdict not in NEEDS_CONSTRAINT:
        return Refusal("work.exception_from_nothing", decision=subject.number)
    if not reason:
        return Refusal("work.exception_without_reason", decision=subject.number)
    if told.exception_until is None:
        return Refusal("work.exception_without_expiry", decision=subject.number)
    if told.exception_until < subject.decided_on:
        until, day = told.exception_until.isoformat(), subject.decided_on.isoformat()
        return Refusal("work.exception_before", until=until, day=day, decision=subject.number)
    return None


def _has_files(unit: Unit, audit: Audit, uid: Uid) -> bool:
    """Whether photos or files stand for a judgement."""
    if audit.assessment is None:
        return False
    kept = unit.find(Evidence, assessment=audit.assessment, subject=f"judgement:{uid}")
    return any(not one.removed for one in kept)
