"""What became of a promise: kept, overdue, broken, and the share that was kept of those whose day has come."""

from __future__ import annotations

from datetime import date

import msgspec

from gemba.domain.rotations import Commitment, CommitmentState

OVERDUE = "overdue"
"""What an open promise is called once its day has passed."""
FEWEST = 5
"""Promises whose day has come, below which a share says nothing."""


def standing(one: Commitment, today: date) -> str:
    """The state of a promise; `overdue` for an open one whose day has passed."""
    return OVERDUE if one.state is CommitmentState.OPEN and one.due < today else one.state.value


class Kept(msgspec.Struct, frozen=True):
    """Promises of a place or a role, counted."""

    kept: int = 0
    in_time: int = 0
    """Of the kept ones, those by their day."""
    broken: int = 0
    overdue: int = 0
    open: int = 0
    """Whose day has not come; in no share."""
    withdrawn: int = 0
    """In no share."""

    @property
    def due(self) -> int:
        """Promises whose day has come or that are settled: what the share is of."""
        return self.kept + self.broken + self.overdue

    @property
    def share(self) -> float | None:
        """The share that was kept; `None` where there are too few to say."""
        return self.kept / self.due if self.due >= FEWEST else None
