"""Take out of a complaint's words what tells of a person: the program proposes, a person checks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from gemba.domain.change import Change
from gemba.domain.complaints import Complaint, Redaction
from gemba.domain.people import Person
from gemba.domain.record import Uid
from gemba.errors import Refusal
from gemba.methods.text.personal import Span, found, redacted
from gemba.store.reading import Reader
from gemba.work.desk import Desk
from gemba.work.records import known


class Proposal(msgspec.Struct, frozen=True):
    """What the program would take out of a complaint's words."""

    complaint: Uid
    words: str
    spans: tuple[Span, ...]
    redacted: str
    state: Redaction


def proposal(reader: Reader, complaint: Uid) -> Proposal:
    """What tells of a person in a complaint's words: numbers, addresses, the customer's name, names of people here.

    Raises:
        Refusal: there is no such complaint.
    """
    one = known(reader, Complaint, complaint)
    spans = found(one.words, names_for(reader, one))
    return Proposal(one.uid, one.words, spans, redacted(one.words, spans=spans), one.redaction)


def names_for(reader: Reader, complaint: Complaint) -> list[str]:
    """Names to look for in a complaint's words: the customer's, and those of people who are known here."""
    people = [person.name for person in reader.find(Person) if _is_a_name(person.name)]
    return [name for name in (complaint.customer, *people) if name.strip()]


def check(desk: Desk, complaint: Uid, spans: Sequence[Span]) -> Change:
    """Keep the words without these stretches, as checked by this person.

    Raises:
        Refusal: there is no such complaint or it has no words, or a stretch lies outside them.
    """
    with desk.unit() as unit:
        one = known(unit, Complaint, complaint)
        _demand_words(one)
        if any(not 0 <= span.start < span.end <= len(one.words) for span in spans):
            raise Refusal("work.stretch_outside", number=one.number)
        kept = redacted(one.words, spans=spans)
        unit.change(Complaint, complaint, redacted_words=kept, redaction=Redaction.CHECKED)
        return unit.change_made(complaint)


def propose(desk: Desk, complaint: Uid) -> Change:
    """Keep what the program proposes, as not looked at yet; what a person has checked stays.

    Raises:
        Refusal: there is no such complaint or it has no words, or a person has checked it.
    """
    with desk.unit() as unit:
        one = known(unit, Complaint, complaint)
        _demand_words(one)
        if one.redaction is Redaction.CHECKED:
            raise Refusal("work.checked_already", number=one.number)
        kept = redacted(one.words, names_for(unit, one))
        unit.change(Complaint, complaint, redacted_words=kept, redaction=Redaction.PROPOSED)
        return unit.change_made(complaint)


def in_force(spans: Iterable[Span], off: Iterable[Span]) -> tuple[Span, ...]:
    """The proposed stretches without those that a person has said are none."""
    left = set(off)
    return tuple(span for span in spans if span not in left)


def _demand_words(complaint: Complaint) -> None:
    if not complaint.words.strip():
        raise Refusal("work.no_words_to_redact", number=complaint.number)


def _is_a_name(called: str) -> bool:
    """Login names and roles ("Night auditor") are no names: of a name every word has a capital, where there are any."""
    words = called.split()
    return len(words) > 1 and not any(word[0].islower() for word in words)
