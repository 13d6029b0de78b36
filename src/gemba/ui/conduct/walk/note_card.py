"""One observation: seen is plain, what staff told is quoted, what a customer said is quoted on a ground of its own."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from gemba import wording
from gemba.domain.walks import Observation, ObservationSort
from gemba.ui.conduct.frame import breakable
from gemba.ui.parts.badges import Badge
from gemba.ui.parts.buttons import Button, IconButton
from gemba.ui.parts.flow import Flow
from gemba.ui.parts.words import Words
from gemba.work.observations import sort_words

_LOOKS = {
    ObservationSort.SEEN: ("inset", "plain"),
    ObservationSort.STAFF: ("bar", "note"),
    ObservationSort.CUSTOMER: ("bar", "accent"),
}


class NoteCard(QFrame):
    """What was noted, with what can be made of it while the walk goes on.

    Args:
        one: the observation.
        about: step, cause and finding in words.
        frozen: the walk is concluded.
        parent: the owner.
    """

    edited = Signal(object)
    removed = Signal(object)
    finding_wanted = Signal(object)
    promise_wanted = Signal(object)

    def __init__(self, one: Observation, about: str, *, frozen: bool, parent: QWidget) -> None:
        super().__init__(parent)
        look, tone = _LOOKS[one.sort]
        self.setProperty("look", look)
        self.setProperty("tone", tone)
        self.setObjectName(f"note:{one.uid}")
        self.setAccessibleName(f"{sort_words(one.sort)}: {one.text or one.answer}")
        rows = QVBoxLayout(self)
        rows.setContentsMargins(14, 10, 14, 10)
        rows.setSpacing(6)
        badges = Flow(gap=6)
        badges.addWidget(Badge(sort_words(one.sort), tone, self))
        if one.is_positive:
            badges.addWidget(Badge(wording.text("Worth keeping"), "good", self))
        rows.addLayout(badges)
        if one.text:
            rows.addWidget(Words(breakable(_said(one)), wrap=True, parent=self))
        for words in _further(one):
            rows.addWidget(Words(breakable(words), scale="small", wrap=True, parent=self))
        if about:
            rows.addWidget(Words(about, tone="muted", scale="small", wrap=True, parent=self))
        if not frozen:
            rows.addLayout(self._doings(one))

    def _doings(self, one: Observation) -> Flow:
        flow = Flow(gap=2)
        for name, words, icon, signal, shown in (
            ("finding", wording.text("Finding"), "flag", self.finding_wanted, one.finding is None),
            ("promise", wording.text("Promise"), "handshake", self.promise_wanted, True),
            ("edit", wording.text("Change"), "pencil", self.edited, True),
            ("remove", wording.text("Take out"), "trash-2", self.removed, True),
        ):
            if shown:
                said = wording.text("{deed}: {note}", deed=words, note=one.text or one.answer)
                flow.addWidget(self._button(name, words, icon, said, partial(signal.emit, one)))
        return flow

    def _button(self, name: str, words: str, icon: str, said: str, run: Callable[[], object]) -> QWidget:
        """What is made of a note has words; what is done to it has a picture."""
        if name in {"edit", "remove"}:
            small = IconButton(icon, said, name=f"note.{name}", parent=self)
            small.clicked.connect(run)
            return small
        button = Button(words, name=f"note.{name}", icon=icon, look="quiet", parent=self)
        button.setAccessibleName(said)
        button.clicked.connect(run)
        return button


def _said(one: Observation) -> str:
    return one.text if one.sort is ObservationSort.SEEN else wording.text("“{words}”", words=one.text)


def _further(one: Observation) -> list[str]:
    found = []
    if one.question:
        found.append(wording.text("Asked: {words}", words=one.question))
    if one.answer:
        found.append(wording.text("Answered: {words}", words=one.answer))
    if one.coaching:
        found.append(wording.text("To try next: {words}", words=one.coaching))
    return found
