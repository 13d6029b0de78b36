"""The form of a quarter's programme: made, or changed until it is closed."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from gemba import wording
from gemba.domain.change import Change
from gemba.domain.programmes import Programme
from gemba.domain.quarters import quarter_of
from gemba.errors import GembaError
from gemba.ui.pages.places import PlaceNames, read_places
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import Card
from gemba.ui.parts.fields import Choice, Field
from gemba.ui.parts.flow import Flow
from gemba.ui.services import Services
from gemba.work import programmes as work

_HIGH = 64
_FIELDS = {"domain.quarter": "quarter", "work.programme_goal": "goals", "work.programme_without_sites": "place"}


class ProgrammeForm(Card):
    """Closed until a programme is made or changed.

    Args:
        services: of the window.
        parent: the owner.
    """

    kept = Signal(str)
    """Uid of the programme."""
    left = Signal()

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(wording.text("Programme of a quarter"), look="inset", parent=parent)
        self._services, self._names = services, PlaceNames(services.desk)
        self._programme: Programme | None = None
        self.quarter, self.title, self.goals = (
            _line(f"programme_form.{code}", self) for code in ("quarter", "title", "goals")
        )
        self.place = Choice(name="programme_form.place", search=True, parent=self)
        self.words = {code: _words(f"programme_form.{code}", self) for code in ("objective", "risks", "resources")}
        self.fields = {
            "quarter": Field(wording.text("&Quarter"), self.quarter, hint=wording.text("2026-Q4, say."), parent=self),
            "place": Field(wording.text("&Place and all below it"), self.place, parent=self),
            "title": Field(
                wording.text("&Title"), self.title, hint=wording.text("Made of the quarter when empty."), parent=self
            ),
            "goals": Field(
                wording.text("&Goals"),
                self.goals,
                hint=wording.text("Codes with commas between; empty for all in force."),
                parent=self,
            ),
            "objective": Field(wording.text("What is to be found &out?"), self.words["objective"], parent=self),
            "risks": Field(
                wording.text("What may keep it from that, and what is done?"), self.words["risks"], parent=self
            ),
            "resources": Field(wording.text("What does it take?"), self.words["resources"], parent=self),
        }
        for field in self.fields.values():
            self.body.addWidget(field)
        flow = Flow()
        for button in (
            Button(
                wording.text("Keep"), name="programme_form.keep", icon="check", run=self.keep, once=True, parent=self
            ),
            Button(
                wording.text("Cancel"), name="programme_form.cancel", look="quiet", run=self.close_form, parent=self
            ),
        ):
            flow.addWidget(button)
        self.body.addLayout(flow)
        self.hide()

    def begin(self, programme: Programme | None) -> None:
        """Open for a new programme, or one that is there."""
        self._programme = programme
        for field in self.fields.values():
            field.say_problem("")
        self.quarter.setText(programme.quarter if programme else quarter_of(self._services.desk.clock().date()))
        self.title.setText(programme.title if programme else "")
        self.goals.setText(", ".join(programme.goals) if programme else "")
        for code, words in self.words.items():
            words.setPlainText(getattr(programme, code) if programme else "")
        for code in ("quarter", "place"):  # what a programme is of never changes
            self.fields[code].setVisible(programme is None)
        self._services.jobs.ask(read_places, self._services.desk, done=self._offer)
        self.show()
        first = self.quarter if programme is None else self.title
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def keep(self) -> None:
        """Make the programme, or change it."""
        for field in self.fields.values():
            field.say_problem("")
        said: dict[str, Any] = {code: words.toPlainText().strip() for code, words in self.words.items()}
        said["title"] = self.title.text().strip()
        said["goals"] = tuple(each.strip() for each in self.goals.text().split(",") if each.strip())
        if self._programme is None:
            draft = work.Draft(quarter=self.quarter.text(), place=self.place.value or None, **said)
            made = partial(_make, draft)
        else:
            said["title"] = said["title"] or self._programme.title
            made = partial(_change, self._programme.uid, said)
        self._services.jobs.write(made, done=self._kept, failed=self._refused)

    @Slot()
    def close_form(self) -> None:
        """Change nothing."""
        self.hide()
        self.left.emit()

    def _offer(self, places: Any) -> None:
        self._names.take(places)
        self.place.offer([("", wording.text("All places")), *self._names.choices()])

    def _kept(self, change: Change) -> None:
        self._services.messages.info(wording.text("The programme is kept."))
        self.hide()
        self.kept.emit(change.uid)

    def _refused(self, error: GembaError) -> None:
        code = _FIELDS.get(error.code)
        if code is None:
            self._services.messages.trouble(error)
            return
        self.fields[code].say_problem(wording.sentence(error))
        self.fields[code].widget.setFocus(Qt.FocusReason.OtherFocusReason)


def _line(name: str, parent: QWidget) -> QLineEdit:
    line = QLineEdit(parent)
    line.setObjectName(name)
    return line


def _words(name: str, parent: QWidget) -> QPlainTextEdit:
    words = QPlainTextEdit(parent)
    words.setObjectName(name)
    words.setTabChangesFocus(True)
    words.setFixedHeight(_HIGH)
    return words


def _make(draft: work.Draft, desk: Any) -> Change:
    return work.make(desk, draft)


def _change(uid: str, fields: dict[str, Any], desk: Any) -> Change:
    return work.change(desk, uid, fields)
