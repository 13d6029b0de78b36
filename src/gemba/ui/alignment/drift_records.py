"""The judgements and decisions behind a figure of drift."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gemba import wording
from gemba.ui import terms
from gemba.ui.alignment.drift_shown import read_cases
from gemba.ui.parts.buttons import IconButton
from gemba.ui.parts.cards import Card, clear
from gemba.ui.parts.links import LinkRow
from gemba.ui.parts.words import Words
from gemba.ui.services import Services
from gemba.work.alignment_facts import Question
from gemba.work.alignment_words import constraint_title, verdict_title
from gemba.work.drift_records import MOST, CaseBehind

_SHOWN = 12
_TONES = {"aligned": "good", "part": "fair", "contrary": "poor", "cannot_tell": "plain"}


class CasesBehind(Card):
    """Hidden until a figure is opened.

    Args:
        services: of the window.
        parent: the owner.
    """

    came = Signal()
    """What was asked for is shown now."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(wording.text("Behind this figure"), look="inset", parent=parent)
        self.setObjectName("drift.records")
        self._services = services
        self._title = ""
        close = IconButton("x", wording.text("Close"), name="drift.records.close", run=self.clear, parent=self)
        self.head.addWidget(close)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(6)
        self.body.addLayout(self._rows)
        self.cases: tuple[CaseBehind, ...] = ()
        self.hide()

    def read(self, title: str, question: Question) -> None:
        """Read what stands behind a figure."""
        self._title = title
        self._services.jobs.errand(read_cases, self._services.desk, question, done=self._came)

    @Slot()
    def clear(self) -> None:
        """Nothing is opened."""
        clear(self._rows)
        self.hide()

    def _came(self, found: tuple[CaseBehind, ...]) -> None:
        self.cases = found
        clear(self._rows)
        none = wording.text("{title}: nothing was judged.", title=self._title)
        count = wording.plural("{title}: {n} verdict", "{title}: {n} verdicts", len(found), title=self._title)
        if len(found) == MOST:
            count = wording.text("{title}: the newest {n} verdicts", title=self._title, n=MOST)
        self._rows.addWidget(Words(count if found else none, strong=True, wrap=True))
        for one in found[:_SHOWN]:
            self._rows.addWidget(self._row(one))
        if len(found) > _SHOWN:
            rest = wording.plural("and {n} more", "and {n} more", len(found) - _SHOWN)
            self._rows.addWidget(Words(rest, tone="muted"))
        self.show()
        self.came.emit()

    def _row(self, one: CaseBehind) -> LinkRow:
        told = [one.number, terms.day(one.decided_on), one.place, one.goal]
        told += [constraint_title(one.constraint)] if one.constraint else []
        told += [wording.text("agreed on by both")] if one.agreed else []
        told += [wording.text("justified exception")] if one.exception else []
        evidence = one.evidence_against or one.evidence_for
        return LinkRow(
            one.title,
            " · ".join([*told, *([evidence] if evidence else [])]),
            name=f"drift.case.{one.judgement}",
            badge=(verdict_title(one.verdict), _TONES[one.verdict]),
            go=self._services.go,
            to=("alignment", f"decisions:{one.decision}"),
        )
