"""Going on with another version of the checklist: what would be kept, changed, parked and new; and the way back."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gemba import wording
from gemba.domain.change import Change
from gemba.errors import GembaError
from gemba.forms.carrying import Carried
from gemba.ui.conduct.remarks import Remark
from gemba.ui.conduct.sheet import OpenSheet
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import clear
from gemba.ui.parts.words import Words
from gemba.work import migrate_draft
from gemba.work.migrate_draft import Parked, Preview

if TYPE_CHECKING:
    from gemba.ui.services import Services


class VersionPanel(QWidget):
    """A preview of the move to a newer version, or what was parked by an earlier one."""

    closed = Signal()
    moved = Signal()
    """The draft has another version now: it must be opened anew."""

    def __init__(self, services: Services, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("versions")
        self._services = services
        self._sheet: OpenSheet | None = None
        self._after = ""
        self._title = Words(scale="heading", wrap=True, parent=self)
        self._told = Words(tone="muted", wrap=True, parent=self)
        self._lists = QVBoxLayout()
        self._lists.setSpacing(4)
        self._refusal = Remark("circle-alert", "poor", self)
        self._refusal.setObjectName("versions.refusal")
        self._refusal.hide()
        rows = QVBoxLayout(self)
        rows.setContentsMargins(20, 16, 20, 20)
        rows.setSpacing(10)
        rows.addWidget(self._title)
        rows.addWidget(self._told)
        rows.addLayout(self._lists)
        rows.addWidget(self._refusal)
        self._make_buttons(rows)
        rows.addStretch()

    def show_sheet(self, sheet: OpenSheet) -> None:
        """Work out, beside the window, what a newer version would make of the answers; else show what is parked."""
        self._sheet = sheet
        self._refusal.hide()
        clear(self._lists)
        newer = sheet.records.newer
        self._go.setVisible(newer is not None)
        self._undo.setVisible(sheet.records.moved)
        if newer is None:
            self._show_parked(sheet.records.parked)
            return
        self._after = newer.uid
        self._title.setText(wording.text("Version {version} of this checklist", version=newer.version))
        self._told.setText(wording.text("Looking what would become of your answers…"))
        self._go.setEnabled(False)
        preview = partial(migrate_draft.preview, self._services.desk)
        self._services.jobs.ask(
            preview, sheet.uid, newer.uid, done=partial(self._show_preview, sheet), failed=self._refuse
        )

    def migrate(self) -> None:
        """Go on with the newer version."""
        if self._sheet is not None and self._after:
            self._go.setEnabled(False)
            self._services.jobs.write(
                migrate_draft.migrate, self._sheet.uid, self._after, done=self._moved, failed=self._refuse
            )

    def take_back(self) -> None:
        """Take the last move back."""
        if self._sheet is not None:
            self._services.jobs.write(migrate_draft.undo, self._sheet.uid, done=self._taken_back, failed=self._refuse)

    def _make_buttons(self, rows: QVBoxLayout) -> None:
        self._go = Button(
            wording.text("Go on with this version"),
            name="versions.move",
            icon="arrow-up",
            look="primary",
            run=self.migrate,
            parent=self,
        )
        self._undo = Button(
            wording.text("Go back to the version before"),
            name="versions.undo",
            icon="undo-2",
            run=self.take_back,
            parent=self,
        )
        self._close = Button(
            wording.text("Back to the question"), name="versions.close", look="quiet", run=self.closed.emit, parent=self
        )
        for button in (self._go, self._undo, self._close):
            rows.addWidget(button, 0, Qt.AlignmentFlag.AlignLeading)

    def _show_preview(self, sheet: OpenSheet, found: Preview) -> None:
        if sheet is not self._sheet:
            return
        carriage = found.carriage
        clear(self._lists)
        self._told.setText(
            wording.text("Nothing is lost: what has no place in the new version stays readable, and you can go back.")
        )
        self._go.setEnabled(True)
        kept = len(carriage.of("kept"))
        if kept:
            self._say(wording.plural("{n} answer is kept as it is.", "{n} answers are kept as they are.", kept))
        self._list(wording.text("Changed"), [_changed(each) for each in carriage.of("changed")])
        self._list(wording.text("Parked"), [f"{each.label}: {each.value}" for each in carriage.of("parked")])
        self._list(wording.text("New"), [label for _, label in carriage.new])

    def _show_parked(self, parked: tuple[Parked, ...]) -> None:
        self._title.setText(wording.text("Parked answers"))
        self._told.setText(
            wording.text("These questions are not in the version that you go on with. What was answered stays here.")
        )
        for each in parked:
            self._lists.addWidget(Words(each.label, strong=True, wrap=True, parent=self))
            self._say("\n".join(part for part in (each.value, each.note) if part))

    def _list(self, title: str, lines: list[str]) -> None:
        if lines:
            self._lists.addSpacing(6)
            self._lists.addWidget(Words(f"{title} ({len(lines)})", strong=True, parent=self))
        for line in lines:
            self._say(line)

    def _say(self, words: str) -> None:
        self._lists.addWidget(Words(words, wrap=True, parent=self))

    def _moved(self, _change: Change) -> None:
        self._services.messages.info(wording.text("You go on with the new version."), undo=self.take_back)
        self.moved.emit()

    def _taken_back(self, _change: Change) -> None:
        self._services.messages.info(wording.text("The draft is as it was before."))
        self.moved.emit()

    def _refuse(self, error: GembaError) -> None:
        self._go.setEnabled(True)
        self._refusal.say(wording.sentence(error))
        self._refusal.show()


def _changed(each: Carried) -> str:
    """One answer that changes, and how."""
    if each.why == "moved":
        return wording.text("{label}: stands in another section now", label=each.label)
    if each.why == "reworded":
        return wording.text("{label}: is asked as “{new}” now", label=each.label, new=each.new_label)
    return wording.text("{label}: {before} → {after}", label=each.label, before=each.value, after=each.new_value)
