"""Photos and files that stand for a judgement, on either side."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gemba import wording
from gemba.domain.evidence import Evidence
from gemba.ui.conduct.photos import can_take, choose_files, files_in
from gemba.ui.parts.buttons import Button, IconButton
from gemba.ui.parts.cards import clear
from gemba.ui.parts.flow import Flow
from gemba.ui.parts.words import Words
from gemba.ui.services import Services
from gemba.work.attach_evidence import attach, remove


class JudgingFiles(QWidget):
    """The files of one judgement; they are kept at once.

    Args:
        services: of the window.
        parent: the owner.
    """

    kept = Signal()
    """A file was added or taken away."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._assessment = self._subject = ""
        self.setAcceptDrops(True)
        self.lines = QVBoxLayout()
        self.lines.setSpacing(4)
        buttons = QWidget(self)
        flow = Flow(buttons)
        self.buttons = [
            Button(
                words,
                name=f"judging.file.{stance}",
                icon="paperclip",
                look="quiet",
                run=partial(self._ask, stance),
                parent=buttons,
            )
            for stance, words in (
                ("for", wording.text("Add a file that speaks for it")),
                ("against", wording.text("Add a file that speaks against it")),
            )
        ]
        for button in self.buttons:
            flow.addWidget(button)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(6)
        rows.addLayout(self.lines)
        rows.addWidget(buttons)

    def show_files(self, assessment: str, judgement: str, files: Sequence[Evidence], *, is_open: bool) -> None:
        """Show the files of a judgement."""
        self._assessment, self._subject = assessment, f"judgement:{judgement}"
        clear(self.lines)
        for one in files:
            self.lines.addWidget(self._line(one, is_open=is_open))
        for button in self.buttons:
            button.setVisible(is_open)
        self.setAcceptDrops(is_open)

    def add(self, files: Sequence[Path], stance: str) -> None:
        """Keep files beside the window, each in a transaction of its own."""
        for file in files:
            add = partial(attach, subject=self._subject, stance=stance)
            self._services.jobs.write(add, self._assessment, file, file.name, done=self._done)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - Qt's name
        """Files can be dropped."""
        if can_take(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt's name
        """Keep what is dropped: in the half below the evidence for it, or below that against it."""
        left = event.position().x() < self.width() / 2
        first = left is (self.layoutDirection() == Qt.LayoutDirection.LeftToRight)
        self.add(files_in(event.mimeData()), "for" if first else "against")
        event.acceptProposedAction()

    def _line(self, one: Evidence, *, is_open: bool) -> QWidget:
        line = QWidget(self)
        flow = Flow(line)
        side = wording.text("for") if one.stance == "for" else wording.text("against")
        flow.addWidget(Words(f"{one.name} · {side}", parent=line))
        if is_open:
            taken: Callable[[], Any] = partial(self._remove, one.uid)
            words = wording.text("Take {name} away", name=one.name)
            flow.addWidget(IconButton("x", words, name=f"judging.file.remove.{one.uid}", run=taken, parent=line))
        return line

    def _ask(self, stance: str, *_: object) -> None:
        self.add(choose_files(self, "file"), stance)

    def _remove(self, uid: str, *_: object) -> None:
        self._services.jobs.write(remove, uid, done=self._done)

    def _done(self, _change: object) -> None:
        self.kept.emit()
