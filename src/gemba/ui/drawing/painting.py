"""Marks on the screen, by the same geometry by which `gemba.store.burning` burns them in."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter, QPen, QPolygonF

from gemba.domain.evidence import Mark, MarkShape
from gemba.store import mark_shapes as shapes
from gemba.store.mark_shapes import Box, Point

_LINE = 1.25
"""Distance of lines of words, in letters' heights, as in `gemba.store.lettering`."""


def paint_marks(painter: QPainter, picture: QImage, marks: tuple[Mark, ...]) -> None:
    """Paint marks in pixels of the picture; redactions come first."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for mark in marks:
        if shapes.is_redaction(mark):
            _hide(painter, picture, mark)
    for mark in marks:
        if not shapes.is_redaction(mark):
            _draw(painter, mark, (picture.width(), picture.height()))


def frame_of(mark: Mark, size: tuple[int, int]) -> Box:
    """The box around everything that a mark shows, in pixels of the picture."""
    points = shapes.spots(mark, size)
    if mark.shape in {MarkShape.TEXT, MarkShape.NUMBER}:
        return _ground(mark, points[0], size)
    if shapes.is_redaction(mark):
        left, top, right, bottom = shapes.hidden_box(mark, size)
        return float(left), float(top), float(right), float(bottom)
    return shapes.box_of(points)


def letters(height: float) -> QFont:
    """The bold font of words and numbers, in pixels of the picture."""
    font = QFont(["Noto Sans", "Noto Sans Arabic", "Noto Sans Hebrew", "DejaVu Sans"])
    font.setPixelSize(max(6, round(height)))
    font.setWeight(QFont.Weight.Bold)
    return font


def _hide(painter: QPainter, picture: QImage, mark: Mark) -> None:
    left, top, right, bottom = shapes.hidden_box(mark, (picture.width(), picture.height()))
    box = QRect(left, top, right - left, bottom - top)
    if box.isEmpty():
        return
    if mark.text != shapes.PIXELATED:
        painter.fillRect(box, QColor(shapes.SOLID))
        return
    across, down = shapes.cells(box.width(), box.height())
    ways = Qt.AspectRatioMode.IgnoreAspectRatio
    few = picture.copy(box).scaled(QSize(across, down), ways, Qt.TransformationMode.SmoothTransformation)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
    painter.drawImage(box, few)
    painter.restore()


def _draw(painter: QPainter, mark: Mark, size: tuple[int, int]) -> None:
    points = shapes.spots(mark, size)
    if mark.shape in {MarkShape.TEXT, MarkShape.NUMBER}:
        _draw_words(painter, mark, points[0], size)
        return
    line = shapes.line_width(mark, size)
    halo = 2 * shapes.halo_width(line)
    for colour, grown in ((shapes.HALO, halo), (shapes.colour_of(mark), 0.0)):
        _stroke(painter, mark.shape, points, line, grown, QColor(colour))


def _stroke(
    painter: QPainter, shape: MarkShape, points: list[Point], line: float, grown: float, colour: QColor
) -> None:
    painter.setPen(_pen(colour, line + grown))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if shape is MarkShape.ARROW:
        end, head = shapes.arrow_head(points, line)
        painter.drawLine(QPointF(*points[0]), QPointF(*end))
        painter.setPen(_pen(colour, max(1.0, grown)))
        painter.setBrush(colour)
        painter.drawPolygon(QPolygonF([QPointF(*corner) for corner in head]))
    elif shape is MarkShape.PEN:
        painter.drawPolyline(QPolygonF([QPointF(*point) for point in points]))
    elif shape is MarkShape.CIRCLE:
        painter.drawEllipse(_rect(shapes.box_of(points)))
    else:
        painter.drawRect(_rect(shapes.box_of(points)))


def _draw_words(painter: QPainter, mark: Mark, at: Point, size: tuple[int, int]) -> None:
    height = shapes.text_height(mark, size)
    ground = _rect(_ground(mark, at, size))
    painter.setPen(QPen(QColor(shapes.HALO), shapes.seam_width(height)))
    painter.setBrush(QColor(shapes.colour_of(mark)))
    if mark.shape is MarkShape.NUMBER:
        painter.drawEllipse(ground)
    else:
        painter.drawRoundedRect(ground, height * 0.25, height * 0.25)
    painter.setFont(letters(height))
    lines = mark.text.split("\n")
    top = ground.center().y() - _tall(lines, height) / 2
    for number, words in enumerate(lines):
        row = QRectF(ground.left(), top + height * _LINE * number, ground.width(), height)
        painter.drawText(row, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextDontClip, words)


def _ground(mark: Mark, at: Point, size: tuple[int, int]) -> Box:
    height = shapes.text_height(mark, size)
    metrics, lines = QFontMetricsF(letters(height)), mark.text.split("\n")
    wide = max(metrics.horizontalAdvance(line) for line in lines)
    return shapes.words_ground(mark, at, height, (wide, _tall(lines, height)))


def _tall(lines: list[str], height: float) -> float:
    return height * (1 + _LINE * (len(lines) - 1))


def _pen(colour: QColor, width: float) -> QPen:
    pen = QPen(colour, width)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    return pen


def _rect(box: Box) -> QRectF:
    return QRectF(box[0], box[1], box[2] - box[0], box[3] - box[1])
