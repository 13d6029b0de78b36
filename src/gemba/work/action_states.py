"""When an action counts as finished, when its finding closes, and how both open again."""

from __future__ import annotations

from collections.abc import Iterable

from gemba.domain.actions import Action, ActionSort, ActionState, Effect, Lane
from gemba.domain.findings import Finding, FindingState
from gemba.domain.record import Uid
from gemba.store.unit import Unit

NEEDS_EFFECT = frozenset({ActionSort.CORRECTIVE, ActionSort.IMPROVEMENT})
"""Sorts of actions that are over only when somebody has seen that they help (ISO 9001, 10.2.1 d)."""


def is_finished(action: Action) -> bool:
    """Whether nothing is left to do: done, and seen to help where it is more than a correction; or merged."""
    if action.merged_into is not None:
        return True
    done = action.state is ActionState.DONE
    return done and (action.sort not in NEEDS_EFFECT or action.effect is Effect.EFFECTIVE)


def settled(actions: Iterable[Action]) -> FindingState:
    """The state of a finding that has these actions: open while one of them is not finished."""
    return FindingState.CLOSED if all(is_finished(one) for one in actions) else FindingState.OPEN


def settle(unit: Unit, finding: Uid | None) -> None:
    """Close the finding when all its actions are finished; open it when one is not."""
    if finding is None:  # it follows from the cause of complaints
        return
    unit.change(Finding, finding, state=settled(unit.find(Action, finding=finding)))


def reopen_in(unit: Unit, action: Action, because: str) -> None:
    """Open an action again, counted and with the reason where there is one; what was seen of its effect is past."""
    counted = {"reopened": action.reopened + 1, "reopened_because": because} if because else {}
    unit.change(
        Action,
        action.uid,
        state=ActionState.OPEN,
        done_at=None,
        lane=Lane.TODO,
        live_on=None,
        effect=Effect.UNKNOWN,
        verified_at=None,
        verification="",
        **counted,
    )
    settle(unit, action.finding)
