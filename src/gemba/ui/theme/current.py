"""The look that the process shows now, and the door to change it.

Qt keeps one palette and one style sheet for the process; the tokens they were made from are kept beside them here.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from gemba.ui.theme import fonts
from gemba.ui.theme.palette import palette
from gemba.ui.theme.sheet import sheet
from gemba.ui.theme.tokens import Mode, Tokens, dark, light

_now = light()


def look() -> Tokens:
    """The tokens of what is shown now."""
    return _now


def show(app: QApplication, mode: str, accent: str) -> Tokens:
    """Put the whole process into a mode and accent; widgets hear of it by `QEvent.StyleChange`.

    Qt is told of the mode, too, for the title bars of Windows and macOS; the colours are always ours, because a
    Linux without a platform theme ignores it.
    """
    global _now  # noqa: PLW0603 - as Qt's own palette, there is one look for a process
    _tell_the_desktop(mode)
    _now = tokens_for(mode, accent)
    if app.style().objectName() != "fusion":
        app.setStyle("Fusion")
    app.setFont(fonts.font())
    app.setPalette(palette(_now))
    app.setStyleSheet(sheet(_now))
    return _now


def tokens_for(mode: str, accent: str) -> Tokens:
    """The tokens of a chosen mode and accent; `system` asks the desktop."""
    return dark(accent) if _wants_dark(mode) else light(accent)


def _wants_dark(mode: str) -> bool:
    if mode == Mode.SYSTEM:
        return QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
    return mode == Mode.DARK


def _tell_the_desktop(mode: str) -> None:
    schemes = {Mode.LIGHT: Qt.ColorScheme.Light, Mode.DARK: Qt.ColorScheme.Dark}
    scheme = schemes.get(Mode(mode), Qt.ColorScheme.Unknown)
    QGuiApplication.styleHints().setColorScheme(scheme)
