"""The band above the questions: what is conducted, where, whether all of it is saved, and the way out and on."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from gemba import wording
from gemba.ui.conduct.remarks import Status
from gemba.ui.conduct.saving import State
from gemba.ui.parts.badges import Badge
from gemba.ui.parts.buttons import Button, IconButton
from gemba.ui.parts.words import Words


class OneLine(Words):
    """Words on one line, with an ellipsis when there is no room for all of them."""

    def __init__(self, *, scale: str, parent: QWidget, tone: str = "") -> None:
        super().__init__(scale=scale, tone=tone, parent=parent)
        self.whole = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setMinimumWidth(60)

    def say(self, words: str) -> None:
        """The words, all of which the tool tip and a screen reader give."""
        self.whole = words
        self.setToolTip(words)
        self.setAccessibleName(words)
        self._elide()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """More or less of it fits now."""
        super().resizeEvent(event)
        self._elide()

    def _elide(self) -> None:
        self.setText(self.fontMetrics().elidedText(self.whole, Qt.TextElideMode.ElideRight, self.width()))


class Head(QFrame):
    """Title, state and the few buttons of the page."""

    left = Signal()
    sections_wanted = Signal()
    side_wanted = Signal()
    concluding = Signal()
    retried = Signal()
    language_chosen = Signal(str)
    only_missing = Signal(bool)
    hidden_wanted = Signal(bool)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("look", "band")
        self.title = OneLine(scale="heading", parent=self)
        self.about = OneLine(scale="small", tone="muted", parent=self)
        self.frozen = Badge("", "plain", self)
        self.status = Status(self)
        self._retry = Button(
            wording.text("Try again"), name="retry.all", icon="rotate-ccw", run=self.retried.emit, parent=self
        )
        self._language = QComboBox(self)
        self._language.setObjectName("language")
        self._language.setAccessibleName(wording.text("Language of the checklist"))
        self._language.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._language.activated.connect(self._choose_language)
        back = IconButton("arrow-left", wording.text("Back"), name="back", run=self.left.emit, parent=self)
        self._sections = IconButton(
            "list-checks", wording.text("Sections"), name="sections", run=self.sections_wanted.emit, parent=self
        )
        self._only = self._switch("funnel", wording.text("Only what is missing"), "only", self.only_missing)
        self._hidden = self._switch("eye", wording.text("Show what is hidden"), "hidden", self.hidden_wanted)
        self._side = IconButton(
            "sticky-note",
            wording.text("Evidence, note and findings"),
            name="side",
            run=self.side_wanted.emit,
            parent=self,
        )
        self._conclude = Button(
            wording.text("Conclude…"),
            name="conclude.open",
            icon="flag",
            look="primary",
            run=self.concluding.emit,
            parent=self,
        )
        line = QHBoxLayout(self)
        line.setContentsMargins(12, 10, 16, 10)
        line.setSpacing(10)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.title)
        words.addWidget(self.about)
        line.addWidget(back)
        line.addWidget(self._sections)
        line.addLayout(words, 1)
        for widget in (
            self.frozen,
            self.status,
            self._retry,
            self._language,
            self._only,
            self._hidden,
            self._side,
            self._conclude,
        ):
            line.addWidget(widget)

    def show_facts(self, title: str, about: str) -> None:
        """What is conducted, and number, place and day."""
        self.title.say(title)
        self.about.say(about)

    def offer_languages(self, languages: Sequence[str], now: str) -> None:
        """The languages of the checklist, without their codes; one alone is no choice."""
        self._language.blockSignals(True)
        self._language.clear()
        for language in languages:
            self._language.addItem(language.partition(" (")[0] or language, language)
        self._language.setCurrentIndex(self._language.findData(now))
        self._language.blockSignals(False)
        self._language.setVisible(len(languages) > 1)
        words = [self._language.itemText(place) for place in range(self._language.count())]
        widest = max((self._language.fontMetrics().horizontalAdvance(each) for each in words), default=0)
        self._language.setMinimumWidth(widest + 64)

    def show_sight(self, *, only: bool, hidden: bool) -> None:
        """Whether the filter is on, and whether what is hidden is shown."""
        for button, on in ((self._only, only), (self._hidden, hidden)):
            button.blockSignals(True)
            button.setChecked(on)
            button.blockSignals(False)

    def _switch(self, icon: str, words: str, name: str, signal: SignalInstance) -> IconButton:
        button = IconButton(icon, words, name=name, parent=self)
        button.setCheckable(True)
        button.toggled.connect(signal)
        return button

    def show_saving(self, state: State | None, failures: int) -> None:
        """How far the whole sheet is saved."""
        self.status.say(state)
        self._retry.setVisible(failures > 0)

    def show_language(self, language: str) -> None:
        """The language in which the checklist is shown now."""
        self._language.setCurrentIndex(self._language.findData(language))

    def _choose_language(self, place: int) -> None:
        self.language_chosen.emit(self._language.itemData(place))

    def freeze(self, words: str) -> None:
        """Say that it is concluded; without words it is a draft."""
        self.frozen.say(words, "note")
        self.status.setVisible(not words)
        label = wording.text("Conclusion…") if words else wording.text("Conclude…")
        self._conclude.setText(label)
        self._conclude.setAccessibleName(label)

    def fold(self, narrow: bool) -> None:  # noqa: FBT001 - Qt's way of setters
        """In a narrow window rail and side panel are opened by buttons."""
        self._sections.setVisible(narrow)
        self._side.setVisible(narrow)
        self._hidden.setVisible(not narrow)
        self._only.setVisible(not narrow)
        self.status.setMinimumWidth(0 if narrow else 96)
