"""How a transfer stands, from what is recorded of its action; and how a pattern did where it was carried."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from enum import StrEnum

import msgspec

from gemba.domain.actions import Action, ActionState, Lane
from gemba.domain.effects import DAYS, EffectCheck, EffectResult, check_uid
from gemba.domain.patterns import Transfer

LAST = DAYS[-1]
"""Days after which it is settled whether a change holds."""


class TransferState(StrEnum):
    """From somebody's proposal to a change that held 90 days."""

    PROPOSED = "proposed"
    """Nobody has begun."""
    ADAPTING = "adapting"
    """Somebody makes it fit the place."""
    LIVE = "live"
    """Done there; the last look is still to come, or found that it holds only in part."""
    HOLDS = "holds"
    """Seen to hold after 90 days."""
    REGRESSED = "regressed"
    """It was live and is as it was before."""
    STOPPED = "stopped"
    """Not carried on, with the reason."""


def transfer_state(transfer: Transfer, action: Action, checks: Collection[EffectCheck]) -> TransferState:
    """How a transfer stands.

    Args:
        transfer: the pattern at the other place.
        action: of that place.
        checks: all looks at that action, of whatever go-live.
    """
    if transfer.stopped_because:
        return TransferState.STOPPED
    if action.state is ActionState.OPEN:
        if action.reopened:
            return TransferState.REGRESSED
        return TransferState.PROPOSED if action.lane is Lane.TODO else TransferState.ADAPTING
    return TransferState.HOLDS if last_result(action, checks) is EffectResult.HOLDS else TransferState.LIVE


def last_result(action: Action, checks: Iterable[EffectCheck]) -> EffectResult:
    """What the look after 90 days saw of an action's present go-live; *due* while nobody has looked."""
    if action.live_on is None:
        return EffectResult.DUE
    last = check_uid(action.uid, action.live_on, LAST)
    return next((one.result for one in checks if one.uid == last), EffectResult.DUE)


class Track(msgspec.Struct, frozen=True, kw_only=True):
    """How a pattern did where it was carried; every transfer is in exactly one of the numbers."""

    holds: int = 0
    """Seen to hold after 90 days."""
    partly: int = 0
    """After 90 days it held in part."""
    regressed: int = 0
    live: int = 0
    """Live for less than 90 days, or not looked at since: too early to tell."""
    underway: int = 0
    """Proposed or adapting."""
    stopped: int = 0

    @property
    def known(self) -> int:
        """Of how many the outcome is known: the only ones that a share may be told of."""
        return self.holds + self.partly + self.regressed

    @property
    def carried(self) -> int:
        """All of them."""
        return self.known + self.live + self.underway + self.stopped


def track_of(ones: Iterable[tuple[TransferState, EffectResult]]) -> Track:
    """Count transfers by their state and by what the look after 90 days saw."""
    counted = dict.fromkeys(Track.__struct_fields__, 0)
    for state, last in ones:
        counted[_number_of(state, last)] += 1
    return Track(**counted)


def _number_of(state: TransferState, last: EffectResult) -> str:
    if state in {TransferState.PROPOSED, TransferState.ADAPTING}:
        return "underway"
    if state is TransferState.LIVE and last is EffectResult.PARTLY:
        return "partly"
    return state.value
