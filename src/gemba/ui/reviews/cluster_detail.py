"""What is shown of one cluster: its clauses, the decision, the complaints and causes behind it."""

from __future__ import annotations

from typing import Any

import msgspec
from PySide6.QtCore import Qt

from gemba import wording
from gemba.domain.causes import CauseAnalysis
from gemba.domain.complaint_reviews import ComplaintReview, ReviewState
from gemba.domain.complaints import Complaint
from gemba.domain.people import Person
from gemba.store import review_sets
from gemba.ui import terms
from gemba.ui.lineage.number_link import NumberLinks
from gemba.ui.maps.ask_next_walk import AskNextWalk
from gemba.ui.parts.badges import Badges
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import Card
from gemba.ui.parts.links import LinkRow
from gemba.ui.parts.words import Words
from gemba.ui.playbook.answers_row import AnswersRow
from gemba.ui.reviews.clause_row import ClauseRow
from gemba.ui.reviews.cluster_source import ClusterLine
from gemba.ui.reviews.decide_panel import DecidePanel, decided_words
from gemba.ui.reviews.review_behind import of_cluster
from gemba.ui.reviews.shapes import verdict_tone
from gemba.work.cause_words import sort_title
from gemba.work.cluster_figures import ReviewClusters
from gemba.work.cluster_numbers import clauses_told, verdict_title, why_proposed
from gemba.work.draw_review import drawn_uids
from gemba.work.pattern_answers import Codes

SHOWN = 12
"""Complaints that are listed at once."""
_LONG = 140


class ClusterFacts(msgspec.Struct, frozen=True):
    """What the detail of a cluster shows."""

    line: ClusterLine
    complaints: tuple[Complaint, ...]
    """The newest of them."""
    places: dict[str, str]
    people: dict[str, str]
    analyses: tuple[CauseAnalysis, ...]


def read_cluster(desk: Any, review: ComplaintReview, line: ClusterLine, most: int) -> ClusterFacts:
    """Everything that the detail shows; on a job's thread."""
    figures = line.figures
    with desk.reader() as reader:
        found = review_sets.clusters_uids(reader, drawn_uids(desk, review), figures.step, figures.cause, figures.place)
        complaints = tuple(reader.many(Complaint, found[:most]))
        analyses = [
            each
            for each in reader.find(CauseAnalysis, cause=figures.cause, step=figures.step)
            if each.review == review.uid or each.uid == figures.analysis
        ]
        return ClusterFacts(
            line,
            complaints,
            review_sets.place_names(reader, [each.place for each in complaints if each.place]),
            {person.uid: person.name for person in reader.find(Person)},
            tuple(analyses),
        )


def draw_cluster(tab: Any, found: ReviewClusters, review: ComplaintReview, facts: ClusterFacts) -> None:
    """Put a cluster into the detail of the workbench.

    Args:
        tab: the workbench; it has `detail`, `services` and what its buttons run.
        found: all clusters.
        review: whose they are.
        facts: of the cluster.
    """
    line, body = facts.line, tab.detail.body
    figures = line.figures
    body.addWidget(Words(line.under, tone="muted", scale="small"))
    body.addWidget(Words(line.title, scale="heading", wrap=True))
    badges = Badges()
    badges.say(
        (verdict_title(figures.proposed), verdict_tone(figures.proposed)),
    )
    body.addWidget(badges)
    counts = NumberLinks("clusters.counts")
    counts.put(*of_cluster(review, line))
    body.addWidget(counts)
    body.addWidget(Words(why_proposed(figures), wrap=True))
    for clause in clauses_told(figures, found.total, found.span):
        body.addWidget(ClauseRow(clause))
    codes = Codes(figures.step, figures.cause, figures.place or review.place or "")
    body.addWidget(AnswersRow(tab.services, codes, name="clusters.detail"))
    _decision(tab, review, facts)
    _causes(tab, facts)
    _complaints(tab, facts)


def _decision(tab: Any, review: ComplaintReview, facts: ClusterFacts) -> None:
    line, body = facts.line, tab.detail.body
    if line.decisions:
        card = Card(wording.text("Decided"), look="inset")
        for each in line.decisions:
            who = facts.people.get(each.person, "")
            card.body.addWidget(decided_words(each.decided, who, terms.day(each.decided_at), each.reason))
        see = AskNextWalk(tab.services, "cluster_decision", line.decisions[0].uid, name="cluster.see", look="quiet")
        card.body.addWidget(see, 0, Qt.AlignmentFlag.AlignLeft)
        body.addWidget(card)
    if review.state is not ReviewState.OPEN:
        return
    heading = wording.text("Decide anew") if line.decisions else wording.text("Your decision")
    panel = DecidePanel(tab.services, review.uid, lambda: [line.figures], heading=heading)
    panel.propose(line.decisions[0].decided if line.decisions else line.figures.proposed)
    body.addWidget(panel)


def _causes(tab: Any, facts: ClusterFacts) -> None:
    card = Card(wording.text("Cause"), look="inset")
    for each in facts.analyses:
        state = "done" if each.finished_at else "draft"
        card.body.addWidget(
            LinkRow(
                each.problem,
                f"{each.number} · {sort_title(each.sort)}",
                name=f"cluster.analysis.{each.uid}",
                icon="git-fork",
                go=tab.services.go,
                to=("reviews", each.uid),
                badge=(terms.state(state), terms.state_tone(state)),
            )
        )
    if not facts.analyses:
        card.body.addWidget(
            Words(
                wording.text("Nobody has looked for the cause yet; without one a cluster is never called systemic."),
                tone="muted",
                wrap=True,
            )
        )
    card.body.addWidget(
        Button(wording.text("Look for the cause"), name="cluster.analyse", icon="git-fork", run=tab.analyse),
        0,
        Qt.AlignmentFlag.AlignLeft,
    )
    tab.detail.body.addWidget(card)


def _complaints(tab: Any, facts: ClusterFacts) -> None:
    card = Card(wording.text("The complaints behind it"), look="inset")
    for each in facts.complaints:
        said = each.summary or each.redacted_words or each.words or wording.text("No words are kept.")
        said = " ".join(said.split())
        place = facts.places.get(each.place or "", "")
        under = " · ".join(part for part in (each.number, terms.day(each.received_at), place) if part)
        card.body.addWidget(
            LinkRow(
                said if len(said) <= _LONG else f"{said[:_LONG].rstrip()} …",
                under,
                name=f"cluster.complaint.{each.uid}",
                go=tab.services.go,
                to=("complaints", each.uid),
            )
        )
    left = facts.line.figures.cases - len(facts.complaints)
    if left > 0:
        more = wording.plural("Show {n} more", "Show {n} more", min(left, 5 * tab.shown_complaints))
        card.body.addWidget(
            Button(more, name="cluster.more", look="quiet", run=tab.more_complaints), 0, Qt.AlignmentFlag.AlignLeft
        )
    tab.detail.body.addWidget(card)
