"""Rows that ask nothing: headings of sections, notes of the form, and hidden questions."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gemba import wording
from gemba.ui.conduct.frame import RowFrame, begin_lines
from gemba.ui.conduct.sheet import OpenSheet
from gemba.ui.parts.badges import Badge, Picture
from gemba.ui.parts.buttons import IconButton
from gemba.ui.parts.words import Words


class HeadingRow(RowFrame):
    """The title of a section, which folds and unfolds it; a section within a section is smaller."""

    folding = Signal(str)

    def __init__(self, sheet: OpenSheet, path: str, depth: int, *, folded: bool, parent: QWidget) -> None:
        super().__init__(path, parent)
        self._sheet, self._folded = sheet, folded
        self.plain = True
        self._title = Words(scale="title" if depth == 0 else "heading", wrap=True, parent=self)
        self._hint = Words(tone="muted", wrap=True, parent=self)
        self._fold = IconButton("chevron-down", "", name=f"fold:{path}", run=self._ask, parent=self)
        self._open = Badge("", "plain", self)
        line = QHBoxLayout()
        line.setSpacing(4)
        line.addWidget(self._title, 1)
        line.addWidget(self._open)
        line.addWidget(self._fold)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(4, 16 if depth == 0 else 4, 4, 4)
        rows.setSpacing(4)
        rows.addLayout(line)
        rows.addWidget(self._hint)
        self.refresh()

    def refresh(self) -> None:
        """Show the title in the form's language."""
        view = self._sheet.view(self.path)
        begin_lines(self._title, self._hint)
        self._title.setText(view.label)
        self._hint.setText(view.hint)
        self._hint.setVisible(bool(view.hint) and not self._folded)
        self.setAccessibleName(view.label)
        self._show_fold(view.label)

    def fold(self, folded: bool) -> bool:  # noqa: FBT001 - Qt's way of setters
        """Only the heading stands there, or all of it; true when that is news."""
        changed, self._folded = folded != self._folded, folded
        return changed

    def stops(self) -> Sequence[QWidget]:
        """The fold, where there is a title to fold under."""
        return [] if self._fold.isHidden() else [self._fold]

    def _show_fold(self, title: str) -> None:
        words = (
            wording.text("Unfold {title}", title=title) if self._folded else wording.text("Fold {title}", title=title)
        )
        aside = "chevron-right" if self.layoutDirection() == Qt.LayoutDirection.RightToLeft else "chevron-left"
        self._fold.set_icon(aside if self._folded else "chevron-down", words)
        self._fold.setVisible(bool(title))
        self._open.setVisible(False)
        if self._folded and self.path in self._sheet.counted:
            answered, questions = self._sheet.counted[self.path]
            self._open.say(
                wording.text("{answered} of {questions}", answered=answered, questions=questions),
                "good" if answered == questions else "plain",
            )

    def _ask(self) -> None:
        self.folding.emit(self.path)


class NoteRow(RowFrame):
    """Words of the form that stand between questions."""

    def __init__(self, sheet: OpenSheet, path: str, parent: QWidget) -> None:
        super().__init__(path, parent)
        self._sheet = sheet
        self.plain = True
        line = QHBoxLayout(self)
        line.setContentsMargins(20, 4, 20, 4)
        line.setSpacing(12)
        self._words = Words(wrap=True, parent=self)
        line.addWidget(Picture("info", role="note", parent=self))
        line.addWidget(self._words, 1)
        self.refresh()

    def refresh(self) -> None:
        """Show the words; answers may stand within them."""
        view = self._sheet.view(self.path)
        begin_lines(self._words)
        self._words.setText("\n".join(part for part in (view.label, view.hint) if part))
        self.setAccessibleName(self._words.text())


class HiddenRow(RowFrame):
    """A question that the answers hide, with the reason: it can be read and not answered."""

    def __init__(self, sheet: OpenSheet, path: str, parent: QWidget) -> None:
        super().__init__(path, parent)
        self._sheet = sheet
        self.plain = True
        line = QHBoxLayout(self)
        line.setContentsMargins(20, 2, 20, 2)
        line.setSpacing(12)
        self._label = Words(tone="muted", wrap=True, parent=self)
        self._why = Words(scale="small", tone="muted", wrap=True, parent=self)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._label)
        words.addWidget(self._why)
        line.addWidget(Picture("circle-slash", role="muted", size=18, parent=self))
        line.addLayout(words, 1)
        self.refresh()

    def refresh(self) -> None:
        """Show its words and why it is hidden now."""
        view = self._sheet.view(self.path)
        why = self._sheet.fill.why_hidden(self.path)
        begin_lines(self._label, self._why)
        self._label.setText(view.label or view.name)
        self._why.setText(why.words or wording.text("It is hidden by the checklist."))
        self.setAccessibleName(f"{self._label.text()}: {self._why.text()}")
