"""What who made a session does next: close the round, write the anchors anew, close it; and print it."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QCheckBox, QFileDialog, QPlainTextEdit, QWidget

from gemba import wording
from gemba.domain.calibration import CalibrationSession, CalibrationState
from gemba.domain.change import Change
from gemba.errors import GembaError
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import Card
from gemba.ui.parts.fields import Field
from gemba.ui.parts.words import Words
from gemba.ui.services import Services
from gemba.work import calibration as work
from gemba.work.calibration_sheet import calibration_pdf
from gemba.work.calibration_words import level_title

_HIGH = 64


class CalibrationNext(Card):
    """Buttons for the card above, and the form of the step that needs words.

    Args:
        services: of the window.
        session: that is shown.
        parent: the owner.
    """

    def __init__(self, services: Services, session: CalibrationSession, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._services, self._session = services, session
        self.problem = Words("", tone="poor", wrap=True, parent=self)
        self.problem.hide()
        self.anchors: dict[str, QPlainTextEdit] = {}
        self.learned = self._edit("calibration.learned")
        self.learned.hide()
        self.to_goal = QCheckBox(wording.text("Also as a new version of the goal"), self)
        self.to_goal.setObjectName("calibration.to_goal")
        self.to_goal.hide()
        self.buttons = self._buttons()
        self.hide()

    @Slot()
    def close_round(self) -> None:
        """Close the first round."""
        done = partial(self._done, wording.text("The first round is closed; everybody sees what each gave."))
        self._services.jobs.write(work.close_round, self._session.uid, done=done, failed=self._refused)

    @Slot()
    def begin_anchors(self) -> None:
        """Ask what each level means from now on."""
        if not self.anchors:
            for level in self._session.levels:
                edit = self._edit(f"calibration.anchor.{level}")
                edit.setPlainText(self._session.anchors.get(level, ""))
                self.anchors[level] = edit
                self.body.addWidget(Field(level_title(level), edit, parent=self))
            if self._session.goal is not None:
                self.to_goal.show()
                self.body.addWidget(self.to_goal)
            self._finish(
                wording.text("Keep the anchors and open round 2"), "calibration.keep_anchors", self.keep_anchors
            )
        self.show()
        next(iter(self.anchors.values())).setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def keep_anchors(self) -> None:
        """Keep the anchors."""
        said = {level: edit.toPlainText() for level, edit in self.anchors.items()}
        does = partial(_anchors, self._session.uid, said, self.to_goal.isChecked())
        done = partial(self._done, wording.text("The anchors are kept; round 2 is open."))
        self._services.jobs.write(does, done=done, failed=self._refused)

    @Slot()
    def begin_closing(self) -> None:
        """Ask what was learned."""
        if self.learned.isHidden():
            self.learned.show()
            self.body.addWidget(Field(wording.text("What was &learned"), self.learned, parent=self))
            self._finish(wording.text("Close it"), "calibration.keep_closed", self.keep_closed)
        self.show()
        self.learned.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def keep_closed(self) -> None:
        """Close the session."""
        done = partial(self._done, wording.text("The session is closed."))
        said = self.learned.toPlainText()
        self._services.jobs.write(work.close, self._session.uid, said, done=done, failed=self._refused)

    @Slot()
    def choose_file(self) -> None:
        """Ask where the page is written."""
        title, kinds = wording.text("Write a page"), wording.text("PDF (*.pdf)")
        name, _ = QFileDialog.getSaveFileName(self, title, f"{self._session.number}.pdf", kinds)
        if name:
            self.print_to(Path(name))

    def print_to(self, file: Path) -> None:
        """Write the page."""
        done = partial(self._done, wording.text("The page is in {file}.", file=file))
        self._services.jobs.errand(
            calibration_pdf, self._services.desk, self._session.uid, file, done=done, failed=self._refused
        )

    def _buttons(self) -> list[Button]:
        made = []
        mine = self._session.person == self._services.desk.person.uid
        state = self._session.state
        for code, words, icon, states, run in (
            ("close_round", wording.text("Close round 1"), "lock", {CalibrationState.FIRST}, self.close_round),
            (
                "anchors",
                wording.text("Write the anchors anew"),
                "pencil",
                {CalibrationState.ANCHORS},
                self.begin_anchors,
            ),
            (
                "close",
                wording.text("Close the session"),
                "check",
                {CalibrationState.ANCHORS, CalibrationState.SECOND},
                self.begin_closing,
            ),
        ):
            if mine and state in states:
                made.append(Button(words, name=f"calibration.{code}", icon=icon, look="quiet", run=run))
        words = wording.text("Write a page")
        made.append(Button(words, name="calibration.print", icon="printer", look="quiet", run=self.choose_file))
        return made

    def _edit(self, name: str) -> QPlainTextEdit:
        made = QPlainTextEdit(self)
        made.setObjectName(name)
        made.setTabChangesFocus(True)
        made.setFixedHeight(_HIGH)
        return made

    def _finish(self, words: str, name: str, run: Any) -> None:
        self.body.addWidget(self.problem)
        button = Button(words, name=name, icon="check", run=run, parent=self)
        self.body.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)

    def _done(self, words: str, _made: Any) -> None:
        self._services.messages.info(words)

    def _refused(self, error: GembaError) -> None:
        if self.isHidden():
            self._services.messages.trouble(error)
            return
        self.problem.setText(wording.sentence(error))
        self.problem.show()


def _anchors(session: str, said: dict[str, str], to_goal: bool, desk: Any) -> Change:  # noqa: FBT001 - one call
    change = work.write_anchors(desk, session, said)
    return work.to_goal(desk, session) if to_goal else change
