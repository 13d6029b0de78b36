"""The two ways of looking at actions: the list with one beside it, or the board."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from gemba import wording
from gemba.reports.facts import Rendered
from gemba.ui.actions import ActionSpec
from gemba.ui.parts.tabs import Tabs
from gemba.work.board_sheet import board_pdf

if TYPE_CHECKING:
    from gemba.ui.board.board_view import BoardView
    from gemba.ui.pages.list_page import ListPage

BOARD = "board"


class ListOrBoard(QObject):
    """Puts a switch above the list of a page; the board is made when it is first shown.

    Args:
        page: whose list with detail is its last row.
    """

    def __init__(self, page: ListPage) -> None:
        super().__init__(page)
        self._page = page
        item = page.rows.takeAt(page.rows.count() - 1)
        listed = item.widget() if item is not None else None
        assert listed is not None  # the list and its detail
        self._room = QWidget()
        self._board: BoardView | None = None
        self.tabs = Tabs("actions.ways", wording.text("Ways of looking at actions"), page)
        self.tabs.add("list", wording.text("List"), listed)
        self.tabs.add(BOARD, wording.text("Board"), self._room)
        self.tabs.shown.connect(self._show)
        page.rows.addWidget(self.tabs, 1)
        page.list.emptied.connect(self._offer)
        self._say_buttons()

    @property
    def is_board(self) -> bool:
        """True while the board is shown."""
        return self.tabs.code == BOARD

    @property
    def board(self) -> BoardView:
        """The board, made now if it was not."""
        if self._board is None:
            from gemba.ui.board.board_view import BoardView

            self._board = BoardView(self._page.services, self._room)
            self._board.listed.connect(self._to_list)
            inside = QVBoxLayout(self._room)
            inside.setContentsMargins(0, 0, 0, 0)
            inside.addWidget(self._board)
        return self._board

    def arrive(self) -> None:
        """Read the board when it is shown."""
        if self.is_board:
            self.board.arrive()

    def take_focus(self) -> bool:
        """Let the keyboard begin on the board; whether it is shown."""
        if self.is_board:
            self.board.take_focus()
        return self.is_board

    def show_uid(self, uid: str) -> bool:
        """Show the board, or a card on it; whether that was meant."""
        code, _, rest = uid.partition(":")
        if code != BOARD:
            self.tabs.show_tab("list")
            return False
        self.tabs.show_tab(BOARD)
        if rest:
            self.board.show_uid(rest)
        return True

    def mark_done(self) -> bool:
        """Keep the proof that stands beside the board; whether the board is shown."""
        if not self.is_board:
            return False
        if self.board.detail.detail.uid:
            self.board.detail.mark_done()
        else:
            self._page.services.messages.info(wording.text("Look at a card first: press Enter on it."))
        return True

    def sights(self) -> dict[str, Callable[[], None]]:
        """The board, also with swim lanes and a card beside it."""
        return {BOARD: self._see_board, "board.owners": self._see_owners}

    @Slot()
    def set_limits(self) -> None:
        """Open the limits of the columns."""
        self.show_uid(BOARD)
        self.board.limits.open()

    @Slot()
    def print_board(self) -> None:
        """Ask where the PDF goes, and write it."""
        title = wording.text("Board of actions")
        proposed = str(Path.home() / "board.pdf")
        name, _ = QFileDialog.getSaveFileName(self._page, title, proposed, wording.text("PDF (*.pdf)"))
        if name:
            self.write(Path(name))

    def write(self, out: Path) -> None:
        """Write the board that is shown as a PDF."""
        services, filters = self._page.services, self.board.filters
        work = partial(board_pdf, by=filters.by.value)
        services.jobs.errand(work, services.desk, out, filters.where, done=self._written, label="board")

    def _written(self, made: Rendered) -> None:
        words = wording.plural("The board was written: {n} page.", "The board was written: {n} pages.", made.pages)
        self._page.services.messages.info(words)

    def _see_board(self) -> None:
        self.show_uid(BOARD)

    def _see_owners(self) -> None:
        self.show_uid(BOARD)
        self.board.filters.by.choose("owner")

    @Slot(str)
    def _to_list(self, uid: str) -> None:
        self.tabs.show_tab("list")
        self._page.show_uid(uid)

    @Slot(str)
    def _show(self, _code: str) -> None:
        self._say_buttons()
        self.arrive()

    @Slot(bool)
    def _offer(self, is_empty: bool) -> None:  # noqa: FBT001 - a signal's value
        self.tabs.show_names(shown=not is_empty)

    def _say_buttons(self) -> None:
        for code in ("actions.limits", "actions.print"):
            self._page.buttons[code].setVisible(self.is_board)


def board_actions(page: Any) -> list[ActionSpec]:
    """What can be done with the board."""
    title = wording.text
    return [
        ActionSpec("actions.board", title("Show the board"), "Ctrl+Shift+B", "actions", "columns-3", _to_board(page)),
        ActionSpec("actions.limits", title("Limits"), "", "actions", "gauge", _of_ways(page, "set_limits"), "bar"),
        ActionSpec("actions.print", title("Print"), "", "actions", "printer", _of_ways(page, "print_board"), "bar"),
    ]


def _to_board(page: Any) -> Callable[[], object]:
    return partial(_show_board, page)


def _show_board(page: Any) -> None:
    page.ways.show_uid(BOARD)
    page.ways.take_focus()


def _of_ways(page: Any, name: str) -> Callable[[], object]:
    return partial(_run, page, name)


def _run(page: Any, name: str) -> None:
    """The ways are made after the page's buttons."""
    getattr(page.ways, name)()
