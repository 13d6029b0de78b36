"""One thing that is wrong with the register of goals."""

from __future__ import annotations

import msgspec

from gemba.domain.record import Uid


class Gap(msgspec.Struct, frozen=True):
    """One thing that is wrong, as a criterion that was not met: it stands until somebody mends it."""

    code: str
    """`no_owner`, `unmet` and so on (`goal_words.gap_title`)."""
    goal: str
    """Code of the goal; empty for a service level of none."""
    words: str
    """One sentence."""
    tone: str
    """`poor`, `fair` or `note`, as it weighs."""
    uid: Uid
    """The goal's version or the service level that it is shown on."""
    noun: str = "goal"
    about: str = ""
    """What it stays the same gap by: the first version of the goal or the service level, and the driver."""
    action: str = ""
    """Number of the open action that mends it; empty while nobody was asked to."""
