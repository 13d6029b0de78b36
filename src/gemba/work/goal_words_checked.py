"""What people write of goals and service levels, looked over before it is kept."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date
from typing import Any

from gemba.errors import Refusal
from gemba.work.desk import Desk

LONGEST = {"statement": 2000, "need": 2000, "reason": 1000, "anchor": 500, "measured_by": 1000, "expected_from": 500}
"""Letters that a field may have."""
_ELSE = 200
_LARGEST = 1e12
_NEEDED = frozenset({"code", "title", "statement", "need", "driver", "measured_by", "provider", "customer"})


def check_words(said: Mapping[str, str]) -> dict[str, Any]:
    """The words without blanks around them.

    Raises:
        Refusal: `work.goal_without` when one that is needed is empty, `work.goal_too_long`.
    """
    found = {field: words.strip() for field, words in said.items()}
    for field, words in found.items():
        if not words and field in _NEEDED:
            raise Refusal("work.goal_without", field=field.replace("_", " "))
        longest = LONGEST.get(field, _ELSE)
        if len(words) > longest:
            raise Refusal("work.goal_too_long", field=field.replace("_", " "), letters=len(words), longest=longest)
    return found


def check_days(begins: date, ends: date | None) -> None:
    """Refuse a last day before the first.

    Raises:
        Refusal: `work.goal_days`.
    """
    if ends is not None and ends < begins:
        raise Refusal("work.goal_days", begins=str(begins), ends=str(ends))


def check_number(field: str, value: float | None) -> None:
    """Refuse what is no number that can be kept and compared.

    Raises:
        Refusal: `work.not_a_number`.
    """
    if value is not None and not (math.isfinite(value) and abs(value) <= _LARGEST):
        raise Refusal("work.not_a_number", field=field, value=str(value))


def day_at(desk: Desk) -> date:
    """The day it is where this laptop is."""
    return desk.clock().astimezone().date()
