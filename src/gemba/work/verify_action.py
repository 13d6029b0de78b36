"""Say whether an action that is done was seen to help, and whether the like was looked for elsewhere."""

from __future__ import annotations

import msgspec

from gemba.domain.actions import Action, ActionState, Effect
from gemba.domain.change import Change
from gemba.domain.record import Uid
from gemba.errors import Refusal
from gemba.wording import text
from gemba.work.action_states import reopen_in, settle
from gemba.work.desk import Desk
from gemba.work.records import known

ANSWERS = ("yes", "no")
"""What is answered to "similar elsewhere?"."""


class Verified(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody says who looked at the effect."""

    effect: Effect
    how: str
    """How it was seen."""
    similar: str
    """`yes` or `no`: whether the like is found elsewhere."""
    similar_note: str
    """Where it was looked, and what follows."""


def verify(desk: Desk, action: Uid, said: Verified) -> Change:
    """Keep what was seen of an action's effect; one that does not help is open again.

    Raises:
        Refusal: the action is not done or was verified, nothing says how the effect was seen, or the question whether
            the like is found elsewhere is not answered with where it was looked.
    """
    if said.effect is Effect.UNKNOWN or not said.how.strip():
        raise Refusal("work.verified_without_words")
    if said.similar not in ANSWERS or not said.similar_note.strip():
        raise Refusal("work.similar_unanswered")
    with desk.unit() as unit:
        about = known(unit, Action, action)
        if about.state is not ActionState.DONE:
            raise Refusal("work.verified_before_done", number=about.number)
        if about.effect is not Effect.UNKNOWN:
            raise Refusal("work.verified_already", number=about.number)
        unit.change(
            Action,
            action,
            effect=said.effect,
            verified_at=desk.clock(),
            verification=said.how.strip(),
            similar=said.similar,
            similar_note=said.similar_note.strip(),
        )
        if said.effect is Effect.NOT_EFFECTIVE:
            reopen_in(unit, about, text("It was done and did not help: {how}", how=said.how.strip()))
        else:
            settle(unit, about.finding)
        return unit.change_made(action)
