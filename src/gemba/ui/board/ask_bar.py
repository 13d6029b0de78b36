"""What is asked before chosen cards are given away, let rest, merged or put where they wait; no dialog."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from gemba import wording
from gemba.domain.actions import Lane
from gemba.errors import GembaError
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.fields import Choice, DayField, Field
from gemba.ui.parts.flow import Flow
from gemba.ui.parts.words import Words
from gemba.ui.services import Services
from gemba.work import action_board


class AskBar(QFrame):
    """A line of fields above the board; closed until something is asked.

    Args:
        services: of the window.
        parent: the owner.
    """

    answered = Signal(str)
    """It was kept: what was asked for."""
    left = Signal()

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("board.ask")
        self.setProperty("look", "card")
        self._services = services
        self._uids: tuple[str, ...] = ()
        self.sort = ""
        self.heading = Words("", strong=True, wrap=True, parent=self)
        self.words = QLineEdit(self)
        self.words.setObjectName("board.ask.words")
        self.words.setMinimumWidth(260)
        self.day = DayField(name="board.ask.day", parent=self)
        self.into = Choice([], name="board.ask.into", parent=self)
        self.into.setMinimumWidth(260)
        self._words_field = Field(wording.text("&Why?"), self.words, parent=self)
        self._day_field = Field(wording.text("&Until when?"), self.day, parent=self)
        self._into_field = Field(wording.text("&Which one goes on?"), self.into, parent=self)
        self.problem = Words("", tone="poor", wrap=True, parent=self)
        self.problem.setObjectName("board.ask.problem")
        self._lay_out()
        self.hide()

    def ask(self, sort: str, uids: Sequence[str], *, offered: Sequence[tuple[str, str]] = ()) -> None:
        """Open for some cards.

        Args:
            sort: `give`, `rest`, `wait` or `merge`.
            uids: of the cards.
            offered: owners (for `give`) or actions (for `merge`) as code and words.
        """
        self.sort, self._uids = sort, tuple(uids)
        self.problem.hide()
        self.words.clear()
        self.day.put(None)
        self.heading.setText(_heading(sort, len(uids)))
        self._words_field.label.setText(_words_title(sort))
        self.words.setAccessibleName(_words_title(sort).replace("&", ""))
        self._words_field.setVisible(sort != "merge")
        self._day_field.setVisible(sort == "rest")
        self._into_field.setVisible(sort == "merge")
        if sort == "merge":
            self.into.offer(offered)
        self.words.setCompleter(_completer([words for _, words in offered] if sort == "give" else [], self))
        self.show()
        first = {"merge": self.into, "rest": self.day}.get(sort, self.words)
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def answer(self) -> None:
        """Keep it."""
        words, write = self.words.text(), self._services.jobs.write
        kept: dict[str, Callable[[], Any]] = {
            "give": partial(write, action_board.assign, self._uids, words),
            "rest": partial(write, _let_rest, self._uids, self.day.day, words),
            "wait": partial(write, action_board.move_all, self._uids, Lane.WAITING, words),
            "merge": partial(write, _merge, self._uids, self.into.value),
        }
        kept[self.sort](done=self._kept, failed=self._refused)  # type: ignore[call-arg]

    @Slot()
    def leave(self) -> None:
        """Ask nothing any more."""
        self.hide()
        self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter keeps, Escape leaves."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.answer()
        elif event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)

    def _kept(self, _change: object) -> None:
        self.hide()
        self.answered.emit(self.sort)

    def _refused(self, error: GembaError) -> None:
        self.problem.setText(wording.sentence(error))
        self.problem.show()

    def _lay_out(self) -> None:
        fields = QFrame(self)
        flow = Flow(fields, gap=12)
        for field in (self._into_field, self._day_field, self._words_field):
            flow.addWidget(field)
        across = QHBoxLayout()
        across.addStretch(1)
        cancel = Button(wording.text("Cancel"), name="board.ask.cancel", look="quiet", run=self.leave, parent=self)
        keep = Button(wording.text("Keep"), name="board.ask.keep", icon="check", run=self.answer, parent=self)
        across.addWidget(cancel)
        across.addWidget(keep)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(16, 12, 16, 12)
        rows.setSpacing(8)
        rows.addWidget(self.heading)
        rows.addWidget(fields)
        rows.addWidget(self.problem)
        rows.addLayout(across)


def _let_rest(desk: Any, uids: Sequence[str], until: Any, because: str) -> Any:
    """Let cards rest; a day is needed here, for waking has its own way."""
    return action_board.snooze_all(desk, uids, until or desk.clock().date(), because)


def _merge(desk: Any, uids: Sequence[str], into: str) -> Any:
    return action_board.merge_all(desk, [uid for uid in uids if uid != into], into)


def _heading(sort: str, count: int) -> str:
    cards = wording.plural("{n} action", "{n} actions", count)
    return {
        "give": wording.text("Give {cards} to somebody else", cards=cards),
        "rest": wording.text("Let {cards} rest for a while", cards=cards),
        "wait": wording.text("Put {cards} where they wait", cards=cards),
        "merge": wording.text("Let one of them go on for all that say the same"),
    }[sort]


def _words_title(sort: str) -> str:
    return {
        "give": wording.text("&Who answers for it now?"),
        "wait": wording.text("&For whom or what does it wait?"),
    }.get(sort, wording.text("&Why may it rest?"))


def _completer(words: list[str], parent: QWidget) -> QCompleter:
    made = QCompleter(words, parent)
    made.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    made.setFilterMode(Qt.MatchFlag.MatchContains)
    return made
