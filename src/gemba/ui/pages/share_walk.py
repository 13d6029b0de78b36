"""Sharing a walk, an audit or a calibration session with another laptop: two auditors, one audit, a stick."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from gemba import wording
from gemba.domain.devices import DeviceRole
from gemba.errors import GembaError
from gemba.store import transit
from gemba.ui import conflict_words
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import Card
from gemba.ui.parts.fields import Choice, Field
from gemba.ui.parts.flow import Flow
from gemba.ui.parts.words import Words
from gemba.ui.services import Services
from gemba.work.desk import Desk
from gemba.work.share_records import HEADQUARTERS, SharedPack, share


class ShareWalk(Card):
    """Asks with whom, and writes a pack for them; hidden until it is wished.

    Args:
        services: of the window.
        uid: of the walk.
        parent: the owner.
        seal: seals another record in place of a walk: called with desk, uid, whom and folder.
        title: what is shared.
    """

    def __init__(
        self,
        services: Services,
        uid: str,
        parent: QWidget | None = None,
        *,
        seal: Callable[[Desk, str, str, Path], SharedPack] | None = None,
        title: str = "",
    ) -> None:
        super().__init__(title or wording.text("Share this walk"), look="inset", parent=parent)
        self._services, self._uid = services, uid
        self._seal = seal or _seal_walk
        self.whom = Choice(name="share.whom")
        self._field = Field(
            wording.text("&With whom"),
            self.whom,
            hint=wording.text("Laptops whose cards were enrolled in the settings, or that headquarters vouches for."),
        )
        self._nobody = Words(
            wording.text("No other laptop is known here. Enrol its card in the settings first."),
            tone="muted",
            wrap=True,
        )
        self.body.addWidget(self._field)
        self.body.addWidget(self._nobody)
        flow = Flow()
        self._go = Button(
            wording.text("Write to a folder or stick …"), name="share.go", icon="send", run=self.choose_folder
        )
        flow.addWidget(self._go)
        flow.addWidget(Button(wording.text("Cancel"), name="share.cancel", look="quiet", run=self.hide))
        self.body.addLayout(flow)
        self.hide()

    @Slot()
    def begin(self) -> None:
        """Read who is known, and ask."""
        self._services.jobs.ask(read_others, self._services.desk, done=self.show_others)

    def show_others(self, others: list[tuple[str, str]]) -> None:
        """Offer them."""
        self.whom.offer(others)
        for part in (self._field, self._go):
            part.setVisible(bool(others))
        self._nobody.setVisible(not others)
        self.show()
        self.whom.setFocus()

    @Slot()
    def choose_folder(self) -> None:
        """Ask for a folder."""
        folder = QFileDialog.getExistingDirectory(
            self, wording.text("Write to a folder or stick"), self._services.preferences.wishes.send_to
        )
        if folder:
            self.write_to(Path(folder))

    def write_to(self, folder: Path) -> None:
        """Seal the walk and all that belongs to it for the one who is chosen."""
        self._field.say_problem("")
        self._services.jobs.errand(
            self._seal,
            self._services.desk,
            self._uid,
            self.whom.value,
            folder,
            done=self._shared,
            failed=self._failed,
        )

    def _shared(self, shared: SharedPack) -> None:
        self.hide()
        self._services.messages.info(shared.words)

    def _failed(self, error: GembaError) -> None:
        self._field.say_problem(wording.sentence(error))


def _seal_walk(desk: Desk, uid: str, whom: str, folder: Path) -> SharedPack:
    return share(desk, [uid], whom, folder)


def read_others(desk: Any) -> list[tuple[str, str]]:
    """Whom one can share with; on a job's thread."""
    with desk.reader() as reader:
        known = [one for one in transit.correspondents(reader) if one.revoked is None and one.recipients]
    return [
        (HEADQUARTERS if one.role == DeviceRole.HEADQUARTERS else one.id, conflict_words.laptop(one.name))
        for one in known
    ]
