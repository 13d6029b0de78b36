"""When the program itself is at fault: the work goes on, and a report can be copied."""

from __future__ import annotations

import logging
import platform
import traceback

from PySide6.QtCore import Slot, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from gemba import __version__, wording
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.words import Words

_log = logging.getLogger(__name__)


class CrashReport(QDialog):
    """What happened, in words, and the report to copy."""

    def __init__(self, error: BaseException, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("crash")
        self.setWindowTitle(wording.text("Gemba made a mistake"))
        self.report = report_of(error)
        _log.error("shown to the person", exc_info=error)
        shown = QPlainTextEdit(self.report, self)
        shown.setObjectName("crash.report")
        shown.setAccessibleName(wording.text("Report"))
        shown.setReadOnly(True)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(24, 20, 24, 16)
        rows.setSpacing(12)
        rows.addWidget(Words(wording.text("Gemba made a mistake"), scale="title", wrap=True))
        rows.addWidget(
            Words(
                wording.text(
                    "What you recorded before is kept. The last step may not have been done: look before you do it "
                    "again. Please pass this report on."
                ),
                wrap=True,
            )
        )
        rows.addWidget(shown, 1)
        across = QHBoxLayout()
        across.addStretch(1)
        across.addWidget(Button(wording.text("Copy the report"), name="crash.copy", icon="copy", run=self.copy))
        across.addWidget(Button(wording.text("Go on"), name="crash.close", look="primary", run=self.accept))
        rows.addLayout(across)
        self.resize(640, 460)

    @Slot()
    def copy(self) -> None:
        """Put the report on the clipboard."""
        QGuiApplication.clipboard().setText(self.report)


def report_of(error: BaseException) -> str:
    """The report of a failure: versions, and the way there."""
    facts = f"Gemba {__version__}, Python {platform.python_version()}, Qt {qVersion()}, {platform.platform()}"
    frames = "".join(traceback.format_tb(error.__traceback__))
    return f"{facts}\n\n{frames}{type(error).__name__}: {error}"
