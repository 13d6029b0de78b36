"""What follows for a register from other records: drawn, with what is wanting and the entries that are proposed."""

from __future__ import annotations

from functools import partial
from typing import Any

import msgspec
from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from gemba import wording
from gemba.domain.places import Place
from gemba.errors import GembaError
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import Card, clear, column, scrolled
from gemba.ui.parts.fields import Choice, Field
from gemba.ui.parts.flow import Flow
from gemba.ui.parts.links import LinkRow
from gemba.ui.parts.words import Words
from gemba.ui.registers.view_parts import widgets
from gemba.ui.registers.ways import Way, ways
from gemba.ui.services import Services
from gemba.work.measures import measures
from gemba.work.process_maps import maps
from gemba.work.register_view import Asked, Gap, Proposal, RegisterView
from gemba.work.register_views import VIEWS, view, write_proposed

_TOPICS = frozenset(
    {
        *("register_entry", "measure", "measure_value", "process_map", "process_step", "goal", "requirement"),
        *("service_level", "complaint", "place", "evidence", "erasure", "assessment"),
    }
)
_WIDEST = 980
_MOST = 40
"""Gaps or proposals that are listed; the command line lists all."""
_LAGS = ("0", "1", "2", "3", "6", "12")

Offers = dict[str, tuple[tuple[str, str], ...]]
"""What each question of a view offers: code and words."""


class Shown(msgspec.Struct, frozen=True):
    """A view, and where the records are that it names."""

    view: RegisterView
    ways: dict[str, Way]
    offers: Offers


class ViewPanel(QWidget):
    """The derived view of one register.

    Args:
        services: of the window.
        parent: the owner.
    """

    proposed = Signal(object)
    """A proposal was chosen to be looked at; carries its `EntryDraft`."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("registers.view")
        self._services = services
        self.register = ""
        self.shown: Shown | None = None
        self.asks: dict[str, Choice] = {}
        self._row = QFrame(self)
        self._flow = Flow(self._row)
        inner = QWidget()
        self.body = QVBoxLayout(inner)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(14)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(12)
        rows.addWidget(self._row)
        self._area = scrolled(column(inner, widest=_WIDEST), name="registers.view.area")
        rows.addWidget(self._area, 1)
        services.changed.made.connect(self._hear)

    def show_register(self, code: str) -> None:
        """Show the view of another register."""
        if code != self.register:
            self.register, self.shown = code, None
            clear(self._flow)
            clear(self.body)
            self.asks = {name: self._ask_for(name) for name in VIEWS[code].asks}
            self._row.setVisible(bool(self.asks))
            self._area.verticalScrollBar().setValue(0)
        self.ask()

    @Slot()
    def ask(self) -> None:
        """Read it again."""
        what = (self.register, self.asked())
        self._services.jobs.ask(read_view, self._services.desk, *what, done=self._came, failed=self._refused)

    def _hear(self, change: Any) -> None:
        if self.register and self.isVisible() and change.topics & _TOPICS:
            self.ask()

    def asked(self) -> Asked:
        """What is chosen above the view."""
        said = {name: choice.value for name, choice in self.asks.items()}
        lags = int(said.pop("lags", "") or 3)
        return Asked(lags=lags, **{name: value or None for name, value in said.items()})

    def _ask_for(self, name: str) -> Choice:
        title = {
            "place": wording.text("Place"),
            "outcome": wording.text("Customers' outcome"),
            "lags": wording.text("Outcome may follow by"),
            "journey": wording.text("Customer's journey"),
            "process": wording.text("Way of the work"),
        }[name]
        choice = Choice(_offers_at_first(name), name=f"registers.view.{name}", parent=self)
        choice.setAccessibleName(title)
        choice.setMinimumContentsLength(18)
        choice.currentIndexChanged.connect(self.ask)
        if name == "lags":
            choice.blockSignals(True)
            choice.choose("3")
            choice.blockSignals(False)
        self._flow.addWidget(Field(title, choice, parent=self))
        return choice

    def _came(self, shown: Shown) -> None:
        if shown.view.register != self.register:
            return
        self.shown = shown
        for name, choice in self.asks.items():
            if name in shown.offers:
                choice.blockSignals(True)
                choice.offer([*_offers_at_first(name), *shown.offers[name]])
                choice.blockSignals(False)
        clear(self.body)
        self.body.addWidget(Words(shown.view.title, scale="heading", wrap=True))
        for widget in widgets(shown.view.parts, "registers.view", shown.view.title):
            self.body.addWidget(widget)
        if shown.view.gaps:
            self.body.addWidget(self._gaps(shown))
        if shown.view.proposals:
            self.body.addWidget(self._proposals(shown.view.proposals))

    def _refused(self, error: GembaError) -> None:
        clear(self.body)
        self.body.addWidget(Words(wording.sentence(error), tone="poor", wrap=True))

    def _gaps(self, shown: Shown) -> Card:
        gaps = shown.view.gaps
        card = Card(wording.plural("{n} thing is wanting", "{n} things are wanting", len(gaps)))
        card.setObjectName("registers.view.gaps")
        for at, gap in enumerate(gaps[:_MOST]):
            card.body.addWidget(self._gap(at, gap, shown.ways.get(gap.subject)))
        self._say_rest(card, len(gaps))
        return card

    def _gap(self, at: int, gap: Gap, way: Way | None) -> QWidget:
        if way is None:
            return Words(gap.words, tone="" if gap.tone == "plain" else gap.tone, wrap=True)
        return LinkRow(gap.words, name=f"registers.gap.{at}", icon="flag", go=self._services.go, to=way)

    def _proposals(self, proposals: tuple[Proposal, ...]) -> Card:
        card = Card(wording.plural("{n} entry is proposed", "{n} entries are proposed", len(proposals)))
        card.setObjectName("registers.view.proposals")
        every = wording.text("Write all of them down")
        card.head.addWidget(Button(every, name="registers.view.write", icon="check", run=self.write, parent=card))
        for one in proposals[:_MOST]:
            row = LinkRow(one.draft.title, one.reason, name=f"registers.proposed.{one.key}", icon="plus", parent=card)
            row.pressed.connect(partial(self.proposed.emit, one.draft))
            card.body.addWidget(row)
        self._say_rest(card, len(proposals))
        return card

    @Slot()
    def write(self) -> None:
        """Write down all that is proposed."""
        self._services.jobs.write(_write_all, self.register, self.asked(), done=self._written)

    def _written(self, uids: tuple[str, ...]) -> None:
        self._services.messages.info(wording.plural("Wrote {n} entry.", "Wrote {n} entries.", len(uids)))
        self.ask()

    def _say_rest(self, card: Card, count: int) -> None:
        if count > _MOST:
            words = wording.text("and {n} more; the command line lists all of them", n=count - _MOST)
            card.body.addWidget(Words(words, tone="muted", wrap=True))


def read_view(desk: Any, code: str, asked: Asked) -> Shown:
    """A view, where its records are, and what may be asked; on a job's thread."""
    found = view(desk, code, asked)
    with desk.reader() as reader:
        offers: Offers = {
            "place": tuple(
                sorted(((one.uid, one.name) for one in reader.find(Place)), key=lambda one: one[1].casefold())
            ),
            "outcome": tuple((one.uid, one.title) for one in measures(reader) if one.is_customer),
        }
        offers["journey"] = offers["process"] = tuple((one.uid, one.title) for one in maps(reader))
        return Shown(found, ways(reader, [gap.subject for gap in found.gaps if gap.subject]), offers)


def _write_all(desk: Any, code: str, asked: Asked) -> tuple[str, ...]:
    return write_proposed(desk, code, (), asked)


def _offers_at_first(name: str) -> list[tuple[str, str]]:
    if name == "lags":
        return [(lag, wording.plural("{n} period", "{n} periods", int(lag))) for lag in _LAGS]
    words = wording.text("Everywhere") if name == "place" else wording.text("As proposed")
    return [("", words)]
