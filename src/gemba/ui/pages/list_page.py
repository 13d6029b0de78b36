"""What every page of a list has: the list, the detail beside it, and how the one follows the other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from gemba import wording
from gemba.ui.actions import ActionSpec
from gemba.ui.lists.columns import Shape
from gemba.ui.lists.panel import ListPanel
from gemba.ui.lists.source import StoreSource
from gemba.ui.pages.detail import Detail
from gemba.ui.pages.page import Page
from gemba.ui.pages.places import PlaceNames, read_places
from gemba.ui.pages.split import Split
from gemba.ui.pages.tall import above_a_list
from gemba.ui.parts.badges import Badges
from gemba.ui.parts.empty import EmptyState
from gemba.ui.parts.words import Words


class ListPage(Page):
    """A list, and the one of its records that is chosen.

    Each page says what its list shows (`put_list`), what the detail shows of a record (`draw`), and what it must let go
    of when none is chosen (`forget`).
    """

    names: PlaceNames | None = None
    """Set by pages whose list names places."""

    def put_list(  # noqa: PLR0913 - a list page is declared in one go
        self,
        shape: Shape,
        lines_of: Any,
        *,
        read: Callable[[Any, str], Any],
        topics: frozenset[str],
        empty: EmptyState,
        nothing: EmptyState,
        above: Sequence[QWidget] = (),
        buttons_stay: bool = False,
        has_history: bool = True,
    ) -> None:
        """Put list and detail below what the page has already, and its buttons above.

        Args:
            shape: what the list shows.
            lines_of: the list of the store (`gemba.store.lists`).
            read: `read(desk, uid)` gives what `draw` shows, on a job's thread.
            topics: nouns whose changes make the detail read again.
            empty: in place of the list while there is nothing at all.
            nothing: in place of the detail while no record is chosen.
            above: cards that stand above the list.
            buttons_stay: the buttons lead somewhere even while the list is empty.
            has_history: what the list shows are records of the journal.
        """
        self.list = ListPanel(shape, StoreSource(self.services.desk, lines_of), self.services, empty=empty)
        self.detail = Detail(
            self.services,
            read=read,
            draw=self.draw,
            name=f"{self.code}.detail",
            nothing=nothing,
            topics=topics,
            has_history=has_history,
        )
        self.list.chosen.connect(self._chose)
        self.put_buttons()
        if not buttons_stay:
            self.offer_only_the_way_on(self.list)
        self.put_split(above)

    def put_split(self, above: Sequence[QWidget] = ()) -> None:
        """Put the list and its detail side by side, below what stands above them."""
        split = Split(self.list, self.detail, name=f"{self.code}.split")
        self.rows.addWidget(above_a_list(*above, split=split, name=f"{self.code}.area") if above else split, 1)

    def draw(self, facts: Any) -> None:
        """Put what was read into `detail.body`; pages override it."""
        raise NotImplementedError

    def forget(self) -> None:
        """No record is chosen any more; pages let go of what belonged to it."""

    def search_action(self) -> ActionSpec:
        """The way to the search field."""
        return ActionSpec(
            f"{self.code}.search", wording.text("Search"), "Ctrl+F", self.code, "search", self.list.focus_search
        )

    def arrive(self) -> None:
        """Read the list when it is first shown, and what the places are called now."""
        if self.names is not None:
            self.services.jobs.ask(read_places, self.services.desk, done=self.names.take)
        self.list.start()

    def show_uid(self, uid: str) -> None:
        """Show one record, or those that filters leave (`gemba.ui.lists.narrowed`)."""
        self.list.show_uid(uid)
        self.detail.open(uid)

    def here(self) -> str | None:
        """The filters of the list, and the record that is chosen."""
        return self.list.here()

    def head(self, title: str, *badges: tuple[str, str], number: str = "") -> None:
        """Put a record's number, title and badges at the top of the detail."""
        body = self.detail.body
        if number:
            body.addWidget(Words(number, tone="muted", scale="small"))
        body.addWidget(Words(title, scale="heading", wrap=True))
        shown = Badges()
        shown.say(*badges)
        body.addWidget(shown)

    @Slot(object)
    def _chose(self, line: Any) -> None:
        if line is None:
            self.forget()
        self.detail.open(line.uid if line is not None else "")
