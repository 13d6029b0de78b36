"""What is said of one decision against one goal: the verdict, its evidence on both sides, what forced it."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from gemba import wording
from gemba.domain.judgements import AlignmentVerdict, Confidence, Constraint
from gemba.ui.audits.verdict_bar import VerdictBar
from gemba.ui.parts.fields import Choice, DayField, Field
from gemba.ui.parts.words import Words
from gemba.work.alignment_words import constraint_title
from gemba.work.judgement_rules import NEEDS_CONSTRAINT, Said

_NARROW = 560
"""Pixels below which both sides stand under one another."""
_FIRST = {
    AlignmentVerdict.ALIGNED: "evidence_for",
    AlignmentVerdict.PART: "evidence_against",
    AlignmentVerdict.CONTRARY: "evidence_against",
    AlignmentVerdict.CANNOT_TELL: "note",
}
"""Where one writes after a verdict."""
_WORDS = ("evidence_for", "evidence_against", "note")


class JudgementForm(QWidget):
    """Takes a judgement; it keeps nothing by itself.

    Args:
        parent: the owner.
    """

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.verdict = VerdictBar(self)
        self.texts = {name: self._text(name) for name in _WORDS}
        self.constraint = Choice(
            [("", wording.text("Choose …")), *((one, constraint_title(one)) for one in list(Constraint)[1:])],
            name="judging.constraint",
            parent=self,
        )
        self.confidence = Choice(
            [
                (Confidence.LOW, wording.text("Low")),
                (Confidence.MEDIUM, wording.text("Medium")),
                (Confidence.HIGH, wording.text("High")),
            ],
            name="judging.confidence",
            parent=self,
        )
        self.exception = QLineEdit(self)
        self.exception.setObjectName("judging.exception")
        self.until = DayField(name="judging.until", parent=self)
        self.cause = Choice([("", "–")], name="judging.cause", parent=self)
        self.problem = Words("", tone="poor", wrap=True, parent=self)
        self.problem.setObjectName("judging.problem")
        self._pairs: list[QBoxLayout] = []
        self._lay_out()
        self._listen()
        self.show_said(None)

    @property
    def said(self) -> Said | None:
        """What is entered; `None` as long as there is no verdict."""
        verdict = self.verdict.verdict
        if verdict is None:
            return None
        departs = verdict in NEEDS_CONSTRAINT
        return Said(
            verdict=verdict,
            evidence_for=self.texts["evidence_for"].toPlainText().strip(),
            evidence_against=self.texts["evidence_against"].toPlainText().strip(),
            constraint=Constraint(self.constraint.value if departs else ""),
            confidence=Confidence(self.confidence.value),
            exception=self.exception.text().strip() if departs else "",
            exception_until=self.until.day if departs else None,
            cause=self.cause.value,
            note=self.texts["note"].toPlainText().strip(),
        )

    def show_said(self, said: Said | None) -> None:
        """Show a judgement, or an empty form."""
        blocked = [QSignalBlocker(one) for one in self._entries()]
        self.verdict.show_verdict(said.verdict if said else None)
        for name, edit in self.texts.items():
            edit.setPlainText(getattr(said, name) if said else "")
        self.constraint.choose(said.constraint if said else "")
        self.confidence.choose(said.confidence if said else Confidence.MEDIUM)
        self.exception.setText(said.exception if said else "")
        self.until.put(said.exception_until if said else None)
        self.cause.choose(said.cause if said else "")
        del blocked
        self.say_problem("")
        self._fit()

    def say_problem(self, words: str) -> None:
        """Say what is still lacking; nothing when it is whole."""
        self.problem.setText(words)
        self.problem.setVisible(bool(words))

    def take_words(self, said: Said) -> None:
        """Write the evidence of another judgement where nothing is written yet."""
        for name in ("evidence_for", "evidence_against"):
            if not self.texts[name].toPlainText().strip():
                self.texts[name].setPlainText(getattr(said, name))

    def set_open(self, is_open: bool) -> None:  # noqa: FBT001 - as Qt's setters
        """Whether anything can be entered."""
        self.verdict.setEnabled(is_open)
        for edit in self.texts.values():
            edit.setReadOnly(not is_open)
        for one in (self.constraint, self.confidence, self.exception, self.until, self.cause):
            one.setEnabled(is_open)

    def offer_causes(self, causes: tuple[tuple[str, str], ...]) -> None:
        """Offer the codes of the vocabulary."""
        with QSignalBlocker(self.cause):
            self.cause.offer([("", wording.text("None")), *causes])
        self._cause_field.setVisible(bool(causes))

    @property
    def is_writing(self) -> bool:
        """True while the keyboard is in a field in which figures are letters."""
        focus = self.focusWidget()
        return focus is not None and focus.hasFocus() and isinstance(focus, QLineEdit | QPlainTextEdit)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Both sides of the evidence beside one another where there is room."""
        super().resizeEvent(event)
        sides = QBoxLayout.Direction
        for pair in self._pairs:
            pair.setDirection(sides.TopToBottom if event.size().width() < _NARROW else sides.LeftToRight)

    @Slot(str)
    def _chosen(self, verdict: str) -> None:
        self._fit()
        self.texts[_FIRST[AlignmentVerdict(verdict)]].setFocus(Qt.FocusReason.OtherFocusReason)
        self.edited.emit()

    def _fit(self) -> None:
        departs = self.verdict.verdict in NEEDS_CONSTRAINT
        for one in (self._constraint_field, self._exception_field, self._until_field):
            one.setVisible(departs)

    def _text(self, name: str) -> QPlainTextEdit:
        made = QPlainTextEdit(self)
        made.setObjectName(f"judging.{name}")
        made.setTabChangesFocus(True)
        made.setFixedHeight(64 if name == "note" else 92)
        return made

    def _entries(self) -> list[QWidget]:
        return [*self.texts.values(), self.constraint, self.confidence, self.exception, self.until, self.cause]

    def _listen(self) -> None:
        self.verdict.chosen.connect(self._chosen)
        for edit in self.texts.values():
            edit.textChanged.connect(self.edited)
        for choice in (self.constraint, self.confidence, self.cause):
            choice.currentIndexChanged.connect(self.edited)
        self.exception.textEdited.connect(self.edited)
        self.until.changed.connect(self.edited)

    def _lay_out(self) -> None:
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(12)
        rows.addWidget(self.verdict)
        speaks_for = Field(wording.text("Evidence &for"), self.texts["evidence_for"], parent=self)
        against = Field(wording.text("Evidence &against"), self.texts["evidence_against"], parent=self)
        rows.addLayout(self._beside(speaks_for, against))
        self._constraint_field = Field(wording.text("What f&orced it"), self.constraint, parent=self)
        self._exception_field = Field(
            wording.text("Justified e&xception"),
            self.exception,
            hint=wording.text("Only where going against the goal was right; always with an end."),
            parent=self,
        )
        self._until_field = Field(wording.text("It holds &until"), self.until, parent=self)
        self._cause_field = Field(wording.text("What is &behind it"), self.cause, parent=self)
        confidence = Field(wording.text("&How sure are you"), self.confidence, parent=self)
        note = Field(wording.text("&Note"), self.texts["note"], parent=self)
        for pair in ((self._constraint_field, confidence), (self._exception_field, self._until_field)):
            rows.addLayout(self._beside(*pair))
        rows.addLayout(self._beside(note, self._cause_field))
        rows.addWidget(self.problem)

    def _beside(self, *fields: Field) -> QBoxLayout:
        """Fields beside one another where there is room, at the same height."""
        made = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        made.setSpacing(12)
        for one in fields:
            made.addWidget(one, 1, Qt.AlignmentFlag.AlignTop)
        self._pairs.append(made)
        return made
