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


def take_last_back(desk: Any, uid: str) -> Change:
    """Take the last change of a record back."""
    return take_back(desk, uid).change
