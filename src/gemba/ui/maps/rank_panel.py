"""What hurts most on a map: its steps by weight, with what became of them since the period before."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gemba import wording
from gemba.ui import terms
from gemba.ui.maps.facts import MapShown
from gemba.ui.maps.words import change_words, severity_word
from gemba.ui.parts.cards import Card, clear
from gemba.ui.parts.facts import Facts
from gemba.ui.parts.links import LinkRow
from gemba.ui.parts.words import Words
from gemba.work.map_print import flow_figures, gap_lines, legend, weights_note
from gemba.work.pain_review import PainChange
from gemba.work.pins import StepPains


class RankPanel(QWidget):
    """The list beside the map."""

    chosen = Signal(str)
    """Uid of the step that was asked for."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("maps.rank")
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(20, 18, 20, 20)
        self._rows.setSpacing(12)

    def show_map(self, shown: MapShown) -> None:
        """Rank the steps."""
        clear(self._rows)
        if shown.facts is None or shown.review is None:
            return
        facts, pains = shown.facts, shown.review.after
        changes = {each.step: each for each in shown.review.steps}
        self._rows.addWidget(Words(wording.text("What hurts most"), scale="heading"))
        self._rows.addWidget(
            Words(
                wording.text("{begins} to {ends}", begins=terms.day(pains.begins), ends=terms.day(pains.ends)),
                tone="muted",
                scale="small",
            )
        )
        for one in pains.ranked():
            self._rows.addWidget(self._line(one, changes[one.step]))
        if not pains.ranked():
            self._rows.addWidget(
                Words(
                    wording.text("Nothing is pinned to the steps of this map in this period."), tone="muted", wrap=True
                )
            )
        self._rows.addWidget(Words(weights_note(pains), tone="muted", scale="small", wrap=True))
        card = Card(wording.text("Along the path"), look="inset")
        card.body.addWidget(Facts(*((name, figure) for figure, name in flow_figures(facts))))
        card.body.addWidget(Words(legend(), tone="muted", scale="small", wrap=True))
        self._rows.addWidget(card)
        gaps = list(gap_lines(facts))
        if gaps:
            missing = Card(wording.text("What is missing"), look="inset")
            for line in gaps:
                missing.body.addWidget(Words(line, tone="fair", wrap=True))
            self._rows.addWidget(missing)
        self._rows.addStretch(1)

    def _line(self, one: StepPains, change: PainChange) -> LinkRow:
        told = wording.plural("{n} pain", "{n} pains", one.count)
        before = wording.text("before: {n}", n=change.before)
        weight = wording.text("weight {n}", n=one.weight)
        row = LinkRow(
            f"{one.rank}. {one.title}",
            " · ".join((told, severity_word(one.worst), weight, before)),
            badge=change_words(change.verdict),
            name=f"maps.rank.{one.code or one.step}",
        )
        row.pressed.connect(partial(self.chosen.emit, one.step))
        return row
