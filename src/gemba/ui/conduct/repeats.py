"""What a person does with repeats: add, copy, move, take out, fold; each with its undo."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from gemba import wording
from gemba.errors import Refusal, Trouble
from gemba.ui.conduct.cards import CardRow, is_counted, label_of, parted
from gemba.ui.conduct.contents import ADD, Contents
from gemba.ui.conduct.heading import HeadingRow
from gemba.ui.conduct.renaming import Gone, Renaming
from gemba.ui.conduct.ribbon import Ribbon
from gemba.ui.conduct.sheet import OpenSheet
from gemba.ui.conduct.walking import Walking

if TYPE_CHECKING:
    from gemba.ui.services import Services

_MOST_STEPS = 50


class Repeats(QObject):
    """The doings of cards.

    Args:
        services: of the window.
        contents: what stands on the sheet.
        ribbon: the rows.
        walking: goes about.
        parent: the page.
    """

    folded = Signal()
    """Something was folded or unfolded."""

    def __init__(
        self, services: Services, contents: Contents, ribbon: Ribbon, walking: Walking, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._services, self._contents = services, contents
        self._ribbon, self._walking = ribbon, walking
        self._sheet: OpenSheet | None = None
        self._done: list[tuple[str, Callable[[], None]]] = []

    @property
    def sheet(self) -> OpenSheet | None:
        """The open assessment."""
        return self._sheet

    @sheet.setter
    def sheet(self, sheet: OpenSheet | None) -> None:
        self._sheet = sheet
        self._done.clear()

    # Doing

    def add(self, repeat: str) -> None:
        """One more, last."""
        sheet = self._ready()
        if sheet is not None:
            new = sheet.add_repeat(repeat)
            self._note(wording.text("Add"), lambda: self._take_away(new))
            self._walking.go_near(new)

    def add_here(self) -> None:
        """One more of the repeat in which one is, or which the row adds to."""
        card = self.card_here()
        if card and self._sheet is not None and not is_counted(self._sheet, parted(card)[0]):
            self.add(parted(card)[0])

    def copy(self, path: str) -> None:
        """A copy, right after."""
        sheet = self._ready()
        if sheet is None:
            return
        repeat, number = parted(path)
        new = sheet.copy_repeat(repeat, number)
        self._note(wording.text("Copy"), lambda: self._take_away(new))
        self._say(wording.text("Copied {title}.", title=self._title(path)))
        self._walking.go_near(new)

    def move(self, path: str, by: int) -> None:
        """Up or down by one."""
        repeat, number = parted(path)
        sheet = self._ready()
        if sheet is None or not 1 <= number + by <= sheet.fill.repeats(repeat):
            return
        here = self._ribbon.current
        self._move(repeat, number, number + by)
        self._note(wording.text("Move"), lambda: self._move(repeat, number + by, number))
        new = f"{repeat}[{number + by}]"
        self._walking.go(new + here.removeprefix(path) if here.startswith(path) else new)

    def drop(self, path: str) -> None:
        """Take one out."""
        sheet = self._ready()
        if sheet is None:
            return
        repeat, number = parted(path)
        title = self._title(path)
        gone = sheet.take_out(repeat, number)
        self._note(wording.text("Remove"), lambda: self._bring_back(gone))
        self._say(wording.text("Removed {title}.", title=title))
        next_one = min(number, sheet.fill.repeats(repeat))
        self._ribbon.go(f"{repeat}[{next_one}]" if next_one else ADD + repeat)

    def undo(self) -> None:
        """Take the last one of these back."""
        sheet = self._ready() if self._done else None
        if sheet is not None:
            what, back = self._done.pop()
            back()
            self._services.messages.info(wording.text("Undone: {what}", what=what))

    def may_undo(self) -> bool:
        """True when there is something to take back."""
        return bool(self._done) and self._sheet is not None and not self._sheet.frozen

    # Here

    def card_here(self) -> str:
        """The innermost card in which one is; empty outside of every one."""
        here = self._ribbon.current
        cards = [band.key for band in self._contents.bands.get(here, ()) if band.kind == "card"]
        return cards[-1] if cards else ""

    def is_here(self) -> bool:
        """True while one is in a card of a draft."""
        return bool(self.card_here()) and self._sheet is not None and not self._sheet.frozen

    def copy_here(self) -> None:
        """Copy the card in which one is."""
        self._here(self.copy)

    def drop_here(self) -> None:
        """Take out the card in which one is."""
        self._here(self.drop)

    def up(self) -> None:
        """Move the card in which one is up."""
        self._here(lambda path: self.move(path, -1), counted=True)

    def down(self) -> None:
        """Move the card in which one is down."""
        self._here(lambda path: self.move(path, 1), counted=True)

    def fold_here(self) -> None:
        """Fold the card or section in which one is, or unfold it."""
        path = self.card_here() or self._section_here()
        if path:
            self.fold(path)

    def fold_all(self) -> None:
        """Fold every card; unfold them when most are folded."""
        cards = {item.path for item in self._contents.items if item.kind == "repeat"}
        here, folded = self.card_here(), self._contents.folded
        self._contents.folded = folded - cards if 2 * len(cards & folded) > len(cards) else folded | cards
        self._fold_rows()
        if here in self._contents.folded:
            self._ribbon.go(self._contents.bands[here][0].key)

    # Folding

    def fold(self, path: str) -> None:
        """Fold or unfold a card or section."""
        self._walking.settle()
        self._contents.folded ^= {path}
        here = self._ribbon.current
        self._fold_rows()
        if path in self._contents.folded and here.startswith(path):
            self._ribbon.go(path)

    def _fold_rows(self) -> None:
        self._contents.arrange()
        self.show_folds()
        self._ribbon.order(self._contents.rows, self._contents.bands)
        self.folded.emit()

    def show_folds(self) -> None:
        """Let the headings say what is folded."""
        for key in self._ribbon.live():
            row = self._ribbon.row(key)
            if isinstance(row, CardRow | HeadingRow) and row.fold(key in self._contents.folded):
                self._ribbon.redraw([key])

    def renumber(self, rename: Renaming) -> None:
        """Folds follow the repeats that they belong to."""
        self._contents.folded = {new for path in self._contents.folded if (new := rename(path)) is not None}

    # Within

    def _here(self, does: Callable[[str], None], *, counted: bool = False) -> None:
        card = self.card_here()
        if card and self._sheet is not None and (counted or not is_counted(self._sheet, parted(card)[0])):
            does(card)

    def _section_here(self) -> str:
        here = self._ribbon.current
        around = [item.path for item in self._contents.items if item.kind == "section"]
        return max((path for path in around if here == path or here.startswith(path + "/")), key=len, default="")

    def _ready(self) -> OpenSheet | None:
        """The sheet, when repeats may be rearranged now: nothing may wait that is not saved."""
        self._walking.settle()
        sheet = self._sheet
        if sheet is None or sheet.frozen:
            return None
        failures = sheet.saving.failures()
        if failures:
            error = sheet.saving.error(failures[0])
            self._services.messages.trouble(
                error if isinstance(error, Refusal | Trouble) else Trouble("conduct.not_saved")
            )
            sheet.saving.retry()
            return None
        return sheet

    def _note(self, words: str, back: Callable[[], None]) -> None:
        self._done = [*self._done, (words, back)][-_MOST_STEPS:]

    def _title(self, path: str) -> str:
        assert self._sheet is not None
        return f"{label_of(self._sheet, path)} {parted(path)[1]}"

    def _say(self, words: str) -> None:
        self._services.messages.info(words, partial(self._back_to, len(self._done) - 1))

    def _back_to(self, step: int) -> None:
        """Take back what a message tells of, and everything that came after it."""
        while len(self._done) > step:
            before = len(self._done)
            self.undo()
            if len(self._done) == before:
                return

    def _take_away(self, path: str) -> None:
        assert self._sheet is not None
        self._sheet.take_out(*parted(path))

    def _move(self, repeat: str, number: int, to: int) -> None:
        assert self._sheet is not None
        self._sheet.move_repeat(repeat, number, to)

    def _bring_back(self, gone: Gone) -> None:
        assert self._sheet is not None
        self._walking.go_near(self._sheet.bring_back(gone))
