"""Similar elsewhere? Yes or no, where it was looked, and the places that the next walks look at."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QPlainTextEdit, QVBoxLayout, QWidget

from gemba import wording
from gemba.ui.parts.fields import Choice, Field
from gemba.ui.parts.flow import Flow
from gemba.ui.parts.words import Words
from gemba.work.similar_elsewhere import NO, YES, Answer, Elsewhere

_HIGH = 64


class SimilarFields(QWidget):
    """The question with its answer; the places show once the answer is yes.

    Args:
        name: beginning of the object names.
        places: at which the like may be found.
        parent: the owner.
    """

    changed = Signal()

    def __init__(self, *, name: str, places: Sequence[Elsewhere] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        offered = [("", wording.text("Not answered yet")), (NO, wording.text("No")), (YES, wording.text("Yes"))]
        self.choice = Choice(offered, name=f"{name}.similar", parent=self)
        self.note = QPlainTextEdit(self)
        self.note.setObjectName(f"{name}.where")
        self.note.setTabChangesFocus(True)
        self.note.setFixedHeight(_HIGH)
        self.note.setMinimumWidth(120)
        self._asks = Field(wording.text("S&imilar elsewhere?"), self.choice, parent=self)
        self._where = Field(wording.text("Where was it &looked, and what follows?"), self.note, parent=self)
        for field in (self._asks, self._where):  # long words in a narrow panel
            field.label.setWordWrap(True)
        self._ticks: dict[str, QCheckBox] = {}
        self._places = QWidget(self)
        self._places.setAccessibleName(wording.text("Ask the next walk there to look"))
        self._rows = QVBoxLayout(self._places)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(6)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(12)
        for part in (self._asks, self._where, self._places):
            rows.addWidget(part)
        self.offer(places)
        self.choice.currentIndexChanged.connect(self._fit)

    def offer(self, places: Sequence[Elsewhere]) -> None:
        """Offer these places to be looked at."""
        self._ticks.clear()
        if places and not self._rows.count():
            words = wording.text("Ask the next walk there to look")
            self._rows.addWidget(Words(words, strong=True, wrap=True, parent=self._places))
            flow = Flow(gap=12)
            for one in places:
                flow.addWidget(self._tick(one))
            self._rows.addLayout(flow)
        self._fit()

    def answer(self) -> Answer:
        """What stands in the fields."""
        places = tuple(uid for uid, tick in self._ticks.items() if tick.isChecked() and tick.isEnabled())
        said = self.choice.value
        return Answer(similar=said, note=self.note.toPlainText(), places=places if said == YES else ())

    def say_problem(self, words: str) -> None:
        """Say beside the field that lacks something what is wrong; nothing clears it."""
        unanswered = bool(words) and not self.choice.value
        self._asks.say_problem(words if unanswered else "")
        self._where.say_problem("" if unanswered else words)
        if words:
            at = self.choice if unanswered else self.note
            at.setFocus(Qt.FocusReason.OtherFocusReason)

    def clear(self) -> None:
        """Nothing is answered."""
        self.choice.choose("")
        self.note.setPlainText("")
        self.say_problem("")

    def _tick(self, one: Elsewhere) -> QCheckBox:
        words = one.place.name
        if one.count:
            words = wording.plural(
                "{place}: {n} time in a year", "{place}: {n} times in a year", one.count, place=words
            )
        tick = QCheckBox(words, self._places)
        tick.setObjectName(f"{self._name}.place.{one.place.uid}")
        tick.setChecked(one.is_asked or bool(one.count))
        tick.setEnabled(not one.is_asked)
        if one.is_asked:
            tick.setToolTip(wording.text("A walk there is asked already."))
        self._ticks[one.place.uid] = tick
        return tick

    @Slot()
    def _fit(self) -> None:
        self._places.setVisible(self.choice.value == YES and bool(self._ticks))
        self.changed.emit()
