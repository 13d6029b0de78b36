"""What a backup holds, what restoring it does, and the choice."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from gemba import wording
from gemba.ui import terms
from gemba.ui.backup_facts import BackupFacts
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import Card, in_the_middle
from gemba.ui.parts.facts import Facts
from gemba.ui.parts.flow import Flow
from gemba.ui.parts.words import Words

_IN_THE_MIDDLE = 540


class RestoreCard(Card):
    """Shows a backup and asks once.

    Args:
        facts: of the backup.
        parent: the owner.
    """

    confirmed = Signal(object)
    """Restore this file; carries its path."""
    declined = Signal()
    """Leave everything as it is."""

    def __init__(self, facts: BackupFacts, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._file = facts.file
        self.body.setSpacing(16)
        self.body.addWidget(Words(wording.text("Restore this backup?"), scale="title", wrap=True))
        self.body.addWidget(_told(facts))
        for words in _consequences(facts):
            self.body.addWidget(words)
        self.body.addLayout(self._choice(leads="" if facts.opens == "nothing" else "primary"))

    @Slot()
    def confirm(self) -> None:
        """Restore it."""
        self.confirmed.emit(self._file)

    def _choice(self, *, leads: str) -> Flow:
        """Restoring is not advised where the store would stay closed."""
        flow = Flow(gap=12)
        restore = wording.text("Restore it")
        flow.addWidget(Button(restore, name="restore.confirm", icon="rotate-ccw", look=leads, run=self.confirm))
        leave = wording.text("Leave everything as it is")
        self.leave = Button(leave, name="restore.decline", run=self.declined.emit)
        flow.addWidget(self.leave)
        return flow


def _told(facts: BackupFacts) -> Facts:
    opens = {
        "unasked": wording.text("by itself on this laptop"),
        "passphrase": wording.text("with its passphrase, which you will be asked for"),
        "nothing": wording.text("not here: this account's keyring does not know its key"),
    }
    return Facts(
        (wording.text("File"), str(facts.file)),
        (wording.text("Written"), terms.moment(facts.written_at)),
        (wording.text("Size"), terms.size(facts.size)),
        (wording.text("Photos and files"), terms.number(facts.evidence)),
        (wording.text("Sealed packs"), terms.number(facts.packs)),
        (wording.text("Damage"), wording.text("none: every part was read and agrees with its hash")),
        (wording.text("It opens"), opens[facts.opens]),
        (wording.text("Goes to"), str(facts.folder)),
    )


def _consequences(facts: BackupFacts) -> list[Words]:
    """What restoring does, in the order in which it matters."""
    said: list[tuple[str, str]] = []
    if facts.opens == "nothing":
        words = wording.text(
            "Restored here, it would stay closed. Restore it in the account in which it was made, or use a backup that "
            "was made with a passphrase."
        )
        said.append((words, "poor"))
    if facts.replaces == "other":
        words = wording.text("The store that is in this folder now is a different one, with records of its own.")
        said.append((words, "fair"))
    if facts.replaces == "same":
        words = wording.text("What was recorded after this backup will not be in the restored store.")
        said.append((words, "fair"))
    if facts.replaces != "nothing":
        words = wording.text(
            "Nothing is deleted: the store that is there now is moved beside it, into a folder named “{name}-before-"
            "restore” with a number, and can be opened there.",
            name=facts.folder.name,
        )
        said.append((words, ""))
    words = wording.text(
        "The records themselves cannot be shown before: they are encrypted. Packs that headquarters holds stay valid, "
        "and the next pack goes on from the restored state."
    )
    said.append((words, "muted"))
    return [Words(words, tone=tone, wrap=True) for words, tone in said]


def centred(card: RestoreCard, parent: QWidget) -> QWidget:
    """The card in the middle of a page of its own; it scrolls where the window is too low for it."""
    page = in_the_middle(card, widest=_IN_THE_MIDDLE, name="restore.area")
    page.setParent(parent)
    return page
