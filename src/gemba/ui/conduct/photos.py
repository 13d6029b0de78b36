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
from gemba.work.attach_evidence import FILE_LIMIT, begins_as_picture

_PICTURES = "*.jpg *.jpeg *.png *.webp"
_SOUNDS = "*.mp3 *.m4a *.aac *.ogg *.opus *.wav *.flac *.amr"
_FILMS = "*.mp4 *.mov *.m4v *.avi *.mkv *.webm *.3gp"
_HEAD = 16


class Taken(msgspec.Struct, frozen=True):
    """One file with its name."""

    data: bytes | Path
    """The bytes of a picture; where anything else lies, so that a film is never held in memory."""
    name: str


def choose_files(parent: QWidget, kind: str = "image") -> list[Path]:
    """Ask for files; none when the person thinks better of it. `kind` of the question says which are shown first."""
    title = wording.text("Add photos or files")
    sorts = {
        "image": f"{wording.text('Photos')} ({_PICTURES})",
        "audio": f"{wording.text('Recordings')} ({_SOUNDS})",
        "video": f"{wording.text('Films')} ({_FILMS})",
        "file": f"{wording.text('All files')} (*)",
    }
    first = sorts.pop(kind, sorts["image"])
    names, _kinds = QFileDialog.getOpenFileNames(parent, title, "", ";;".join([first, *sorts.values()]))
    return [Path(name) for name in names]


def files_in(held: QMimeData) -> list[Path]:
    """The files of this machine that are dropped or pasted."""
    return [Path(url.toLocalFile()) for url in held.urls() if url.isLocalFile()]


def can_take(held: QMimeData) -> bool:
    """True when a drop or the clipboard holds a picture or files."""
    return held.hasImage() or bool(files_in(held))


def picture_in(held: QMimeData) -> QImage | None:
    """The picture itself that is dropped or pasted; `None` when there is none."""
    picture = QImage(held.imageData()) if held.hasImage() else QImage()
    return None if picture.isNull() else picture


def pasted(picture: QImage, now: datetime) -> Taken:
    """A picture that was dropped or pasted, as PNG; for an errand thread, because a large one takes its time."""
    return Taken(as_png(picture), wording.text("Pasted {time}.png", time=now.strftime("%Y-%m-%d %H.%M.%S")))


def pictured(picture: QImage, now: datetime) -> Taken:
    """A picture that the laptop's camera took, as JPEG with a name of its own."""
    held = QByteArray()
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, QByteArray(b"jpeg"))
    writer.setQuality(92)
    writer.write(picture)
    return Taken(bytes(held.data()), named(wording.text("Camera"), now, "jpg"))


def named(what: str, now: datetime, ending: str) -> str:
    """A name for what is made here: what it is, and when."""
    return f"{what} {now.strftime('%Y-%m-%d %H.%M.%S')}.{ending}"


def as_png(picture: QImage) -> bytes:
    """A picture as PNG bytes; the same picture gives the same bytes."""
    held = QByteArray()
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(picture)
    return bytes(held.data())


def read_files(files: Sequence[Path]) -> list[Taken]:
    """Look at files, and read those that are pictures; for an errand thread, because a memory card may be slow.

    Raises:
        Trouble: a file cannot be read.
    """
    return [_read(file) for file in files]


def _read(file: Path) -> Taken:
    try:
        with file.open("rb") as opened:
            head = opened.read(_HEAD)
            picture = begins_as_picture(head) and file.stat().st_size <= FILE_LIMIT
            return Taken(head + opened.read() if picture else file, file.name)
    except OSError as error:
        raise Trouble("conduct.file_unreadable", name=file.name, why=error.strerror or "") from error
