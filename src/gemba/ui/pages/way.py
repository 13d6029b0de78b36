"""The way to headquarters: how many walks are only here, sealed, sent, and held."""

from __future__ import annotations

from typing import Any

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from gemba import wording
from gemba.domain.assessments import Custody
from gemba.errors import Refusal
from gemba.store import publications
from gemba.store.lists import ASSESSMENTS
from gemba.ui import terms
from gemba.ui.lineage.behind import listed
from gemba.ui.parts.badges import Picture
from gemba.ui.parts.leading import Leading
from gemba.ui.parts.words import Words
from gemba.work.send_pack import headquarters_of

_NARROW = 760
_STEPS = (
    (Custody.HERE, "laptop", "muted"),
    (Custody.SEALED, "lock", "note"),
    (Custody.SENT, "send", "fair"),
    (Custody.HELD, "shield-check", "good"),
)


class WayFacts(msgspec.Struct, frozen=True):
    """How far everything has come."""

    walks: dict[str, int]
    """Number of assessments by custody."""
    headquarters: str
    """Name of the headquarters that this laptop sends to; empty when it knows none."""
    asked_again: int = 0
    """Changes that headquarters asks for again and that no pack brings since."""


class Way(QWidget):
    """Four steps from here to held; only the last is green. Each number leads to its walks."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.counts: dict[str, Words] = {}
        self._frames: dict[str, Leading] = {}
        self._steps: list[QBoxLayout] = []
        self.said = Words("", tone="muted", wrap=True, parent=self)
        steps = QHBoxLayout()
        steps.setSpacing(8)
        for place, (custody, icon, tone) in enumerate(_STEPS):
            if place:
                steps.addWidget(Picture("chevron-right", parent=self), 0, Qt.AlignmentFlag.AlignVCenter)
            steps.addWidget(self._step(custody, icon, tone), 1)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(10)
        rows.addLayout(steps)
        rows.addWidget(self.said)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Icons stand above the words where there is little room."""
        super().resizeEvent(event)
        narrow = event.size().width() < _NARROW
        for step in self._steps:
            step.setDirection(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)

    def show_facts(self, facts: WayFacts) -> None:
        """Show how far everything has come."""
        for custody, words in self.counts.items():
            count = facts.walks.get(custody, 0)
            words.setText(terms.number(count))
            said = f"{terms.custody(custody)}: {terms.number(count)}"
            self._frames[custody].setAccessibleName(said)
            behind = listed(terms.number(count), terms.custody(custody), "walks", count=count, custody=custody)
            self._frames[custody].lead_to(behind if count else None)
        self.said.setText(_sentence(facts))

    def _step(self, custody: Custody, icon: str, tone: str) -> QFrame:
        step = Leading(self)
        step.setObjectName(f"way.{custody}.step")
        step.setProperty("look", "inset")
        self._frames[custody] = step
        across = QBoxLayout(QBoxLayout.Direction.LeftToRight, step)
        self._steps.append(across)
        across.setContentsMargins(14, 10, 14, 10)
        across.setSpacing(12)
        across.addWidget(Picture(icon, role=tone, size=24, parent=step))
        words = QVBoxLayout()
        words.setSpacing(0)
        count = Words("–", scale="heading", parent=step)
        count.setObjectName(f"way.{custody}")
        self.counts[custody] = count
        words.addWidget(count)
        words.addWidget(Words(terms.custody(custody), scale="small", tone="muted", wrap=True, parent=step))
        across.addLayout(words, 1)
        return step


def read_way(desk: Any) -> WayFacts:
    """How far everything has come; on a job's thread."""
    with desk.reader() as reader:
        walks = {str(value): count for value, count in ASSESSMENTS.choices(reader, "custody")}
        try:
            name = headquarters_of(reader).name
        except Refusal:
            name = ""
        asked = publications.asked_again(reader)
    return WayFacts(walks, name, asked)


def _sentence(facts: WayFacts) -> str:
    if not facts.headquarters:
        return wording.text("This laptop knows no headquarters yet: take in its card.")
    others = facts.walks.get(Custody.ELSEWHERE, 0)
    unheld = sum(facts.walks.values()) - facts.walks.get(Custody.HELD, 0) - others
    words = wording.text("{name} holds every walk with all of its photos.", name=facts.headquarters)
    if others:
        words = wording.text("{name} holds every walk made here with all of its photos.", name=facts.headquarters)
    if unheld:
        words = wording.plural(
            "{name} does not hold {n} walk yet, or one of its photos.",
            "{name} does not hold {n} walks yet, or some of their photos.",
            unheld,
            name=facts.headquarters,
        )
    if others:
        words += " " + wording.plural(
            "{n} walk came from another laptop, which takes it there itself.",
            "{n} walks came from another laptop, which takes them there itself.",
            others,
        )
    if facts.asked_again:
        words += " " + wording.plural(
            "{name} asks again for {n} change, which it does not have: seal and send a pack.",
            "{name} asks again for {n} changes, which it does not have: seal and send a pack.",
            facts.asked_again,
            name=facts.headquarters,
        )
    return words
