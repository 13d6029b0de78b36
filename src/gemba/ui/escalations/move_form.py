"""The form of a move: what it asks for, opened below the buttons of an escalation."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from gemba import wording
from gemba.domain.change import Change
from gemba.domain.escalation_moves import Move
from gemba.domain.escalation_tiers import NEEDS_FORUM, above
from gemba.errors import GembaError
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import Card
from gemba.ui.parts.fields import Choice, DayField, Field
from gemba.ui.parts.flow import Flow
from gemba.ui.parts.words import Words
from gemba.ui.services import Services
from gemba.work import escalation_decisions as decisions
from gemba.work import escalation_moves as work
from gemba.work.escalation_facts import EscalationFacts
from gemba.work.escalation_words import move_words, rung_words

_HIGH = 76
_ASKS: dict[Move, tuple[str, ...]] = {
    Move.STEP: ("tried", "next_step", "next_by"),
    Move.SKIP: ("to", "reason"),
    Move.TRIED: ("tried",),
    Move.ANSWER: ("answer", "next_step", "next_by"),
    Move.NEXT: ("next_step", "next_by"),
    Move.DECIDE: ("outcome", "decided_by", "expires"),
    Move.WITHDRAW: ("reason",),
    Move.REOPEN: ("reason",),
}
_FIELD_OF = {
    "tried_since": "tried",
    "skip_reason": "reason",
    "reopen_reason": "reason",
    "withdraw_reason": "reason",
    "answer": "answer",
    "next_step": "next_step",
    "next_past": "next_by",
    "next_far": "next_by",
    "outcome": "outcome",
    "sides": "customer_side",
    "expired": "expires",
    "without_expiry": "expires",
}
_DONE: dict[Move, Callable[[], str]] = {
    Move.STEP: lambda: wording.text("It is with the next tier; its clock begins now."),
    Move.SKIP: lambda: wording.text("It is past the tier, which is to be told; the clock begins now."),
    Move.TRIED: lambda: wording.text("It is written down."),
    Move.ANSWER: lambda: wording.text("The answer is kept; the next step has its day."),
    Move.NEXT: lambda: wording.text("The next step is kept."),
    Move.DECIDE: lambda: wording.text("The decision is kept."),
    Move.WITHDRAW: lambda: wording.text("It is withdrawn."),
    Move.REOPEN: lambda: wording.text("It is open again; the clock of its tier begins now."),
}


class MoveForm(Card):
    """What one move asks for.

    Args:
        services: of the window.
        facts: of the escalation.
        move: what is to be done.
        parent: the owner.
    """

    def __init__(self, services: Services, facts: EscalationFacts, move: Move, parent: QWidget | None = None) -> None:
        super().__init__(look="inset", parent=parent)
        self._services, self._facts, self.doing = services, facts, move
        self.is_kept = False
        self.fields: dict[str, Field] = {}
        asked = _ASKS[move]
        if move is Move.DECIDE and facts.escalation.sort in NEEDS_FORUM:
            asked = ("customer_side", "other_side", *asked)
        for name in asked:
            self.fields[name] = Field(self._title(name), self._entry(name), hint=self._hint(name), parent=self)
            self.body.addWidget(self.fields[name])
        self.problem = Words("", tone="poor", wrap=True, parent=self)
        self.problem.setObjectName("escalation.move.problem")
        self.problem.hide()
        self.body.addWidget(self.problem)
        flow = Flow()
        keep = Button(
            move_words(move), name="escalation.move.keep", icon="check", run=self.keep, once=True, parent=self
        )
        leave = Button(wording.text("Leave it"), name="escalation.move.leave", look="quiet", run=self.hide, parent=self)
        for button in (keep, leave):
            flow.addWidget(button)
        self.body.addLayout(flow)

    def begin(self) -> None:
        """The keyboard begins in the first field that is empty."""
        empty = [field.widget for name, field in self.fields.items() if not self._value(name)]
        first = empty[0] if empty else next(iter(self.fields.values())).widget
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def typed(self) -> dict[str, Any]:
        """What is typed so far, by field; nothing once it is kept or left."""
        return {} if self.is_kept or self.isHidden() else {name: self._value(name) for name in self.fields}

    def put(self, typed: dict[str, Any]) -> None:
        """Show what was typed before the escalation was read again."""
        for name, value in typed.items():
            entry = self.fields[name].widget
            if isinstance(entry, DayField):
                entry.put(value)
            elif isinstance(entry, Choice):
                entry.choose(str(value))
            elif isinstance(entry, QPlainTextEdit):
                entry.setPlainText(value)
            elif isinstance(entry, QLineEdit):
                entry.setText(value)

    @Slot()
    def keep(self) -> None:
        """Do it."""
        self._say_problem(None)
        if self.doing in {Move.ANSWER, Move.NEXT} and self._value("next_by") is None:
            self.fields["next_by"].say_problem(wording.text("Say until when."))
            self.fields["next_by"].widget.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        run = partial(_run, self.doing, {name: self._value(name) for name in self.fields})
        self._services.jobs.write(run, self._facts.escalation.uid, done=self._done, failed=self._say_problem)

    def _entry(self, name: str) -> QWidget:
        one = self._facts.escalation
        made: QWidget
        if name in {"next_by", "expires"}:
            return DayField(name=f"escalation.move.{name}", parent=self)
        if name == "to":
            tiers = above(self._facts.rungs, one.tier)[1:]
            return Choice(
                [(str(rung.tier), rung_words(rung)) for rung in tiers], name="escalation.move.to", parent=self
            )
        if name in {"next_step", "decided_by"}:
            made = QLineEdit(one.next_step if name == "next_step" and self.doing is Move.NEXT else "", self)
            if name == "decided_by":
                made.setPlaceholderText(one.forum if one.sort in NEEDS_FORUM and one.forum else one.owner)
        else:
            made = QPlainTextEdit(getattr(one, name) if name in {"customer_side", "other_side"} else "", self)
            made.setTabChangesFocus(True)
            made.setFixedHeight(_HIGH)
        made.setObjectName(f"escalation.move.{name}")
        return made

    def _title(self, name: str) -> str:
        titles = {
            "tried": wording.text("What was &tried since"),
            "answer": wording.text("What is &answered"),
            "next_step": wording.text("&Next step"),
            "next_by": wording.text("&Until"),
            "to": wording.text("&Tier that is asked instead"),
            "reason": wording.text("&Why"),
            "outcome": wording.text("What is &decided"),
            "decided_by": wording.text("&By whom (role or body)"),
            "expires": wording.text("&Holds until"),
            "customer_side": wording.text("What speaks for the &customer"),
            "other_side": wording.text("What speaks for the &rule, the risk or the cost"),
        }
        return titles[name]

    def _hint(self, name: str) -> str:
        if name == "reason" and self.doing is Move.SKIP:
            return wording.text("Everybody may skip a tier. The one that is passed over is told, with this reason.")
        if name == "expires" and self._facts.escalation.sort in NEEDS_FORUM:
            return wording.text("An exception without an end becomes the rule.")
        return ""

    def _value(self, name: str) -> Any:
        entry = self.fields[name].widget
        if isinstance(entry, DayField):
            return entry.day
        if isinstance(entry, Choice):
            return int(entry.value) if entry.value else None
        return entry.toPlainText() if isinstance(entry, QPlainTextEdit) else str(getattr(entry, "text")())  # noqa: B009 - a line

    def _done(self, _change: Change) -> None:
        self.is_kept = True
        self._services.messages.info(_DONE[self.doing]())

    def _say_problem(self, error: GembaError | None) -> None:
        for field in self.fields.values():
            field.say_problem("")
        self.problem.hide()
        if error is None:
            return
        meant = self.fields.get(_FIELD_OF.get(error.code.removeprefix("work.escalation_"), ""))
        if meant is None:
            self.problem.setText(wording.sentence(error))
            self.problem.show()
            return
        meant.say_problem(wording.sentence(error))
        meant.widget.setFocus(Qt.FocusReason.OtherFocusReason)


def _run(move: Move, said: dict[str, Any], desk: Any, uid: str) -> Change:
    """The use case of a move; on the thread that writes."""
    then = {name: said[name] for name in ("next_step", "next_by") if name in said}
    runs: dict[Move, Callable[[], Change]] = {
        Move.STEP: lambda: work.step(desk, uid, said["tried"], **then),
        Move.SKIP: lambda: work.skip(desk, uid, said["reason"], to=said["to"]),
        Move.TRIED: lambda: work.tried(desk, uid, said["tried"]),
        Move.ANSWER: lambda: work.answer(desk, uid, said["answer"], **then),
        Move.NEXT: lambda: work.set_next(desk, uid, **then),
        Move.DECIDE: lambda: decisions.decide(desk, uid, decisions.Ruling(**said)),
        Move.WITHDRAW: lambda: decisions.withdraw(desk, uid, said["reason"]),
        Move.REOPEN: lambda: decisions.reopen(desk, uid, said["reason"]),
    }
    return runs[move]()
