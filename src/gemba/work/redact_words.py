"""Take out of a complaint's words what tells of a person: the program proposes, a person checks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import msgspec

from gemba.domain.change import Change
from gemba.domain.complaints import Complaint, Redaction
from gemba.domain.people import Person
from gemba.domain.record import Uid
from gemba.errors import Refusal
from gemba.methods.text.personal import Sort, Span, found, redacted
from gemba.methods.text.spans import MARKS
from gemba.store.reading import Reader
from gemba.work.desk import Desk
from gemba.work.records import known

_MOST_MARKS = 30


class Proposal(msgspec.Struct, frozen=True):
    """What the program would take out of a complaint's words."""

    complaint: Uid
    words: str
    spans: tuple[Span, ...]
    """What the program found, and what a person took out besides, in order."""
    out: tuple[Span, ...]
    """Of these what is to be taken out: all, or what a person who checked has chosen."""
    redacted: str
    state: Redaction


def proposal(reader: Reader, complaint: Uid) -> Proposal:
    """What tells of a person in a complaint's words: numbers, addresses, the customer's name, names of people here.

    Raises:
        Refusal: there is no such complaint.
    """
    one = known(reader, Complaint, complaint)
    spans = found(one.words, names_for(reader, one))
    chosen = taken_out(one.words, one.redacted_words, spans) if one.redaction is Redaction.CHECKED else None
    out = spans if chosen is None else chosen
    apart = [span for span in spans if not any(span.start < other.end and other.start < span.end for other in out)]
    kept = redacted(one.words, spans=out)
    return Proposal(one.uid, one.words, tuple(sorted({*out, *apart})), out, kept, one.redaction)


def taken_out(words: str, kept: str, spans: Sequence[Span]) -> tuple[Span, ...] | None:
    """The stretches whose marks stand in kept words; `None` when these are not the same words without stretches.

    Args:
        words: as the customer said them.
        kept: the same with marks.
        spans: what the program finds; tried first, because marks alone do not always tell where a stretch ends.
    """
    chosen, at, from_kept = [], 0, 0
    for span in spans:
        before = words[at : span.start]
        if kept.startswith(before + span.sort.mark, from_kept):
            chosen.append(span)
            from_kept += len(before) + len(span.sort.mark)
            at = span.end
    if kept[from_kept:] == words[at:]:
        return tuple(chosen)
    return _between_marks(words, kept, spans)


def _between_marks(words: str, kept: str, spans: Sequence[Span]) -> tuple[Span, ...] | None:
    marks = MARKS.findall(kept)
    if len(marks) > _MOST_MARKS:
        return None
    likely = "".join(f"{re.escape(words[span.start : span.end])}|" for span in spans)
    matched = re.fullmatch(f"({likely}.+?)".join(map(re.escape, MARKS.split(kept))), words, re.DOTALL)
    if matched is None:
        return None
    return tuple(Span(*matched.span(at), Sort(mark[1:-1])) for at, mark in enumerate(marks, 1))


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
