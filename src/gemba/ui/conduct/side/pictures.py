"""Small pictures, made beside the window and shown when they are there."""

from __future__ import annotations

from collections import OrderedDict
from functools import partial
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QObject
from PySide6.QtGui import QImage

from gemba.domain.evidence import Evidence
from gemba.ui.conduct.side.thumbnail import Thumbnail, picture_coming, small_picture

if TYPE_CHECKING:
    from gemba.ui.conduct.sheet import Photo
    from gemba.ui.services import Services

_KEPT = 200
"""Small pictures kept in memory, about 170 kB each."""


class Pictures(QObject):
    """The small pictures of one page."""

    def __init__(self, services: Services, parent: QObject) -> None:
        super().__init__(parent)
        self._services = services
        self._known: OrderedDict[str, QImage | None] = OrderedDict()

    def kept(self, item: Evidence, into: Thumbnail) -> None:
        """Show evidence that is in the store, with its marks."""
        key = f"{item.sha256}:{hash(item.marks)}"
        if key in self._known:
            into.show_picture(self._known[key])
            return
        files = self._services.desk.store.evidence
        self._services.jobs.errand(small_picture, files, item, done=partial(self._arrived, key, into), holds=False)

    def given(self, photo: Photo, into: Thumbnail) -> None:
        """Show a photo that is not in the store yet."""
        key = f"given:{photo.key}:{id(photo)}"
        if key in self._known:
            into.show_picture(self._known[key])
            return
        self._services.jobs.errand(picture_coming, photo.data, done=partial(self._arrived, key, into), holds=False)

    def _arrived(self, key: str, into: Thumbnail, picture: QImage | None) -> None:
        self._known[key] = picture
        while len(self._known) > _KEPT:
            self._known.popitem(last=False)
        if shiboken6.isValid(into):
            into.show_picture(picture)
