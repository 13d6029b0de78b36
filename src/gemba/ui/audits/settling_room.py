"""What two auditors judged differently: the list, both sides of one, and what they agree on."""

from __future__ import annotations

from functools import partial
from typing import Any

import msgspec
from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gemba import wording
from gemba.domain.change import Change
from gemba.domain.judgements import AlignmentVerdict
from gemba.domain.programmes import Audit
from gemba.store import double_counts
from gemba.ui.audits.settling_panel import SettlingPanel
from gemba.ui.parts.buttons import IconButton
from gemba.ui.parts.cards import column, scrolled
from gemba.ui.parts.figure_table import FigureTable
from gemba.ui.parts.words import Words
from gemba.ui.services import Services
from gemba.work.alignment_words import verdict_title
from gemba.work.double_judging import Pair, Settling, doubles, settle

_WIDEST = 980
_TONES = {
    AlignmentVerdict.ALIGNED: "good",
    AlignmentVerdict.PART: "fair",
    AlignmentVerdict.CONTRARY: "poor",
    AlignmentVerdict.CANNOT_TELL: "",
}


class SettlingShown(msgspec.Struct, frozen=True):
    """The disagreements of an audit."""

    audit: Audit
    pairs: tuple[Pair, ...]
    names: dict[str, str]
    """Of the auditors, by uid."""


class SettlingRoom(QWidget):
    """List above, both sides below.

    Args:
        services: of the window.
        parent: the owner.
    """

    left = Signal()

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("settling")
        self._services, self._uid = services, ""
        self.shown: SettlingShown | None = None
        self.title = Words("", scale="heading", wrap=True, parent=self)
        self.told = Words("", tone="muted", wrap=True, parent=self)
        heads = (wording.text("Decision"), wording.text("Goal"), "", "", wording.text("Agreed"))
        self.table = FigureTable("settling.table", wording.text("Disagreements"), heads, most=8)
        self.table.chosen.connect(self._choose)
        self.panel = SettlingPanel(self)
        self.panel.settled.connect(self.keep)
        inner = column(self.table, self.panel, widest=_WIDEST)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(12)
        rows.addLayout(self._head())
        rows.addWidget(scrolled(inner, name="settling.area"), 1)
        services.changed.made.connect(self._hear)

    def open(self, uid: str) -> None:
        """Show an audit's disagreements."""
        self._uid = uid
        self.refresh()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        """Read them again."""
        if self._uid:
            self._services.jobs.ask(_read, self._services.desk, self._uid, done=self._came)

    @Slot(object)
    def keep(self, settling: Settling) -> None:
        """Keep what both agreed on for the one that is chosen."""
        pair = self.panel.pair
        if pair is not None:
            done = partial(self._kept, pair.decision.number)
            does = partial(_settle, self._uid, pair.decision.uid, pair.goal.uid, settling)
            self._services.jobs.write(does, done=done, failed=self.panel.refused)

    def _head(self) -> QHBoxLayout:
        across = QHBoxLayout()
        across.setSpacing(12)
        back = wording.text("Back to the audit")
        across.addWidget(IconButton("arrow-left", back, name="settling.leave", run=self.left.emit, parent=self))
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.title)
        words.addWidget(self.told)
        across.addLayout(words, 1)
        return across

    def _came(self, shown: SettlingShown | None) -> None:
        self.shown = shown
        pairs = shown.pairs if shown is not None else ()
        if shown is not None:
            audit = shown.audit
            lead, second = (shown.names.get(one or "", "") for one in (audit.auditor, audit.second))
            self.title.setText(f"{audit.number} · {audit.title}")
            for at, name in ((2, lead), (3, second)):
                self.table.model().setHeaderData(at, Qt.Orientation.Horizontal, name)
        left = sum(one.agreed is None for one in pairs)
        self.told.setText(
            wording.plural("{n} disagreement is not settled.", "{n} disagreements are not settled.", left)
            if left
            else wording.text("Nothing is left to settle.")
        )
        self.table.put([_row(one) for one in pairs], [_tones(one) for one in pairs])
        if pairs and self.table.currentRow() < 0:
            first = next((at for at, one in enumerate(pairs) if one.agreed is None), 0)
            self.table.setCurrentCell(first, 0)
        self._choose(self.table.currentRow())

    @Slot(int)
    def _choose(self, row: int) -> None:
        pairs = self.shown.pairs if self.shown is not None else ()
        names = self.shown.names if self.shown is not None else {}
        self.panel.show_pair(pairs[row] if 0 <= row < len(pairs) else None, names)

    def _kept(self, number: str, _change: Change) -> None:
        self._services.messages.info(wording.text("Settled: {decision}.", decision=number))
        pairs = self.shown.pairs if self.shown is not None else ()
        row = self.table.currentRow()
        later = [at for at, one in enumerate(pairs) if one.agreed is None and at != row]
        if later:
            self.table.setCurrentCell(next((at for at in later if at > row), later[0]), 0)

    @Slot(object)
    def _hear(self, change: Any) -> None:
        if isinstance(change, Change) and change.topics & {"agreed_verdict", "judgement"} and self.isVisible():
            self.refresh()


def _read(desk: Any, uid: str) -> SettlingShown | None:
    """The disagreements; on a job's thread. While it is blind there are none to show."""
    with desk.reader() as reader:
        audit = reader.get(Audit, uid)
        if audit is None:
            return None
        pairs = tuple(one for one in doubles(reader, uid).pairs if one.differs)
        return SettlingShown(audit, pairs, dict(double_counts.names(reader)))


def _settle(audit: str, decision: str, goal: str, settling: Settling, desk: Any) -> Change:
    return settle(desk, audit, decision, goal, settling)


def _row(pair: Pair) -> tuple[str, ...]:
    agreed = verdict_title(pair.agreed.verdict) if pair.agreed is not None else "–"
    sides = (verdict_title(one.verdict) for one in (pair.lead, pair.second))
    return (f"{pair.decision.number} · {pair.decision.title}", pair.goal.title, *sides, agreed)


def _tones(pair: Pair) -> dict[int, str]:
    tones = {2: _TONES[pair.lead.verdict], 3: _TONES[pair.second.verdict]}
    return tones | ({4: _TONES[pair.agreed.verdict]} if pair.agreed is not None else {})
