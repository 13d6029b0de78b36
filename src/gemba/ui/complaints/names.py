"""What codes, states and clocks of complaints are called on the screen, and the tone in which they are shown."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from gemba import wording
from gemba.domain.complaint_clock import ClockState
from gemba.domain.complaints import ComplaintState, Severity
from gemba.domain.record import Uid
from gemba.domain.vocabularies import Facet, Vocabulary
from gemba.store import vocabularies
from gemba.store.complaint_filters import received_within
from gemba.ui import terms
from gemba.work import complaint_words

_SEVERITY_TONES = {"critical": "poor", "high": "fair", "medium": "note", "low": "plain"}
_STATE_TONES = {"received": "note", "reopened": "fair", "told": "good", "closed": "plain"}
_CLOCK_TONES = {"overdue": "poor", "missed": "poor", "due_soon": "fair", "met": "good", "paused": "note"}


class Codes:
    """What codes are called, and which are in force: as read last."""

    def __init__(self) -> None:
        self._titles: dict[Facet, dict[str, str]] = {}
        self.current: dict[Facet, Vocabulary] = {}

    def take(self, read: tuple[dict[Facet, dict[str, str]], dict[Facet, Vocabulary]]) -> None:
        """Know these from now on."""
        self._titles, self.current = read

    def title(self, facet: Facet, code: str) -> str:
        """What a code is called; itself when no vocabulary has it."""
        return self._titles.get(facet, {}).get(code, code)

    def choices(self, facet: Facet, now: str = "") -> list[tuple[str, str]]:
        """All codes in force as (code, title), none first; also the one that a complaint has now."""
        words = self.current.get(facet)
        terms_ = dict(words.terms) if words is not None else {}
        if now and now not in terms_:
            terms_[now] = self.title(facet, now)
        return [("", wording.text("Not said")), *sorted(terms_.items(), key=lambda one: one[1].casefold())]


def read_codes(desk: Any) -> tuple[dict[Facet, dict[str, str]], dict[Facet, Vocabulary]]:
    """All titles of all codes, and the vocabularies in force; on any thread."""
    with desk.reader() as reader:
        titles = {facet: vocabularies.titles(reader, facet) for facet in Facet}
        known = {facet: vocabularies.current(reader, facet) for facet in Facet}
    return titles, {facet: words for facet, words in known.items() if words is not None}


def facet(code: str) -> str:
    """What a facet is called."""
    return {
        "product": wording.text("Product"),
        "step": wording.text("Process step"),
        "channel": wording.text("Channel"),
        "segment": wording.text("Segment"),
        "cause": wording.text("Cause"),
    }[code]


def severity(code: str) -> str:
    """A severity."""
    return _sentence(complaint_words.severity_words(Severity(code))) if code in list(Severity) else code


def severity_tone(code: str) -> str:
    """The tone of a severity."""
    return _SEVERITY_TONES.get(code, "plain")


def state(code: str) -> str:
    """How far a complaint has come."""
    return _sentence(complaint_words.state_words(ComplaintState(code))) if code in list(ComplaintState) else code


def state_tone(code: str) -> str:
    """The tone of a state."""
    return _STATE_TONES.get(code, "accent")


def clock(code: str) -> str:
    """How a clock stands."""
    return _sentence(complaint_words.clock_words(ClockState(code))) if code in list(ClockState) else code


def clock_tone(code: str) -> str:
    """The tone of a clock."""
    return _CLOCK_TONES.get(code, "plain")


def clock_of(line: Any) -> str:
    """The clock of a line: when it runs out while it runs, otherwise how it ended."""
    if line.clock == ClockState.NONE:
        return ""
    if line.clock == ClockState.RUNNING:
        return terms.day(line.due_at)
    if line.clock == ClockState.SOON:
        return wording.text("by {time}", time=terms.moment(line.due_at).rpartition(", ")[2])
    return clock(line.clock)


def clock_of_tone(line: Any) -> str:
    """The tone of the same."""
    return "" if line.clock == ClockState.NONE else clock_tone(line.clock)


def received(value: str) -> str:
    """From when to when complaints were received (`gemba.store.complaint_filters.Received`)."""
    within = received_within(value)
    if within is None:
        return value
    first, last = terms.day(within[0]), terms.day(within[1] - timedelta(microseconds=1))
    return first if first == last else f"{first} – {last}"


def linked(code: str) -> str:
    """Whether a complaint is linked to another that says the same."""
    return wording.text("Linked to another") if code == "yes" else wording.text("Not linked")


def place(names: Any, uid: Uid | None) -> str:
    """The name of a place, or that there is none."""
    return names.name(uid) if uid else wording.text("No place")


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]
