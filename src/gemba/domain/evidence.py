"""What was seen and kept: photos and files, addressed by their content."""

from __future__ import annotations

from datetime import datetime

from gemba.domain.record import Record, Uid


class Evidence(Record, frozen=True, kw_only=True):
    """A photo or file that stands for an answer or a finding. Several may share one content."""

    assessment: Uid
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
