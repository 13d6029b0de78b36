"""What a release check says: one remark, how much it weighs, and what it is about."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

import msgspec

from gemba.wording import text

_MOST = 8


class Weight(StrEnum):
    """How much a remark weighs, the most first."""

    ERROR = "error"
    """Blocks the conclusion."""
    WARNING = "warning"
    """Needs a word from the auditor, which stands in the report."""
    HINT = "hint"


class Remark(msgspec.Struct, frozen=True):
    """One thing that a release check found."""

    code: str
    weight: Weight
    words: str
    """A sentence, in the chosen language."""
    about: str = ""
    """Numbers or titles of what is meant."""
    where: str = ""
    """The card or room in which it is put right: `conduct`, `sample`, `judging`, `findings`, `responses`."""


def some(names: Iterable[str]) -> str:
    """The first names, and how many more there are."""
    found = list(dict.fromkeys(names))
    shown = ", ".join(found[:_MOST])
    more = len(found) - _MOST
    return shown if more <= 0 else text("{names} and {n} more", names=shown, n=more)
