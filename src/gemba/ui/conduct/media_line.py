"""The picture, sound or film that a form shows beside its words; the file's name where it is not at hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import shiboken6
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from gemba import wording
from gemba.ui.conduct.media import Media
from gemba.ui.conduct.sheet import OpenSheet
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.words import Words

_LARGEST = QSize(560, 320)


class MediaLine(QWidget):
    """What a form shows beside the words of one question.

    Args:
        sheet: the open assessment; its template has the files.
        resized: told when a picture came and takes room.
        parent: the row.
    """

    def __init__(self, sheet: OpenSheet, resized: Callable[[], object], parent: QWidget) -> None:
        super().__init__(parent)
        self._media: Media = sheet.media
        self._resized = resized
        self._shown: dict[str, str] = {}
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(4)

    def show_media(self, media: Mapping[str, str]) -> None:
        """Show these files: sort (image, audio, video) and name."""
        wanted = {sort: name for sort, name in media.items() if sort != "big-image"}
        if wanted == self._shown:
            return
        self._shown = wanted
        while (item := self._rows.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for sort, name in wanted.items():
            self._rows.addWidget(self._part(sort, name), 0, Qt.AlignmentFlag.AlignLeading)

    def _part(self, sort: str, name: str) -> QWidget:
        if not self._media.has(name):
            return Words(
                wording.text("{file} (not at hand)", file=self._media.plain(name)),
                scale="small",
                tone="muted",
                parent=self,
            )
        if sort == "image":
            picture = QLabel(self)
            picture.setObjectName(f"media:{name}")
            picture.setAccessibleName(self._media.plain(name))
            self._media.read(name, self._take(picture))
            return picture
        return _Player(self._media, name, self)

    def _take(self, picture: QLabel) -> Callable[[bytes], None]:
        def show(data: bytes) -> None:
            image = QImage.fromData(data)
            if image.isNull() or not shiboken6.isValid(picture):
                return
            if image.width() > _LARGEST.width() or image.height() > _LARGEST.height():
                image = image.scaled(
                    _LARGEST, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
                )
            picture.setPixmap(QPixmap.fromImage(image))
            self._resized()

        return show


class _Player(Button):
    """Opens a sound or film with the system's own program."""

    def __init__(self, media: Media, name: str, parent: QWidget) -> None:
        plain = media.plain(name)
        super().__init__(
            wording.text("Play {file}", file=plain), name=f"media:{name}", icon="play", run=self._play, parent=parent
        )
        self._media, self._name = media, name

    def _play(self) -> None:
        self._media.open(self._name)
