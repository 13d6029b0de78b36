"""What a person does with a photo or file that is kept: draw over it, name it, take it away, give a copy out."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QObject
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFileDialog, QWidget

from gemba import wording
from gemba.domain.evidence import Evidence, Mark
from gemba.errors import GembaError
from gemba.store.evidence_files import EvidenceFiles
from gemba.store.shown import plain
from gemba.ui.drawing.annotator import Annotator
from gemba.work import attach_evidence, mark_evidence
from gemba.work.give_out_evidence import Copy, file_name, give_out

if TYPE_CHECKING:
    from gemba.ui.conduct.sheet import OpenSheet
    from gemba.ui.services import Services


class EvidenceActs(QObject):
    """Does it, tells of it, and offers the way back.

    Args:
        services: of the window.
        parent: the owner of the windows that are opened.
        always: it belongs to no assessment that could be concluded: it is proof of what was done.
    """

    def __init__(self, services: Services, parent: QWidget, *, always: bool = False) -> None:
        super().__init__(parent)
        self._services, self._parent, self._always = services, parent, always
        self.sheet: OpenSheet | None = None

    @property
    def able(self) -> bool:
        """True while the open assessment may be changed."""
        return self._always or (self.sheet is not None and not self.sheet.frozen)

    def annotate(self, item: Evidence, *_: object) -> None:
        """Open the window in which one draws over a photo."""
        if not self.able or not item.width:
            return
        window = Annotator(item.name, item.marks, self._parent.window())
        window.kept.connect(partial(self._mark, item))
        window.open()
        files = self._services.desk.store.evidence
        self._services.jobs.ask(plain_picture, files, item.sha256, done=window.show_picture)

    def rename(self, item: Evidence, name: str) -> None:
        """Give it another name; an answer that names it follows."""
        name = " ".join(name.split())
        if self.able and name and name != item.name:
            self._services.jobs.write(attach_evidence.rename, item.uid, name)
            self._answer(item, item.name, name)

    def remove(self, item: Evidence, *_: object) -> None:
        """Take it away; the message bar brings it back."""
        if self.able:
            self._services.jobs.write(attach_evidence.remove, item.uid, done=partial(self._removed, item))

    def save_copy(self, item: Evidence, *_: object) -> None:
        """Ask where to, and write a copy with its marks and without the camera's remarks."""
        title = wording.text("Save a copy of {name}", name=item.name)
        chosen, _kinds = QFileDialog.getSaveFileName(self._parent, title, file_name(item))
        if chosen:
            self.write_copy(item, Path(chosen))

    def write_copy(self, item: Evidence, target: Path) -> None:
        """Write a copy to a file, beside the window."""
        self._services.jobs.errand(give_out, self._services.desk, item.uid, target, done=self._given_out)

    def _given_out(self, copy: Copy) -> None:
        words = wording.text("{file} is written.", file=copy.file.name)
        if not copy.stripped:
            words += " " + wording.text("It is copied as it came, with whatever is written inside it.")
        elif copy.position_kept:
            words += " " + wording.text("The template asks for place and time: they are in it.")
        else:
            words += " " + wording.text("It says nothing of place and device.")
        self._services.messages.info(words)

    def _mark(self, item: Evidence, marks: tuple[Mark, ...]) -> None:
        done = partial(self._marked, item)
        self._services.jobs.write(mark_evidence.mark, item.uid, marks, done=done)

    def _marked(self, item: Evidence, _change: object) -> None:
        words = wording.text("Drawn over {name}; the photo itself is as it was.", name=item.name)
        self._services.messages.info(words, partial(self._mark_back, item))

    def _mark_back(self, item: Evidence) -> None:
        self._services.jobs.write(mark_evidence.mark, item.uid, item.marks)

    def _removed(self, item: Evidence, _change: object) -> None:
        others = [each.name for each in self._others(item)]
        self._answer(item, item.name, others[-1] if others else "")
        self._services.messages.info(wording.text("{name} removed.", name=item.name), partial(self._bring_back, item))

    def _bring_back(self, item: Evidence) -> None:
        others = [each.name for each in self._others(item)]
        self._services.jobs.write(attach_evidence.restore, item.uid)
        self._answer(item, others[-1] if others else "", item.name)

    def _others(self, item: Evidence) -> list[Evidence]:
        if self.sheet is None:
            return []
        return [each for each in self.sheet.records.evidence_of(item.path) if each.uid != item.uid]

    def _answer(self, item: Evidence, before: str, after: str) -> None:
        """Let the answer of the question name another file, where it names this one."""
        if self.sheet is None or not item.path:
            return
        try:
            view = self.sheet.view(item.path)
        except GembaError:
            return  # the question went, with its repeat
        if view.kind in attach_evidence.ANSWERED_BY_FILES and view.value == before:
            self.sheet.give(item.path, after)


def plain_picture(files: EvidenceFiles, sha256: str) -> QImage | None:
    """The upright copy without marks; for an errand thread."""
    data = plain(files, sha256)
    return QImage.fromData(QByteArray(data)) if data else None
