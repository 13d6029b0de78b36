"""Step and cause of a finding while it is written, and at once what was found here before."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gemba import wording
from gemba.domain.record import Uid
from gemba.ui.findings.code_facts import CodeFacts, Codes, read_codes, read_seen
from gemba.ui.findings.recurrence_box import RecurrenceBox
from gemba.ui.parts.fields import Choice, Field
from gemba.ui.services import Services


class CodeFields(QWidget):
    """Two choices and the box below them; nothing of it shows while there are no codes.

    Args:
        services: of the window.
        name: beginning of the object names.
        parent: the owner.
    """

    def __init__(self, services: Services, *, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._services = services
        self._place = ""
        self.step = Choice(name=f"{name}.step", parent=self)
        self.cause = Choice(name=f"{name}.cause", parent=self)
        self.fields = (
            Field(wording.text("Process step"), self.step, parent=self),
            Field(wording.text("Likely cause"), self.cause, parent=self),
        )
        for field in self.fields:
            field.label.setWordWrap(True)
        self.seen = RecurrenceBox(services, name=f"{name}.recurrence", parent=self)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(8)
        for part in (*self.fields, self.seen):
            rows.addWidget(part)
        for choice in (self.step, self.cause):
            choice.currentIndexChanged.connect(self.look)
        self.hide()

    def begin(self, place: Uid, template: Uid = "", path: str = "", step: str = "", cause: str = "") -> None:
        """Offer the codes for a finding at a place.

        Args:
            place: uid of the place.
            template: uid of the checklist whose question it comes from; empty for none.
            path: of the question.
            step: chosen already; what the question looks at when empty.
            cause: chosen already.
        """
        self._place = place
        self.seen.forget()
        self.hide()
        come = partial(self._came, step, cause)
        self._services.jobs.ask(read_codes, self._services.desk, template, path, done=come)

    @Slot()
    def look(self) -> None:
        """Ask what was found here before."""
        if not self._place or not (self.step.value or self.cause.value):
            self._services.jobs.call_off(self.seen.show_seen)
            self.seen.forget()
            return
        said = (self._place, self.step.value, self.cause.value)
        self._services.jobs.ask(read_seen, self._services.desk, *said, done=self.seen.show_seen)

    def _came(self, step: str, cause: str, facts: CodeFacts) -> None:
        for choice, field, codes, chosen in (
            (self.step, self.fields[0], facts.steps, step or facts.step),
            (self.cause, self.fields[1], facts.causes, cause),
        ):
            choice.blockSignals(True)
            choice.offer(_offered(codes, chosen))
            choice.choose(chosen)
            choice.blockSignals(False)
            field.setVisible(choice.count() > 1)
        self.setVisible(facts.is_offered)
        self.look()


def _offered(codes: Codes, chosen: str) -> list[tuple[str, str]]:
    known = [("", wording.text("Not said yet")), *codes]
    return [*known, (chosen, chosen)] if chosen and chosen not in dict(known) else known
