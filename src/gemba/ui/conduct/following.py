"""The page follows what happens to the open sheet: answers, repeats with other numbers, records, what is saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from gemba.ui.conduct.contents import HIDDEN, Contents
from gemba.ui.conduct.grid_rows import GridRow
from gemba.ui.conduct.renaming import Renaming
from gemba.ui.conduct.row import QuestionRow
from gemba.ui.conduct.saving import Field, State

if TYPE_CHECKING:
    from gemba.ui.conduct.page import ConductPage


class Following(QObject):
    """Draws again what has changed, and no more.

    Args:
        page: whose parts it tells.
        contents: what stands on the sheet.
        visited: the questions that were left before.
    """

    def __init__(self, page: ConductPage, contents: Contents, visited: set[str]) -> None:
        super().__init__(page)
        self._page, self._contents, self._visited = page, contents, visited

    def changed(self, paths: frozenset[str]) -> None:
        """Answers, labels or verdicts are others now."""
        page = self._page
        page.active.touch()
        page.ribbon.redraw([*paths, *self._contents.around(paths)])
        if self._contents.shows_hidden:
            page.ribbon.redraw([key for key in page.ribbon.live() if key.startswith(HIDDEN)])
        page.summing.soon()

    def reshape(self) -> None:
        """Questions appeared or went; who stood at one that went goes on to the next."""
        page, contents = self._page, self._contents
        assert page.sheet is not None
        here, walked = page.ribbon.current, contents.walked
        after = walked[walked.index(here) :] if here in walked else []
        contents.read(page.sheet.fill)
        page.ribbon.order(contents.rows, contents.bands)
        page.repeats.show_folds()
        if here and not page.ribbon.current:
            page.walking.go(next((path for path in after if contents.is_question(path)), ""))
        elif not page.side.path and contents.is_question(page.ribbon.current):
            self.moved(page.ribbon.current)

    def renumbered(self, rename: Renaming) -> None:
        """Repeats have other numbers: what the page knows by path follows."""
        page = self._page
        visited = {new for path in self._visited if (new := rename(path)) is not None}
        self._visited.clear()
        self._visited.update(visited)
        page.repeats.renumber(rename)
        page.ribbon.forget([key for key in self._contents.rows if rename.touches(key.lstrip("+#?"))])
        page.side.forget_place()
        page.summing.forget_names()

    def recorded(self) -> None:
        """Evidence, findings, actions or the conclusion are others now."""
        page = self._page
        page.show_facts()
        page.side.refresh()
        page.ribbon.redraw(page.ribbon.live())
        page.summing.soon()

    def saving_moved(self, field: Field) -> None:
        """Something is on its way to the store, has come there, or has not."""
        page, (sort, key) = self._page, field
        assert page.sheet is not None
        if sort == "photo":
            page.side.refresh()
        row = page.ribbon.row(key)
        if isinstance(row, QuestionRow) and row.show_state():
            page.ribbon.redraw([key])
        failures = len(page.sheet.saving.failures())
        state = State.FAILED if failures else State.SAVING if page.sheet.saving.busy() else State.SAVED
        page.head.show_saving(state, failures)

    def moved(self, path: str) -> None:
        """One is at another question: the side panel and the rail go along."""
        page = self._page
        if page.sheet is None or not self._contents.is_question(path):
            return
        before = page.side.path
        if before and before != path:
            self._visited.add(before)
            page.ribbon.redraw([before])
        page.side.show_question(page.sheet, path)
        if page.side.asking:
            page.side.show_detail()
        page.summing.mark()

    def fit_grids(self, room: int) -> None:
        """Rows have another width: grids come, or fall back to rows."""
        ribbon = self._page.ribbon
        if self._contents.fit(room):
            ribbon.renew([key for key in ribbon.live() if self._contents.is_question(key)])
            ribbon.order(self._contents.rows, self._contents.bands)

    def step_in_grid(self, path: str, by: int, column: int) -> None:
        """Up or down within a grid, in the same column."""
        self._page.walking.step(path, by)
        row = self._page.ribbon.row(self._page.ribbon.current)
        if isinstance(row, GridRow):
            row.take_column(column)

    def resized(self, path: str) -> None:
        """Something in a row unfolded or folded."""
        self._page.ribbon.forget([path])
        self._page.ribbon.redraw([path])
