"""How the judging lies on the screen: the lists, and beside them decision, goal and what is said."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSplitter, QVBoxLayout, QWidget

from gemba import wording
from gemba.ui.audits.judgement_form import JudgementForm
from gemba.ui.audits.judging_files import JudgingFiles
from gemba.ui.audits.judging_lists import JudgedList
from gemba.ui.audits.judging_session import JudgingSession
from gemba.ui.audits.judging_words import decision_facts, goal_facts
from gemba.ui.parts.cards import Card, clear, scrolled
from gemba.ui.parts.facts import Facts
from gemba.ui.parts.words import Words
from gemba.ui.services import Services

_NARROW = 900
_ASIDE = 520
"""Pixels from which on decision and goal stand beside one another."""
_SIDE, _MAIN = 300, 780


class JudgingPanes(QWidget):
    """Sampled decisions and goals, and the judgement of one of each.

    Args:
        services: of the window.
        parent: the owner.
    """

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.decisions = JudgedList("judging.decisions", wording.text("Sampled decisions"), self)
        self.goals = JudgedList("judging.goals", wording.text("Goals that held for it"), self)
        self.form = JudgementForm(self)
        self.files = JudgingFiles(services, self)
        self._about = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._about.setSpacing(14)
        self._judging = Card(wording.text("How does it stand to the goal?"))
        self._lists = QSplitter(Qt.Orientation.Vertical, self)
        self._split = QSplitter(Qt.Orientation.Horizontal, self)
        self._lay_out()

    def show_about(self, session: JudgingSession) -> None:
        """Show the decision that is judged, and the goal that it is held against."""
        self._lists.setVisible(session.case is not None)
        self._judging.setVisible(session.key is not None)
        clear(self._about)
        for part in _about(session):
            self._about.addWidget(part, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """The lists above the judgement where there is no room beside it."""
        super().resizeEvent(event)
        narrow = event.size().width() < _NARROW
        wanted = Qt.Orientation.Vertical if narrow else Qt.Orientation.Horizontal
        if self._split.orientation() != wanted:
            self._split.setOrientation(wanted)
            self._lists.setOrientation(Qt.Orientation.Horizontal if narrow else Qt.Orientation.Vertical)
            self._split.setSizes([170, 570] if narrow else [_SIDE, _MAIN])
        room = event.size().width() - (0 if narrow else _SIDE)
        sides = QBoxLayout.Direction
        self._about.setDirection(sides.TopToBottom if room < _ASIDE else sides.LeftToRight)

    def _lay_out(self) -> None:
        for one in (self.decisions, self.goals):
            card = Card(look="card", parent=self._lists)
            card.body.setContentsMargins(1, 1, 1, 1)
            card.body.addWidget(one)
            self._lists.addWidget(card)
        self._lists.setChildrenCollapsible(False)
        self._split.setObjectName("judging.split")
        self._split.setChildrenCollapsible(False)
        self._split.addWidget(self._lists)
        self._split.addWidget(scrolled(self._main(), name="judging.area"))
        self._split.setStretchFactor(1, 1)
        self._split.setSizes([_SIDE, _MAIN])
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._split)

    def _main(self) -> QWidget:
        main = QWidget()
        rows = QVBoxLayout(main)
        rows.setContentsMargins(4, 0, 4, 0)
        rows.setSpacing(14)
        rows.addLayout(self._about)
        self._judging.body.addWidget(self.form)
        self._judging.body.addWidget(self.files)
        rows.addWidget(self._judging)
        rows.addStretch(1)
        return main


def _about(session: JudgingSession) -> list[QWidget]:
    """Decision and goal beside one another's words."""
    case, goal = session.case, session.goal
    if case is None:
        words = wording.text("Nothing is drawn for you to judge: draw the sample, or ask the lead auditor to share it.")
        return [Words(words, wrap=True)]
    decision = _told(case.decision.title, case.decision.number)
    decision.body.addWidget(Facts(*decision_facts(case.decision)))
    decision.body.addStretch(1)
    if case.is_own:
        own = wording.text("You took this decision yourself, so another auditor judges it.")
        decision.body.addWidget(Words(own, tone="note", wrap=True))
    if goal is None:
        decision.body.addWidget(Words(wording.text("No goal held for it."), tone="note", wrap=True))
        return [decision]
    promise = _told(goal.title, goal.code)
    promise.body.addWidget(Facts(*goal_facts(goal)))
    promise.body.addStretch(1)
    return [decision, promise]


def _told(title: str, under: str) -> Card:
    """A card whose title may run over several lines."""
    made = Card()
    made.body.setContentsMargins(16, 12, 16, 12)
    made.body.setSpacing(6)
    made.setAccessibleName(title)
    made.body.addWidget(Words(title, scale="heading", wrap=True))
    made.body.addWidget(Words(under, tone="muted", scale="small"))
    return made
