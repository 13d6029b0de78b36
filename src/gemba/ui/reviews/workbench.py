"""One review at work: its clusters, the decision on each, the conclusion and the report."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QCheckBox, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from gemba import wording
from gemba.domain.change import Change
from gemba.domain.complaint_reviews import ComplaintReview, ReviewState
from gemba.ui import terms
from gemba.ui.lineage.number_link import NumberLinks
from gemba.ui.lists.panel import ListPanel
from gemba.ui.pages.detail import Detail
from gemba.ui.pages.split import Split
from gemba.ui.parts.badges import Badge
from gemba.ui.parts.buttons import Button, IconButton
from gemba.ui.parts.cards import clear
from gemba.ui.parts.empty import EmptyState
from gemba.ui.parts.flow import Flow
from gemba.ui.parts.progress import ProgressRow
from gemba.ui.parts.words import Words
from gemba.ui.reviews.cluster_detail import SHOWN, ClusterFacts, draw_cluster, read_cluster
from gemba.ui.reviews.cluster_source import ClusterSource
from gemba.ui.reviews.concluding import Concluding
from gemba.ui.reviews.review_behind import drawn, uncoded
from gemba.ui.reviews.shapes import clusters as shape
from gemba.ui.services import Services
from gemba.work.analyse_cause import About
from gemba.work.analyse_cause import begin as begin_analysis
from gemba.work.cluster_figures import ReviewClusters
from gemba.work.decide_cluster import decisions_of, undecided
from gemba.work.issue_complaint_review import complaint_review_report
from gemba.work.issue_report import IssuedFile
from gemba.work.records import known
from gemba.work.review_clusters import clusters

_NARROW = 860
"""Pixels below which the buttons stand under the title."""
_TOPICS = frozenset({"cluster_decision", "complaint_review", "cause_analysis"})


class Workbench(QWidget):
    """Shows one review; empty until one is opened.

    Args:
        services: of the window.
        parent: the owner.
    """

    left = Signal()
    analysing = Signal(str)
    """An analysis was begun; carries its uid."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.services = services
        self.review: ComplaintReview | None = None
        self.found: ReviewClusters | None = None
        self.shown_complaints = SHOWN
        self._stale = False
        self.source = ClusterSource(services.desk)
        self.title = Words("", scale="heading", wrap=True, parent=self)
        self.under = Words("", tone="muted", wrap=True, parent=self)
        self.counts = NumberLinks("workbench.counts", self)
        self.state = Badge("", "plain", self)
        self.by_place = QCheckBox(wording.text("By place"), self)
        self.by_place.setObjectName("review.by_place")
        self.by_place.setToolTip(wording.text("One cluster for each place instead of one for all places"))
        self.by_place.clicked.connect(self.judge)
        self.progress = ProgressRow(wording.text("Judging the clusters …"), name="review.judging", parent=self)
        self._concluding = QVBoxLayout()
        self.list = ListPanel(shape(), self.source, services, empty=_no_cluster())
        self.detail = Detail(
            services,
            read=self._read,
            draw=self._draw,
            name="clusters.detail",
            nothing=EmptyState(
                "scale",
                wording.text("No cluster chosen"),
                wording.text("Choose one to see its signs with their numbers, and decide."),
            ),
            topics=_TOPICS,
            has_history=False,
        )
        self.list.chosen.connect(self._chose)
        self._lay_out()
        services.changed.made.connect(self.hear)

    def open(self, review: str) -> None:
        """Show a review; its clusters are formed beside the window."""
        if self.review is not None and self.review.uid == review and not self._stale:
            self._read_review()
            return
        self.found = self.source.found = None
        self.review = None
        self.services.jobs.call_off(self._offer_conclusion)
        self.detail.open("")
        self._uid = review
        self._read_review()
        self.judge()

    @Slot()
    def judge(self) -> None:
        """Form and judge the clusters."""
        self._stale = False
        self.progress.follow(
            self.services.jobs.ask(
                _judge,
                self.services.desk,
                self._uid,
                self.by_place.isChecked(),
                progress=self.progress.told,
                done=self._judged,
                failed=self._failed,
            )
        )

    @Slot()
    def conclude(self) -> None:
        """Show what is left to decide, or the summary."""
        if self.found is not None:
            self.services.jobs.ask(_left, self.services.desk, self.found, done=self._offer_conclusion)

    @Slot()
    def report(self) -> None:
        """Ask where to, and write the PDF."""
        if self.review is None:
            return
        name, _ = QFileDialog.getSaveFileName(
            self, wording.text("Write the report"), f"{self.review.number}.pdf", wording.text("PDF files (*.pdf)")
        )
        if name:
            self.report_to(Path(name))

    def report_to(self, file: Path) -> None:
        """Write the PDF beside the window."""
        self.services.messages.info(wording.text("The report is being written …"))
        self.services.jobs.errand(
            complaint_review_report, self.services.desk, self._uid, file, self.found, done=self._reported
        )

    @Slot()
    def analyse(self) -> None:
        """Begin to look for the cause of the chosen cluster."""
        line = self.list.current
        if line is None:
            return
        each = line.figures
        about = About(review=self._uid, step=each.step, cause=each.cause, place=each.place)
        problem = wording.plural("{title}: {n} complaint", "{title}: {n} complaints", each.cases, title=line.title)
        self.services.jobs.write(begin_analysis, problem, about, done=self._begun)

    @Slot()
    def more_complaints(self) -> None:
        """List more of the complaints behind the cluster."""
        self.shown_complaints *= 5
        self.detail.hear(Change(topics=_TOPICS))

    @Slot(object)
    def hear(self, change: Change) -> None:
        """A decision is shown at once; a finished cause lets all clusters be judged again."""
        if self.review is None:
            return
        if change.topics & {"cause_analysis", "action", "complaint", "vocabulary"}:
            self._stale = True
        if change.topics & {"cluster_decision", "complaint_review"}:
            self._read_review()
            self._close_conclusion()

    def refresh(self) -> None:
        """Judge anew when something was learned meanwhile."""
        if self.review is not None and self._stale:
            self.judge()

    def _read_review(self) -> None:
        self.services.jobs.ask(_review, self.services.desk, self._uid, done=self._reviewed)

    def _reviewed(self, review: ComplaintReview) -> None:
        self.review = review
        self.title.setText(review.title)
        self.state.say(terms.state(review.state), terms.state_tone(review.state))
        self.buttons["conclude"].setEnabled(review.state is ReviewState.OPEN)
        self._say()

    def _judged(self, found: ReviewClusters) -> None:
        self.progress.hide()
        self.found = self.source.found = found
        self.list.start()
        self.list.hear(Change(topics=frozenset({"cluster_decision"})))
        self.detail.hear(Change(topics=_TOPICS))
        self._say()

    def _failed(self, error: Any) -> None:
        self.progress.hide()
        self.services.messages.trouble(error)

    def _say(self) -> None:
        if self.review is None:
            return
        parts = [
            self.review.number,
            wording.plural(
                "{count} complaint", "{count} complaints", self.review.count, count=terms.number(self.review.count)
            ),
        ]
        if self.found is not None:
            matter = sum(each.matters for each in self.found.clusters)
            parts.append(wording.plural("{n} cluster", "{n} clusters", len(self.found.clusters)))
            parts.append(wording.plural("{n} with a sign that matters", "{n} with signs that matter", matter))
            if self.found.uncoded:
                parts.append(
                    wording.plural("{n} without step and cause", "{n} without step and cause", self.found.uncoded)
                )
            if self.found.people_column:
                parts.append(wording.text("shifts or people by “{column}”", column=self.found.people_column))
        self.under.setText(" · ".join(parts))
        left = [] if self.found is None or not self.found.uncoded else [uncoded(self.review, self.found.uncoded)]
        self.counts.put(drawn(self.review), *left)

    @Slot(object)
    def _chose(self, line: Any) -> None:
        self.shown_complaints = SHOWN
        self.detail.open(line.uid if line is not None else "")

    def _read(self, desk: Any, uid: str) -> ClusterFacts | None:
        line = self.source.line(uid)
        if line is None or self.review is None:
            return None
        return read_cluster(desk, self.review, line, self.shown_complaints)

    def _draw(self, facts: ClusterFacts) -> None:
        if self.found is not None and self.review is not None:
            draw_cluster(self, self.found, self.review, facts)

    def _offer_conclusion(self, left: list[Any]) -> None:
        self._close_conclusion()
        if self.found is not None:
            made = Concluding(self.services, self.found, left)
            made.closed.connect(self._close_conclusion)
            self._concluding.addWidget(made)

    @Slot()
    def _close_conclusion(self) -> None:
        clear(self._concluding)

    def _begun(self, change: Change) -> None:
        self.analysing.emit(change.uid)

    def _reported(self, issued: IssuedFile) -> None:
        said = wording.plural(
            "The report is written: {file} ({n} page).",
            "The report is written: {file} ({n} pages).",
            issued.pages,
            file=issued.file.name,
        )
        self.services.messages.info(said)
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(issued.file)))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Buttons beside the title where there is room, else below it."""
        super().resizeEvent(event)
        narrow = event.size().width() < _NARROW
        sides = QBoxLayout.Direction
        self._head.setDirection(sides.TopToBottom if narrow else sides.LeftToRight)

    def _lay_out(self) -> None:
        self._head = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._head.setSpacing(12)
        title = QHBoxLayout()
        title.setSpacing(12)
        title.addWidget(
            IconButton("arrow-left", wording.text("All reviews"), name="review.back", run=self.left.emit, parent=self)
        )
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.title)
        words.addWidget(self.under)
        words.addWidget(self.counts)
        title.addLayout(words, 1)
        self._head.addLayout(title, 1)
        tools = QWidget(self)
        flow = Flow(tools)
        self.buttons = {
            "report": Button(wording.text("Write the report"), name="review.report", icon="file-text", run=self.report),
            "conclude": Button(
                wording.text("Conclude …"),
                name="review.conclude",
                icon="check",
                look="primary",
                run=self.conclude,
                once=True,
            ),
        }
        for widget in (self.state, self.by_place, *self.buttons.values()):
            flow.addWidget(widget)
        self._head.addWidget(tools)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(12)
        rows.addLayout(self._head)
        rows.addWidget(self.progress)
        rows.addLayout(self._concluding)
        rows.addWidget(Split(self.list, self.detail, name="clusters.split"), 1)


def _no_cluster() -> EmptyState:
    return EmptyState(
        "tags",
        wording.text("No cluster"),
        wording.text("Clusters are formed of complaints that have a process step or a cause: code them first."),
    )


def _judge(desk: Any, review: str, by_place: bool, *, progress: Any) -> ReviewClusters:  # noqa: FBT001 - a job's argument
    """The clusters; on a job's thread."""
    return clusters(desk, review, by_place=by_place, step=partial(_step, progress))


def _step(progress: Any, done: int, total: int) -> None:
    progress.step(done, total)


def _left(desk: Any, found: ReviewClusters) -> list[Any]:
    """The clusters that are still to be decided; on a job's thread."""
    with desk.reader() as reader:
        return undecided(found, decisions_of(reader, found.review))


def _review(desk: Any, uid: str) -> ComplaintReview:
    with desk.reader() as reader:
        return known(reader, ComplaintReview, uid)
