"""What an assessment report is made of: plain values that can be sent to another process."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Literal

import msgspec

Tone = Literal["good", "fair", "poor", "plain"]
"""How a grade is meant; it chooses colour and mark, never the words."""


class PhotoFacts(msgspec.Struct, frozen=True, kw_only=True):
    """One photo, read only when its page is written."""

    jpeg: bytes | Path
    """The upright JPEG, best no longer than 1,600 pixels: those are embedded as they are."""
    caption: str = ""
    width: int = 0
    """Pixels; 0 when only the file knows."""
    height: int = 0


class LineFacts(msgspec.Struct, frozen=True, kw_only=True):
    """One question and what was answered."""

    question: str
    answer: str = ""
    note: str = ""
    score_text: str = ""
    """Points as they are printed, for example `3 / 4`; empty when the question is not scored."""
    critical: bool = False
    failed: bool = False
    """A critical question that got no points."""
    photos: tuple[PhotoFacts, ...] = ()


class SectionFacts(msgspec.Struct, frozen=True, kw_only=True):
    """One section of the checklist with its points and answers."""

    title: str
    percent: float | None = None
    """0 to 100; `None` when nothing in it could be scored."""
    points: float = 0.0
    possible: float = 0.0
    answered: int = 0
    questions: int = 0
    tone: Tone = "plain"
    """Colour of its bar; `plain` when the kind does not grade sections."""
    lines: tuple[LineFacts, ...] = ()


class PairFacts(msgspec.Struct, frozen=True, kw_only=True):
    """How it was and how it is, side by side; one of them may be missing."""

    before: PhotoFacts | None = None
    after: PhotoFacts | None = None


class ActionFacts(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody does about a finding."""

    number: str
    text: str
    owner: str
    due: date | None = None
    state: str = ""
    """As it is printed."""
    tone: Tone = "plain"
    pairs: tuple[PairFacts, ...] = ()
    """Photos of before and after; empty while there is none of after."""
    files: tuple[str, ...] = ()
    """Names of files that show it as done and are no photos."""


class FindingFacts(msgspec.Struct, frozen=True, kw_only=True):
    """One finding with its photos and actions."""

    number: str
    grade: str
    """Code; findings of one code are counted together."""
    grade_title: str
    tone: Tone = "plain"
    criterion: str = ""
    text: str = ""
    place: str = ""
    photos: tuple[PhotoFacts, ...] = ()
    """Those that stand in no pair."""
    actions: tuple[ActionFacts, ...] = ()
    contained: str = ""
    """What was done at once so that no further customer meets it."""
    contained_at: datetime | None = None
    lacks_containment: bool = False
    """A major finding that is open, and nobody has said what was done at once."""
    elsewhere: str = ""
    """The answer to "similar elsewhere?", as it is printed."""


class AlertFacts(msgspec.Struct, frozen=True, kw_only=True):
    """Something that the walk was asked to go and see."""

    question: str
    state: str
    """As it is printed."""
    tone: Tone = "plain"
    seen: str = ""
    """What was seen, or why nobody went."""


class ObservationFacts(msgspec.Struct, frozen=True, kw_only=True):
    """Something seen, told by staff or said by a customer."""

    sort: Literal["seen", "staff", "customer"]
    sort_title: str
    text: str
    is_positive: bool = False
    """A practice worth keeping."""
    asked: str = ""
    """What the walk was asked to go and see."""
    question: str = ""
    answer: str = ""
    coaching: str = ""
    about: str = ""
    """Step, cause, and the finding that was raised from it."""


class StopFacts(msgspec.Struct, frozen=True, kw_only=True):
    """A stop of the walk's route with what was noted there, what is worth keeping first."""

    title: str
    """Empty for what was noted on no stop."""
    number: int = 0
    look_for: str = ""
    minutes: int | None = None
    observations: tuple[ObservationFacts, ...] = ()


class ScaleFacts(msgspec.Struct, frozen=True):
    """A further score beside the main one, such as compliance beside quality."""

    title: str
    percent: float
    """0 to 100."""


class AssessmentFacts(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that an assessment report prints. Texts are already in the language of the report."""

    number: str
    title: str
    kind_title: str = ""
    organisation: str = ""
    place: str = ""
    place_path: tuple[str, ...] = ()
    """Names from the enterprise down to what holds the place."""
    person: str = ""
    started_at: datetime
    concluded_at: datetime | None = None
    zone: str = "UTC"
    """IANA zone of the place; dates are printed in it."""
    score: float | None = None
    """0 to 100."""
    grade_title: str = ""
    grade_tone: Tone = "plain"
    sections: tuple[SectionFacts, ...] = ()
    findings: tuple[FindingFacts, ...] = ()
    alerts: tuple[AlertFacts, ...] = ()
    route: str = ""
    """Title of the route that was walked."""
    stops: tuple[StopFacts, ...] = ()
    """In their order, what was noted on none of them last."""
    critical: tuple[str, ...] = ()
    """Questions that are critical and failed, in their words."""
    unanswered: int = 0
    scales: tuple[ScaleFacts, ...] = ()
    """Further scores, in the order of the form."""
    share_unanswered: float | None = None
    """How much of what counts for the score is not answered, 0 to 1; `None` when nothing counts."""
    summary: str = ""
    """The auditor's own words."""
    corrects: str | None = None
    """Number of the assessment that this one corrects."""
    template_title: str = ""
    template_version: str = ""
    content_hash: str = ""
    """SHA-256 of the template's original bytes."""
    seed: str = ""
    """By which questions were drawn by lot, so that anyone can draw them again; empty when none were."""
    draft: bool = False
    settled_since: bool = False
    """Answers were settled after the conclusion and no longer give what it says."""


class Rendered(msgspec.Struct, frozen=True):
    """A document that was written."""

    pages: int
    size: int
    """Bytes."""
    warnings: tuple[str, ...] = ()
    """Sentences: characters without a font, photos that could not be read."""
