"""When the program itself is at fault: the work goes on, and a report can be copied."""

from __future__ import annotations

import logging
import platform
import sys
import traceback
from collections.abc import Callable
from types import TracebackType

from PySide6.QtCore import QObject, Qt, Signal, Slot, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from gemba import __version__, wording
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.words import Words

_log = logging.getLogger(__name__)


class Watch(QObject):
    """Sees failures that nobody caught, in slots (`sys.excepthook`) and in Qt's virtual methods (unraisable).

    Args:
        told: called on the GUI thread with the failure.
        parent: the owner.
    """

    _seen = Signal(object)

    def __init__(self, told: Callable[[BaseException], object], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._told = told
        self._hooks = (sys.excepthook, sys.unraisablehook)
        self._seen.connect(self._tell, Qt.ConnectionType.QueuedConnection)
        sys.excepthook = self._caught
        sys.unraisablehook = self._unraisable

    def stop(self) -> None:
        """Give the hooks back."""
        sys.excepthook, sys.unraisablehook = self._hooks

    def _caught(self, _kind: type[BaseException], error: BaseException, _trace: TracebackType | None) -> None:
        self._seen.emit(error)

    def _unraisable(self, seen: sys.UnraisableHookArgs) -> None:
        if seen.exc_value is not None:
            self._seen.emit(seen.exc_value)

    @Slot(object)
    def _tell(self, error: BaseException) -> None:
        self._told(error)


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
