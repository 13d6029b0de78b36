"""Findings in words: what was found before, what is not contained, what still waits."""

from __future__ import annotations

from collections.abc import Iterator

from gemba.cli.saying import when
from gemba.domain.findings import Finding, FindingGrade, FindingState
from gemba.store.lines import FindingLine
from gemba.wording import text
from gemba.work.contain_finding import lacks_containment
from gemba.work.seen_before import SeenBefore, done_words, recurrence_words
from gemba.work.told_by_leavers import leavers_words


def raised_words(finding: Finding, seen: SeenBefore) -> Iterator[str]:
    """What is said of a finding as it is raised."""
    yield text("Raised {number}.", number=finding.number)
    yield finding.uid
    yield from recurrence_lines(seen)
    if lacks_containment(finding):
        yield text("It is not contained yet: say what was done at once with `gemba finding contain`.")


def recurrence_lines(seen: SeenBefore) -> Iterator[str]:
    """How often it was found before, a line for each of the newest, and what people who left named."""
    words = recurrence_words(seen)
    if words:
        yield words
    for one in seen.earlier:
        yield f"  {one.number}  {when(one.raised_at)}  {one.text}  ({done_words(one)})"
    if seen.leavers:
        yield leavers_words(seen.leavers)
    for told in seen.leavers:
        yield f"  {told.number}  {told.held_on}  {told.barrier}"


def contained_word(line: FindingLine) -> str:
    """Yes, or a hint where a major finding is open and nobody has said what was done at once."""
    if line.contained:
        return text("yes")
    missing = line.grade == FindingGrade.MAJOR and line.state == FindingState.OPEN
    return text("not yet") if missing else ""
