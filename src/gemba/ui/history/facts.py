"""What the history of a record shows; read on a job's thread."""

from __future__ import annotations

from typing import Any

import msgspec

from gemba import wording
from gemba.domain.change import Change
from gemba.errors import Refusal
from gemba.ui import terms
from gemba.work.history import History, history_of
from gemba.work.take_back import take_back, why_not
from gemba.work.take_back_words import PlanTold, told


class HistoryShown(msgspec.Struct, frozen=True):
    """A history, and whether its last change can be taken back."""

    history: History | None
    """`None` when it is not told."""
    why_not_told: str
    why_not_back: str
    """Why the last change stands; empty when it can be taken back."""


def read_history(desk: Any, uid: str) -> HistoryShown:
    """The history of a record."""
    try:
        found = history_of(desk, uid, day=terms.day, moment=terms.moment)
    except Refusal as refusal:
        return HistoryShown(None, wording.sentence(refusal), "")
    stands = why_not(desk, uid)
    return HistoryShown(found, "", "" if stands is None else wording.sentence(stands))


def read_plan(desk: Any, uid: str) -> PlanTold | Refusal:
    """What would go back with the last change of a record, or why nothing does."""
    try:
        return told(desk, uid, day=terms.day, moment=terms.moment)
    except Refusal as refusal:
        return refusal


def take_last_back(desk: Any, uid: str, step: str = "") -> Change:
    """Take the last change of a record back: the step that was shown before, any when none is named."""
    return take_back(desk, uid, step=step).change


def take_all_back(desk: Any, uid: str, step: str = "") -> Change:
    """The same, with the other records of which the same was said in one go."""
    return take_back(desk, uid, step=step, whole=True).change
