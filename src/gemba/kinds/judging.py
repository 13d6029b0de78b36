"""How a grade follows from the facts: rules that kinds choose from."""

from __future__ import annotations

from gemba.domain.findings import NEEDS_ACTION, FindingState
from gemba.kinds.model import FAILED, OPEN, UNSCORED, Facts, Grade


def by_points(grades: tuple[Grade, ...], facts: Facts) -> Grade:
    """The best grade that the percent earns; a critical failure outweighs every percent.

    Weighted points over reachable points of what was answered, what does not apply left out of both; fatal items
    force the failing grade (usual in contact-centre and food audits). The percent is judged as it is printed, with one
    decimal, so that nobody reads "85.0 %" beside a grade that begins at 85.
    """
    if facts.score.critical_failed:
        return FAILED
    if facts.score.percent is None:
        return OPEN if facts.score.unanswered else UNSCORED
    percent = round(facts.score.percent, 1)
    earned = [grade for grade in grades if grade.at_least is not None]
    return next((grade for grade in earned if percent >= (grade.at_least or 0)), earned[-1])


def by_follow_up(grades: tuple[Grade, ...], facts: Facts) -> Grade:
    """The second grade when something waits to be followed up, else the first: for kinds that do not score.

    What waits is an open finding that needs action, or a critical question that failed.
    """
    waiting = bool(facts.score.critical_failed) or any(
        finding.grade in NEEDS_ACTION and finding.state is FindingState.OPEN for finding in facts.findings
    )
    return grades[1] if waiting else grades[0]
