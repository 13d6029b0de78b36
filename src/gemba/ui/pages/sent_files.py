"""What is known of a pack's way: how far it has come on each, and how far each of its files."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gemba import wording
from gemba.store.deliveries import DeliveryState
from gemba.ui import terms
from gemba.ui.parts.badges import Badge, Picture
from gemba.ui.parts.bars import ShareBar
from gemba.ui.parts.cards import Card
from gemba.ui.parts.words import Words
from gemba.work.delivery_status import SentFile, Way

_SHOWN = 40
"""Files that are named at most; missing ones come first, so that none is hidden."""
_ORDER = ("missing", "sealed", "sent", "held")


class WayRow(QWidget):
    """How far a pack has come by one carrier."""

    def __init__(self, way: Way) -> None:
        super().__init__()
        percent = 100.0 * way.parts_there / way.parts if way.parts else 0.0
        done = way.state is DeliveryState.DONE
        said = (
            wording.text("{there} of {parts:part|parts}", there=way.parts_there, parts=way.parts) if way.parts else ""
        )
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(4)
        across = QHBoxLayout()
        across.addWidget(Words(way.carrier, strong=True, wrap=True), 1)
        across.addWidget(Badge(*_state(way)), 0, Qt.AlignmentFlag.AlignTop)
        rows.addLayout(across)
        rows.addWidget(
            ShareBar(100.0 if done else percent, tone="good" if done else "accent", name=f"{way.carrier}: {said}")
        )
        if said and not done:
            rows.addWidget(Words(said, tone="muted", scale="small", wrap=True))
        if way.trouble:
            rows.addWidget(Words(way.trouble, tone="poor", scale="small", wrap=True))
        if way.next_try_at and not done:
            again = wording.text("Tried again by itself {moment}.", moment=terms.moment(way.next_try_at))
            rows.addWidget(Words(again, tone="muted", scale="small", wrap=True))


class SentFiles(Card):
    """Each file of a pack, those that are missing first."""

    def __init__(self, files: Sequence[SentFile]) -> None:
        super().__init__(wording.plural("{n} file", "{n} files", len(files)), look="inset")
        for one in sorted(files, key=lambda one: (_ORDER.index(one.state), one.name))[:_SHOWN]:
            across = QHBoxLayout()
            across.setSpacing(8)
            across.addWidget(Picture("image" if one.sort == "evidence" else "file-text", size=16))
            across.addWidget(Words(one.name, scale="small", wrap=True), 1)
            across.addWidget(Badge(*_file_state(one.state)), 0, Qt.AlignmentFlag.AlignTop)
            self.body.addLayout(across)
        if len(files) > _SHOWN:
            rest = len(files) - _SHOWN
            self.body.addWidget(Words(wording.plural("and {n} more", "and {n} more", rest), tone="muted"))


def _state(way: Way) -> tuple[str, str]:
    """How far a way is, in a word, and its tone."""
    if way.state is DeliveryState.DONE:
        return wording.text("Arrived"), "good"
    if way.state is DeliveryState.SENDING:
        return wording.text("Under way"), "note"
    return (wording.text("Held up"), "fair") if way.trouble else (wording.text("Waits"), "note")


def _file_state(state: str) -> tuple[str, str]:
    return {
        "missing": (wording.text("Missing"), "poor"),
        "sealed": (wording.text("Sealed"), "note"),
        "sent": (wording.text("Sent"), "fair"),
        "held": (wording.text("Held"), "good"),
    }[state]
