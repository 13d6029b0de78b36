"""Where the whole stands: score so far, the grade it would be, how much is answered, what failed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QSizePolicy, QVBoxLayout, QWidget

from gemba import wording
from gemba.kinds.telling import scale_title
from gemba.ui import terms
from gemba.ui.conduct.parts import Part
from gemba.ui.parts.badges import Badge
from gemba.ui.parts.words import Words
from gemba.work.conclude import Outlook


class ScoreCard(QWidget):
    """The running total above the rail."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("score")
        self._big = Words(scale="display", parent=self)
        self._beside = Words(scale="small", tone="muted", wrap=True, parent=self)
        self._grade = Badge("", "plain", self)
        self._critical = Badge("", "poor", self)
        for badge in (self._grade, self._critical):
            badge.setWordWrap(True)
            badge.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._scales = Words(scale="small", wrap=True, parent=self)
        self._scales.setObjectName("score.scales")
        self._open = Words(scale="small", tone="muted", wrap=True, parent=self)
        self._open.setObjectName("score.unanswered")
        self._answered = Words(scale="small", tone="muted", wrap=True, parent=self)
        self._bar = QProgressBar(self)
        self._bar.setTextVisible(False)
        self._bar.setObjectName("progress")
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self._big, 0, Qt.AlignmentFlag.AlignBaseline)
        top.addWidget(self._beside, 1, Qt.AlignmentFlag.AlignBaseline)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(20, 16, 20, 12)
        rows.setSpacing(8)
        rows.addLayout(top)
        rows.addWidget(self._scales)
        rows.addWidget(self._grade, 0, Qt.AlignmentFlag.AlignLeading)
        rows.addWidget(self._critical, 0, Qt.AlignmentFlag.AlignLeading)
        rows.addWidget(self._bar)
        rows.addWidget(self._answered)
        rows.addWidget(self._open)

    def show_outlook(self, outlook: Outlook, parts: Sequence[Part]) -> None:
        """What it would come to if it were concluded now."""
        answered, questions = sum(part.answered for part in parts), sum(part.questions for part in parts)
        score = outlook.outcome.score if outlook.kind.scored else None
        grade = outlook.kind.grade(outlook.outcome.grade)
        self._big.setText(terms.percent(score) if score is not None else f"{answered}/{questions}")
        self._beside.setText(_beside(outlook) if score is not None else wording.text("answered"))
        self._grade.say(wording.text(grade.title), str(grade.tone))
        failures = len(outlook.critical)
        self._critical.say(
            wording.plural("{n} critical failure", "{n} critical failures", failures) if failures else "", "poor"
        )
        self._answered.setText(
            wording.text("{answered} of {questions} answered", answered=answered, questions=questions)
        )
        self._answered.setVisible(score is not None)
        self._scales.setText(_scales(outlook))
        self._scales.setVisible(bool(self._scales.text()))
        self._open.setText(_open(outlook) if score is not None else "")
        self._open.setVisible(bool(self._open.text()))
        self._bar.setMaximum(max(1, questions))
        self._bar.setValue(answered)
        self._bar.setAccessibleName(self._answered.text())
        self.setAccessibleName(f"{self._big.text()} {self._beside.text()}, {self._grade.text()}")

    def texts(self) -> list[str]:
        """What it says, top to bottom."""
        shown = (self._big, self._beside, self._scales, self._grade, self._critical, self._answered, self._open)
        return [words.text() for words in shown if words.text() and not words.isHidden()]


def _scales(outlook: Outlook) -> str:
    """The scores that are kept apart from the main one."""
    told = [f"{scale_title(name)} {terms.percent(percent)}" for name, percent in outlook.outcome.scales.items()]
    return " · ".join(told)


def _open(outlook: Outlook) -> str:
    """How much of what counts for the score is not answered: said beside every score."""
    share = outlook.share_unanswered
    if share is None:
        return ""
    return wording.text("{share} of what counts is not answered", share=terms.percent(100 * share))


def _beside(outlook: Outlook) -> str:
    return "" if outlook.outcome.final and outlook.ready else wording.text("so far")
