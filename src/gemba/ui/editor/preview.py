"""The checklist as it will look, live: it can be answered to try its logic."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import QFrame, QGridLayout, QStackedWidget, QVBoxLayout, QWidget

from gemba import wording
from gemba.errors import Refusal
from gemba.ui.conduct.contents import Contents
from gemba.ui.conduct.ribbon import Ribbon
from gemba.ui.conduct.rows import RowMaker
from gemba.ui.editor.look import Look
from gemba.ui.editor.preview_sheet import PreviewSheet, fill_of
from gemba.ui.parts.buttons import IconButton
from gemba.ui.parts.empty import EmptyState
from gemba.ui.parts.fields import Choice
from gemba.ui.parts.words import Words

if TYPE_CHECKING:
    from gemba.forms.definition import Form
    from gemba.forms.filling import Fill
    from gemba.ui.services import Services


class Preview(QFrame):
    """The rows of a walk over the draft."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self.sheet: PreviewSheet | None = None
        self._coming: Form | None = None
        self._contents = Contents()
        self._maker = RowMaker(self._contents, set(), self)
        self.ribbon = Ribbon(self._maker.make, self._maker.estimate, self)
        self.ribbon.setObjectName("editor.preview.rows")
        self.ribbon.setAccessibleName(wording.text("Preview"))
        self._maker.repeat_wanted.connect(self._add_repeat)
        self.ribbon.widened.connect(self._fit)
        self.score = Words(tone="muted", scale="small", parent=self)
        self.score.setObjectName("editor.preview.score")
        self.language = Choice(name="editor.preview.language", parent=self)
        self.language.setAccessibleName(wording.text("Language of the preview"))
        self.language.setMinimumContentsLength(12)
        self.language.currentIndexChanged.connect(self._speak)
        again = IconButton(
            "rotate-ccw", wording.text("Try again from the start"), name="editor.preview.again", run=self.start_again
        )
        head = QGridLayout()
        head.setContentsMargins(20, 12, 12, 8)
        head.setHorizontalSpacing(8)
        head.setVerticalSpacing(4)
        head.addWidget(Words(wording.text("Try it"), scale="heading", parent=self), 0, 0)
        head.addWidget(again, 0, 1, Qt.AlignmentFlag.AlignRight)
        head.addWidget(self.language, 1, 0, 1, 2)
        head.addWidget(self.score, 2, 0, 1, 2)
        head.setColumnStretch(0, 1)
        self._wait = EmptyState(
            "eye", wording.text("Nothing to try yet"), wording.text("Mend what is wrong, and the checklist shows here.")
        )
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self._wait)
        self._stack.addWidget(self.ribbon)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addLayout(head)
        rows.addWidget(self._stack, 1)
        self.language.hide()

    @Slot(object)
    def show_look(self, look: Look) -> None:
        """Show the form of a draft; while there is none, what was there stays, unless nothing was."""
        if look.form is None:
            if self.sheet is None:
                self._stack.setCurrentWidget(self._wait)
            return
        self._fill(look.form, self._given())

    @Slot()
    def start_again(self) -> None:
        """Take back every answer."""
        if self.sheet is not None:
            self._coming = self.sheet.fill.form
            self._open(fill_of(self._services.desk, self._coming, {}, self.language.value))

    def show_item(self, name: str) -> None:
        """Bring a question into sight, if it is asked now."""
        if self.sheet is not None and name:
            with suppress(Refusal):
                self.ribbon.show_row(self.sheet.fill.resolve(name))

    def _given(self) -> dict[str, str]:
        answers = self.sheet.fill.answers() if self.sheet is not None else {}
        return {path: value for path, (value, origin) in dict(answers).items() if origin == "given"}

    def _fill(self, form: Form, given: dict[str, str]) -> None:
        """Fill a form beside the window with what was answered so far, and show it then."""
        self._coming = form
        done = partial(self._filled, given)
        self._services.jobs.ask(fill_of, self._services.desk, form, given, self.language.value, done=done)

    def _filled(self, given: dict[str, str], fill: Fill) -> None:
        if fill.form is not self._coming:
            return  # a later one is on its way, or shown
        if given != self._given():
            self._fill(fill.form, self._given())  # something was answered meanwhile
        else:
            self._open(fill)

    def _open(self, fill: Fill) -> None:
        sheet = PreviewSheet(self._services, fill, self)
        at = self.ribbon.verticalScrollBar().value()
        self.ribbon.start_again()
        if self.sheet is not None:
            self.sheet.deleteLater()
        self.sheet = self._maker.sheet = sheet
        sheet.changed.connect(self._redraw)
        sheet.reshaped.connect(self._reorder)
        self._stack.setCurrentWidget(self.ribbon)
        self._offer_languages()
        self._contents.begin()
        self._reorder()
        self.ribbon.verticalScrollBar().setValue(at)
        self._say_score()

    def _offer_languages(self) -> None:
        assert self.sheet is not None
        languages = self.sheet.fill.form.languages
        self.language.blockSignals(True)
        self.language.offer([(each, each) for each in languages])
        self.language.choose(self.sheet.fill.language)
        self.language.blockSignals(False)
        self.language.setVisible(len(languages) > 1)

    @Slot()
    def _speak(self) -> None:
        if self.sheet is not None and self.language.value:
            self.sheet.speak(self.language.value)
            self._reorder()
            self.ribbon.redraw_all()

    @Slot()
    def _reorder(self) -> None:
        if self.sheet is not None:
            self._contents.read(self.sheet.fill)
            self.ribbon.order(self._contents.rows, self._contents.bands)

    @Slot(object)
    def _redraw(self, paths: frozenset[str]) -> None:
        self.ribbon.redraw(paths)
        QTimer.singleShot(0, self, self._say_score)

    @Slot(str)
    def _add_repeat(self, repeat: str) -> None:
        if self.sheet is not None:
            self.sheet.add_repeat(repeat)

    @Slot(int)
    def _fit(self, room: int) -> None:
        """Grids fall back to rows where there is no room for them."""
        if self._contents.fit(room) and self.sheet is not None:
            self.ribbon.renew([key for key in self.ribbon.live() if self._contents.is_question(key)])
            self.ribbon.order(self._contents.rows, self._contents.bands)

    @Slot()
    def _say_score(self) -> None:
        if self.sheet is None:
            return
        score = self.sheet.fill.score()
        answered, asked = self.sheet.fill.progress()
        said = wording.text("{answered} of {asked} answered", answered=answered, asked=asked)
        if score.percent is not None:
            said += "  ·  " + wording.text("score {percent} %", percent=f"{score.percent:.0f}")
        self.score.setText(said)
