"""Questions from elsewhere: kept ones and those of every checklist, searched and put into the draft."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from gemba import wording
from gemba.forms.editing.parts import put_in
from gemba.ui.editor.session import Session
from gemba.ui.editor.speech import type_words
from gemba.ui.parts.badges import Picture
from gemba.ui.parts.buttons import Button, IconButton
from gemba.ui.parts.cards import clear, scrolled
from gemba.ui.parts.words import Words
from gemba.work import question_library
from gemba.work.question_library import LibraryItem

if TYPE_CHECKING:
    from gemba.ui.services import Services

_TYPING_MS = 200
_MOST = 60


class LibraryPanel(QFrame):
    """Stands in place of the preview while it is open."""

    closed = Signal()

    def __init__(self, services: Services, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services, self._session = services, session
        self.found: list[LibraryItem] = []
        self.search = QLineEdit(self)
        self.search.setObjectName("editor.library.search")
        self.search.setProperty("look", "search")
        self.search.setAccessibleName(wording.text("Search the question library"))
        self.search.setPlaceholderText(wording.text("Words, or #tag"))
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(_TYPING_MS)
        self._typing.timeout.connect(self.look)
        self.search.textChanged.connect(self._typing.start)
        close = IconButton("x", wording.text("Close"), name="editor.library.close", run=self.closed.emit)
        head = QHBoxLayout()
        head.addWidget(Words(wording.text("Question library"), scale="heading", parent=self), 1)
        head.addWidget(close)
        inner = QWidget(self)
        self._lines = QVBoxLayout(inner)
        self._lines.setContentsMargins(0, 0, 8, 8)
        self._lines.setSpacing(0)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(20, 12, 12, 12)
        rows.setSpacing(10)
        rows.addLayout(head)
        rows.addWidget(self.search)
        rows.addWidget(scrolled(inner, name="editor.library"), 1)

    def open(self) -> None:
        """Look for everything, and put the keyboard into the search."""
        self.look()
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def look(self) -> None:
        """Search beside the window."""
        self._typing.stop()
        words = self.search.text()
        search = partial(question_library.search, self._services.desk, words, most=_MOST)
        self._services.jobs.ask(search, done=self._show)

    def _show(self, found: list[LibraryItem]) -> None:
        self.found = found
        clear(self._lines)
        if not found:
            self._lines.addWidget(Words(wording.text("Nothing in the library fits."), tone="muted", parent=self))
        for number, item in enumerate(found):
            self._lines.addWidget(self._line(number, item))
        self._lines.addStretch(1)

    def _line(self, number: int, item: LibraryItem) -> QWidget:
        made = QFrame(self)
        made.setProperty("look", "row")
        across = QHBoxLayout(made)
        across.setContentsMargins(0, 8, 0, 8)
        across.setSpacing(10)
        words = type_words(item.type)
        across.addWidget(Picture(words.icon, role="muted", size=18, parent=made), 0, Qt.AlignmentFlag.AlignTop)
        said = QVBoxLayout()
        said.setSpacing(2)
        said.addWidget(Words(item.label, wrap=True, parent=made))
        under = [item.source or wording.text("Kept by you"), words.name, *(f"#{tag}" for tag in item.tags)]
        said.addWidget(Words("  ·  ".join(under), scale="small", tone="muted", wrap=True, parent=made))
        across.addLayout(said, 1)
        put = Button(
            wording.text("Insert"),
            name=f"editor.library.{number}.put",
            look="quiet",
            run=partial(self._put, item),
            parent=made,
        )
        put.setAccessibleDescription(item.label)
        across.addWidget(put, 0, Qt.AlignmentFlag.AlignTop)
        if item.uid:
            drop = IconButton(
                "trash-2",
                wording.text("Take it out of the library"),
                name=f"editor.library.{number}.drop",
                run=partial(self._drop, item),
                parent=made,
            )
            across.addWidget(drop, 0, Qt.AlignmentFlag.AlignTop)
        return made

    def _put(self, item: LibraryItem) -> None:
        operation = partial(put_in, part=item.part, after=self._session.at)
        self._session.do(wording.text("insert"), operation)

    def _drop(self, item: LibraryItem) -> None:
        self._services.jobs.write(question_library.forget, item.uid, done=self._dropped)

    def _dropped(self, _nothing: object) -> None:
        self.look()
