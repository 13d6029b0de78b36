"""The board: filters, what can be done with chosen cards, the columns, and one card beside them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QMenu, QScrollArea, QSplitter, QVBoxLayout, QWidget

from gemba import wording
from gemba.domain.actions import Lane
from gemba.domain.change import Change
from gemba.errors import GembaError
from gemba.ui.board.ask_bar import AskBar
from gemba.ui.board.band_row import BandRow
from gemba.ui.board.card_detail import CardDetail
from gemba.ui.board.filters import BoardFilters, Offered, read_offered
from gemba.ui.board.lane_column import LaneColumn
from gemba.ui.board.limits_bar import LimitsBar
from gemba.ui.board.picked_bar import PickedBar
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import clear
from gemba.ui.parts.empty import EmptyState
from gemba.ui.parts.words import Words
from gemba.ui.services import Services
from gemba.work import action_board
from gemba.work.board_cards import AT_ONCE, DONE, LANES, BoardShown, Card, column_title, more_cards, shown_board

TOPICS = frozenset({"action", "place", "goal", "setting"})
_BANDS, _IN_BAND = 6, 8


class BoardView(QWidget):
    """The board of open actions.

    Args:
        services: of the window.
        parent: the owner.
    """

    listed = Signal(str)
    """This action is to be shown in the list."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("board")
        self.services = services
        self.shown: BoardShown | None = None
        self.bands: list[BandRow] = []
        self._most_bands, self._offered, self._wanted = _BANDS, Offered((), (), ()), ""
        self.filters = BoardFilters(self)
        self.limits = LimitsBar(services, self)
        self.told = Words("", tone="muted", scale="small", wrap=True, parent=self)
        self.told.setObjectName("board.told")
        self.picked_bar = PickedBar(self)
        self.ask = AskBar(services, self)
        self.detail = CardDetail(services, self)
        self.empty = EmptyState(
            "columns-3",
            wording.text("Nothing stands on the board"),
            wording.text("Give a finding an action, or show more by choosing other filters."),
            Button(wording.text("Show all"), name="board.clear", icon="x", run=self.filters.clear, parent=self),
            parent=self,
        )
        self._lay_out()
        self.filters.changed.connect(self._narrowed)
        self.limits.closed.connect(self._take_focus)
        self.picked_bar.wanted.connect(self._do)
        self.ask.answered.connect(self._answered)
        self.ask.left.connect(self._was_left)
        self.detail.listed.connect(self.listed)
        self.detail.left.connect(self._take_focus)
        services.changed.made.connect(self._hear)

    @Slot()
    def arrive(self) -> None:
        """Read the board, and what it can be narrowed by."""
        desk, jobs = self.services.desk, self.services.jobs
        by = self.filters.by.value
        read = partial(shown_board, by=by, bands=self._most_bands, most=_IN_BAND if by else AT_ONCE)
        jobs.ask(read, desk, self.filters.where, done=self.show_facts)
        jobs.ask(read_offered, desk, done=self._offer)

    def show_facts(self, shown: BoardShown) -> None:
        """Show what was read."""
        self.shown = shown
        keys = [band.key for band in shown.bands]
        if keys != [row.key for row in self.bands]:
            self._make_bands(keys)
        for row, band in zip(self.bands, shown.bands, strict=True):
            row.put(band)
        count = sum(column.count for band in shown.bands for column in band.columns)
        self.empty.setVisible(not count)
        self._area.setVisible(bool(count))
        self.more_bands.setVisible(shown.more_bands)
        self.told.setText(_told(shown, narrowed=self.filters.is_narrowed))
        self.told.setVisible(bool(self.told.text()))
        if self._wanted:
            self._pick(self._wanted)
        self._say_picked()

    def show_uid(self, uid: str) -> None:
        """Choose a card and show it beside the board."""
        self._wanted = uid
        self.detail.open(uid)
        self._pick(uid)

    def picked(self) -> list[Card]:
        """The cards that are chosen, in all columns."""
        return [card for row in self.bands for view in row.views() for card in view.picked()]

    @Slot(object, str)
    def move_cards(self, uids: Sequence[str], code: str) -> None:
        """Put cards into a column; where they wait and whether they are done is asked first."""
        if code == DONE:
            self.detail.open(uids[0])
            self.services.messages.info(wording.text("What is done needs a word of proof: say it beside the board."))
        elif code == Lane.WAITING:
            self.ask.ask("wait", uids)
            self._say_picked()
        else:
            self._wanted = uids[0]
            self.services.jobs.write(
                action_board.move_all, tuple(uids), Lane(code), done=self._moved, failed=self._refused
            )

    def _moved(self, change: Change) -> None:
        words = wording.text("Moved.")
        undo = partial(self._take_back, change.uid) if change.uid else None
        self.services.messages.info(words, undo=undo)

    def _take_back(self, uid: str) -> None:
        from gemba.ui.history.facts import take_last_back

        self.services.jobs.write(take_last_back, uid)

    def _refused(self, error: GembaError) -> None:
        self.services.messages.trouble(error)

    @Slot(str)
    def _do(self, what: str) -> None:
        """What was pressed for the chosen cards."""
        cards = self.picked()
        uids = [card.uid for card in cards]
        if not uids:
            return
        self.ask.hide()
        if what in LANES:
            self.move_cards(uids, what)
        elif what == "wake":
            self.services.jobs.write(action_board.snooze_all, tuple(uids), None)
        elif what == "open":
            self.detail.open(uids[0])
        elif what == "give":
            self.ask.ask("give", uids, offered=self._offered.owners)
        elif what == "merge":
            self.ask.ask("merge", uids, offered=[(card.uid, f"{card.number} {card.text[:60]}") for card in cards])
        else:
            self.ask.ask(what, uids)
        self._say_picked()

    @Slot(QPoint)
    def show_menu(self, where: QPoint) -> None:
        """What can be done with the chosen cards, where the pointer is."""
        menu = self.menu()
        menu.exec(where)
        menu.deleteLater()

    def menu(self) -> QMenu:
        """What can be done with the chosen cards."""
        menu, count = QMenu(self), len(self.picked())
        offers = [(code, wording.text("Move to: {column}", column=column_title(code))) for code in LANES]
        offers += [("", ""), ("give", wording.text("Give to somebody else …")), ("rest", wording.text("Let rest …"))]
        if any(card.rests_until for card in self.picked()):
            offers.append(("wake", wording.text("Wake now")))
        if count > 1:
            offers.append(("merge", wording.text("Merge what says the same …")))
        offers += [("", ""), ("open", wording.text("Look at the card"))]
        for code, words in offers:
            if code:
                menu.addAction(words).triggered.connect(partial(self._do, code))
            else:
                menu.addSeparator()
        return menu

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Escape closes what stands beside the board."""
        if event.key() == Qt.Key.Key_Escape and self.detail.isVisible():
            self.detail.leave()
            return
        super().keyPressEvent(event)

    def take_focus(self) -> None:
        """The keyboard begins at the first card."""
        self._take_focus()

    @Slot()
    def _take_focus(self) -> None:
        for row in self.bands:
            for view in row.views():
                if view.cards.cards:
                    view.setFocus(Qt.FocusReason.OtherFocusReason)
                    if not self.picked():
                        view.setCurrentIndex(view.cards.index(0))
                    return

    @Slot(str)
    def _answered(self, _sort: str) -> None:
        self._take_focus()
        self._say_picked()

    @Slot()
    def _was_left(self) -> None:
        self._take_focus()
        self._say_picked()

    @Slot(object)
    def _was_picked(self, view: Any) -> None:
        """A click in one column lets go of the others, unless Ctrl or Shift is held."""
        held = QApplication.keyboardModifiers() & (
            Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        )
        if view.picked() and not held:
            for other in (each for row in self.bands for each in row.views() if each is not view):
                other.blockSignals(True)
                other.clearSelection()
                other.blockSignals(False)
        self._say_picked()

    def _say_picked(self) -> None:
        """One thing at a time: while something is asked, the buttons rest."""
        self.picked_bar.say([] if self.ask.isVisibleTo(self) else self.picked())

    def _pick(self, uid: str) -> None:
        for row in self.bands:
            for view in row.views():
                if view.pick(uid):
                    view.setFocus(Qt.FocusReason.OtherFocusReason)
                    self._wanted = ""
                    return

    @Slot()
    def _narrowed(self) -> None:
        self._most_bands = _BANDS
        self.arrive()

    @Slot()
    def _show_more_bands(self) -> None:
        self._most_bands += _BANDS
        self.arrive()

    @Slot(str, str, str)
    def _want_more(self, band: str, code: str, after: str) -> None:
        where = {**self.filters.where, **({self.filters.by.value: band} if band else {})}
        lane = next(row.columns[code] for row in self.bands if row.key == band)
        done = partial(self._more_came, lane, self.shown)
        self.services.jobs.ask(more_cards, self.services.desk, code, where, after, done=done, spot=lane)

    def _more_came(self, lane: LaneColumn, board: BoardShown | None, cards: tuple[Card, ...]) -> None:
        """More of a lane, unless the board was read again meanwhile: then its lanes begin anew."""
        if board is self.shown:
            lane.append(cards)

    def _offer(self, found: Offered) -> None:
        self._offered = found
        self.filters.offer(found)

    @Slot(object)
    def _hear(self, change: Change) -> None:
        if self.isVisible() and change.topics & TOPICS:
            self.arrive()

    def _make_bands(self, keys: list[str]) -> None:
        clear(self._rows)
        self.bands = [BandRow(key) for key in keys]
        for row in self.bands:
            row.wanted.connect(self._want_more)
            row.moved.connect(self.move_cards)
            row.opened.connect(self.detail.open)
            row.asked.connect(self.show_menu)
            row.picked.connect(self._was_picked)
            self._rows.addWidget(row, 1)

    def _lay_out(self) -> None:
        inner = QWidget()
        inner.setProperty("look", "scrolled")
        self._rows = QVBoxLayout(inner)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(16)
        self._area = QScrollArea(self)
        self._area.setObjectName("board.area")
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setWidget(inner)
        self.more_bands = Button(
            wording.text("Show more swim lanes"),
            name="board.more_bands",
            icon="chevron-down",
            look="quiet",
            run=self._show_more_bands,
            parent=self,
        )
        self.more_bands.hide()
        self.empty.hide()
        left = QWidget(self)
        rows = QVBoxLayout(left)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(10)
        for part in (self.filters, self.limits, self.told, self.picked_bar, self.ask):
            rows.addWidget(part)
        rows.addWidget(self._area, 1)
        rows.addWidget(self.empty, 1)
        rows.addWidget(self.more_bands, 0, Qt.AlignmentFlag.AlignLeft)
        split = QSplitter(Qt.Orientation.Horizontal, self)
        split.setObjectName("board.split")
        split.setChildrenCollapsible(False)
        split.setHandleWidth(16)
        split.addWidget(left)
        split.addWidget(self.detail)
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(split)


def _told(shown: BoardShown, *, narrowed: bool) -> str:
    parts = []
    if shown.resting:
        words = wording.plural("{n} action rests until its day", "{n} actions rest until their day", shown.resting)
        parts.append(words)
    if narrowed:
        parts.append(wording.text("counts are of what is shown; limits count all"))
    return " · ".join(parts)
