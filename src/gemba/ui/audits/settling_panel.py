"""One disagreement: the decision, the goal, what each auditor says with evidence, and what both agree on."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QLineEdit, QVBoxLayout, QWidget

from gemba import wording
from gemba.domain.judgements import AlignmentVerdict, Constraint, Judgement
from gemba.errors import GembaError
from gemba.ui.audits.verdict_bar import VerdictBar
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import Card, clear
from gemba.ui.parts.facts import Facts
from gemba.ui.parts.fields import Choice, DayField, Field
from gemba.ui.parts.words import Words
from gemba.work.alignment_words import constraint_title, verdict_title
from gemba.work.double_judging import Pair, Settling
from gemba.work.judgement_rules import NEEDS_CONSTRAINT

_NARROW = 560
"""Pixels below which both sides stand under one another."""


class SettlingPanel(Card):
    """Shows one disagreement and takes what is agreed; it keeps nothing by itself.

    Args:
        parent: the owner.
    """

    settled = Signal(object)
    """What both agreed on (`Settling`)."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(look="inset", parent=parent)
        self.pair: Pair | None = None
        self.about = QVBoxLayout()
        self.sides = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self.sides.setSpacing(12)
        self.verdict = VerdictBar(self)
        self.verdict.chosen.connect(self._fit)
        self.reason, self.present, self.exception = (
            _line(f"settling.{code}", self) for code in ("reason", "present", "exception")
        )
        self.constraint = Choice(
            [
                ("", wording.text("As the judgement says")),
                *((one, constraint_title(one)) for one in list(Constraint)[1:]),
            ],
            name="settling.constraint",
            parent=self,
        )
        self.until = DayField(name="settling.until", parent=self)
        self.departing = [
            Field(wording.text("What &forced it"), self.constraint, parent=self),
            Field(
                wording.text("Justified e&xception, because"),
                self.exception,
                hint=wording.text("Empty: as the judgement with this verdict says."),
                parent=self,
            ),
            Field(wording.text("Exception &until"), self.until, parent=self),
        ]
        self.problem = Words("", tone="poor", wrap=True, parent=self)
        self.problem.hide()
        self._lay_out()
        self.show_pair(None, {})

    def show_pair(self, pair: Pair | None, names: dict[str, str]) -> None:
        """Show a disagreement, or nothing."""
        self.setVisible(pair is not None)
        same = pair is not None and self.pair is not None and pair.lead.uid == self.pair.lead.uid
        self.pair = pair
        clear(self.about)
        clear(self.sides)
        if pair is None:
            return
        decision, goal = pair.decision, pair.goal
        self.about.addWidget(Words(f"{decision.number} · {decision.title}", strong=True, wrap=True, parent=self))
        if decision.why:
            self.about.addWidget(Words(decision.why, wrap=True, parent=self))
        self.about.addWidget(Words(f"{goal.title}: {goal.statement}", tone="muted", wrap=True, parent=self))
        for one in (pair.lead, pair.second):
            self.sides.addWidget(_side(one, names.get(one.auditor, one.auditor), goal.anchors, self), 1)
        if not same:
            self._fill(pair)

    def refused(self, error: GembaError) -> None:
        """Say what a rule says."""
        self.problem.setText(wording.sentence(error))
        self.problem.show()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Both sides beside one another where there is room."""
        super().resizeEvent(event)
        directions = QBoxLayout.Direction
        self.sides.setDirection(directions.TopToBottom if event.size().width() < _NARROW else directions.LeftToRight)

    @Slot()
    def keep(self) -> None:
        """Hand over what is entered."""
        self.problem.hide()
        if self.verdict.verdict is None:
            self.problem.setText(wording.text("Choose what both agree on."))
            self.problem.show()
            self.verdict.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        departs = self.verdict.verdict in NEEDS_CONSTRAINT
        self.settled.emit(
            Settling(
                verdict=self.verdict.verdict,
                reason=self.reason.text(),
                present=self.present.text(),
                constraint=Constraint(self.constraint.value) if departs and self.constraint.value else None,
                exception=self.exception.text().strip() or None if departs else None,
                exception_until=self.until.day if departs else None,
            )
        )

    def _lay_out(self) -> None:
        self.body.addLayout(self.about)
        self.body.addLayout(self.sides)
        self.body.addWidget(Words(wording.text("Both agree on"), scale="heading", parent=self))
        self.body.addWidget(self.verdict)
        for field in self.departing:
            self.body.addWidget(field)
        self.body.addWidget(
            Field(
                wording.text("What &settled it"),
                self.reason,
                hint=wording.text("Stands beside the verdict for ever."),
                parent=self,
            )
        )
        self.body.addWidget(Field(wording.text("&Who agreed, by role"), self.present, parent=self))
        self.body.addWidget(self.problem)
        words = wording.text("Settle it")
        button = Button(words, name="settling.keep", icon="check", run=self.keep, once=True, parent=self)
        self.body.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)

    def _fill(self, pair: Pair) -> None:
        agreed = pair.agreed
        self.verdict.show_verdict(agreed.verdict if agreed is not None else None)
        self.reason.setText(agreed.reason if agreed is not None else "")
        if agreed is not None:
            self.present.setText(agreed.present)
        self.exception.setText(agreed.exception if agreed is not None else "")
        self.constraint.choose(agreed.constraint if agreed is not None else "")
        self.until.put(agreed.exception_until if agreed is not None else None)
        self.problem.hide()
        self._fit("")

    @Slot(str)
    def _fit(self, _verdict: str) -> None:
        """What forced it is asked only of what departs from the goal."""
        for field in self.departing:
            field.setVisible(self.verdict.verdict in NEEDS_CONSTRAINT)


def _side(said: Judgement, name: str, anchors: dict[str, str], parent: QWidget) -> Card:
    made = Card(look="inset", parent=parent)
    made.body.addWidget(Words(name, tone="muted", scale="small", parent=made))
    tone = {AlignmentVerdict.ALIGNED: "good", AlignmentVerdict.PART: "fair", AlignmentVerdict.CONTRARY: "poor"}
    made.body.addWidget(Words(verdict_title(said.verdict), strong=True, tone=tone.get(said.verdict, ""), parent=made))
    until = said.exception_until.isoformat() if said.exception_until else ""
    made.body.addWidget(
        Facts(
            (wording.text("Means"), anchors.get(said.verdict, "")),
            (wording.text("For"), said.evidence_for),
            (wording.text("Against"), said.evidence_against),
            (wording.text("Forced by"), constraint_title(said.constraint) if said.constraint else ""),
            (wording.text("Exception"), " · ".join(part for part in (said.exception, until) if part)),
            (wording.text("Note"), said.note),
            parent=made,
        )
    )
    made.body.addStretch(1)
    return made


def _line(name: str, parent: QWidget) -> QLineEdit:
    made = QLineEdit(parent)
    made.setObjectName(name)
    return made
