"""What can be done with a map as a whole: its steps out to a file and in again, and taking it off the list."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject

from gemba import wording
from gemba.domain.record import Uid
from gemba.errors import Refusal
from gemba.ui.maps.map_tab import MapTab
from gemba.ui.services import Services
from gemba.work.map_csv import StepsTaken, export_steps, import_steps
from gemba.work.process_maps import change_map


class MapDoings(QObject):
    """Acts on the map that is shown.

    Args:
        services: of the window.
        tab: shows the map.
    """

    def __init__(self, services: Services, tab: MapTab) -> None:
        super().__init__(tab)
        self._services, self._tab = services, tab

    def take_off(self) -> None:
        """Take the map off the list; it stays kept."""
        uid = self._tab.uid
        if uid:
            done = partial(self._taken_off, uid)
            self._services.jobs.write(partial(change_map, retired=True), uid, done=done)

    def import_from(self, file: Path) -> None:
        """Take the steps of the map from a CSV file."""
        if self._tab.uid:
            self._services.jobs.write(import_steps, self._tab.uid, file, done=self._imported)

    def export_to(self, file: Path) -> None:
        """Write the steps of the map to a CSV file."""
        if self._tab.uid:
            done = partial(self._exported, file)
            self._services.jobs.errand(export_steps, self._services.desk, self._tab.uid, file, done=done)

    def _taken_off(self, uid: Uid, _change: Any) -> None:
        self._services.messages.info(wording.text("The map was taken off the list."), undo=partial(self._put_back, uid))

    def _put_back(self, uid: Uid) -> None:
        done = partial(self._back, uid)
        self._services.jobs.write(partial(change_map, retired=False), uid, done=done)

    def _back(self, uid: Uid, _change: Any) -> None:
        self._tab.open(uid)

    def _imported(self, taken: StepsTaken) -> None:
        self._services.changed.tell(taken.change)
        words = wording.text(
            "{added:step|steps} added, {changed} changed, {unchanged} unchanged.",
            added=taken.added,
            changed=taken.changed,
            unchanged=taken.unchanged,
        )
        refused = (
            wording.text("Row {row}: {why}", row=row.row, why=wording.sentence(Refusal(row.code, **row.facts)))
            for row in taken.refused
        )
        self._services.messages.info(" ".join((words, *refused)))

    def _exported(self, file: Path, count: int) -> None:
        said = wording.plural("{n} step is written: {file}", "{n} steps are written: {file}", count, file=str(file))
        self._services.messages.info(said)
