"""What was seen and kept: photos and files, addressed by their content."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

import msgspec

from gemba.domain.record import Record, Uid

PROVABLE = ("action", "commitment", "escalation_step")
"""Nouns of what is done, and of which photos and files are the proof."""


class MarkShape(StrEnum):
    """What can be drawn over a picture. `REDACTION` hides what is below it in every copy."""

    ARROW = "arrow"
    BOX = "box"
    CIRCLE = "circle"
    PEN = "pen"
    TEXT = "text"
    NUMBER = "number"
    REDACTION = "redaction"


class Mark(msgspec.Struct, frozen=True):
    """One thing drawn over a picture; the original below is never changed."""

    shape: MarkShape
    points: tuple[tuple[float, float], ...]
    """Fractions of the width and height of the upright picture, from its upper left corner: the two ends of an arrow,
    two opposite corners of a box, circle or redaction, the way of a pen, the place of a text or number."""
    text: str = ""
    """The words, or the number; of a redaction `pixelated`, or empty for a solid one."""
    colour: str = "mark"
    """Name of a colour of the look: mark, good, fair, poor."""
    width: float = 0.006
    """Of the line, as a fraction of the longer side; of a text, a tenth of its height."""


class Evidence(Record, frozen=True, kw_only=True):
    """A photo or file that stands for an answer, a finding, or what was done. Several may share one content."""

    assessment: Uid | None = None
    """The assessment that it was taken in, or whose finding it answers; `None` where none stands behind `subject`."""
    path: str = ""
    """The question that it belongs to; empty for the assessment as a whole."""
    finding: Uid | None = None
    sha256: str
    """Of the original bytes, 64 hexadecimal digits."""
    name: str
    """File name as the person knew it."""
    media_type: str
    size: int
    """Bytes of the original."""
    width: int = 0
    """Pixels, upright; 0 when it is no picture."""
    height: int = 0
    added_at: datetime
    person: Uid
    removed: bool = False
    """Taken away from the record by a person; the bytes stay until a receipt allows them to go."""
    marks: tuple[Mark, ...] = ()
    """What was drawn over it, in order; burned into printed and exported copies."""
    likeness: str = ""
    """Perceptual hash of a picture, 16 hexadecimal digits; pictures that look alike differ in few bits."""
    taken_at: datetime | None = None
    """When the camera says that it was taken."""
    subject: str = ""
    """The record that it stands for besides, as `noun:uid`: a judgement, a response; an action, a promise, a step."""
    stance: str = ""
    """What it says of that record: `for`, `against`, `before`, `after`, `proof`; empty for neither."""
    beside: Uid | None = None
    """The photo from before the change that this one from after it is set beside."""


def proves(evidence: Evidence) -> bool:
    """Whether a photo or file shows what was done: it belongs to that, and not to an assessment that was concluded."""
    return evidence.subject.partition(":")[0] in PROVABLE
