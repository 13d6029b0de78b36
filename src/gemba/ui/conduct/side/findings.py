"""The findings that were raised from the current question, with what is done about them."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from gemba import wording
from gemba.domain.actions import Action, ActionState
from gemba.domain.findings import Finding
from gemba.ui import terms
from gemba.ui.conduct.sheet import OpenSheet
from gemba.ui.parts.badges import Badges
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import clear
from gemba.ui.parts.words import Words
from gemba.work.contain_finding import lacks_containment


class FindingsBox(QWidget):
    """One card a finding, and the button that raises another."""

    wanted = Signal()
    edited = Signal(object)
    """A finding is to be changed."""
    action_wanted = Signal(object)
    """A finding is to get an action."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._raise = Button(
            wording.text("Raise a finding"), name="finding.raise", icon="flag", run=self.wanted.emit, parent=self
        )
        self._raise.setToolTip("F")
        self._cards = QVBoxLayout()
        self._cards.setSpacing(8)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(8)
        rows.addLayout(self._cards)
        rows.addWidget(self._raise)

    def show_question(self, sheet: OpenSheet, path: str) -> None:
        """Show what was found at a question."""
        clear(self._cards)
        for finding in sheet.records.findings_of(path):
            self._cards.addWidget(self._card(sheet, finding))
        self._raise.setVisible(not sheet.frozen)

    def _card(self, sheet: OpenSheet, finding: Finding) -> QWidget:
        card = QFrame(self)
        card.setProperty("look", "inset")
        card.setObjectName(f"finding:{finding.uid}")
        card.setAccessibleName(f"{finding.number}, {terms.finding_grade(finding.grade)}: {finding.text}")
        rows = QVBoxLayout(card)
        rows.setContentsMargins(14, 12, 14, 12)
        rows.setSpacing(6)
        badges = Badges(card)
        missing = (wording.text("Not contained"), "poor") if lacks_containment(finding) else ("", "")
        badges.say((terms.finding_grade(finding.grade), terms.finding_grade_tone(finding.grade)), missing)
        rows.addWidget(badges)
        rows.addWidget(Words(finding.text, wrap=True, parent=card))
        rows.addWidget(Words(finding.number, scale="small", tone="muted", parent=card))
        if finding.contained:
            words = wording.text("Done at once: {words}", words=finding.contained)
            rows.addWidget(Words(words, scale="small", wrap=True, parent=card))
        for action in sheet.records.actions_of(finding.uid):
            rows.addWidget(Words(told(action), scale="small", wrap=True, parent=card))
        rows.addLayout(self._buttons(sheet, finding, card))
        return card

    def _buttons(self, sheet: OpenSheet, finding: Finding, card: QWidget) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(4)
        if not sheet.frozen:
            change = Button(wording.text("Change"), name="finding.edit", icon="pencil", look="quiet", parent=card)
            change.setAccessibleName(wording.text("Change finding {number}", number=finding.number))
            change.clicked.connect(partial(self.edited.emit, finding))
            line.addWidget(change)
        add = Button(wording.text("Add action"), name="action.add", icon="plus", look="quiet", parent=card)
        add.setAccessibleName(wording.text("Add an action to finding {number}", number=finding.number))
        add.clicked.connect(partial(self.action_wanted.emit, finding))
        line.addWidget(add)
        line.addStretch()
        return line


def told(action: Action) -> str:
    """An action in one line: what, who, until when; one that is done with what shows it."""
    if action.state is ActionState.DONE:
        sort = terms.action_sort(action.sort)
        return wording.text("{sort}, done: {text}", sort=sort, text=action.proof or action.text)
    return wording.text(
        "{sort}: {text} ({owner}, due {due})",
        sort=terms.action_sort(action.sort),
        text=action.text,
        owner=action.owner,
        due=terms.day(action.due),
    )
