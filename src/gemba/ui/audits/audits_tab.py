"""The tab of audits: the list with one beside it, the form of a new one, and the rooms in which one works at one."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from gemba import wording
from gemba.domain.change import Change
from gemba.store.audit_lists import AUDITS
from gemba.ui.audits import cards
from gemba.ui.audits.audit_detail import AuditShown, draw_audit, read_audit
from gemba.ui.audits.audit_form import AuditForm
from gemba.ui.audits.shapes import audits
from gemba.ui.lists.panel import ListPanel
from gemba.ui.lists.source import StoreSource
from gemba.ui.pages.detail import Detail
from gemba.ui.pages.list_tab import ListTab
from gemba.ui.pages.places import PlaceNames, read_places
from gemba.ui.pages.split import Split
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import column, scrolled
from gemba.ui.parts.empty import EmptyState
from gemba.ui.services import Services

_WIDEST = 760


class QuietDetail(Detail):
    """A detail that reads again only while it is seen: in a room a judgement is kept every few seconds."""

    _is_stale = False

    def hear(self, change: Any) -> None:
        """Read again what has changed, once somebody sees it."""
        if self.isVisible():
            super().hear(change)
        else:
            self._is_stale = True

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Read what has changed meanwhile."""
        super().showEvent(event)
        if self._is_stale:
            self._is_stale = False
            super().hear(Change(topics=cards.topics()))


class AuditsTab(ListTab):
    """List and detail, the entry of a new audit, or a room; one at a time.

    Args:
        services: of the window.
        parent: the owner.
    """

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.services = services
        self.names = PlaceNames(services.desk)
        self.list = ListPanel(audits(self.names), StoreSource(services.desk, AUDITS), services, empty=self._empty())
        self.detail = QuietDetail(
            services,
            read=read_audit,
            draw=self._draw,
            name="audits.detail",
            nothing=EmptyState(
                "clipboard-check",
                wording.text("No audit chosen"),
                wording.text("Choose one to see its plan, why it was chosen and how far it is."),
            ),
            topics=cards.topics(),
        )
        self.form = AuditForm(services, self)
        self._rooms: dict[str, Any] = {}
        self.addWidget(Split(self.list, self.detail, name="audits.split"))
        self.addWidget(scrolled(column(self.form, widest=_WIDEST), name="audits.form.area"))
        self.list.chosen.connect(self._chose)
        self.form.planned.connect(self._planned)
        self.form.left.connect(self.to_list)

    def arrive(self) -> None:
        """Read the list when it is first shown, and what the places are called now."""
        self.services.jobs.ask(read_places, self.services.desk, done=self.names.take)
        self.list.start()
        self.detail.hear(Change(topics=frozenset({"audit"})))
        room: Any = self.currentWidget()
        if hasattr(room, "refresh"):
            room.refresh()

    def may_leave(self) -> bool:
        """Whether the room that is shown lets go."""
        return bool(getattr(self.currentWidget(), "may_leave", lambda: True)())

    def sights(self) -> dict[str, Callable[[], None]]:
        """What pictures show beside the list: an audit, the form of a new one, each room at the first audit."""
        seen: dict[str, Callable[[], None]] = {"new": self.begin_adding}
        if self.list.model.rowCount():
            uid = self.list.model.line(0).uid
            seen |= {room.code: partial(self.enter, room.code, uid) for room in cards.ROOMS}
            seen["one"] = partial(self.show_uid, uid)
        return seen

    def show_uid(self, uid: str) -> None:
        """Show one audit beside the list; `room:uid` shows it in that room."""
        room, _, rest = uid.rpartition(":")
        if room:
            self.enter(room, rest)
            return
        self.setCurrentIndex(0)
        self.list.start()
        self.list.show_uid(uid)
        self.detail.open(uid)

    def enter(self, room: str, uid: str) -> None:
        """Show a room, with this audit in it, in place of list and detail."""
        if room not in self._rooms:
            spec = next(one for one in cards.ROOMS if one.code == room)
            made = cards.made(spec)(self.services, self)
            made.left.connect(self.to_list)
            self._rooms[room] = made
            self.addWidget(made)
        self.setCurrentWidget(self._rooms[room])
        self._rooms[room].open(uid)

    @Slot()
    def begin_adding(self) -> None:
        """Open the form of a new audit."""
        self.setCurrentIndex(1)
        self.form.begin()

    @Slot(str)
    def _planned(self, uid: str) -> None:
        self.show_uid(uid)

    @Slot(object)
    def _chose(self, line: Any) -> None:
        self.detail.open(line.uid if line is not None else "")

    def _draw(self, shown: AuditShown) -> None:
        draw_audit(self, self.detail.body, shown)

    def _empty(self) -> EmptyState:
        return EmptyState(
            "clipboard-check",
            wording.text("No audit planned yet"),
            wording.text(
                "Make the quarter's programme: it chooses sites by risk and says why. Or plan a single audit."
            ),
            Button(
                wording.text("Plan an audit"),
                name="audits.empty.add",
                icon="plus",
                run=self.begin_adding,
            ),
        )
