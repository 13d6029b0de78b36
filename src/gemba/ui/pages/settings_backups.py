"""Settings: backups by the clock, where they go, and the way back from each."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from gemba import wording
from gemba.errors import GembaError
from gemba.ui import terms
from gemba.ui.parts.badges import Badge
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import Card, clear
from gemba.ui.parts.facts import breakable
from gemba.ui.parts.fields import Choice, Field
from gemba.ui.parts.flow import Flow
from gemba.ui.parts.progress import ProgressRow
from gemba.ui.parts.words import Words
from gemba.ui.progress import Progress
from gemba.ui.services import Services
from gemba.work import backups
from gemba.work.backup_plan import Plan, change_plan, places, plan_of
from gemba.work.backups import Made, Shown

_SHOWN = 6


class BackupsFacts(msgspec.Struct, frozen=True):
    """The plan, and what there is."""

    plan: Plan
    first: str
    copies: tuple[Shown, ...]


class BackupsCard(Card):
    """The plan of a store's backups, and the backups that there are.

    Args:
        services: of the window.
        parent: the owner.
    """

    restore_wished = Signal(object)
    """A backup (`Path`) shall be looked into and restored."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(wording.text("Backups by themselves"), parent=parent)
        self._services = services
        self.often = Choice(_often(), name="settings.backups.often")
        self.often.activated.connect(self._wish_often)
        self._places = Words("", tone="muted", scale="small", wrap=True)
        self.progress = ProgressRow(
            wording.text("The backup is being written and read back …"), name="settings.backups.progress", parent=self
        )
        self._copies = QVBoxLayout()
        self._copies.setSpacing(4)
        self.body.addWidget(Field(wording.text("How &often"), self.often))
        self.body.addWidget(self._places)
        flow = Flow()
        for title, name, icon, run in (
            (wording.text("Second medium …"), "settings.backups.second", "usb", self.choose_second),
            (wording.text("Back up now"), "settings.backups.now", "save", self.back_up_now),
        ):
            flow.addWidget(Button(title, name=name, icon=icon, run=run))
        self._no_second = Button(
            wording.text("No second medium any more"),
            name="settings.backups.no_second",
            icon="x",
            look="quiet",
            run=self.drop_second,
            once=True,
        )
        self._no_second_means = Words(
            wording.text(
                "Without it nothing new goes there; what lies on it stays, and nobody thins it out any more. Backups "
                "and packs are then on this disk only."
            ),
            tone="muted",
            scale="small",
            wrap=True,
        )
        flow.addWidget(self._no_second)
        for part in (self._no_second, self._no_second_means):
            part.hide()
        self.body.addLayout(flow)
        self.body.addWidget(self._no_second_means)
        self.body.addWidget(self.progress)
        self.body.addLayout(self._copies)

    def read(self) -> None:
        """Read the plan and the backups."""
        self._services.jobs.ask(read_backups, self._services.desk, done=self.show_facts)

    def show_facts(self, facts: BackupsFacts) -> None:
        """Show them."""
        plan = facts.plan
        self.often.choose(str(plan.hours))
        said = [wording.text("They go to {folder}", folder=breakable(facts.first))]
        if plan.second:
            said.append(
                wording.text(
                    "and to {folder}, with every pack until its receipt is here.", folder=breakable(plan.second)
                )
            )
        else:
            said.append(wording.text("A stick or second disk keeps them when this disk breaks."))
        said.append(
            wording.text(
                "{daily:day|days} and {weekly:week|weeks} are kept, none longer than "
                "{days:day|days}: by then what was erased is "
                "gone from all of them.",
                daily=plan.daily,
                weekly=plan.weekly,
                days=plan.days,
            )
        )
        self._places.setText("\n".join(said))
        for part in (self._no_second, self._no_second_means):
            part.setVisible(bool(plan.second))
        clear(self._copies)
        for place, copy in enumerate(facts.copies[:_SHOWN]):
            self._copies.addWidget(_Copy(copy, place, self))
        if not facts.copies:
            self._copies.addWidget(Words(wording.text("No backup was made by the clock yet."), tone="muted", wrap=True))

    @Slot()
    def choose_second(self) -> None:
        """Ask for a folder on a second medium."""
        folder = QFileDialog.getExistingDirectory(self, wording.text("A folder on a stick or second disk"))
        if folder:
            self.keep_second(Path(folder))

    def keep_second(self, folder: Path) -> None:
        """Put backups there, too."""
        self._services.jobs.write(_change, {"second": str(folder)}, done=self._changed, failed=self._failed)

    @Slot()
    def drop_second(self) -> None:
        """Put none there any more; what lies there stays."""
        self._services.jobs.write(_change, {"second": ""}, done=self._dropped, failed=self._failed)

    @Slot()
    def back_up_now(self) -> None:
        """Make one in each folder of the plan."""
        if self.progress.isHidden():
            self.progress.follow(
                self._services.jobs.errand(
                    _make, self._services.desk, progress=self.progress.told, done=self._made, failed=self._failed
                )
            )

    @Slot()
    def _wish_often(self) -> None:
        self._services.jobs.write(_change, {"hours": int(self.often.value)}, done=self._changed, failed=self._failed)

    def _changed(self, _plan: Plan) -> None:
        self.read()

    def _dropped(self, _plan: Plan) -> None:
        self._services.messages.info(wording.text("Backups go to no second medium any more; what lies there stays."))
        self.read()

    def _made(self, made: Made) -> None:
        self.progress.hide()
        said = wording.plural(
            "{n} backup was made and read back.", "{n} backups were made and read back.", len(made.files)
        )
        if made.absent:
            said += " " + wording.text("Not there now: {folders}", folders=", ".join(map(str, made.absent)))
        said = " ".join([said, *made.lacking.words()])
        self._services.messages.info(said)
        for _, error in made.failed:
            self._services.messages.trouble(error)
        self.read()

    def _failed(self, error: GembaError) -> None:
        self.progress.hide()
        self._services.messages.trouble(error)
        self.read()


class _Copy(QWidget):
    """One backup, and the way back to it."""

    def __init__(self, copy: Shown, place: int, card: BackupsCard) -> None:
        super().__init__()
        self._copy, self._card = copy, card
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(10)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Words(f"{terms.moment(copy.made_at)} · {terms.size(copy.size)}"))
        words.addWidget(Words(breakable(str(copy.file)), tone="muted", scale="small", wrap=True))
        across.addLayout(words, 1)
        here = copy.here
        across.addWidget(
            Badge(wording.text("here") if here else wording.text("not there now"), "good" if here else "plain")
        )
        button = Button(
            wording.text("Restore …"), name=f"settings.backups.restore.{place}", look="quiet", run=self._restore
        )
        button.setAccessibleName(wording.text("Restore the backup of {moment}", moment=terms.moment(copy.made_at)))
        button.setEnabled(here)
        across.addWidget(button)

    @Slot()
    def _restore(self) -> None:
        self._card.restore_wished.emit(self._copy.file)


def read_backups(desk: Any) -> BackupsFacts:
    """The plan and the backups; on a job's thread."""
    plan = plan_of(desk)
    return BackupsFacts(plan, str(places(desk, plan)[0]), tuple(backups.shown(desk)))


def _change(desk: Any, wishes: dict[str, Any]) -> Plan:
    return change_plan(desk, **wishes)


def _make(desk: Any, progress: Progress) -> Made:
    return backups.make(desk, progress.step)


def _often() -> list[tuple[str, str]]:
    return [
        ("24", wording.text("Every day")),
        ("8", wording.text("Three times a day")),
        ("168", wording.text("Every week")),
        ("0", wording.text("Never")),
    ]
