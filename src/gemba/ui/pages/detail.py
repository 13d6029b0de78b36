"""The right half of a page: one record, read beside the window and shown when it is there."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from gemba import wording
from gemba.errors import GembaError
from gemba.ui.history.panel import HistoryPanel
from gemba.ui.lists.narrowed import read_narrowed
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import clear, scrolled
from gemba.ui.parts.empty import EmptyState
from gemba.ui.parts.trouble import TroubleState
from gemba.ui.services import Services

_MOVING_MS = 70


class Detail(QStackedWidget):
    """Shows the facts of one record.

    Args:
        services: of the window.
        read: `read(desk, uid)` gives the facts, on a job's thread.
        draw: `draw(facts)` puts widgets into `body`.
        name: object name.
        nothing: shown while no record is chosen.
        topics: nouns whose changes make it read again.
        has_history: what it shows are records of the journal.
        parent: the owner.
    """

    def __init__(  # noqa: PLR0913 - a detail is declared in one go
        self,
        services: Services,
        *,
        read: Callable[[Any, str], Any],
        draw: Callable[[Any], None],
        name: str,
        nothing: EmptyState,
        topics: frozenset[str],
        has_history: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.uid = ""
        self.has_history = has_history
        self._past: HistoryPanel | None = None
        self._services, self._read, self._draw, self._topics = services, read, draw, topics
        inner = QWidget()
        self.body = QVBoxLayout(inner)
        self.body.setContentsMargins(20, 18, 20, 20)
        self.body.setSpacing(14)
        self._area = scrolled(inner, name=f"{name}.area")
        self.trouble = TroubleState(
            wording.text("This record could not be read"), self._ask, name=f"{name}.again", parent=self
        )
        for page in (nothing, self._area, self.trouble):
            self.addWidget(page)
        self._moving = QTimer(self)
        self._moving.setSingleShot(True)
        self._moving.setInterval(_MOVING_MS)
        self._moving.timeout.connect(self._ask)
        services.changed.made.connect(self.hear)

    def open(self, uid: str) -> None:
        """Show a record; running through a list reads only where one stays. What filters leave is no record."""
        if uid == self.uid or read_narrowed(uid) is not None:
            return
        self.uid = uid
        if uid:
            self._moving.start()
        else:
            self.setCurrentIndex(0)

    @property
    def history(self) -> HistoryPanel:
        """The history of the record that is shown, made when it is first asked for."""
        if self._past is None:
            self._past = HistoryPanel(
                self._services, name=self.objectName(), back=self.toggle_history, show=self.show_history, parent=self
            )
            self.addWidget(self._past)
        return self._past

    @property
    def shows_history(self) -> bool:
        """True while the history is shown in place of the record."""
        return self._past is not None and self.currentWidget() is self._past

    @Slot()
    def toggle_history(self) -> None:
        """Show the history of the record, or the record again."""
        if self.shows_history:
            self.setCurrentIndex(1)
            self._area.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.uid and self.has_history:
            self.show_history()
            self.history.back_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_history(self) -> None:
        """Show the history in place of the record."""
        if not self.shows_history:
            self.history.open(self.uid)
            self.setCurrentWidget(self.history)

    @Slot()
    def take_last_back(self) -> None:
        """Take the last change of the record back."""
        if self.uid and self.has_history:
            self.history.uid = self.uid
            self.history.take_last_back()

    def bring_into_view(self, part: QWidget) -> None:
        """Scroll as far as needed to see a part of the record."""
        self._area.ensureWidgetVisible(part, 0, 24)

    @Slot(object)
    def hear(self, change: Any) -> None:
        """Read again what has changed."""
        if self.uid and change.topics & self._topics:
            self._moving.start()

    @Slot()
    def _ask(self) -> None:
        uid = self.uid
        self._services.jobs.ask(
            self._read, self._services.desk, uid, done=partial(self._came, uid), failed=partial(self._failed, uid)
        )

    def _failed(self, uid: str, error: GembaError) -> None:
        """Say why the record is not here; what is chosen must not look as if nothing were."""
        if uid == self.uid:
            self.trouble.tell(error)
            self.setCurrentWidget(self.trouble)

    def _came(self, uid: str, facts: Any) -> None:
        if uid != self.uid:
            return
        was_past = self.shows_history and self.history.uid == uid
        if facts is None:
            self.setCurrentIndex(0)
            return
        scroll = self._area.verticalScrollBar().value()
        clear(self.body)
        self._draw(facts)
        self._put_way_to_history()
        self.body.addStretch(1)
        if was_past:
            self.history.open(uid)
        else:
            self.setCurrentIndex(1)
        self._area.verticalScrollBar().setValue(scroll)

    def _put_way_to_history(self) -> None:
        """At the end of every record: the way to what changed of it."""
        if self.has_history:
            name = f"{self.objectName()}.to_history"
            button = Button(wording.text("History"), name=name, icon="history", look="quiet", run=self.toggle_history)
            button.setToolTip(f"{wording.text('History of the record that is shown')} (Ctrl+H)")
            self.body.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
