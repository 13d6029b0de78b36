"""A field of one line that completes what is known, and takes anything else as well."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QStringListModel, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QLineEdit, QWidget


class Typed(QLineEdit):
    """Completes as one types; Enter or Tab takes the first that fits, and the words may be others altogether.

    Args:
        name: object name.
        parent: the owner.
    """

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._model = QStringListModel(self)
        self._made = QCompleter(self._model, self)
        self._made.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._made.setFilterMode(Qt.MatchFlag.MatchContains)
        self._popup = self._made.popup()
        if self._popup is not None:
            self._popup.installEventFilter(self)
        self.setCompleter(self._made)

    def offer(self, words: Sequence[str]) -> None:
        """Complete these."""
        self._model.setStringList(sorted(set(words), key=str.casefold))

    @property
    def offered(self) -> list[str]:
        """What is completed."""
        return self._model.stringList()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Tab goes on from the completions as from the field."""
        pressed = event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent)
        if watched is self._popup and pressed and event.key() == Qt.Key.Key_Tab:  # type: ignore[attr-defined]
            self.focusNextPrevChild(True)
            return True
        return super().eventFilter(watched, event)

    def focusNextPrevChild(self, following: bool) -> bool:  # noqa: FBT001, N802 - Qt's signature
        """Going on takes the completion that is marked, or the first that fits."""
        if following and self._popup is not None and self._popup.isVisible():
            index = self._popup.currentIndex()
            marked = str(index.data()) if index.isValid() else self._made.currentCompletion()
            if marked and self.text().strip():
                self.setText(marked)
            self._popup.hide()
        return super().focusNextPrevChild(following)
