"""The tab of reviews: the list, the entry of a new one, and one at work."""

from __future__ import annotations

from functools import partial
from typing import Any

import msgspec
from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QStackedWidget, QWidget

from gemba import wording
from gemba.domain.complaint_reviews import ComplaintReview
from gemba.store.review_lists import REVIEWS, ReviewLine
from gemba.ui import terms
from gemba.ui.lineage.number_link import NumberLinks
from gemba.ui.lists.panel import ListPanel
from gemba.ui.lists.source import StoreSource
from gemba.ui.pages.detail import Detail
from gemba.ui.pages.places import PlaceNames, read_places
from gemba.ui.pages.split import Split
from gemba.ui.parts.badges import Badges
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import column, scrolled
from gemba.ui.parts.empty import EmptyState
from gemba.ui.parts.facts import Facts
from gemba.ui.parts.flow import Flow
from gemba.ui.parts.words import Words
from gemba.ui.reviews.draw_form import DrawForm
from gemba.ui.reviews.review_behind import drawn
from gemba.ui.reviews.shapes import REVIEW_TOPICS, reviews
from gemba.ui.reviews.workbench import Workbench
from gemba.ui.services import Services
from gemba.work.draw_review import ALL, Redrawn, draw_again

_WIDEST = 860


class ReviewFacts(msgspec.Struct, frozen=True):
    """What the detail of a review shows."""

    line: ReviewLine
    review: ComplaintReview


class ReviewsTab(QStackedWidget):
    """List, entry and workbench, one at a time.

    Args:
        services: of the window.
        parent: the owner.
    """

    changed_part = Signal()
    """The list, the entry or the workbench came to be shown."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.services = services
        self.names = PlaceNames(services.desk)
        draw = Button(
            wording.text("Draw a set"), name="reviews.empty.draw", icon="plus", look="primary", run=self.begin_draw
        )
        empty = EmptyState(
            "microscope",
            wording.text("No review yet"),
            wording.text(
                "Draw the complaints of a period: Gemba forms clusters, shows what speaks for a gap in the system, "
                "and you decide."
            ),
            draw,
        )
        self.list = ListPanel(reviews(self.names), StoreSource(services.desk, REVIEWS), services, empty=empty)
        self.detail = Detail(
            services,
            read=read_review,
            draw=self._draw_detail,
            name="reviews.detail",
            nothing=EmptyState(
                "microscope", wording.text("No review chosen"), wording.text("Choose one to see how it was drawn.")
            ),
            topics=REVIEW_TOPICS,
        )
        self.form = DrawForm(services, self.names)
        self.bench = Workbench(services)
        self.addWidget(Split(self.list, self.detail, name="reviews.split"))
        self.addWidget(scrolled(column(self.form, widest=_WIDEST), name="reviews.draw.area"))
        self.addWidget(self.bench)
        self.list.chosen.connect(self._chose)
        self.list.opened.connect(self._opened)
        self.form.drawn.connect(self.open)
        self.form.left.connect(self.to_list)
        self.bench.left.connect(self.to_list)

    def arrive(self) -> None:
        """Read the list when it is first shown; the workbench learns what was learned meanwhile."""
        self.services.jobs.ask(read_places, self.services.desk, done=self.names.take)
        self.list.start()
        if self.currentWidget() is self.bench:
            self.bench.refresh()

    @Slot()
    def begin_draw(self) -> None:
        """Show the entry of a new review."""
        self.setCurrentIndex(1)
        self.form.begin()
        self.changed_part.emit()

    @Slot(str)
    def open(self, uid: str) -> None:
        """Put a review on the workbench."""
        self.setCurrentWidget(self.bench)
        self.bench.open(uid)
        self.changed_part.emit()

    @Slot()
    def to_list(self) -> None:
        """Back to all reviews."""
        self.setCurrentIndex(0)
        self.changed_part.emit()

    @Slot(object)
    def _chose(self, line: Any) -> None:
        self.detail.open(line.uid if line is not None else "")

    @Slot(object)
    def _opened(self, line: Any) -> None:
        self.open(line.uid)

    def _draw_detail(self, facts: ReviewFacts) -> None:
        line, review, body = facts.line, facts.review, self.detail.body
        body.addWidget(Words(line.number, tone="muted", scale="small"))
        body.addWidget(Words(line.title, scale="heading", wrap=True))
        badges = Badges()
        badges.say(
            (terms.state(line.state), terms.state_tone(line.state)),
            (wording.plural("{n} systemic", "{n} systemic", line.systemic) if line.systemic else "", "poor"),
        )
        body.addWidget(badges)
        if review.summary:
            body.addWidget(Words(review.summary, wrap=True))
        body.addWidget(_drawn(review, line))
        counts = NumberLinks("reviews.counts")
        counts.put(drawn(review))
        body.addWidget(counts)
        buttons = QWidget()
        flow = Flow(buttons)
        flow.addWidget(
            Button(wording.text("Open the clusters"), name="reviews.open", icon="list-tree", run=self._open_chosen)
        )
        flow.addWidget(
            Button(wording.text("Draw it again"), name="reviews.redraw", icon="repeat", look="quiet", run=self._redraw)
        )
        body.addWidget(buttons)
        self.redrawn = Words("", wrap=True)
        self.redrawn.setObjectName("reviews.redrawn")
        self.redrawn.hide()
        body.addWidget(self.redrawn)

    @Slot()
    def _open_chosen(self) -> None:
        self.open(self.detail.uid)

    @Slot()
    def _redraw(self) -> None:
        done = partial(_say_redrawn, self.redrawn)  # which is gone when another review is shown
        self.services.jobs.ask(draw_again, self.services.desk, self.detail.uid, done=done, spot=self.redrawn)


def _say_redrawn(into: Words, found: Redrawn) -> None:
    into.set_tone("good" if found.is_same else "poor")
    into.setText(redrawn_words(found))
    into.show()


def redrawn_words(found: Redrawn) -> str:
    """Whether the set is the same when it is drawn again, and what has changed."""
    if found.is_same and found.is_same_frame:
        return wording.text("The same set: frame and sample are as they were.")
    if found.is_same:
        return wording.plural(
            "The same set: {n} complaint was recorded since; without it frame and sample are as they were.",
            "The same set: {n} complaints were recorded since; without them frame and sample are as they were.",
            found.recorded_since,
        )
    return wording.text(
        "Not the same set: {since} were recorded since, and {gone} of those drawn do not fit the conditions any more.",
        since=found.recorded_since,
        gone=len(found.gone),
    )


def read_review(desk: Any, uid: str) -> ReviewFacts | None:
    """Everything that the detail shows; on a job's thread."""
    with desk.reader() as reader:
        review = reader.get(ComplaintReview, uid)
        if review is None:
            return None
        return ReviewFacts(REVIEWS.lines(reader, [REVIEWS.key(reader, uid)])[0], review)


def _drawn(review: ComplaintReview, line: ReviewLine) -> Facts:
    period = f"{terms.day(review.begins)} – {terms.day(review.ends)}"
    filters = ", ".join(f"{field} = {value}" for field, value in review.filters.items())
    how = (
        wording.text("All {n} of them", n=terms.number(review.count))
        if review.drawing == ALL
        else wording.text(
            "{n} of {total} by chance, seed {seed} ({algorithm})",
            n=terms.number(review.count),
            total=terms.number(review.frame_count),
            seed=review.seed,
            algorithm=review.drawing,
        )
    )
    return Facts(
        (wording.text("Received"), period),
        (wording.text("Place"), line.place),
        (wording.text("Conditions"), filters),
        (wording.text("Drawn"), how),
        (wording.text("Drawn at"), terms.moment(review.drawn_at)),
        (wording.text("By"), line.person),
        (wording.text("Concluded"), terms.moment(review.concluded_at)),
        (wording.text("Hash of the frame"), review.frame_sha256),
    )
