"""A photo, signature, sketch, sound, film or file that is the answer itself.

It is kept as evidence of the question, and the answer names the newest one. There may be several.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gemba import wording
from gemba.errors import GembaError
from gemba.ui.conduct import photos
from gemba.ui.conduct.editors.base import Asked, Editor
from gemba.ui.conduct.editors.media import camera, sound
from gemba.ui.conduct.frame import begin_lines
from gemba.ui.conduct.side.evidence_acts import EvidenceActs
from gemba.ui.drawing.pen_window import PenWindow
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.flow import Flow
from gemba.ui.parts.words import Words
from gemba.work import attach_evidence

if TYPE_CHECKING:
    from gemba.domain.evidence import Evidence
    from gemba.forms.views import View
    from gemba.ui.services import Services


class FileEditor(Editor):
    """Buttons for the ways in, and the names of what is there.

    Args:
        parent: the row.
        kind: of question: image, audio, video or file.
        appearance: of the question: signature, draw, annotate, new.
        asked: the open assessment; without it one can only look.
    """

    def __init__(self, parent: QWidget, kind: str, appearance: str, asked: Asked) -> None:
        super().__init__(parent)
        self._asked, self._path, self._label = asked, asked.path, ""
        self._kind = kind
        self._words = set(appearance.split())
        self._line = QWidget(self)
        self._flow = Flow(self._line)
        self._buttons = [self._button(*way) for way in self._ways()]
        self._draw = self._button("pencil", wording.text("Draw over it"), "photo.draw", self._annotate)
        for button in (*self._buttons, self._draw):
            self._flow.addWidget(button)
        self._name = Words(tone="muted", wrap=True, parent=self)
        self._name.setObjectName("file.names")
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(6)
        rows.addWidget(self._line)
        rows.addWidget(self._name)

    def show_view(self, view: View, *, locked: bool) -> None:
        """Show the names of what is there."""
        self._path, self._label = view.path, view.label
        names = [item.name for item in self._evidence()]
        coming = self._asked.sheet.photos_of(view.path) if self._asked.sheet is not None else []
        names += [photo.name for photo in coming]
        if view.value and view.value not in names:
            names.append(view.value)
        for button in self._buttons:
            button.setVisible(not locked)
            button.setAccessibleName(f"{view.label}: {button.text()}")
        self._draw.setVisible(not locked and self._may_draw())
        self._draw.setAccessibleName(f"{view.label}: {self._draw.text()}")
        self._line.setVisible(not locked)
        begin_lines(self._name)
        self._name.setText("   ·   ".join(names) or ("" if locked else self._nothing()))

    def stops(self) -> Sequence[QWidget]:
        """The buttons."""
        return [button for button in (*self._buttons, self._draw) if not button.isHidden()]

    def clear(self) -> None:
        """Take the newest file away; it can be brought back."""
        items = self._evidence()
        if items:
            self._acts().remove(items[-1])
        else:
            self.given.emit("")

    # The ways in

    def _ways(self) -> list[tuple[str, str, str, object]]:
        """Icon, words, object name and what it does."""
        text = wording.text
        choose = ("paperclip", self._choosing(), "photo.answer", self.wanted.emit)
        take = ("camera", text("Camera"), "photo.camera", self._take)
        match self._kind:
            case "image" if "signature" in self._words:
                return [("signature", text("Sign"), "photo.sign", self._sign)]
            case "image" if "draw" in self._words:
                return [("pencil", text("Sketch"), "photo.sketch", self._sketch)]
            case "image" if self._words & {"new", "new-front"}:
                return [take, choose]
            case "image":
                return [choose, take]
            case "audio":
                return [("mic", text("Record"), "photo.record", self._record), choose]
        return [choose]

    def _choosing(self) -> str:
        return {
            "image": wording.text("Add photo"),
            "audio": wording.text("Add a recording"),
            "video": wording.text("Add a film"),
        }.get(self._kind, wording.text("Add a file"))

    def _nothing(self) -> str:
        if self._words & {"signature", "draw"}:
            return ""
        return wording.text("or drop it here, or paste it")

    def _button(self, icon: str, words: str, name: str, run: object) -> Button:
        made = Button(words, name=name, icon=icon, parent=self._line)
        made.clicked.connect(partial(self._run, run))
        return made

    def _run(self, run: object, _checked: bool = False) -> None:  # noqa: FBT001, FBT002 - Qt's signal carries it
        """Do what a button says; what the laptop cannot do is told in the message bar."""
        try:
            if callable(run):
                run()
        except GembaError as error:
            if self._asked.sheet is not None:
                self._asked.sheet.services.messages.trouble(error)

    def _take(self) -> None:
        camera.take_picture(self, self._pictured)

    def _record(self) -> None:
        sound.record(self, self._recorded)

    def _sign(self) -> None:
        self._write(signature=True)

    def _sketch(self) -> None:
        self._write(signature=False)

    def _write(self, *, signature: bool) -> None:
        window = PenWindow(self._label or wording.text("Sign"), self, signature=signature)
        window.kept.connect(self._signed if signature else self._sketched)
        window.open()

    def _pictured(self, picture: QImage) -> None:
        taken = photos.pictured(picture, self._asked.now())
        self._add(taken.data, taken.name)

    def _recorded(self, data: bytes, ending: str) -> None:
        self._add(data, photos.named(wording.text("Recording"), self._asked.now(), ending))

    def _signed(self, picture: QImage) -> None:
        """A signature takes the place of the one before."""
        before = self._evidence()
        self._add(photos.as_png(picture), photos.named(wording.text("Signature"), self._asked.now(), "png"))
        for item in before:
            self._services().jobs.write(attach_evidence.remove, item.uid)

    def _sketched(self, picture: QImage) -> None:
        self._add(photos.as_png(picture), photos.named(wording.text("Sketch"), self._asked.now(), "png"))

    def _add(self, data: bytes | Path, name: str) -> None:
        if self._asked.sheet is not None:
            self._asked.sheet.add_photo(self._path, data, name)

    # Drawing over

    def _may_draw(self) -> bool:
        return self._kind == "image" and "annotate" in self._words and any(item.width for item in self._evidence())

    def _annotate(self) -> None:
        pictures = [item for item in self._evidence() if item.width]
        if pictures:
            self._acts().annotate(pictures[-1])

    def _acts(self) -> EvidenceActs:
        acts = EvidenceActs(self._services(), self)
        acts.sheet = self._asked.sheet
        return acts

    def _services(self) -> Services:
        assert self._asked.sheet is not None
        return self._asked.sheet.services

    def _evidence(self) -> Sequence[Evidence]:
        return self._asked.sheet.records.evidence_of(self._path) if self._asked.sheet is not None else ()
