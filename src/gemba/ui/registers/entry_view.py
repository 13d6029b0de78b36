"""One entry: what it says, what follows from it, where it may go next, and its form."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from gemba import wording
from gemba.domain.change import Change
from gemba.kinds.registers.registry import ALL
from gemba.ui import terms
from gemba.ui.escalations.escalate_row import EscalateRow
from gemba.ui.parts.badges import Badges
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import Card
from gemba.ui.parts.facts import Facts
from gemba.ui.parts.flow import Flow
from gemba.ui.parts.links import LinkRow
from gemba.ui.parts.words import Words
from gemba.ui.registers.entry_form import EntryForm
from gemba.ui.registers.shapes import register_title, state_tone
from gemba.ui.registers.ways import noun_title, way_to
from gemba.ui.services import Services
from gemba.work import registers as work
from gemba.work.escalation_subjects import MISALIGNMENTS
from gemba.work.register_facts import EntryFacts


def draw_entry(
    services: Services,
    body: QVBoxLayout,
    facts: EntryFacts,
    places: tuple[tuple[str, str], ...],
    links: Mapping[str, tuple[tuple[str, str], ...]],
) -> None:
    """Put an entry into the detail."""
    entry, register = facts.entry, ALL[facts.entry.register]
    body.addWidget(Words(f"{entry.number} · {register_title(entry.register)}", tone="muted", scale="small"))
    body.addWidget(Words(entry.title, scale="heading", wrap=True))
    badges = Badges()
    due = ((wording.text("due"), "poor"),) if facts.due else ()
    badges.say((facts.state, state_tone(entry.register, entry.state)), *due)
    body.addWidget(badges)
    if facts.rebaseline:
        body.addWidget(_rebaseline(facts))
    body.addWidget(
        Facts(
            *facts.values,
            *((wording.text(one.title), one.value) for one in facts.derived),
            (wording.text("Version"), facts.version),
            (wording.text("Why this version"), facts.why),
            (wording.text("Owner"), entry.owner),
            (wording.text("Place"), facts.place),
            (wording.text("Review by"), terms.day(entry.review_by) if entry.review_by else ""),
        )
    )
    for one in facts.links:
        body.addWidget(
            LinkRow(
                one.title,
                noun_title(one.noun),
                name=f"registers.link.{one.uid}",
                icon="link",
                go=services.go if (way := way_to(f"{one.noun}:{one.uid}")) else None,
                to=way or (),
            )
        )
    body.addWidget(EntryMoves(services, facts))
    diverges = entry.register == MISALIGNMENTS
    body.addWidget(EscalateRow(services, "register_entry", entry.uid, name="registers.detail", diverges=diverges))
    body.addWidget(EntryCard(services, EntryForm(services, register, entry, places=places, links=links)))


class EntryMoves(QFrame):
    """The states that an entry may move to, and that it was looked at.

    Args:
        services: of the window.
        facts: the entry.
        parent: the owner.
    """

    def __init__(self, services: Services, facts: EntryFacts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services, self._uid = services, facts.entry.uid
        register = ALL[facts.entry.register]
        flow = Flow(self)
        for state in register.states:
            if state.code != facts.entry.state:
                button = Button(
                    wording.text("Move to “{state}”", state=wording.text(state.title)),
                    name=f"registers.move.{state.code}",
                    icon="arrow-right",
                    parent=self,
                )
                button.clicked.connect(partial(self._move, state.code))
                flow.addWidget(button)
        if register.review_every_days and not work.is_over(register, facts.entry):
            flow.addWidget(
                Button(
                    wording.text("Looked at: still holds"),
                    name="registers.reviewed",
                    icon="calendar-check",
                    run=self.reviewed,
                    parent=self,
                )
            )

    @Slot()
    def reviewed(self) -> None:
        """Say that it was looked at; the next time follows from the register's cadence."""
        self._services.jobs.write(work.reviewed, self._uid, done=self._said)

    def _move(self, state: str, *_: object) -> None:
        self._services.jobs.write(work.move, self._uid, state, done=self._said)

    def _said(self, _change: Change) -> None:
        self._services.messages.info(wording.text("The entry is kept."))


class EntryCard(Card):
    """The form, closed until it is asked for.

    Args:
        services: of the window.
        form: of the entry.
        parent: the owner.
    """

    def __init__(self, services: Services, form: EntryForm, parent: QWidget | None = None) -> None:
        super().__init__(look="inset", parent=parent)
        del services
        self.form = form
        self.edit = Button(
            wording.text("Change what it says"), name="registers.edit", icon="pencil", run=self.open_form, parent=self
        )
        self.body.addWidget(self.edit, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(form)
        form.left.connect(self.close_form)
        form.hide()

    @Slot()
    def open_form(self) -> None:
        """Open the form."""
        self.edit.hide()
        self.form.show()
        self.form.begin()

    @Slot()
    def close_form(self) -> None:
        """Close the form and change nothing."""
        self.form.hide()
        self.edit.show()


def _rebaseline(facts: EntryFacts) -> Words:
    titles = ", ".join(one.title for one in facts.rebaseline)
    words = wording.text("The definition has changed: freeze a new baseline for {titles}.", titles=titles)
    return Words(words, tone="poor", strong=True, wrap=True)
