"""A template's region: an overlay over a core is begun, checked, laid and carried to the core's next version."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import msgspec
from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFileDialog, QLineEdit, QVBoxLayout, QWidget

from gemba import wording
from gemba.domain.change import Change
from gemba.domain.templates import Template
from gemba.errors import GembaError, Trouble
from gemba.forms.overlays.fault_words import fault_words
from gemba.forms.overlays.note_words import note_words
from gemba.forms.overlays.upgrading import Upgrade
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import Card, clear
from gemba.ui.parts.facts import Facts
from gemba.ui.parts.fields import Field
from gemba.ui.parts.flow import Flow
from gemba.ui.parts.words import Words
from gemba.ui.services import Services
from gemba.work import overlays
from gemba.work.desk import Desk
from gemba.work.keep_file import write_file
from gemba.work.overlays import OverlayFacts
from gemba.work.records import known


class Standing(msgspec.Struct, frozen=True):
    """A template with its core."""

    template: Template
    core: Template | None
    newer: Template | None
    """A newer version of the core, when there is one."""


def read_standing(desk: Desk, uid: str) -> Standing:
    """How a template stands to its core; on a job's thread."""
    with desk.reader() as reader:
        template = known(reader, Template, uid)
        core = known(reader, Template, template.core) if template.core else None
        return Standing(template, core, overlays.newer_core(reader, template))


class OverlayCard(Card):
    """What a region may do with a template.

    Args:
        services: of the window.
        template: uid of the template.
        parent: the owner.
    """

    def __init__(self, services: Services, template: str, parent: QWidget | None = None) -> None:
        super().__init__(wording.text("Regional overlay"), look="inset", parent=parent)
        self.setObjectName("library.overlay")
        self._services, self._template = services, template
        self._standing: Standing | None = None
        self._source, self._file = b"", Path()
        self._told = Words(wrap=True, tone="muted", parent=self)
        self._facts = QVBoxLayout()
        self._found = QVBoxLayout()
        self._found.setSpacing(6)
        self.region = QLineEdit(self)
        self.region.setObjectName("overlay.region")
        self._region = Field(wording.text("&Region"), self.region, parent=self)
        self.body.addWidget(self._told)
        self.body.addLayout(self._facts)
        self.body.addWidget(self._region)
        self._make_buttons()
        self.body.addLayout(self._found)
        self.hide()
        services.jobs.ask(read_standing, services.desk, template, done=self._show)

    @Slot()
    def begin(self) -> None:
        """Write a workbook to begin an overlay with, where the person says."""
        region = self.region.text().strip()
        if not region:
            self._region.say_problem(wording.text("Say whose overlay it will be: a region, a country, a brand."))
            self.region.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._region.say_problem("")
        name, _ = QFileDialog.getSaveFileName(
            self, wording.text("Begin an overlay"), f"{region}.xlsx", wording.text("Workbooks (*.xlsx)")
        )
        if name:
            self.begin_in(Path(name), region)

    def begin_in(self, file: Path, region: str) -> None:
        """Write the workbook into a file, beside the window."""
        self._services.jobs.errand(
            _begin, self._services.desk, self._template, region, file, done=self._begun, failed=self._refuse
        )

    @Slot()
    def choose(self) -> None:
        """Ask for an overlay's workbook and check it."""
        name, _ = QFileDialog.getOpenFileName(
            self, wording.text("Lay an overlay"), "", wording.text("Workbooks (*.xlsx *.xls *.csv)")
        )
        if name:
            self.check_file(Path(name))

    def check_file(self, file: Path) -> None:
        """Check an overlay beside the window; nothing is kept before the person agrees."""
        self._file = file
        self._services.jobs.ask(
            _check, self._services.desk, self._template, file, done=self._checked, failed=self._refuse
        )

    @Slot()
    def lay(self) -> None:
        """Lay the overlay that was checked."""
        self._services.jobs.write(
            overlays.lay_overlay, self._template, self._source, self._file.name, done=self._laid, failed=self._refuse
        )

    @Slot()
    def preview(self) -> None:
        """Look what the core's newer version would make of the overlay."""
        assert self._standing is not None
        assert self._standing.newer is not None
        look = partial(overlays.preview_upgrade, self._services.desk)
        self._services.jobs.ask(
            look, self._template, self._standing.newer.uid, done=self._previewed, failed=self._refuse
        )

    @Slot()
    def upgrade(self) -> None:
        """Carry the overlay to the core's newer version."""
        assert self._standing is not None
        assert self._standing.newer is not None
        self._services.jobs.write(
            overlays.upgrade_overlay,
            self._template,
            self._standing.newer.uid,
            done=self._laid,
            failed=self._refuse,
        )

    def _make_buttons(self) -> None:
        self._begin = Button(
            wording.text("Begin an overlay…"),
            name="overlay.begin",
            icon="file-spreadsheet",
            run=self.begin,
            parent=self,
        )
        self._choose = Button(
            wording.text("Lay an overlay…"), name="overlay.choose", icon="upload", run=self.choose, parent=self
        )
        self._preview = Button(
            wording.text("See what would change"), name="overlay.preview", icon="eye", run=self.preview, parent=self
        )
        self._lay = Button(wording.text("Lay it over"), name="overlay.lay", icon="check", run=self.lay, parent=self)
        self._upgrade = Button(
            wording.text("Carry the overlay over"), name="overlay.upgrade", icon="check", run=self.upgrade, parent=self
        )
        across = Flow(gap=8)
        for button in (self._begin, self._choose, self._preview, self._lay, self._upgrade):
            across.addWidget(button)
        self.body.addLayout(across)

    def _show(self, standing: Standing) -> None:
        self._standing = standing
        core, newer = standing.core, standing.newer
        self._told.setText(_told(standing))
        clear(self._facts)
        if core is not None:
            self._facts.addWidget(
                Facts(
                    (wording.text("Region"), standing.template.region),
                    (wording.text("Core"), core.title),
                    (wording.text("Version of the core"), core.version),
                    parent=self,
                )
            )
        for widget in (self._begin, self._choose, self._region):
            widget.setVisible(core is None)
        self._preview.setVisible(newer is not None)
        self._lay.hide()
        self._upgrade.hide()
        self.show()

    def _begun(self, file: Path) -> None:
        self._services.messages.info(wording.text("The workbook is at {file}.", file=str(file)))

    def _checked(self, found: tuple[bytes, OverlayFacts]) -> None:
        self._source, facts = found
        lines = [
            wording.text("{sheet}, row {row}: {why}", sheet=each.sheet, row=each.row, why=fault_words(each))
            for each in facts.faults
        ]
        head = (
            wording.plural("{n} thing stands in the way", "{n} things stand in the way", len(lines))
            if lines
            else wording.text("The overlay of {region} can be laid", region=facts.about.region)
        )
        self._say(head, lines, tone="poor" if lines else "good")
        self._lay.setVisible(not lines)

    def _previewed(self, found: Upgrade) -> None:
        lines = [note_words(note) for note in found.notes]
        head = (
            wording.plural("{n} thing needs a look", "{n} things need a look", len(lines))
            if lines
            else wording.text("Everything fits the new core")
        )
        self._say(head, lines, tone="fair" if lines else "good")
        self._preview.hide()
        self._upgrade.show()
        self._upgrade.setFocus(Qt.FocusReason.OtherFocusReason)

    def _laid(self, change: Change) -> None:
        self._services.messages.info(wording.text("The regional checklist is in the library."))
        self._services.go("library", change.uid)

    def _refuse(self, error: GembaError) -> None:
        self._lay.hide()
        self._say(wording.sentence(error), [], tone="poor")

    def _say(self, head: str, lines: list[str], *, tone: str) -> None:
        clear(self._found)
        heading = Words(head, strong=True, tone=tone, wrap=True, parent=self)
        heading.setObjectName("overlay.said")
        self._found.addWidget(heading)
        for line in lines:
            self._found.addWidget(Words(line, wrap=True, parent=self))


def _told(standing: Standing) -> str:
    if standing.core is None:
        return wording.text(
            "A region can add questions, translate, weigh and demand more. It can never drop or weaken a question of "
            "this core, and the core's own score always stands beside the local one."
        )
    if standing.newer is not None:
        return wording.text("The core has a newer version: {version}.", version=standing.newer.version)
    return wording.text("It lies over the newest version of its core.")


def _begin(desk: Desk, core: str, region: str, file: Path) -> Path:
    write_file(file, overlays.begin_overlay(desk, core, region))
    return file


def _check(desk: Desk, core: str, file: Path) -> tuple[bytes, OverlayFacts]:
    try:
        source = file.read_bytes()
    except OSError as error:
        raise Trouble("ui.file_not_read", file=str(file), why=error.strerror or str(error)) from error
    return source, overlays.check_overlay(desk, core, source, file.name)
