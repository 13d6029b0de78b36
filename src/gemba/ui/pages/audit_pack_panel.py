"""An audit pack out of the window: which quarter, where, how much of the evidence; how large it will be; for whom."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QCheckBox, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from gemba import kinds, wording
from gemba.errors import GembaError, Refusal
from gemba.ui import terms
from gemba.ui.pages.places import PlaceNames
from gemba.ui.parts.buttons import Button, IconButton
from gemba.ui.parts.cards import clear
from gemba.ui.parts.fields import Choice as Pick
from gemba.ui.parts.fields import Field
from gemba.ui.parts.flow import Flow
from gemba.ui.parts.progress import ProgressRow
from gemba.ui.parts.sight import bring_into_sight
from gemba.ui.parts.words import Words
from gemba.ui.progress import Progress
from gemba.ui.services import Services
from gemba.work import audit_pack
from gemba.work.audit_pack import MadeAuditPack
from gemba.work.audit_pack_choice import Choice, Resolution, quarter, recipients_in, size_of
from gemba.work.audit_pack_estimate import Estimate
from gemba.work.audit_pack_statement import reason_words, resolution_words

_QUARTERS = 12
_BUDGETS = ("10MB", "25MB", "50MB", "100MB", "500MB")
_SETTLE_MS = 250


class AuditPackPanel(QWidget):
    """Stands beside the list, in the place of the detail, while it is wanted.

    Args:
        services: of the window.
        names: the places, as they are called now.
        parent: the owner.
    """

    closed = Signal()
    """It is wanted no longer."""

    def __init__(self, services: Services, names: PlaceNames, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("audit_pack")
        self.setAccessibleName(wording.text("Audit pack"))
        self._services, self._names = services, names
        self._cards: tuple[Path, ...] = ()
        self._folder = Path()
        self.period = Pick(_quarters(services.desk.clock().date()), name="audit_pack.quarter", parent=self)
        self.place = Pick(name="audit_pack.place", parent=self)
        self.kind = Pick(_kinds(), name="audit_pack.kind", parent=self)
        self.evidence = Pick(_resolutions(), name="audit_pack.evidence", parent=self)
        self.budget = Pick(_budgets(), name="audit_pack.budget", parent=self)
        self.evidence.choose(Resolution.SCREEN)
        self.names = QCheckBox(wording.text("Give persons by name"), self)
        self.names.setObjectName("audit_pack.names")
        self.whom = Words(wrap=True, tone="muted", scale="small", parent=self)
        self.sizes = QVBoxLayout()
        self.said = Words(wrap=True, parent=self)
        self._go = Button(
            wording.text("Make it …"), name="audit_pack.go", icon="archive", run=self.ask_where, once=True
        )
        self._show_folder = Button(
            wording.text("Show the folder"),
            name="audit_pack.folder",
            icon="external-link",
            look="quiet",
            run=self._open,
        )
        self.progress = ProgressRow(
            wording.text("The audit pack is being made …"), name="audit_pack.progress", parent=self
        )
        self._settling = QTimer(self)
        self._settling.setSingleShot(True)
        self._settling.setInterval(_SETTLE_MS)
        self._settling.timeout.connect(self._estimate)
        self._lay_out()
        for pick in (self.period, self.place, self.kind, self.evidence, self.budget):
            pick.currentIndexChanged.connect(self._settling.start)

    def begin(self) -> None:
        """Offer what there is now, and reckon."""
        self.place.offer([("", wording.text("Everywhere")), *self._names.choices()])
        self._say("", "")
        self._show_folder.hide()
        self._tell_whom()
        self._settling.start()
        self.period.setFocus()

    @Slot()
    def choose_cards(self) -> None:
        """Ask for the cards of those who may open it."""
        names, _ = QFileDialog.getOpenFileNames(
            self, wording.text("Who may open it"), "", wording.text("Cards (*.card);;All files (*)")
        )
        self.seal_to([Path(name) for name in names])

    def seal_to(self, cards: list[Path]) -> None:
        """Seal it to those whose cards these are; none makes an open pack."""
        self._cards = tuple(cards)
        self._tell_whom()

    @Slot()
    def ask_where(self) -> None:
        """Ask for a folder, and make it there."""
        folder = QFileDialog.getExistingDirectory(self, wording.text("Where to put the audit pack"))
        if folder:
            self.make_in(Path(folder))

    def make_in(self, folder: Path) -> None:
        """Make it beside the window; one at a time."""
        if not self.progress.isHidden():
            return
        self._folder = folder
        self._say("", "")
        self.progress.follow(
            self._services.jobs.errand(
                _make,
                self._services.desk,
                self._choice(),
                folder,
                self._cards,
                progress=self.progress.told,
                done=self._made,
                failed=self._failed,
            )
        )

    def _choice(self) -> Choice:
        first, last = quarter(self.period.value)
        return Choice(
            first=first,
            last=last,
            places=(self.place.value,) if self.place.value else (),
            kinds=(self.kind.value,) if self.kind.value else (),
            evidence=Resolution(self.evidence.value),
            with_names=self.names.isChecked(),
            budget=size_of(self.budget.value) if self.budget.value else None,
        )

    def _lay_out(self) -> None:
        rows = QVBoxLayout(self)
        rows.setContentsMargins(20, 18, 20, 20)
        rows.setSpacing(14)
        head = QHBoxLayout()
        head.addWidget(Words(wording.text("Audit pack"), scale="heading", wrap=True, parent=self), 1)
        head.addWidget(IconButton("x", wording.text("Close"), name="audit_pack.close", run=self._close, parent=self))
        rows.addLayout(head)
        about = wording.text(
            "One signed file that anybody can read without Gemba: a binder of all reports, tables, evidence, and a "
            "statement of what is not in it."
        )
        rows.addWidget(Words(about, tone="muted", wrap=True, parent=self))
        for title, widget in (
            (wording.text("&Quarter"), self.period),
            (wording.text("&Where"), self.place),
            (wording.text("&Kind"), self.kind),
            (wording.text("&Photos"), self.evidence),
            (wording.text("At &most"), self.budget),
        ):
            rows.addWidget(Field(title, widget, parent=self))
        rows.addWidget(self.names)
        whom = Flow()
        whom.addWidget(
            Button(
                wording.text("Seal it to …"), name="audit_pack.whom", icon="lock", look="quiet", run=self.choose_cards
            )
        )
        rows.addLayout(whom)
        rows.addWidget(self.whom)
        self.sizes.setSpacing(4)
        rows.addLayout(self.sizes)
        buttons = Flow()
        for button in (self._go, self._show_folder):
            buttons.addWidget(button)
        rows.addLayout(buttons)
        for part in (self.progress, self.said):
            rows.addWidget(part)
        rows.addStretch(1)
        stop = self.progress.findChild(Button, "audit_pack.progress.cancel")
        if stop is not None:
            stop.clicked.connect(self._ended)

    @Slot()
    def _estimate(self) -> None:
        if self.isVisible():
            self._services.jobs.ask(
                audit_pack.estimate, self._services.desk, self._choice(), done=self._reckoned, failed=self._nothing
            )

    def _reckoned(self, found: list[Estimate]) -> None:
        clear(self.sizes)
        self._go.setEnabled(True)
        counted = wording.plural("{n} walk", "{n} walks", found[0].assessments) + ", "
        counted += wording.plural("{n} photo", "{n} photos", found[0].photos)
        self.sizes.addWidget(Words(counted, strong=True, parent=self))
        for one in found:
            size = wording.text(
                "{resolution}: about {size}", resolution=_opened(one.resolution), size=terms.size(one.total)
            )
            fits = "" if one.fits else " · " + wording.text("too large")
            self.sizes.addWidget(Words(size + fits, tone="muted" if one.fits else "fair", wrap=True, parent=self))

    def _nothing(self, error: GembaError) -> None:
        clear(self.sizes)
        self._go.setEnabled(False)
        self.sizes.addWidget(Words(wording.sentence(error), tone="muted", wrap=True, parent=self))

    def _made(self, made: MadeAuditPack) -> None:
        self._ended()
        said = wording.text(
            "Written: {file}, {size}, {pages:page|pages}, {evidence:file|files}.",
            file=str(made.file),
            size=terms.size(made.size),
            pages=terms.number(made.pages),
            evidence=terms.number(made.evidence),
        )
        lines = [f"· {reason_words(reason)}: {terms.number(count)}" for reason, count in made.absent.items()]
        if lines:
            said += "\n" + wording.text("Not in it (the pack says which):") + "\n" + "\n".join(lines)
        if not made.known_whole:
            said += "\n" + wording.text(
                "Something may not have reached this store; completeness.txt in the pack says what."
            )
        self._say("\n".join((said, *made.remarks)), "" if made.known_whole else "fair")
        self._show_folder.show()

    def _failed(self, error: GembaError) -> None:
        self._ended()
        self._say(wording.sentence(error), "poor")

    @Slot()
    def _ended(self) -> None:
        self.progress.hide()

    def _tell_whom(self) -> None:
        if self._cards:
            self.whom.setText(
                wording.plural(
                    "Only {n} can open it: {files}",
                    "Only these {n} can open it: {files}",
                    len(self._cards),
                    files=", ".join(card.name for card in self._cards),
                )
            )
        else:
            self.whom.setText(wording.text("Open: anybody who has the file can read it."))

    def _say(self, said: str, tone: str) -> None:
        self.said.setText(said)
        self.said.setVisible(bool(said))
        self.said.set_tone(tone)
        if said:
            bring_into_sight(self.said)

    @Slot()
    def _open(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder)))

    @Slot()
    def _close(self) -> None:
        self.progress.cancel()
        self._ended()
        self.closed.emit()


def _make(desk: Any, choice: Choice, folder: Path, cards: tuple[Path, ...], *, progress: Progress) -> MadeAuditPack:
    """Make it; on a job's thread."""
    recipients: list[str] = []
    for card in cards:
        try:
            recipients += recipients_in(card.read_bytes())
        except OSError as error:
            raise Refusal("packs.not_a_card") from error
    stages = {
        "reports": wording.text("Drawing the reports …"),
        "evidence": wording.text("Copying the evidence …"),
        "writing": wording.text("Writing the file …"),
    }
    return audit_pack.make(
        desk,
        choice,
        folder,
        recipients=recipients,
        step=lambda stage, done, total: progress.step(done, total, stages.get(stage, "")),
    )


def _quarters(today: date) -> list[tuple[str, str]]:
    """This quarter and those before it, the last that is over first."""
    year, number = today.year, (today.month + 2) // 3
    found: list[tuple[str, str]] = []
    for _ in range(_QUARTERS):
        code = f"{year}Q{number}"
        found.append((code, wording.text("Quarter {number} of {year}", number=number, year=year)))
        year, number = (year, number - 1) if number > 1 else (year - 1, 4)
    return found


def _kinds() -> list[tuple[str, str]]:
    return [("", wording.text("All kinds")), *((kind.code, wording.text(kind.title)) for kind in kinds.ALL.values())]


def _resolutions() -> list[tuple[str, str]]:
    return [(one.value, _opened(one)) for one in Resolution]


def _opened(resolution: Resolution) -> str:
    """The words of a resolution, as they begin a line."""
    words = resolution_words(resolution)
    return words[:1].upper() + words[1:]


def _budgets() -> list[tuple[str, str]]:
    return [("", wording.text("No limit")), *((one, one.replace("MB", " MB")) for one in _BUDGETS)]
