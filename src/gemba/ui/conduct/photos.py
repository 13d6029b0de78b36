"""Photos and files on their way to a question: chosen, dropped or pasted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import msgspec
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData
from PySide6.QtGui import QImage, QImageWriter
from PySide6.QtWidgets import QFileDialog, QWidget

from gemba import wording
from gemba.errors import Trouble

_PICTURES = "*.jpg *.jpeg *.png *.webp"


class Taken(msgspec.Struct, frozen=True):
    """The bytes of one file with its name."""

    data: bytes
    name: str


def choose_files(parent: QWidget) -> list[Path]:
    """Ask for files; none when the person thinks better of it."""
    title = wording.text("Add photos or files")
    kinds = f"{wording.text('Photos')} ({_PICTURES});;{wording.text('All files')} (*)"
    names, _ = QFileDialog.getOpenFileNames(parent, title, "", kinds)
    return [Path(name) for name in names]


def files_in(held: QMimeData) -> list[Path]:
    """The files of this machine that are dropped or pasted."""
    return [Path(url.toLocalFile()) for url in held.urls() if url.isLocalFile()]


def can_take(held: QMimeData) -> bool:
    """True when a drop or the clipboard holds a picture or files."""
    return held.hasImage() or bool(files_in(held))


def picture_in(held: QMimeData, now: datetime) -> Taken | None:
    """The picture itself that is dropped or pasted, as PNG; `None` when there is none."""
    if not held.hasImage():
        return None
    picture = QImage(held.imageData())
    if picture.isNull():
        return None
    return Taken(as_png(picture), wording.text("Pasted {time}.png", time=now.strftime("%Y-%m-%d %H.%M.%S")))


def as_png(picture: QImage) -> bytes:
    """A picture as PNG bytes; the same picture gives the same bytes."""
    held = QByteArray()
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(picture)
    return bytes(held.data())


def read_files(files: Sequence[Path]) -> list[Taken]:
    """The bytes of files; for an errand thread, because a memory card may be slow.

    Raises:
        Trouble: a file cannot be read.
    """
    return [_read(file) for file in files]


def _read(file: Path) -> Taken:
    try:
        return Taken(file.read_bytes(), file.name)
    except OSError as error:
        raise Trouble("conduct.file_unreadable", name=file.name, why=error.strerror or "") from error
