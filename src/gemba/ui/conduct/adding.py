"""Photos and files are added to a question: chosen, dropped on it, or pasted."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QMimeData, QObject, QPoint
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtWidgets import QWidget

from gemba.ui.conduct import photos
from gemba.ui.conduct.contents import Contents
from gemba.ui.conduct.editors.keys import picture_waits
from gemba.ui.conduct.photos import Taken
from gemba.ui.conduct.ribbon import Ribbon
from gemba.ui.conduct.sheet import OpenSheet

if TYPE_CHECKING:
    from gemba.ui.services import Services


class Adding(QObject):
    """The ways in for evidence.

    Args:
        services: of the window.
        contents: what stands on the sheet.
        ribbon: the questions; what is dropped belongs to the one below the pointer.
        parent: the page.
    """

    def __init__(self, services: Services, contents: Contents, ribbon: Ribbon, parent: QWidget) -> None:
        super().__init__(parent)
        self._services, self._contents = services, contents
        self._ribbon, self._page = ribbon, parent
        self.sheet: OpenSheet | None = None
        parent.setAcceptDrops(True)
        parent.installEventFilter(self)

    @property
    def able(self) -> bool:
        """True while evidence may be added."""
        return self.sheet is not None and not self.sheet.frozen

    def choose(self, path: str) -> None:
        """Ask for files."""
        if path and self.sheet is not None and self.able:
            self.files(photos.choose_files(self._page, self.sheet.view(path).kind), path)

    def paste(self, path: str) -> bool:
        """Take what the clipboard holds; True when it held a picture or files."""
        held = QGuiApplication.clipboard().mimeData()
        return held is not None and picture_waits() and self.take(held, path)

    def take(self, held: QMimeData, path: str) -> bool:
        """Take what was dropped or pasted; True when there was a picture or files in it."""
        if not path or self.sheet is None or not self.able:
            return False
        files = photos.files_in(held)
        if files:
            self.files(files, path)
            return True
        picture = photos.picture_in(held)
        if picture is None:
            return False
        done = partial(self._pasted, self.sheet, path)
        self._services.jobs.errand(photos.pasted, picture, self.sheet.now(), done=done)
        return True

    def files(self, files: Sequence[Path], path: str) -> None:
        """Take files; they are read beside the window."""
        if files and self.sheet is not None:
            done = partial(self._read, self.sheet, path)
            self._services.jobs.errand(photos.read_files, tuple(files), done=done)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Hear what is held over the page and dropped on it."""
        if not isinstance(event, QDropEvent) or watched is not self._page:
            return super().eventFilter(watched, event)
        path = self._question_at(event.position().toPoint())
        if event.type() == QEvent.Type.Drop:
            taken = self.take(event.mimeData(), path or self._ribbon.current)
        else:
            taken = self.able and photos.can_take(event.mimeData())
            self._ribbon.point_at(path)
        if taken:
            event.acceptProposedAction()
        return taken

    def _question_at(self, point: QPoint) -> str:
        """The question below a point of the page; empty when there is none."""
        viewport = self._ribbon.viewport()
        inside = viewport.mapFrom(self._page, point)
        key = self._ribbon.key_at(inside.y()) if viewport.rect().contains(inside) else ""
        return key if self._contents.is_question(key) else ""

    def _pasted(self, sheet: OpenSheet, path: str, taken: Taken) -> None:
        self._read(sheet, path, [taken])

    def _read(self, sheet: OpenSheet, path: str, taken: Sequence[Taken]) -> None:
        if sheet is self.sheet:
            for each in taken:
                sheet.add_photo(path, each.data, each.name)
