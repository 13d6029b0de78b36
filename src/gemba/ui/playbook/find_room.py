"""Has anyone solved this? What is looked for, and the patterns that answer, the best first with why."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from gemba import wording
from gemba.domain.vocabularies import Facet
from gemba.errors import GembaError
from gemba.ui.pages.places import read_places
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import Card, clear
from gemba.ui.parts.entering import on_enter
from gemba.ui.parts.fields import Choice, Field
from gemba.ui.parts.flow import Flow
from gemba.ui.parts.links import LinkRow
from gemba.ui.parts.words import Words
from gemba.ui.playbook.pattern_form import Pairs, codes_in_force
from gemba.ui.services import Services
from gemba.work.pattern_search import Answer, Asked, solved
from gemba.work.pattern_words import track_short

_LETTERS = 18


class FindRoom(QWidget):
    """Asks for words, step, cause and place; shows what answers.

    Args:
        services: of the window.
        parent: the owner.
    """

    chosen = Signal(str)
    """Uid of a pattern."""
    left = Signal()

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._begun: tuple[str, str, str] = ("", "", "")
        self.words = QLineEdit(self)
        self.words.setObjectName("patterns.find.words")
        self.words.setPlaceholderText(wording.text("waiting, noon, counter …"))
        self.step, self.cause, self.place = (
            Choice(name=f"patterns.find.{code}", search=True, parent=self) for code in ("step", "cause", "place")
        )
        self.told = Words("", wrap=True, parent=self)
        self.told.setObjectName("patterns.find.told")
        self._answers = QVBoxLayout()
        self._answers.setSpacing(8)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(14)
        rows.addWidget(self._card())
        rows.addWidget(self.told)
        rows.addLayout(self._answers)
        rows.addStretch(1)

    def begin(self, step: str = "", cause: str = "", place: str = "") -> None:
        """Offer what may be chosen; with a step or cause ask at once."""
        self._begun = (step, cause, place)
        clear(self._answers)
        self.told.setText("")
        self.words.setText("")
        self._services.jobs.ask(read_choices, self._services.desk, done=self._offer)
        self.words.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def ask(self) -> None:
        """Look for patterns."""
        asked = Asked(
            words=self.words.text(),
            step=self.step.value,
            cause=self.cause.value,
            place=self.place.value or None,
        )
        self._services.jobs.ask(solved, self._services.desk, asked, done=self.show_answers, failed=self._refused)

    def show_answers(self, found: tuple[Answer, ...]) -> None:
        """Show what answers, with why."""
        clear(self._answers)
        said = wording.plural("{n} pattern answers this.", "{n} patterns answer this.", len(found))
        nobody = wording.text("No pattern answers this yet. When you solve it, write it down for others.")
        self.told.setText(said if found else nobody)
        for one in found:
            row = LinkRow(
                one.pattern.title,
                " · ".join(part for part in (one.place, *one.why) if part),
                name=f"patterns.find.answer.{one.pattern.uid}",
                icon="lightbulb",
                badge=(wording.text("In doubt"), "poor") if one.warning else (track_short(one.track), _tone(one)),
                go=self.chosen.emit,
                to=(one.pattern.uid,),
                parent=self,
            )
            row.setToolTip(one.warning)
            self._answers.addWidget(row)

    def _card(self) -> Card:
        card = Card(wording.text("Has anyone solved this?"), look="inset", parent=self)
        card.body.addWidget(Field(wording.text("&Words"), self.words, parent=card))
        flow = Flow()
        for title, choice in (
            (wording.text("&Step"), self.step),
            (wording.text("&Cause"), self.cause),
            (wording.text("&Where it is needed"), self.place),
        ):
            choice.setMinimumContentsLength(_LETTERS)
            flow.addWidget(Field(title, choice, parent=card))
        card.body.addLayout(flow)
        buttons = Flow()
        look, back = (
            Button(title, name=f"patterns.find.{name}", icon=icon, look=look, run=run, parent=card)
            for title, name, icon, look, run in (
                (wording.text("Look for it"), "ask", "search", "", self.ask),
                (wording.text("Back to the list"), "back", "arrow-left", "quiet", self.left.emit),
            )
        )
        on_enter(look, self.words)
        buttons.addWidget(look)
        buttons.addWidget(back)
        card.body.addLayout(buttons)
        return card

    def _offer(self, offered: tuple[Pairs, Pairs, Pairs]) -> None:
        none = (("", wording.text("Any")),)
        for choice, pairs, value in zip((self.step, self.cause, self.place), offered, self._begun, strict=True):
            choice.offer((*none, *pairs))
            choice.choose(value)
        if any(self._begun):
            self.ask()

    def _refused(self, error: GembaError) -> None:
        clear(self._answers)
        self.told.setText(wording.sentence(error))


def read_choices(desk: Any) -> tuple[Pairs, Pairs, Pairs]:
    """Steps, causes and places that may be chosen; on a job's thread."""
    places = tuple((one.uid, one.name) for one in read_places(desk))
    with desk.reader() as reader:
        return codes_in_force(reader, Facet.STEP), codes_in_force(reader, Facet.CAUSE), places


def _tone(one: Answer) -> str:
    return "good" if one.track.holds and not one.track.regressed else "plain"
