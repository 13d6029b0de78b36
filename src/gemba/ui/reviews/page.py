"""Reviews: what is systemic, and why. Two tabs: the reviews of complaints, and the analyses of causes."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QWidget

from gemba import wording
from gemba.domain.causes import CauseAnalysis
from gemba.ui.actions import ActionSpec
from gemba.ui.lists.panel import ListPanel
from gemba.ui.pages.page import Page
from gemba.ui.parts.tabs import Tabs
from gemba.ui.reviews.causes_tab import CausesTab
from gemba.ui.reviews.reviews_tab import ReviewsTab
from gemba.ui.services import Services

_REVIEWS, _CAUSES = "reviews", "causes"


class ReviewsPage(Page):
    """Reviews and causes."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(services, "reviews", wording.text("Reviews"), parent)
        self.reviews = ReviewsTab(services)
        self.causes = CausesTab(services)
        self.tabs = Tabs("reviews.tabs", wording.text("Reviews and causes"))
        self.tabs.add(_REVIEWS, wording.text("Reviews"), self.reviews)
        self.tabs.add(_CAUSES, wording.text("Causes"), self.causes)
        self.tabs.shown.connect(self.arrive)
        self.reviews.bench.analysing.connect(self.show_cause)
        self.reviews.changed_part.connect(self._show_buttons)
        self._empty: dict[str, bool] = {}
        self.reviews.list.emptied.connect(self._reviews_emptied)
        self.causes.list.emptied.connect(self._causes_emptied)
        self.put_buttons()
        self.rows.addWidget(self.tabs, 1)
        self._show_buttons()

    def actions_offered(self) -> list[ActionSpec]:
        """Draw a set, look for a cause, search."""
        return [
            ActionSpec("reviews.draw", wording.text("Draw a set"), "Ctrl+N", "reviews", "plus", self.draw, "primary"),
            ActionSpec("reviews.cause", wording.text("Look for a cause"), "", "reviews", "git-fork", self.look, "bar"),
            ActionSpec("reviews.search", wording.text("Search"), "Ctrl+F", "reviews", "search", self.search),
            ActionSpec(
                "reviews.report", wording.text("Write the report"), "Ctrl+P", "reviews", "file-text", self.report
            ),
        ]

    def may_leave(self) -> bool:
        """What was typed in the editor of causes is kept first."""
        self.causes.keep_typed()
        return True

    def arrive(self) -> None:
        """Read what is shown."""
        self.causes.keep_typed()
        (self.causes if self.tabs.code == _CAUSES else self.reviews).arrive()
        self._show_buttons()

    def take_focus(self) -> None:
        """The keyboard begins in the list that is shown; while it is empty, at the page itself."""
        table = self.list.table
        (table if table.isVisible() else self).setFocus(Qt.FocusReason.OtherFocusReason)

    def sights(self) -> dict[str, Callable[[], None]]:
        """What pictures show beside the list: the entry, a review at work with its first cluster, an analysis."""
        seen: dict[str, Callable[[], None]] = {"draw": self.draw}
        reviews, causes = self.reviews.list.model, self.causes.list
        if reviews.rowCount():
            seen["clusters"] = partial(self.reviews.open, reviews.line(0).uid)
            seen["cluster"] = partial(self.reviews.bench.list.table.choose, 0)
        seen["causes"] = partial(self.tabs.show_tab, _CAUSES)
        seen["cause"] = partial(causes.table.choose, 0)
        return seen

    def show_uid(self, uid: str) -> None:
        """Show a review or an analysis, whichever has this uid."""
        self.services.jobs.ask(_is_analysis, self.services.desk, uid, done=self._show)

    @Slot()
    def draw(self) -> None:
        """Begin a review."""
        self.tabs.show_tab(_REVIEWS)
        self.reviews.begin_draw()

    @Slot()
    def look(self) -> None:
        """Begin an analysis that stands for itself."""
        self.tabs.show_tab(_CAUSES)
        self.causes.begin()

    @Slot()
    def search(self) -> None:
        """Go to the search field of the list that is shown."""
        self.list.focus_search()

    @Slot()
    def report(self) -> None:
        """Write the report of the review that is at work."""
        self.reviews.bench.report()

    @Slot(str)
    def show_cause(self, uid: str) -> None:
        """Show an analysis."""
        self.tabs.show_tab(_CAUSES)
        self.causes.show_uid(uid)

    def _show(self, found: tuple[str, bool]) -> None:
        uid, is_analysis = found
        if is_analysis:
            self.show_cause(uid)
        else:
            self.tabs.show_tab(_REVIEWS)
            self.reviews.open(uid)

    def _list(self) -> ListPanel:
        """The list that is shown."""
        if self.tabs.code == _CAUSES:
            return self.causes.list
        at_work = self.reviews.currentWidget() is self.reviews.bench
        return self.reviews.bench.list if at_work else self.reviews.list

    @Slot()
    def _show_buttons(self) -> None:
        """One primary button a page: while a set is drawn or a review is at work, theirs is it."""
        listed = self.tabs.code == _REVIEWS and self.reviews.currentIndex() == 0
        self.list = self._list()
        at_causes = self.tabs.code == _CAUSES
        self.buttons["reviews.draw"].setVisible(listed and not self._empty.get(_REVIEWS))
        self.buttons["reviews.cause"].setVisible(at_causes and not self._empty.get(_CAUSES))

    @Slot(bool)
    def _reviews_emptied(self, empty: bool) -> None:  # noqa: FBT001 - a signal's value
        self._emptied(_REVIEWS, empty=empty)

    @Slot(bool)
    def _causes_emptied(self, empty: bool) -> None:  # noqa: FBT001 - a signal's value
        self._emptied(_CAUSES, empty=empty)

    def _emptied(self, code: str, *, empty: bool) -> None:
        """While a list is empty, its empty state has the one button."""
        self._empty[code] = empty
        self._show_buttons()


def _is_analysis(desk: Any, uid: str) -> tuple[str, bool]:
    """Whether a uid is that of an analysis; on a job's thread."""
    with desk.reader() as reader:
        return uid, reader.get(CauseAnalysis, uid) is not None
