"""The Qt application, and the window's life in it from beginning to end."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtWidgets import QApplication

from gemba.ui.preferences import Preferences
from gemba.ui.start import Program
from gemba.ui.theme import fonts


def run(folder: Path, *, clock: Callable[[], datetime], ids: Callable[[], str], passphrase: str | None = None) -> int:
    """Open the window on the store in `folder`, making the store when there is none; gives the exit code."""
    import platformdirs

    app = application()
    program = Program(
        app,
        folder,
        clock=clock,
        ids=ids,
        passphrase=passphrase,
        preferences=Preferences(platformdirs.user_config_path("gemba", appauthor=False) / "window.json"),
    )
    program.begin()
    try:
        return app.exec()
    finally:
        program.end()


def application() -> QApplication:
    """The Qt application with its name and fonts; there is one in a process."""
    known = QApplication.instance()
    app = known if isinstance(known, QApplication) else QApplication(sys.argv[:1])
    app.setApplicationName("gemba")
    app.setApplicationDisplayName("Gemba")
    app.setDesktopFileName("gemba")
    fonts.load()
    return app
