"""How an audit is told on the command line."""

from __future__ import annotations

from collections.abc import Iterator

from gemba.cli.saying import table, when
from gemba.domain.decisions import Decision
from gemba.domain.goals import Goal
from gemba.domain.judgements import Judgement
from gemba.store.reading import Reader
from gemba.wording import text
from gemba.work.alignment_words import counts_words, rate_words, verdict_title
from gemba.work.audit_finding_facts import response_with_files
from gemba.work.audit_shown import AuditShown, FindingShown
from gemba.work.plan_audits import audit_state_title
from gemba.work.release_check import ReleaseCheck
from gemba.work.release_told import Weight
from gemba.work.report_facts import grade_title
from gemba.work.to_judge import Case


def words_of(reader: Reader, shown: AuditShown) -> str:
    """An audit in lines."""
    return "\n".join(_lines(reader, shown))


def _lines(reader: Reader, shown: AuditShown) -> Iterator[str]:
    audit, done = shown.audit, shown.progress
    yield f"{audit.number} · {audit.title} · {audit_state_title(audit.state)}"
    yield f"{shown.place} · {audit.quarter} · {shown.auditor}" + (f" + {shown.second}" if shown.second else "")
    yield text("{judged} of {owed} judged", judged=done.judged, owed=done.owed)
    if shown.is_blind:
        yield text("Two auditors judge apart: what the other says is told once both have handed in.")
    if shown.rate is not None and shown.rate.judged:
        yield text("Aligned: {rate}. {counts}.", rate=rate_words(shown.rate), counts=counts_words(shown.rate))
        rows = [
            (one.title, one.aligned, one.part, one.contrary, one.cannot_tell, rate_words(one)) for one in shown.goals
        ]
        heads = [text(head) for head in ("Goal", "Aligned", "In part", "Contrary", "Cannot tell", "Rate")]
        yield table(rows, heads)
    for one in shown.findings:
        yield from _finding(one)
    if shown.said:
        yield table(shown.said, [text(head) for head in ("Warning", "What the auditors say to it")])
    if shown.report:
        yield text(
            "Report issued {day}, SHA-256 {hash}",
            day=when(shown.issued_at) if shown.issued_at else "",
            hash=shown.report,
        )
    if shown.corrected_by:
        yield text("Corrected by {numbers}", numbers=", ".join(shown.corrected_by))
    if shown.judgements:
        yield judgements_table(reader, shown.judgements)


def _finding(one: FindingShown) -> Iterator[str]:
    grade = text("withdrawn") if one.is_withdrawn else grade_title(one.finding.grade)
    yield f"{one.finding.number} · {grade} · {one.goal}: {one.finding.text}"
    for said in one.responses:
        late = text("(late)") + " " if said.is_late else ""
        yield f"  {late}{response_with_files(said, one.attached[said.uid])}"


def judgements_table(reader: Reader, found: tuple[Judgement, ...]) -> str:
    """Judgements by decision and goal."""
    numbers = {one.uid: one.number for one in reader.many(Decision, list({each.decision for each in found}))}
    goals = {one.uid: one.code for one in reader.many(Goal, list({each.goal for each in found}))}
    rows = [
        (
            numbers.get(one.decision, one.decision),
            goals.get(one.goal, one.goal),
            verdict_title(one.verdict),
            one.evidence_for,
            one.evidence_against,
            one.note,
        )
        for one in found
    ]
    heads = [text(head) for head in ("Decision", "Goal", "Verdict", "For", "Against", "Note")]
    return table(sorted(rows), heads)


def left_table(left: list[tuple[Case, Goal]]) -> str:
    """What is still to be judged."""
    rows = [(case.decision.number, case.decision.title, goal.code, goal.title) for case, goal in left]
    return table(rows, [text(head) for head in ("Decision", "What was decided", "Code", "Goal")])


def check_words(found: ReleaseCheck) -> str:
    """A release check in lines, what blocks first."""
    titles = {
        Weight.ERROR: text("Error"),
        Weight.WARNING: text("Warning"),
        Weight.HINT: text("Hint"),
    }
    if not found.remarks:
        return text("Nothing stands in the way.")
    lines = [f"{titles[one.weight]}: {one.words}" + (f" [{one.about}]" if one.about else "") for one in found.remarks]
    asked = [one.code for one in found.of(Weight.WARNING)]
    if asked:
        ways = " ".join(f'--word {code}="…"' for code in asked)
        lines.append(text("Each warning wants a word when the audit is concluded: {ways}", ways=ways))
    return "\n".join(lines)
