"""The languages that the window can speak."""

from __future__ import annotations

from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QApplication

from gemba import wording
from gemba.shipped import resource


def languages() -> list[tuple[str, str]]:
    """Every language as (tag, its own name), English first; the empty tag follows the system."""
    folders = resource("locale").glob("*/LC_MESSAGES/gemba.mo")
    tags = ["en", *sorted(file.parent.parent.name for file in folders)]
    named = [(tag, QLocale(tag).nativeLanguageName().capitalize() or tag) for tag in tags]
    return [("", wording.text("As the system")), *named]


def speak(app: QApplication, language: str) -> None:
    """Let the whole process speak a language, and write in its direction; empty follows the system."""
    wording.use(language or QLocale.system().bcp47Name())
    QLocale.setDefault(_local_form())
    mirrored = wording.right_to_left()
    app.setLayoutDirection(Qt.LayoutDirection.RightToLeft if mirrored else Qt.LayoutDirection.LeftToRight)


def _local_form() -> QLocale:
    """How days and numbers are written: as this laptop's country does it, where that speaks the language."""
    made_up = wording.language() in {wording.LONG, wording.MIRRORED}
    spoken, system = QLocale("en" if made_up else wording.language()), QLocale.system()
    return system if system.language() == spoken.language() else spoken
