"""How an assessment was seen last: place, language, folds. Kept on this laptop, and no part of the journal."""

from __future__ import annotations

from typing import Any

import msgspec

from gemba.domain.record import Uid
from gemba.work.desk import Desk

SETTING = "sights"
_MOST_KEPT = 200
"""Of as many assessments the sight is kept."""


class Sight(msgspec.Struct, frozen=True):
    """How an assessment was seen last."""

    place: str = ""
    """Path of the question at which one was."""
    language: str = ""
    folded: tuple[str, ...] = ()


def keep_sight(desk: Desk, assessment: Uid, sight: Sight) -> None:
    """Keep how an assessment is seen, on this laptop alone."""
    with desk.unit() as unit:
        kept: dict[str, Any] = unit.setting(SETTING) or {}
        kept.pop(assessment, None)
        kept[assessment] = msgspec.to_builtins(sight)
        unit.set_setting(SETTING, dict(list(kept.items())[-_MOST_KEPT:]))


def sight_of(kept: Any, assessment: Uid) -> Sight:
    """How an assessment was seen last, as the setting tells it."""
    try:
        return msgspec.convert((kept or {}).get(assessment) or {}, Sight)
    except msgspec.ValidationError:
        return Sight()
