"""A share as a bar: of a score, of what is answered."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from gemba.ui.parts.words import Words
from gemba.ui.theme import current
from gemba.ui.theme.tokens import tone as colours


class ShareBar(QWidget):
    """A bar that is filled to a share.

    Args:
        percent: 0 to 100; `None` for nothing to show.
        tone: of the filled part.
        name: what it says, for screen readers.
        parent: the owner.
    """

    def __init__(
        self, percent: float | None, *, tone: str = "accent", name: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._percent, self._tone = percent, tone
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Flat and wide."""
        return QSize(120, 10)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the ground and the share, from where writing begins."""
        look = current.look()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        whole = QRectF(0, (self.height() - 8) / 2, self.width(), 8)
        painter.setBrush(QColor(look.line))
        painter.drawRoundedRect(whole, 4, 4)
        if self._percent:
            part = QRectF(whole)
            part.setWidth(max(8.0, whole.width() * min(self._percent, 100) / 100))
            if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
                part.moveRight(whole.right())
            ink, _ = colours(look, self._tone)
            painter.setBrush(QColor(look.accent if self._tone == "accent" else ink))
            painter.drawRoundedRect(part, 4, 4)
        painter.end()


class Shares(QWidget):
    """Several shares, each with its name and figure."""

    def __init__(self, *shares: tuple[str, float | None, str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(10)
        grid.setColumnStretch(0, 3)
        grid.setColumnStretch(1, 2)
        for row, (name, percent, figure) in enumerate(shares):
            grid.addWidget(Words(name, wrap=True, parent=self), row, 0)
            grid.addWidget(ShareBar(percent, name=f"{name}: {figure}", parent=self), row, 1)
            grid.addWidget(Words(figure, strong=True, parent=self), row, 2, Qt.AlignmentFlag.AlignRight)
