"""The promise ledger: the list with one promise beside it, what share was kept, and the sheet for a team."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from gemba import wording
from gemba.domain.promises import standing
from gemba.domain.rotations import Commitment
from gemba.store.commitment_lists import COMMITMENTS
from gemba.ui.lineage.behind import Behind, Part, listed, these
from gemba.ui.lineage.number_link import NumberLinks
from gemba.ui.lists.panel import ListPanel
from gemba.ui.lists.source import StoreSource
from gemba.ui.pages.detail import Detail
from gemba.ui.pages.list_tab import ListTab
from gemba.ui.pages.places import PlaceNames, read_places
from gemba.ui.pages.split import Split
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import clear, column, scrolled
from gemba.ui.parts.empty import EmptyState
from gemba.ui.parts.fields import Choice
from gemba.ui.parts.figure_table import FigureTable
from gemba.ui.parts.flow import Flow
from gemba.ui.parts.words import Words
from gemba.ui.rotations.ask_form import AskForm
from gemba.ui.rotations.promise_detail import PromiseCard, draw_promise
from gemba.ui.rotations.promise_forms import promise_form
from gemba.ui.rotations.shapes import PROMISE_TOPICS, promise_state, promises
from gemba.ui.services import Services
from gemba.work.ledger import CommitmentFacts, KeptLine, LedgerFacts, commitment_facts, ledger
from gemba.work.rotation_words import kept_words
from gemba.work.you_said import you_said_sheet

_WIDEST, _LETTERS = 760, 26


class PromisesTab(ListTab):
    """List and detail, or the entry of a new promise.

    Args:
        services: of the window.
        parent: the owner.
    """

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.services, self.names = services, PlaceNames(services.desk)
        self.card: PromiseCard | None = None
        self.form: AskForm | None = None
        self.list = ListPanel(
            promises(self.names), StoreSource(services.desk, COMMITMENTS), services, empty=self._empty()
        )
        self.detail = Detail(
            services,
            read=read_promise,
            draw=self._draw,
            name="promises.detail",
            nothing=EmptyState(
                "handshake",
                wording.text("No promise chosen"),
                wording.text("Choose one to see to whom it was made, and what became of it."),
            ),
            topics=PROMISE_TOPICS | {"action"},
        )
        self.kept = Words("", wrap=True, parent=self)
        self.kept.setObjectName("promises.kept")
        self.table = FigureTable(
            "promises.shares",
            wording.text("Kept by place and role"),
            [wording.text(word) for word in ("Place or role", "Kept (95 %)", "Overdue", "Not due yet")],
            numbers=(2, 3),
            most=8,
            parent=self,
        )
        self.table.hide()
        self._form_rows = QVBoxLayout()
        self.addWidget(self._listed())
        room = QWidget(self)
        room.setLayout(self._form_rows)
        self._form_rows.setContentsMargins(0, 0, 0, 0)
        self.addWidget(scrolled(column(room, widest=_WIDEST), name="promises.form.area"))
        self.list.chosen.connect(self._chose)
        services.changed.made.connect(self._hear)

    def arrive(self) -> None:
        """Read the ledger, and what places are called."""
        self.services.jobs.ask(read_places, self.services.desk, done=self._know_places)
        self._read_ledger()
        self.list.start()

    def sights(self) -> dict[str, Callable[[], None]]:
        """What pictures show besides the list."""
        seen: dict[str, Callable[[], None]] = {"new": self.begin_adding}
        if self.list.model.rowCount():
            seen["one"] = partial(self.show_uid, self.list.model.line(0).uid)
        return seen

    @Slot()
    def begin_adding(self) -> None:
        """Open the form of a new promise."""
        clear(self._form_rows)
        self.names.read()
        self.form = promise_form(self.services, "promise", places=tuple(self.names.choices()))
        self.form.kept.connect(self.show_uid)
        self.form.left.connect(self.to_list)
        self._form_rows.addWidget(self.form)
        self.setCurrentIndex(1)
        self.form.begin()

    @Slot()
    def ask_sheet(self) -> None:
        """Ask where the sheet of the chosen place goes."""
        title, kind = wording.text("You said, we did"), wording.text("Document (*.pdf)")
        name, _ = QFileDialog.getSaveFileName(self, title, str(Path.home() / "you-said-we-did.pdf"), kind)
        if name:
            self.write_sheet(Path(name))

    def write_sheet(self, out: Path) -> None:
        """Write the sheet of the chosen place."""
        self.services.jobs.errand(_write_sheet, self.services.desk, self.place.value, out, done=self._written)

    def _listed(self) -> QWidget:
        inner = QWidget(self)
        rows = QVBoxLayout(inner)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(12)
        self.place = Choice(name="promises.sheet.place", search=True)
        self.place.setAccessibleName(wording.text("Place of the sheet"))
        self.place.setMinimumContentsLength(_LETTERS)
        self.turn = Button(
            wording.text("By place and role"), name="promises.turn", icon="list", look="quiet", run=self._turn
        )
        self.turn.setCheckable(True)
        sheet = Button(
            wording.text("You said, we did …"), name="promises.sheet", icon="download", look="quiet", run=self.ask_sheet
        )
        flow = Flow()
        for widget in (self.turn, self.place, sheet):
            flow.addWidget(widget)
        self.counts = NumberLinks("promises.counts", inner)
        rows.addWidget(self.kept)
        rows.addWidget(self.counts)
        rows.addLayout(flow)
        rows.addWidget(self.table)
        rows.addWidget(Split(self.list, self.detail, name="promises.split"), 1)
        return inner

    @Slot()
    def _turn(self) -> None:
        self.table.setVisible(self.turn.isChecked())

    def _read_ledger(self) -> None:
        self.services.jobs.ask(ledger, self.services.desk, done=self._show_ledger)

    def _show_ledger(self, found: LedgerFacts) -> None:
        said = wording.text("Kept of what was due: {share}.", share=kept_words(found.whole))
        late = wording.plural("{n} is overdue.", "{n} are overdue.", found.whole.overdue)
        look = wording.plural(
            "{n} may be kept already: its action is done.",
            "{n} may be kept already: their actions are done.",
            len(found.to_look_at),
        )
        parts = [said, late if found.whole.overdue else "", look if found.to_look_at else ""]
        self.kept.setText(" ".join(part for part in parts if part))
        self.counts.put(*_whole(found))
        lines = (*found.places, *found.roles)
        self.table.put(
            [(one.title, kept_words(one.kept), str(one.kept.overdue), str(one.kept.open)) for one in lines],
            [{2: "poor"} if one.kept.overdue else {} for one in lines],
            [_of_line(one) for one in lines],
        )

    def _know_places(self, places: Any) -> None:
        self.names.take(places)
        self.place.offer(self.names.choices())

    @Slot(object)
    def _chose(self, line: Any) -> None:
        if line is None:
            self.card = None
        self.detail.open(line.uid if line is not None else "")

    def _draw(self, facts: CommitmentFacts) -> None:
        self.card = draw_promise(self.services, self.detail, facts)

    def _written(self, out: Path) -> None:
        self.services.messages.info(wording.text("Wrote {file}.", file=out.name))

    @Slot(object)
    def _hear(self, change: Any) -> None:
        if self.isVisible() and change.topics & (PROMISE_TOPICS | {"action"}):
            self._read_ledger()

    def _empty(self) -> EmptyState:
        return EmptyState(
            "handshake",
            wording.text("Nothing is promised yet"),
            wording.text("What leaders promise at the front line stands here with its day, until it is kept."),
            Button(wording.text("Write down a promise"), name="promises.empty.add", icon="plus", run=self.begin_adding),
        )


def read_promise(desk: Any, uid: str) -> CommitmentFacts | None:
    """Everything that the detail shows; on a job's thread."""
    with desk.reader() as reader:
        return commitment_facts(reader, uid) if reader.get(Commitment, uid) is not None else None


def _write_sheet(desk: Any, place: str, out: Path) -> Path:
    you_said_sheet(desk, place, out)
    return out


_DUE = ("kept", "broken", "overdue")
"""States of promises that a share is of."""


def _promises(number: str, title: str, count: int, state: str | Sequence[str]) -> Behind:
    return listed(number, title, "rotations", tab="promises", count=count, state=state)


def _whole(found: LedgerFacts) -> list[Behind]:
    """The promises behind the sentence above the list."""
    whole = found.whole
    looked = [one.uid for one in found.to_look_at]
    return [
        _promises(str(whole.kept), wording.text("kept"), whole.kept, "kept"),
        _promises(str(whole.due), wording.text("due"), whole.due, _DUE),
        _promises(str(whole.overdue), wording.text("overdue"), whole.overdue, "overdue"),
        these(str(len(looked)), wording.text("may be kept already"), "commitment", looked),
    ]


def _of_line(one: KeptLine) -> dict[int, Behind]:
    """The promises of just this place, or of a role."""
    kept = one.kept
    wanted = (
        (1, kept_words(kept), kept.due, _DUE),
        (2, str(kept.overdue), kept.overdue, ("overdue",)),
        (3, str(kept.open), kept.open, ("open",)),
    )
    return {
        at: Behind(number=number, title=one.title, count=count, read=partial(_read_promises, one, states))
        for at, number, count, states in wanted
        if count
    }


def _read_promises(one: KeptLine, states: Sequence[str], desk: Any) -> Sequence[Part]:
    where = {"place": one.uid} if one.uid else {"role": one.title}
    with desk.reader() as reader:
        today = reader.clock().date()
        found = [(promise.uid, standing(promise, today)) for promise in reader.find(Commitment, **where)]
    apart = {state: tuple(("commitment", uid) for uid, stands in found if stands == state) for state in states}
    return [Part(promise_state(state), records) for state, records in apart.items() if records]
