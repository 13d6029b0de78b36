"""Why something went wrong: 5 whys, Ishikawa, 8D-light."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

import msgspec

from gemba.domain.record import Record, Uid


class CauseDomain(StrEnum):
    """Where a cause lies."""

    NONE = ""
    PROCESS = "process"
    POLICY = "policy"
    PEOPLE = "people"
    TECHNOLOGY = "technology"


class CauseSort(StrEnum):
    """Whether what was found is a gap that produces more of the same."""

    OPEN = ""
    SYSTEM = "system"
    """In process, policy, system, training or capacity."""
    ONE_OFF = "one_off"


class CauseAnalysis(Record, frozen=True, kw_only=True):
    """One analysis of a cause, of a complaint, a cluster of complaints or a finding."""

    number: str
    complaint: Uid | None = None
    review: Uid | None = None
    finding: Uid | None = None
    place: Uid | None = None
    step: str = ""
    cause: str = ""
    """Code of the vocabulary of causes that it ended on."""
    problem: str
    """What is wrong, where, since when, how much; what is and what is not."""
    contained: str = ""
    """What was done at once, and how far it reaches."""
    whys: tuple[str, ...] = ()
    """Each answers why the one before happened."""
    ends_on_person: bool = False
    """True when the last why names a person's error: then one more answer is asked for."""
    heads: dict[str, str] = msgspec.field(default_factory=dict)
    """Ishikawa: what was found by head (people, process, policy, place, technology, information, customer)."""
    domain: CauseDomain = CauseDomain.NONE
    sort: CauseSort = CauseSort.OPEN
    escape: str = ""
    """Why it was not caught before the customer met it."""
    steps: dict[str, str] = msgspec.field(default_factory=dict)
    """8D-light: team, chosen, done, prevented, by name."""
    finished_at: datetime | None = None
    begun_at: datetime
    person: Uid
