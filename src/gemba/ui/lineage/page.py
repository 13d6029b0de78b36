"""The records behind one number, whatever they are: a list, and what each of them says."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QWidget

from gemba import wording
from gemba.domain.nouns import NOUNS
from gemba.store.reading import Reader
from gemba.ui.alignment.lines_source import LinesSource
from gemba.ui.calendar.ways import way_to
from gemba.ui.lineage.behind import Behind
from gemba.ui.lineage.lines import BehindLine, lines_of, plain, shape
from gemba.ui.lineage.record_shown import RecordShown, read_record
from gemba.ui.lists.panel import ListPanel
from gemba.ui.pages.detail import Detail
from gemba.ui.pages.page import Page
from gemba.ui.pages.split import Split
from gemba.ui.parts.badges import Badges
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.empty import EmptyState
from gemba.ui.parts.facts import Facts
from gemba.ui.parts.words import Words
from gemba.ui.services import Services


class BehindPage(Page):
    """What a number counts; it is reached from the number."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(services, "behind", wording.text("Behind a number"), parent)
        self._behind: Behind | None = None
        source = LinesSource(
            services.desk,
            self._read,
            words=lambda line: line.title,
            filters={"part": lambda line: line.parts, "noun": lambda line: (line.noun,)},
            sorts={
                "title": lambda line: line.title.casefold(),
                "parts": lambda line: line.parts,
                "noun": lambda line: line.noun,
            },
        )
        self.list = ListPanel(shape(), source, services, empty=_nothing())
        self.detail = Detail(
            services,
            read=self._tell,
            draw=self._draw,
            name="behind.detail",
            nothing=EmptyState("list", wording.text("Choose a record"), wording.text("What it says is shown here.")),
            topics=frozenset(NOUNS),
        )
        self.list.chosen.connect(self._chose)
        self.list.opened.connect(self._open)
        self.put_buttons()
        self.rows.addWidget(Split(self.list, self.detail, name="behind.split"), 1)

    def arrive(self) -> None:
        """What is shown was said by `show_uid`; without it nothing is."""
        self.list.start()

    def show_uid(self, uid: str) -> None:
        """Show what is behind a number, by the key under which it is kept."""
        found = self.services.behind.get(uid)
        if found is None or found is self._behind:
            return
        self._behind = found
        self.title.setText(f"{found.number} · {found.title}")
        self.setAccessibleName(found.spoken)
        self.say_under_title(found.how)
        self.detail.open("")
        self.list.narrow({})
        self.list.read_again()

    def _read(self, reader: Reader) -> list[BehindLine]:
        behind = self._behind
        if behind is None or behind.read is None:
            return []
        return lines_of(reader, behind.read(self.services.desk))

    def _tell(self, desk: Any, uid: str) -> RecordShown | None:
        tell = self._behind.tell if self._behind is not None else None
        found: RecordShown | None = (tell or read_record)(desk, uid)
        return found

    def _draw(self, facts: RecordShown) -> None:
        body = self.detail.body
        body.addWidget(Words(facts.title, scale="heading", wrap=True))
        sorts = Badges()
        sorts.say((facts.sort, "plain"))
        body.addWidget(sorts)
        body.addWidget(Facts(*facts.fields))
        way = way_to(facts.noun, facts.uid) or facts.way
        if way:
            go = partial(self.services.go, *way)
            button = Button(wording.text("Open it"), name="behind.open", icon="arrow-up-right", run=go)
            body.addWidget(button, 0, Qt.AlignmentFlag.AlignLeading)

    @Slot(object)
    def _chose(self, line: BehindLine | None) -> None:
        self.detail.open(plain(line.uid) if line is not None else "")

    @Slot(object)
    def _open(self, line: BehindLine) -> None:
        way = way_to(line.noun, plain(line.uid))
        if way:
            self.services.go(*way)


def _nothing() -> EmptyState:
    return EmptyState(
        "list",
        wording.text("No record is behind it"),
        wording.text("Go into a number on any page: the records that it counts are listed here."),
    )
