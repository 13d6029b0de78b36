"""The four verdicts side by side, each with its key."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QToolButton, QWidget

from gemba import wording
from gemba.domain.judgements import AlignmentVerdict
from gemba.ui.parts.flow import Flow
from gemba.ui.parts.words import repolish
from gemba.work.alignment_words import verdict_title

TONES = {
    AlignmentVerdict.ALIGNED: "good",
    AlignmentVerdict.PART: "fair",
    AlignmentVerdict.CONTRARY: "poor",
    AlignmentVerdict.CANNOT_TELL: "plain",
}
_KEYS = {verdict: str(at) for at, verdict in enumerate(AlignmentVerdict, start=1)}


class VerdictBar(QWidget):
    """One verdict or none.

    Args:
        parent: the owner.
    """

    chosen = Signal(str)
    """Code of the verdict that a person chose."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(wording.text("Verdict"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.verdict: AlignmentVerdict | None = None
        self._chips: dict[AlignmentVerdict, QToolButton] = {}
        flow = Flow(self)
        for verdict in AlignmentVerdict:
            chip = QToolButton(self)
            chip.setText(f"{_KEYS[verdict]}  {verdict_title(verdict)}")
            chip.setObjectName(f"judging.verdict.{verdict}")
            chip.setAccessibleName(verdict_title(verdict))
            chip.setToolTip(wording.text("{verdict} (key {key})", verdict=verdict_title(verdict), key=_KEYS[verdict]))
            chip.setProperty("look", "chip")
            chip.setCheckable(True)
            chip.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            chip.setCursor(Qt.CursorShape.PointingHandCursor)
            chip.clicked.connect(partial(self._choose, verdict))
            self._chips[verdict] = chip
            flow.addWidget(chip)
        self.show_verdict(None)

    def show_verdict(self, verdict: AlignmentVerdict | None) -> None:
        """Show a verdict, or none."""
        self.verdict = verdict
        for one, chip in self._chips.items():
            chip.setChecked(one is verdict)
            if chip.property("active") is not (one is verdict):
                chip.setProperty("active", one is verdict)
                repolish(chip)

    def press(self, key: str) -> bool:
        """Choose the verdict of a key; false when the key has none."""
        found = next((verdict for verdict, own in _KEYS.items() if own == key), None)
        if found is None or not self.isEnabled():
            return False
        self._choose(found)
        return True

    def _choose(self, verdict: AlignmentVerdict, *_: object) -> None:
        self.show_verdict(verdict)
        self.chosen.emit(verdict.value)
