"""A picture to be looked at: whole, or nearer."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize, QSizeF, Qt
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gemba.ui.drawing.eye import Eye
from gemba.ui.theme import fonts
from gemba.ui.theme.current import look


class PictureView(QWidget):
    """Shows a picture as large as fits; the wheel and `zoom` go nearer, a drag moves what is near."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.eye = Eye()
        self._picture: QImage | None = None
        self._words = ""
        self._held: QPointF | None = None
        self.setObjectName("picture")
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    @property
    def picture(self) -> QImage | None:
        """What is shown."""
        return self._picture

    def show_picture(self, picture: QImage | None, words: str = "") -> None:
        """A picture, or words in its place."""
        self._picture = picture if picture is not None and not picture.isNull() else None
        self._words = words
        self.eye.whole()
        self._refit()
        self.update()

    def zoom(self, by: float) -> None:
        """Nearer or further; 0 shows the whole picture."""
        if by:
            self.eye.nearer(by)
        else:
            self.eye.whole()
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """A good part of a laptop's screen."""
        return QSize(860, 560)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Small, for a narrow window."""
        return QSize(200, 160)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """It fits again."""
        super().resizeEvent(event)
        self._refit()

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        """Nearer around the pointer."""
        self.eye.nearer(1.0015 ** event.angleDelta().y(), event.position())
        self.update()
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Take hold of it."""
        self._held = event.position()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Pull it."""
        if self._held is not None:
            self.eye.shift(event.position() - self._held)
            self._held = event.position()
            self.update()

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Let go."""
        self._held = None

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """The picture, or words in the middle."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(look().plain_soft))
        if self._picture is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, self.eye.scale < 2)
            painter.translate(self.eye.corner)
            painter.scale(self.eye.scale, self.eye.scale)
            painter.drawImage(0, 0, self._picture)
        else:
            painter.setFont(fonts.font())
            painter.setPen(QColor(look().muted))
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(self.rect().adjusted(24, 24, -24, -24), flags, self._words)
        painter.end()

    def _refit(self) -> None:
        if self._picture is not None:
            self.eye.look_at(QSizeF(self._picture.size()), QSizeF(self.size()))
