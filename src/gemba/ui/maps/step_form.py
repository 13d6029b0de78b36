"""Add or change a step of a map."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QLineEdit, QPlainTextEdit, QWidget

from gemba import wording
from gemba.domain.process_maps import ProcessStep, StepSort
from gemba.domain.record import Uid
from gemba.errors import GembaError, Refusal
from gemba.ui.maps.words import sort_choices
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import Card
from gemba.ui.parts.entering import on_enter
from gemba.ui.parts.fields import Choice, Field
from gemba.ui.parts.flow import Flow
from gemba.ui.services import Services
from gemba.work.durations import exact, seconds_of
from gemba.work.process_maps import add_step, change_step

_TIMES = ("cycle", "wait", "value_adding")
_BESIDE = {
    "work.step_without_title": "title",
    "work.step_without_code": "code",
    "work.step_code_unknown": "code",
    "work.step_code_twice": "code",
    "work.step_adds_more": "value_adding",
    "work.step_rework": "rework",
}
"""Which field a refusal belongs to."""


class StepForm(Card):
    """The fields of a step.

    Args:
        services: of the window.
        parent: the owner.
    """

    closed = Signal()
    kept = Signal(str)
    """Uid of the step that was added or changed."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(wording.text("Step"), look="inset", parent=parent)
        self._services = services
        self._map: Uid = ""
        self._step: Uid = ""
        self._before: Uid | None = None
        self.code = Choice(name="maps.step.code", search=True, parent=self)
        self.sort = Choice(sort_choices(), name="maps.step.sort", parent=self)
        self.lines = {name: self._line(name) for name in ("title", "owner", *_TIMES, "rework", "people")}
        self.evidence = QPlainTextEdit(self)
        self.evidence.setObjectName("maps.step.evidence")
        self.evidence.setTabChangesFocus(True)
        self.evidence.setFixedHeight(72)
        self.hand_off = QCheckBox(wording.text("The work changes hands before it"), self)
        self.hand_off.setObjectName("maps.step.hand_off")
        self.hand_off.setAccessibleName(self.hand_off.text())
        self.fields = self._fields()
        for name, field in self.fields.items():
            self.body.addWidget(field)
            if name == "wait":
                self.body.addWidget(self.hand_off)
        self.body.addLayout(self._buttons())

    def begin(self, process_map: Uid, words: Sequence[tuple[str, str]], before: Uid | None = None) -> None:
        """Ask for a new step."""
        self._map, self._step, self._before = process_map, "", before
        self._offer(words, "")
        self._show({})
        self.lines["title"].setFocus(Qt.FocusReason.OtherFocusReason)

    def change(self, step: ProcessStep, words: Sequence[tuple[str, str]]) -> None:
        """Show a step to change it."""
        self._map, self._step = step.process_map, step.uid
        self._offer(words, step.code)
        self._show({name: getattr(step, name) for name in ProcessStep.__struct_fields__})
        self.lines["title"].setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def keep(self) -> None:
        """Keep it; what does not hold is said beside its field."""
        self._forget_problems()
        try:
            said = self._said()
        except Refusal:
            return
        if self._step:
            deed = partial(change_step, **said)
            self._services.jobs.write(deed, self._step, done=self._kept, failed=self._failed)
        else:
            title = said.pop("title")
            deed = partial(add_step, before=self._before, **said)
            self._services.jobs.write(deed, self._map, title, done=self._kept, failed=self._failed)

    def _kept(self, change: Any) -> None:
        self.kept.emit(change.uid)

    def _failed(self, error: GembaError) -> None:
        name = _BESIDE.get(error.code, str(error.facts.get("field", "")))
        field = self.fields.get(name)
        if field is None:
            self._services.messages.trouble(error)
            return
        field.say_problem(wording.sentence(error))
        field.widget.setFocus(Qt.FocusReason.OtherFocusReason)

    def _said(self) -> dict[str, Any]:
        """What the fields say.

        Raises:
            Refusal: one of them is no time or number; it is said beside it.
        """
        said: dict[str, Any] = {name: self.lines[name].text().strip() for name in ("title", "owner")}
        for name in (*_TIMES, "rework", "people"):
            try:
                said[name] = self._number(name)
            except Refusal as refusal:
                self._failed(Refusal(refusal.code, **(refusal.facts | {"field": name})))
                raise
        return said | {
            "code": self.code.value,
            "sort": StepSort(self.sort.value),
            "hand_off": self.hand_off.isChecked(),
            "evidence": self.evidence.toPlainText().strip(),
        }

    def _number(self, name: str) -> float | int | None:
        words = self.lines[name].text().strip()
        if name in _TIMES or not words:
            return seconds_of(words)
        try:
            if name == "people":
                return int(words)
            share = float(words.rstrip("% ").replace(",", "."))
        except ValueError as error:
            raise Refusal("work.step_unreadable", field=name, value=words) from error
        return share / 100

    def _show(self, said: dict[str, Any]) -> None:
        self._forget_problems()
        for name in ("title", "owner"):
            self.lines[name].setText(str(said.get(name, "")))
        for name in _TIMES:
            self.lines[name].setText(exact(said.get(name)))
        rework, people = said.get("rework"), said.get("people")
        self.lines["rework"].setText("" if rework is None else f"{rework * 100:g} %")
        self.lines["people"].setText("" if people is None else str(people))
        self.sort.choose(said.get("sort", StepSort.PROCESS))
        self.hand_off.setChecked(bool(said.get("hand_off", False)))
        self.evidence.setPlainText(str(said.get("evidence", "")))

    def _offer(self, words: Sequence[tuple[str, str]], code: str) -> None:
        known = [("", wording.text("No code: nothing is pinned here")), *words]
        if code and code not in dict(words):
            known.append((code, code))
        self.code.offer(known)
        self.code.choose(code)

    def _forget_problems(self) -> None:
        for field in self.fields.values():
            field.say_problem("")

    def _line(self, name: str) -> QLineEdit:
        line = QLineEdit(self)
        line.setObjectName(f"maps.step.{name}")
        return line

    def _fields(self) -> dict[str, Field]:
        hint = wording.text("As 45 s, 5 min, 2 h or 3 d")
        asked: list[tuple[str, str, QWidget, str]] = [
            ("title", wording.text("What is &done"), self.lines["title"], ""),
            (
                "code",
                wording.text("&Code of the step"),
                self.code,
                wording.text("Complaints and findings with this code are pinned here."),
            ),
            ("sort", wording.text("So&rt"), self.sort, ""),
            ("owner", wording.text("Who &answers for it"), self.lines["owner"], wording.text("By role.")),
            ("wait", wording.text("&Wait before it"), self.lines["wait"], hint),
            ("cycle", wording.text("Work on &one piece"), self.lines["cycle"], hint),
            (
                "value_adding",
                wording.text("Of it &value-adding"),
                self.lines["value_adding"],
                wording.text("What the customer would pay for."),
            ),
            ("rework", wording.text("Done a&gain, percent"), self.lines["rework"], ""),
            ("people", wording.text("&People"), self.lines["people"], ""),
            ("evidence", wording.text("What was &seen, or who told it"), self.evidence, ""),
        ]
        return {name: Field(words, widget, hint=note, parent=self) for name, words, widget, note in asked}

    def _buttons(self) -> Flow:
        flow = Flow()
        keep = Button(wording.text("Keep"), name="maps.step.keep", icon="check", run=self.keep, once=True, parent=self)
        on_enter(keep, *self.lines.values())
        flow.addWidget(keep)
        flow.addWidget(
            Button(wording.text("Cancel"), name="maps.step.cancel", look="quiet", run=self.closed.emit, parent=self)
        )
        return flow
