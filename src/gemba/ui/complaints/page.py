"""Complaints: the list, one of them beside it, and the form in which one is entered."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from gemba import wording
from gemba.domain.change import Change
from gemba.domain.complaints import Complaint
from gemba.store.complaint_lists import COMPLAINTS
from gemba.ui.actions import ActionSpec
from gemba.ui.complaints import names as said
from gemba.ui.complaints.detail import draw
from gemba.ui.complaints.entry import EntryForm
from gemba.ui.complaints.facts import ComplaintFacts, read_complaint
from gemba.ui.complaints.importing import ImportPanel
from gemba.ui.complaints.list import TOPICS, shape
from gemba.ui.complaints.moves import Drafts, MovesCard
from gemba.ui.complaints.names import Codes, read_codes
from gemba.ui.complaints.narrowing import is_narrowed, narrow
from gemba.ui.complaints.reading import Reading
from gemba.ui.complaints.rules import Rules
from gemba.ui.pages.list_page import ListPage
from gemba.ui.pages.places import PlaceNames, read_places
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import column, scrolled
from gemba.ui.parts.empty import EmptyState
from gemba.ui.parts.turning import is_turned_from
from gemba.ui.services import Services

_WIDEST = 820


class ComplaintsPage(ListPage):
    """List and detail of complaints; in their place the form or the rules while somebody works on them."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(services, "complaints", wording.text("Complaints"), parent)
        self.places, self.codes = PlaceNames(services.desk), Codes()
        self.names = self.places
        self.complaint: Complaint | None = None
        self.moves: MovesCard | None = None
        self.form: EntryForm | None = None
        self.importing: ImportPanel | None = None
        self._drafts: Drafts = {}
        enter = Button(
            wording.text("Enter a complaint"),
            name="complaints.empty.enter",
            icon="plus",
            run=self.enter,
        )
        said_empty = wording.text("Enter what a customer complains of; it is followed here until the customer is told.")
        self.put_list(
            shape(self.places, self.codes),
            COMPLAINTS,
            read=read_complaint,
            topics=TOPICS | {"vocabulary", "clock_target", "place", "person"},
            empty=EmptyState("message-square-warning", wording.text("No complaint yet"), said_empty, enter),
            nothing=EmptyState(
                "message-square-warning",
                wording.text("No complaint chosen"),
                wording.text("Choose one to see the customer's words and to take the next step."),
            ),
            buttons_stay=True,
        )
        self._stand_in_place_of_the_list()
        services.changed.made.connect(self._hear)

    def actions_offered(self) -> list[ActionSpec]:
        """Enter, take the next step, change, search, and the rules."""
        return [
            ActionSpec(
                *("complaints.enter", wording.text("Enter a complaint"), "Ctrl+N", "complaints", "plus"),
                self.enter,
                "primary",
            ),
            ActionSpec(
                *("complaints.next", wording.text("Next step"), "Ctrl+D", "complaints", "check"),
                self.take_next_step,
                "bar",
            ),
            ActionSpec(
                *("complaints.change", wording.text("Change"), "Ctrl+E", "complaints", "pencil"), self.change, "bar"
            ),
            ActionSpec(
                *("complaints.import", wording.text("Import"), "Ctrl+I", "complaints", "file-input"),
                self.import_file,
                "bar",
            ),
            ActionSpec(
                *("complaints.reading", wording.text("Themes"), "", "complaints", "quote"),
                self.show_reading,
                "bar",
            ),
            ActionSpec(
                *("complaints.rules", wording.text("Rules"), "", "complaints", "tags"),
                self.show_rules,
                "bar",
            ),
            self.search_action(),
        ]

    def arrive(self) -> None:
        """Read the list, and what places and codes are called now."""
        self.services.jobs.ask(read_codes, self.services.desk, done=self.codes.take)
        super().arrive()

    def show_uid(self, uid: str) -> None:
        """Show one complaint, or a list narrowed by another page (`narrowing.narrowed`)."""
        self.back()
        if is_narrowed(uid):
            self.list.start()
            if not narrow(self.list.bar, uid):
                self.services.messages.info(wording.text("The list cannot be narrowed to this; it shows all."))
            return
        super().show_uid(uid)

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """A form that was asked for is not wanted any more once its person has turned to something else."""
        super().hideEvent(event)
        if is_turned_from(self):
            self.services.jobs.call_off(self._form_ready)

    @Slot()
    def enter(self) -> None:
        """Open the form for a new complaint."""
        self._open_form(None)

    @Slot()
    def change(self) -> None:
        """Open the form with what is kept of the chosen one."""
        if self.complaint is None:
            self.services.messages.info(wording.text("Choose the complaint that is to be changed."))
        else:
            self._open_form(self.complaint)

    @Slot()
    def take_next_step(self) -> None:
        """Take the step that the card shows."""
        if self.moves is None:
            self.services.messages.info(wording.text("Choose the complaint that goes on."))
        else:
            self.detail.bring_into_view(self.moves)
            self.moves.take()

    @Slot()
    def import_file(self) -> None:
        """Take complaints from a file."""
        panel = ImportPanel(self.services)
        panel.left.connect(self.back)
        self._show_instead(column(panel, widest=_WIDEST), "complaints.import.area")
        self.importing = panel
        panel.begin()

    @Slot()
    def show_reading(self) -> None:
        """Themes of what the list shows, those that say nearly the same, and how suggestions fare."""
        reading = Reading(self.services, self.list.query)
        reading.left.connect(self.back)
        reading.theme_chosen.connect(self._search_theme)
        self._show_instead(column(reading, widest=_WIDEST), "complaints.reading.area")

    @Slot()
    def show_rules(self) -> None:
        """Targets of the clock, and the vocabularies."""
        rules = Rules(self.services, self.places)
        rules.left.connect(self.back)
        self._show_instead(column(rules, widest=_WIDEST), "complaints.rules.area")
        rules.read()

    @Slot()
    def back(self) -> None:
        """To the list again."""
        self.services.jobs.call_off(self._form_ready)
        self.form = self.importing = None
        while self._stack.count() > 1:
            shown = self._stack.widget(1)
            if shown is not None:
                self._stack.removeWidget(shown)
                shown.deleteLater()
        self._stack.setCurrentIndex(0)
        self._buttons_row.show()

    def forget(self) -> None:
        """Nothing is chosen any more."""
        self.complaint = self.moves = None

    def draw(self, facts: ComplaintFacts) -> None:
        """Show the complaint."""
        one = facts.complaint
        self.complaint = one
        self.head(
            one.summary or one.number,
            (said.severity(one.severity), said.severity_tone(one.severity)),
            (said.state(one.state), said.state_tone(one.state)),
            (said.clock(facts.clock), said.clock_tone(facts.clock)) if one.due_at is not None else ("", ""),
            number=one.number if one.summary else "",
        )
        self.moves = MovesCard(self.services, one, self._drafts)
        draw(self.services, facts, self.detail.body, self.moves)

    @Slot(object)
    def _hear(self, change: Change) -> None:
        """Know what codes are called once they are released anew."""
        if "vocabulary" in change.topics:
            self.services.jobs.ask(read_codes, self.services.desk, done=self.codes.take)

    def _stand_in_place_of_the_list(self) -> None:
        """Put list and detail into a stack, so that a form can stand in their place."""
        split = self.rows.takeAt(self.rows.count() - 1)
        self._stack = QStackedWidget(self)
        inner = split.widget() if split is not None else None
        if inner is not None:
            self._stack.addWidget(inner)
        self.rows.addWidget(self._stack, 1)

    def _open_form(self, complaint: Complaint | None) -> None:
        """What the form offers is read first; it is little."""
        self.services.jobs.ask(_read_choices, self.services.desk, complaint, done=self._form_ready)

    def _form_ready(self, read: tuple[Any, Any, Complaint | None]) -> None:
        codes, places, complaint = read
        self.codes.take(codes)
        self.places.take(places)
        form = EntryForm(self.services, self.places, self.codes, complaint)
        form.entered.connect(self._entered)
        form.left.connect(self.back)
        self._show_instead(column(form, widest=_WIDEST), "complaints.entry.area")
        self.form = form
        form.begin()

    def _show_instead(self, inner: QWidget, name: str) -> None:
        self.back()
        self._stack.addWidget(scrolled(inner, name=name))
        self._stack.setCurrentIndex(1)
        self._buttons_row.hide()

    @Slot(str)
    def _search_theme(self, phrase: str) -> None:
        self.back()
        self.list.bar.search.setText(phrase)
        self.take_focus()

    @Slot(str)
    def _entered(self, uid: str) -> None:
        self.back()
        self.list.show_uid(uid)
        self.detail.open(uid)
        self.take_focus()


def _read_choices(desk: Any, complaint: Complaint | None) -> tuple[Any, Any, Complaint | None]:
    return read_codes(desk), read_places(desk), complaint
