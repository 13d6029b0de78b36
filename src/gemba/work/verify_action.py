"""Say whether an action that is done was seen to help, and whether the like was looked for elsewhere."""

from __future__ import annotations

import msgspec

from gemba.domain.actions import Action, ActionState, Effect
from gemba.domain.change import Change
from gemba.domain.record import Uid
from gemba.errors import Refusal
from gemba.store.unit import Unit
from gemba.wording import text
from gemba.work.action_states import reopen_in, settle_around
from gemba.work.desk import Desk
from gemba.work.photo_pairs import finding_of
from gemba.work.records import known
from gemba.work.similar_elsewhere import Answer, answer_in, ask_to_look, ask_without_finding, note_of


class Verified(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody says who looked at the effect."""

    effect: Effect
    how: str
    """How it was seen."""
    similar: str
    """`yes` or `no`: whether the like is found elsewhere."""
    similar_note: str
    """Where it was looked, and what follows."""
    places: tuple[Uid, ...] = ()
    """Where yes: places at which the next walk is asked to go and see."""


def verify(desk: Desk, action: Uid, said: Verified) -> Change:
    """Keep what was seen of an action's effect; one that does not help is open again.

    Raises:
        Refusal: the action is not done or was verified, nothing says how the effect was seen, or the question whether
            the like is found elsewhere is not answered with where it was looked.
    """
    if said.effect is Effect.UNKNOWN:
        raise Refusal("work.verified_without_effect")
    if not said.how.strip():
        raise Refusal("work.verified_without_words")
    answer = Answer(similar=said.similar, note=said.similar_note, places=said.places)
    with desk.unit() as unit:
        note = note_of(unit, answer)
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
            similar_note=note,
        )
        _tell_finding(unit, desk, about, answer)
        if said.effect is Effect.NOT_EFFECTIVE:
            reopen_in(unit, about, text("It was done and did not help: {how}", how=said.how.strip()))
        else:
            settle_around(unit, about)
        return unit.change_made(action)


def _tell_finding(unit: Unit, desk: Desk, action: Action, answer: Answer) -> None:
    """What is said of an action answers its finding's question, too, where nobody has answered that."""
    finding = finding_of(unit, action)
    if finding is not None and not finding.similar:
        answer_in(unit, desk, finding, answer)
        return
    for place in answer.places:
        if finding is not None:
            ask_to_look(unit, desk, finding, place)
        else:
            ask_without_finding(unit, desk, action.text, place)
