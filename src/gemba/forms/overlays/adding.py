"""What an overlay adds: questions and whole sections of its own, at places that it names."""

from __future__ import annotations

from gemba.forms.book import Book
from gemba.forms.editing.columns import meaning
from gemba.forms.editing.steps import Row
from gemba.forms.editing.tree import Branch
from gemba.forms.editing.types import closes, opens
from gemba.forms.overlays.shape import Fault, placed, row_number


class Additions:
    """Collects the rows that an overlay adds.

    Args:
        core: over which it is laid.
        overlay: the region's workbook.
    """

    def __init__(self, core: Book, overlay: Book) -> None:
        self._core, self._overlay = core, overlay
        self._blocks: list[tuple[int, list[Row]]] = []
        self._home: dict[str, int] = {}
        self._open = 0
        self._begun = 0
        self._here = 0

    @property
    def is_open(self) -> bool:
        """Whether a section of the overlay is not closed yet: what comes belongs to it."""
        return self._open > 0

    def take(self, place: int, row: Row, known: dict[str, list[Branch]]) -> list[Fault]:
        """Take a row that adds."""
        name, kind = _said(row, "name"), _said(row, "type")
        if closes(kind):
            return self._close(place, row)
        if name and (name in known or name in self._home):
            return [self._fault(place, name, "name_taken")]
        if not kind:
            return [self._fault(place, name, "unknown_item")]
        faults = [] if self.is_open else self._begin(place, row, name, known)
        if not faults:
            self._blocks[self._here][1].append(row)
            self._home[name] = self._here
            if opens(kind):
                self._begun = place if not self._open else self._begun
                self._open += 1
        return faults

    def finish(self) -> list[Fault]:
        """What is not closed at the end."""
        if not self._open:
            return []
        name = _said(self._overlay.survey.rows[self._begun], "name")
        return [self._fault(self._begun, name, "not_closed")]

    def blocks(self) -> list[tuple[int, list[Row]]]:
        """Where the rows go in the core's survey sheet, from the bottom up, so that places stay true."""
        return [block for _, block in sorted(enumerate(self._blocks), key=lambda each: (-each[1][0], -each[0]))]

    def _begin(self, place: int, row: Row, name: str, known: dict[str, list[Branch]]) -> list[Fault]:
        after, into = placed(row, "after"), placed(row, "into")
        anchor = after or into
        if anchor in self._home:
            self._here = self._home[anchor]
            return []
        if anchor and len(known.get(anchor, ())) != 1:
            return [self._fault(place, name, "no_anchor", anchor=anchor)]
        if into and not known[into][0].holds:
            return [self._fault(place, name, "no_section", anchor=into)]
        at = known[after][0].last + 1 if after else known[into][0].last if into else len(self._core.survey.rows)
        self._blocks.append((at, []))
        self._here = len(self._blocks) - 1
        return []

    def _close(self, place: int, row: Row) -> list[Fault]:
        if not self._open:
            return [self._fault(place, "", "stray_end")]
        self._blocks[self._here][1].append(row)
        self._open -= 1
        return []

    def _fault(self, place: int, name: str, code: str, **facts: str) -> Fault:
        number = row_number(self._overlay.survey, place)
        return Fault("survey", number, "name", name, code, {"name": name, **facts})


def _said(row: Row, name: str) -> str:
    return next((text.strip() for header, text in row.items() if meaning(header).property == name), "")
