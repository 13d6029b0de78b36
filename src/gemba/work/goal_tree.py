"""A goal's tree in words: what is drawn, and the same as rows of a table."""

from __future__ import annotations

from collections.abc import Sequence

from gemba.domain.goals import Goal
from gemba.reports.tree_shapes import DrawnTree, Leaf
from gemba.wording import text
from gemba.work.goal_register import Branch
from gemba.work.goal_words import met, now_words, target_words


def drawn_tree(goal: Goal, branches: Sequence[Branch]) -> DrawnTree:
    """The tree of a goal as it is drawn."""
    return DrawnTree(goal.title, goal.need, tuple(leaf(branch) for branch in branches))


def leaf(branch: Branch) -> Leaf:
    """One branch in words."""
    one = branch.requirement
    word, tone = met(meets=branch.meets)
    now = now_words(branch.now) if branch.measure is not None else text("no measure yet")
    return Leaf(one.driver, one.measured_by, target_words(one.bound, one.target, one.unit), now, word, tone)
