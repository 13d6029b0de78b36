"""A button beside a record: the next walk at its place is asked to go and see."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from gemba import wording
from gemba.domain.record import Uid
from gemba.ui.parts.buttons import Button
from gemba.ui.services import Services
from gemba.work.go_and_see import raise_alert


class AskNextWalk(Button):
    """Raises an alert from a record.

    Args:
        services: of the window.
        sort: what the record is (`gemba.work.go_and_see.ORIGINS`).
        origin: its uid.
        name: object name.
        look: of the button.
        parent: the owner.
    """

    def __init__(
        self, services: Services, sort: str, origin: Uid, *, name: str, look: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(
            wording.text("Go and see"), name=name, icon="footprints", look=look, run=self.ask, parent=parent
        )
        self.setToolTip(wording.text("Ask the next walk there to go and see"))
        self._services = services
        self._deed = partial(raise_alert, sort=sort, origin=origin)

    @Slot()
    def ask(self) -> None:
        """Put the question on the list."""
        self._services.jobs.write(self._deed, "", done=self._asked)

    def _asked(self, _change: Any) -> None:
        self._services.messages.info(wording.text("The next walk there is asked to go and see."))
