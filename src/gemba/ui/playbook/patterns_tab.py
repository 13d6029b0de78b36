"""Patterns: the list with one of them beside it, the form of one, and the search "Has anyone solved this?"."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from gemba import wording
from gemba.domain.change import Change
from gemba.store.pattern_lists import PATTERNS
from gemba.ui.lists.panel import ListPanel
from gemba.ui.lists.source import StoreSource
from gemba.ui.pages.detail import Detail
from gemba.ui.pages.list_tab import ListTab
from gemba.ui.pages.places import PlaceNames, read_places
from gemba.ui.pages.split import Split
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import Card, clear, column, scrolled
from gemba.ui.parts.empty import EmptyState
from gemba.ui.parts.flow import Flow
from gemba.ui.parts.turning import is_turned_from
from gemba.ui.playbook.find_room import FindRoom
from gemba.ui.playbook.pattern_detail import (
    PatternShown,
    bring_into_view,
    draw_pattern,
    elsewhere_card,
    read_pattern,
)
from gemba.ui.playbook.pattern_form import FormFacts, pattern_form, read_form
from gemba.ui.playbook.shapes import PATTERN_TOPICS, patterns
from gemba.ui.playbook.transfer_forms import carry_form
from gemba.ui.rotations.ask_form import AskForm
from gemba.ui.services import Services
from gemba.work.pattern_sheet import pattern_pdf
from gemba.work.patterns import retire

_WIDEST = 860
_LIST, _FORM, _FIND = 0, 1, 2


class PatternsTab(ListTab):
    """List and detail, the entry of a pattern, or the search for one.

    Args:
        services: of the window.
        parent: the owner.
    """

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.services, self.names = services, PlaceNames(services.desk)
        self.form: AskForm | None = None
        self.carrying: AskForm | None = None
        self.list = ListPanel(patterns(self.names), StoreSource(services.desk, PATTERNS), services, empty=self._empty())
        self.detail = Detail(
            services,
            read=read_pattern,
            draw=self._draw,
            name="patterns.detail",
            nothing=EmptyState(
                "lightbulb",
                wording.text("No pattern chosen"),
                wording.text("Choose one to see on what it rests, what proves it, and how it did elsewhere."),
            ),
            topics=PATTERN_TOPICS | {"register_entry"},
        )
        self.asking = FindRoom(services, self)
        self.asking.chosen.connect(self.show_uid)
        self.asking.left.connect(self.to_list)
        self._form_rows = QVBoxLayout()
        self._form_rows.setContentsMargins(0, 0, 0, 0)
        room = QWidget(self)
        room.setLayout(self._form_rows)
        self.addWidget(self._listed())
        self.addWidget(scrolled(column(room, widest=_WIDEST), name="patterns.form.area"))
        self.addWidget(scrolled(column(self.asking, widest=_WIDEST), name="patterns.find.area"))
        self.list.chosen.connect(self._chose)

    def arrive(self) -> None:
        """Read the list, and what places are called."""
        self.services.jobs.ask(read_places, self.services.desk, done=self.names.take)
        self.list.start()

    def show_uid(self, uid: str) -> None:
        """Show one pattern; `from:<action>` writes one of an action, `find:<step>:<cause>:<place>` looks for one."""
        sort, _, rest = uid.partition(":")
        if sort == "from":
            self.open_form(action=rest)
        elif sort == "find":
            self.begin_finding(*rest.split(":"))
        else:
            self.services.jobs.call_off(self._form_read)
            self.setCurrentIndex(_LIST)
            self.list.start()
            self.list.show_uid(uid)
            self.detail.open(uid)

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """A form that was asked for is not wanted any more once its person has turned to something else."""
        super().hideEvent(event)
        if is_turned_from(self):
            self.services.jobs.call_off(self._form_read)

    def sights(self) -> dict[str, Callable[[], None]]:
        """What pictures show besides the list."""
        seen: dict[str, Callable[[], None]] = {"new": self.begin_adding, "find": self.begin_finding}
        if self.list.model.rowCount():
            seen["one"] = partial(self.show_uid, self.list.model.line(0).uid)
        return seen

    @Slot()
    def begin_adding(self) -> None:
        """Open the form of a new pattern."""
        self.open_form()

    def open_form(self, *, action: str = "", pattern: str = "") -> None:
        """Open the form of a pattern, begun from an action or as it stands."""
        self.services.jobs.ask(read_form, self.services.desk, action, pattern, done=self._form_read)

    def begin_finding(self, step: str = "", cause: str = "", place: str = "") -> None:
        """Look whether anyone has solved it."""
        self.services.jobs.call_off(self._form_read)
        self.setCurrentIndex(_FIND)
        self.asking.begin(step, cause, place)

    @Slot()
    def to_list(self) -> None:
        """Back to list and detail."""
        self.services.jobs.call_off(self._form_read)
        self.setCurrentIndex(_LIST)
        self.list.start()
        self.take_focus()

    def write_page(self, uid: str, out: Path) -> None:
        """Write a pattern as one page."""
        self.services.jobs.errand(_write, self.services.desk, uid, out, done=self._written)

    def _listed(self) -> QWidget:
        listed = QWidget(self)
        rows = QVBoxLayout(listed)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(12)
        flow = Flow()
        flow.addWidget(
            Button(
                wording.text("Has anyone solved this?"),
                name="patterns.find",
                icon="search",
                look="quiet",
                run=self.begin_finding,
            )
        )
        rows.addLayout(flow)
        rows.addWidget(Split(self.list, self.detail, name="patterns.split"), 1)
        return listed

    def _form_read(self, facts: FormFacts) -> None:
        clear(self._form_rows)
        self.form = pattern_form(self.services, facts)
        self.form.kept.connect(self.show_uid)
        self.form.left.connect(self.to_list)
        self._form_rows.addWidget(self.form)
        self.setCurrentIndex(_FORM)
        self.form.begin()

    @Slot(object)
    def _chose(self, line: Any) -> None:
        self.detail.open(line.uid if line is not None else "")

    def _draw(self, shown: PatternShown) -> None:
        facts = shown.facts
        self.carrying = None
        draw_pattern(self.services, self.detail, facts)
        card = elsewhere_card(self.services, facts)
        if not facts.pattern.retired and shown.places:
            title = wording.text("Carry it to another place")
            run = partial(self._begin_carrying, card, shown)
            card.body.addWidget(
                Button(title, name="pattern.carry", icon="arrow-right", run=run, parent=card),
                0,
                Qt.AlignmentFlag.AlignLeading,
            )
        self.detail.body.addWidget(card)
        self.detail.body.addLayout(self._buttons(shown))

    def _buttons(self, shown: PatternShown) -> Flow:
        one = shown.facts.pattern
        flow = Flow()
        back = one.retired
        for name, title, icon, run in (
            ("change", wording.text("Change it"), "pencil", partial(self.open_form, pattern=one.uid)),
            ("print", wording.text("Save as a page …"), "download", partial(self._ask_page, one.uid)),
            (
                "retire",
                wording.text("Bring it back") if back else wording.text("Retire it"),
                "archive-restore" if back else "archive",
                partial(self._retire, one.uid, back=back),
            ),
        ):
            flow.addWidget(Button(title, name=f"pattern.{name}", icon=icon, look="quiet", run=run))
        return flow

    def _begin_carrying(self, card: Card, shown: PatternShown) -> None:
        if self.carrying is not None:
            self.carrying.begin()
            return
        self.carrying = carry_form(self.services, shown.facts.pattern.uid, shown.places, card)
        self.carrying.left.connect(self._stop_carrying)
        card.body.addWidget(self.carrying)
        self.carrying.begin()
        bring_into_view(self.detail, self.carrying)

    @Slot()
    def _stop_carrying(self) -> None:
        if self.carrying is not None:
            self.carrying.hide()
            self.carrying.deleteLater()
            self.carrying = None

    def _retire(self, uid: str, *, back: bool) -> None:
        verb: Callable[..., Change] = partial(retire, back=back)
        self.services.jobs.write(verb, uid)

    def _ask_page(self, uid: str) -> None:
        title, kind = wording.text("Save as a page"), wording.text("Document (*.pdf)")
        name, _ = QFileDialog.getSaveFileName(self, title, str(Path.home() / "pattern.pdf"), kind)
        if name:
            self.write_page(uid, Path(name))

    def _written(self, out: Path) -> None:
        self.services.messages.info(wording.text("Wrote {file}.", file=out.name))

    def _empty(self) -> EmptyState:
        return EmptyState(
            "lightbulb",
            wording.text("The playbook is empty"),
            wording.text("Write down what worked, with its proof: from an action that was verified, or here."),
            Button(wording.text("Write a pattern"), name="patterns.empty.add", icon="plus", run=self.begin_adding),
        )


def _write(desk: Any, uid: str, out: Path) -> Path:
    pattern_pdf(desk, uid, out)
    return out
