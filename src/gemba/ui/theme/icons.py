"""Icons of one family (Lucide), tinted by colour role."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap, QTransform
from PySide6.QtSvg import QSvgRenderer

from gemba.shipped import resource
from gemba.ui.theme import current
from gemba.ui.theme.tokens import ICON

_GAP = 6
"""Pixels between an icon and the words beside it."""

_DIRECTED = frozenset(
    {"arrow-left", "arrow-right", "chevron-left", "chevron-right", "panel-left-close", "panel-left-open", "undo-2",
     "redo-2", "send", "log-out", "external-link", "list-checks", "list"}
)  # fmt: skip
"""Those that point along the line of writing, and turn round with it."""


def icon(name: str, role: str = "ink") -> QIcon:
    """The icon `name`, in the colour that `role` (a field of the tokens) has in the current look.

    What is switched off shows it in the faint colour. Ask again after the look has changed.
    """
    tokens = current.look()
    return _icon(name, getattr(tokens, role), tokens.faint, _mirrored(name), _scale())


@lru_cache(maxsize=512)
def _icon(name: str, colour: str, faint: str, mirrored: bool, scale: float) -> QIcon:  # noqa: FBT001 - the key
    made = QIcon()
    for one, mode in ((colour, QIcon.Mode.Normal), (faint, QIcon.Mode.Disabled)):
        made.addPixmap(_drawn_at(name, one, ICON, mirrored, scale), mode)
    return made


def beside_words(name: str, role: str, size: int) -> QIcon:
    """The icon for a button with words: it brings the distance to them, which a style sheet cannot set.

    Show it at `beside_size(size)`.
    """
    tokens = current.look()
    leftwards = QGuiApplication.layoutDirection() == Qt.LayoutDirection.RightToLeft
    return _beside(name, getattr(tokens, role), tokens.faint, size, leftwards, _scale())


@lru_cache(maxsize=512)
def _beside(name: str, colour: str, faint: str, size: int, leftwards: bool, scale: float) -> QIcon:  # noqa: FBT001 - the key
    made = QIcon()
    for one, mode in ((colour, QIcon.Mode.Normal), (faint, QIcon.Mode.Disabled)):
        drawn = _drawn_at(name, one, size, leftwards and name in _DIRECTED, scale)
        wide = QPixmap(round((size + _GAP) * scale), drawn.height())
        wide.setDevicePixelRatio(scale)
        wide.fill(Qt.GlobalColor.transparent)
        painter = QPainter(wide)
        painter.drawPixmap(_GAP if leftwards else 0, 0, drawn)
        painter.end()
        made.addPixmap(wide, mode)
    return made


def beside_size(size: int) -> QSize:
    """The size at which an icon beside words is shown."""
    return QSize(size + _GAP, size)


def pixmap(name: str, role: str = "ink", size: int = ICON) -> QPixmap:
    """The icon as one picture of `size` device-independent pixels."""
    return _drawn_at(name, getattr(current.look(), role), size, _mirrored(name), _scale())


def _mirrored(name: str) -> bool:
    return name in _DIRECTED and QGuiApplication.layoutDirection() == Qt.LayoutDirection.RightToLeft


def _scale() -> float:
    """Dots of the screen for one pixel."""
    screen = QGuiApplication.primaryScreen()
    return screen.devicePixelRatio() if screen is not None else 1.0


@lru_cache(maxsize=512)
def _drawn_at(name: str, colour: str, size: int, mirrored: bool, scale: float) -> QPixmap:  # noqa: FBT001 - the key
    picture = QPixmap(QSize(round(size * scale), round(size * scale)))
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    QSvgRenderer(_source(name, colour)).render(painter, QRectF(picture.rect()))
    painter.end()
    if mirrored:
        picture = picture.transformed(QTransform().scale(-1, 1))
    picture.setDevicePixelRatio(scale)
    return picture


@lru_cache(maxsize=512)
def _source(name: str, colour: str) -> QByteArray:
    words = resource("icons", "lucide", f"{name}.svg").read_text("utf-8")
    return QByteArray(words.replace("currentColor", colour).encode())
