"""When an action counts as finished, when its finding closes, and how both open again."""

from __future__ import annotations

from collections.abc import Sequence

from gemba.domain.actions import Action, ActionSort, ActionState, Effect, Lane
from gemba.domain.findings import NEEDS_ACTION, Finding, FindingState
from gemba.domain.record import Uid
from gemba.store.reading import Reader
from gemba.store.unit import Unit
from gemba.work.records import known

NEEDS_EFFECT = frozenset({ActionSort.CORRECTIVE, ActionSort.IMPROVEMENT})
"""Sorts of actions that are over only when somebody has seen that they help (ISO 9001, 10.2.1 d)."""


def is_finished(action: Action) -> bool:
    """Whether nothing is left to do: done, and seen to help where it is more than a correction."""
    done = action.state is ActionState.DONE
    return done and (action.sort not in NEEDS_EFFECT or action.effect is Effect.EFFECTIVE)


def goes_on_in(reader: Reader, action: Action) -> Action:
    """The action itself, or the one that it was merged into: what becomes of that becomes of it."""
    seen = {action.uid}
    while action.merged_into is not None and action.merged_into not in seen:
        into = reader.get(Action, action.merged_into)
        if into is None:  # it has not arrived here yet
            break
        seen.add(into.uid)
        action = into
    return action


def is_done_with(finding: Finding, actions: Sequence[Action]) -> bool:
    """Whether all that was asked for about a finding is finished; a nonconformity asks for one action at least."""
    return (bool(actions) or finding.grade not in NEEDS_ACTION) and all(is_finished(one) for one in actions)


def settled(finding: Finding, actions: Sequence[Action]) -> FindingState:
    """The state of a finding that has these actions.

    It is open while one of them is not finished, and a nonconformity also while nobody has said whether the like is
    found elsewhere.
    """
    is_asked = bool(finding.similar) or finding.grade not in NEEDS_ACTION
    return FindingState.CLOSED if is_asked and is_done_with(finding, actions) else FindingState.OPEN


def waits_for_answer(reader: Reader, finding: Finding) -> bool:
    """Whether all about a finding is done, and only the question "similar elsewhere?" keeps it open."""
    actions = [goes_on_in(reader, one) for one in reader.find(Action, finding=finding.uid)]
    return finding.state is FindingState.OPEN and not finding.similar and is_done_with(finding, actions)


def settle(unit: Unit, finding: Uid | None) -> None:
    """Close the finding when nothing about it is left to do; open it when something is."""
    if finding is None:  # it follows from the cause of complaints
        return
    about = known(unit, Finding, finding)
    actions = [goes_on_in(unit, one) for one in unit.find(Action, finding=finding)]
    unit.change(Finding, finding, state=settled(about, actions))


def settle_around(unit: Unit, action: Action) -> None:
    """Settle the finding of an action, and those whose actions were merged into it."""
    waiting, seen = [action], {action.uid}
    while waiting:
        one = waiting.pop()
        settle(unit, one.finding)
        merged = [each for each in unit.find(Action, merged_into=one.uid) if each.uid not in seen]
        seen |= {each.uid for each in merged}
        waiting += merged


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
    settle_around(unit, action)
