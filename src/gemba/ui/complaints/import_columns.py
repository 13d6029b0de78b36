"""What each column of a file stands for, to be looked at and corrected."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from gemba import wording
from gemba.ui.complaints import names
from gemba.ui.parts.cards import Card, clear, line, scrolled
from gemba.ui.parts.fields import Choice
from gemba.ui.parts.words import Words
from gemba.work.intake_fields import FACETS, FIELDS
from gemba.work.intake_mapping import Guess

_HIGHEST = 460
_LONGEST = 60


class ColumnsTable(Card):
    """One row a column: its title, what stands in it, what it stands for, and why.

    Args:
        parent: the owner.
        name: beginning of its object names.
        fields: code and title of what a column may stand for; those of complaints when left out.
    """

    changed = Signal()
    """Somebody has said otherwise of a column."""

    def __init__(
        self,
        parent: QWidget | None = None,
        *,
        name: str = "complaints.import",
        fields: Sequence[tuple[str, str]] = (),
    ) -> None:
        super().__init__(look="inset", parent=parent)
        self._name, self._fields = name, fields
        self.choices: dict[str, Choice] = {}
        self._inner = QWidget()
        self._grid = QGridLayout(self._inner)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnStretch(0, 3)
        self._grid.setColumnStretch(1, 2)
        area = scrolled(self._inner, name=f"{name}.columns")
        area.setAccessibleName(wording.text("Columns of the file"))
        area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        area.setMaximumHeight(_HIGHEST)
        self._area = area
        self.body.addWidget(area)

    def put(self, guesses: Sequence[Guess]) -> None:
        """Show the columns of a file, and what they seem to stand for."""
        clear(self._grid)
        self.choices = {}
        known = self._fields or [(code, field_words(code)) for code in FIELDS]
        fields = [("", wording.text("Nothing, leave it out")), *known]
        for at, guess in enumerate(guesses):
            self._draw(at, guess, fields)
        self._area.setMinimumHeight(min(_HIGHEST, 84 * min(4, len(guesses))))

    def mapping(self) -> dict[str, str]:
        """Field by column, as it stands."""
        return {title: choice.value for title, choice in self.choices.items() if choice.value}

    def show_mapping(self, mapping: dict[str, str]) -> None:
        """Show another mapping, without telling of it."""
        for title, choice in self.choices.items():
            choice.blockSignals(True)
            choice.choose(mapping.get(title, ""))
            choice.blockSignals(False)

    def _draw(self, at: int, guess: Guess, fields: list[tuple[str, str]]) -> None:
        top, row = Qt.AlignmentFlag.AlignTop, 2 * at
        about = QWidget(self._inner)
        lines = QGridLayout(about)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setVerticalSpacing(2)
        lines.addWidget(Words(guess.column, strong=True, wrap=True, parent=about), 0, 0)
        samples = " · ".join(_brief(sample) for sample in guess.samples) or wording.text("nothing in the first records")
        lines.addWidget(Words(samples, tone="muted", scale="small", wrap=True, parent=about), 1, 0)
        choice = Choice(fields, name=f"{self._name}.column.{at}", search=True, parent=self._inner)
        choice.choose(guess.field)
        choice.setAccessibleName(wording.text("What column {column} stands for", column=guess.column))
        choice.setAccessibleDescription(guess.reason)
        choice.activated.connect(self.changed)
        self.choices[guess.column] = choice
        stands = QWidget(self._inner)
        under = QGridLayout(stands)
        under.setContentsMargins(0, 0, 0, 0)
        under.setVerticalSpacing(2)
        under.addWidget(choice, 0, 0)
        under.addWidget(Words(guess.reason, tone="muted", scale="small", wrap=True, parent=stands), 1, 0)
        self._grid.addWidget(about, row, 0, top)
        self._grid.addWidget(stands, row, 1, top)
        self._grid.addWidget(line(self._inner), row + 1, 0, 1, 2)


def field_words(code: str) -> str:
    """What a field of a complaint is called."""
    if code in FACETS:
        return names.facet(code)
    known = {
        "key": wording.text("Key: tells records apart"),
        "received_at": wording.text("Received"),
        "acknowledged_at": wording.text("Acknowledged"),
        "assessed_at": wording.text("Assessed"),
        "investigating_at": wording.text("Investigation began"),
        "decided_at": wording.text("Decided"),
        "told_at": wording.text("Customer told"),
        "closed_at": wording.text("Closed"),
        "reopened_at": wording.text("Reopened"),
        "occurred_on": wording.text("Day on which it happened"),
        "delete_by": wording.text("To be deleted by"),
        "place": wording.text("Place"),
        "severity": wording.text("Severity"),
        "state": wording.text("State"),
        "consent": wording.text("Consent"),
        "decision": wording.text("Decision"),
        "told_back": wording.text("Told back?"),
        "similar": wording.text("Similar elsewhere?"),
        "customer": wording.text("Customer"),
        "contact": wording.text("Contact"),
        "words": wording.text("Customer's words"),
        "language": wording.text("Language"),
        "summary": wording.text("Summary"),
        "remedy_sought": wording.text("Remedy sought"),
        "purpose": wording.text("Purpose"),
        "owner": wording.text("Owner"),
        "answer": wording.text("Answer to the customer"),
        "similar_note": wording.text("Where else"),
        "reopened": wording.text("How often reopened"),
        "more": wording.text("Keep it beside the complaint"),
    }
    return known.get(code, code)


def _brief(said: str) -> str:
    plain = " ".join(said.split())
    return plain if len(plain) <= _LONGEST else plain[: _LONGEST - 1] + "…"
