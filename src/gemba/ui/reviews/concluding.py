"""Concluding a review: what is left to decide, alike and with one reason; then the summary."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QPlainTextEdit, QWidget

from gemba import wording
from gemba.domain.change import Change
from gemba.domain.complaint_reviews import SystemicVerdict
from gemba.errors import GembaError
from gemba.ui.parts.buttons import Button, IconButton
from gemba.ui.parts.cards import Card
from gemba.ui.parts.fields import Field
from gemba.ui.parts.words import Words
from gemba.ui.reviews.decide_panel import DecidePanel
from gemba.ui.services import Services
from gemba.work.cluster_figures import ClusterFigures, ReviewClusters
from gemba.work.decide_cluster import conclude


class Concluding(Card):
    """Lies above the clusters while somebody concludes.

    Args:
        services: of the window.
        found: the review's clusters.
        left: those that matter and nobody has decided.
        parent: the owner.
    """

    closed = Signal()

    def __init__(
        self, services: Services, found: ReviewClusters, left: list[ClusterFigures], parent: QWidget | None = None
    ) -> None:
        super().__init__(wording.text("Conclude the review"), parent=parent)
        self._services, self._found = services, found
        self.head.addWidget(
            IconButton("x", wording.text("Close"), name="review.conclude.close", run=self.closed.emit, parent=self)
        )
        if left:
            self._offer_rest(left)
        else:
            self._offer_summary()

    def _offer_rest(self, left: list[ClusterFigures]) -> None:
        words = wording.plural(
            "{n} cluster that matters is not decided. Decide it in the list, or here.",
            "{n} clusters that matter are not decided. Decide them one by one in the list, or all alike here.",
            len(left),
        )
        self.body.addWidget(Words(words, wrap=True, parent=self))
        rest = DecidePanel(
            self._services,
            self._found.review,
            lambda: left,
            heading=wording.text("All the rest alike"),
            name="review.rest",
            parent=self,
        )
        rest.propose(SystemicVerdict.NOT_ENOUGH)
        self.body.addWidget(rest)

    def _offer_summary(self) -> None:
        self.summary = QPlainTextEdit(self)
        self.summary.setObjectName("review.summary")
        self.summary.setTabChangesFocus(True)
        self.summary.setFixedHeight(92)
        self.field = Field(
            wording.text("&Summary"),
            self.summary,
            hint=wording.text("What is systemic, and what happens now. From then on the review is frozen."),
            parent=self,
        )
        self.no_names = QCheckBox(wording.text("These are no names of people"), self)
        self.no_names.setObjectName("review.no_names")
        self.no_names.hide()
        self.body.addWidget(self.field)
        self.body.addWidget(self.no_names)
        go = Button(
            wording.text("Conclude"), name="review.conclude.go", icon="check", run=self.conclude, once=True, parent=self
        )
        self.body.addWidget(go, 0, Qt.AlignmentFlag.AlignLeft)

    @Slot()
    def conclude(self) -> None:
        """Conclude it."""
        self.field.say_problem("")
        ended = partial(conclude, are_no_names=self.no_names.isChecked())
        self._services.jobs.write(
            ended,
            self._found.review,
            self._found,
            self.summary.toPlainText(),
            done=self._concluded,
            failed=self._refused,
        )

    def _concluded(self, _change: Change) -> None:
        self._services.messages.info(wording.text("The review is concluded."))
        self.closed.emit()

    def _refused(self, error: GembaError) -> None:
        self.field.say_problem(wording.sentence(error))
        self.no_names.setVisible(error.code == "work.may_name_people")
        self.summary.setFocus(Qt.FocusReason.OtherFocusReason)
