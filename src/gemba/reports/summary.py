"""One paragraph that says what an assessment came to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from gemba.reports.facts import AssessmentFacts, FindingFacts, Tone
from gemba.reports.parts.notation import Notation
from gemba.wording import plural, text

_ORDER: dict[Tone, int] = {"poor": 0, "fair": 1, "plain": 2, "good": 3}


def summary(facts: AssessmentFacts, notation: Notation) -> str:
    """Sentences about answers, score, findings, critical items and actions."""
    return " ".join(sentence for sentence in _sentences(facts, notation) if sentence)


def grades(findings: tuple[FindingFacts, ...]) -> list[tuple[str, Tone, int]]:
    """Title, tone and count of each grade given, the gravest first."""
    counted = Counter((finding.grade, finding.grade_title, finding.tone) for finding in findings)
    found = [(title, tone, count) for (_, title, tone), count in counted.items()]
    return sorted(found, key=lambda grade: _ORDER[grade[1]])


def _sentences(facts: AssessmentFacts, notation: Notation) -> Iterator[str]:
    yield _answered(facts)
    yield _scored(facts, notation)
    yield _share(facts, notation)
    yield _settled(facts)
    for scale in facts.scales:
        percent = notation.percent(scale.percent)
        yield text("{scale} is scored apart: {score}.", scale=notation.alone(scale.title), score=percent)
    yield _noted(facts)
    yield _found(facts, notation)
    yield _critical(facts)
    yield _to_do(facts, notation)


def _noted(facts: AssessmentFacts) -> str:
    """How much was seen and heard; nothing where nothing was noted."""
    count = sum(len(stop.observations) for stop in facts.stops)
    return plural("One observation was noted.", "{n} observations were noted.", count) if count else ""


def _answered(facts: AssessmentFacts) -> str:
    questions = sum(section.questions for section in facts.sections)
    if not questions:
        return ""
    answered = sum(section.answered for section in facts.sections)
    if answered == questions:
        return plural("The only question was answered.", "All {n} questions were answered.", questions)
    return text(
        "{answered} of {questions:question was|questions were} answered.", answered=answered, questions=questions
    )


def _scored(facts: AssessmentFacts, notation: Notation) -> str:
    if facts.score is None:
        return ""
    score = notation.percent(facts.score)
    if not facts.grade_title:
        return text("The score is {score}.", score=score)
    return text("The score is {score}: {grade}.", score=score, grade=notation.alone(facts.grade_title))


def _share(facts: AssessmentFacts, notation: Notation) -> str:
    """What the score leaves open: it is told beside every score that is not of everything."""
    if facts.score is None or not facts.share_unanswered:
        return ""
    return text("{share} of what counts for it was not answered.", share=notation.percent(100 * facts.share_unanswered))


def _settled(facts: AssessmentFacts) -> str:
    """That the answers are no longer those on which the conclusion stands."""
    if not facts.settled_since:
        return ""
    return text(
        "A conflict about answers was settled after it was concluded: "
        "what it came to is told as it was concluded, and the answers below would give something else."
    )


def _found(facts: AssessmentFacts, notation: Notation) -> str:
    if not facts.findings:
        return text("No findings were raised.")
    listed = ", ".join(f"{notation.alone(title)} ({count})" for title, _, count in grades(facts.findings))
    return plural(
        "One finding was raised: {grades}.", "{n} findings were raised: {grades}.", len(facts.findings), grades=listed
    )


def _critical(facts: AssessmentFacts) -> str:
    if facts.critical:
        return plural("One critical item failed.", "{n} critical items failed.", len(facts.critical))
    known = sum(line.critical for section in facts.sections for line in section.lines)
    return text("No critical item failed.") if known else ""


def _to_do(facts: AssessmentFacts, notation: Notation) -> str:
    actions = [action for finding in facts.findings for action in finding.actions]
    if not actions:
        return ""
    dates = [action.due for action in actions if action.due]
    if not dates:
        return plural("One action was agreed.", "{n} actions were agreed.", len(actions))
    return plural(
        "One action was agreed, due on {first}.",
        "{n} actions were agreed; the first is due on {first}, the last on {last}.",
        len(actions),
        first=notation.day(min(dates)),
        last=notation.day(max(dates)),
    )
