"""What must hold before an assessment is concluded: rules that kinds choose from."""

from __future__ import annotations

from gemba.kinds.model import Facts, Need, Problem, Rule
from gemba.wording import text


def all_valid(facts: Facts) -> tuple[Need, ...]:
    """Every required question is answered, and every answer obeys the form."""
    return tuple(Need(gap.path, gap.label, Problem(gap.problem)) for gap in facts.missing)


def explained_failures(facts: Facts) -> tuple[Need, ...]:
    """Each critical failure carries a note, or a finding was raised from it: a verdict needs its evidence."""
    raised = {finding.path for finding in facts.findings}
    return tuple(
        Need(path, facts.label(path), Problem.CRITICAL_NOTE)
        for path in facts.score.critical_failed
        if path not in raised and not facts.notes.get(path, "").strip()
    )


def enough_answered(share: float) -> Rule:
    """At least a share (0 to 1) of the questions that count is answered: a score of a few answers misleads."""

    def rule(facts: Facts) -> tuple[Need, ...]:
        answered, questions = facts.answered_of
        if answered >= share * questions:
            return ()
        label = text(
            "{answered} of {questions:question|questions} answered, {share} % needed",
            answered=answered,
            questions=questions,
            share=round(share * 100),
        )
        return (Need("", label, Problem.TOO_FEW),)

    return rule
