"""Transfers: the list with one of them beside it, what is done otherwise there, and why one is stopped."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import msgspec
from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gemba import wording
from gemba.domain.patterns import Pattern, Transfer
from gemba.store.pattern_lists import TRANSFERS
from gemba.ui import terms
from gemba.ui.lists.panel import ListPanel
from gemba.ui.lists.source import StoreSource
from gemba.ui.pages.detail import Detail
from gemba.ui.pages.places import PlaceNames, read_places
from gemba.ui.pages.split import Split
from gemba.ui.parts.badges import Badge, Badges
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import Card
from gemba.ui.parts.empty import EmptyState
from gemba.ui.parts.facts import Facts
from gemba.ui.parts.flow import Flow
from gemba.ui.parts.links import LinkRow
from gemba.ui.parts.words import Words
from gemba.ui.playbook.pattern_detail import bring_into_view
from gemba.ui.playbook.shapes import PATTERN_TOPICS, transfer_state, transfer_tone, transfers
from gemba.ui.playbook.transfer_forms import adapt_form, stop_form
from gemba.ui.rotations.ask_form import AskForm
from gemba.ui.services import Services
from gemba.work.effect_words import result_title
from gemba.work.pattern_facts import Carried, carried_one

_LOOKS = {"holds": "good", "partly": "fair", "regressed": "poor"}


class TransferShown(msgspec.Struct, frozen=True):
    """A transfer and the pattern that it carries."""

    one: Carried
    pattern: Pattern


class TransfersTab(QWidget):
    """List and detail.

    Args:
        services: of the window.
        parent: the owner.
    """

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.services, self.names = services, PlaceNames(services.desk)
        self.form: AskForm | None = None
        self.list = ListPanel(
            transfers(self.names), StoreSource(services.desk, TRANSFERS), services, empty=self._empty()
        )
        self.detail = Detail(
            services,
            read=read_transfer,
            draw=self._draw,
            name="transfers.detail",
            nothing=EmptyState(
                "map-pin",
                wording.text("No transfer chosen"),
                wording.text("Choose one to see what is done otherwise there, and whether it holds."),
            ),
            topics=PATTERN_TOPICS,
        )
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(Split(self.list, self.detail, name="transfers.split"), 1)
        self.list.chosen.connect(self._chose)

    def arrive(self) -> None:
        """Read the list, and what places are called."""
        self.services.jobs.ask(read_places, self.services.desk, done=self.names.take)
        self.list.start()

    def take_focus(self) -> None:
        """The keyboard begins in the list."""
        table = self.list.table
        (table if table.isVisible() else self).setFocus(Qt.FocusReason.OtherFocusReason)

    def show_uid(self, uid: str) -> None:
        """Show one transfer."""
        self.list.start()
        self.list.show_uid(uid)
        self.detail.open(uid)

    def sights(self) -> dict[str, Callable[[], None]]:
        """What pictures show besides the list."""
        if not self.list.model.rowCount():
            return {}
        return {"one": partial(self.show_uid, self.list.model.line(0).uid)}

    @Slot()
    def to_patterns(self) -> None:
        """Transfers begin with a pattern."""
        self.services.go("playbook", "patterns")

    @Slot(object)
    def _chose(self, line: Any) -> None:
        self.detail.open(line.uid if line is not None else "")

    def _draw(self, shown: TransferShown) -> None:
        self.form = None
        one, body = shown.one, self.detail.body
        body.addWidget(Words(one.transfer.number, tone="muted", scale="small"))
        body.addWidget(Words(f"{shown.pattern.title} → {one.place}", scale="heading", wrap=True))
        badges = Badges()
        badges.say((transfer_state(one.state), transfer_tone(one.state)))
        body.addWidget(badges)
        body.addWidget(
            Facts(
                (wording.text("Who answers for it there"), one.action.owner),
                (wording.text("Due"), terms.day(one.action.due)),
                (wording.text("Live since"), terms.day(one.action.live_on)),
                (wording.text("What is done otherwise, and why"), one.transfer.adapted),
                (wording.text("Stopped because"), one.transfer.stopped_because),
                (wording.text("Opened again"), one.action.reopened_because),
            )
        )
        if one.checks:
            body.addWidget(_looks(one))
        for title, under, name, icon, to in (
            (
                shown.pattern.title,
                wording.text("The pattern"),
                "transfer.pattern",
                "lightbulb",
                ("playbook", f"patterns:{shown.pattern.uid}"),
            ),
            (
                one.action.text,
                wording.text("The action of that place, with its looks"),
                "transfer.action",
                "list-checks",
                ("actions", one.action.uid),
            ),
        ):
            body.addWidget(LinkRow(title, under, name=name, icon=icon, go=self.services.go, to=to))
        if not one.transfer.stopped_because:
            body.addLayout(self._buttons(one))

    def _buttons(self, one: Carried) -> Flow:
        flow = Flow()
        for name, title, icon in (
            ("adapt", wording.text("What is done otherwise"), "pencil"),
            ("stop", wording.text("Stop it"), "circle-stop"),
        ):
            run = partial(self.begin, name, one)
            flow.addWidget(Button(title, name=f"transfer.{name}.open", icon=icon, look="quiet", run=run))
        return flow

    def begin(self, deed: str, one: Carried) -> None:
        """Open the form of a deed in place of another one."""
        self.leave()
        uid = one.transfer.uid
        self.form = (
            adapt_form(self.services, uid, one.transfer.adapted) if deed == "adapt" else stop_form(self.services, uid)
        )
        self.form.left.connect(self.leave)
        self.detail.body.insertWidget(self.detail.body.count() - 1, self.form)
        self.form.begin()
        bring_into_view(self.detail, self.form)

    @Slot()
    def leave(self) -> None:
        """Take the form away."""
        if self.form is not None:
            self.detail.body.removeWidget(self.form)
            self.form.hide()
            self.form.deleteLater()
            self.form = None

    def _empty(self) -> EmptyState:
        return EmptyState(
            "map-pin",
            wording.text("Nothing was carried anywhere yet"),
            wording.text("A pattern is carried to another place from its own page, as an action of that place."),
            Button(
                wording.text("Go to the patterns"),
                name="transfers.empty.patterns",
                icon="lightbulb",
                run=self.to_patterns,
            ),
        )


def read_transfer(desk: Any, uid: str) -> TransferShown | None:
    """Everything that the detail shows; on a job's thread."""
    with desk.reader() as reader:
        one = reader.get(Transfer, uid)
        pattern = reader.get(Pattern, one.pattern) if one is not None else None
        return TransferShown(carried_one(reader, uid), pattern) if pattern is not None else None


def _looks(one: Carried) -> Card:
    card = Card(wording.text("Does it hold?"), look="inset")
    for check in one.checks:
        row = Flow()
        row.addWidget(Words(wording.text("After {days} days", days=check.days), strong=True))
        row.addWidget(Badge(result_title(check.result), _LOOKS.get(check.result, "plain")))
        row.addWidget(Words(terms.day(check.looked_at or check.due), tone="muted"))
        card.body.addLayout(row)
        if check.note:
            card.body.addWidget(Words(check.note, wrap=True))
    return card
