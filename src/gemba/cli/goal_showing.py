"""Goals and service levels as a person reads them on the command line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gemba.cli.saying import table
from gemba.wording import text
from gemba.work.goal_facts import GoalFacts, GoalLine, Version
from gemba.work.goal_gap import Gap
from gemba.work.goal_register import Branch
from gemba.work.goal_tree import leaf
from gemba.work.goal_words import amount, anchor_title, gap_title, state_title
from gemba.work.level_facts import LevelLine
from gemba.work.level_gaps import worst_told


def lines_table(lines: Sequence[GoalLine]) -> str:
    """The register; what weighs most of what is wrong stands beside each."""
    rows = [
        (
            line.code,
            line.place,
            line.goal.title,
            line.goal.owner or text("No owner"),
            line.remaining or state_title(line.state),
            f"{line.met}/{line.requirements}" if line.requirements else "",
            ", ".join(gap_title(gap.code) for gap in line.gaps),
        )
        for line in lines
    ]
    heads = [text("Code"), text("Place"), text("Goal"), text("Owner"), text("State"), text("Met"), text("To mend")]
    return table(rows, heads)


def gaps_table(gaps: Sequence[Gap]) -> str:
    """What is wrong, what weighs most first."""
    if not gaps:
        return text("Nothing is to be mended.")
    rows = [(gap_title(gap.code), gap.words, gap.action, gap.code) for gap in gaps]
    return table(rows, [text(head) for head in ("To mend", "Where, and what to do", "Action", "Code")])


def branches_table(branches: Sequence[Branch]) -> str:
    """A tree's branches."""
    leaves = [(leaf(branch), branch.requirement.uid) for branch in branches]
    rows = [(one.driver, one.measured_by, one.target, one.now, one.word, uid[:13]) for one, uid in leaves]
    heads = [text("Driver"), text("Measured by"), text("Target"), text("Now"), text("Met"), text("Uid")]
    return table(rows, heads)


def goal_words(facts: GoalFacts) -> str:
    """One goal with everything around it."""
    return "\n".join(_goal(facts))


def levels_table(lines: Sequence[LevelLine]) -> str:
    """The service levels, the worst gap first."""
    rows = [
        (
            line.level.title,
            f"{line.level.provider} → {line.level.customer}",
            amount(line.level.promised, line.level.unit),
            amount(line.level.expected, line.level.unit),
            amount(line.standing.achieved, line.level.unit),
            worst_told(line.standing)[0],
            line.level.owner or text("No owner"),
            text("overdue: {day}", day=line.level.review_by) if line.is_overdue else line.level.review_by,
            line.uid[:13],
        )
        for line in lines
    ]
    heads = [
        *(text("Service level"), text("From, to"), text("Promised"), text("Expected"), text("Achieved")),
        *(text("Worst gap"), text("Owner"), text("Review by"), text("Uid")),
    ]
    return table(rows, heads)


def _goal(facts: GoalFacts) -> Iterator[str]:
    line, goal = facts.line, facts.line.goal
    yield " · ".join(part for part in (line.code, line.place, goal.title) if part)
    yield goal.statement
    yield text("Need behind it: {need}", need=goal.need)
    yield text("Owner: {owner}", owner=goal.owner or text("No owner"))
    state = state_title(line.state) + (f", {line.remaining}" if line.remaining else "")
    yield text("{state}; version {n} from {day}", state=state, n=goal.version, day=goal.valid_from)
    if goal.retired_on is not None:
        yield text("Retired from {day}: {reason}", day=goal.retired_on, reason=goal.retired_because)
    if facts.core is not None:
        yield text("Adapts: {goal}", goal=facts.core.goal.statement)
    yield from (f"{anchor_title(code)}: {words}" for code, words in goal.anchors.items())
    if facts.branches:
        yield ""
        yield branches_table(facts.branches)
    if facts.adaptations:
        yield ""
        yield lines_table(facts.adaptations)
    if line.gaps:
        yield ""
        yield gaps_table(line.gaps)
    yield ""
    for version in facts.versions:
        yield from _version(version)


def _version(version: Version) -> Iterator[str]:
    goal = version.goal
    reason = f": {goal.reason}" if goal.reason else ""
    yield text("Version {n}, from {day}", n=goal.version, day=goal.valid_from) + reason
    for changed in version.changed:
        yield f"  {changed.field}: {changed.before or '–'} → {changed.after or '–'}"
