"""Settings of headquarters: the key of a laptop that has lost it, out of what that laptop sealed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from gemba import wording
from gemba.domain.devices import DeviceRole
from gemba.errors import GembaError
from gemba.folders import own_cache
from gemba.hq import kept_apart
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import Card
from gemba.ui.parts.facts import breakable
from gemba.ui.parts.flow import Flow
from gemba.ui.parts.words import Words
from gemba.ui.services import Services
from gemba.work.recover_key import WrittenKey, give_key_back


class GiveKeyCard(Card):
    """Asks for what the laptop sent and for a custodian's recovery key; shows the eight words to be read out.

    Hidden everywhere but at headquarters.

    Args:
        services: of the window.
        parent: the owner.
    """

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(wording.text("A laptop has lost its key"), parent=parent)
        self._services = services
        self._sealed, self._key = Path(), Path()
        told = wording.text(
            "Its store is whole but does not open. Two files give its key back: what the laptop sent (recovery.json, "
            "or a pack that it sealed), and the recovery key of a custodian."
        )
        self.body.addWidget(Words(told, tone="muted", wrap=True))
        self._sealed_said = self._step(
            wording.text("What the laptop sent …"), "settings.give_key.sealed", "inbox", self.choose_sealed
        )
        self._key_said = self._step(
            wording.text("The recovery key …"), "settings.give_key.recovery", "key-round", self.choose_key
        )
        write = wording.text("Write the key for the laptop …")
        self._write = Button(write, name="settings.give_key.go", icon="save", run=self.choose_out)
        self.body.addWidget(self._write, 0, Qt.AlignmentFlag.AlignLeft)
        self.said = Words("", wrap=True)
        self.said.setObjectName("settings.give_key.said")
        self.said.hide()
        self.words = Words("", scale="heading", wrap=True)
        self.words.setObjectName("settings.give_key.words")
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.words.hide()
        done = wording.text("I have read them out")
        self._done = Button(done, name="settings.give_key.done", icon="check", run=self.forget)
        self._done.hide()
        for part in (self.said, self.words):
            self.body.addWidget(part)
        self.body.addWidget(self._done, 0, Qt.AlignmentFlag.AlignLeft)
        self.setVisible(services.desk.store.device.role == DeviceRole.HEADQUARTERS)

    @Slot()
    def choose_sealed(self) -> None:
        """Ask for what the laptop sent."""
        asked = wording.text("recovery.json or a pack (*.json *.gemba);;All files (*)")
        name, _ = QFileDialog.getOpenFileName(self, wording.text("What the laptop sent"), "", asked)
        if name:
            self.take(sealed=Path(name))

    @Slot()
    def choose_key(self) -> None:
        """Ask for a custodian's recovery key."""
        asked = wording.text("Recovery keys (*.txt);;All files (*)")
        name, _ = QFileDialog.getOpenFileName(self, wording.text("The recovery key"), "", asked)
        if name:
            self.take(key=Path(name))

    def take(self, *, sealed: Path | None = None, key: Path | None = None) -> None:
        """Remember what was chosen, and show it."""
        self.forget()
        self._sealed, self._key = sealed or self._sealed, key or self._key
        for file, said in ((self._sealed, self._sealed_said), (self._key, self._key_said)):
            said.setText(breakable(str(file)) if file.name else wording.text("Not chosen yet."))

    @Slot()
    def choose_out(self) -> None:
        """Ask where the file for the laptop goes."""
        if not (self._sealed.name and self._key.name):
            self._tell(wording.text("Choose both files first."), "poor")
            return
        name, _ = QFileDialog.getSaveFileName(
            self, wording.text("A file for the laptop"), "laptop.key", wording.text("Keys (*.key)")
        )
        if name:
            self.write_to(Path(name))

    def write_to(self, out: Path) -> None:
        """Open what was sealed and write the key behind eight new words."""
        self.forget()
        self._write.setEnabled(False)
        self._services.jobs.errand(
            _give, self._sealed, self._key, out, done=self._given, failed=self._failed, ended=self._ended
        )

    @Slot()
    def forget(self) -> None:
        """The words stand nowhere any more."""
        for part in (self.said, self.words, self._done):
            part.hide()
        self.words.setText("")

    @Slot()
    def _ended(self) -> None:
        self._write.setEnabled(True)

    def _given(self, written: WrittenKey) -> None:
        said = wording.text(
            "Wrote {file} for the laptop {device}. Send it there by any way. Read these words to its person by "
            "telephone; they are written nowhere else:",
            file=str(written.file),
            device=written.device,
        )
        last = wording.text("Delete the recovery key's file again: {file}", file=str(self._key))
        self._tell(f"{breakable(said)}\n{breakable(last)}", "")
        self.words.setText(written.passphrase)
        self.words.show()
        self._done.show()
        self._done.setFocus(Qt.FocusReason.OtherFocusReason)

    def _failed(self, error: GembaError) -> None:
        self._tell(breakable(wording.sentence(error)), "poor")

    def _tell(self, words: str, tone: str) -> None:
        self.said.set_tone(tone)
        self.said.setText(words)
        self.said.show()

    def _step(self, title: str, name: str, icon: str, run: Callable[[], object]) -> Words:
        """A button that asks for a file, and beneath it which one was chosen."""
        flow = Flow()
        flow.addWidget(Button(title, name=name, icon=icon, run=run))
        said = Words(wording.text("Not chosen yet."), tone="muted", scale="small", wrap=True)
        self.body.addLayout(flow)
        self.body.addWidget(said)
        return said


def _give(sealed: Path, key: Path, out: Path) -> WrittenKey:
    """On a job's thread: a pack may be large, and a passphrase takes half a second."""
    return give_key_back(sealed, kept_apart.read_recovery(key), out, own_cache())
