"""The registers of goals and of service levels as tables: CSV files for people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from gemba.domain.goals import Bound
from gemba.store.reading import Reader
from gemba.wording import text
from gemba.work.goal_facts import GoalLine, as_words, goal_lines
from gemba.work.goal_register import GoalRegister
from gemba.work.goal_tree import leaf
from gemba.work.goal_words import gap_title, state_title
from gemba.work.level_facts import LevelLine, level_lines
from gemba.work.table_files import Cell, write_csv


def goals_csv(reader: Reader, file: Path) -> int:
    """Write one row for each requirement of each goal and adaptation, or one for a goal without.

    Returns:
        Number of rows.

    Raises:
        Trouble: the file cannot be written.
    """
    heads = [
        *(text("Code"), text("Version"), text("Title"), text("Promise"), text("Need behind it"), text("Owner")),
        *(text("Place"), text("Adaptation"), text("State"), text("Valid from"), text("Valid to"), text("To mend")),
        *(text("Driver"), text("Measured by"), text("Target"), text("Now"), text("Met"), text("Uid")),
    ]
    register = GoalRegister(reader)
    return write_csv(file, heads, (row for line in goal_lines(reader) for row in _rows(register, line)))


def levels_csv(reader: Reader, file: Path) -> int:
    """Write one row for each service level, the worst gap first.

    Returns:
        Number of rows.

    Raises:
        Trouble: the file cannot be written.
    """
    heads = [
        *(text("Service level"), text("Provider"), text("Customer"), text("Good is"), text("Unit"), text("Promised")),
        *(
            text("Expected"),
            text("Expectation known from"),
            text("Achieved"),
            text("Achieved on"),
            text("Worst gap, %"),
        ),
        *(text("Goal"), text("Place"), text("Owner"), text("Review by"), text("Valid from"), text("Valid to")),
        *(text("State"), text("To mend"), text("Uid")),
    ]
    return write_csv(file, heads, (_level(line) for line in level_lines(reader)))


def _rows(register: GoalRegister, line: GoalLine) -> Iterator[Sequence[Cell]]:
    goal = line.goal
    head = [
        *(line.code, str(goal.version), goal.title, goal.statement, goal.need, goal.owner, line.place),
        text("yes") if line.is_adaptation else "",
        *(state_title(line.state), str(goal.valid_from), as_words(goal, "valid_to")),
        "; ".join(gap_title(gap.code) for gap in line.gaps),
    ]
    branches = register.branches(register.lines.root(line.uid))
    for one in [leaf(branch) for branch in branches]:
        yield [*head, one.driver, one.measured_by, one.target, one.now, one.word, line.uid]
    if not branches:
        yield [*head, "", "", "", "", "", line.uid]


def _level(line: LevelLine) -> Sequence[Cell]:
    level, told, worst = line.level, line.standing, line.worst
    return [
        *(level.title, level.provider, level.customer, _good(level.bound), level.unit, level.promised),
        *(level.expected, level.expected_from, told.achieved, str(told.on or "")),
        None if worst is None else round(worst * 100, 1),
        *(line.goal, line.place, level.owner, str(level.review_by or ""), str(level.valid_from)),
        *(str(level.valid_to or ""), state_title(line.state), "; ".join(gap_title(gap.code) for gap in line.gaps)),
        level.uid,
    ]


def _good(bound: Bound) -> str:
    return text("at least so much") if bound is Bound.AT_LEAST else text("at most so much")
