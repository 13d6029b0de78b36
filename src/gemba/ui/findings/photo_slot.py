"""One photo of a pair, as large as its half of the card; an empty frame that takes a file where it is missing."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QFontMetricsF,
    QImage,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from gemba.ui.conduct import photos
from gemba.ui.theme import fonts, icons
from gemba.ui.theme.current import look
from gemba.ui.theme.tokens import RADIUS

_SHAPE = 0.75
"""Height to width."""
_LEAST, _MOST = 132, 420
_ICON = 24


class PhotoSlot(QAbstractButton):
    """A photo, or the place for one. Enter, space and a click press it; files may be dropped on an empty one.

    Args:
        title: what it shows, for the one who does not see it.
        name: object name.
        takes: whether it is empty and takes a photo.
        parent: the owner.
    """

    dropped = Signal(object)
    """Files (`list[Path]`) that were dropped on it."""

    def __init__(self, title: str, *, name: str, takes: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._takes, self._over = takes, False
        self._picture: QImage | None = None
        self.setObjectName(name)
        self.setText(title)
        self.setAccessibleName(title)
        self.setToolTip(title)
        self.setAcceptDrops(takes)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setMinimumWidth(_LEAST)

    def show_picture(self, picture: QImage | None) -> None:
        """The photo, once it is there."""
        self._picture = picture if picture is not None and not picture.isNull() else None
        self.update()

    def has_picture(self) -> bool:
        """True once there is a photo to see."""
        return self._picture is not None

    def hasHeightForWidth(self) -> bool:  # noqa: N802 - Qt's name
        """It keeps its shape."""
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802 - Qt's name
        """As high as its width asks for."""
        return round(min(width, _MOST) * _SHAPE)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Half a card."""
        return QSize(260, self.heightForWidth(260))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - Qt's name
        """Files held over an empty frame are welcome."""
        if self._takes and photos.files_in(event.mimeData()):
            self._hover(over=True)
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:  # noqa: N802 - Qt's name
        """They went elsewhere."""
        self._hover(over=False)
        event.accept()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt's name
        """Files dropped on an empty frame."""
        self._hover(over=False)
        files: Sequence[Path] = photos.files_in(event.mimeData())
        if self._takes and files:
            event.acceptProposedAction()
            self.dropped.emit(list(files))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """The whole photo on a quiet ground, or a dashed frame with words."""
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        box = QRectF(1.5, 1.5, self.width() - 3, self.height() - 3)
        shape = QPainterPath()
        shape.addRoundedRect(box, RADIUS, RADIUS)
        painter.fillPath(shape, QColor(look().accent_soft if self._over else look().raised))
        if self._picture is not None:
            painter.setClipPath(shape)
            painter.drawImage(_within(box, self._picture.size()), self._picture)
            painter.setClipping(False)
        else:
            self._draw_words(painter, box)
        self._draw_edge(painter, box)
        painter.end()

    def _draw_words(self, painter: QPainter, box: QRectF) -> None:
        font = fonts.font("small")
        flags = int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap)
        room = box.adjusted(8, 0, -8, 0)
        high = QFontMetricsF(font).boundingRect(room, flags, self.text()).height()
        top = box.center().y() - (high + _ICON + 8) / 2
        tint = "accent" if self._takes else "faint"
        icon = icons.pixmap("image-plus" if self._takes else "image", tint, _ICON)
        painter.drawPixmap(int(box.center().x() - _ICON / 2), int(top), icon)
        painter.setFont(font)
        painter.setPen(QColor(look().accent_ink if self._takes else look().muted))
        painter.drawText(QRectF(room.left(), top + _ICON + 8, room.width(), high + 2), flags, self.text())

    def _draw_edge(self, painter: QPainter, box: QRectF) -> None:
        tokens = look()
        colour = tokens.focus if self.hasFocus() else tokens.accent if self._over else tokens.edge
        pen = QPen(QColor(colour), 2.5 if self.hasFocus() or self._over else 1)
        if self._picture is None and not self.hasFocus():
            pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box, RADIUS, RADIUS)

    def _hover(self, *, over: bool) -> None:
        self._over = over
        self.update()


def _within(box: QRectF, size: QSize) -> QRectF:
    """The largest rectangle of a shape in the middle of a box."""
    fitted = size.scaled(box.size().toSize(), Qt.AspectRatioMode.KeepAspectRatio)
    found = QRectF(0, 0, fitted.width(), fitted.height())
    found.moveCenter(box.center())
    return found
