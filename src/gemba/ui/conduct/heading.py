"""Rows that ask nothing: headings of sections, notes of the form, and repeats that may be added to."""

from __future__ import annotations

import re
from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gemba import wording
from gemba.ui.conduct.frame import RowFrame, begin_lines
from gemba.ui.conduct.sheet import OpenSheet
from gemba.ui.parts.badges import Picture
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.words import Words


class HeadingRow(RowFrame):
    """The title of a section; a section within a section is smaller."""

    def __init__(self, sheet: OpenSheet, path: str, depth: int, parent: QWidget) -> None:
        super().__init__(path, parent)
        self._sheet = sheet
        self.plain = True
        self._title = Words(scale="title" if depth == 0 else "heading", wrap=True, parent=self)
        self._hint = Words(tone="muted", wrap=True, parent=self)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(4, 16 if depth == 0 else 4, 4, 4)
        rows.setSpacing(4)
        rows.addWidget(self._title)
        rows.addWidget(self._hint)
        self.refresh()

    def refresh(self) -> None:
        """Show the title in the form's language."""
        view = self._sheet.view(self.path)
        begin_lines(self._title, self._hint)
        self._title.setText(view.label)
        self._hint.setText(view.hint)
        self._hint.setVisible(bool(view.hint))
        self.setAccessibleName(view.label)


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


class RepeatRow(RowFrame):
    """The heading of one of a repeat; the last one can be taken out again."""

    dropped = Signal(str)

    def __init__(self, sheet: OpenSheet, path: str, parent: QWidget) -> None:
        super().__init__(path, parent)
        self._sheet = sheet
        self.plain = True
        self._title = Words(scale="heading", wrap=True, parent=self)
        self._drop = Button(
            wording.text("Take out"), name=f"drop:{path}", icon="trash-2", look="quiet", run=self._ask, parent=self
        )
        line = QHBoxLayout(self)
        line.setContentsMargins(4, 8, 4, 0)
        line.addWidget(self._title, 1)
        line.addWidget(self._drop)
        self.refresh()

    def refresh(self) -> None:
        """Title and number."""
        repeat, number = parted(self.path)
        label = self._sheet.view(self.path).label or self.path.rpartition("/")[2].partition("[")[0]
        title = wording.text("{label}: {number}", label=label, number=number)
        begin_lines(self._title)
        self._title.setText(title)
        self.setAccessibleName(title)
        self._drop.setAccessibleName(wording.text("Take out {title}", title=title))
        last = number == self._sheet.fill.repeats(repeat) > 1
        self._drop.setVisible(last and not self._sheet.frozen and not is_counted(self._sheet, repeat))

    def stops(self) -> Sequence[QWidget]:
        """The button."""
        return [self._drop]

    def _ask(self) -> None:
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
        label = self._sheet.view(f"{self.path}[1]").label
        self._button.setText(
            wording.text("Add another: {label}", label=label) if label else wording.text("Add another")
        )
        self._button.setAccessibleName(self._button.text())

    def stops(self) -> Sequence[QWidget]:
        """The button."""
        return [self._button]

    def _ask(self) -> None:
        self.added.emit(self.path)


def parted(path: str) -> tuple[str, int]:
    """Path of a repeat without its last number, and that number."""
    repeat, _, number = path.removesuffix("]").rpartition("[")
    return repeat, int(number)


def is_counted(sheet: OpenSheet, repeat: str) -> bool:
    """True when an answer decides how many there are."""
    element = sheet.fill.form.elements.get(re.sub(r"\[\d+\]", "", repeat))
    return element is None or bool(element.count)
