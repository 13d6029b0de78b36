"""Rating the cases of a calibration session: the list of cases above, one case with its levels below."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QToolButton, QVBoxLayout, QWidget

from gemba import wording
from gemba.domain.change import Change
from gemba.ui.parts.buttons import IconButton
from gemba.ui.parts.cards import Card, clear, column, scrolled
from gemba.ui.parts.fields import Field
from gemba.ui.parts.figure_table import FigureTable
from gemba.ui.parts.flow import Flow
from gemba.ui.parts.words import Words, repolish
from gemba.ui.services import Services
from gemba.work.calibration import rate
from gemba.work.calibration_facts import RoundFacts, SessionFacts, facts_of
from gemba.work.calibration_words import level_title

_WIDEST = 860
_HEAD = 90
"""Letters of a case in the list."""


class RatingRoom(QWidget):
    """Gives one case after the other a level; figures on the keyboard choose it.

    Args:
        services: of the window.
        parent: the owner.
    """

    left = Signal()

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("rating")
        self._services, self._uid = services, ""
        self.facts: SessionFacts | None = None
        self.title = Words("", scale="heading", wrap=True, parent=self)
        self.told = Words("", tone="muted", wrap=True, parent=self)
        heads = (wording.text("Case"), wording.text("Your rating"))
        self.table = FigureTable("rating.table", wording.text("Cases"), heads, most=8)
        self.table.chosen.connect(self._choose)
        self.table.installEventFilter(self)
        self.card = Card(look="inset", parent=self)
        self.words = Words("", wrap=True, parent=self.card)
        self.levels = QVBoxLayout()
        self.note = QLineEdit(self.card)
        self.note.setObjectName("rating.note")
        self.chips: list[QToolButton] = []
        self.card.body.addWidget(self.words)
        self.card.body.addLayout(self.levels)
        self.card.body.addWidget(Field(wording.text("&Why"), self.note, parent=self.card))
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(12)
        rows.addLayout(self._head())
        rows.addWidget(scrolled(column(self.table, self.card, widest=_WIDEST), name="rating.area"), 1)

    def open(self, uid: str) -> None:
        """Rate a session's cases."""
        self._uid, self.facts = uid, None
        self._services.jobs.ask(_read, self._services.desk, uid, done=self._came)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """The figure of a level gives it."""
        if not self._gives(event):
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """The same in the list, which would look for a case that begins with the figure."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and self._gives(event):
            return True
        return super().eventFilter(watched, event)

    def _gives(self, event: QKeyEvent) -> bool:
        at = ord(event.text()) - ord("1") if len(event.text()) == 1 else -1
        if not 0 <= at < len(self.chips) or self.note.hasFocus():
            return False
        self.give(at)
        return True

    def give(self, at: int, *_: object) -> None:
        """Give the case that is chosen a level."""
        case = self._case()
        if case and self.facts is not None:
            level = self.facts.session.levels[at]
            self._services.jobs.write(rate, self._uid, case, level, self.note.text(), done=self._given)

    def _head(self) -> QHBoxLayout:
        across = QHBoxLayout()
        across.setSpacing(12)
        back = wording.text("Back to the session")
        across.addWidget(IconButton("arrow-left", back, name="rating.leave", run=self.left.emit, parent=self))
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.title)
        words.addWidget(self.told)
        across.addLayout(words, 1)
        return across

    def _came(self, facts: SessionFacts) -> None:
        first = self.facts is None
        self.facts = facts
        self.title.setText(f"{facts.session.number} · {facts.session.title}")
        n = len(facts.left)
        left = wording.plural("{n} case is left to rate.", "{n} cases are left to rate.", n)
        self.told.setText(left if n else wording.text("All cases are rated; a rating may be changed."))
        mine = _mine(facts)
        self.table.put(
            [(_short(facts, code), level_title(mine[code]) if code in mine else "–") for code in facts.cases]
        )
        self._put_levels()
        row = self._next(self.table.currentRow() if not first else -1)
        self.table.setCurrentCell(row, 0)
        self._choose(row)

    def _next(self, row: int) -> int:
        """The next case that is not rated, from a row on; that row when there is none."""
        if self.facts is None:
            return 0
        left = [at for at, code in enumerate(self.facts.cases) if code in self.facts.left]
        return next((at for at in left if at > row), left[0] if left else max(row, 0))

    def _put_levels(self) -> None:
        clear(self.levels)
        self.chips = []
        if self.facts is None:
            return
        about = self.facts.session
        anchors = about.anchors_after or about.anchors
        for at, level in enumerate(about.levels):
            chip = QToolButton(self.card)
            chip.setText(f"{at + 1}  {level_title(level)}")
            chip.setObjectName(f"rating.level.{level}")
            chip.setAccessibleName(level_title(level))
            chip.setProperty("look", "chip")
            chip.setCheckable(True)
            chip.setCursor(Qt.CursorShape.PointingHandCursor)
            chip.clicked.connect(partial(self.give, at))
            self.chips.append(chip)
            flow = Flow()
            flow.addWidget(chip)
            self.levels.addLayout(flow)
            if anchors.get(level):
                self.levels.addWidget(Words(anchors[level], tone="muted", scale="small", wrap=True, parent=self.card))

    @Slot(int)
    def _choose(self, _row: int) -> None:
        case = self._case()
        self.card.setVisible(bool(case))
        if not case or self.facts is None:
            return
        self.words.setText(self.facts.cases[case])
        given = _mine(self.facts).get(case)
        self.note.clear()
        for chip, level in zip(self.chips, self.facts.session.levels, strict=True):
            chip.setChecked(level == given)
            chip.setProperty("active", level == given)
            repolish(chip)

    def _case(self) -> str:
        codes = list(self.facts.cases) if self.facts is not None else []
        row = self.table.currentRow()
        return codes[row] if 0 <= row < len(codes) else ""

    def _given(self, _change: Change) -> None:
        self._services.jobs.ask(_read, self._services.desk, self._uid, done=self._came)


def _read(desk: Any, uid: str) -> SessionFacts:
    with desk.reader() as reader:
        return facts_of(reader, uid, desk.person.uid)


def _mine(facts: SessionFacts) -> dict[str, str]:
    """What the viewer gave in the open round: nobody else's ratings of it are read."""
    still: RoundFacts | None = next((one for one in facts.rounds if not one.is_closed), None)
    if still is None:
        return {}
    return {code: level for code, given in still.levels.items() for level in given.values()}


def _short(facts: SessionFacts, code: str) -> str:
    said = facts.cases[code]
    return f"{code} · {said if len(said) <= _HEAD else said[:_HEAD] + '…'}"
