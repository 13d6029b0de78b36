"""The tab of causes: analyses, the one that is chosen, and the actions that follow from it."""

from __future__ import annotations

from typing import Any

import msgspec
from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gemba import wording
from gemba.domain.actions import Action
from gemba.domain.causes import CauseAnalysis
from gemba.domain.change import Change
from gemba.domain.complaint_reviews import ComplaintReview
from gemba.domain.vocabularies import Facet
from gemba.store import vocabularies
from gemba.store.review_lists import CAUSES
from gemba.ui import terms
from gemba.ui.lists.panel import ListPanel
from gemba.ui.lists.source import StoreSource
from gemba.ui.pages.add_action import AddAction
from gemba.ui.pages.detail import Detail
from gemba.ui.pages.places import PlaceNames, read_places
from gemba.ui.pages.split import Split
from gemba.ui.parts.badges import Badges
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import Card
from gemba.ui.parts.empty import EmptyState
from gemba.ui.parts.facts import Facts
from gemba.ui.parts.links import LinkRow
from gemba.ui.parts.words import Words
from gemba.ui.playbook.answers_row import AnswersRow
from gemba.ui.reviews.cause_editor import CauseEditor
from gemba.ui.reviews.shapes import CAUSE_TOPICS, causes
from gemba.ui.services import Services
from gemba.work.analyse_cause import begin, reopen
from gemba.work.cause_words import domain_title, head_title, sort_title, step_title
from gemba.work.follow_action import add_for_analysis
from gemba.work.pattern_answers import Codes


class AnalysisFacts(msgspec.Struct, frozen=True):
    """What the detail of an analysis shows."""

    analysis: CauseAnalysis
    review: ComplaintReview | None
    actions: tuple[Action, ...]
    codes: dict[Facet, list[tuple[str, str]]]


class CausesTab(QWidget):
    """List and editor of cause analyses.

    Args:
        services: of the window.
        parent: the owner.
    """

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.services = services
        self.names = PlaceNames(services.desk)
        self.editor: CauseEditor | None = None
        self.form: AddAction | None = None
        new = Button(
            wording.text("Look for a cause"), name="causes.empty.new", icon="plus", look="primary", run=self.begin
        )
        empty = EmptyState(
            "git-fork",
            wording.text("No cause looked for yet"),
            wording.text(
                "Ask why until you meet what let it happen: from a cluster of a review, from a complaint, or here."
            ),
            new,
        )
        self.list = ListPanel(causes(self.names), StoreSource(services.desk, CAUSES), services, empty=empty)
        self.detail = Detail(
            services,
            read=read_analysis,
            draw=self._draw,
            name="causes.detail",
            nothing=EmptyState(
                "git-fork", wording.text("No analysis chosen"), wording.text("Choose one to go on with it.")
            ),
            topics=CAUSE_TOPICS,
        )
        self.list.chosen.connect(self._chose)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(Split(self.list, self.detail, name="causes.split"))

    def arrive(self) -> None:
        """Read the list when it is first shown."""
        self.services.jobs.ask(read_places, self.services.desk, done=self.names.take)
        self.list.start()

    def show_uid(self, uid: str) -> None:
        """Show one analysis."""
        self.list.show_uid(uid)
        self.detail.open(uid)

    @Slot()
    def begin(self) -> None:
        """Begin an analysis of something that stands for itself."""
        self.services.jobs.write(begin, wording.text("What is wrong: to be said"), done=self._begun)

    def _begun(self, change: Change) -> None:
        self.show_uid(change.uid)

    def keep_typed(self) -> None:
        """Keep what was typed, when one goes elsewhere."""
        if self.editor is not None and self.editor.typed is not None:
            self.editor.keep()

    @Slot(object)
    def _chose(self, line: Any) -> None:
        if line is None or self.editor is None or line.uid != self.editor.uid:
            self.keep_typed()
            self.editor = self.form = None
        self.detail.open(line.uid if line is not None else "")

    def _draw(self, facts: AnalysisFacts) -> None:
        analysis, body = facts.analysis, self.detail.body
        body.addWidget(Words(analysis.number, tone="muted", scale="small"))
        body.addWidget(Words(analysis.problem, scale="heading", wrap=True))
        badges = Badges()
        state = "done" if analysis.finished_at else "draft"
        badges.say(
            (terms.state(state), terms.state_tone(state)),
            (sort_title(analysis.sort) if analysis.sort else "", "poor" if analysis.sort == "system" else "plain"),
        )
        body.addWidget(badges)
        self._links(facts)
        codes = Codes(analysis.step, analysis.cause, analysis.place or "")
        body.addWidget(AnswersRow(self.services, codes, name="causes.detail"))
        if analysis.finished_at is None:
            before = self.editor if self.editor is not None and self.editor.uid == analysis.uid else None
            self.editor = CauseEditor(self.services, analysis, facts.codes, before.typed if before else None)
            body.addWidget(self.editor)
        else:
            self.editor = None
            body.addWidget(_told(facts))
            body.addWidget(
                Button(
                    wording.text("Open it again"), name="cause.reopen", icon="undo-2", look="quiet", run=self._reopen
                ),
                0,
                Qt.AlignmentFlag.AlignLeft,
            )
        self._actions(facts)

    def _links(self, facts: AnalysisFacts) -> None:
        analysis, body = facts.analysis, self.detail.body
        if facts.review is not None:
            body.addWidget(
                LinkRow(
                    facts.review.title,
                    wording.text("The review that it explains a cluster of"),
                    name="cause.review",
                    icon="microscope",
                    go=self.services.go,
                    to=("reviews", facts.review.uid),
                )
            )
        for page, uid, words, icon in (
            (
                "complaints",
                analysis.complaint,
                wording.text("The complaint that it explains"),
                "message-square-warning",
            ),
            ("findings", analysis.finding, wording.text("The finding that it explains"), "flag"),
        ):
            if uid:
                body.addWidget(LinkRow(words, name=f"cause.{page}", icon=icon, go=self.services.go, to=(page, uid)))

    def _actions(self, facts: AnalysisFacts) -> None:
        card = Card(wording.text("Actions"), look="inset")
        for action in facts.actions:
            due = wording.text("due {day}", day=terms.day(action.due))
            card.body.addWidget(
                LinkRow(
                    action.text,
                    f"{action.owner} · {due}",
                    badge=(terms.state(action.state), terms.state_tone(action.state)),
                    name=f"cause.action.{action.uid}",
                    go=self.services.go,
                    to=("actions", action.uid),
                )
            )
        self.form = AddAction(self.services, facts.analysis.uid, give=add_for_analysis)
        add = Button(wording.text("Add an action"), name="cause.act", icon="plus", look="quiet", run=self.form.begin)
        card.body.addWidget(add, 0, Qt.AlignmentFlag.AlignLeft)
        card.body.addWidget(self.form)
        self.detail.body.addWidget(card)

    @Slot()
    def _reopen(self) -> None:
        self.services.jobs.write(reopen, self.detail.uid)


def read_analysis(desk: Any, uid: str) -> AnalysisFacts | None:
    """Everything that the detail shows; on a job's thread."""
    with desk.reader() as reader:
        analysis = reader.get(CauseAnalysis, uid)
        if analysis is None:
            return None
        codes = {facet: vocabularies.current(reader, facet) for facet in (Facet.STEP, Facet.CAUSE)}
        return AnalysisFacts(
            analysis,
            reader.get(ComplaintReview, analysis.review) if analysis.review else None,
            tuple(reader.find(Action, analysis=uid)),
            {facet: list(words.terms.items()) if words is not None else [] for facet, words in codes.items()},
        )


def _told(facts: AnalysisFacts) -> Facts:
    """A finished analysis, to be read."""
    analysis = facts.analysis
    titles = {facet: dict(known) for facet, known in facts.codes.items()}
    return Facts(
        (wording.text("Process step"), titles[Facet.STEP].get(analysis.step, analysis.step)),
        (wording.text("Cause"), titles[Facet.CAUSE].get(analysis.cause, analysis.cause)),
        (wording.text("Contained"), analysis.contained),
        *((wording.text("Why {n}", n=n), why) for n, why in enumerate(analysis.whys, 1)),
        *((head_title(head), words) for head, words in analysis.heads.items()),
        (wording.text("Where the cause lies"), domain_title(analysis.domain)),
        (wording.text("Not caught because"), analysis.escape),
        *((step_title(step), words) for step, words in analysis.steps.items()),
        (wording.text("Finished"), terms.moment(analysis.finished_at)),
    )
