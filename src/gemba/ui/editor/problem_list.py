"""What is wrong with the draft, each a step away from being mended."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from gemba import wording
from gemba.forms.editing.columns import cell, default_language
from gemba.forms.editing.fixes import mend
from gemba.forms.editing.found import Problem
from gemba.forms.editing.lists import users
from gemba.forms.editing.problem_words import fix_words, problem_words
from gemba.ui.editor.look import Look
from gemba.ui.editor.session import Session
from gemba.ui.parts.badges import Picture
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import clear, scrolled
from gemba.ui.parts.words import Words

_MOST = 60
_HIGHEST = 168


class ProblemList(QFrame):
    """A line that counts, and the problems below it once it is unfolded."""

    gone_to = Signal()
    """One went to the item of a problem."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.problems: list[Problem] = []
        self.setProperty("look", "card")
        self._icon = Picture("circle-check", role="good", size=20, parent=self)
        self.summary = Words(wording.text("Looking …"), strong=True, parent=self)
        self._fold = Button("", name="editor.problems.fold", look="quiet", run=self._turn, parent=self)
        head = QHBoxLayout()
        head.setContentsMargins(16, 4, 8, 4)
        head.setSpacing(10)
        head.addWidget(self._icon)
        head.addWidget(self.summary, 1)
        head.addWidget(self._fold)
        inner = QWidget(self)
        self._lines = QVBoxLayout(inner)
        self._lines.setContentsMargins(16, 0, 8, 8)
        self._lines.setSpacing(2)
        self._area = scrolled(inner, name="editor.problems")
        rows = QVBoxLayout(self)
        rows.setContentsMargins(1, 1, 1, 1)
        rows.setSpacing(0)
        rows.addLayout(head)
        rows.addWidget(self._area)
        self._area.hide()
        self._say_fold()
        session.looked.connect(self.show_look)

    @Slot(object)
    def show_look(self, look: Look) -> None:
        """Show what was found."""
        self.problems = look.problems
        wrong = sum(not problem.advice for problem in look.problems)
        advice = len(look.problems) - wrong
        parts = [wording.plural("{n} thing is wrong", "{n} things are wrong", wrong)] if wrong else []
        parts += [wording.plural("{n} piece of advice", "{n} pieces of advice", advice)] if advice else []
        self.summary.setText("  ·  ".join(parts) or wording.text("Nothing is wrong."))
        icon, tone = (
            ("circle-alert", "poor") if wrong else ("lightbulb", "fair") if advice else ("circle-check", "good")
        )
        self._icon.show_icon(icon, tone)
        self._fold.setVisible(bool(look.problems))
        if not look.problems:
            self._area.hide()
        if not self._area.isHidden():
            self._fill()
        self._say_fold()

    def unfold(self) -> None:
        """Show the problems."""
        if self.problems:
            self._fill()
            self._area.show()
            self._say_fold()

    @Slot()
    def _turn(self) -> None:
        if self._area.isHidden():
            self.unfold()
        else:
            self._area.hide()
            self._say_fold()

    def _say_fold(self) -> None:
        self._fold.setText(wording.text("Show") if self._area.isHidden() else wording.text("Hide"))
        self._fold.setAccessibleName(wording.text("Show or hide what is wrong"))

    def _fill(self) -> None:
        clear(self._lines)
        for number, problem in enumerate(self.problems[:_MOST]):
            self._lines.addWidget(self._line(number, problem))
        left = len(self.problems) - _MOST
        if left > 0:
            self._lines.addWidget(Words(wording.text("… and {n} more", n=left), tone="muted", parent=self))
        self._lines.addStretch(1)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Lines break elsewhere in another width."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """As high as the problems, up to a limit."""
        wide = max(200, self.width() - 30)
        needed = self._lines.totalHeightForWidth(wide) if self._lines.hasHeightForWidth() else 0
        self._area.setFixedHeight(min(_HIGHEST, max(48, needed + 4)))

    def _line(self, number: int, problem: Problem) -> QWidget:
        made = QWidget(self)
        across = QHBoxLayout(made)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(10)
        icon, tone = ("lightbulb", "fair") if problem.advice else ("circle-alert", "poor")
        across.addWidget(Picture(icon, role=tone, size=18, parent=made))
        said = problem_words(problem)
        about = self._about(problem)
        words = Words(f"{about}: {said}" if about else said, wrap=True, parent=made)
        across.addWidget(words, 1)
        if problem.fix:
            fix = Button(
                fix_words(problem),
                name=f"editor.problem.{number}.fix",
                look="quiet",
                run=partial(self._mend, problem),
                parent=made,
            )
            fix.setAccessibleDescription(words.text())
            across.addWidget(fix)
        go = Button(
            wording.text("Go there"),
            name=f"editor.problem.{number}.go",
            look="quiet",
            run=partial(self._go, problem),
            parent=made,
        )
        go.setAccessibleDescription(words.text())
        across.addWidget(go)
        return made

    def _about(self, problem: Problem) -> str:
        """The words of the item, or of the choice."""
        book = self._session.book
        sheet = book.sheet(problem.sheet)
        if problem.sheet == "settings" or not 0 <= problem.row < len(sheet.rows):
            return ""
        label = cell(sheet, problem.row, "label", default_language(book)) or cell(sheet, problem.row, "name")
        plain = " ".join(label.split())
        return f"“{plain if len(plain) < 60 else plain[:59] + '…'}”" if plain else ""

    def _mend(self, problem: Problem) -> None:
        self._session.do(fix_words(problem), partial(mend, problem=problem), stay=problem.sheet != "survey")

    def _go(self, problem: Problem) -> None:
        row = problem.row if problem.sheet == "survey" else -1
        if problem.sheet == "choices":
            book = self._session.book
            asking = users(book, cell(book.choices, problem.row, "list").strip())
            row = asking[0].row if asking else -1
        self._session.go(row)
        self.gone_to.emit()
