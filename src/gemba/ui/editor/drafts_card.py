"""The checklists that are being written, above the library: go on with one, or let it go."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gemba import wording
from gemba.ui import terms
from gemba.ui.parts.badges import Picture
from gemba.ui.parts.buttons import Button, IconButton
from gemba.ui.parts.cards import Card, clear
from gemba.ui.parts.words import Words
from gemba.work import edit_template
from gemba.work.edit_template import TemplateDraft

if TYPE_CHECKING:
    from gemba.ui.services import Services

_MOST = 4


class DraftsCard(Card):
    """Hidden while nothing is being written."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._services = services
        self.setObjectName("library.drafts")
        self.setAccessibleName(wording.text("Checklists being written"))
        self.body.setContentsMargins(16, 8, 8, 8)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(0)
        self.body.addLayout(self._lines)
        self.hide()

    @Slot()
    def look(self) -> None:
        """Look for drafts beside the window."""
        self._services.jobs.ask(edit_template.drafts, self._services.desk, done=self._show)

    def _show(self, drafts: list[TemplateDraft]) -> None:
        clear(self._lines)
        for number, draft in enumerate(drafts[:_MOST]):
            self._lines.addWidget(self._line(number, draft))
        self.setVisible(bool(drafts))

    def _line(self, number: int, draft: TemplateDraft) -> QWidget:
        title = draft.title or wording.text("Checklist without a title")
        made = QWidget(self)
        across = QHBoxLayout(made)
        across.setContentsMargins(0, 2, 0, 2)
        across.setSpacing(10)
        across.addWidget(Picture("pencil", role="accent", size=18, parent=made))
        across.addWidget(Words(title, strong=True, parent=made))
        saved = wording.text("Draft, saved {moment}", moment=terms.moment(draft.saved_at))
        across.addWidget(Words(saved, scale="small", tone="muted", wrap=True, parent=made), 1)
        go_on = Button(
            wording.text("Go on writing"),
            name=f"library.draft.{number}.open",
            look="quiet",
            run=partial(self._services.go, "editor", draft.uid),
            parent=made,
        )
        go_on.setAccessibleDescription(title)
        drop = IconButton(
            "trash-2",
            wording.text("Discard the draft {title}", title=title),
            name=f"library.draft.{number}.drop",
            run=partial(self._drop, draft),
            parent=made,
        )
        across.addWidget(go_on)
        across.addWidget(drop)
        return made

    def _drop(self, draft: TemplateDraft) -> None:
        self._services.jobs.write(edit_template.discard, draft.uid, done=partial(self._dropped, draft))

    def _dropped(self, shown: TemplateDraft, last: TemplateDraft | None) -> None:
        undo = partial(self._bring_back, last or shown)
        self._services.messages.info(wording.text("The draft is discarded."), undo=undo)
        self.look()

    def _bring_back(self, draft: TemplateDraft) -> None:
        self._services.jobs.write(edit_template.bring_back, draft, done=self._back)

    def _back(self, _draft: TemplateDraft) -> None:
        self.look()
