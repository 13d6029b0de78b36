"""Agendas: built from what is open, with what rolled over first; and what each entry says."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

import msgspec

from gemba.domain.actions import Action, ActionState
from gemba.domain.agendas import MOST_ENTRIES, NOUN_OF, Carried, joined, record_of, rolled_over
from gemba.domain.complaint_reviews import ComplaintReview, ReviewState
from gemba.domain.escalations import Escalation, EscalationState
from gemba.domain.findings import Finding, FindingState
from gemba.domain.governance import GovernanceBody, Meeting
from gemba.domain.measures import Measure, Signal, SignalState
from gemba.domain.nouns import NOUNS
from gemba.domain.places import Place
from gemba.domain.programmes import Audit, AuditState
from gemba.domain.record import Record, Uid
from gemba.domain.rotations import Commitment, CommitmentState
from gemba.store.agenda_items import waiting
from gemba.store.reading import Reader
from gemba.wording import plural, text

MOST_OF_A_SORT = 12
"""Records of a sort on an agenda: more than that nobody decides in one meeting."""

_OPEN: Mapping[type[Record], frozenset[Any]] = {
    Escalation: frozenset({EscalationState.OPEN}),
    Action: frozenset({ActionState.OPEN}),
    Commitment: frozenset({CommitmentState.OPEN}),
    Finding: frozenset({FindingState.OPEN}),
    Signal: frozenset({SignalState.OPEN, SignalState.SNOOZED}),
    ComplaintReview: frozenset({ReviewState.OPEN}),
    Audit: frozenset({AuditState.RESPONDING}),
}
"""States in which a record waits for somebody."""


class Built(msgspec.Struct, frozen=True):
    """An agenda as it comes from the records."""

    agenda: tuple[str, ...]
    carried: tuple[Carried, ...]
    """Of its entries those that an earlier meeting left undecided."""
    left_out: dict[str, int]
    """By what is taken, records that wait and are not on it: the first of each sort are."""


class EntryFacts(msgspec.Struct, frozen=True, kw_only=True):
    """One entry of an agenda, in words."""

    entry: str
    position: int
    """From 1 on."""
    noun: str
    """Empty for own words."""
    uid: Uid
    number: str
    title: str
    said: str
    """How it stands: of what sort it is, where, since when."""
    is_open: bool
    """It still waits; own words always do."""
    times: int
    """Meetings that left it undecided before."""
    decision: str


def built(reader: Reader, body: GovernanceBody, earlier: Sequence[Meeting], today: date) -> Built:
    """The agenda of the next meeting of a body: what rolled over, then what waits, in the order in which it is taken.

    Args:
        reader: of the store.
        body: whose agenda it is.
        earlier: its meetings that are over, in order.
        today: by which things are late.
    """
    carried = tuple(one for one in rolled_over(earlier) if is_open(reader, one.entry))
    found: list[str] = []
    left_out: dict[str, int] = {}
    for code in body.takes:
        noun = NOUN_OF[code]
        uids, count = waiting(reader, noun, body.place, today, MOST_OF_A_SORT)
        found += [f"{noun}:{uid}" for uid in uids]
        if count > len(uids):
            left_out[code] = count - len(uids)
    agenda = joined((one.entry for one in carried), found)[:MOST_ENTRIES]
    return Built(agenda, carried, left_out)


def is_open(reader: Reader, entry: str) -> bool:
    """Whether an entry still waits for a decision; own words do until they are decided."""
    noun, uid = record_of(entry)
    if not noun:
        return True
    record = reader.get(NOUNS[noun], uid)
    return record is not None and _waits(record)


def entry_facts(
    reader: Reader, agenda: Sequence[str], times: Callable[[str], int], decided: Mapping[str, str]
) -> tuple[EntryFacts, ...]:
    """The entries of an agenda in words.

    Args:
        reader: of the store.
        agenda: the entries.
        times: how many meetings left an entry undecided before.
        decided: decision by entry.
    """
    wanted: dict[str, list[Uid]] = {}
    for noun, uid in map(record_of, agenda):
        if noun:
            wanted.setdefault(noun, []).append(uid)
    records = {(noun, one.uid): one for noun, uids in wanted.items() for one in reader.many(NOUNS[noun], uids)}
    return tuple(
        _facts(reader, entry, at, records.get(record_of(entry)), times(entry), decided.get(entry, ""))
        for at, entry in enumerate(agenda, 1)
    )


def taken_title(code: str) -> str:
    """What an agenda is built from, in words."""
    return {
        "escalation": text("Open escalations"),
        "action": text("Late actions"),
        "commitment": text("Promises past their day"),
        "finding": text("Findings without an action"),
        "signal": text("Signals"),
        "review": text("Reviews of complaints to decide"),
        "audit": text("Audits to release"),
    }[code]


def left_out_words(left_out: Mapping[str, int]) -> str:
    """What waits and is not on the agenda; empty when that is nothing."""
    return ", ".join(
        plural("{n} more: {what}", "{n} more: {what}", n, what=taken_title(code)) for code, n in left_out.items()
    )


def carried_words(times: int) -> str:
    """How often an entry rolled over; empty when it is new."""
    return plural("rolled over once", "rolled over {n} times", times) if times else ""


def _facts(reader: Reader, entry: str, at: int, record: Record | None, times: int, decision: str) -> EntryFacts:
    noun, uid = record_of(entry)
    title, said = entry, text("Own words")
    if noun and record is None:
        title, said = text("A record that is not here"), _sort_title(noun)
    elif record is not None:
        title, said = _title(reader, record), _said(reader, noun, record)
    return EntryFacts(
        entry=entry,
        position=at,
        noun=noun,
        uid=uid,
        number=str(getattr(record, "number", "")),
        title=title,
        said=said,
        is_open=not noun or (record is not None and _waits(record)),
        times=times,
        decision=decision,
    )


def _waits(record: Record) -> bool:
    return getattr(record, "state", None) in _OPEN.get(type(record), frozenset())


def _title(reader: Reader, record: Record) -> str:
    if isinstance(record, Escalation):
        return record.asked or record.title
    if isinstance(record, Signal):
        measure = reader.get(Measure, record.measure)
        return measure.title if measure is not None else record.rule
    return str(getattr(record, "title", "") or getattr(record, "text", ""))


def _said(reader: Reader, noun: str, record: Record) -> str:
    where: Uid | None = getattr(record, "place", None)
    place = reader.get(Place, where) if where is not None else None
    parts = [_sort_title(noun), place.name if place is not None else "", _since(reader, record)]
    return " · ".join(part for part in parts if part)


def _since(reader: Reader, record: Record) -> str:
    today = reader.clock().date()
    if isinstance(record, Action | Commitment):
        late = (today - record.due).days
        due = text("due {day}", day=record.due.isoformat())
        return f"{due}, {plural('{n} day late', '{n} days late', late)}" if late > 0 else due
    moment = getattr(record, "raised_at", None) or getattr(record, "drawn_at", None)
    if moment is None:
        return ""
    return plural("{n} day old", "{n} days old", max(0, (today - moment.date()).days))


def _sort_title(noun: str) -> str:
    return {
        "escalation": text("Escalation"),
        "action": text("Action"),
        "commitment": text("Promise"),
        "finding": text("Finding"),
        "signal": text("Signal"),
        "complaint_review": text("Review of complaints"),
        "audit": text("Audit"),
    }.get(noun, noun)
