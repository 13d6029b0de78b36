"""What an import would do, or has done: counts, what is unknown, and the records that are refused."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from gemba import wording
from gemba.ui import terms
from gemba.ui.complaints.import_columns import field_words
from gemba.ui.parts.cards import Card, clear, line
from gemba.ui.parts.figures import Figures
from gemba.ui.parts.words import Words
from gemba.work.import_complaints import Counted

_ROWS = 12
_VALUES = 6


class OutcomeCard(Card):
    """Hidden until something was tried or done.

    Args:
        parent: the owner.
        name: beginning of its object names.
    """

    def __init__(self, parent: QWidget | None = None, *, name: str = "complaints.import") -> None:
        super().__init__(look="inset", parent=parent)
        self._said = Words("", strong=True, wrap=True, parent=self)
        self.figures = Figures(
            f"{name}.figure",
            ("added", wording.text("new")),
            ("changed", wording.text("changed")),
            ("unchanged", wording.text("unchanged")),
            ("refused", wording.text("refused")),
            parent=self,
        )
        self._notes = QVBoxLayout()
        self._notes.setSpacing(4)
        self._rows = QWidget(self)
        self._grid = QGridLayout(self._rows)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(1, 1)
        self.body.addWidget(self._said)
        self.body.addWidget(self.figures)
        self.body.addLayout(self._notes)
        self.body.addWidget(self._rows)
        self.hide()

    def show_counts(self, counted: Counted, *, done: bool, notes: Sequence[str] | None = None) -> None:
        """Show what came of a try, or of the import itself; with other notes than those of complaints."""
        self._said.setText(
            wording.text("This was imported.") if done else wording.text("This is what an import would do.")
        )
        for code in ("added", "changed", "unchanged", "refused"):
            count = getattr(counted, code)
            self.figures.say(code, terms.number(count), "poor" if code == "refused" and count else "")
        clear(self._notes)
        for note in _notes(counted) if notes is None else notes:
            self._notes.addWidget(Words(note, tone="muted", wrap=True, parent=self))
        self._draw_refused(counted)
        self.show()

    def _draw_refused(self, counted: Counted) -> None:
        clear(self._grid)
        top = Qt.AlignmentFlag.AlignTop
        for at, row in enumerate(counted.first_refused[:_ROWS]):
            number = Words(wording.text("line {line}", line=row.line), strong=True, parent=self._rows)
            said = Words(row.words, wrap=True, parent=self._rows)
            said.setToolTip(" · ".join(cell for cell in row.cells if cell))
            self._grid.addWidget(number, 2 * at, 0, top)
            self._grid.addWidget(said, 2 * at, 1, top)
            self._grid.addWidget(line(self._rows), 2 * at + 1, 0, 1, 2)
        left = counted.refused - min(_ROWS, len(counted.first_refused))
        if left > 0:
            more = wording.plural(
                "and {n} more; all of them go into the file for repair",
                "and {n} more; all of them go into the file for repair",
                left,
            )
            self._grid.addWidget(Words(more, tone="muted", wrap=True, parent=self._rows), 2 * _ROWS, 0, 1, 2)
        self._rows.setVisible(bool(counted.refused))


def _notes(counted: Counted) -> list[str]:
    """What else a person must know, a sentence each."""
    said = []
    if counted.kept:
        said.append(
            wording.plural(
                "{n} complaint says otherwise because a person has changed it; the person's word stays.",
                "{n} complaints say otherwise because a person has changed them; the person's word stays.",
                counted.kept,
            )
        )
    if counted.erased:
        said.append(
            wording.plural(
                "The words of {n} complaint were erased and stay so.",
                "The words of {n} complaints were erased and stay so.",
                counted.erased,
            )
        )
    for field, values in counted.unknown.items():
        shown = ", ".join(f"{value} ({count})" for value, count in list(values.items())[:_VALUES])
        more = " …" if len(values) > _VALUES else ""
        said.append(wording.text("Not known as {field}: {values}", field=field_words(field), values=shown + more))
    if counted.new_places:
        said.append(wording.text("New places: {places}", places=", ".join(counted.new_places[:_VALUES])))
    for facet, codes in counted.new_codes.items():
        shown = ", ".join(list(codes.values())[:_VALUES]) + (" …" if len(codes) > _VALUES else "")
        said.append(wording.text("New in the vocabulary of {facet}: {codes}", facet=field_words(facet), codes=shown))
    if counted.refused_file:
        said.append(wording.text("Refused records with their reasons: {file}", file=counted.refused_file))
    return said
