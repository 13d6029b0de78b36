"""Fast entry of an observation: where from, what, at which stop; Ctrl+Enter keeps it and the next one begins."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QCheckBox, QWidget

from gemba import wording
from gemba.domain.process_maps import GoAndSee
from gemba.domain.walks import Observation, ObservationSort
from gemba.errors import GembaError
from gemba.ui.conduct.editors.typed import Line, Paper
from gemba.ui.conduct.side.form import PanelForm, Segments
from gemba.ui.conduct.walk.records import WalkRecords
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.fields import Choice
from gemba.ui.parts.words import Words
from gemba.work.observations import Noted, change_observation, look_at, observe, sort_words

if TYPE_CHECKING:
    from gemba.ui.services import Services

_TONES = {ObservationSort.SEEN: "plain", ObservationSort.STAFF: "note", ObservationSort.CUSTOMER: "accent"}


class NoteEntry(PanelForm):
    """A new observation, a change of one, or what was seen of something that was carried in."""

    kept = Signal()

    def __init__(self, services: Services, parent: QWidget) -> None:
        super().__init__("note.entry", parent)
        self._services = services
        self._walk, self._changed, self._alert = "", "", ""
        self.rows.setContentsMargins(0, 4, 0, 8)
        self._asked = Words(wrap=True, parent=self)
        self._asked.setObjectName("note.asked")
        self.rows.addWidget(self._asked)
        self.stop = Choice([], name="note.stop", parent=self)
        self.sort = Segments([(one.value, sort_words(one), _TONES[one]) for one in ObservationSort], "note.sort", self)
        self.text = Paper(self)
        self.text.setObjectName("note.text")
        self.text.setPlaceholderText(wording.text("What, where, how much of it"))
        self.positive = QCheckBox(wording.text("&Worth keeping"), self)
        self.positive.setObjectName("note.positive")
        self.question, self.answer, self.coaching = (self._line(name) for name in ("question", "answer", "coaching"))
        self.step, self.cause = (
            Choice([], name=f"note.{name}", search=True, parent=self) for name in ("step", "cause")
        )
        self._keep = Button("", name="note.keep", icon="check", look="primary", run=self.keep, parent=self)
        self._more = Button(
            wording.text("More"), name="note.more", icon="chevron-down", look="quiet", run=self._show_more, parent=self
        )
        self._further: list[QWidget] = []
        self._lay_out()

    def show_walk(self, walk: str, records: WalkRecords) -> None:
        """Offer the stops and codes of a walk; another walk begins anew."""
        offered = [(one.uid, f"{at}  {one.title}") for at, one in enumerate(records.stops, 1)]
        self._offer(self.stop, [*offered, ("", wording.text("Between the stops"))])
        for choice, titles in ((self.step, records.steps), (self.cause, records.causes)):
            self._offer(choice, [("", wording.text("not said")), *titles])
        for part in self._fields_of(self.stop):
            part.setVisible(bool(offered))
        if walk != self._walk:
            self._walk = walk
            self.begin()
            self.stop.choose(offered[0][0] if offered else "")

    @Slot()
    def begin(self) -> None:
        """A new observation at the stop where the last one was."""
        self._changed = self._alert = ""
        self._fill(Noted(sort=ObservationSort(self.sort.value or "seen"), stop=self.stop.value or None))
        self._say(wording.text("What do you see or hear?"), wording.text("Note it"))

    def at_stop(self, stop: str) -> None:
        """A new observation at a stop."""
        self.begin()
        self.stop.choose(stop)
        self.take_keyboard()

    def change(self, one: Observation) -> None:
        """Change an observation."""
        self.begin()
        self._changed = one.uid
        self._fill(one)
        self._say(wording.text("Change what was noted"), wording.text("Keep the changes"))
        self.take_keyboard()

    def look(self, alert: GoAndSee) -> None:
        """Say what was seen of something that was carried in, at the chosen stop."""
        self.begin()
        self._alert = alert.uid
        self._asked.setText(alert.question)
        self._say(wording.text("What was seen of it?"), wording.text("Looked at"))
        self.take_keyboard()

    @property
    def empty(self) -> bool:
        """True while nothing is being written."""
        return not self._changed and not self._alert and not self.text.toPlainText().strip()

    def take_keyboard(self) -> None:
        """Ready to type."""
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)
        self.text.moveCursor(QTextCursor.MoveOperation.End)

    def keep(self) -> None:
        """Keep what was written; the next one begins at the same stop."""
        if not self._keep.isEnabled() or not self._walk:
            return
        self._keep.setEnabled(False)
        self.refusal.hide()
        said = self._said()
        if self._alert:
            verb = partial(look_at, seen=said["text"], stop=said["stop"])
            self._services.jobs.write(verb, self._alert, done=self._done, failed=self._refused)
        elif self._changed:
            verb = partial(change_observation, fields=said)
            self._services.jobs.write(verb, self._changed, done=self._done, failed=self._refused)
        else:
            verb = partial(observe, noted=Noted(**said))
            self._services.jobs.write(verb, self._walk, done=self._done, failed=self._refused)

    def take_typed(self, text: str) -> None:
        """Whoever types without choosing a field writes what was seen; digits choose where it is known from."""
        sorts = list(ObservationSort)
        if text.isdigit() and 1 <= int(text) <= len(sorts):
            self.sort.choose(sorts[int(text) - 1])
            return
        self.take_keyboard()
        self.text.insertPlainText(text)

    def _lay_out(self) -> None:
        self.add_field(wording.text("At which stop"), self.stop)
        self.add_field(wording.text("Known from"), self.sort)
        self.add_field(wording.text("What was seen or said"), self.text)
        self.rows.addWidget(self.positive)
        self.rows.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeading)
        for label, field in (
            (wording.text("What was asked"), self.question),
            (wording.text("What was answered"), self.answer),
            (wording.text("What to try next"), self.coaching),
            (wording.text("Step of the work"), self.step),
            (wording.text("Cause"), self.cause),
        ):
            self.add_field(label, field)
            self._further += self._fields_of(field)
        self.add_foot(self._keep)
        self._keep.setToolTip("Ctrl+Enter")

    def _fields_of(self, field: QWidget) -> list[QWidget]:
        """A field with its label."""
        labels = [each for each in self.findChildren(Words) if each.buddy() is field]
        return [*labels, field]

    @Slot()
    def _show_more(self) -> None:
        self._unfold(shown=self.question.isHidden())

    def _unfold(self, *, shown: bool) -> None:
        for part in self._further:
            part.setVisible(shown)
        self._more.setText(wording.text("Less") if shown else wording.text("More"))
        self._more.setAccessibleName(wording.text("Question, coaching, step and cause"))
        self._more.setToolTip(self._more.accessibleName())

    def _fill(self, one: Observation | Noted) -> None:
        self.stop.choose(one.stop or "")
        self.sort.choose(one.sort.value)
        self.text.setPlainText(one.text)
        self.positive.setChecked(one.is_positive)
        for name in ("question", "answer", "coaching"):
            getattr(self, name).setText(getattr(one, name))
        self.step.choose(one.step)
        self.cause.choose(one.cause)
        self._unfold(shown=any((one.question, one.answer, one.coaching, one.step, one.cause)))

    def _say(self, title: str, keep: str) -> None:
        self.title.setText(title)
        self._keep.setText(keep)
        self._keep.setAccessibleName(keep)
        self._keep.setEnabled(True)
        self._asked.setVisible(bool(self._alert))
        for part in (*self._fields_of(self.sort), self.positive, self._more):
            part.setVisible(not self._alert)
        self.refusal.hide()

    def _said(self) -> dict[str, Any]:
        return {
            "text": self.text.toPlainText(),
            "sort": ObservationSort(self.sort.value or "seen"),
            "is_positive": self.positive.isChecked(),
            "stop": self.stop.value or None,
            "question": self.question.text(),
            "answer": self.answer.text(),
            "coaching": self.coaching.text(),
            "step": self.step.value,
            "cause": self.cause.value,
        }

    def _line(self, name: str) -> Line:
        made = Line(self)
        made.setObjectName(f"note.{name}")
        return made

    def _offer(self, choice: Choice, offered: list[tuple[str, str]]) -> None:
        if [(choice.itemData(at), choice.itemText(at)) for at in range(choice.count())] != offered:
            chosen = choice.value
            choice.offer(offered)
            choice.choose(chosen)

    def _done(self, _change: object) -> None:
        self.begin()
        self.take_keyboard()
        self.kept.emit()

    def _refused(self, error: GembaError) -> None:
        self._keep.setEnabled(True)
        self.refuse(error)
