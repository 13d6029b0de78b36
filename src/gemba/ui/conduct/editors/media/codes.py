"""A barcode or QR code: typed, scanned with a wedge scanner (which types), or read from a photo."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFileDialog, QMenu, QVBoxLayout, QWidget

from gemba import wording
from gemba.errors import GembaError, Trouble
from gemba.store.barcodes import Code, codes_in
from gemba.store.evidence_files import EvidenceFiles
from gemba.ui.conduct.editors.base import Asked, Editor
from gemba.ui.conduct.editors.typed import TypingEditor
from gemba.ui.conduct.frame import begin_lines
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.words import Words

if TYPE_CHECKING:
    from gemba.forms.views import View


class CodeEditor(Editor):
    """A line to type or scan into, and the way to read it from a photo of the question.

    Args:
        parent: the row.
        asked: the open assessment; without it one can only type.
    """

    def __init__(self, parent: QWidget, asked: Asked) -> None:
        super().__init__(parent)
        self._asked, self._path = asked, asked.path
        self._typing = TypingEditor(self, widest=460)
        self._typing.field.setPlaceholderText(wording.text("Type it, or scan it"))
        self._typing.given.connect(self.given)
        self._read = Button(
            wording.text("Read it from a photo"),
            name="code.read",
            icon="scan-line",
            look="quiet",
            run=self.read,
            parent=self,
        )
        self._said = Words(tone="fair", scale="small", wrap=True, parent=self)
        self._said.setObjectName("code.said")
        self._said.hide()
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(6)
        rows.addWidget(self._typing)
        rows.addWidget(self._read, 0, Qt.AlignmentFlag.AlignLeft)
        rows.addWidget(self._said)

    def show_view(self, view: View, *, locked: bool) -> None:
        """Show the code."""
        self._path = view.path
        self._typing.show_view(view, locked=locked)
        self._read.setVisible(not locked and self._asked.sheet is not None)
        self._read.setAccessibleName(f"{view.label}: {self._read.text()}")
        begin_lines(self._said)

    def stops(self) -> Sequence[QWidget]:
        """The line, then the button."""
        return [*self._typing.stops(), self._read]

    def settle(self) -> None:
        """Hand over what is being typed."""
        self._typing.settle()

    def clear(self) -> None:
        """Take the answer back."""
        self._typing.clear()

    def read(self) -> None:
        """Read the codes of the newest photo of the question; without one, ask for it and keep it as evidence."""
        sheet = self._asked.sheet
        if sheet is None:
            return
        pictures = [item for item in sheet.records.evidence_of(self._path) if item.width]
        if pictures:
            files = sheet.services.desk.store.evidence
            sheet.services.jobs.ask(kept_codes, files, pictures[-1].sha256, done=self._found, failed=self._failed)
            return
        title, kinds = wording.text("A photo of the code"), f"{wording.text('Photos')} (*.jpg *.jpeg *.png *.webp)"
        name, _ = QFileDialog.getOpenFileName(self, title, "", kinds)
        if name:
            self.read_file(Path(name))

    def read_file(self, file: Path) -> None:
        """Read the codes of a photo, and keep it as evidence."""
        sheet = self._asked.sheet
        if sheet is not None:
            done = partial(self._arrived, file.name)
            sheet.services.jobs.errand(codes_of_file, file, done=done, failed=self._failed)

    def _arrived(self, name: str, found: tuple[bytes, list[Code]]) -> None:
        data, codes = found
        if self._asked.sheet is not None:
            self._asked.sheet.add_photo(self._path, data, name)
        self._found(codes)

    def _found(self, codes: list[Code]) -> None:
        self._say(
            "" if codes else wording.text("There is no code on the photo that can be read: go nearer, or type it.")
        )
        if len(codes) == 1:
            self._take(codes[0])
        elif codes:
            self._offer(codes)

    def _offer(self, codes: list[Code]) -> None:
        menu = QMenu(self)
        menu.setObjectName("code.choice")
        for code in codes:
            menu.addAction(f"{code.text}   ({code.sort})").triggered.connect(partial(self._take, code))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self._read.mapToGlobal(QPoint(0, self._read.height())))

    def _take(self, code: Code, _checked: bool = False) -> None:  # noqa: FBT001, FBT002 - Qt's signal carries it
        self._typing.put(code.text)
        self.given.emit(code.text)

    def _failed(self, error: GembaError) -> None:
        self._say(wording.sentence(error))

    def _say(self, words: str) -> None:
        self._said.setText(words)
        self._said.setVisible(bool(words))


def kept_codes(files: EvidenceFiles, sha256: str) -> list[Code]:
    """The codes on kept evidence; for an errand thread."""
    return codes_in(files.read(sha256))


def codes_of_file(file: Path) -> tuple[bytes, list[Code]]:
    """A photo's bytes and the codes on it; for an errand thread."""
    try:
        data = file.read_bytes()
    except OSError as error:
        raise Trouble("conduct.file_unreadable", name=file.name, why=error.strerror or "") from error
    return data, codes_in(data)
