"""What no other auditor may be told yet: judgements of audits that are blind, and all that would give them away."""

from __future__ import annotations

from gemba.domain.findings import Finding
from gemba.domain.judgements import Judgement
from gemba.domain.programmes import Audit, AuditState
from gemba.domain.record import Uid
from gemba.domain.samples import SampleItem
from gemba.store import selections
from gemba.store.heads import Subject
from gemba.store.judged import told_about
from gemba.store.reading import Reader
from gemba.work.blind import is_blind
from gemba.work.to_judge import sample_of

_UNDER_WAY = (AuditState.OPEN, AuditState.RESPONDING)


def blind_audits(reader: Reader) -> list[Audit]:
    """The audits in which two judge apart and not both have handed in."""
    found = [one for state in _UNDER_WAY for one in reader.find(Audit, state=state)]
    return [one for one in found if one.second is not None and is_blind(reader, one)]


def withheld(reader: Reader) -> frozenset[Subject]:
    """The records that go to no other laptop yet; packs for headquarters, which is no auditor, are whole.

    The judgements, the audit's findings, evidence for or against the same decisions, and all that names any of these.
    """
    found: set[Subject] = set()
    for audit in blind_audits(reader):
        judged = {one.uid for one in reader.find(Judgement, audit=audit.uid)}
        found |= {("judgement", uid) for uid in judged}
        words = {f"judgement:{uid}" for uid in judged} | {f"decision:{uid}" for uid in _double(reader, audit)}
        found |= told_about(reader, words)
        if audit.assessment is not None:
            found |= {("finding", one.uid) for one in reader.find(Finding, assessment=audit.assessment)}
    return frozenset(selections.with_belonging(reader, found)) if found else frozenset()


def _double(reader: Reader, audit: Audit) -> list[Uid]:
    sample = sample_of(reader, audit.uid)
    items = reader.find(SampleItem, sample=sample.uid) if sample is not None else []
    return [one.decision for one in items if one.is_double]
