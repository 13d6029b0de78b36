"""Which questions of checklists look at a step; they are tied to it without editing the checklist."""

from __future__ import annotations

from functools import partial
from typing import Any

import msgspec
from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from gemba import wording
from gemba.domain.process_maps import Pin
from gemba.domain.record import Uid
from gemba.domain.templates import Template
from gemba.errors import GembaError
from gemba.ui.parts.buttons import Button, IconButton
from gemba.ui.parts.cards import Card
from gemba.ui.parts.fields import Choice, Field
from gemba.ui.parts.flow import Flow
from gemba.ui.parts.words import Words
from gemba.ui.services import Services
from gemba.work import pins
from gemba.work.conduct import form_of
from gemba.work.question_steps import QUESTION, tie


class Tied(msgspec.Struct, frozen=True):
    """What is tied to a step, and what could be."""

    ties: tuple[tuple[Pin, str], ...]
    """The pin and the title of its checklist."""
    templates: tuple[tuple[Uid, str], ...]


def read_tied(desk: Any, step: Uid) -> Tied:
    """On a job's thread."""
    with desk.reader() as reader:
        known = {each.uid: each for each in reader.find(Template)}
        found = [pin for pin in reader.find(Pin, step=step, sort=QUESTION) if not pin.removed]
    newest = {each.form_id: each for each in sorted(known.values(), key=lambda each: each.imported_at)}
    choices = sorted(((each.uid, each.title) for each in newest.values() if not each.retired), key=lambda pair: pair[1])
    titled = tuple((pin, known[pin.pinned].title if pin.pinned in known else "") for pin in found)
    return Tied(titled, tuple(choices))


def read_questions(desk: Any, template: Uid) -> tuple[tuple[str, str], ...]:
    """Path and words of the questions of a checklist; on a job's thread."""
    with desk.reader() as reader:
        found = reader.get(Template, template)
    if found is None:
        return ()
    return tuple((each.path, each.label) for each in form_of(desk, found).questions())


class TieCard(Card):
    """The questions that look at a step.

    Args:
        services: of the window.
        step: uid of the step.
        parent: the owner.
    """

    def __init__(self, services: Services, step: Uid, parent: QWidget | None = None) -> None:
        super().__init__(wording.text("Questions that look here"), look="inset", parent=parent)
        self._services, self._step = services, step
        self.template = Choice(name="maps.tie.template", search=True, parent=self)
        self.question = Choice(name="maps.tie.question", search=True, parent=self)
        self.question.setAccessibleName(wording.text("Question"))
        self._field = Field(wording.text("&Question"), self.question, parent=self)
        self.body.addWidget(Field(wording.text("Checkl&ist"), self.template, parent=self))
        self.body.addWidget(self._field)
        flow = Flow()
        flow.addWidget(
            Button(wording.text("Tie it"), name="maps.tie.keep", icon="link", run=self.keep, once=True, parent=self)
        )
        self.body.addLayout(flow)
        self.template.activated.connect(self._ask_questions)
        services.jobs.ask(read_tied, services.desk, step, done=self._came)

    @Slot()
    def keep(self) -> None:
        """Tie the chosen question to the step."""
        self._field.say_problem("")
        if not self.question.value:
            self._field.say_problem(wording.text("Choose a checklist and one of its questions."))
            return
        self._services.jobs.write(
            tie, self._step, self.template.value, self.question.value, done=self._tied, failed=self._failed
        )

    def _tied(self, _change: Any) -> None:
        self._services.messages.info(wording.text("The question looks at this step from now on."))

    def _failed(self, error: GembaError) -> None:
        self._field.say_problem(wording.sentence(error))

    def _came(self, tied: Tied) -> None:
        self.template.offer([("", wording.text("Choose a checklist")), *tied.templates])
        for at, (pin, title) in enumerate(tied.ties):
            line = QHBoxLayout()
            line.addWidget(Words(f"{title}: {pin.text.rpartition('/')[2]}", wrap=True, parent=self), 1)
            line.addWidget(
                IconButton(
                    "unlink",
                    wording.text("Untie"),
                    name=f"maps.untie.{pin.uid}",
                    run=partial(self._untie, pin.uid),
                    parent=self,
                )
            )
            self.body.insertLayout(1 + at, line)

    def _untie(self, uid: Uid) -> None:
        self._services.jobs.write(pins.unpin, uid)

    @Slot()
    def _ask_questions(self) -> None:
        self._services.jobs.ask(
            read_questions,
            self._services.desk,
            self.template.value,
            done=self._questions_came,
        )

    def _questions_came(self, questions: tuple[tuple[str, str], ...]) -> None:
        self.question.offer(questions)
