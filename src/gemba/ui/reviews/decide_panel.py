"""The decision on a cluster: the proposal above, what the person says below, with the reason."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QCheckBox, QPlainTextEdit, QWidget

from gemba import wording
from gemba.domain.change import Change
from gemba.domain.complaint_reviews import SystemicVerdict
from gemba.errors import GembaError
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import Card
from gemba.ui.parts.fields import Choice, Field
from gemba.ui.parts.words import Words
from gemba.ui.services import Services
from gemba.work.cluster_figures import ClusterFigures
from gemba.work.cluster_numbers import verdict_title
from gemba.work.decide_cluster import decide_all

_OF_REASON = {"work.decision_without_reason", "work.names_people", "work.may_name_people"}


class DecidePanel(Card):
    """Takes a decision on one cluster, or on several alike.

    Args:
        services: of the window.
        review: uid of the review.
        clusters: what is decided; asked for when the decision is made.
        heading: over it.
        name: beginning of object names.
        parent: the owner.
    """

    def __init__(
        self,
        services: Services,
        review: str,
        clusters: Callable[[], list[ClusterFigures]],
        *,
        heading: str,
        name: str = "cluster",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(heading, look="inset", parent=parent)
        self._services, self._review, self._clusters = services, review, clusters
        self.verdict = Choice(
            [(one, verdict_title(one)) for one in SystemicVerdict], name=f"{name}.verdict", parent=self
        )
        self.reason = QPlainTextEdit(self)
        self.reason.setObjectName(f"{name}.reason")
        self.reason.setTabChangesFocus(True)
        self.reason.setFixedHeight(76)
        self.field = Field(
            wording.text("&Why"),
            self.reason,
            hint=wording.text("Needed against the proposal. Roles and conditions, no names."),
            parent=self,
        )
        self.no_names = QCheckBox(wording.text("These are no names of people"), self)
        self.no_names.setObjectName(f"{name}.no_names")
        self.no_names.hide()
        self.body.addWidget(Field(wording.text("&It is"), self.verdict, parent=self))
        self.body.addWidget(self.field)
        self.body.addWidget(self.no_names)
        go = Button(wording.text("Decide"), name=f"{name}.decide", icon="check", run=self.decide, parent=self)
        self.body.addWidget(go, 0, Qt.AlignmentFlag.AlignLeft)

    def propose(self, verdict: SystemicVerdict) -> None:
        """Begin with a verdict."""
        self.verdict.choose(verdict)

    @Slot()
    def decide(self) -> None:
        """Keep the decision."""
        self.field.say_problem("")
        kept = partial(decide_all, are_no_names=self.no_names.isChecked())
        self._services.jobs.write(
            kept,
            self._review,
            self._clusters(),
            SystemicVerdict(self.verdict.value),
            self.reason.toPlainText(),
            done=self._decided,
            failed=self._refused,
        )

    def _decided(self, _change: Change) -> None:
        self._services.messages.info(wording.text("The decision is kept, with the proposal and its numbers."))

    def _refused(self, error: GembaError) -> None:
        if error.code not in _OF_REASON:
            self._services.messages.trouble(error)
            return
        self.field.say_problem(wording.sentence(error))
        self.no_names.setVisible(error.code == "work.may_name_people")
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)


def decided_words(verdict: SystemicVerdict, who: str, when: str, reason: str, parent: QWidget | None = None) -> Words:
    """A decision in a sentence."""
    said = f"{verdict_title(verdict)} · {who}, {when}"
    return Words(f"{said}\n{reason}" if reason else said, wrap=True, parent=parent)
