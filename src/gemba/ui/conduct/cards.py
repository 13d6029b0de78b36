"""One of a repeat as a card: its heading with name and number, and what can be done with it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gemba import wording
from gemba.ui.conduct.frame import RowFrame, begin_lines, breakable
from gemba.ui.conduct.grids import plain
from gemba.ui.conduct.sheet import OpenSheet
from gemba.ui.parts.badges import Badge
from gemba.ui.parts.buttons import Button, IconButton
from gemba.ui.parts.words import Words

_NAMED_BY = 2
"""As many answers of a repeat name it."""
_LONGEST = 60


class CardRow(RowFrame):
    """The heading of one of a repeat. Enter or a press folds it; Alt+Up and Alt+Down move it."""

    folding = Signal(str)
    copied = Signal(str)
    moved = Signal(str, int)
    dropped = Signal(str)

    def __init__(self, sheet: OpenSheet, path: str, *, folded: bool, parent: QWidget) -> None:
        super().__init__(path, parent)
        self._sheet, self._folded = sheet, folded
        self.plain = True
        self._fold = IconButton("chevron-down", "", name=f"fold:{path}", run=self._ask_fold, parent=self)
        self._title = Words(scale="heading", wrap=True, parent=self)
        self._about = Words(tone="muted", wrap=True, parent=self)
        self._open = Badge("", "plain", self)
        self._buttons = [
            self._button("arrow-up", "up", self._up),
            self._button("arrow-down", "down", self._down),
            self._button("copy", "copy", self._copy),
            self._button("trash-2", "drop", self._drop),
        ]
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._title)
        words.addWidget(self._about)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 8, 0, 2)
        line.setSpacing(4)
        line.addWidget(self._fold, 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(words, 1)
        line.addWidget(self._open, 0, Qt.AlignmentFlag.AlignVCenter)
        for button in self._buttons:
            line.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        self.refresh()

    def refresh(self) -> None:
        """Number, name, and what can be done now."""
        repeat, number = parted(self.path)
        label = label_of(self._sheet, self.path)
        title = wording.text("{label} {number}", label=label, number=number)
        about = name_of(self._sheet, self.path)
        begin_lines(self._title, self._about)
        self._title.setText(breakable(title))
        self._about.setText(breakable(about))
        self._about.setVisible(bool(about))
        self.setAccessibleName(f"{title}, {about}" if about else title)
        self._show_fold(title)
        self._show_doings(title, number, self._sheet.fill.repeats(repeat), counted=is_counted(self._sheet, repeat))

    def fold(self, folded: bool) -> bool:  # noqa: FBT001 - Qt's way of setters
        """Only the heading stands there, or all of it; true when that is news."""
        changed, self._folded = folded != self._folded, folded
        return changed

    def stops(self) -> Sequence[QWidget]:
        """Fold, then what can be done."""
        return [self._fold, *(button for button in self._buttons if not button.isHidden())]

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Delete takes the card out, arrows fold and unfold it."""
        away = {Qt.Key.Key_Left: True, Qt.Key.Key_Right: False}.get(Qt.Key(event.key()))
        if event.key() == Qt.Key.Key_Delete and self._buttons[-1].isVisible():
            self._drop()
        elif away is not None and away != self._folded and not event.modifiers():
            self._ask_fold()
        else:
            event.ignore()

    def _button(self, icon: str, verb: str, run: object) -> IconButton:
        button = IconButton(icon, "", name=f"{verb}:{self.path}", parent=self)
        button.clicked.connect(run)
        return button

    def _show_fold(self, title: str) -> None:
        words = (
            wording.text("Unfold {title}", title=title) if self._folded else wording.text("Fold {title}", title=title)
        )
        aside = "chevron-left" if self.layoutDirection() == Qt.LayoutDirection.RightToLeft else "chevron-right"
        self._fold.set_icon(aside if self._folded else "chevron-down", words)
        self._open.setVisible(False)
        if self._folded and self.path in self._sheet.counted:
            answered, questions = self._sheet.counted[self.path]
            self._open.say(
                wording.text("{answered} of {questions}", answered=answered, questions=questions),
                "good" if answered == questions else "plain",
            )

    def _show_doings(self, title: str, number: int, count: int, *, counted: bool) -> None:
        words = (
            wording.text("Move {title} up", title=title),
            wording.text("Move {title} down", title=title),
            wording.text("Copy {title}", title=title),
            wording.text("Remove {title}", title=title),
        )
        shown = (count > 1, count > 1, not counted, not counted)
        able = (number > 1, number < count, True, True)
        for button, say, show, can in zip(self._buttons, words, shown, able, strict=True):
            button.setAccessibleName(say)
            button.setToolTip(say)
            button.setVisible(show and not self._sheet.frozen)
            button.setEnabled(can)

    def _ask_fold(self) -> None:
        self.folding.emit(self.path)

    def _up(self) -> None:
        self.moved.emit(self.path, -1)

    def _down(self) -> None:
        self.moved.emit(self.path, 1)

    def _copy(self) -> None:
        self.copied.emit(self.path)

    def _drop(self) -> None:
        self.dropped.emit(self.path)


class AddRow(RowFrame):
    """The foot of a repeat: another one can be added."""

    added = Signal(str)

    def __init__(self, sheet: OpenSheet, repeat: str, parent: QWidget) -> None:
        super().__init__(repeat, parent)
        self._sheet = sheet
        self.plain = True
        line = QHBoxLayout(self)
        line.setContentsMargins(4, 0, 4, 8)
        self._button = Button("", name=f"add:{repeat}", icon="plus", run=self._ask, parent=self)
        line.addWidget(self._button)
        line.addStretch()
        self.refresh()

    def refresh(self) -> None:
        """Say what would be added."""
        label = label_of(self._sheet, self.path)
        there = self._sheet.fill.repeats(self.path)
        words = (
            wording.text("Add another: {label}", label=label) if there else wording.text("Add: {label}", label=label)
        )
        self._button.setText(words)
        self._button.setAccessibleName(self._button.text())
        self._button.setVisible(not self._sheet.frozen)

    def stops(self) -> Sequence[QWidget]:
        """The button."""
        return [self._button]

    def _ask(self) -> None:
        self.added.emit(self.path)


def parted(path: str) -> tuple[str, int]:
    """Path of a repeat without its last number, and that number."""
    repeat, _, number = path.removesuffix("]").rpartition("[")
    return repeat, int(number)


def label_of(sheet: OpenSheet, path: str) -> str:
    """What one of a repeat is called: the words of the form, else its name in the form."""
    repeat = path.rpartition("[")[0] if path.endswith("]") else path
    first = f"{repeat}[1]"
    label = sheet.view(first).label if sheet.fill.repeats(repeat) else ""
    return label or repeat.rpartition("/")[2].replace("_", " ")


def name_of(sheet: OpenSheet, path: str) -> str:
    """The first answers in one of a repeat, by which a person knows it."""
    element = sheet.fill.form.elements.get(plain(path))
    parts: list[str] = []
    asked = [child for child in (element.children if element else ()) if child.kind == "question"]
    for child in asked[:6]:
        view = sheet.view(f"{path}/{child.name}") if child.path == f"{plain(path)}/{child.name}" else None
        if view is None or not view.value or not view.relevant:
            continue
        words = {choice.name: choice.label for choice in view.choices}
        parts.append(", ".join(words.get(name, name) for name in view.value.split()) if words else view.value)
        if len(parts) == _NAMED_BY:
            break
    said = " · ".join(" ".join(part.split()) for part in parts)
    return said if len(said) <= _LONGEST else said[: _LONGEST - 1] + "…"


def is_counted(sheet: OpenSheet, repeat: str) -> bool:
    """True when an answer decides how many there are."""
    element = sheet.fill.form.elements.get(plain(repeat))
    return element is None or bool(element.count)
