"""What stands on an agenda: records and own words; what is left undecided rolls over, and is counted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from gemba.domain.governance import Meeting, MeetingState
from gemba.domain.record import Uid
from gemba.errors import Refusal

TAKES = ("escalation", "action", "commitment", "finding", "signal", "review", "audit")
"""What an agenda may be built from, in the order in which a meeting takes it."""
NOUN_OF = {
    "escalation": "escalation",
    "action": "action",
    "commitment": "commitment",
    "finding": "finding",
    "signal": "signal",
    "review": "complaint_review",
    "audit": "audit",
}
"""By what is taken, the noun of its records."""
LONGEST_ENTRY = 400
"""Letters of an entry in own words."""
MOST_ENTRIES = 120


class Carried(msgspec.Struct, frozen=True):
    """An entry that comes from an earlier meeting."""

    entry: str
    times: int
    """Meetings of this body that had it without deciding it."""


def record_of(entry: str) -> tuple[str, Uid]:
    """Noun and uid that an entry names; both empty for own words."""
    noun, sign, uid = entry.partition(":")
    is_record = bool(sign) and noun in NOUN_OF.values() and len(uid) == 36 and " " not in uid
    return (noun, uid) if is_record else ("", "")


def undecided(meeting: Meeting) -> tuple[str, ...]:
    """The entries of a meeting without a decision, in order."""
    return tuple(entry for entry in meeting.agenda if not meeting.decided.get(entry, "").strip())


def in_order(meetings: Iterable[Meeting]) -> list[Meeting]:
    """Meetings as they followed on one another."""
    return sorted(meetings, key=lambda one: (one.held_on or one.planned_on, one.planned_on, one.uid))


def is_over(meeting: Meeting) -> bool:
    """Whether it was held or called off."""
    return meeting.state is not MeetingState.PLANNED


def before(meeting: Meeting, meetings: Iterable[Meeting]) -> list[Meeting]:
    """The meetings of the same body that were over before one, in order; itself is none of them."""
    own = (meeting.held_on or meeting.planned_on, meeting.planned_on, meeting.uid)
    return [
        one
        for one in in_order(each for each in meetings if each.body == meeting.body and is_over(each))
        if (one.held_on or one.planned_on, one.planned_on, one.uid) < own
    ]


def times_carried(entry: str, earlier: Sequence[Meeting]) -> int:
    """How many meetings in a row up to the last one had an entry without deciding it; one without it counts as none."""
    times = 0
    for one in reversed(earlier):
        if entry not in one.agenda:
            continue
        if one.decided.get(entry, "").strip():
            break
        times += 1
    return times


def rolled_over(earlier: Sequence[Meeting]) -> tuple[Carried, ...]:
    """What the last of these meetings left undecided, in its order, with how often that has happened."""
    if not earlier:
        return ()
    return tuple(Carried(entry, times_carried(entry, earlier)) for entry in undecided(earlier[-1]))


def joined(*parts: Iterable[str]) -> tuple[str, ...]:
    """Entries one after the other, each once."""
    return tuple(dict.fromkeys(entry for part in parts for entry in part))


def checked_words(said: str, agenda: Sequence[str]) -> str:
    """An entry in own words, in one line.

    Raises:
        Refusal: it is empty, too long, there already, or the agenda is full.
    """
    words = " ".join(said.split())
    if not words:
        raise Refusal("domain.agenda_entry")
    if len(words) > LONGEST_ENTRY:
        raise Refusal("domain.agenda_entry_long", longest=LONGEST_ENTRY)
    if words in agenda:
        raise Refusal("domain.agenda_entry_twice", entry=words)
    if len(agenda) >= MOST_ENTRIES:
        raise Refusal("domain.agenda_full", most=MOST_ENTRIES)
    return words


def demand_takes(takes: Iterable[str]) -> tuple[str, ...]:
    """What an agenda is built from, in its one order.

    Raises:
        Refusal: nothing is built from one of them.
    """
    said = {each.strip() for each in takes if each.strip()}
    for each in sorted(said - set(TAKES)):
        raise Refusal("domain.agenda_takes", said=each, known=", ".join(TAKES))
    return tuple(each for each in TAKES if each in said)
