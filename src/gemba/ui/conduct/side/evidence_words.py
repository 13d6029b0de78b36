"""What is known of a photo or file, in words."""

from __future__ import annotations

from datetime import tzinfo

from PySide6.QtCore import QLocale

from gemba import wording
from gemba.domain.evidence import Evidence
from gemba.store.camera_remarks import Position, Remarks


def facts_of(item: Evidence, remarks: Remarks, zone: tzinfo | None) -> str:
    """Size, when and where and with what it was taken, and how much is drawn over it.

    Args:
        item: the evidence.
        remarks: what the camera says, as far as it was read.
        zone: of the place, for the time; UTC when there is none.
    """
    parts = [size_words(item.size)]
    if item.width:
        parts.insert(0, wording.text("{width} × {height} pixels", width=item.width, height=item.height))
    if item.taken_at is not None:
        taken = item.taken_at.astimezone(zone) if zone is not None else item.taken_at
        parts.append(wording.text("taken {time}", time=taken.strftime("%Y-%m-%d %H:%M")))
    if remarks.position is not None:
        parts.append(position_words(remarks.position))
    if remarks.device:
        parts.append(remarks.device)
    if item.marks:
        parts.append(wording.plural("{n} mark", "{n} marks", len(item.marks)))
    return "   ·   ".join(parts)


def size_words(size: int) -> str:
    """Bytes as a person says them."""
    return QLocale().formattedDataSize(size, 1, QLocale.DataSizeFormat.DataSizeTraditionalFormat)


def position_words(position: Position) -> str:
    """Degrees with their halves of the earth."""
    north = "N" if position.latitude >= 0 else "S"
    east = "E" if position.longitude >= 0 else "W"
    return f"{abs(position.latitude):.5f}° {north}, {abs(position.longitude):.5f}° {east}"
