"""The judgements and decisions behind a figure of drift."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import msgspec

from gemba.domain.decisions import Decision
from gemba.domain.judgements import AgreedVerdict, Judgement
from gemba.domain.programmes import Audit
from gemba.domain.record import Uid
from gemba.store import alignment_counts
from gemba.store.alignment_counts import Behind
from gemba.store.reading import Reader
from gemba.work.alignment_facts import Question, which_of
from gemba.work.alignment_scene import Scene
from gemba.work.desk import Desk

MOST = 200


class CaseBehind(msgspec.Struct, frozen=True, kw_only=True):
    """One verdict that counts, as people look at it."""

    decision: Uid
    number: str
    title: str
    decided_on: date
    role: str
    place: str
    goal: str
    """Title."""
    verdict: str
    agreed: bool
    """True when both auditors settled it together."""
    constraint: str
    cause: str
    exception: str
    evidence_for: str
    evidence_against: str
    judgement: Uid
    audit: Uid
    audit_number: str
    quarter: str


def cases_behind(
    desk: Desk, question: Question, *, verdicts: tuple[str, ...] = (), most: int = MOST
) -> tuple[CaseBehind, ...]:
    """The cases that a figure counts, the newest decision first.

    Args:
        desk: where the records are.
        question: which decisions.
        verdicts: only these; all when empty.
        most: how many are told of.
    """
    with desk.reader() as reader:
        scene = Scene(reader)
        which = msgspec.structs.replace(which_of(scene, question), verdicts=verdicts)
        found = alignment_counts.records_behind(reader, which, most=most)
        return tuple(cases_of(reader, scene, found))


def cases_of(reader: Reader, scene: Scene, found: Sequence[Behind]) -> list[CaseBehind]:
    """These verdicts as people look at them, in this order."""
    decisions = {one.uid: one for one in reader.many(Decision, list(dict.fromkeys(each.decision for each in found)))}
    judgements = {one.uid: one for one in reader.many(Judgement, [each.judgement for each in found])}
    settled = {one.uid: one for one in reader.many(AgreedVerdict, [each.agreed for each in found if each.agreed])}
    audits = {one.uid: one for one in reader.many(Audit, list(dict.fromkeys(each.audit for each in found)))}
    return [
        _case(
            scene,
            each,
            decisions[each.decision],
            judgements[each.judgement],
            settled.get(each.agreed or ""),
            audits[each.audit].number,
        )
        for each in found
    ]


def _case(
    scene: Scene, behind: Behind, about: Decision, judged: Judgement, agreed: AgreedVerdict | None, audit: str
) -> CaseBehind:
    said = agreed or judged
    return CaseBehind(
        decision=about.uid,
        number=about.number,
        title=about.title,
        decided_on=about.decided_on,
        role=about.role,
        place=scene.title("site", behind.place),
        goal=scene.title("goal", scene.group("goal", behind.goal)),
        verdict=behind.verdict,
        agreed=agreed is not None,
        constraint=said.constraint.value,
        cause=said.cause,
        exception=said.exception,
        evidence_for=judged.evidence_for,
        evidence_against=judged.evidence_against,
        judgement=judged.uid,
        audit=behind.audit,
        audit_number=audit,
        quarter=behind.quarter,
    )
