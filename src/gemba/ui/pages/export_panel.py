"""Answers out of the window: which walks, into what, how; how far it is, and what was left out."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from PySide6.QtCore import QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from gemba import wording
from gemba.domain.templates import Template
from gemba.errors import GembaError
from gemba.ui.lists.source import Source
from gemba.ui.parts.buttons import Button, IconButton
from gemba.ui.parts.fields import Choice, Field
from gemba.ui.parts.flow import Flow
from gemba.ui.parts.progress import ProgressRow
from gemba.ui.parts.words import Words
from gemba.ui.progress import Progress
from gemba.ui.services import Services
from gemba.work.export_answers import ExportChoice, Exported, export_answers
from gemba.work.export_limits import told

_AT_ONCE = 500


class Meant(NamedTuple):
    """The walks that may be exported, by their keys in the list."""

    listed: array[int]
    chosen: array[int]


class ExportPanel(QWidget):
    """Stands beside the list, in the place of the detail, while it is wanted.

    Args:
        services: of the window.
        source: the list of walks.
        meant: which walks are listed and chosen now.
        parent: the owner.
    """

    closed = Signal()
    """It is wanted no longer."""
    told = Signal(object)
    """The widget that says what came of it, to be brought into sight."""

    def __init__(
        self, services: Services, source: Source, meant: Callable[[], Meant], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("walks.export")
        self.setAccessibleName(wording.text("Export answers"))
        self._services, self._source, self._ask_meant = services, source, meant
        self._meant = Meant(array("q"), array("q"))
        self._folder = Path()
        self.which = Choice(name="walks.export.which", parent=self)
        self.format = Choice(_formats(), name="walks.export.format", parent=self)
        self.words = Choice(_words(), name="walks.export.words", parent=self)
        self.several = Choice(_several(), name="walks.export.several", parent=self)
        self.language = Choice(_languages(()), name="walks.export.language", parent=self)
        self.media = Choice(_media(), name="walks.export.media", parent=self)
        self.said = Words(wrap=True, parent=self)
        self.left = Words(scale="small", tone="muted", wrap=True, parent=self)
        self._go = Button(
            wording.text("Export …"), name="walks.export.go", icon="download", run=self.ask_where, parent=self
        )
        self._show_folder = Button(
            wording.text("Show the folder"),
            name="walks.export.folder",
            icon="external-link",
            look="quiet",
            run=self._open,
            parent=self,
        )
        self.progress = ProgressRow(
            wording.text("Answers are being exported …"), name="walks.export.progress", parent=self
        )
        self._lay_out()
        self.format.currentIndexChanged.connect(self._fit)
        self.words.currentIndexChanged.connect(self._fit)

    def begin(self) -> None:
        """Offer the walks that are listed and chosen now."""
        self.look_again()
        self.which.choose("chosen" if len(self._meant.chosen) > 1 else "listed")
        self._say("", "")
        self._show_folder.hide()
        self._services.jobs.ask(_languages_of, self._services.desk, done=self._languages_came)
        self._fit()
        self.which.setFocus()

    @Slot()
    def look_again(self) -> None:
        """Other walks are listed or chosen now."""
        self._meant = self._ask_meant()
        self.which.offer(_which(self._meant))

    @Slot()
    def ask_where(self) -> None:
        """Ask for a file or folder, and export into it."""
        title = wording.text("Export answers")
        if self.format.value == "xlsx":
            name, _ = QFileDialog.getSaveFileName(
                self, title, f"{self._name()}.xlsx", wording.text("Excel workbooks (*.xlsx)")
            )
            out = Path(name) if name else None
        else:
            folder = QFileDialog.getExistingDirectory(self, title)
            out = Path(folder) / self._name() if folder else None
        if out is not None:
            self.export_to(out)

    def export_to(self, out: Path) -> None:
        """Export beside the window."""
        keys = self._meant.chosen if self.which.value == "chosen" else self._meant.listed
        self._say("", "")
        self._show_folder.hide()
        self._go.setEnabled(False)
        self.progress.follow(
            self._services.jobs.errand(
                _export,
                self._services.desk,
                self._source,
                keys,
                out,
                self._choice(),
                progress=self.progress.told,
                done=self._exported,
                failed=self._failed,
            )
        )

    def _lay_out(self) -> None:
        rows = QVBoxLayout(self)
        rows.setContentsMargins(20, 18, 20, 20)
        rows.setSpacing(14)
        close = IconButton("x", wording.text("Close"), name="walks.export.close", run=self._close, parent=self)
        head = QHBoxLayout()
        head.addWidget(Words(wording.text("Export answers"), scale="heading", wrap=True, parent=self), 1)
        head.addWidget(close)
        rows.addLayout(head)
        for title, widget in (
            (wording.text("&Which walks"), self.which),
            (wording.text("&Into"), self.format),
            (wording.text("C&hoices and headings"), self.words),
            (wording.text("Questions with &several choices"), self.several),
            (wording.text("&Language of the words"), self.language),
            (wording.text("&Photos and files"), self.media),
        ):
            rows.addWidget(Field(title, widget, parent=self))
        buttons = Flow()
        for button in (self._go, self._show_folder):
            buttons.addWidget(button)
        rows.addLayout(buttons)
        for part in (self.progress, self.said, self.left):
            rows.addWidget(part)
        rows.addStretch(1)
        stop = self.progress.findChild(Button, "walks.export.progress.cancel")
        if stop is not None:
            stop.clicked.connect(self._called_off)

    @Slot()
    def _fit(self) -> None:
        """Switch off what makes no difference to the format."""
        tables = self.format.value != "openrosa"
        for choice in (self.words, self.several, self.media):
            choice.setEnabled(tables)
        self.language.setEnabled(tables and self.words.value == "labels")

    def _choice(self) -> ExportChoice:
        return ExportChoice(
            format=self.format.value,  # type: ignore[arg-type]  # one of `_formats`
            labels=self.words.value == "labels",
            split=self.several.value == "split",
            language=self.language.value,
            media=self.media.value == "copies",
        )

    def _name(self) -> str:
        now: datetime = self._services.desk.clock()
        return f"{wording.text('answers')}-{now:%Y-%m-%d-%H%M}"

    def _languages_came(self, languages: Sequence[str]) -> None:
        self.language.offer(_languages(languages))

    def _exported(self, done: Exported) -> None:
        self._ended()
        self._folder = done.folder
        said = wording.plural(
            "Answers of {n} walk exported to {file}",
            "Answers of {n} walks exported to {file}",
            done.assessments,
            file=str(done.files[0] if len(done.files) == 1 else done.folder),
        )
        left = "\n".join(f"· {what}: {reason}" for what, reason in told(done.left_out))
        self._say(" ".join((said, *done.remarks)), wording.text("Not in it:") + "\n" + left)
        self._show_folder.show()
        self._services.messages.info(said)

    def _failed(self, error: GembaError) -> None:
        self._ended()
        self._say(wording.sentence(error), "")
        self.said.set_tone("poor")

    @Slot()
    def _called_off(self) -> None:
        self._ended()
        self._say(wording.text("The export was called off."), "")

    def _ended(self) -> None:
        self.progress.hide()
        self._go.setEnabled(True)

    def _say(self, said: str, left: str) -> None:
        for words, shown in ((self.said, said), (self.left, left)):
            words.setText(shown)
            words.setVisible(bool(shown))
        self.said.set_tone("")
        if said:
            self.told.emit(self.left if left else self.said)

    @Slot()
    def _open(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder)))

    @Slot()
    def _close(self) -> None:
        self.progress.cancel()
        self._ended()
        self.closed.emit()


def meant_by(panel: Any) -> Meant:
    """What a list panel shows, and what is chosen in it."""
    model = panel.model
    return Meant(model.keys()[:], array("q", (model.key(row) for row in panel.table.chosen_rows())))


def _export(
    desk: Any, source: Source, keys: Sequence[int], out: Path, choice: ExportChoice, *, progress: Progress
) -> Exported:
    """Export walks by their keys; on a job's thread."""
    uids = [
        line.uid for start in range(0, len(keys), _AT_ONCE) for line in source.lines(keys[start : start + _AT_ONCE])
    ]
    return export_answers(desk, uids, out, choice, progress)


def _languages_of(desk: Any) -> list[str]:
    """The languages of the checklists; on a job's thread."""
    with desk.reader() as reader:
        return sorted({language for template in reader.find(Template) for language in template.languages})


def _which(meant: Meant) -> list[tuple[str, str]]:
    listed = ("listed", wording.plural("The {n} in the list", "All {n} in the list", len(meant.listed)))
    chosen = ("chosen", wording.plural("The one that is chosen", "The {n} that are chosen", len(meant.chosen)))
    return [listed, chosen] if meant.chosen else [listed]


def _formats() -> list[tuple[str, str]]:
    return [
        ("xlsx", wording.text("One Excel workbook")),
        ("csv", wording.text("CSV files")),
        ("openrosa", wording.text("Submissions for ODK")),
    ]


def _words() -> list[tuple[str, str]]:
    return [("names", wording.text("Names, for programs")), ("labels", wording.text("Words, for people"))]


def _several() -> list[tuple[str, str]]:
    return [("joined", wording.text("In one column")), ("split", wording.text("A column for each"))]


def _media() -> list[tuple[str, str]]:
    return [("named", wording.text("Named only")), ("copies", wording.text("Copies beside"))]


def _languages(known: Sequence[str]) -> list[tuple[str, str]]:
    own = ("", wording.text("As the checklist has it"))
    return [own, *((language, language) for language in known if language != "default")]
