"""Who takes part."""

from __future__ import annotations

import unicodedata
from datetime import date
from enum import StrEnum

from gemba.domain.record import Record, Uid


class Role(StrEnum):
    """What a person is here for."""

    AUDITOR = "auditor"
    LEADER = "leader"
    STEWARD = "steward"
    PROCESS_OWNER = "process_owner"
    HEADQUARTERS = "headquarters"


class Person(Record, frozen=True, kw_only=True):
    """Somebody who records, owns or answers for something."""

    name: str
    role: Role = Role.AUDITOR
    left_on: date | None = None
    """The first day on which nothing new is given to them; `None` while they are here."""
    same_as: Uid | None = None
    """Who this entry turned out to be: somebody was entered by name and later came with a laptop of their own."""


def plain_name(said: str) -> str:
    """A name as it is compared: whatever its case, blanks and way of writing accents."""
    return " ".join(unicodedata.normalize("NFKC", said).split()).casefold()
