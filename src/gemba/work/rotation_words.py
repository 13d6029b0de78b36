"""What states of rotations and promises are called, and how much was kept, in words."""

from __future__ import annotations

from gemba.domain.promises import Kept
from gemba.domain.rotations import RotationState
from gemba.methods.proportions import wilson
from gemba.reports.facts import Tone
from gemba.wording import text

PROMISE_STATES = ("overdue", "open", "kept", "broken", "withdrawn")
"""As lists filter by them: an open promise is overdue once its day has passed."""
PROMISE_TONES: dict[str, Tone] = {"overdue": "poor", "open": "plain", "kept": "good", "broken": "poor"}
ROTATION_TONES: dict[str, Tone] = {"planned": "plain", "begun": "fair", "done": "good"}


def rotation_state_words(state: str) -> str:
    """A state of a rotation."""
    titles = {
        RotationState.PLANNED: text("planned"),
        RotationState.BEGUN: text("begun"),
        RotationState.DONE: text("done"),
        RotationState.CANCELLED: text("called off"),
    }
    return titles[RotationState(state)]


def promise_state_words(state: str) -> str:
    """A state of a promise, `overdue` among them."""
    titles = {
        "open": text("open"),
        "overdue": text("overdue"),
        "kept": text("kept"),
        "broken": text("not kept"),
        "withdrawn": text("withdrawn"),
    }
    return titles[state]


def kept_words(kept: Kept) -> str:
    """The share that was kept with its interval; counts where there are too few to say."""
    counts = text("{kept} of {due}", kept=kept.kept, due=kept.due)
    if kept.share is None:
        return text("{counts}, too few to say", counts=counts) if kept.due else text("none due yet")
    among = wilson(kept.kept, kept.due)
    return text(
        "{share:.0f} % ({low:.0f} – {high:.0f} %), {counts}",
        share=100 * kept.share,
        low=100 * among.low,
        high=100 * among.high,
        counts=counts,
    )
