"""The middle of the editor: what the chosen item says, in plain words."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gemba.ui.editor.answer_card import AnswerCard
from gemba.ui.editor.choices_card import ChoicesCard
from gemba.ui.editor.condition_card import ConditionCard
from gemba.ui.editor.form_card import FormCard, LanguagesCard
from gemba.ui.editor.item_card import ItemCard
from gemba.ui.editor.limits_card import LimitsCard
from gemba.ui.editor.session import Session
from gemba.ui.editor.trace_card import FineCard, TraceCard
from gemba.ui.editor.type_card import TypeCard
from gemba.ui.editor.words_card import WordsCard
from gemba.ui.parts.cards import scrolled


class Properties(QWidget):
    """Cards, those shown that fit the item."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        inner = QWidget(self)
        rows = QVBoxLayout(inner)
        rows.setContentsMargins(0, 0, 8, 16)
        rows.setSpacing(12)
        self.words = WordsCard(session, inner)
        self.choices = ChoicesCard(session, inner)
        self.condition = ConditionCard(session, inner)
        self.limits = LimitsCard(session, inner)
        self.cards: tuple[ItemCard, ...] = (
            self.words,
            TypeCard(session, inner),
            self.choices,
            AnswerCard(session, inner),
            self.condition,
            self.limits,
            TraceCard(session, inner),
            FineCard(session, inner),
        )
        self.form, self.languages = FormCard(session, inner), LanguagesCard(session, inner)
        for card in (self.form, self.languages, *self.cards):
            rows.addWidget(card)
        rows.addStretch(1)
        self.area = scrolled(inner, name="editor.properties")
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(self.area)
        self._at = -2
        session.changed.connect(self.refresh)
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Show what the draft says now of the item that one is at."""
        item, book = self._session.item, self._session.book
        self.form.setVisible(item is None)
        self.languages.setVisible(item is None)
        if item is None:
            self.form.refresh()
            self.languages.refresh()
        for card in self.cards:
            shown = item is not None and card.fits(item)
            if shown and item is not None:
                card.show_item(book, item)
            card.setVisible(shown)
        if self._session.at != self._at:
            self._at = self._session.at
            self.area.verticalScrollBar().setValue(0)

    def take_focus(self) -> None:
        """Put the keyboard into the words of the item, or into the title."""
        if self._session.item is None:
            field: QWidget | None = self.form.fields["title"]
        else:
            field = self.words.first() if not self.words.isHidden() else None
        if field is not None:
            field.setFocus(Qt.FocusReason.OtherFocusReason)
