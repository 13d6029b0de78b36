"""How a person sees the sheet: language, filter, what is hidden, folds, place. It is kept for the next time."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from gemba.ui.conduct.contents import Contents
from gemba.ui.conduct.head import Head
from gemba.ui.conduct.ribbon import Ribbon
from gemba.ui.conduct.sheet import OpenSheet
from gemba.ui.conduct.sight import Sight, keep_sight
from gemba.ui.conduct.walking import Walking, is_missing

if TYPE_CHECKING:
    from gemba.ui.services import Services


class Seeing(QObject):
    """Changes how the sheet is seen, and remembers it.

    Args:
        services: of the window.
        contents: what stands on the sheet.
        ribbon: the rows.
        walking: goes about.
        head: shows the switches.
        parent: the page.
    """

    spoken = Signal()
    """The sheet is in another language."""

    def __init__(
        self,
        services: Services,
        contents: Contents,
        ribbon: Ribbon,
        walking: Walking,
        head: Head,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._services, self._contents, self._ribbon = services, contents, ribbon
        self._walking, self._head = walking, head
        self.sheet: OpenSheet | None = None
        self._kept: Sight | None = None
        self.place = ""
        """Where one was when the assessment was left."""

    def begin(self, sheet: OpenSheet) -> None:
        """Show an assessment as it was seen last."""
        self._contents.begin()
        sight = sheet.records.sight
        self.place, self._kept = sight.place, sight
        self._contents.folded = set(sight.folded)
        if sight.language in sheet.fill.form.languages and sight.language != sheet.fill.language:
            sheet.speak(sight.language)
        self._head.show_sight(only=False, hidden=False)

    def keep(self) -> None:
        """Remember how it is seen now."""
        if self.sheet is None or not self._ribbon.current:
            return
        sight = Sight(self._ribbon.current, self.sheet.fill.language, tuple(sorted(self._contents.folded)))
        if sight != self._kept:
            self._kept = sight
            self._services.jobs.write(keep_sight, self.sheet.uid, sight, failed=_never_mind)

    # Language

    def has_languages(self) -> bool:
        """True when the checklist has more than one language."""
        return self.sheet is not None and len(self.sheet.fill.form.languages) > 1

    def speak(self, language: str) -> None:
        """Show the sheet in another of its languages; one stays where one is."""
        if self.sheet is None or language == self.sheet.fill.language:
            return
        self._walking.settle()
        self.sheet.speak(language)
        self._head.show_language(language)
        self.spoken.emit()
        self.keep()

    def next_language(self) -> None:
        """Show the sheet in its next language."""
        if self.sheet is not None and self.has_languages():
            languages = self.sheet.fill.form.languages
            here = languages.index(self.sheet.fill.language) if self.sheet.fill.language in languages else -1
            self.speak(languages[(here + 1) % len(languages)])

    # Filter

    def only_missing(self, on: bool) -> None:  # noqa: FBT001 - Qt's signal carries it
        """Show only what stands in the way of concluding, or all again."""
        if self.sheet is None:
            return
        self._walking.settle()
        if on:
            self._contents.show_only(partial(_is_missing, self.sheet))
        else:
            self._contents.only = None
            self._contents.arrange()
        self._arranged()

    def turn_only_missing(self) -> None:
        """The filter on or off."""
        self.only_missing(self._contents.only is None)

    def show_hidden(self, on: bool) -> None:  # noqa: FBT001 - Qt's signal carries it
        """Show hidden questions as muted lines with the reason, or not."""
        if self.sheet is None:
            return
        self._walking.settle()
        self._contents.shows_hidden = on
        self._contents.arrange()
        self._arranged()

    def turn_hidden(self) -> None:
        """Hidden questions shown or not."""
        self.show_hidden(not self._contents.shows_hidden)

    def _arranged(self) -> None:
        here = self._ribbon.current
        self._ribbon.order(self._contents.rows, self._contents.bands)
        self._head.show_sight(only=self._contents.only is not None, hidden=self._contents.shows_hidden)
        if not self._ribbon.current:
            walked = self._contents.walked
            self._walking.go(here if here in walked else next(iter(walked), ""))


def _is_missing(sheet: OpenSheet, path: str) -> bool:
    return is_missing(sheet.view(path))


def _never_mind(_error: Exception) -> None:
    """Where one was is no reason for a message."""
