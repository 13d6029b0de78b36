"""One complaint with all that belongs to it, as `gemba complaint show` gives it."""

from __future__ import annotations

import msgspec

from gemba.domain.complaint_clock import ClockState
from gemba.domain.complaint_steps import Need, ahead, needs
from gemba.domain.complaints import ClockPause, Complaint, ComplaintState
from gemba.domain.places import Place
from gemba.domain.vocabularies import Facet
from gemba.store.reading import Reader
from gemba.store.vocabularies import titles
from gemba.wording import text
from gemba.work import complaint_words as say
from gemba.work.complaint_clock import pauses, state_of
from gemba.work.duplicates import group_of


class NextStep(msgspec.Struct, frozen=True):
    """A step that lies ahead, and what is missing for it."""

    step: ComplaintState
    missing: tuple[Need, ...]


class Shown(msgspec.Struct, frozen=True):
    """One complaint with all that belongs to it."""

    complaint: Complaint
    place: Place | None
    clock: ClockState
    pauses: tuple[ClockPause, ...]
    ahead: tuple[NextStep, ...]
    tags: dict[str, str]
    """What each tag is called, by facet."""
    same: tuple[str, ...]
    """Numbers of complaints that say the same."""


def shown(reader: Reader, complaint: Complaint) -> Shown:
    """Everything that is to be said of a complaint."""
    return Shown(
        complaint=complaint,
        place=reader.get(Place, complaint.place) if complaint.place is not None else None,
        clock=state_of(complaint, reader.clock()),
        pauses=tuple(pauses(reader, complaint.uid)),
        ahead=tuple(NextStep(step, needs(complaint, step)) for step in ahead(complaint)),
        tags=_tags(reader, complaint),
        same=tuple(one.number for one in group_of(reader, complaint)),
    )


def _tags(reader: Reader, complaint: Complaint) -> dict[str, str]:
    tags = {facet: getattr(complaint, facet.value) for facet in Facet}
    return {facet.value: titles(reader, facet).get(code, code) for facet, code in tags.items() if code}


def words_of(facts: Shown) -> str:
    """The same for a person."""
    one = facts.complaint
    zone = facts.place.zone if facts.place is not None else "UTC"
    due = say.moment_words(one.due_at, zone) if one.due_at is not None else ""
    rows = [
        (text("Severity"), say.severity_words(one.severity)),
        (text("State"), say.state_words(one.state)),
        (text("Received"), say.moment_words(one.received_at, zone)),
        (text("Clock"), f"{say.clock_words(facts.clock)} {due}".strip()),
        *((text("Stopped"), _pause_words(pause, zone)) for pause in facts.pauses),
        (text("Place"), facts.place.name if facts.place is not None else ""),
        (text("Tags"), " · ".join(facts.tags.values())),
        (text("Customer"), one.customer),
        (text("Owner"), one.owner),
        (text("Remedy sought"), one.remedy_sought),
        (text("Decision"), say.decision_words(one.decision)),
        (text("Answer"), one.answer),
        (text("Told back?"), say.told_back_words(one.told_back)),
        (text("Similar elsewhere?"), f"{say.similar_words(one.similar)} {one.similar_note}".strip()),
        (text("Consent"), say.consent_words(one.consent)),
        (text("Redaction"), say.redaction_words(one.redaction)),
        (text("Delete by"), one.delete_by.isoformat() if one.delete_by is not None else ""),
        (text("Says the same as"), ", ".join(facts.same)),
        *_still_missing(facts),
    ]
    widest = max(len(name) for name, _ in rows)
    lines = [f"{name.ljust(widest)}  {value}" for name, value in rows if value]
    return "\n".join([f"{one.number} {one.summary}".strip(), *([one.words, ""] if one.words else []), *lines])


def _still_missing(facts: Shown) -> list[tuple[str, str]]:
    """What each step needs that no step before it needs already."""
    rows, said = [], set[Need]()
    for step in facts.ahead:
        new = [need for need in step.missing if need not in said]
        said |= set(new)
        rows.append((text("Before {step}", step=say.state_words(step.step)), say.all_of(new)))
    return rows


def _pause_words(pause: ClockPause, zone: str) -> str:
    begun = say.moment_words(pause.begun_at, zone)
    ended = say.moment_words(pause.ended_at, zone) if pause.ended_at is not None else text("still")
    return f"{begun} – {ended}: {pause.reason}"
