"""The facts of an alignment audit's report, read off the records."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from gemba.domain.judgements import AlignmentVerdict
from gemba.domain.people import Person
from gemba.domain.places import Level, Place
from gemba.domain.programmes import Audit, AuditState, Programme
from gemba.domain.record import Uid
from gemba.reports.alignment_audit import AuditReport
from gemba.reports.chart_numbers import figure
from gemba.store.reading import Reader
from gemba.wording import plural, text
from gemba.work.agreement import of_audit
from gemba.work.agreement_words import open_words, sentences
from gemba.work.alignment_facts import FEWEST, Rate
from gemba.work.alignment_weights import WeightedRate
from gemba.work.alignment_words import constraint_title, counts_words, rate_words, verdict_title
from gemba.work.audit_finding_facts import findings_said
from gemba.work.audit_rates import AuditRates, audit_rates
from gemba.work.audit_scene import AuditScene
from gemba.work.conclude import conclusion_of
from gemba.work.conduct_said import conduct_said
from gemba.work.desk import Desk
from gemba.work.records import known
from gemba.work.release_check import check_of
from gemba.work.release_told import Weight
from gemba.work.report_facts import places_above
from gemba.work.sample_facts import facts_of


def report_facts(desk: Desk, reader: Reader, uid: Uid) -> AuditReport:
    """Everything that the report of an audit prints, in the chosen language.

    While two auditors judge apart no verdict is told, not even in a draft.

    Raises:
        Refusal: the audit is unknown.
    """
    scene = AuditScene(desk, reader, uid)
    audit, is_blind = scene.audit, scene.is_blind
    place = known(reader, Place, audit.place)
    rates = None if is_blind else audit_rates(reader, audit)
    conclusion = conclusion_of(reader, audit.assessment) if audit.assessment else None
    sample = facts_of(reader, scene.sample.uid) if scene.sample else None
    higher = places_above(reader, place)
    stand, withdrawn = ((), ()) if is_blind else findings_said(scene)
    return AuditReport(
        number=audit.number,
        title=audit.title,
        organisation=higher[0].name if higher and higher[0].level is Level.ENTERPRISE else "",
        place=place.name,
        person=known(reader, Person, audit.auditor).name,
        when=audit.concluded_at or audit.opened_at or audit.made_at,
        zone=place.zone,
        draft=audit.state is not AuditState.CONCLUDED,
        about=tuple(_about(scene, place)),
        figures=_figures(scene, rates),
        rate=tuple(_told(rates)),
        summary=tuple(filter(None, conclusion.summary.split("\n"))) if conclusion else (),
        goals=tuple(_goal_line(one) for one in rates.goals) if rates else (),
        weighted=tuple(_weighted_line(one) for one in rates.weighted) if rates else (),
        constraints=_constraints(rates),
        findings=stand,
        withdrawn=withdrawn,
        exceptions=() if is_blind else tuple(_exceptions(scene)),
        two=tuple(_two(scene)),
        shows=sample.shows if sample else (),
        hides=sample.hides if sample else (),
        proof=sample.proof if sample else (),
        said=said_on_warnings(scene, conclusion.said if conclusion else {}),
        remarks=tuple(_remarks(scene)),
        conduct=conduct_said(scene.sheet) if scene.sheet else (),
        criteria=tuple(_criteria(scene)),
        decisions=() if is_blind else tuple(_decisions(scene)),
    )


def _about(scene: AuditScene, place: Place) -> Iterator[tuple[str, str]]:
    audit, reader = scene.audit, scene.reader
    programme = reader.get(Programme, audit.programme) if audit.programme else None
    corrected = reader.get(Audit, audit.corrects) if audit.corrects else None
    yield text("Number"), audit.number
    if corrected is not None:
        words = text("{number}, because: {reason}", number=corrected.number, reason=audit.moved_because)
        yield text("Corrects"), words
    yield text("Scope"), f"{place.name} · {audit.quarter} ({audit.begins.isoformat()} – {audit.ends.isoformat()})"
    if programme is not None:
        yield text("Programme"), " · ".join(filter(None, (programme.number, programme.title, programme.objective)))
    yield text("Lead auditor"), known(reader, Person, audit.auditor).name
    if audit.second is not None:
        yield text("Second auditor"), known(reader, Person, audit.second).name
    if audit.independent_because:
        yield text("Independent because"), audit.independent_because
    yield text("Opened"), _day(audit.opened_at, place)
    yield text("Concluded"), _day(audit.concluded_at, place)


def _figures(scene: AuditScene, rates: AuditRates | None) -> tuple[tuple[str, str], ...]:
    if rates is None:
        return ((str(len(scene.cases)), text("decisions in the sample")),)
    whole, needing = rates.whole, len(scene.kept_findings)
    shown = figure(whole.rate, percent=True) if whole.rate is not None else f"{whole.aligned}/{whole.judged}"
    return (
        (shown, text("aligned with what was promised")),
        (str(len(scene.cases)), text("decisions in the sample")),
        (str(whole.judged), text("verdicts with evidence")),
        (str(whole.cannot_tell), text("cannot be told")),
        (str(needing), text("findings")),
    )


def _told(rates: AuditRates | None) -> Iterator[str]:
    if rates is None:
        yield text("Two auditors still judge apart; until both have handed in no verdict is told.")
        return
    whole = rates.whole
    yield text("Aligned: {rate}. {counts}.", rate=rate_words(whole), counts=counts_words(whole))
    if whole.rate is None:
        yield text("Fewer than {n} verdicts with evidence give no rate; the counts stand for themselves.", n=FEWEST)
    else:
        yield text("With those that are aligned in part: {share}.", share=figure(whole.with_part, percent=True))
    if whole.excepted:
        yield plural(
            "{n} departure had a justified exception; it stays what it is.",
            "{n} departures had a justified exception; they stay what they are.",
            whole.excepted,
        )


def _goal_line(one: Rate) -> tuple[str, str, str, str, str, str]:
    counts = (one.aligned, one.part, one.contrary, one.cannot_tell)
    aligned, part, contrary, untold = map(str, counts)
    return one.title, aligned, part, contrary, untold, rate_words(one)


def _weighted_line(one: WeightedRate) -> tuple[str, str, str]:
    plain, rate, low, high = (figure(value, percent=True) for value in (one.plain, one.rate, one.low, one.high))
    return one.title, plain, text("too few to say") if one.rate is None else f"{rate} ({low} – {high})"


def _constraints(rates: AuditRates | None) -> tuple[tuple[str, str, str], ...]:
    found = rates.constraints if rates else ()
    return tuple((constraint_title(code), str(part), str(contrary)) for code, part, contrary in found)


def _exceptions(scene: AuditScene) -> Iterator[tuple[str, str, str, str]]:
    for one in scene.standing:
        if one.exception:
            until = one.exception_until.isoformat() if one.exception_until else "–"
            yield one.decision.number, one.goal.title, one.exception, until


def _two(scene: AuditScene) -> Iterator[str]:
    """How far two auditors agreed, and what they settled."""
    if scene.audit.second is None or scene.is_blind or not scene.doubles.pairs:
        return
    found = of_audit(scene.reader, scene.audit.uid)
    if found.overall is not None:
        yield plural(
            "Two auditors judged {n} of {all} verdicts apart.",
            "Two auditors judged {n} of {all} verdicts apart.",
            found.overall.cases,
            all=len(scene.lead_said),
        )
        yield " ".join(sentences(found.overall))
    yield from open_words(found)
    for one in scene.standing:
        if one.agreed and len(one.agreed.judgements) > 1:
            yield text(
                "{number}, {goal}: agreed on “{verdict}”, because: {reason}",
                number=one.decision.number,
                goal=one.goal.title,
                verdict=verdict_title(one.agreed.verdict),
                reason=one.agreed.reason,
            )


def said_on_warnings(scene: AuditScene, said: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """What stood before the report and what the auditors said to it; a warning that is no more is told by its code."""
    if not said:
        return ()
    warnings = {one.code: one.words for one in check_of(scene).of(Weight.WARNING)}
    return tuple((warnings.get(code, code), word) for code, word in said.items())


def _remarks(scene: AuditScene) -> Iterator[str]:
    """What a reader should know; what only helps the auditor to conclude is left out."""
    for one in check_of(scene).of(Weight.HINT):
        if one.code != "not_escalated":
            yield f"{one.words} ({one.about})" if one.about else one.words


def _criteria(scene: AuditScene) -> Iterator[tuple[str, str, str]]:
    for goal in scene.goals:
        named = text("{title}, version {n}", title=goal.title, n=goal.version)
        yield named, goal.statement, goal.owner or text("nobody")


def _decisions(scene: AuditScene) -> Iterator[tuple[str, str, str, str]]:
    counted: dict[Uid, Counter[AlignmentVerdict]] = {}
    for one in scene.standing:
        counted.setdefault(one.decision.uid, Counter())[one.verdict] += 1
    for case in scene.cases:
        counts = counted.get(case.decision.uid, Counter())
        said = ", ".join(f"{verdict_title(verdict)} {n}" for verdict in AlignmentVerdict if (n := counts[verdict]))
        decision = case.decision
        yield decision.number, decision.decided_on.isoformat(), decision.title, said or "–"


def _day(moment: datetime | None, place: Place) -> str:
    return moment.astimezone(ZoneInfo(place.zone)).date().isoformat() if moment else "–"
