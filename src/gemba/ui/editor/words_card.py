"""The words of an item: what is asked and the hint, its languages side by side."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from gemba import wording
from gemba.forms.book import Book
from gemba.forms.editing.columns import cell, languages_of
from gemba.forms.editing.tree import Branch
from gemba.forms.editing.types import SILENT
from gemba.ui.conduct.frame import begin_lines
from gemba.ui.editor.entries import Lines
from gemba.ui.editor.item_card import ItemCard
from gemba.ui.editor.session import Session
from gemba.ui.parts.words import Words

_LEAST = 175
_SPOKEN = ("label", "hint")


class WordsCard(ItemCard):
    """Question and hint in every language."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent=parent)
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(12)
        self.body.addLayout(self._grid)
        self._columns: dict[str, _Column] = {}
        self._across = 0

    def fits(self, item: Branch) -> bool:
        """Whatever shows something."""
        return item.kind.code not in SILENT or bool(item.label)

    def show_item(self, book: Book, item: Branch) -> None:
        """Show the words; a language that is new gets a column."""
        languages = languages_of(book)
        if tuple(self._columns) != languages:
            self._make(languages)
        for language, column in self._columns.items():
            column.ask(item, several=len(languages) > 1)
            for name in _SPOKEN:
                column.fields[name].put(cell(book.survey, item.row, name, language))

    def first(self) -> Lines | None:
        """The field of the question in the first language."""
        column = next(iter(self._columns.values()), None)
        return column.fields["label"] if column is not None else None

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """As many languages side by side as there is room for."""
        super().resizeEvent(event)
        self._arrange()

    def _make(self, languages: tuple[str, ...]) -> None:
        for old in self._columns.values():
            self._grid.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._columns = {language: _Column(language, self) for language in languages}
        for language, column in self._columns.items():
            for name in _SPOKEN:
                column.fields[name].typed.connect(self.typing(name, language))
            column.fields["label"].left.connect(self._name_it)
        self._across = 0
        self._arrange()

    def _arrange(self) -> None:
        across = max(1, min(len(self._columns), (self.width() - 40) // _LEAST))
        if across == self._across:
            return
        self._across = across
        for place, column in enumerate(self._columns.values()):
            self._grid.addWidget(column, place // across, place % across, Qt.AlignmentFlag.AlignTop)
        for place in range(len(self._columns)):
            self._grid.setColumnStretch(place, 1 if place < across else 0)

    @Slot()
    def _name_it(self) -> None:
        self.session.settle_name()


class _Column(QWidget):
    """The words in one language."""

    def __init__(self, language: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._language = language
        tag = language or "plain"
        self._caption = Words(language, scale="small", tone="accent", strong=True, parent=self)
        self.fields = {
            "label": Lines(f"editor.label.{tag}", "", least=2, parent=self),
            "hint": Lines(f"editor.hint.{tag}", "", parent=self),
        }
        if language.lower().rpartition("(")[2].rstrip(")")[:2] in {"ar", "he", "fa", "ur"}:
            for field in self.fields.values():
                option = field.document().defaultTextOption()
                option.setTextDirection(Qt.LayoutDirection.RightToLeft)
                option.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute)
                field.document().setDefaultTextOption(option)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(6)
        self._asks = Words("", strong=True, parent=self)
        self._hints = Words("", scale="small", tone="muted", parent=self)
        self._hints.setText(wording.text("Hint below it"))
        for widget in (self._caption, self._asks, self.fields["label"], self._hints, self.fields["hint"]):
            rows.addWidget(widget)

    def ask(self, item: Branch, *, several: bool) -> None:
        """Say what is to be written."""
        asks = {
            "section": wording.text("Title of the section"),
            "repeat": wording.text("What is repeated"),
            "note": wording.text("What is to be read"),
        }.get(item.kind.code, wording.text("Question"))
        self._caption.setVisible(several)
        begin_lines(self._caption)
        self._caption.setText(self._language or wording.text("No language"))
        self._asks.setText(asks)
        language = f", {self._language}" if several else ""
        self.fields["label"].setAccessibleName(asks + language)
        self.fields["hint"].setAccessibleName(self._hints.text() + language)
