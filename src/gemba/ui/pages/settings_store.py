"""Settings: where the work is kept, its copies, and the proof that it is whole."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from gemba import wording
from gemba.errors import GembaError, Trouble
from gemba.store import keys
from gemba.store.backing_up import back_up
from gemba.store.checking import check, is_of_the_way
from gemba.store.problem import Problem
from gemba.ui import terms
from gemba.ui.pages.backup_passphrase import BackupPassphrase
from gemba.ui.pages.bringing_back import BringingBack
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import Card, clear
from gemba.ui.parts.facts import Facts, breakable
from gemba.ui.parts.flow import Flow
from gemba.ui.parts.progress import ProgressRow
from gemba.ui.parts.words import Words
from gemba.ui.progress import Progress
from gemba.ui.services import Services
from gemba.work.backups import Lacking, lacking

_SHOWN = 20


class StoreCard(Card):
    """The folder of the store, and what can be done with it as a whole.

    Args:
        services: of the window.
        parent: the owner.
    """

    restore_wished = Signal()
    """A backup shall be chosen and restored."""
    grown = Signal()
    """There is more to see at its end."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(wording.text("Where your work is kept"), parent=parent)
        self._services = services
        self._told: tuple[str, ...] = ()
        store = services.desk.store
        self.body.addWidget(
            Facts(
                (wording.text("Folder"), str(store.folder)),
                (wording.text("This laptop"), f"{store.device.name} ({store.device.code})"),
            )
        )
        advice = wording.text(
            "Everything in it is encrypted. Never put it into a network or cloud folder; keep a backup on another disk."
        )
        self.body.addWidget(Words(advice, tone="muted", wrap=True))
        self.body.addLayout(self._doings())
        self.passphrase = BackupPassphrase(self)
        self.passphrase.given.connect(self._choose_file)
        self.backing_up = ProgressRow(
            wording.text("The backup is being written and read back …"),
            name="settings.backup",
            stops=False,
            parent=self,
        )
        self.checking = ProgressRow(wording.text("The store is being checked …"), name="settings.check", parent=self)
        self.bringing = BringingBack(
            services, name="settings.bring_back", said=self._brought, failed=self._failed, parent=self
        )
        self._result = QVBoxLayout()
        self._result.setSpacing(8)
        for part in (self.passphrase, self.backing_up, self.checking, self.bringing):
            self.body.addWidget(part)
        self.body.addLayout(self._result)
        copy = wording.text("Copy this")
        self._copy = Button(copy, name="settings.result.copy", icon="copy", run=self.copy_result, parent=self)
        self._copy.hide()
        self.body.addWidget(self._copy, 0, Qt.AlignmentFlag.AlignLeft)

    @property
    def result(self) -> str:
        """What is said of the last backup or check."""
        return "\n".join(self._told)

    @Slot()
    def show_folder(self) -> None:
        """Open the store's folder."""
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._services.desk.store.folder)))

    @Slot()
    def back_up(self) -> None:
        """Ask for what a backup needs: a passphrase where only this account's keyring knows the key, and a file."""
        if needs_passphrase(self._services.desk.store.folder):
            self.passphrase.ask()
            self.grown.emit()
        else:
            self._choose_file("")

    def back_up_to(self, file: Path, passphrase: str = "") -> None:
        """Write the backup beside the window."""
        self.passphrase.hide()
        self._say()
        desk = self._services.desk
        self.backing_up.follow(
            self._services.jobs.errand(_back_up, desk, file, passphrase, done=self._backed_up, failed=self._failed)
        )

    @Slot()
    def check(self) -> None:
        """Prove the store beside the window."""
        if self.checking.isHidden():
            self._say()
            self.checking.follow(
                self._services.jobs.errand(
                    _check,
                    self._services.desk,
                    progress=self.checking.told,
                    done=self._checked,
                    failed=self._failed,
                )
            )

    @Slot()
    def bring_back(self) -> None:
        """Ask for packs of this laptop whose records are missing here."""
        self._say()
        self.bringing.choose()

    @Slot()
    def copy_result(self) -> None:
        """Put what was found on the clipboard."""
        QGuiApplication.clipboard().setText(self.result)

    @Slot(str)
    def _choose_file(self, passphrase: str) -> None:
        day = self._services.desk.clock().astimezone().date()
        name, _ = QFileDialog.getSaveFileName(
            self, wording.text("Back up the store"), f"gemba-{day}.backup", wording.text("Backups (*.backup)")
        )
        if name:
            self.back_up_to(Path(name), passphrase)

    def _backed_up(self, written: tuple[Path, int, Lacking]) -> None:
        self.backing_up.hide()
        file, size, without = written
        said = wording.text("Backup written and read back: {file} ({size}).", file=str(file), size=terms.size(size))
        self._say(said, *without.words(), tone="poor" if without.lost else "good")
        self._services.messages.info(said)

    def _checked(self, problems: list[Problem]) -> None:
        self.checking.hide()
        if not problems:
            said = wording.text("All is well: records, journal, signatures and files agree.")
            self._say(said, tone="good")
            self._services.messages.info(said)
            return
        self._say(*(wording.sentence(problem.error) for problem in problems), tone="poor")
        if all(is_of_the_way(problem) for problem in problems):
            self._services.messages.trouble(Trouble("ui.check_unfinished"))
        else:
            self._services.messages.trouble(Trouble("ui.check_found", count=len(problems)))

    def _brought(self, said: str, tone: str) -> None:
        self._say(said, tone=tone)

    def _failed(self, error: GembaError) -> None:
        self.backing_up.hide()
        self.checking.hide()
        self._say(wording.sentence(error), tone="poor")
        self._services.messages.trouble(error)

    def _say(self, *sentences: str, tone: str = "") -> None:
        """Show sentences below the buttons, in place of the earlier ones; they stay."""
        self._told = sentences
        clear(self._result)
        for sentence in sentences[:_SHOWN]:
            self._result.addWidget(Words(breakable(sentence), tone=tone, wrap=True, parent=self))
        rest = len(sentences) - _SHOWN
        if rest > 0:
            more = wording.plural("and {n} more", "and {n} more", rest)
            self._result.addWidget(Words(more, tone="muted", parent=self))
        self._copy.setVisible(tone == "poor")
        self.grown.emit()

    def _doings(self) -> Flow:
        offered: Sequence[tuple[str, str, str, Any]] = (
            (wording.text("Back up …"), "settings.store.back_up", "save", self.back_up),
            (wording.text("Restore from a backup …"), "settings.store.restore", "rotate-ccw", self.restore_wished.emit),
            (wording.text("Bring back from packs …"), "settings.store.bring_back", "package", self.bring_back),
            (wording.text("Check the store"), "settings.store.check", "shield-check", self.check),
            (wording.text("Show the folder"), "settings.store.show", "folder-open", self.show_folder),
        )
        flow = Flow()
        for title, name, icon, run in offered:
            if name != "settings.store.restore" or self._services.restore is not None:
                flow.addWidget(Button(title, name=name, icon=icon, run=run))
        return flow


def needs_passphrase(folder: Path) -> bool:
    """Whether nothing but this account's keyring knows the key of a store."""
    return {wrap.kind for wrap in keys.read(folder).wraps} == {"keyring"}


def _back_up(desk: Any, file: Path, passphrase: str) -> tuple[Path, int, Lacking]:
    try:
        back_up(desk.store, file, passphrase=passphrase or None)
        return file, file.stat().st_size, lacking(desk)
    except OSError as error:
        raise Trouble("ui.file_not_written", file=str(file), why=error.strerror or str(error)) from error


def _check(desk: Any, progress: Progress) -> list[Problem]:
    """Prove the store, and say what is being looked at."""
    steps = {
        "database": wording.text("Checking the pages of the database …"),
        "references": wording.text("Checking what refers to what …"),
        "operations": wording.text("Checking every signature …"),
        "sequence": wording.text("Checking that no change is missing …"),
        "parents": wording.text("Checking what each change had seen …"),
        "records": wording.text("Making every record again from the journal …"),
        "files": wording.text("Reading every photo and file …"),
    }

    def told(step: str) -> None:
        done = list(steps).index(step) if step in steps else len(steps) - 1
        progress.step(done, len(steps), steps.get(step, ""))

    return check(desk.store, told)
