"""How leaders' standard work was kept: expected walks counted by state, honest where there are few."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from gemba.domain.leader_walks import Standing, WalkState
from gemba.domain.promises import FEWEST


class Tally(msgspec.Struct, frozen=True):
    """Expected walks of a leader, a layer, a route or a week."""

    in_window: int = 0
    stood_in: int = 0
    """Walked by another who takes turns: held for the place, not walked by the leader."""
    late: int = 0
    missed: int = 0
    due: int = 0
    """Whose window is still open; in no share."""
    ahead: int = 0
    """In no share."""

    @property
    def counted(self) -> int:
        """Expected walks of which it is known what became: what a share is of."""
        return self.in_window + self.stood_in + self.late + self.missed

    @property
    def walked(self) -> int:
        """Walked by whoever was expected, late ones among them."""
        return self.in_window + self.late

    @property
    def share(self) -> float | None:
        """The leader's own share in the window; `None` where there are too few to say."""
        return self.in_window / self.counted if self.counted >= FEWEST else None

    @property
    def held(self) -> float | None:
        """The share that was held in the window, by whomever; `None` where there are too few to say."""
        return (self.in_window + self.stood_in) / self.counted if self.counted >= FEWEST else None


def tally(standings: Iterable[Standing]) -> Tally:
    """Count expected walks by their state."""
    counts = dict.fromkeys((state.value for state in WalkState), 0)
    for one in standings:
        counts[one.state.value] += 1
    return Tally(**counts)
