"""Library: the checklists, and the way to begin a walk with one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from gemba import wording
from gemba.domain.change import Change
from gemba.errors import Trouble
from gemba.store.lines import TemplateLine
from gemba.store.lists import TEMPLATES
from gemba.ui import terms
from gemba.ui.actions import ActionSpec
from gemba.ui.pages.begin_walk import BeginWalk
from gemba.ui.pages.check_card import CheckCard
from gemba.ui.pages.list_page import ListPage
from gemba.ui.pages.take_template_out import TakeTemplateOut
from gemba.ui.pages.template_list import TOPICS, shape
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.empty import EmptyState
from gemba.ui.parts.facts import Facts
from gemba.ui.services import Services
from gemba.work.import_template import TemplateFacts, check, import_template


class LibraryPage(ListPage):
    """List and detail of checklists."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(services, "library", wording.text("Library"), parent)
        self.form: BeginWalk | None = None
        empty = EmptyState(
            "book-open-check",
            wording.text("No checklist yet"),
            wording.text("Import an XLSForm workbook (.xlsx). It is checked first, and you see what it holds."),
            Button(
                wording.text("Import a checklist"),
                name="library.empty.import",
                icon="upload",
                look="primary",
                run=self.import_file,
            ),
        )
        self.check_card = CheckCard(self._take_in, self)
        self.rows.addWidget(self.check_card)
        self.put_list(
            shape(),
            TEMPLATES,
            read=read_template,
            topics=TOPICS,
            empty=empty,
            nothing=EmptyState(
                "book-open-check",
                wording.text("No checklist chosen"),
                wording.text("Choose one to begin a walk with it."),
            ),
        )
        self.list.opened.connect(self._opened)

    def actions_offered(self) -> list[ActionSpec]:
        """Import, begin."""
        return [
            ActionSpec(
                "library.import",
                wording.text("Import a checklist"),
                "Ctrl+I",
                "library",
                "upload",
                self.import_file,
                "bar",
            ),
            ActionSpec(
                "library.begin", wording.text("Start a walk"), "Ctrl+N", "library", "play", self.begin, "primary"
            ),
            self.search_action(),
        ]

    @Slot()
    def begin(self) -> None:
        """Begin a walk with the chosen checklist, or choose the first one to begin with."""
        if self.form is not None:
            self.form.begin()
        elif self.list.model.rowCount():
            self.list.table.choose(0)
            self.services.messages.info(wording.text("Say where you are, then begin."))
        else:
            self.services.messages.info(wording.text("Import a checklist first."))

    @Slot()
    def import_file(self) -> None:
        """Ask for a workbook and check it."""
        name, _ = QFileDialog.getOpenFileName(
            self,
            wording.text("Import a checklist"),
            "",
            wording.text("XLSForm workbooks (*.xlsx *.xls *.csv)"),
        )
        if name:
            self.check_file(Path(name))

    def check_file(self, file: Path) -> None:
        """Check a workbook beside the window; what it holds is shown before anything is kept."""
        self.check_card.wait_for(file)
        self.services.jobs.errand(_check, file, done=self._checked, failed=self.check_card.refuse)

    def _checked(self, found: tuple[bytes, TemplateFacts]) -> None:
        self.check_card.show_facts(*found)

    def _take_in(self, source: bytes, name: str) -> None:
        self.services.jobs.write(import_template, source, name, done=self._imported, failed=self.check_card.refuse)

    def _imported(self, change: Change) -> None:
        self.check_card.hide()
        self.services.messages.info(
            wording.text("The checklist is in the library.")
            if change.topics
            else wording.text("This very checklist was in the library already.")
        )
        self.show_uid(change.uid)

    def forget(self) -> None:
        """Nothing is chosen any more."""
        self.form = None

    @Slot(object)
    def _opened(self, _line: TemplateLine) -> None:
        self.begin()

    def draw(self, line: TemplateLine) -> None:
        """Show the checklist, and the entry that begins a walk with it."""
        body = self.detail.body
        retired = wording.text("Retired") if line.retired else ""
        self.head(line.title, (terms.kind(line.kind), "accent"), (retired, "plain"))
        self.form = BeginWalk(self.services, line.uid)
        body.addWidget(self.form)
        body.addWidget(
            Facts(
                (wording.text("Questions"), str(line.questions)),
                (wording.text("Languages"), ", ".join(line.languages)),
                (wording.text("Version"), line.version),
                (wording.text("Form"), line.form_id),
                (wording.text("File"), line.source_name),
                (wording.text("Imported"), terms.moment(line.imported_at)),
                (wording.text("Walks made with it"), str(line.used)),
            )
        )
        body.addWidget(TakeTemplateOut(self.services, line))


def read_template(desk: Any, uid: str) -> TemplateLine | None:
    """The line of a checklist; on a job's thread."""
    with desk.reader() as reader:
        lines = TEMPLATES.lines(reader, [TEMPLATES.key(reader, uid)])
    return lines[0] if lines else None


def _check(file: Path) -> tuple[bytes, TemplateFacts]:
    try:
        source = file.read_bytes()
    except OSError as error:
        raise Trouble("ui.file_not_read", file=str(file), why=error.strerror or str(error)) from error
    return source, check(source, file.name)
