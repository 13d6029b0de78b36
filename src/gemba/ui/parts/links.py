"""Rows that lead somewhere: the whole row is the target."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QEnterEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from gemba.ui.lineage.behind import Behind
from gemba.ui.lineage.number_link import NumberLink
from gemba.ui.parts.badges import Badge, Picture
from gemba.ui.parts.words import Words


class LinkRow(QFrame):
    """A row with two lines, a badge and an arrow; a click or Enter goes there.

    Args:
        text: the first line.
        under: a quieter second line.
        name: object name.
        go: called with what `to` names.
        to: arguments of `go`.
        badge: word and tone at the end.
        icon: in front.
        behind: what is behind the number in the badge; it then leads there by itself.
        parent: the owner.
    """

    pressed = Signal()

    def __init__(  # noqa: PLR0913 - a row is declared in one go
        self,
        text: str,
        under: str = "",
        *,
        name: str,
        go: Callable[..., None] | None = None,
        to: tuple[str, ...] = (),
        badge: tuple[str, str] = ("", ""),
        icon: str = "",
        behind: Behind | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._go, self._to = go, to
        self.setObjectName(name)
        self.setProperty("look", "link")
        self.setAccessibleName(f"{text}. {under} {badge[0]}".strip())
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        across = QHBoxLayout(self)
        across.setContentsMargins(12, 10, 10, 10)
        across.setSpacing(12)
        if icon:
            across.addWidget(Picture(icon, role="accent", parent=self))
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(Words(text, strong=True, wrap=True, parent=self))
        if under:
            words.addWidget(Words(under, tone="muted", scale="small", wrap=True, parent=self))
        across.addLayout(words, 1)
        if behind is not None:
            across.addWidget(NumberLink(behind, name=f"{name}.number", words=badge[0], parent=self))
        elif badge[0]:
            across.addWidget(Badge(*badge, parent=self))
        across.addWidget(Picture("chevron-right", size=16, parent=self))

    def follow(self) -> None:
        """Go where it leads."""
        self.pressed.emit()
        if self._go is not None:
            self._go(*self._to)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """A click anywhere on the row."""
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.follow()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter or space on the row."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.follow()
            return
        super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:  # noqa: N802 - Qt's name
        """The pointer over the row is seen by the style sheet."""
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """So is that it has left."""
        super().leaveEvent(event)
        self.update()
