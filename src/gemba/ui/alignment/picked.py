"""Several picked from a long list: a search field, and below it what was picked, each with a way to take it out."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gemba import wording
from gemba.ui.parts.buttons import IconButton
from gemba.ui.parts.cards import clear
from gemba.ui.parts.fields import Choice
from gemba.ui.parts.words import Words


class Picked(QWidget):
    """Codes that were picked.

    Args:
        name: object name; the search field has it, too, with `.search`.
        parent: the owner.
    """

    def __init__(self, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._titles: dict[str, str] = {}
        self._codes: list[str] = []
        self.search = Choice(name=f"{name}.search", search=True, parent=self)
        self.search.activated.connect(self._pick)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(2)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(6)
        inside.addWidget(self.search)
        inside.addLayout(self._rows)
        self.setFocusProxy(self.search)

    @property
    def codes(self) -> tuple[str, ...]:
        """What was picked, in the order of picking."""
        return tuple(self._codes)

    def offer(self, choices: Sequence[tuple[str, str]]) -> None:
        """Offer these (code, words)."""
        self._titles = dict(choices)
        self.search.offer([("", wording.text("Search, and choose")), *choices])
        self.search.choose("")

    def put(self, codes: Sequence[str]) -> None:
        """Let these be picked."""
        self._codes = list(codes)
        clear(self._rows)
        for number, code in enumerate(codes):
            self._rows.addWidget(self._row(number, code))

    def setAccessibleName(self, name: str) -> None:  # noqa: N802 - Qt's name
        """The search field is what a screen reader meets."""
        super().setAccessibleName(name)
        self.search.setAccessibleName(name)

    def pick(self, code: str) -> None:
        """Pick one more."""
        if code and code not in self._codes:
            self.put([*self._codes, code])

    @Slot()
    def _pick(self) -> None:
        self.pick(self.search.value)
        self.search.choose("")

    def _row(self, number: int, code: str) -> QWidget:
        row, title = QWidget(self), self._titles.get(code, code)
        across = QHBoxLayout(row)
        across.setContentsMargins(0, 0, 0, 0)
        across.addWidget(Words(title, wrap=True, parent=row), 1)
        out = IconButton("x", wording.text("Take out {title}", title=title), name=f"{self.objectName()}.out.{number}")
        out.clicked.connect(partial(self._take_out, code))
        across.addWidget(out)
        return row

    def _take_out(self, code: str, *_: object) -> None:
        self.put([each for each in self._codes if each != code])
