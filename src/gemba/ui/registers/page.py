"""Registers: the list of them, the entries of one, and the entry that is chosen."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import msgspec
from PySide6.QtCore import Slot
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from gemba import wording
from gemba.domain.follow_through import RegisterEntry
from gemba.domain.places import Place
from gemba.kinds.registers.registry import ALL
from gemba.store.register_lists import ENTRIES
from gemba.ui.actions import ActionSpec
from gemba.ui.lists.panel import ListPanel
from gemba.ui.lists.source import StoreSource
from gemba.ui.pages.detail import Detail
from gemba.ui.pages.page import Page
from gemba.ui.pages.places import PlaceNames, read_places
from gemba.ui.pages.split import Split
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import Card, clear, column, scrolled
from gemba.ui.parts.empty import EmptyState
from gemba.ui.parts.tabs import Tabs
from gemba.ui.parts.turning import is_turned_from
from gemba.ui.registers import saving
from gemba.ui.registers.entry_form import EntryForm, Links
from gemba.ui.registers.entry_view import draw_entry
from gemba.ui.registers.overview import Overview
from gemba.ui.registers.shapes import TOPICS, entries, register_title
from gemba.ui.registers.view_panel import ViewPanel
from gemba.ui.services import Services
from gemba.work.register_facts import EntryFacts, entry_facts, linkable
from gemba.work.register_view import Asked
from gemba.work.register_views import VIEWS
from gemba.work.registers import EntryDraft


class EntryShown(msgspec.Struct, frozen=True):
    """What the detail shows, and what its form may name."""

    facts: EntryFacts
    places: tuple[tuple[str, str], ...]
    links: dict[str, tuple[tuple[str, str], ...]]


class RegistersPage(Page):
    """First the registers, then the entries of the one that was chosen."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(services, "registers", wording.text("Registers"), parent)
        self.names = PlaceNames(services.desk)
        self.register = ""
        """Code of the one whose entries are shown; empty for all."""
        self.form: EntryForm | None = None
        self.overview = Overview(services, self)
        self.overview.chosen.connect(self.show_register)
        self.list = ListPanel(entries(self.names), StoreSource(services.desk, ENTRIES), services, empty=self._empty())
        self.list.chosen.connect(self._chose)
        self.detail = Detail(
            services,
            read=read_entry,
            draw=self._draw,
            name="registers.detail",
            nothing=EmptyState(
                "book-marked", wording.text("No entry chosen"), wording.text("Choose one to see what it says.")
            ),
            topics=TOPICS,
        )
        self.put_buttons()
        self.stack = QStackedWidget(self)
        self.stack.addWidget(self.overview)
        self.tabs = Tabs("registers.tabs", wording.text("Views of a register"), self)
        self.tabs.add("entries", wording.text("Entries"), Split(self.list, self.detail, name="registers.split"))
        self.view = ViewPanel(services, self)
        self.view.proposed.connect(self._begin_proposed)
        self.tabs.add("view", wording.text("What follows from other records"), self.view)
        self.tabs.shown.connect(self._turned)
        self.stack.addWidget(self.tabs)
        self.new = Card(look="card", parent=self)
        self._new_body = QVBoxLayout()
        self.new.body.addLayout(self._new_body)
        self.stack.addWidget(self._scrolled_new())
        self.rows.addWidget(self.stack, 1)

    def actions_offered(self) -> list[ActionSpec]:
        """Back to all registers, search, a new entry."""
        return [
            ActionSpec(
                "registers.all", wording.text("All registers"), "", "registers", "library", self.show_overview, "bar"
            ),
            ActionSpec(
                "registers.save", wording.text("Save as a file …"), "", "registers", "download", self.save, "bar"
            ),
            ActionSpec("registers.search", wording.text("Search"), "Ctrl+F", "registers", "search", self.search),
            ActionSpec(
                "registers.add", wording.text("Add an entry"), "Ctrl+N", "registers", "plus", self.add_entry, "primary"
            ),
        ]

    def arrive(self) -> None:
        """Read how the registers stand, and what places are called."""
        self.services.jobs.ask(read_places, self.services.desk, done=self.names.take)
        self.overview.ask()

    def show_uid(self, uid: str) -> None:
        """Show one entry, a register by its code, or what follows for it (`code:view`)."""
        self.services.jobs.call_off(self._begin_new)
        code, _, view = uid.partition(":")
        if code in ALL:
            self.show_register(code)
            if view and code in VIEWS:
                self.tabs.show_tab("view")
            return
        self.register = ""
        self.title.setText(wording.text("Registers"))
        self.tabs.show_names(shown=False)
        self.stack.setCurrentIndex(1)
        self.list.start()
        self.list.show_uid(uid)
        self.detail.open(uid)

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """A form that was asked for is not wanted any more once its person has turned to something else."""
        super().hideEvent(event)
        if is_turned_from(self):
            self.services.jobs.call_off(self._begin_new)

    @Slot(str)
    def show_register(self, code: str) -> None:
        """Show the entries of one register."""
        self.services.jobs.call_off(self._begin_new)
        self.register = code
        self.title.setText(register_title(code))
        self.stack.setCurrentIndex(1)
        self.tabs.show_names(shown=code in VIEWS)
        self.tabs.show_tab("entries")
        self.list.bar.narrow(register=(code,))
        self.list.start()

    @Slot()
    def show_overview(self) -> None:
        """Show all registers."""
        self.services.jobs.call_off(self._begin_new)
        self.register = ""
        self.title.setText(wording.text("Registers"))
        self.stack.setCurrentIndex(0)
        self.overview.ask()

    @Slot()
    def search(self) -> None:
        """Go to the field that finds a register, or to the search field of the entries."""
        if self.stack.currentIndex() == 0:
            self.overview.begin_finding()
            return
        self.stack.setCurrentIndex(1)
        self.tabs.show_tab("entries")
        self.list.start()
        self.list.focus_search()

    @Slot()
    def save(self) -> None:
        """Write the register that is shown into a file: as a document, or its entries as a table."""
        code = self.register or self._of_chosen()
        if not code:
            self.services.messages.info(wording.text("Choose the register first."))
            return
        file = saving.ask_file(self, code)
        if file is not None:
            asked = self.view.asked() if self.view.register == code else Asked()
            saving.save(self.services, code, file, asked)

    @Slot()
    def add_entry(self) -> None:
        """Open the form of a new entry of the register that is shown."""
        code = self.register or self._of_chosen()
        if not code:
            self.services.messages.info(wording.text("Choose the register first."))
            return
        self._begin(code, None)

    @Slot(object)
    def _begin_proposed(self, draft: EntryDraft) -> None:
        """Open the form with what a view proposes."""
        self._begin(self.register, draft)

    def _begin(self, code: str, draft: EntryDraft | None) -> None:
        self.services.jobs.ask(read_form, self.services.desk, code, done=partial(self._begin_new, draft))

    @Slot(str)
    def _turned(self, code: str) -> None:
        """Read what the tab that is shown now shows."""
        if code == "view" and self.register in VIEWS:
            self.view.show_register(self.register)

    def sights(self) -> dict[str, Callable[[], None]]:
        """What else there is to see: a register's entries, and the form of a new one."""
        views = {f"view.{code}": partial(self.show_uid, f"{code}:view") for code in VIEWS}
        return {"entries": self._show_first, "new": self.add_entry, **views}

    def _show_first(self) -> None:
        self.show_register(next((one.code for one in self.overview.counts if one.entries), next(iter(ALL))))

    def _of_chosen(self) -> str:
        line = self.list.current if self.stack.currentIndex() == 1 else None
        return str(line.register) if line is not None else ""

    def _empty(self) -> EmptyState:
        return EmptyState(
            "book-marked",
            wording.text("No entry yet"),
            wording.text("Add the first one; the form asks for what this register needs."),
            Button(
                wording.text("Add an entry"),
                name="registers.empty.add",
                icon="plus",
                look="primary",
                run=self.add_entry,
            ),
        )

    def _scrolled_new(self) -> QWidget:
        return scrolled(column(self.new, widest=760), name="registers.new.area")

    def _begin_new(self, draft: EntryDraft | None, asked: tuple[str, tuple[tuple[str, str], ...], Links]) -> None:
        code, places, links = asked
        clear(self._new_body)
        form = EntryForm(self.services, ALL[code], None, places=places, links=links, draft=draft, parent=self.new)
        form.kept.connect(self._kept)
        form.left.connect(self._leave_new)
        self._new_body.addWidget(form)
        self.form = form
        self.title.setText(wording.text("{register}: new entry", register=register_title(code)))
        self.stack.setCurrentIndex(2)
        form.begin()

    @Slot(str)
    def _kept(self, uid: str) -> None:
        self._leave_new()
        self.list.show_uid(uid)
        self.detail.open(uid)

    @Slot()
    def _leave_new(self) -> None:
        self.form = None
        if self.register:
            self.show_register(self.register)
        else:
            self.stack.setCurrentIndex(1)

    @Slot(object)
    def _chose(self, line: Any) -> None:
        self.detail.open(line.uid if line is not None else "")

    def _draw(self, shown: EntryShown) -> None:
        draw_entry(self.services, self.detail.body, shown.facts, shown.places, shown.links)


def read_entry(desk: Any, uid: str) -> EntryShown | None:
    """Everything that the detail shows; on a job's thread."""
    with desk.reader() as reader:
        entry = reader.get(RegisterEntry, uid)
    if entry is None or entry.register not in ALL:
        return None
    _, places, links = read_form(desk, entry.register)
    return EntryShown(entry_facts(desk, uid), places, dict(links))


def read_form(desk: Any, code: str) -> tuple[str, tuple[tuple[str, str], ...], Links]:
    """What the form of a register's entry may name; on a job's thread."""
    with desk.reader() as reader:
        places = sorted(((one.uid, one.name) for one in reader.find(Place)), key=lambda one: one[1].casefold())
        return code, tuple(places), linkable(reader, ALL[code])
