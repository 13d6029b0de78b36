"""The files that a form shows beside its words, as the template of the assessment has them."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices

if TYPE_CHECKING:
    from gemba.ui.services import Services


class Media(QObject):
    """Finds, reads and opens the files of a template.

    Args:
        services: of the window.
        files: name and SHA-256 of each file, as the template names them.
        parent: the sheet.
    """

    def __init__(self, services: Services, files: Mapping[str, str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services, self._files = services, files
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._read: dict[str, bytes] = {}

    def plain(self, name: str) -> str:
        """The bare name of `jr://images/layout.png`."""
        return PurePosixPath(name.rpartition("://")[2] or name).name

    def has(self, name: str) -> bool:
        """True when the file is at hand."""
        return self.plain(name) in self._files

    def read(self, name: str, then: Callable[[bytes], object]) -> None:
        """Read a file beside the window, and hand it over; a widget that is gone meanwhile gets nothing."""
        plain = self.plain(name)
        if plain in self._read:
            then(self._read[plain])
            return
        evidence = self._services.desk.store.evidence
        done = partial(self._take, plain, then)
        self._services.jobs.errand(evidence.read, self._files[plain], done=done, holds=False)

    def open(self, name: str) -> None:
        """Open a sound or film with the system's own program."""
        self.read(name, partial(self._open, self.plain(name)))

    def _take(self, plain: str, then: Callable[[bytes], object], data: bytes) -> None:
        if not shiboken6.isValid(self):
            return
        self._read[plain] = data
        then(data)

    def _open(self, plain: str, data: bytes) -> None:
        if self._folder is None:
            self._folder = tempfile.TemporaryDirectory(prefix="gemba-media-", ignore_cleanup_errors=True)
            self.destroyed.connect(self._folder.cleanup)  # a program may still play it: what it holds, it keeps
        file = Path(self._folder.name) / plain
        file.write_bytes(data)
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(file)))
