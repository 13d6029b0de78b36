"""Buttons. One primary button a page."""

from __future__ import annotations

from collections.abc import Callable

import shiboken6
from PySide6.QtCore import QEvent, QSize, Qt, Slot
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QPushButton, QToolButton, QWidget

from gemba.ui import pressed
from gemba.ui.parts.words import repolish
from gemba.ui.theme.icons import beside_size, beside_words
from gemba.ui.theme.icons import icon as tinted
from gemba.ui.theme.tokens import ICON, TARGET

_ROLES = {"primary": "on_accent", "quiet": "accent_ink", "danger": "poor"}


ENTER_GOES_ON = "enterGoesOn"
"""Property of what holds questions: in it Enter goes on to the next, and presses no button."""


def _is_pressed_by(event: QKeyEvent, button: QWidget) -> bool:
    """Whether somebody pressed Enter, alone and not held down, where it presses buttons."""
    alone = event.modifiers() in {Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier}
    if event.key() not in {Qt.Key.Key_Return, Qt.Key.Key_Enter} or not alone or event.isAutoRepeat():
        return False
    above = button.parentWidget()
    while above is not None and not above.property(ENTER_GOES_ON):
        above = above.parentWidget()
    return above is None


class Button(QPushButton):
    """A button with words.

    Args:
        text: what it does, as a verb; a `&` marks its mnemonic.
        name: object name, for tests and screen readers' scripts.
        icon: of the family.
        look: primary (one a page), quiet, danger, or the plain one.
        run: called on a click; a bound method. While an errand that it started is under way, clicks are not heard.
        once: nor are they while a write that it started is, and a double click counts as one: it keeps a form, or
            concludes, or publishes. Not for what one presses again and again, as when counting.
        parent: the owner.
    """

    def __init__(
        self,
        text: str,
        *,
        name: str,
        icon: str = "",
        look: str = "",
        run: Callable[[], object] | None = None,
        once: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self.once = once
        self._holds = 0
        self._pressed_before: pressed.Holdable | None = None
        self._gave_to: QWidget | None = None
        self._icon, self._role = icon, _ROLES.get(look, "ink")
        self.setObjectName(name)
        self.setProperty("look", look)
        self.setAccessibleName(text.replace("&", ""))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setMinimumHeight(TARGET)
        self.setIconSize(beside_size(ICON - 2) if text else QSize(ICON, ICON))
        self.setAutoDefault(False)
        self._tint()
        if run is not None:
            self.clicked.connect(self._begin)  # slots are called in this order
            self.clicked.connect(run)
            self.clicked.connect(self._end)

    def hold(self) -> None:
        """A deed that this button started is under way: no click is heard. It stays enabled and keeps its focus."""
        self._holds += 1
        self.blockSignals(True)

    def let_go(self) -> None:
        """Such a deed has ended."""
        self._holds -= 1
        self.blockSignals(self._holds > 0)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """The second click of a double click is none where once is meant: the deed may have ended before it comes."""
        if self.once:
            event.accept()
        else:
            super().mouseDoubleClickEvent(event)

    @Slot()
    def _begin(self) -> None:
        self._pressed_before = pressed.take(self)

    @Slot()
    def _end(self) -> None:
        pressed.take(self._pressed_before)
        self._pressed_before = None

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter presses it, as the space bar does; some desktops would have it so, others not."""
        if _is_pressed_by(event, self):
            self.click()
        else:
            super().keyPressEvent(event)

    def setEnabled(self, enabled: bool) -> None:  # noqa: N802, FBT001 - Qt's name and way
        """Switched off, it gives the keyboard away; it has it back once it is on again, unless it was led elsewhere."""
        has_focus, was_enabled = self.hasFocus(), self.isEnabled()
        super().setEnabled(enabled)
        if not enabled and has_focus:
            self._gave_to = QApplication.focusWidget()
        elif enabled and not was_enabled:
            given, self._gave_to = self._gave_to, None
            if given is not None and shiboken6.isValid(given) and given.hasFocus():
                self.setFocus(Qt.FocusReason.OtherFocusReason)

    def take_look(self, look: str) -> None:
        """Take on another look: the primary one once it is the way on."""
        self._role = _ROLES.get(look, "ink")
        self.setProperty("look", look)
        repolish(self)
        self._tint()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Tint the icon anew when the look changes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._tint()

    def _tint(self) -> None:
        if self._icon:
            worded = bool(self.text())
            self.setIcon(beside_words(self._icon, self._role, ICON - 2) if worded else tinted(self._icon, self._role))


class IconButton(QToolButton):
    """A button with an icon only; its words are the tool tip and what a screen reader says."""

    def __init__(
        self,
        icon: str,
        text: str,
        *,
        name: str,
        run: Callable[[], object] | None = None,
        role: str = "muted",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._icon, self._role = icon, role
        self.setObjectName(name)
        self.setAccessibleName(text.replace("&", ""))
        self.setToolTip(text.replace("&", ""))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setMinimumSize(TARGET, TARGET)
        self.setIconSize(QSize(ICON, ICON))
        self._tint()
        if run is not None:
            self.clicked.connect(run)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter presses it, as the space bar does."""
        if _is_pressed_by(event, self):
            self.click()
        else:
            super().keyPressEvent(event)

    def set_icon(self, icon: str, text: str) -> None:
        """Show another icon with other words."""
        self._icon = icon
        self.setAccessibleName(text)
        self.setToolTip(text)
        self._tint()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Tint the icon anew when the look changes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._tint()

    def _tint(self) -> None:
        self.setIcon(tinted(self._icon, self._role))
