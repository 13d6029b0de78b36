"""Which actions come first: by what customers gain, then by what it costs."""

from __future__ import annotations

from gemba.domain.actions import Action

HIGHEST = 5
"""Impact, reach, confidence and effort go from 1 to this."""


def priority(action: Action) -> float | None:
    """Impact x reach x confidence / effort, 0.2 to 125; `None` while one of them is not rated."""
    parts = (action.impact, action.reach, action.confidence, action.effort)
    if any(part is None for part in parts):
        return None
    impact, reach, confidence, effort = (float(part or 0) for part in parts)
    return impact * reach * confidence / effort
