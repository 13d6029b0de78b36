"""Library: the checklists, and the way to begin a walk with one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QMimeData, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QWidget

from gemba import wording
from gemba.domain.change import Change
from gemba.store.lines import TemplateLine
from gemba.store.lists import TEMPLATES
from gemba.ui import terms
from gemba.ui.actions import ActionSpec
from gemba.ui.editor.drafts_card import DraftsCard
from gemba.ui.pages.begin_walk import BeginWalk
from gemba.ui.pages.check_card import CheckCard
from gemba.ui.pages.list_page import ListPage
from gemba.ui.pages.overlay_card import OverlayCard
from gemba.ui.pages.starters import StartersCard
from gemba.ui.pages.take_template_out import TakeTemplateOut
from gemba.ui.pages.template_list import TOPICS, shape
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.empty import EmptyState
from gemba.ui.parts.facts import Facts
from gemba.ui.services import Services
from gemba.ui.workbooks import ENDINGS
from gemba.work import edit_template
from gemba.work.edit_template import TemplateDraft


class LibraryPage(ListPage):
    """List and detail of checklists."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(services, "library", wording.text("Library"), parent)
        self.form: BeginWalk | None = None
        self._begins = False
        self._read_now: set[QWidget] = set()
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
        self.check_card = CheckCard(services, self._imported, self)
        self.check_card.reviewing.connect(self._make_room)
        self.setAcceptDrops(True)
        self.rows.addWidget(self.check_card)
        self.drafts = DraftsCard(services, self)
        self.rows.addWidget(self.drafts)
        self.starters = StartersCard(services, self)
        self.starters.reviewing.connect(self._make_room_for_starters)
        self.rows.addWidget(self.starters)
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
        """Import, write, begin."""
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
            ActionSpec(
                "library.write", wording.text("New checklist"), "Ctrl+Shift+N", "library", "pencil", self.write, "bar"
            ),
            ActionSpec("library.copy", wording.text("Edit a copy"), "Ctrl+E", "library", "copy", self.edit_copy, "bar"),
            self.search_action(),
        ]

    def arrive(self) -> None:
        """Read the list, and what is being written."""
        super().arrive()
        self.drafts.look()
        self.starters.look()

    @Slot()
    def write(self) -> None:
        """Begin a checklist with nothing in it."""
        self.services.jobs.write(edit_template.begin, done=self._begun_writing)

    @Slot()
    def edit_copy(self) -> None:
        """Begin a new version of the chosen checklist; the one that is there stays as it is."""
        line = self.list.current
        if line is None:
            self.services.messages.info(wording.text("Choose the checklist of which you want a new version."))
        else:
            self.services.jobs.write(edit_template.begin_from, line.uid, done=self._begun_writing)

    def _begun_writing(self, draft: TemplateDraft) -> None:
        self.services.go("editor", draft.uid)

    @Slot()
    def begin(self) -> None:
        """Begin a walk with the chosen checklist, or choose the first one to begin with."""
        if self.form is not None:
            self.form.begin()
        elif self.list.model.rowCount():
            self._begins = True
            self.list.table.choose(0)
            self.services.messages.info(wording.text("Say where you are, then begin."))
        else:
            self.services.messages.info(wording.text("Import a checklist first."))

    @Slot()
    def import_file(self) -> None:
        """Ask for workbooks and check them."""
        endings = " ".join(f"*{each}" for each in ENDINGS)
        names, _ = QFileDialog.getOpenFileNames(
            self, wording.text("Import a checklist"), "", wording.text("XLSForm workbooks ({endings})", endings=endings)
        )
        self.check_card.take([Path(name) for name in names])

    def check_file(self, file: Path) -> None:
        """Check a workbook beside the window; what it holds is shown before anything is kept."""
        self.check_card.take([file])

    @Slot(bool)
    def _make_room(self, reviewing: bool) -> None:  # noqa: FBT001 - a slot
        """While repairs or faults are read, they have the page; the list comes back with the decision."""
        self._give_page(self.check_card, reading=reviewing)

    @Slot(bool)
    def _make_room_for_starters(self, reviewing: bool) -> None:  # noqa: FBT001 - a slot
        """While the starter library is read, it has the page."""
        self._give_page(self.starters, reading=reviewing)

    def _give_page(self, card: QWidget, *, reading: bool) -> None:
        self._read_now = self._read_now | {card} if reading else self._read_now - {card}
        self.rows.setStretchFactor(card, int(reading))
        for part in self.findChildren(QWidget, "library.split"):
            part.setVisible(not self._read_now)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - Qt's name
        """Files may be dropped here."""
        if dropped(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt's name
        """Check the files that were dropped."""
        event.acceptProposedAction()
        self.check_card.take(dropped(event.mimeData()))

    def _imported(self, change: Change) -> None:
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
        if self._begins:
            self._begins = False
            self.form.take_focus()
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
        body.addWidget(OverlayCard(self.services, line.uid))


def read_template(desk: Any, uid: str) -> TemplateLine | None:
    """The line of a checklist; on a job's thread."""
    with desk.reader() as reader:
        lines = TEMPLATES.lines(reader, [TEMPLATES.key(reader, uid)])
    return lines[0] if lines else None


def dropped(data: QMimeData) -> list[Path]:
    """The files in what is dragged."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
