"""The report of an alignment audit: facts in, a PDF out. It tells of decisions and conditions, never of people."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import msgspec

from gemba.reports import sheet
from gemba.reports.facts import ActionFacts, Rendered, Tone
from gemba.reports.sheet_facts import Cell, Facts, Figures, Heading, Notice, Part, PhotoPairs, SheetFacts, Table, Words
from gemba.wording import text


class FindingSaid(msgspec.Struct, frozen=True, kw_only=True):
    """One finding."""

    number: str
    grade: tuple[str, Tone]
    goal: str
    criterion: str
    words: str
    evidence: tuple[tuple[str, str], ...]
    """Decision by number and title, and what speaks for and against."""
    files: tuple[str, ...] = ()
    """Name and hash of each."""
    responses: tuple[str, ...] = ()
    """What the auditee said and what became of it, a sentence each."""
    actions: tuple[str, ...] = ()
    proofs: tuple[ActionFacts, ...] = ()
    """Actions that photos or files show as done."""
    contained: str = ""
    """What was done at once so that no further customer meets it."""


class AuditReport(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that the report prints; texts are in its language already."""

    number: str
    title: str
    organisation: str = ""
    place: str
    person: str
    when: datetime
    zone: str = "UTC"
    draft: bool = False
    about: tuple[tuple[str, str], ...]
    """What was audited, by whom, when: label and value."""
    figures: tuple[tuple[str, str], ...]
    rate: tuple[str, ...]
    """What the rate says, in sentences."""
    summary: tuple[str, ...] = ()
    """The auditors' own words, a paragraph each."""
    goals: tuple[tuple[str, str, str, str, str, str], ...]
    """Goal, aligned, in part, contrary, cannot tell, rate with its interval."""
    weighted: tuple[tuple[str, str, str], ...] = ()
    """Goal, rate of the sample, rate of all decisions with its interval; empty where strata were drawn evenly."""
    constraints: tuple[tuple[str, str, str], ...] = ()
    """What forced decisions, in part, contrary."""
    findings: tuple[FindingSaid, ...] = ()
    withdrawn: tuple[FindingSaid, ...] = ()
    exceptions: tuple[tuple[str, str, str, str], ...] = ()
    """Decision, goal, reason, last day."""
    two: tuple[str, ...] = ()
    """How far two auditors agreed, and what they settled; empty where one judged."""
    shows: tuple[str, ...] = ()
    hides: tuple[str, ...] = ()
    proof: tuple[str, ...] = ()
    said: tuple[tuple[str, str], ...] = ()
    """Warnings that stood before the report, each with what the auditors said to it."""
    remarks: tuple[str, ...] = ()
    """What was known when it was released: hints."""
    conduct: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = ()
    """Meetings, documents and interviews: title, then question and answer."""
    criteria: tuple[tuple[str, str, str], ...] = ()
    """Goal and version, what was promised, who answers for it."""
    decisions: tuple[tuple[str, str, str, str], ...] = ()
    """Number, day, what was decided, verdicts."""


def render(facts: AuditReport, out: Path, *, language: str) -> Rendered:
    """Write the report as a PDF; the same facts give the same bytes.

    Args:
        facts: what it tells.
        out: the PDF; it appears whole or not at all.
        language: BCP 47 tag.

    Raises:
        Trouble: the file cannot be written.
    """
    return sheet.render(laid_out(facts), out, language=language)


def laid_out(facts: AuditReport) -> SheetFacts:
    """The parts of the report in their order."""
    return SheetFacts(
        number=facts.number,
        title=facts.title,
        kind_title=text("Alignment audit"),
        organisation=facts.organisation,
        place=facts.place,
        person=facts.person,
        when=facts.when,
        zone=facts.zone,
        draft=facts.draft,
        parts=tuple(_parts(facts)),
    )


def _parts(facts: AuditReport) -> Iterator[Part]:
    yield Figures(facts.figures)
    if facts.draft:
        yield Notice((text("A draft: nothing in it is issued, and all of it may change."),), "fair")
    yield Facts(facts.about)
    yield Notice((text("An audit judges decisions against what was promised to customers. It never judges people."),))
    yield Heading(text("Conclusion"))
    for line in facts.rate:
        yield Words(line)
    for line in facts.summary:
        yield Words(line)
    yield from _by_goal(facts)
    yield from _findings(facts)
    yield from _exceptions(facts)
    yield from _listed(text("Two auditors"), facts.two)
    yield from _listed(text("What the sample can show"), facts.shows)
    yield from _listed(text("What it cannot show"), facts.hides, level=1)
    yield from _listed(text("How it was drawn"), facts.proof, level=1)
    yield from _known(facts)
    yield from _conduct(facts)
    yield from _annex(facts)


def _by_goal(facts: AuditReport) -> Iterator[Part]:
    if facts.goals:
        yield Heading(text("By goal"), 1)
        titles = (
            text("Goal"),
            text("Aligned"),
            text("In part"),
            text("Contrary"),
            text("Cannot tell"),
            text("Aligned of those told (95 % interval)"),
        )
        note = text("Rate: aligned of aligned, in part and contrary; what cannot be told is in no rate.")
        yield Table(titles, facts.goals, (0, 16, 16, 18, 20, 46), numbers=(1, 2, 3, 4, 5), note=note)
    if facts.weighted:
        yield Heading(text("Weighted to all decisions"), 1)
        heads = (text("Goal"), text("In the sample"), text("In all decisions (95 % interval)"))
        note = text("Strata were drawn unevenly: what the sample says of all decisions is the weighted rate.")
        yield Table(heads, facts.weighted, (0, 34, 60), numbers=(1, 2), note=note)
    if facts.constraints:
        yield Heading(text("What forced decisions that are not aligned"), 1)
        heads = (text("What forced them"), text("In part"), text("Contrary"))
        yield Table(heads, facts.constraints, (0, 24, 24), numbers=(1, 2))


def _findings(facts: AuditReport) -> Iterator[Part]:
    yield Heading(text("Findings"))
    if not facts.findings:
        yield Words(text("No finding was raised."))
    for one in facts.findings:
        yield from _finding(one)
    if facts.withdrawn:
        yield Heading(text("Withdrawn after the auditee's response"))
        for one in facts.withdrawn:
            yield from _finding(one)


def _finding(one: FindingSaid) -> Iterator[Part]:
    yield Heading(f"{one.number} · {one.grade[0]}", 1)
    rows = [(text("Goal"), one.goal), (text("Criterion"), one.criterion), (text("Found"), one.words)]
    rows += [(text("File"), name) for name in one.files]
    rows += [(text("Done at once"), one.contained)] if one.contained else []
    rows += [(text("Auditee"), said) for said in one.responses]
    rows += [(text("Action"), said) for said in one.actions]
    yield Facts(tuple(rows))
    if one.evidence:
        yield Table((text("Decision"), text("Evidence")), one.evidence, (58, 0))
    for done in one.proofs:
        yield Words(text("{action}: before and after", action=done.number), "label")
        if done.pairs:
            yield PhotoPairs(done.pairs)
        if done.files:
            yield Words(text("Files: {names}", names=", ".join(done.files)), "small")


def _exceptions(facts: AuditReport) -> Iterator[Part]:
    if facts.exceptions:
        yield Heading(text("Justified exceptions"))
        titles = (text("Decision"), text("Goal"), text("Why it was justified"), text("Holds until"))
        yield Table(titles, facts.exceptions, (30, 44, 0, 24))


def _listed(title: str, lines: tuple[str, ...], level: int = 0) -> Iterator[Part]:
    if lines:
        yield Heading(title, level)
        for line in lines:
            yield Words(line)


def _known(facts: AuditReport) -> Iterator[Part]:
    if facts.said or facts.remarks:
        yield Heading(text("Known at the release"))
    if facts.said:
        yield Table((text("Warning"), text("What the auditors say to it")), facts.said, (0, 80))
    for line in facts.remarks:
        yield Words(line)


def _conduct(facts: AuditReport) -> Iterator[Part]:
    if facts.conduct:
        yield Heading(text("How it was conducted"))
    for title, rows in facts.conduct:
        yield Heading(title, 1)
        yield Facts(rows)


def _annex(facts: AuditReport) -> Iterator[Part]:
    if facts.criteria:
        yield Heading(text("Criteria"))
        titles = (text("Goal"), text("What was promised"), text("Who answers for it"))
        yield Table(titles, facts.criteria, (44, 0, 40))
    if facts.decisions:
        yield Heading(text("Decisions judged"))
        heads = (text("Decision"), text("Day"), text("What was decided"), text("Verdicts"))
        rows = tuple((Cell(number, strong=True), day, title, said) for number, day, title, said in facts.decisions)
        yield Table(heads, rows, (32, 22, 0, 50))
