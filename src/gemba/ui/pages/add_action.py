"""The entry of a new action, in the place where it will stand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from gemba import wording
from gemba.domain.actions import ActionSort
from gemba.domain.change import Change
from gemba.errors import GembaError
from gemba.ui import terms
from gemba.ui.board.doubles_note import DoublesNote
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.fields import Choice, DayField, Field
from gemba.ui.parts.words import Words
from gemba.ui.services import Services
from gemba.work.follow_action import add

_USUALLY = timedelta(days=14)


class AddAction(QFrame):
    """Closed until somebody begins.

    Args:
        services: of the window.
        about: uid of the finding, or of the cause analysis, that it is for.
        give: the use case that adds it (`gemba.work.follow_action`).
        parent: the owner.
        usually: what sort it is unless somebody says otherwise; what follows from a cause mends the cause.
    """

    def __init__(
        self,
        services: Services,
        about: str,
        parent: QWidget | None = None,
        *,
        give: Callable[..., Change] = add,
        usually: ActionSort = ActionSort.CORRECTIVE,
    ) -> None:
        super().__init__(parent)
        self._services, self._about, self._give = services, about, give
        self.words = QPlainTextEdit(self)
        self.words.setObjectName("action.text")
        self.words.setTabChangesFocus(True)
        self.words.setFixedHeight(84)
        self.owner = QLineEdit(self)
        self.owner.setObjectName("action.owner")
        self.due = DayField(name="action.due", optional=False, parent=self)
        self.due.put(services.desk.clock().astimezone().date() + _USUALLY)
        self.sort = Choice([(code, terms.action_sort(code)) for code in ActionSort], name="action.sort", parent=self)
        self.sort.choose(usually)
        self._text_field = Field(wording.text("&What is to be done?"), self.words, parent=self)
        self.doubles = DoublesNote(services, about, self)
        self.words.textChanged.connect(self._look_for_doubles)
        self._owner_field = Field(wording.text("&Who answers for it?"), self.owner, parent=self)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(12)
        rows.addWidget(self._text_field)
        rows.addWidget(self.doubles)
        rows.addWidget(self._owner_field)
        rows.addWidget(Field(wording.text("&Until when?"), self.due, parent=self))
        rows.addWidget(Field(wording.text("What &sort is it?"), self.sort, parent=self))
        then = wording.text(
            "A correction is over when it is done. The effect of anything else is looked at: once when it is done, and "
            "30, 60 and 90 days after it went live."
        )
        rows.addWidget(Words(then, tone="muted", wrap=True, parent=self))
        across = QHBoxLayout()
        across.addStretch(1)
        for button in (
            Button(wording.text("Cancel"), name="action.cancel", look="quiet", run=self.hide, parent=self),
            Button(
                wording.text("Add the action"), name="action.add", icon="check", run=self.add, once=True, parent=self
            ),
        ):
            across.addWidget(button)
        rows.addLayout(across)
        self.hide()

    @Slot()
    def begin(self) -> None:
        """Open, ready to type."""
        self.show()
        self.words.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _look_for_doubles(self) -> None:
        self.doubles.look_for(self.words.toPlainText())

    @Slot()
    def add(self) -> None:
        """Keep it."""
        self._text_field.say_problem("")
        self._owner_field.say_problem("")
        entered = partial(
            self._give,
            text=self.words.toPlainText(),
            owner=self.owner.text(),
            due=self.due.day or self._services.desk.clock().date(),
            sort=ActionSort(self.sort.value),
        )
        self._services.jobs.write(entered, self._about, done=self._added, failed=self._refused)

    def _added(self, _change: object) -> None:
        self.hide()
        self._services.messages.info(wording.text("The action was added."))

    def _refused(self, error: GembaError) -> None:
        fields = {"work.action_without_text": self._text_field, "work.action_without_owner": self._owner_field}
        field = fields.get(error.code)
        if field is None:
            self._services.messages.trouble(error)
            return
        field.say_problem(wording.sentence(error))
        field.widget.setFocus(Qt.FocusReason.OtherFocusReason)
