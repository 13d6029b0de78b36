"""What results of checks are called."""

from __future__ import annotations

from gemba.domain.effects import EffectResult
from gemba.wording import text


def result_title(result: EffectResult) -> str:
    """What was seen, in the chosen language."""
    return {
        EffectResult.DUE: text("to be looked at"),
        EffectResult.HOLDS: text("holds"),
        EffectResult.PARTLY: text("holds in part"),
        EffectResult.REGRESSED: text("as it was before"),
    }[result]
