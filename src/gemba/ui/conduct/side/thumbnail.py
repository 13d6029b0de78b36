"""A photo or file of a question as a small upright picture."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QImage, QImageReader, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget

from gemba.domain.evidence import Evidence
from gemba.store.evidence_files import EvidenceFiles
from gemba.store.photos import THUMBNAIL
from gemba.store.shown import shown
from gemba.ui.theme import fonts, icons
from gemba.ui.theme.current import look
from gemba.ui.theme.tokens import RADIUS

SIDE = 104
"""Pixels."""
_ICONS = {"image": "image", "audio": "mic", "video": "video"}


class Thumbnail(QAbstractButton):
    """One piece of evidence. Checkable where one chooses what points to a finding."""

    def __init__(self, name: str, parent: QWidget, *, checkable: bool = False) -> None:
        super().__init__(parent)
        self.setText(name)
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setCheckable(checkable)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._picture: QImage | None = None
        self._remark = ""
        self._tone = "muted"
        self._icon = "image"

    def be_a(self, media_type: str) -> None:
        """Show, while there is no picture, which sort of file it is."""
        self._icon = _ICONS.get(media_type.partition("/")[0], "file")
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """A square and a line of words."""
        return QSize(SIDE, SIDE + QFontMetrics(fonts.font("small")).height() + 4)

    def show_picture(self, picture: QImage | None) -> None:
        """The small picture, once it is there."""
        self._picture = picture if picture is not None and not picture.isNull() else None
        self.update()

    def has_picture(self) -> bool:
        """True once there is a picture to see."""
        return self._picture is not None

    def picture_size(self) -> tuple[int, int]:
        """Pixels of the picture, upright; zeros while there is none."""
        return (self._picture.width(), self._picture.height()) if self._picture is not None else (0, 0)

    def remark(self, words: str, tone: str = "muted") -> None:
        """A word below the picture in place of its name: saving, not saved."""
        self._remark, self._tone = words, tone
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """The picture fills a rounded square; the name stands below."""
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        box = QRectF(2, 2, SIDE - 4, SIDE - 4)
        self._draw_picture(painter, box)
        self._draw_edge(painter, box)
        font = fonts.font("small")
        painter.setFont(font)
        painter.setPen(QColor(getattr(look(), self._tone)))
        words = QFontMetrics(font).elidedText(self._remark or self.text(), Qt.TextElideMode.ElideMiddle, SIDE - 4)
        painter.drawText(QRectF(0, SIDE, SIDE, self.height() - SIDE), Qt.AlignmentFlag.AlignCenter, words)
        painter.end()

    def _draw_picture(self, painter: QPainter, box: QRectF) -> None:
        shape = QPainterPath()
        shape.addRoundedRect(box, RADIUS, RADIUS)
        painter.fillPath(shape, QColor(look().raised))
        if self._picture is None:
            mark = icons.pixmap(self._icon, "faint", 32)
            painter.drawPixmap(int(box.center().x() - 16), int(box.center().y() - 16), mark)
            return
        painter.save()
        painter.setClipPath(shape)
        wide, tall = self._picture.width(), self._picture.height()
        side = min(wide, tall)
        painter.drawImage(box, self._picture, QRectF((wide - side) / 2, (tall - side) / 2, side, side))
        painter.restore()

    def _draw_edge(self, painter: QPainter, box: QRectF) -> None:
        tokens = look()
        chosen = self.isCheckable() and self.isChecked()
        strong = self.hasFocus() or chosen
        colour = tokens.focus if self.hasFocus() else tokens.accent if chosen else tokens.line
        painter.setPen(QPen(QColor(colour), 3 if strong else 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box, RADIUS, RADIUS)
        if chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.accent))
            painter.drawEllipse(QRectF(box.right() - 28, box.top() + 6, 22, 22))
            painter.drawPixmap(int(box.right() - 25), int(box.top() + 9), icons.pixmap("check", "on_accent", 16))


def small_picture(files: EvidenceFiles, item: Evidence) -> QImage | None:
    """The small picture of kept evidence; for an errand thread (a `QImage` may live there, a pixmap may not)."""
    data = shown(files, item, THUMBNAIL)
    return picture_of(data) if data else None


def picture_coming(data: bytes | Path) -> QImage | None:
    """The small picture of what is on its way into the store; `None` for a film or any other file."""
    return picture_of(data) if isinstance(data, bytes) else None


def picture_of(data: bytes) -> QImage | None:
    """Bytes as a small upright picture; `None` when they are no picture."""
    from PySide6.QtCore import QBuffer, QIODevice

    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)
    size = reader.size()
    if size.isValid():
        reader.setScaledSize(size.scaled(QSize(2 * SIDE, 2 * SIDE), Qt.AspectRatioMode.KeepAspectRatioByExpanding))
    picture = reader.read()
    return None if picture.isNull() else picture
