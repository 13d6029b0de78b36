"""What another needs to judge an audit or rate a session: conduct, drawn decisions, the goals that held for them."""

from __future__ import annotations

from collections.abc import Iterable

from gemba.domain.calibration import CalibrationSession
from gemba.domain.decisions import Decision
from gemba.domain.programmes import Audit
from gemba.domain.record import Uid
from gemba.domain.samples import SampleItem
from gemba.store.heads import Subject
from gemba.store.reading import Reader
from gemba.work.calibration import DECISION
from gemba.work.records import known
from gemba.work.to_judge import goals_for, sample_of


def roots(reader: Reader, audits: Iterable[Uid]) -> set[Subject]:
    """The audits and their conduct: what belongs to these goes along.

    Raises:
        Refusal: an audit is unknown.
    """
    found: set[Subject] = set()
    for uid in audits:
        audit = known(reader, Audit, uid)
        found.add(("audit", uid))
        if audit.assessment is not None:
            found.add(("assessment", audit.assessment))
    return found


def criteria(reader: Reader, audits: Iterable[Uid]) -> set[Subject]:
    """The goals that the drawn decisions are judged against; not what else belongs to these goals elsewhere.

    Raises:
        Refusal: an audit is unknown.
    """
    return {("goal", goal) for uid in audits for goal in _goals(reader, known(reader, Audit, uid))}


def cases(reader: Reader, sessions: Iterable[Uid]) -> set[Subject]:
    """The decisions that calibration sessions have as cases.

    Raises:
        Refusal: a session is unknown.
    """
    said = [one for uid in sessions for one in known(reader, CalibrationSession, uid).cases.values()]
    uids = [one.removeprefix(DECISION) for one in said if one.startswith(DECISION)]
    return {("decision", one.uid) for one in reader.many(Decision, uids)}


def _goals(reader: Reader, audit: Audit) -> set[Uid]:
    sample = sample_of(reader, audit.uid)
    items = reader.find(SampleItem, sample=sample.uid) if sample is not None else []
    decisions = reader.many(Decision, [one.decision for one in items])
    return {goal.uid for one in decisions for goal in goals_for(reader, audit, one)}
