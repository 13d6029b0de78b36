"""The page on which a checklist is written: outline, properties, preview, and what is wrong."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import (
    QFileDialog,
    QWidget,
)

from gemba import wording
from gemba.domain.change import Change
from gemba.errors import GembaError
from gemba.forms.editing import placing
from gemba.forms.editing.tree import items
from gemba.forms.editing.types import Type
from gemba.ui.actions import ActionSpec
from gemba.ui.editor.apart import ApartBar
from gemba.ui.editor.body import Body
from gemba.ui.editor.properties import Properties
from gemba.ui.editor.session import Session
from gemba.ui.pages.page import Page
from gemba.ui.parts.buttons import Button, IconButton
from gemba.ui.parts.empty import EmptyState
from gemba.ui.services import Services
from gemba.work import edit_template, question_library
from gemba.work.edit_template import TemplateDraft
from gemba.work.keep_file import write_file


class EditorPage(Page):
    """Writes one draft at a time."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(services, "editor", wording.text("Write a checklist"), parent)
        self.session: Session | None = None
        self._body: Body | None = None
        self._wanted = ""
        self._nothing = EmptyState(
            "pencil",
            wording.text("No checklist is being written"),
            wording.text("Begin one in the library, or go on with a draft there."),
            Button(
                wording.text("To the library"), name="editor.to_library", icon="book-open-check", run=self._to_library
            ),
        )
        self._steps = {
            "undo": IconButton("undo-2", wording.text("Undo"), name="editor.undo", run=self.undo),
            "redo": IconButton("redo-2", wording.text("Redo"), name="editor.redo", run=self.redo),
        }
        for step in self._steps.values():
            self._flow.addWidget(step)
        self.put_buttons()
        self._apart = ApartBar(self)
        self._apart.kept.connect(self._keep_apart)
        self._apart.let_go.connect(self._let_go)
        self.rows.addWidget(self._apart)
        self.rows.addWidget(self._nothing, 1)
        self.rows.setContentsMargins(24, 16, 24, 16)
        self.rows.setSpacing(12)
        self._show_buttons(shown=False)

    def actions_offered(self) -> list[ActionSpec]:
        """What can be done with a draft."""
        spec = ActionSpec
        return [
            spec("editor.undo", wording.text("Undo"), "Ctrl+Z", "editor", "undo-2", self.undo),
            spec("editor.redo", wording.text("Redo"), "Ctrl+Shift+Z", "editor", "redo-2", self.redo),
            spec(
                "editor.save_as", wording.text("Save as XLSForm…"), "Ctrl+S", "editor", "download", self.save_as, "bar"
            ),
            spec("editor.publish", wording.text("Publish"), "Ctrl+P", "editor", "badge-check", self.publish, "primary"),
            spec(
                "editor.add", wording.text("Add a question below"), "Ctrl+Return", "editor", "plus", self.add_question
            ),
            spec(
                "editor.add_section",
                wording.text("Add a section"),
                "Ctrl+Shift+Return",
                "editor",
                "folder",
                self.add_section,
            ),
            spec("editor.up", wording.text("Move up"), "Alt+Up", "editor", "arrow-up", self.move_up),
            spec("editor.down", wording.text("Move down"), "Alt+Down", "editor", "arrow-down", self.move_down),
            spec("editor.copy", wording.text("Copy the item"), "Ctrl+D", "editor", "copy", self.duplicate),
            spec("editor.remove", wording.text("Take the item out"), "Ctrl+Delete", "editor", "trash-2", self.remove),
            spec("editor.library", wording.text("Question library"), "Ctrl+L", "editor", "library", self.open_library),
            spec(
                "editor.keep",
                wording.text("Keep the item in the library"),
                "Ctrl+Shift+K",
                "editor",
                "star",
                self.keep_item,
            ),
        ]

    def show_uid(self, uid: str) -> None:
        """Open a draft."""
        if self.session is not None and self.session.draft.uid == uid:
            return
        self._wanted = uid
        self.services.jobs.ask(edit_template.open_draft, self.services.desk, uid, done=self._open)

    def arrive(self) -> None:
        """The draft is here, or comes by `show_uid`; it may have been discarded or saved elsewhere since."""
        if self.session is not None:
            self.session.look_after()

    def take_focus(self) -> None:
        """Let the keyboard begin in the outline."""
        if self._body is not None:
            self._body.outline.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            super().take_focus()

    def may_leave(self) -> bool:
        """What is not saved yet is saved now; leaving loses nothing."""
        session = self.session
        if session is not None and not session.is_saved:
            if session.apart is not None and session.apart.code == "work.draft_saved_elsewhere":
                session.go_apart()
            else:
                session.save_now()
        return True

    def show_question(self) -> None:
        """Go to the first question that chooses, for pictures."""
        if self.session is None or self._body is None:
            return
        chooses = next((item for item in items(self.session.book) if item.kind.code == "select_one"), None)
        if chooses is not None:
            self.session.go(chooses.row)
            self._body.show_pane("properties")

    # What is done

    @Slot()
    def add_question(self) -> None:
        """A question below the item, or at the end of the section that one is at."""
        self._add(Type("text"))

    @Slot()
    def add_section(self) -> None:
        """A section after the one that one is in."""
        if self.session is None:
            return
        item = self.session.item
        while item is not None and item.above is not None:
            item = item.above
        after = item.row if item is not None else -1
        self._add(Type("section"), after=after, inside=False)

    @Slot()
    def undo(self) -> None:
        """Back to before the last step."""
        if self.session is not None:
            self.session.undo()

    @Slot()
    def redo(self) -> None:
        """Do it again."""
        if self.session is not None:
            self.session.redo()

    @Slot()
    def move_up(self) -> None:
        """The item, one place up."""
        if self._body is not None:
            self._body.outline.move_up()

    @Slot()
    def move_down(self) -> None:
        """The item, one place down."""
        if self._body is not None:
            self._body.outline.move_down()

    @Slot()
    def duplicate(self) -> None:
        """A copy of the item."""
        if self._body is not None:
            self._body.outline.duplicate()

    @Slot()
    def remove(self) -> None:
        """Take the item out."""
        if self._body is not None:
            self._body.outline.remove()

    @Slot()
    def open_library(self) -> None:
        """Show the question library in place of the preview."""
        if self._body is not None:
            self._body.open_library()

    @Slot()
    def keep_item(self) -> None:
        """Keep the item in the question library."""
        if self.session is not None and self.session.at >= 0:
            self.services.jobs.write(question_library.keep, self.session.book, self.session.at, done=self._kept)

    @Slot()
    def save_as(self) -> None:
        """Ask for a file, and write the workbook."""
        if self.session is None:
            return
        name, _ = QFileDialog.getSaveFileName(
            self, wording.text("Save as XLSForm"), "checklist.xlsx", wording.text("XLSForm workbooks (*.xlsx)")
        )
        if name:
            self.save_to(Path(name))

    def save_to(self, file: Path) -> None:
        """Write the workbook beside the window."""
        if self.session is not None:
            write = partial(_write_workbook, self.services.desk, self.session.draft, file)
            self.services.jobs.errand(write, done=self._written)

    @Slot()
    def publish(self) -> None:
        """Make a version of the library of the draft; what stands in the way is shown."""
        if self.session is None or self._body is None:
            return
        self.session.look_now()
        self._body.setEnabled(False)  # what is typed now would be in no version
        self.session.publish(self._published, self._not_published)

    # How it comes about

    def _add(self, kind: Type, *, after: int | None = None, inside: bool = True) -> None:
        if self.session is None or self._body is None:
            return
        below = self.session.at if after is None else after
        operation = partial(placing.add, kind=kind, after=below, inside=inside)
        if self.session.do(wording.text("add"), operation):
            self._body.show_pane("properties")
            self._body.properties.take_focus()

    def _open(self, draft: TemplateDraft) -> None:
        if draft.uid != self._wanted:
            return
        self._close()
        self.session = Session(self.services, draft, self)
        QTimer.singleShot(0, self, partial(self._furnish, self.session))  # in steps, each short for the window

    def _furnish(self, session: Session) -> None:
        if session is self.session:
            properties = Properties(session, self)
            properties.hide()
            QTimer.singleShot(0, self, partial(self._show_body, session, properties))

    def _show_body(self, session: Session, properties: Properties) -> None:
        if session is not self.session:
            properties.deleteLater()
            return
        properties.show()
        self._body = Body(self.services, session, self, properties, self)
        self.rows.addWidget(self._body, 1)
        self._body.show()  # before the keyboard can go into it
        self._nothing.hide()
        self._show_buttons(shown=True)
        session.changed.connect(self._say)
        session.saving.connect(self._say)
        self._say()
        session.look_now()
        self._body.outline.setFocus(Qt.FocusReason.OtherFocusReason)

    def _close(self) -> None:
        if self._body is not None:
            self._body.hide()
            self._body.deleteLater()
        if self.session is not None:
            self.session.deleteLater()
        self.session, self._body = None, None
        self._nothing.show()
        self._apart.hide()
        self._show_buttons(shown=False)
        self.title.setText(wording.text("Write a checklist"))
        self.say_under_title("")

    @Slot()
    def _say(self, state: str = "") -> None:
        """Title, and how far it is saved."""
        session = self.session
        if session is None:
            return
        if session.apart is not None and session.is_saved:
            self._let_go()
            return
        self._apart.show_why(session.apart)
        self.title.setText(session.draft.title or wording.text("Checklist without a title"))
        saved = wording.text("Draft, saved") if session.is_saved else wording.text("Draft, saving …")
        self.say_under_title(wording.text("Draft, not saved") if state in {"failed", "apart"} else saved)
        for step, words, done in (
            ("undo", wording.text("Undo"), session.undoing),
            ("redo", wording.text("Redo"), session.redoing),
        ):
            self._steps[step].setEnabled(bool(done))
            self._steps[step].setToolTip(wording.text("{step}: {done}", step=words, done=done) if done else words)

    @Slot()
    def _keep_apart(self) -> None:
        if self.session is not None and self._body is not None:
            self.session.go_apart()
            self._body.properties.take_focus()  # the button that had the keyboard is gone

    @Slot()
    def _let_go(self) -> None:
        """Go on with what was saved elsewhere; with nothing when the draft was discarded."""
        if self.session is None or self.session.apart is None:
            return
        uid, why = self.session.draft.uid, self.session.apart
        self._close()
        if why.code == "work.draft_saved_elsewhere":
            self.show_uid(uid)

    def _show_buttons(self, *, shown: bool) -> None:
        for button in (*self.buttons.values(), *self._steps.values()):
            button.setVisible(shown)

    def _published(self, change: Change) -> None:
        self.services.messages.info(wording.text("The checklist is in the library. Walks can begin with it."))
        self._close()
        self.services.go("library", change.uid)

    def _not_published(self, error: GembaError) -> None:
        self.services.messages.trouble(error)
        if self._body is not None:
            self._body.setEnabled(True)
            self._body.problems.unfold()

    def _written(self, file: Path) -> None:
        self.services.messages.info(wording.text("The workbook is written: {file}", file=str(file)))

    def _kept(self, _item: Any) -> None:
        self.services.messages.info(wording.text("It is in the question library."))

    @Slot()
    def _to_library(self) -> None:
        self.services.go("library")


def _write_workbook(desk: Any, draft: TemplateDraft, file: Path) -> Path:
    write_file(file, edit_template.workbook(desk, draft))
    return file
