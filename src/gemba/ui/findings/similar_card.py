"""Similar elsewhere? On a finding: the answer, or the question that keeps it open."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QWidget

from gemba import wording
from gemba.domain.change import Change
from gemba.domain.findings import Finding, FindingState
from gemba.errors import GembaError
from gemba.ui.findings.similar_fields import SimilarFields
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import Card
from gemba.ui.parts.words import Words
from gemba.ui.services import Services
from gemba.work.similar_elsewhere import Elsewhere, answer, similar_words


class SimilarCard(Card):
    """Shows the answer; asks while there is none.

    Args:
        services: of the window.
        finding: that it is about.
        places: at which the like may be found.
        waits: all else is done, and only this question keeps it open.
        parent: the owner.
    """

    def __init__(
        self,
        services: Services,
        finding: Finding,
        places: Sequence[Elsewhere],
        *,
        waits: bool,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(wording.text("Similar elsewhere?"), look="inset", parent=parent)
        self.setObjectName("similar")
        self._services, self._finding = services, finding
        if waits:
            words = wording.text("All is done. The finding closes once this is answered.")
            self.body.addWidget(Words(words, tone="fair", strong=True, wrap=True, parent=self))
        elif not finding.similar:
            words = wording.text("Nobody has answered it yet; without an answer the finding does not close.")
            self.body.addWidget(Words(words, tone="muted", wrap=True, parent=self))
        self._said = Words(similar_words(finding.similar, finding.similar_note), wrap=True, parent=self)
        self._said.setVisible(bool(finding.similar))
        self.body.addWidget(self._said)
        self.fields = SimilarFields(name="similar", places=places, parent=self)
        if finding.similar:
            self.fields.choice.choose(finding.similar)
            self.fields.note.setPlainText(finding.similar_note)
        self._keep = Button(
            wording.text("Keep the answer"), name="similar.keep", icon="check", run=self.keep, once=True, parent=self
        )
        self._open = Button(
            wording.text("Change") if finding.similar else wording.text("Answer"),
            name="similar.open",
            icon="pencil" if finding.similar else "search-check",
            look="quiet",
            run=self.begin,
            parent=self,
        )
        for button in (self._open, self._keep):
            self.body.addWidget(button, 0, Qt.AlignmentFlag.AlignLeading)
        self.body.insertWidget(self.body.indexOf(self._keep), self.fields)
        self._fit(asks=waits)

    @Slot()
    def begin(self) -> None:
        """Open the question."""
        self._fit(asks=True)
        self.fields.choice.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def keep(self) -> None:
        """Keep the answer."""
        self.fields.say_problem("")
        said = self.fields.answer()
        self._services.jobs.write(answer, self._finding.uid, said, done=self._kept, failed=self._refused)

    def _fit(self, *, asks: bool) -> None:
        self._open.setVisible(not asks)
        self.fields.setVisible(asks)
        self._keep.setVisible(asks)

    def _kept(self, change: Change) -> None:
        with self._services.desk.reader() as reader:
            now = reader.get(Finding, change.uid)
        closed = now is not None and now.state is FindingState.CLOSED
        words = wording.text("The answer is kept, and the finding is closed.")
        self._services.messages.info(words if closed else wording.text("The answer is kept."))

    def _refused(self, error: GembaError) -> None:
        if error.code == "work.similar_unanswered":
            self.fields.say_problem(wording.sentence(error))
        else:
            self._services.messages.trouble(error)
