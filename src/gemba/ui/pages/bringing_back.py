"""Records that are missing here, out of packs that this laptop sealed itself: after an older backup was restored."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from gemba import wording
from gemba.domain.change import Change
from gemba.domain.nouns import NOUNS
from gemba.errors import GembaError
from gemba.ui.parts.progress import ProgressRow
from gemba.ui.progress import Progress
from gemba.ui.services import Services
from gemba.work.pack_copies import BroughtBack, bring_back_several


class BringingBack(QWidget):
    """Asks for packs and takes them in one by one, with progress; called off, those that are in stay.

    Args:
        services: of the window.
        name: beginning of object names.
        said: told what came of it, and its tone.
        failed: told why it did not begin.
        parent: the owner.
    """

    def __init__(
        self,
        services: Services,
        *,
        name: str,
        said: Callable[[str, str], object],
        failed: Callable[[GembaError], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._services, self._said, self._tell_failed = services, said, failed
        self.progress = ProgressRow(wording.text("Records are being brought back …"), name=f"{name}.progress")
        self.progress.cancelled.connect(self._called_off)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(self.progress)
        self.hide()

    @Slot()
    def choose(self) -> None:
        """Ask for packs."""
        names, _ = QFileDialog.getOpenFileNames(
            self,
            wording.text("Packs of this laptop"),
            self._services.preferences.wishes.send_to,
            wording.text("Packs (*.gemba);;All files (*)"),
        )
        if names:
            self.bring_back([Path(name) for name in names])

    def bring_back(self, files: list[Path]) -> None:
        """Take these in; what is here already stays as it is."""
        if not self.progress.isHidden():
            return
        self.show()
        self.progress.follow(
            self._services.jobs.errand(
                _bring_back,
                self._services.desk,
                files,
                progress=self.progress.told,
                done=self._brought,
                failed=self._failed,
            )
        )

    def _brought(self, back: BroughtBack) -> None:
        self._over()
        self._said(back.words, "fair" if back.left else "good")

    def _failed(self, error: GembaError) -> None:
        self._over()
        self._tell_failed(error)

    @Slot()
    def _called_off(self) -> None:
        self._over()
        self._said(wording.text("Called off. What had been brought back by then stays."), "")

    def _over(self) -> None:
        self.progress.hide()
        self.hide()
        self._services.changed.tell(Change(topics=frozenset(NOUNS) | {"pack"}))


def _bring_back(desk: Any, files: list[Path], progress: Progress) -> BroughtBack:
    def told(done: int, total: int) -> None:
        words = wording.text("Bringing back pack {place} of {count} …", place=done + 1, count=total)
        progress.step(done, total, words)

    return bring_back_several(desk, files, told)
