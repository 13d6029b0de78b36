"""How a picture is looked at: as large as fits, nearer, and from where."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSizeF

from gemba.store.mark_shapes import Point

_NEAREST = 8.0


class Eye:
    """Turns points of the screen into points of the picture and back.

    Attributes:
        zoom: 1 shows the whole picture; 2 twice as large.
        middle: what is in the middle of the room, as fractions of the picture.
    """

    def __init__(self) -> None:
        self.zoom = 1.0
        self.middle: Point = (0.5, 0.5)
        self._picture = QSizeF(1, 1)
        self._room = QSizeF(1, 1)

    def look_at(self, picture: QSizeF, room: QSizeF) -> None:
        """Pixels of the picture, and of the screen that there is for it."""
        self._picture, self._room = picture, room
        self._stay_within()

    @property
    def scale(self) -> float:
        """Pixels of the screen for one of the picture."""
        fit = min(self._room.width() / self._picture.width(), self._room.height() / self._picture.height(), 1.0)
        return max(fit, 0.01) * self.zoom

    @property
    def corner(self) -> QPointF:
        """Where on the screen the upper left corner of the picture is."""
        return QPointF(
            self._room.width() / 2 - self.middle[0] * self._picture.width() * self.scale,
            self._room.height() / 2 - self.middle[1] * self._picture.height() * self.scale,
        )

    def share(self, at: QPointF) -> Point:
        """A point of the screen as fractions of the picture; beyond it, below 0 or above 1."""
        inside = (at - self.corner) / self.scale
        return inside.x() / self._picture.width(), inside.y() / self._picture.height()

    def pixel(self, at: QPointF) -> Point:
        """A point of the screen in pixels of the picture."""
        inside = (at - self.corner) / self.scale
        return inside.x(), inside.y()

    def screen(self, pixel: Point) -> QPointF:
        """A pixel of the picture on the screen."""
        return self.corner + QPointF(*pixel) * self.scale

    def nearer(self, by: float, at: QPointF | None = None) -> None:
        """Zoom by a factor; what is at a point of the screen stays there."""
        at = at if at is not None else QPointF(self._room.width() / 2, self._room.height() / 2)
        before = self.share(at)
        self.zoom = min(_NEAREST, max(1.0, self.zoom * by))
        after = self.share(at)
        self.middle = (self.middle[0] + before[0] - after[0], self.middle[1] + before[1] - after[1])
        self._stay_within()

    def whole(self) -> None:
        """Show the whole picture."""
        self.zoom, self.middle = 1.0, (0.5, 0.5)

    def shift(self, by: QPointF) -> None:
        """Pull the picture by pixels of the screen."""
        wide, tall = self._picture.width() * self.scale, self._picture.height() * self.scale
        self.middle = (self.middle[0] - by.x() / wide, self.middle[1] - by.y() / tall)
        self._stay_within()

    def _stay_within(self) -> None:
        """No emptier room than needed: the picture is in the middle of what it does not fill."""
        self.middle = (
            self._held(self.middle[0], self._picture.width(), self._room.width()),
            self._held(self.middle[1], self._picture.height(), self._room.height()),
        )

    def _held(self, at: float, picture: float, room: float) -> float:
        half = room / 2 / (picture * self.scale)
        return 0.5 if half >= 0.5 else min(max(at, half), 1 - half)
