"""Going about in a checklist: on, back, to the next open question, from section to section."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Qt, Signal

from gemba.forms.views import View
from gemba.ui.conduct.contents import Contents
from gemba.ui.conduct.layout import Columns
from gemba.ui.conduct.rail import Rail
from gemba.ui.conduct.ribbon import Ribbon
from gemba.ui.conduct.sheet import OpenSheet
from gemba.ui.conduct.side.panel import SidePanel


class Walking(QObject):
    """Moves the keyboard through the page.

    Args:
        contents: what stands on the sheet.
        ribbon: the questions.
        rail: the sections.
        columns: fold and unfold.
        side: what belongs to the current question.
        parent: the page.
    """

    ended = Signal()
    """There is no next question: it is time to conclude."""
    unfolded = Signal()
    """A card or section was unfolded to show a question."""

    def __init__(
        self, contents: Contents, ribbon: Ribbon, rail: Rail, columns: Columns, side: SidePanel, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._contents, self._ribbon, self._rail = contents, ribbon, rail
        self._columns, self._side = columns, side
        self.sheet: OpenSheet | None = None
        rail.wanted.connect(self.go_near)
        side.done.connect(self.question)
        side.jumped.connect(self.go_missing)

    def begin(self, place: str = "") -> None:
        """Where one goes on: where one was, at the first open question of what was begun, else at the top."""
        assert self.sheet is not None
        questions = self._contents.questions
        first = next(iter(questions), "")
        begun = not self.sheet.frozen and any(self.sheet.view(path).value for path in questions[:1])
        start = next_open(questions, "", self.sheet.view) if begun else ""
        if place in questions or place in self._contents.rows:
            start = place
        self.go(start or first)
        if not start:
            self._ribbon.show_top()

    def go(self, path: str) -> None:
        """Go to a question; what hides it is unfolded."""
        self._columns.close_drawer()
        if path:
            self._unfold(path)
            self._ribbon.go(path)

    def go_near(self, path: str) -> None:
        """Show a section from its heading on, and go to its first question."""
        self._unfold(path)
        rows = self._contents.rows
        if path not in rows:
            return
        after = rows[rows.index(path) :]
        first = next((key for key in after if self._contents.is_question(key)), "")
        self._columns.close_drawer()
        self._ribbon.show_row(path)
        if first.startswith(path):
            self._ribbon.go(first, stay=True)
        elif self._ribbon.row(path) is not None:
            self._ribbon.go(first or path, stay=True)

    def step(self, path: str, by: int) -> None:
        """To the question `by` places further than `path`, among those that stand there."""
        self.go(step(self._contents.walked, path, by))

    def go_missing(self, path: str) -> None:
        """Go to a question that stands in the way, and keep the list of what is missing in sight."""
        if not self._columns.narrow:
            self._unfold(path)
            self._ribbon.go(path)
        else:
            self.go(path)

    def next(self) -> None:
        """On to the next question; from the last one to the conclusion."""
        self.settle()
        questions = self._contents.walked
        here = self._nearest()
        if questions and here == questions[-1]:
            self.ended.emit()
        else:
            self.go(step(questions, here, 1))

    def back(self) -> None:
        """Back to the question before."""
        self.settle()
        self.go(step(self._contents.walked, self._nearest(), -1))

    def next_required(self) -> None:
        """On to the next answer that is required and not there, or wrong; to the conclusion when there is none."""
        self._seek(is_missing)

    def next_open(self) -> None:
        """On to the next question that has no answer or a wrong one; to the conclusion when there is none."""
        self._seek(is_open)

    def next_section(self) -> None:
        """To the next section."""
        self._go_part(1)

    def previous_section(self) -> None:
        """To the section before."""
        self._go_part(-1)

    def sections(self) -> None:
        """Put the keyboard into the list of sections."""
        self._columns.open_rail()
        self._rail.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def beside(self) -> None:
        """Put the keyboard beside the question."""
        self._columns.open_side()
        self._side.take_focus()

    def question(self) -> None:
        """Back to the current question."""
        self.go(self._ribbon.current or next(iter(self._contents.questions), ""))

    def around(self) -> None:
        """From questions to the side panel, to the sections, and back to the questions."""
        if self._side.has_focus():
            self.sections()
        elif self._rail.hasFocus():
            self.question()
        else:
            self.beside()

    def settle(self) -> None:
        """Hand everything that is being typed to the store."""
        self._ribbon.settle()
        self._side.settle()

    def _seek(self, wanted: Callable[[View], bool]) -> None:
        self.settle()
        if self.sheet is None:
            return
        path = next_open(self._contents.questions, self._ribbon.current, self.sheet.view, wanted)
        if path:
            self.go(path)
        else:
            self.ended.emit()

    def _nearest(self) -> str:
        """The question where one is; at the heading of a card, the one before it."""
        here, rows = self._ribbon.current, self._contents.rows
        if self._contents.is_question(here) or here not in rows:
            return here
        before = [key for key in rows[: rows.index(here)] if self._contents.is_question(key)]
        return before[-1] if before else here

    def _unfold(self, path: str) -> None:
        if self._contents.unfold_around(path):
            self._ribbon.order(self._contents.rows, self._contents.bands)
            self.unfolded.emit()

    def _go_part(self, by: int) -> None:
        self.settle()
        parts = self._rail.parts
        here = self._rail.here
        if parts:
            self.go_near(parts[max(0, min(here + by, len(parts) - 1))].path)


def step(questions: Sequence[str], here: str, by: int) -> str:
    """The question `by` places further; the last or the first at the ends, and the first when one is nowhere."""
    if not questions:
        return ""
    if here not in questions:
        return questions[0]
    place = questions.index(here) + by
    return questions[max(0, min(place, len(questions) - 1))]


def next_open(
    questions: Sequence[str],
    here: str,
    view: Callable[[str], View],
    wanted: Callable[[View], bool] | None = None,
) -> str:
    """The next question without an answer or with a wrong one (or as `wanted` says), going round; empty for none."""
    is_wanted = wanted or is_open
    start = questions.index(here) + 1 if here in questions else 0
    for path in [*questions[start:], *questions[:start]]:
        if path != here and is_wanted(view(path)):
            return path
    return ""


def is_open(view: View) -> bool:
    """True when there is something to do at a question."""
    return not view.read_only and (not view.value or not view.valid)


def is_missing(view: View) -> bool:
    """True when a question stands in the way of concluding: required and empty, or with a wrong answer."""
    return not view.valid and not view.read_only
