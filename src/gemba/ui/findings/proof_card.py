"""Photos and files that show what was done, on the page of a promise or an escalation; it reads them by itself."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from gemba import wording
from gemba.domain.change import Change
from gemba.domain.record import Uid
from gemba.ui.conduct.photos import Taken
from gemba.ui.findings.photo_slot import PhotoSlot
from gemba.ui.findings.proof_taking import ProofTaking, ShownProof, custody, picture_of
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import clear
from gemba.ui.parts.words import Words
from gemba.ui.services import Services
from gemba.work.desk import Desk
from gemba.work.proofs import File, add_proof, last_step, proofs_of, steps_of, told_of

Subject = tuple[str, Uid]


class ProofCard(ProofTaking):
    """All photos and files of a promise, or of the steps of an escalation, and room for more.

    Args:
        services: of the window.
        subject: `commitment` or `escalation`, and the uid; what comes to an escalation belongs to its last step.
        parent: the owner.
    """

    def __init__(self, services: Services, subject: Subject, parent: QWidget | None = None) -> None:
        super().__init__(services, wording.text("Photos and files"), "proof", parent)
        self._subject = subject
        self._rows = QVBoxLayout()
        self._rows.setSpacing(10)
        self.body.addLayout(self._rows)
        title = wording.text("Add photo or file")
        self.put_ways_in(Button(title, name="proof.add", icon="paperclip", look="quiet", run=self.choose, parent=self))
        services.changed.made.connect(self._hear)
        self.read()

    def read(self) -> None:
        """Read what there is, beside the window."""
        self._services.jobs.ask(read_proofs, self._services.desk, self._subject, done=self._show)

    def keep(self, taken: Sequence[Taken]) -> None:
        """Keep what was taken as proof."""
        files = [(each.name, each.data) for each in taken]
        self._services.jobs.write(keep_proof, self._subject, files, done=self.kept)

    @Slot(object)
    def _hear(self, change: Change) -> None:
        if "evidence" in change.topics:
            self.read()

    def _show(self, found: Sequence[ShownProof]) -> None:
        clear(self._rows)
        holder = QWidget(self)
        rows = QVBoxLayout(holder)
        rows.setContentsMargins(0, 0, 0, 0)
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        for column in (0, 1):
            grid.setColumnStretch(column, 1)
        pictures = [each for each in found if each.proof.item.width]
        for number, each in enumerate(pictures):
            grid.addWidget(self._side(number, each, holder), number // 2, number % 2, Qt.AlignmentFlag.AlignTop)
        rows.addLayout(grid)
        self._rows.addWidget(holder)
        self.put_files([each.proof for each in found if not each.proof.item.width], self._rows)
        self.put_remarks([each.proof for each in found], self._rows)
        if not found:
            said = wording.text("Nothing shows it yet. Words stand for themselves; a photo or file may stand beside.")
            self._rows.addWidget(Words(said, tone="muted", wrap=True, parent=self))

    def _side(self, number: int, each: ShownProof, parent: QWidget) -> QWidget:
        side, item = QWidget(parent), each.proof.item
        rows = QVBoxLayout(side)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(4)
        slot = PhotoSlot(item.name, name=f"proof.photo.{number + 1}", parent=side)
        slot.show_picture(each.picture)
        slot.clicked.connect(partial(self.offer, slot, item))
        rows.addWidget(slot)
        rows.addWidget(
            Words(f"{item.name} · {custody(each.proof)}", scale="small", tone="muted", wrap=True, parent=side)
        )
        return side


def read_proofs(desk: Desk, subject: Subject) -> tuple[ShownProof, ...]:
    """What shows it, with the pictures; on a job's thread."""
    with desk.reader() as reader:
        noun, uid = subject
        steps = [("escalation_step", one.uid) for one in steps_of(reader, uid)] if noun == "escalation" else [subject]
        told = told_of(desk, reader, [one for each in steps for one in proofs_of(reader, *each)])
    return tuple(ShownProof(each, picture_of(desk, each.item)) for each in told)


def keep_proof(desk: Desk, subject: Subject, files: Sequence[File]) -> Change:
    """Keep files as proof of a promise, or of the last step of an escalation."""
    noun, uid = subject
    if noun == "escalation":
        with desk.reader() as reader:
            noun, uid = "escalation_step", last_step(reader, uid)
    return add_proof(desk, noun, uid, files)
