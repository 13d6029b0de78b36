"""The archive: closed actions and transfers as a list with one beside it, and the pilots that are over."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from gemba import wording
from gemba.store.archive_lists import ARCHIVE
from gemba.ui import terms
from gemba.ui.lists.panel import ListPanel
from gemba.ui.lists.source import StoreSource
from gemba.ui.pages.detail import Detail
from gemba.ui.pages.places import PlaceNames, read_places
from gemba.ui.pages.split import Split
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import clear, scrolled
from gemba.ui.parts.empty import EmptyState
from gemba.ui.parts.links import LinkRow
from gemba.ui.playbook.archive_detail import ArchiveShown, draw_archive, read_archive
from gemba.ui.playbook.shapes import PATTERN_TOPICS, archive
from gemba.ui.services import Services
from gemba.work.archive import PilotLine, pilots
from gemba.work.archive_sheet import archive_pdf

_HIGH = 190
"""Pixels of the pilots; more of them are scrolled."""


class ArchiveTab(QWidget):
    """List and detail of what is closed.

    Args:
        services: of the window.
        parent: the owner.
    """

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.services, self.names = services, PlaceNames(services.desk)
        self.list = ListPanel(
            archive(self.names),
            StoreSource(services.desk, ARCHIVE),
            services,
            empty=EmptyState(
                "archive",
                wording.text("Nothing is closed yet"),
                wording.text("What is done and was seen to help comes here by itself, with its chart."),
            ),
        )
        self.detail = Detail(
            services,
            read=read_archive,
            draw=self._draw,
            name="archive.detail",
            nothing=EmptyState(
                "archive",
                wording.text("Nothing chosen"),
                wording.text("Choose closed work to see what became of it."),
            ),
            topics=PATTERN_TOPICS | {"evidence", "register_entry"},
        )
        self._pilot_rows = QVBoxLayout()
        self._pilot_rows.setSpacing(6)
        room = QWidget(self)
        room.setLayout(self._pilot_rows)
        self._pilot_rows.setContentsMargins(0, 0, 0, 0)
        self.pilots = scrolled(room, name="archive.pilots.area")
        self.pilots.setMaximumHeight(_HIGH)
        self.pilots.hide()
        self.turn = Button(
            wording.text("Pilots that are over"),
            name="archive.pilots",
            icon="activity",
            look="quiet",
            run=self._turn,
            parent=self,
        )
        self.turn.setCheckable(True)
        self.turn.hide()
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(12)
        rows.addWidget(self.turn, 0, Qt.AlignmentFlag.AlignLeading)
        rows.addWidget(self.pilots)
        rows.addWidget(Split(self.list, self.detail, name="archive.split"), 1)
        self.list.chosen.connect(self._chose)

    def arrive(self) -> None:
        """Read both lists, and what places are called."""
        self.services.jobs.ask(read_places, self.services.desk, done=self.names.take)
        self.services.jobs.ask(read_pilots, self.services.desk, done=self._show_pilots)
        self.list.start()

    def take_focus(self) -> None:
        """The keyboard begins in the list."""
        table = self.list.table
        (table if table.isVisible() else self).setFocus(Qt.FocusReason.OtherFocusReason)

    def show_uid(self, uid: str) -> None:
        """Show one piece of closed work."""
        self.list.start()
        self.list.show_uid(uid)
        self.detail.open(uid)

    def sights(self) -> dict[str, Callable[[], None]]:
        """What pictures show besides the list."""
        if not self.list.model.rowCount():
            return {}
        return {"one": partial(self.show_uid, self.list.model.line(0).uid)}

    def write_to(self, uid: str, out: Path) -> None:
        """Write closed work as a document."""
        self.services.jobs.errand(_write, self.services.desk, uid, out, done=self._written)

    def _show_pilots(self, found: tuple[PilotLine, ...]) -> None:
        clear(self._pilot_rows)
        self.turn.setText(wording.plural("{n} pilot that is over", "{n} pilots that are over", len(found)))
        self.turn.setAccessibleName(self.turn.text())
        self.turn.setVisible(bool(found))
        for one in found:
            self._pilot_rows.addWidget(
                LinkRow(
                    one.title,
                    " · ".join(part for part in (one.place, _ended(one)) if part),
                    name=f"archive.pilot.{one.uid}",
                    icon="activity",
                    badge=(one.verdict or one.state, "plain"),
                    go=self.detail.open,
                    to=(one.uid,),
                )
            )

    @Slot()
    def _turn(self) -> None:
        self.pilots.setVisible(self.turn.isChecked())

    @Slot(object)
    def _chose(self, line: Any) -> None:
        self.detail.open(line.uid if line is not None else "")

    def _draw(self, shown: ArchiveShown) -> None:
        draw_archive(self.services, self.detail, shown, partial(self._ask_file, shown.facts.uid))

    def _ask_file(self, uid: str) -> None:
        title, kind = wording.text("Save as a document"), wording.text("Document (*.pdf)")
        name, _ = QFileDialog.getSaveFileName(self, title, str(Path.home() / "closed-work.pdf"), kind)
        if name:
            self.write_to(uid, Path(name))

    def _written(self, out: Path) -> None:
        self.services.messages.info(wording.text("Wrote {file}.", file=out.name))


def read_pilots(desk: Any) -> tuple[PilotLine, ...]:
    """The pilots that are over; on a job's thread."""
    with desk.reader() as reader:
        return pilots(reader)


def _ended(one: PilotLine) -> str:
    return terms.day(date.fromisoformat(one.ended)) if one.ended else ""


def _write(desk: Any, uid: str, out: Path) -> Path:
    archive_pdf(desk, uid, out)
    return out
